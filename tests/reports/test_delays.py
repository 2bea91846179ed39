"""Rule V21: what a month of delay costs, which waits to end, which order to swap; expected, in no total (T6).

`finder` of Search promises 200 more × £10 × share 0.5 = £1,000 a month from June 2015 on, without run cost;
the company discounts nothing. `first` and `second` of Onboarding are planned one after the other in 2016.
"""

from dataclasses import fields, replace
from datetime import date

import pytest

from roi.reports import epic, portfolio, team, trace
from roi.reports.shapes import Scope
from roi.story import delay_titles
from tests.reports import value_rows

TODAY = date(2015, 4, 10)
WAIT = {"team": "platform", "waits_for": "", "since": date(2015, 3, 2), "ended_on": None, "note": ""}
AGREED = {"agreed_on": date(2015, 3, 1), "run_share": 0}


@pytest.fixture
def planned(returning):
    returning.put("setting", {"name": "discount_rate", "value": "0"})
    value_rows.put(returning, "epic_plan", epic="finder", due_on=date(2015, 5, 20), owner="Olga", run_share=0)
    return returning


@pytest.fixture
def ordered(planned):
    """`first` takes 3 months and brings £1,000 a month, `second` 2 months and £2,000: 2000 × 3 > 1000 × 2."""
    planned.epic("first", "onboarding", date(2016, 1, 1))
    planned.epic("second", "onboarding", date(2016, 4, 1))
    value_rows.put(planned, "epic_plan", epic="first", due_on=date(2016, 3, 31), **AGREED)
    value_rows.put(planned, "epic_plan", epic="second", due_on=date(2016, 5, 31), **AGREED)
    planned.outcome("gifts", "first")
    planned.outcome("pages", "second", unit_value="20")
    return planned


def waits(built, key="finder", **more):
    built.put("epic_wait", {**WAIT, "epic": key, **more})


def look(built, actor, today=TODAY):
    return portfolio.build(built.store, actor, Scope(), today)


def decided(built, actor, today=TODAY):
    return [(one.kind, one.epic) for one in look(built, actor, today).decisions]


def waiting(built, actor, key="finder", today=TODAY):
    return epic.build(built.store, actor, Scope(), key, today).view.waiting


# Cost of delay


def test_a_month_of_delay_costs_the_first_month_less_its_run_cost(planned, executive):
    delay = waiting(planned, executive).delay
    assert (delay.value, dict(delay.inputs)) == (100_000, {"benefits": 100_000, "run": 0, "delay": 100_000})
    assert delay.low < delay.value < delay.high
    value_rows.put(planned, "epic_plan", epic="finder", due_on=date(2015, 5, 20), run_share=1_200_000)
    inputs = dict(waiting(planned, executive).delay.inputs)
    assert inputs["delay"] == 100_000 - inputs["run"] < 100_000


def test_of_an_epic_in_slices_only_what_is_left_is_late(planned, executive):
    part = {"epic": "finder", "slice": "a", "name": "a", "delivered": date(2015, 3, 10), "share": 800_000}
    planned.put("epic_slice", part, {**part, "slice": "b", "name": "b", "delivered": None, "share": 200_000})
    assert waiting(planned, executive).delay.value == 20_000


