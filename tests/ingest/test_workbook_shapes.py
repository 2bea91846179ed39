"""Months across a sheet's columns, whose headers are days to Excel; and what failed is never nothing."""

from datetime import date

import pytest

from roi.commands import costs, structure
from roi.commands.changing.requests import CostImport
from roi.domain.importing import Settings
from roi.domain.structure import Team
from roi.ingest.month_headers import header_month
from tests.workbooks import MONTH, Sheet, day, error, formula, workbook

PLAN = (("currency", "EUR"), ("scenario", "plan"))


@pytest.fixture(autouse=True)
def team(store, tech_leader):
    structure.save_teams(store, tech_leader, [Team("web", "Web")])


def look(store, finance, sheet, **shape):
    content = workbook(Sheet("Budget", sheet))
    request = CostImport(content, "budget.xlsx", "Budget", Settings(stated=PLAN, **shape))
    return costs.preview(store, finance, request)


@pytest.mark.parametrize(
    "headers",
    [
        (date(2026, 1, 1), date(2026, 2, 1)),
        (day(date(2026, 1, 1), style=MONTH), day(date(2026, 2, 28), style=MONTH)),
        ("Jan 2026", "Feb 2026"),
    ],
)
def test_d21_months_across_a_sheet_become_lines(store, finance, headers):
    sheet = [
        ("Budget",),
        (),
        ("team", "category", *headers),
        ("Web", "Cloud", 1.5, 2),
        ("Web", "Rent", None, 3),
    ]
    found = look(store, finance, sheet, months_across=True)
    assert [(one.month, one.rows, one.amount) for one in found.months] == [(202601, 1, 150), (202602, 2, 500)]


@pytest.mark.parametrize("cell", [error("#N/A"), formula("SUM(A:A)", None)])
def test_a_formula_without_a_result_is_no_empty_month(store, finance, cell):
    sheet = [("team", "category", "Jan 2026"), ("Web", "Cloud", 1), ("Web", "Rent", cell)]
    found = look(store, finance, sheet, months_across=True)
    assert [(issue.column, issue.line) for issue in found.blockers] == [("amount", 3)]


@pytest.mark.parametrize("cell", [error("#N/A"), formula("SUM(A:A)", None), "n/a", "TBD", "see note"])
@pytest.mark.parametrize("is_credit", [True, False])
def test_what_is_no_number_is_not_nothing_beside_a_debit_or_credit(store, finance, cell, is_credit):
    sides = (5, cell) if is_credit else (cell, 5)
    sheet = [("month", "team", "Soll", "Haben"), (date(2026, 1, 31), "Web", *sides)]
    assert look(store, finance, sheet, debit="Soll", credit="Haben").blockers


@pytest.mark.parametrize("zero", [0, "0.00", "-", "", "0,00 €", "EUR 0.00", None])
def test_a_zero_is_nothing_beside_a_debit(store, finance, zero):
    sheet = [("month", "team", "Soll", "Haben"), (date(2026, 1, 31), "Web", 5.25, zero)]
    found = look(store, finance, sheet, debit="Soll", credit="Haben")
    assert [one.amount for one in found.months] == [525], found.issues


def test_a_day_names_its_month():
    assert (header_month("2026-01-31"), header_month("2026-13-01"), header_month("2026-01-32")) == (
        202601,
        None,
        None,
    )


@pytest.mark.parametrize(
    ("debit", "credit", "amount"),
    [
        ("5.25", "1.00", 425),
        ("", "1.00", -100),
        ("", "(1.00)", 100),
        ("", "-1.00", 100),
        ("", "1.00-", 100),
        ("", "+1.00", -100),
        ("", "€ 1.00", -100),
        ("-2.00", "", -200),
    ],
)
def test_d21_an_amount_is_debit_minus_credit(store, finance, debit, credit, amount):
    sheet = [("month", "team", "Soll", "Haben"), ("2026-01", "Web", debit, credit)]
    found = look(store, finance, sheet, debit="Soll", credit="Haben")
    assert [one.amount for one in found.months] == [amount], found.issues


@pytest.mark.parametrize(
    ("debit", "credit"),
    [
        ("-5.00", "3.00"),
        ("5.00", "-3.00"),
        ("(5.00)", "3.00"),
        ("5.00", "see note 3"),
        ("", "5-3"),
        ("", "--5"),
        ("", "(-5)"),
        ("", "€-5"),
        ("1.234", "2.00"),
        ("1,2,3", "4.00"),
        ("0,123", "4.00"),
        ("1 2", "4.00"),
    ],
)
def test_signs_that_can_be_read_in_two_ways_are_refused(store, finance, debit, credit):
    sheet = [("month", "team", "Soll", "Haben"), ("2026-01", "Web", debit, credit)]
    assert look(store, finance, sheet, debit="Soll", credit="Haben").blockers
