"""The rules of what the views of cost may claim, on both sides of their boundaries."""

from dataclasses import replace
from datetime import date

import pytest

from roi.domain.figures import Figure, unknown
from roi.domain.periods import Span
from roi.reports.shapes import (
    MethodChecks,
    MethodRow,
    NamedAmount,
    PlanReport,
    PlanRow,
    PlanVersionRow,
    PositionRow,
    RoleMatrix,
    RoleRow,
    SuspenseRow,
)
from roi.store import statements
from roi.story import cost_titles
from tests.story.test_titles import money, teams_report


def plan_row(actual=103_000, plan=100_000, currency=0, volume=0, share=None):
    variance = actual - plan
    inputs = (("currency", currency), ("volume", volume), ("price", variance - currency - volume))
    return PlanRow(
        "",
        "All teams",
        money("team_cost", actual),
        money("plan_cost", plan),
        Figure("plan_variance", variance, currency="GBP", inputs=inputs),
        Figure("plan_share", share if share is not None else variance * 1_000_000 // plan),
        money("outlook_cost", actual),
        money("plan_cost", plan),
    )


def report(row=None, **changes):
    versions = (
        PlanVersionRow("Budget", date(2014, 12, 1), is_current=False),
        PlanVersionRow("Reforecast", date(2015, 7, 3), is_current=True),
    )
    year = Span(201501, 201512)
    plans = PlanReport(versions, "Reforecast", Span(201501, 201502), year, (), row)
    return replace(teams_report(), **{"plans": plans, **changes})


@pytest.mark.parametrize(
    ("share", "side"),
    [
        (30_000, "inside"),
        (30_001, "above"),
        (-30_000, "inside"),
        (-30_001, "below"),
        (0, "inside"),
        (None, ""),
    ],
)
def test_up_to_three_per_cent_is_on_plan(share, side):
    assert cost_titles.against_plan(share) == side


@pytest.mark.parametrize(
    ("row", "text"),
    [
        (None, "Cost of teams is £30.00; there is nothing to compare it with yet"),
        (plan_row(103_000), "Own cost is within 3% of the plan of £1.00k"),
        (plan_row(103_100), "Own cost is £31.00 (3.1%) above plan, mostly by price"),
        (plan_row(96_800, volume=-3_200), "Own cost is £32.00 (3.2%) below plan, mostly by volume"),
        (plan_row(110_000, currency=4_000, volume=4_000), "Own cost is £100 (10%) above plan"),
    ],
)
def test_cost_against_plan(row, text):
    assert cost_titles.cost(report(row)).text == text


def test_a_reason_is_most_of_it_from_half_on_and_only_in_its_direction():
    assert cost_titles.most_of_it(plan_row(110_000, currency=5_000, volume=3_000)) == "currency"
    assert not cost_titles.most_of_it(plan_row(110_000, currency=4_999, volume=2_000))
    assert cost_titles.most_of_it(plan_row(110_000, volume=-9_000)) == "price"
    assert not cost_titles.most_of_it(plan_row(100_000))


def test_what_is_compared_names_the_plan_its_day_and_the_earlier_ones():
    told = cost_titles.compared(report(plan_row()).plans)
    assert "“Reforecast”, frozen 3 Jul 2015" in told
    assert "Earlier: Budget." in told
    nothing = PlanReport((), "", None, None, (), None, "no current plan")
    assert cost_titles.compared(nothing) == "no current plan"


def role(warning="", unassigned=0):
    heads = 2_000_000 + unassigned
    return RoleRow("pm", "Product manager", True, (2_000_000,), 0, unassigned, heads, 2_000_000, warning)


def matrix(*rows):
    unassigned, heads = sum(row.unassigned for row in rows), sum(row.heads for row in rows)
    return RoleMatrix(201502, (("a", "Ada"),), rows, (2_000_000,), unassigned, heads)


@pytest.mark.parametrize(
    ("found", "text"),
    [
        (matrix(), "Who works where is not recorded yet"),
        (matrix(role("too many")), "One shared role serves more than three teams a person"),
        (matrix(role("x"), role("y")), "Two shared roles serve more than three teams a person"),
        (matrix(role(unassigned=200_000)), "0.2 of 2.2 heads have no team in Feb 2015"),
        (matrix(role()), "2 heads work in one team in Feb 2015"),
    ],
)
def test_roles(found, text):
    assert cost_titles.roles(found).text == text


def position(epic=""):
    return PositionRow("P1", "a", "Ada", "pm", "Product manager", 201503, 1_000_000, epic, epic)


@pytest.mark.parametrize(
    ("rows", "text"),
    [
        ((), "No position is planned"),
        ((position(),), "The one planned position has no outcome behind it"),
        (
            (position(), position(), position("e")),
            "Two of three planned positions have no outcome behind them",
        ),
        ((position("e"),), "Every planned position has an outcome behind it"),
    ],
)
def test_positions(rows, text):
    assert cost_titles.positions(rows).text == text


@pytest.mark.parametrize(
    ("intents", "text"),
    [
        ((), "What the cost is for, the files do not say"),
        ((NamedAmount("", 5),), "What the cost is for, the files do not say"),
        ((NamedAmount("grow", 500), NamedAmount("run", 500)), "50% of the cost keeps things running"),
        (
            (NamedAmount("grow", 499), NamedAmount("run", 301), NamedAmount("transform", 200)),
            "The cost is 30% run, 50% grow and 20% transform",
        ),
        ((NamedAmount("grow", 600), NamedAmount("run", 400)), "60% of the cost buys growth"),
    ],
)
def test_mix(intents, text):
    assert cost_titles.mix(report(intents=intents)).text == text


@pytest.mark.parametrize(
    ("checks", "text"),
    [
        (MethodChecks((), (), (), 0, "GBP"), "No team passes on its cost"),
        (MethodChecks((), (), (), 6, "GBP", "a rate is missing"), "The methods cannot be compared yet"),
        (MethodChecks(("P",), (), (), 6, "GBP"), "Other methods agree within 2% for all six teams"),
        (
            MethodChecks(("P",), (MethodRow("a", "Ada", 1, 2, 3, 34_000),), (), 6, "GBP"),
            "Another method would move one team of 6 by up to 3.4%",
        ),
    ],
)
def test_methods(checks, text):
    assert cost_titles.methods(checks).text == text


def test_an_unknown_plan_is_not_compared():
    row = replace(plan_row(), plan=unknown("plan_cost", "a rate is missing", currency="GBP"))
    assert cost_titles.cost(report(row)).rule_id == "plan-none"


def on_no_team(reason, count=1):
    return [SuspenseRow("books", "", reason, 5, 1)] * count


AREA = on_no_team("cost area not mapped to a team yet")
TIME = on_no_team("part of a person's month that no team has")
POOL = on_no_team("in pool cloud, which has no driver yet")


@pytest.mark.parametrize(
    ("rows", "told"),
    [
        ([], "nothing waits to be placed"),
        (AREA, "1 cost area waits to be placed"),
        (AREA * 2, "2 cost areas wait to be placed"),
        (TIME * 2, "people's time waits to be placed"),
        (on_no_team("pay that no team carries yet, as one sum"), "people's time waits to be placed"),
        (AREA + TIME, "1 cost area and people's time wait to be placed"),
        (POOL, "1 sum waits to be placed"),
        (AREA * 2 + TIME + POOL, "2 cost areas, people's time and 1 other sum wait to be placed"),
    ],
)
def test_what_waits_is_called_what_it_is(rows, told):
    assert cost_titles.waiting(rows) == told


def test_the_reason_of_a_cost_area_is_the_one_that_the_ledger_gives():
    assert AREA[0].reason in statements.text("marts", "03_team_cost")


@pytest.mark.parametrize(
    ("treated", "text"),
    [
        ({"operating": 100}, "Finance capitalised none of the cost"),
        ({"operating": 67, "capital": 33}, "Finance capitalised 33% of the cost"),
        ({"capital": 100}, "Finance capitalised 100% of the cost"),
        ({"operating": -50, "capital": 100}, "Capital and operating"),
    ],
)
def test_v1_how_finance_books_the_cost(treated, text):
    rows = tuple(NamedAmount(name, amount) for name, amount in treated.items())
    assert cost_titles.booked(replace(teams_report(), treatments=rows)).text == text