def test_t3_a_cost_that_cannot_be_reckoned_is_never_nought(planned, executive):
    """Obligations are not ranked, a copy brings nothing (T4), and without a day nothing is ahead."""
    waits(planned)
    planned.outcome("clicks", "finder", metric="weekly active learners")
    assert decided(planned, executive) == [("end a wait", "finder")]
    obligation = {"planned_share": 400_000, "is_obligation": True}
    found = {}
    for name, changes in {"due": {"due_on": None}, "copy": {"copied_from": "lesson"}}.items():
        plan = {"due_on": date(2015, 5, 20), "run_share": 0, **changes}
        value_rows.put(planned, "epic_plan", epic="finder", **plan)
        found[name] = waiting(planned, executive)
        assert ("end a wait", "finder") not in decided(planned, executive)
        assert look(planned, executive).looked_at.unranked == 1
    value_rows.put(planned, "epic_plan", epic="finder", due_on=date(2015, 5, 20), run_share=0)
    planned.epic("finder", "search", date(2015, 2, 1), **obligation)
    found["obligation"] = waiting(planned, executive)
    reasons = {name: one.delay.reason for name, one in found.items()}
    assert [one.delay.value for one in found.values()] == [None] * 3
    assert reasons["due"].startswith("no day is agreed")
    assert reasons["copy"] == "nothing is promised that its delivery would still bring"
    assert "obligation" in reasons["obligation"]
    for one in found.values():
        assert delay_titles.waiting(one).rule_id == "waiting-unranked"
    assert decided(planned, executive) == []


def test_t3_a_promise_that_finance_asks_about_is_no_promise_of_nothing(planned, executive):
    asked = {"outcome": "clicks", "asked_on": date(2015, 4, 1), "asked_by": "Fiona", "text": "Whose?"}
    planned.put("question", {**asked, "answered_on": None, "answered_by": "", "answer": ""})
    assert waiting(planned, executive).delay.reason == "a question about what it should bring is open"
    planned.put("question", {**asked, "answered_on": TODAY, "answered_by": "Olga", "answer": "Ours."})
    assert waiting(planned, executive).delay.value == 100_000


def test_work_that_is_over_is_late_for_nothing(planned, executive):
    waits(planned)
    planned.epic("finder", "search", date(2015, 2, 1), delivered=date(2015, 4, 1))
    found = waiting(planned, executive)
    assert (found.delay, found.open_rows, len(found.rows)) == (None, (), 1)
    assert decided(planned, executive) == []


# Waits


def test_an_open_wait_is_a_decision_worth_its_cost_of_delay_until_it_ends(planned, executive):
    assert decided(planned, executive) == []
    waits(planned)
    waits(planned, team="", waits_for="a price list", since=date(2015, 4, 1))
    (one,) = look(planned, executive).decisions
    assert (one.kind, one.epic, one.owner) == ("end a wait", "finder", "Olga")
    assert one.per_month == waiting(planned, executive).delay
    assert [row.thing for row in one.waits] == ["Platform", "a price list"]
    waits(planned, ended_on=TODAY)
    waits(planned, team="", waits_for="a price list", since=date(2015, 4, 1), ended_on=date(2015, 4, 11))
    assert decided(planned, executive) == [("end a wait", "finder")], "one of the two ends tomorrow"
    assert decided(planned, executive, date(2015, 4, 11)) == []


def test_a_wait_is_no_decision_where_p10_is_not_above_zero_or_before_its_start(planned, executive):
    waits(planned)
    value_rows.put(planned, "epic_plan", epic="finder", due_on=date(2015, 5, 20), run_share=10_000_000)
    found = waiting(planned, executive)
    assert found.delay.low <= 0
    assert delay_titles.waiting(found).rule_id == "waiting-open"
    assert ("end a wait", "finder") not in decided(planned, executive)
    value_rows.put(planned, "epic_plan", epic="finder", due_on=date(2015, 5, 20), run_share=0)
    planned.epic("finder", "search", date(2015, 4, 11))
    assert delay_titles.waiting(waiting(planned, executive)).rule_id == "waiting-early"
    assert decided(planned, executive) == []
    assert decided(planned, executive, date(2015, 4, 11)) == [("end a wait", "finder")]


def test_work_that_had_better_be_paused_is_not_worth_un_waiting(planned, executive):
    waits(planned)
    planned.outcome("clicks", "finder", unit_value="0.05")
    value_rows.put(planned, "epic_plan", epic="finder", due_on=date(2015, 9, 20), run_share=0)
    assert waiting(planned, executive).delay.low > 0
    assert decided(planned, executive) == [("pause or reshape", "finder")]


