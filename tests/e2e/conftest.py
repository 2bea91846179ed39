"""A real server and a real browser for the journeys; a failed one leaves its picture in `test-results`."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

from roi.actors import Actor
from roi.commands import initiatives
from roi.domain.value import Initiative
from roi.store.database import Store
from tests import sharing
from tests.e2e import browser as browsers
from tests.e2e import server as servers
from tests.e2e.screen import WAIT, Screen, Watch
from tests.e2e.server import Server
from tests.kept_company import NAME

DESKTOP, PHONE = (1440, 900), (390, 844)
INITIATIVE = Initiative("grow-trials", "Grow trials", "Olga", value_stream="Enrolment")
Built = tuple[Path, tuple[int, ...]]
FAILED = pytest.StashKey[bool]()
expect.set_options(timeout=WAIT)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            item.add_marker(pytest.mark.e2e)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item):
    report = yield
    if report.when == "call":
        item.stash[FAILED] = report.failed
    return report


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """One browser for the tests of a file."""
    with sync_playwright() as playwright:
        found = playwright.chromium.launch(
            executable_path=browsers.installed(), args=list(browsers.ARGUMENTS)
        )
        yield found
        found.close()


def _profile(browser: Browser) -> BrowserContext:
    found = browser.new_context(reduced_motion="reduce")
    found.set_default_timeout(WAIT)
    return found


@pytest.fixture(scope="module")
def profile(browser: Browser) -> Iterator[BrowserContext]:
    """What the tests of a file share of their browser: the dashboard's own files are fetched once."""
    found = _profile(browser)
    yield found
    found.close()


def _forget(page: Page, profile: BrowserContext) -> None:
    """The page is closed, and what it left in the browser is gone."""
    if page.url.startswith("http"):
        page.evaluate("localStorage.clear()")
    page.close()
    profile.clear_cookies()
    if page.context != profile:
        page.context.close()


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Server]:
    """A server on an empty database."""
    started = servers.start(tmp_path / "roi.duckdb")
    yield started
    started.stop()


@pytest.fixture(scope="session")
def filled(built: Built, tmp_path_factory: pytest.TempPathFactory, tech_leader: Actor) -> Iterator[Server]:
    """A server on the small company, for tests that change nothing."""
    folder = tmp_path_factory.mktemp("filled")
    sharing.copy(built[0], folder)
    database = folder / NAME
    store = Store.open(database, purpose="a test")
    initiatives.save_initiatives(store, tech_leader, [INITIATIVE])
    store.close()
    started = servers.start(database)
    yield started
    started.stop()


@pytest.fixture
def look(
    browser: Browser, profile: BrowserContext, request: pytest.FixtureRequest
) -> Iterator[Callable[..., Screen]]:
    """Opens pages on a server; afterwards nothing may have left this machine or failed on the console.

    A second page of a test is that of another person, who shares nothing with the first.
    """
    opened: list[Screen] = []

    def open_screen(server: Server, *, theme: str = "light", size: tuple[int, int] = DESKTOP) -> Screen:
        page, watch = (_profile(browser) if opened else profile).new_page(), Watch()
        page.on("request", watch.request)
        page.on("console", watch.console)
        page.on("pageerror", lambda error: watch.errors.append(str(error)))
        opened.append(Screen(page, server, watch))
        opened[-1].appear(theme=theme, size=size)
        return opened[-1]

    yield open_screen
    name = re.sub(r"\W+", "-", request.node.name).strip("-")
    for number, screen in enumerate(opened):
        if request.node.stash.get(FAILED, False):
            screen.must_photograph(f"failed-{name}-{number}")
        _forget(screen.page, profile)
    assert [url for screen in opened for url in screen.watch.outside] == []
    assert [error for screen in opened for error in screen.watch.errors] == []
