"""Costs and lists from workbooks: a sheet's rows are the ledger's lines, and nothing is lost in silence."""

from datetime import date
from decimal import Decimal

import pytest

from roi.commands import costs, lists, structure
from roi.commands.changing.requests import CostImport
from roi.domain.importing import Settings
from roi.domain.structure import Team
from roi.errors import RefusedError
from tests.workbooks import Raw, Sheet, error, formula, workbook

HEADER = ("month", "team", "cost centre", "amount", "currency", "description")
JANUARY = date(2026, 1, 31)


@pytest.fixture(autouse=True)
def teams(store, tech_leader):
    structure.save_teams(store, tech_leader, [Team("web", "Web"), Team("data", "Data")])


def book(*rows, **how):
    return workbook(Sheet("Costs", [HEADER, *rows], **how))


def line(amount, text="", team="Web", month=JANUARY):
    return (month, team, "", amount, "EUR", text)


def request(content, **said):
    return CostImport(content, "costs.xlsx", "Books", **said)


def ledger(store):
    with store.snapshot() as cursor:
        return cursor.execute(
            "select source_row, month, team, amount_minor, description from live_cost_line "
            "order by source_row"
        ).fetchall()


def blockers(store, finance, content):
    return {
        (issue.code, issue.column, issue.line)
        for issue in costs.preview(store, finance, request(content)).blockers
    }


def test_the_rows_of_the_sheet_are_the_lines_of_the_ledger(store, finance):
    rows = (
        (),
        ("Costs of January",),
        (),
        HEADER,
        line(0.1 + 0.2, "=1+2"),
        (),
        line(formula("A1", "19.99"), "a\tb", "DATA"),
    )
    costs.import_costs(store, finance, request(workbook(Sheet("Costs", rows, first_row=3, first_column=2))))
    assert ledger(store) == [(7, 202601, "web", 30, "=1+2"), (9, 202601, "data", 1999, "a\tb")]


@pytest.mark.parametrize(
    "amount", [error("#N/A"), formula("B2*2", None), Raw("><v>1e400</v>"), "n/a", True, None, 12.345]
)
def test_an_amount_that_is_none_refuses_its_row(store, finance, amount):
    found = blockers(store, finance, book(line(1), line(amount)))
    assert {(column, row) for _, column, row in found} == {("amount", 3)}
    with pytest.raises(RefusedError):
        costs.import_costs(store, finance, request(book(line(1), line(amount))))
    assert ledger(store) == []


def test_numbers_as_text_and_codes_with_zeros_stay_as_they_are(store, finance):
    content = book(
        (JANUARY, "", "00123", "1,250.50", "EUR", "x"),
        (JANUARY, "", Raw(' t="n"><v>4711</v>'), 2, "EUR", "y"),
    )
    costs.import_costs(store, finance, request(content))
    with store.snapshot() as cursor:
        found = cursor.execute(
            "select cost_centre, amount_minor from live_cost_line order by source_row"
        ).fetchall()
    assert found == [("00123", 125_050), ("4711", 200)]


def test_a_share_is_no_amount_by_itself(store, finance):
    """12.5 % in an amount is no amount, and neither is the 0.125 behind it."""
    percent = Raw(' s="2"><v>0.125</v>')
    assert ("amount_unreadable", "amount", 2) in blockers(store, finance, book(line(percent)))


def test_hidden_rows_are_counted_and_said(store, finance):
    content = book(line(1), line(2), hidden_rows=frozenset({3}))
    found = costs.preview(store, finance, request(content))
    assert [issue.lines for issue in found.warnings if issue.code == "hidden_rows"] == [(3,)]
    assert found.totals == (("EUR", 300),)


def two(month, amount):
    return workbook(
        Sheet("Notes", [("Made", "by"), ("a", "clerk")]),
        Sheet("Costs", [HEADER, line(amount, month=month)]),
    )


def test_the_sheet_of_a_source_is_remembered(store, finance):
    first = two(JANUARY, 5)
    asked = costs.read_file(store, finance, first, "january.xlsx", "Books")
    assert (asked.table, asked.sheets) == (None, ("Notes", "Costs"))
    read = costs.read_file(store, finance, first, "january.xlsx", "Books", sheet="Costs")
    assert (read.sheet, read.sheets) == ("Costs", ("Notes", "Costs"))
    costs.import_costs(store, finance, request(first, settings=Settings(sheet="Costs")))
    for source in ("Books", None):
        again = costs.read_file(store, finance, two(date(2026, 2, 1), 6), "february.xlsx", source)
        assert (again.sheet, again.source, again.settings.sheet) == ("Costs", "Books", "Costs")
    costs.import_costs(store, finance, request(two(date(2026, 2, 1), 6)))
    renamed = workbook(Sheet("March", [HEADER, line(7, month=date(2026, 3, 1))]))
    costs.import_costs(store, finance, request(renamed))
    assert [row[1] for row in ledger(store)] == [202601, 202602, 202603]
    april = costs.read_file(store, finance, two(date(2026, 4, 1), 6), "april.xlsx", "Books")
    assert april.sheet == "Costs"  # one sheet of another name in between was no choice


def test_the_same_rows_as_text_are_the_same_content(store, finance):
    costs.import_costs(store, finance, request(book(line(5, "x"), line(-2.5, "y"))))
    text = ",".join(HEADER) + "\n2026-01,Web,,5.00,EUR,x\n2026-01,Web,,-2.50,EUR,y\n"
    again = costs.preview(store, finance, CostImport(text.encode(), "costs.csv", "Books"))
    assert again.already is not None


def test_a_list_may_come_as_a_workbook(store, tech_leader):
    header = tuple(lists.template("teams").strip().split(","))
    name = header.index("name")
    row = [None] * len(header)
    row[name] = "Search"
    content = workbook(Sheet("Teams", [header, row]), Sheet("Empty", []))
    found = lists.read_list(store, tech_leader, "teams", content, "teams.xlsx")
    assert (found.new, [issue for issue in found.issues if issue.is_blocker]) == (1, [])
    several = workbook(Sheet("Teams", [header, row]), Sheet("More", [header]))
    issues = lists.read_list(store, tech_leader, "teams", several, "teams.xlsx").issues
    assert [issue.code for issue in issues] == ["sheet"]


def test_a_total_is_stated_for_a_workbook_too(store, finance):
    receipt = costs.import_costs(store, finance, request(book(line(5)), control_total=Decimal("5.00")))
    assert receipt.rows_added >= 1