def test_t6_waits_and_orders_move_no_figure_that_is_counted_or_planned(ordered, executive):
    before, theirs = look(ordered, executive), team.build(ordered.store, executive, Scope(), "search", TODAY)
    waits(ordered)
    waits(ordered, key="second", team="", waits_for="a decision")
    after = look(ordered, executive)
    of_decisions = {"decisions", "looked_at", "version", "since", "latest", "streams"}
    for one in fields(before):
        if one.name not in of_decisions:
            assert getattr(after, one.name) == getattr(before, one.name), one.name
    rows = [[replace(row) for row in stream.teams] for stream in before.streams]
    assert [[replace(row) for row in stream.teams] for stream in after.streams] == rows
    again = team.build(ordered.store, executive, Scope(), "search", TODAY)
    assert (again.appraisal, again.epics) == (theirs.appraisal, theirs.epics)


# Orders


def test_an_order_that_costs_more_than_the_other_is_a_suggestion(ordered, executive):
    (one,) = look(ordered, executive).decisions
    assert (one.kind, one.epic, one.swap.first) == ("swap an order", "second", "first")
    assert (one.swap.first_delay.value, one.swap.second_delay.value) == (100_000, 200_000)
    assert (one.swap.first_months, one.swap.second_months) == (2_990_000, 2_000_000)
    assert one.per_month.value == round((200_000 * 2.99 - 100_000 * 2.0) / 4.99)
    assert 0 < one.per_month.low <= one.per_month.value <= one.per_month.high


def test_only_neighbours_that_somebody_planned_and_nobody_started_are_looked_at(ordered, executive):
    assert look(ordered, executive).looked_at.orders == 1
    changes = {
        "overlap": {"due_on": date(2016, 4, 2), **AGREED},
        "not agreed": {"due_on": date(2016, 3, 31), "run_share": 0},
        "no day": {"due_on": None, **AGREED},
        "ended": {**AGREED, "due_on": date(2016, 3, 31), "ended_on": TODAY, "ended_by": "cancelled"},
    }
    for name, plan in changes.items():
        value_rows.put(ordered, "epic_plan", epic="first", **plan)
        assert (decided(ordered, executive), look(ordered, executive).looked_at.orders) == ([], 0), name
    value_rows.put(ordered, "epic_plan", epic="first", due_on=date(2016, 4, 1), **AGREED)
    assert decided(ordered, executive) == [("swap an order", "second")], "due on the day the other starts"
    assert decided(ordered, executive, date(2016, 1, 1)) == [], "the first has started"
    waits(ordered, key="second", team="", waits_for="a decision")
    assert decided(ordered, executive) == [], "what waits is not put first"


def test_epics_are_one_after_the_other_only_with_nothing_planned_between_them(ordered, executive):
    """Smith's rule is about neighbours: another swap moves what lies between, also an obligation's date."""
    obligation = {"is_obligation": True, "name": "Epic between"}
    between = {"due_on": date(2016, 4, 30), **AGREED}
    ordered.epic("second", "onboarding", date(2016, 5, 1))
    value_rows.put(ordered, "epic_plan", epic="second", due_on=date(2016, 6, 30), **AGREED)
    assert decided(ordered, executive) == [("swap an order", "second")]
    ordered.epic("between", "onboarding", date(2016, 4, 2), **obligation)
    value_rows.put(ordered, "epic_plan", epic="between", **between)
    assert (decided(ordered, executive), look(ordered, executive).looked_at.orders) == ([], 0)
    value_rows.put(ordered, "epic_plan", epic="between", **between, ended_on=TODAY, ended_by="cancelled")
    assert decided(ordered, executive) == [("swap an order", "second")], "what has ended is in nobody's way"


