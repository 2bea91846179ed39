"""A click elsewhere while an import runs, two people with one file: the old state or the new, never half."""

import re
import time

import pytest

from roi.actors import local_user
from roi.commands import structure
from roi.domain.structure import Company, Team
from roi.reports import portfolio
from roi.reports.shapes import Scope
from roi.store import verify
from roi.store.database import Store
from tests.e2e import server as servers

LINES, MANY = 40_000, 100_000
YOU = local_user("You")


@pytest.fixture
def ready(tmp_path):
    """A server whose company has one team and no cost."""
    database = tmp_path / "roi.duckdb"
    store = Store.open(database, purpose="a test")
    structure.save_company(store, YOU, Company("Brightwater Courses", "USD"))
    structure.save_teams(store, YOU, [Team("onboarding", "Onboarding")])
    store.close()
    started = servers.start(database)
    yield started
    started.stop()


def _file(folder, month, count=LINES):
    """Lines that sum to their number × (month / 100 + 1) dollars."""
    path = folder / f"costs-2026-{month:02d}.csv"
    line = f"2026-{month:02d},Onboarding,1.{month:02d},USD,invoice"
    lines = "\n".join(f"{line} {number}" for number in range(count))
    path.write_text(f"month,team,amount,currency,description\n{lines}\n")
    return path


def _total(month):
    return LINES * (100 + month)


def _ready_to_import(screen, path):
    screen.open("data?view=import")
    screen.drop([path])
    screen.button("Continue")
    screen.fill("Name of the source", "Books")
    for _ in range(3):
        screen.button("Continue")
    screen.wait_for_title("comes to")


def _import_button(screen):
    return screen.page.get_by_role("button", name=re.compile(r"^Import [\d,]+ rows$"))


def _state(server):
    """Ledger in minor units and number of imports, read from the stopped server's database."""
    store = Store.open(server.database, purpose="a test")
    try:
        with store.snapshot() as cursor:
            verify.deep(cursor, store.head_path, store.upload_folder)
        report = portfolio.build(store, YOU, Scope())
        return report.ledger.value or 0, store.version
    finally:
        store.close()


@pytest.mark.parametrize(
    ("click", "moment"), [("another page", 0.0), ("another page", 0.3), ("reload", 0.3), ("reload", 0.9)]
)
def test_f2_a_click_elsewhere_during_an_import_leaves_old_or_new(ready, look, tmp_path, moment, click):
    """Before it begins, a reload loses nothing of the upload either."""
    screen = look(ready)
    _ready_to_import(screen, _file(tmp_path, 1))
    if click == "reload":
        screen.page.reload()
        screen.wait_for_title("comes to")
    _import_button(screen).click()
    time.sleep(moment)
    if click == "reload":
        screen.page.reload()
    else:
        screen.page.get_by_role("link", name="Teams").first.click()
    screen.settle()
    screen.must_be_whole()
    screen.leave()
    ready.stop()
    ledger, version = _state(ready)
    assert (ledger, version) in {(0, 2), (_total(1), 3)}


def test_progress_is_told_with_its_rows_while_the_page_stays_free(ready, look, tmp_path):
    """What is done with 100,000 rows is said while it is done, and nobody has to wait for it."""
    screen = look(ready)
    screen.open("data?view=import")
    screen.drop([_file(tmp_path, 3, MANY)])
    screen.button("Continue")
    told = f"[A-Z][a-z ]+ {MANY:,} rows of costs-2026-03.csv"  # on a busy machine not every phase is drawn
    with screen.hears(told):
        screen.page.get_by_role("button", name="Continue").click()
    screen.wait_for_title(f"All {MANY:,} rows can be read")
    screen.button("Continue")
    screen.button("Continue")
    with screen.hears(told):
        _import_button(screen).click()
    screen.page.get_by_role("link", name="Teams").first.click()
    screen.wait_for_title("teams")
    screen.open("data?view=import")
    screen.leave()
    ready.stop()
    assert _state(ready)[0] in {0, MANY * 103}


def test_f3_two_people_confirm_one_file_at_once_and_it_is_imported_once(ready, look, tmp_path):
    path = _file(tmp_path, 2)
    one, two = look(ready), look(ready)
    for screen in (one, two):
        _ready_to_import(screen, path)
    for screen in (one, two):
        _import_button(screen).click()
    for screen in (one, two):
        screen.page.locator("h1").filter(has_text=re.compile("in the ledger|Nothing was imported")).wait_for()
        screen.settle()
    titles = sorted((one.title, two.title))
    assert titles == [f"{LINES:,} rows are in the ledger", "Nothing was imported"]
    assert "already imported by" in one.text + two.text
    one.leave()
    two.leave()
    ready.stop()
    assert _state(ready) == (_total(2), 3)
