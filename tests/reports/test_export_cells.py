"""S7: no cell of an export is a formula, whatever somebody wrote into a text, and numbers stay numbers."""

import csv
import io
import re

import pytest

from roi.commands import costs, structure
from roi.commands.requests import CostImport
from roi.domain.structure import Team
from roi.reports import export
from roi.reports.shapes import LedgerFilter, Scope
from tests.payloads import FORMULAS

# A spreadsheet overlooks blanks and control letters before a formula, and many begin a cell at `;`.
ARMED = re.compile(r"(?:^|[;\t\r\n])[\s\x00-\x1f\u200b\ufeff]*[=+\-@＝＋－＠]")  # noqa: RUF001
NUMBER = re.compile(r"-?\d+(\.\d+)?")


def armed(content, but=()):
    """The cells of a CSV file that a spreadsheet would run, outside the columns that hold numbers."""
    rows = csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline=""))
    cells = [(name, cell) for row in rows for name, cell in row.items() if name not in but]
    return [(name, cell) for name, cell in cells if ARMED.search(cell)]


@pytest.mark.parametrize(
    "harmless", ["rent", "a-b", "x=y", "3 - 2", "Müller & Söhne", "", "a;b", "né+1", "10%"]
)
def test_s7_a_text_that_is_no_formula_stays_as_it_is(harmless):
    assert export.safe_text(harmless) == harmless


def test_s7_no_payload_stays_armed_and_nothing_of_it_is_lost():
    assert len(FORMULAS) > 200
    assert all(ARMED.search(text) for text in FORMULAS), "a payload that is none"
    for text in FORMULAS:
        safe = export.safe_text(text)
        assert not ARMED.search(safe), repr(text)
        assert safe.replace("'", "") == text.replace("'", "")
        assert not safe.startswith(("\t", "\r", "\n", "\x00")), repr(text)


@pytest.mark.parametrize(
    ("cell", "safe"),
    [
        ("-12.50", "-12.50"),
        ("+3", "+3"),
        ("-1.234,5", "-1.234,5"),
        ("-1+1", "'-1+1"),
        ("-", "'-"),
        ("=1", "'=1"),
    ],
)
def test_s7_numbers_of_a_corrected_file_stay_numbers(cell, safe):
    assert export.safe_cell(cell) == safe


@pytest.fixture
def hostile(store, finance, tech_leader):
    """A ledger whose every text is a formula, as far as an import takes it."""
    names = ("category", "supplier", "reference", "description", "cost_centre")
    taken = [text for text in FORMULAS if text.isprintable()]
    lines = ["month,amount,currency," + ",".join(names)]
    for number, text in enumerate(taken):
        cells = [f'"{one}"' for one in [text.replace('"', '""')] * len(names)]
        lines.append(f"2026-01,-{number + 1}.25,USD," + ",".join(cells))
    content = "\n".join((*lines, "")).encode()
    costs.import_costs(store, finance, CostImport(content, "=1+1.csv", "=books"))
    return store, len(taken)


def test_s7_the_ledger_export_runs_nothing_and_its_amounts_are_numbers(hostile, finance):
    store, count = hostile
    made = export.ledger_csv(store, finance, LedgerFilter())
    assert count > 90
    assert armed(made.content, but={"amount"}) == []
    rows = list(csv.DictReader(io.StringIO(made.content.decode("utf-8-sig"), newline="")))
    assert len(rows) == count
    assert all(NUMBER.fullmatch(row["amount"]) for row in rows)
    assert sum("'" in row["description"] for row in rows) == count


def test_s7_the_export_of_team_costs_runs_nothing(company, tech_leader, finance):
    text = '=HYPERLINK("http://evil.invalid","x")'
    renamed = Team("onboarding", text, value_stream="+1+1", division="@x")
    structure.save_teams(company.store, tech_leader, [renamed])
    made = export.team_cost_csv(company.store, finance, Scope())
    assert "evil.invalid" in made.content.decode()
    assert armed(made.content, but={"amount"}) == []