def test_an_epic_due_before_it_starts_has_no_length_to_reckon_with(ordered, executive):
    """A tracker may move a start behind the agreed day; two such lengths once summed to nought months."""
    backwards = {"due_on": date(2016, 1, 1), "launch_minor": 100_000, "currency": "GBP", **AGREED}
    value_rows.put(ordered, "epic_plan", epic="first", due_on=date(2016, 3, 31), **AGREED)
    value_rows.put(ordered, "epic_plan", epic="second", **backwards)
    assert (decided(ordered, executive), look(ordered, executive).looked_at.orders) == ([], 0)


def test_an_order_by_smith_s_rule_or_too_close_to_call_stays(ordered, executive):
    ordered.outcome("pages", "second", unit_value="6.7", target_low="1190", target_high="1210")
    ordered.outcome("gifts", "first", target_low="1190", target_high="1210")
    assert decided(ordered, executive) == [], "at 670 × 2.99 − 1,000 × 2 = 3.30 the range spans zero"
    ordered.outcome("pages", "second", unit_value="10", target_low="1190", target_high="1210")
    assert decided(ordered, executive) == [("swap an order", "second")]
    ordered.outcome("pages", "second", unit_value="5", target_low="1190", target_high="1210")
    assert decided(ordered, executive) == []


def test_v21_work_that_is_likely_a_loss_is_not_put_first(ordered, executive):
    """Where all that is still to come of it is below zero at P50, no order cures it; at zero it is advice."""
    plan = {"due_on": date(2016, 5, 31), "currency": "GBP", **AGREED}

    def forward():
        found = epic.build(ordered.store, executive, Scope(), "second", TODAY).view.appraisal
        return found.forward_npv.value

    left = forward()
    assert left > 0
    value_rows.put(ordered, "epic_plan", epic="second", launch_minor=left, **plan)
    assert (forward(), decided(ordered, executive)) == (0, [("swap an order", "second")])
    value_rows.put(ordered, "epic_plan", epic="second", launch_minor=left + 1, **plan)
    assert (forward(), decided(ordered, executive)) == (-1, [])


def test_t3_no_decision_rests_on_a_benefit_left_out_for_its_currency(ordered, executive):
    """In a view of euro lines alone the cost of `finder` stood there without its benefit: pause, it said."""
    waits(ordered)
    assert look(ordered, executive).looked_at.unranked == 0
    euros = portfolio.build(ordered.store, executive, Scope(currency="EUR"), TODAY)
    assert (euros.decisions, euros.looked_at.unranked) == ((), 1)
    found = epic.build(ordered.store, executive, Scope(currency="EUR"), "finder", TODAY).view.waiting.delay
    assert found.reason == "weekly active clicks is left out: it is in GBP, which is not converted to EUR"
    ordered.outcome("more", "finder", currency="USD")
    assert waiting(ordered, executive).delay.reason.startswith("weekly active more is left out: it is in USD")
    assert decided(ordered, executive) == [("swap an order", "second")]


# Trace


def test_t8_both_figures_lead_to_their_outcomes_and_the_recorded_wait(ordered, executive):
    waits(ordered, note="a new sign-in")
    rows = {one.kind: one for one in look(ordered, executive).decisions}
    found = trace.build(ordered.store, executive, Scope(), "cost_of_delay", epic="finder", today=TODAY)
    assert found.figure == rows["end a wait"].per_month
    assert [row.wait.note for row in found.waits] == ["a new sign-in"]
    assert [claim.outcome for claim in found.claims] == ["clicks"]
    swap = trace.build(ordered.store, executive, Scope(), "swap_worth", epic="second", today=TODAY)
    assert swap.figure == rows["swap an order"].per_month
    assert {claim.outcome for claim in swap.claims} == {"gifts", "pages"}
    assert swap.waits == ()
    none = trace.build(ordered.store, executive, Scope(), "swap_worth", epic="first", today=TODAY)
    assert none.figure.reason == "putting it first is no open decision"
