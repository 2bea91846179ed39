"""Rule V21: pausing running work is judged forward from today, whatever period is looked at.

Search's epic `finder` runs since February 2015 and costs £240 in March; its outcome promises next to nothing.
"""

from datetime import date

import pytest

from roi.domain.periods import Span
from roi.reports import epic, paybacks, portfolio, team
from roi.reports.shapes import Scope
from tests.reports import value_rows

TODAY = date(2015, 4, 10)
PERIODS = (Span(201501, 201501), Span(201501, 201502), Span(201503, 201503), Span(201501, 201503))


@pytest.fixture
def losing(returning):
    """The work is agreed to be delivered in August and brings £1 a month then."""
    value_rows.put(returning, "epic_plan", epic="finder", due_on=date(2015, 8, 20), owner="Olga", run_share=0)
    returning.outcome("clicks", "finder", unit_value="0.005", owner="Olga")
    return returning


def test_v21_what_pausing_is_worth_does_not_depend_on_the_period(losing, executive):
    found = [portfolio.build(losing.store, executive, Scope(span=span), TODAY).decisions for span in PERIODS]
    assert [[one.epic for one in decisions] for decisions in found] == [["finder"]] * len(PERIODS)
    worth = {(one.per_month.low, one.per_month.value, one.per_month.high) for (one,) in found}
    assert len(worth) == 1
    assert worth.pop()[1] > 20_000


def test_v21_the_forward_view_of_an_epic_does_not_depend_on_the_period_either(losing, executive):
    views = [
        epic.build(losing.store, executive, Scope(span=span), "finder", TODAY).view.appraisal
        for span in PERIODS
    ]
    assert len({(one.npv.value, one.forward_npv.value, one.build) for one in views}) == 1


def test_v21_work_that_pays_for_what_is_left_is_no_decision(losing, executive):
    losing.outcome("clicks", "finder", unit_value="50", owner="Olga")
    assert portfolio.build(losing.store, executive, Scope(), TODAY).decisions == ()


def test_a_team_s_payback_does_not_depend_on_the_period_either(losing, executive):
    rows = [team.build(losing.store, executive, Scope(span=span), "search", TODAY) for span in PERIODS]
    assert len({(one.appraisal.npv.value, one.appraisal.payback.reason) for one in rows}) == 1
    tables = [paybacks.build(losing.store, executive, Scope(span=span), TODAY) for span in PERIODS]
    assert len({(one.by_team["search"].value, one.by_team["search"].reason) for one in tables}) == 1


def plan_next(built, key, unit_value, started=date(2015, 9, 1), **more):
    """Planned work of Search that promises 200 × the unit value × 0.5 a month after 30 November."""
    built.epic(key, "search", started, planned_share=400_000, **more)
    value_rows.put(built, "epic_plan", epic=key, due_on=date(2015, 11, 30), owner="Olga", run_share=0)
    built.outcome(f"of {key}", key, unit_value=unit_value, owner="Olga")


def pause(built, actor):
    decisions = portfolio.build(built.store, actor, Scope(), TODAY).decisions
    return next(one for one in decisions if one.kind == "pause or reshape")


def test_v21_the_next_best_use_of_freed_capacity_is_named_and_in_no_sum(losing, executive):
    before = pause(losing, executive)
    assert before.next_use is None
    plan_next(losing, "filters", "5")
    plan_next(losing, "sorting", "20")
    plan_next(losing, "law", "90", is_obligation=True)
    plan_next(losing, "running", "80", started=date(2015, 3, 1))
    found = pause(losing, executive)
    assert (found.next_use.epic, found.next_use.per_month.figure_id) == ("sorting", "cost_of_delay")
    assert (
        found.next_use.per_month.value
        == epic.build(losing.store, executive, Scope(), "sorting", TODAY).view.waiting.delay.value
    )
    assert 150_000 < found.next_use.per_month.value <= 200_000  # £2,000 a month, in money of today
    assert found.per_month.value == (found.saved - found.lost) // dict(found.per_month.inputs)["months"]


def test_v21_work_of_another_team_or_without_a_known_worth_is_no_next_use(losing, executive):
    losing.epic("lessons", "onboarding", date(2015, 9, 1))
    value_rows.put(losing, "epic_plan", epic="lessons", due_on=date(2015, 11, 30))
    losing.outcome("of lessons", "lessons", unit_value="20")
    losing.epic("vague", "search", date(2015, 9, 1))
    value_rows.put(losing, "epic_plan", epic="vague", due_on=date(2015, 11, 30))
    assert pause(losing, executive).next_use is None
