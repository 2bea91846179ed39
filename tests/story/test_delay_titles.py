"""What may be said about waiting and order, on both sides of each boundary (ux.md: no blame; T3, T6, V21)."""

from dataclasses import replace
from datetime import date

import pytest

from roi.domain.figures import Figure, unknown
from roi.domain.value import Wait
from roi.reports.shapes.delay import LookedAt, SwapRow, Waiting, WaitRow
from roi.reports.shapes.value import Decision
from roi.story import delay_titles, value_titles
from tests.story import reports as made

SINCE = date(2015, 3, 20)


def cost(value, low, high, figure_id="cost_of_delay"):
    return Figure(figure_id, value, "", low, high, made.CODE, ())


def row(days=21, thing="Platform", *, is_open=True, ended=None, note=""):
    return WaitRow(Wait("e", "platform", "", SINCE, ended, note), thing, days, is_open)


NONE = unknown("cost_of_delay", "no outcome says what it should bring")


@pytest.mark.parametrize(
    ("days", "said"),
    [
        (0, "less than a day"),
        (1, "1 day"),
        (13, "13 days"),
        (14, "2 weeks"),
        (91, "13 weeks"),
        (92, "3 months"),
    ],
)
def test_how_long_it_waits(days, said):
    assert delay_titles.long(days) == said


@pytest.mark.parametrize(
    ("waiting", "rule"),
    [
        (Waiting(), "waiting-nothing"),
        (Waiting((row(is_open=False),), cost(5, 1, 9)), "waiting-nothing"),
        (Waiting((row(),), cost(5, 1, 9), date(2015, 9, 1)), "waiting-early"),
        (Waiting((row(),), cost(5, 1, 9)), "waiting-costs"),
        (Waiting((row(),), cost(5, 0, 9)), "waiting-open"),
        (Waiting((row(),), cost(-5, -9, 1)), "waiting-open"),
        (Waiting((row(),), cost(-5, -9, 0)), "waiting-free"),
        (Waiting((row(),), NONE), "waiting-unranked"),
        (Waiting((row(),)), "waiting-neutral"),
        (Waiting((row(thing="the " * 20),), cost(26_000_000, 10_000_000, 40_000_000)), "waiting-costs"),
    ],
)
def test_what_an_epic_waits_for(waiting, rule):
    said = delay_titles.waiting(waiting)
    assert said.rule_id == rule
    assert "blocked" not in said.text
    assert delay_titles.waiting_note(waiting)


def test_v21_a_wait_says_for_whom_how_long_and_what_a_month_costs():
    waiting = Waiting((row(), row(5, "a licence")), cost(26_000_000, 10_000_000, 40_000_000))
    told = "Work waiting 3 weeks for Platform and one more thing; waiting a month costs about $260k"
    assert delay_titles.waiting(waiting).text == told
    assert delay_titles.wait_row(row(note="a new sign-in")) == (
        "Platform",
        "since 20 Mar 2015, 3 weeks. A new sign-in",
    )
    ended = row(2, is_open=False, ended=date(2015, 3, 22))
    assert delay_titles.wait_row(ended)[1] == "20 Mar 2015 to 22 Mar 2015, 2 days; ended"


def test_what_would_cost_more_to_run_than_it_brings_is_not_too_close_to_call():
    told = "Work waiting 3 weeks for Platform; a month of it is not expected to cost anything"
    assert delay_titles.waiting(Waiting((row(),), cost(-500_000, -900_000, -100_000))).text == told


@pytest.mark.parametrize("thing", [f"{'a' * most}" for most in range(4, 25)])
@pytest.mark.parametrize(
    ("found", "starts", "said"),
    [
        (cost(26_000_000, 10_000_000, 40_000_000), None, "costs about"),
        (cost(123_456, 100_000, 400_000), None, "costs about"),
        (cost(-500_000, -900_000, -100_000), None, "not expected"),
        (cost(500_000, -900_000, 1_000_000), None, "close to call"),
        (cost(26_000_000, 10_000_000, 40_000_000), date(2015, 9, 1), "nothing is late"),
        (NONE, None, "cannot be ranked"),
    ],
)
def test_t3_a_cost_too_long_for_the_title_is_left_out_and_never_said_otherwise(thing, found, starts, said):
    for waiting in ((row(91, thing),), (row(91, thing), row(5, "a licence"))):
        kronor = replace(found, currency="SEK")
        told = delay_titles.waiting(Waiting(waiting, kronor, starts))
        assert said in told.text or told.rule_id == "waiting-neutral", told.text


def decision(**more):
    given = ("end a wait", "e", "Find lessons", "Search", "Olga", cost(26_000_000, 1, 40_000_000))
    return Decision(*given, "the other order costs less", 940_000, **more)


def test_v21_why_a_wait_is_ended_and_an_order_swapped():
    assert made.why(decision(waits=(row(), row(5, "a licence")))) == (
        "Work waiting 3 weeks for Platform, since 20 Mar 2015; waiting a month costs about $260k. "
        "It also waits for a licence, since 20 Mar 2015. Owner: Olga."
    )
    each = cost(10_000_000, 1, 2), cost(20_000_000, 1, 2)
    swap = SwapRow("search", "a", "Gifts", "b", "One page", 4_530_000, 1_770_000, *each)
    assert made.why(decision(swap=swap)) == (
        "A month's delay costs $200k for One page (1.77 months long) and $100k for Gifts (4.53). "
        "19 in 20 that the other order costs less. A suggestion: Search decides. Owner: Olga."
    )


@pytest.mark.parametrize(
    ("running", "beside", "rule", "note"),
    [
        (2, LookedAt(), "decisions-none", "Two running epics with an agreed delivery looked at"),
        (0, LookedAt(), "decisions-neutral", "Pausing is reckoned"),
        (2, LookedAt(waits=1), "decisions-nothing", "agreed delivery and one epic that waits looked at"),
        (0, LookedAt(orders=2), "decisions-nothing", "Two orders of planned work looked at"),
        (2, LookedAt(waits=1, unranked=1), "decisions-unranked", "one epic that waits looked at"),
    ],
)
def test_v21_without_a_decision_it_says_what_was_looked_at(running, beside, rule, note):
    found = made.returning(898_000, 780_000, 1_010_000, running_looked_at=running, looked_at=beside)
    assert value_titles.decisions(found).rule_id == rule
    assert note in value_titles.decisions_note(found)


@pytest.mark.parametrize(("shown", "rest"), [(3, ""), (2, " One smaller one not shown.")])
def test_t3_with_decisions_it_says_what_is_left_out_and_what_cannot_be_ranked(shown, rest):
    three = tuple(decision(waits=(row(),)) for _ in range(3))
    beside = LookedAt(waits=4, unranked=2)
    found = made.returning(898_000, 780_000, 1_010_000, decisions=three, looked_at=beside)
    assert value_titles.decisions_note(found, shown) == (
        f"Ranked by what a month of going on as now costs.{rest} "
        "Two waits cannot be ranked yet: their cost is not known."
    )


@pytest.mark.parametrize(
    ("value", "told"),
    [
        (-1, " a month, likely −$3,910 to $4,240; below zero, so waiting saves money"),
        (0, " a month, likely −$3.91k to $4.24k"),
    ],
)
def test_what_a_month_later_costs_says_where_it_saves(value, told):
    cost = Figure("cost_of_delay", value, "", -391_000, 424_000, made.CODE, ())
    assert delay_titles.month_later(cost) == told
