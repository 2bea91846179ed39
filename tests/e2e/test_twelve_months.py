"""A real year: twelve files of a public ledger dropped at once become the cost of teams, to the penny."""

import re

import pytest

from roi.actors import local_user
from roi.commands import structure
from roi.domain.structure import Company, Team
from roi.store.database import Store
from tests.e2e import server as servers

pytestmark = pytest.mark.real

TOTAL = "478,552,886.89"
IDENTITY = "14,984,070.37"  # the area GDS ID ASSURANCE over the year, from the files' own description


@pytest.fixture
def cabinet(tmp_path):
    """A server whose company has a name and two teams, and no cost yet."""
    database = tmp_path / "roi.duckdb"
    store = Store.open(database, purpose="a test")
    you = local_user("You")
    structure.save_company(store, you, Company("Cabinet Office", "GBP"))
    structure.save_teams(store, you, [Team("identity", "Identity"), Team("publishing", "Publishing")])
    store.close()
    started = servers.start(database)
    yield started
    started.stop()


def _import_the_year(screen, shared):
    folder = shared / "data" / "real" / "uk_cabinet_office_spend_2015"
    screen.go("data?view=import")
    screen.drop(sorted(folder.glob("*.csv")))
    screen.wait_for_title("Twelve files with 2,273 lines to read")
    screen.button("Continue")
    screen.fill("Name of the source", "Cabinet Office spend")
    screen.choose("Currency of every line", "GBP")
    screen.choose("Dates are written", "day first")
    screen.photograph("year-2-columns")
    screen.button("Continue")
    screen.photograph("year-3-check")
    screen.button("Continue")
    screen.photograph("year-4-changes")
    screen.button("Continue")
    screen.fill("Total of the books for all these months", TOTAL)
    screen.wait_for_title(f"£{TOTAL} agrees with the books")
    screen.button("Import 2,273 rows")
    screen.wait_for_title("2,273 rows are in the ledger")
    screen.photograph("year-6-receipts")


def _place(screen, area, team):
    screen.go("data?view=areas")
    screen.fill("Search", area)
    screen.choose("Team", team)
    screen.page.get_by_role("button", name=re.compile(r"^Place \d+ area")).click()
    screen.settle()


def test_twelve_files_at_once_become_the_cost_of_teams_and_back(cabinet, look, shared):
    screen = look(cabinet)
    _import_the_year(screen, shared)
    assert f"£{TOTAL}" in screen.text
    screen.go("data")
    screen.photograph("year-7-data")
    assert "Agree with the books" in screen.text

    _place(screen, "GDS ID ASSURANCE", "Identity")
    screen.photograph("year-8-areas")
    screen.go("trace?figure=team_cost&team=identity")
    screen.photograph("year-9-trace")
    assert IDENTITY in screen.text
    screen.go("trace?figure=ledger_total")
    assert TOTAL in screen.text
    screen.go("teams")
    screen.photograph("year-10-teams")
    assert "Identity" in screen.text
    screen.go("")
    screen.photograph("year-11-portfolio")
    assert screen.inaccessible() == []

    screen.go("data")
    screen.page.get_by_role("link", name="Undo").or_(
        screen.page.get_by_role("button", name="Undo")
    ).first.click()
    screen.settle()
    dialog = screen.page.get_by_role("dialog")
    dialog.get_by_label("Why?").fill("a test")
    dialog.get_by_role("button", name="Undo").click()
    screen.page.get_by_test_id("stToast").filter(has_text="is undone").first.wait_for()
    screen.settle()
    screen.go("trace?figure=ledger_total")
    assert TOTAL not in screen.text
    screen.go("data")
    assert "Do not agree with the books" in screen.text
