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
