"""The CFO's month end: rates, headcount and costs of November, closed, and corrected by a restatement."""

import csv
import re
from decimal import Decimal

import pytest
from playwright.sync_api import expect

from tests.e2e import alder

FINANCE = "Ines Marsh"
SOURCE = "Alder Americas ledger"
OCTOBER = "costs_americas_2026-10.csv"
WRONG, RIGHT = "5,542.17", "4,442.17"
"""The contractor's invoice for the team Data as it was booked first, and as it should have been."""
JOINER = (
    {"Category": "Salaries", "Amount": "11,916.11"},
    {"Category": "On-costs", "Amount": "2,264.06"},
)
MORE_MONEY = Decimal("1100.00")
ROWS = len(alder.rows(OCTOBER)) + len(JOINER)
_MOVED = re.compile(r"would move the own cost of team (.+?) from ([\d.,]+) USD to ([\d.,]+) USD")
CLOSED_WHY = "books of November are final"
RESTATED_WHY = "a contractor invoice was booked too high"


@pytest.fixture
def month_end(demo_files, tmp_path):
    """A server on a copy of the demo company that may be changed."""
    started = alder.start(alder.copied(demo_files, tmp_path / "demo"))
    yield started
    started.stop()


def _write(path, lines):
    with path.open("w", newline="", encoding="utf-8") as out:
        writer = csv.DictWriter(out, list(lines[0]))
        writer.writeheader()
        writer.writerows(lines)
    return path


def _november(folder):
    """October's file with the month changed and a new engineer; answers it, its correction, both totals."""
    october = alder.rows(OCTOBER)
    empty = dict.fromkeys(october[0], "")
    new = {"Currency": "USD", "Person key": "P2050", "Nature": "cash_cost", "Intent": "grow"}
    lines = [*october, *({**empty, **new, "Treatment": "operating", **pay} for pay in JOINER)]
    first = [{**line, "Posting month": "2026-11"} for line in lines]
    assert [line["Cost centre"] for line in first if line["Amount"] == WRONG] == ["CC-DATA"]
    corrected = [{**line, "Amount": RIGHT} if line["Amount"] == WRONG else line for line in first]
    total = sum(Decimal(line["Amount"].replace(",", "")) for line in first)
    one = _write(folder / "costs_americas_2026-11.csv", first)
    other = _write(folder / "costs_americas_2026-11_corrected.csv", corrected)
    return one, other, f"{total:,.2f}", f"{total - MORE_MONEY:,.2f}"


def _import_list(screen, kind, words, path):
    screen.go("data")
    _act_as_finance(screen)
    screen.button("Import a list")
    screen.choose("Which list?", words)
    screen.page.locator("input[type=file]").first.set_input_files(path)
    button = screen.page.get_by_role("button", name="Import 1 row")
    button.click()
    screen.page.get_by_test_id("stToast").filter(has_text="1 row imported").first.wait_for()
    screen.settle()
    screen.must_be_whole()
    screen.photograph(f"month-end-1-{kind}")


def _act_as_finance(screen):
    screen.choose("Acting as", FINANCE)
    expect(screen.page.get_by_role("button", name="Import costs").first).to_be_visible()


def _ready(screen, path, total, *, replaces=False):
    """From the Data page to the last step of the upload, with the total of the books."""
    screen.button("Import costs")
    screen.drop([path])
    screen.button("Continue")
    assert f"read as last time for {SOURCE}" in screen.title
    screen.button("Continue")
    screen.button("Continue")
    if replaces:
        screen.wait_for_title("already has costs for Nov 2026")
        screen.page.get_by_text("Replace what this source has in these months").click()
        screen.settle()
    screen.button("Continue")
    screen.fill("Total of the books", total)
    screen.wait_for_title(f"${total} agrees with the books")


def _import(screen):
    screen.page.get_by_role("button", name=re.compile(r"^Import [\d,]+ rows$")).click()


def _close_november(screen):
    screen.button("Close months")
    dialog = screen.page.get_by_role("dialog")
    dialog.wait_for()
    screen.choose("Close all open months up to and including", "November 2026")
    screen.fill("Why now?", CLOSED_WHY)
    screen.photograph("month-end-3-close")
    dialog.get_by_role("button", name="Close 11 months").click()
    screen.page.get_by_test_id("stToast").filter(has_text="closed by change").first.wait_for()
    screen.settle()
    assert CLOSED_WHY in screen.text


def _undo_the_latest_import(screen):
    """Undo is asked for twice: it moves the closed month too, so it takes a reason of its own."""
    screen.page.get_by_role("link", name="Undo").or_(
        screen.page.get_by_role("button", name="Undo")
    ).first.click()
    dialog = screen.page.get_by_role("dialog")
    dialog.get_by_label("Why?").fill("a test")
    dialog.get_by_role("button", name="Undo").click()
    reason = dialog.get_by_label("Why is a closed month restated?")
    reason.fill("the first invoice was right")
    reason.press("Tab")
    screen.settle()
    dialog.get_by_role("button", name="Undo as a restatement").click()
    screen.page.get_by_test_id("stToast").filter(has_text="is undone").first.wait_for()
    screen.settle()


def test_the_month_end_of_finance_from_rates_to_a_restatement_and_back(month_end, look, tmp_path):
    first, corrected, total, right = _november(tmp_path)
    rates = tmp_path / "rates.csv"
    rates.write_text("currency,target,month,basis,rate,source\nEUR,USD,2026-11,average,1.1190,ECB\n")
    people = tmp_path / "people.csv"
    people.write_text(
        "person_key,team,first_month,last_month,role,band,share\nP2050,data,2026-11,,engineer,americas,1\n"
    )
    screen = look(month_end)
    _import_list(screen, "rates", "Exchange rates", rates)
    _import_list(screen, "headcount", "Assignments", people)

    screen.go("data")
    _act_as_finance(screen)
    _ready(screen, first, total)
    _import(screen)
    screen.wait_for_title(f"{ROWS} rows are in the ledger")
    assert total in screen.text
    screen.photograph("month-end-2-receipt")

    screen.go("data")
    _act_as_finance(screen)
    _close_november(screen)
    _ready(screen, corrected, right, replaces=True)
    _import(screen)
    screen.wait_for_title("Nothing was imported")
    assert "November 2026 is closed" in screen.text
    assert "Nothing was changed" in screen.text
    team, before, after = _MOVED.search(screen.text).groups()
    screen.photograph("month-end-4-refused")
    screen.fill("Why is a closed month restated?", RESTATED_WHY)
    screen.button("Import as a restatement")
    screen.wait_for_title(f"{ROWS} rows are in the ledger")
    assert right in screen.text
    screen.photograph("month-end-5-restated")

    screen.go("data")
    _act_as_finance(screen)
    assert RESTATED_WHY in screen.text
    for number in (before, after):
        assert number in screen.text, team
    screen.photograph("month-end-6-both-numbers")

    _undo_the_latest_import(screen)
    screen.photograph("month-end-7-undone")
    assert RESTATED_WHY in screen.text
    screen.go("trace?figure=ledger_total&period=2026-11..2026-11")
    screen.must_be_whole()
    assert total in screen.text
    assert right not in screen.text
