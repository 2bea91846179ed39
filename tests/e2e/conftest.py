"""A real server and a real browser for the journeys; a failed one leaves its picture in `test-results`."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import expect

from roi.actors import Actor
from roi.commands import initiatives
from roi.domain.value import Initiative
from roi.store.database import Store
from tests import sharing
from tests.e2e import alder
from tests.e2e import server as servers
from tests.e2e.browser import WAIT, Tabs
from tests.e2e.screen import Screen, Watch
from tests.e2e.server import Server
from tests.kept_company import NAME

DESKTOP, PHONE = (1440, 900), (390, 844)
INITIATIVE = Initiative("grow-trials", "Grow trials", "Olga", value_stream="Enrolment")
Built = tuple[Path, tuple[int, ...]]
FAILED = pytest.StashKey[bool]()
TABS = Tabs()
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


@pytest.hookimpl(trylast=True)
def pytest_runtest_teardown(item: pytest.Item, nextitem: pytest.Item | None) -> None:
    """No other test of this process finds a browser: while it is open, an event loop runs."""
    if nextitem is None or Path(__file__).parent not in nextitem.path.parents:
        TABS.close()


@pytest.fixture(scope="session")
def tabs() -> Iterator[Tabs]:
    """The browser of all journeys, closed also where the run is broken off."""
    yield TABS
    TABS.close()


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


@pytest.fixture(scope="session")
def everybody(demo_files: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server on the demo company as it is, every page of it full, for tests that change nothing."""
    started = alder.start(alder.copied(demo_files, tmp_path_factory.mktemp("all") / "demo"))
    yield started
    started.stop()


@pytest.fixture
def look(tabs: Tabs, request: pytest.FixtureRequest) -> Iterator[Callable[..., Screen]]:
    """Opens pages on a server; afterwards nothing may have left this machine or failed on the console.

    A second page of a test is that of another person, who shares nothing with the first.
    """
    opened: list[Screen] = []

    def open_screen(server: Server, *, theme: str = "light", size: tuple[int, int] = DESKTOP) -> Screen:
        screen = Screen(tabs.another() if opened else tabs.first(), server, Watch())
        screen.watch.start(screen.page)
        screen.appear(theme=theme, size=size)
        opened.append(screen)
        return screen

    yield open_screen
    has_failed = request.node.stash.get(FAILED, False)
    name = re.sub(r"\W+", "-", request.node.name).strip("-")
    for number, screen in enumerate(opened):
        if has_failed:
            screen.must_photograph(f"failed-{name}-{number}")
        screen.watch.stop(screen.page)
        if number or has_failed:
            screen.page.context.close()
        else:
            tabs.give_back(screen.page)
    assert [url for screen in opened for url in screen.watch.outside] == []
    assert [error for screen in opened for error in screen.watch.errors] == []
