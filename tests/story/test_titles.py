"""The rules of the other pages' titles, on both sides of their boundaries."""

from dataclasses import replace

import pytest

from roi.domain.figures import Figure, unknown
from roi.domain.periods import Span
from roi.domain.structure import Team, TeamKind, Verdict
from roi.reports.shapes import (
    Books,
    DataReport,
    OutcomesReport,
    TeamMonths,
    TeamReport,
    TeamRow,
    TeamsReport,
)
from roi.story import titles

SPAN = Span(201501, 201502)


def money(figure_id, value):
    return Figure(figure_id, value, currency="GBP") if value is not None else unknown(figure_id, "none")


def teams_report(total=3_000, suspense=1_000):
    months = TeamMonths(
        "a", "Ada", "stream_aligned", "", (1, 2), money("team_cost", 3), unknown("x", "y"), Verdict.NONE
    )
    figures = [
        money("team_cost", total),
        money("excluded_cost", 0),
        money("suspense", suspense),
        money("ledger_total", total + suspense),
        money("ledger_difference", 0),
    ]
    by_month = ((1, 2),) * 4
    return TeamsReport(1, "GBP", SPAN, (201501, 201502), (months,), *figures, *by_month, (), Books.AGREE)


@pytest.mark.parametrize(
    ("total", "suspense", "text"),
    [
        (0, 1_000_000, "No team carries a cost yet; £10.0k waits to be placed"),
        (3_000, 1, "One team costs £30.00; £0.01 is on no team yet"),
        (3_000, 0, "One team costs £30.00, and every line is on a team"),
    ],
)
def test_teams(total, suspense, text):
    assert titles.teams(teams_report(total, suspense)).text == text


def test_teams_without_costs_ask():
    empty = replace(teams_report(), ledger=unknown("ledger_total", "no costs yet"))
    assert titles.teams(empty).text == "What do the teams cost?"


def team_report(name="Onboarding", cost=1_000_000, total=0, kind=TeamKind.STREAM_ALIGNED, back=None):
    confirmed = money("confirmed_cash", 500 if back else None)
    returned = Figure("return_per_unit", back, currency="GBP") if back else unknown("return_per_unit", "why")
    row = TeamRow(
        "a", name, kind.value, money("team_cost", cost), confirmed, money("protected_value", None),
        returned, Verdict.NONE, 1 if back else 0, total, 0,
    )  # fmt: skip
    return TeamReport(1, "GBP", SPAN, Team("a", name, kind), (201501, 201502), (1, 2), row, (), (), (), ())


@pytest.mark.parametrize(
    ("report", "text"),
    [
        (team_report(cost=None), "Onboarding has no cost in this period"),
        (team_report(), "Onboarding costs £10.0k; no outcome is recorded yet"),
        (team_report(total=1), "Onboarding costs £10.0k; 0 of 1 outcomes are read"),
        (
            team_report(total=1, back=500),
            "Onboarding costs £10.0k; finance has confirmed £5.00 of cash margin",
        ),
        (
            team_report(kind=TeamKind.PLATFORM, total=1, back=500),
            "Onboarding costs £10.0k; its value is booked by teams it serves",
        ),
        (team_report(name="x" * 90), "This team costs £10.0k"),
    ],
)
def test_team(report, text):
    assert titles.team(report).text == text


def outcomes_report(total=4, read=3, landed=2, overdue=0):
    return OutcomesReport(1, "GBP", (), total, read, 1, overdue, landed)


@pytest.mark.parametrize(
    ("report", "text"),
    [
        (outcomes_report(0, 0, 0), "No outcome is recorded yet"),
        (outcomes_report(overdue=1), "One reading is overdue; 3 of 4 outcomes are read"),
        (outcomes_report(overdue=2), "Two readings are overdue; 3 of 4 outcomes are read"),
        (outcomes_report(read=0), "None of four outcomes is read yet"),
        (outcomes_report(1, 0), "The one outcome is not read yet"),
        (outcomes_report(), "2 of 3 read outcomes landed; 1 confirmed"),
    ],
)
def test_outcomes(report, text):
    assert titles.outcomes(report).text == text


@pytest.mark.parametrize(
    ("books", "text"),
    [
        (Books.EMPTY, "Import the first month of costs"),
        (Books.AGREE, "Costs to Feb 2015 agree with the books"),
        (Books.DIFFER, "Costs to Feb 2015 do not agree with the books"),
        (Books.PARTLY, "Costs to Feb 2015 are imported; some months have no control total"),
        (Books.NO_CONTROL, "Costs to Feb 2015 are imported; no control total is stated"),
    ],
)
def test_data(books, text):
    report = DataReport(1, books, (201501, 201502), (), (), (), (), (), ())
    assert titles.data(report).text == text
