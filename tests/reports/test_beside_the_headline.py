"""Cohorts, old harvest, results, caps, value plan, verdicts, decisions beside the headline (V8, V17 to V22).

Every company here is Alder in the first quarter of 2015 (see `valuing`).
"""

from datetime import date

import pytest

from roi.domain.outcomes import NO_LINE
from roi.domain.periods import Span
from roi.domain.structure import Verdict
from roi.reports import outcomes, trace
from roi.reports.shapes import Scope
from tests.reports import value_rows
from tests.reports.valuing import (
    EPIC_PLAN,
    READ,
    TODAY,
    earlier,
    line,
    look,
    plan,
)


def test_v22_cohorts_and_the_rest_are_exactly_the_cost_of_teams(returning, executive):
    report = look(returning, executive)
    assert [(row.label, row.cost.value) for row in report.cohorts] == [
        ("Started in Q1 2015", 50_000 + 25_000 + 24_000),
        ("Run, unplanned, unassigned", 461_000),
    ]
    assert sum(row.cost.value for row in report.cohorts) == report.cost.value


def test_v22_old_harvest_is_told_apart_from_work_of_the_period(returning, executive):
    later = look(returning, executive, span=Span(201502, 201503))
    assert later.checks.old_harvest.value == 100_000
    assert later.checks.started_in_period.value == 0
    now = look(returning, executive)
    assert now.checks.old_harvest.value is None
    assert now.checks.started_in_period.value == round(100_000 / 99_000 * 1_000_000)


@pytest.mark.parametrize(
    ("moved", "share"), [(100_000, 1_000_000), (99_999, 1_000_010), (200_000, 500_000), (0, None)]
)
def test_claims_beside_the_company_s_own_results(returning, executive, moved, share):
    line(returning, (201503, 0), (201502, moved))
    report = look(returning, executive)
    assert report.checks.share_of_results.value == share
    assert report.confirmed.value == 100_000


@pytest.mark.parametrize("value_class", ["revenue", "retention", "cost_reduction"])
def test_v8_money_of_a_cash_class_without_a_line_counts_nowhere_and_says_what_to_do(
    returning, executive, value_class
):
    """Three ticks from before this rule confirm nothing while nobody can say whose money it is."""
    returning.outcome("learners", "lesson", **READ, value_class=value_class)
    returning.confirm("learners", by="Frank", ticks="unit_value")
    earlier(returning, "learners", date(2015, 2, 20), "1100")
    assert look(returning, executive).confirmed.value or look(returning, executive).protected.value
    plan(returning, "learners", line="", cell="")
    report = look(returning, executive)
    assert (report.confirmed.value, report.protected.value) == (None, 50_000), "the hours alone"
    row = outcomes.build(returning.store, executive, Scope(), TODAY).row("learners")
    assert (row.state, row.why_not) == ("measured", NO_LINE)
    assert {tick for tick, why in row.stopped if "names no finance line" in why} == {"unit_value", "share"}
    plan(returning, "learners")
    assert outcomes.build(returning.store, executive, Scope(), TODAY).row("learners").state == "confirmed"


@pytest.mark.parametrize("value_class", ["cost_avoided", "released_time", "risk_reduced"])
def test_v8_money_that_shows_on_no_line_by_its_nature_needs_none(returning, executive, value_class):
    returning.outcome("hours", "desk", **READ, value_class=value_class, grade="D")
    plan(returning, "hours", line="", cell="")
    returning.confirm("hours", by="Frank")
    row = outcomes.build(returning.store, executive, Scope(), TODAY).row("hours")
    assert NO_LINE not in row.why_not
    assert not [why for _, why in row.stopped if "line" in why]


def test_v8_cash_that_nothing_caps_is_counted_and_told_with_the_next_step(returning, executive):
    def told():
        checks = look(returning, executive).checks
        rows = outcomes.build(returning.store, executive, Scope(), TODAY)
        return checks.uncapped, rows.row("learners").uncapped

    line(returning)
    plan(returning, "learners", line="sales", cell="all")
    count, why = told()
    assert count == 1
    assert why.startswith("Finance has not set what Sales moved to March 2015")
    line(returning, (201502, 1_000_000))
    assert told()[0] == 1, "March has no cap yet"
    line(returning, (201503, 1_000_000))
    assert told() == (0, "")


@pytest.mark.parametrize(("capped", "february", "march"), [(201502, 0, 1), (201503, 1, 0)])
def test_v8_what_nothing_caps_is_told_of_the_months_of_the_period_alone(
    returning, executive, capped, february, march
):
    """It counts £500 a month in February and March; finance has set one of the two."""
    line(returning, (capped, 1_000_000))
    plan(returning, "learners", line="sales", cell="all")
    told = [look(returning, executive, span=Span(one, one)).checks.uncapped for one in (201502, 201503)]
    assert told == [february, march]
    row = outcomes.build(returning.store, executive, Scope(), TODAY).row("learners").uncapped
    assert ("February" in row, "March" in row) == (bool(february), bool(march))


def test_claims_are_compared_in_the_months_that_the_lines_cover_alone(returning, executive):
    """£500 a month in February and March; the company's lines cover March only."""
    line(returning, (201503, 200_000))
    assert dict(look(returning, executive).checks.share_of_results.inputs)["confirmed"] == 50_000


def test_without_result_lines_it_says_what_is_needed(returning, executive):
    found = look(returning, executive).checks.share_of_results
    assert found.reason.startswith("needs the company's result lines by month")


def test_v17_the_value_plan_is_the_frozen_p50_of_what_fell_due(returning, executive):
    promised = {"target_low": "1050", "target_likely": "1150", "target_high": "1200"}
    value_rows.put(returning, "forecast", outcome="learners", **promised)
    checks = look(returning, executive).checks
    assert (checks.planned_value.value, checks.planned_actual.value) == (150_000, 100_000)
    returning.epic("copy", "onboarding", date(2015, 1, 5), delivered=date(2015, 1, 20), planned_share=0)
    returning.put("epic_plan", {**EPIC_PLAN, "epic": "copy", "copied_from": "lesson"})
    returning.outcome("copied", "copy", **READ, metric="Weekly  ACTIVE learners")
    value_rows.put(returning, "forecast", outcome="copied", **promised)
    again = look(returning, executive).checks
    assert again.planned_value.value == 150_000, "a copied promise is no second one (T4)"


def test_v19_a_team_with_one_reading_is_too_early(returning, executive):
    returning.outcome("clicks", "finder", actual="1100", read_on=date(2015, 3, 31))
    rows = {row.key: row for stream in look(returning, executive).streams for row in stream.teams}
    assert rows["search"].verdict is Verdict.TOO_EARLY


def test_v21_pausing_is_a_decision_only_where_the_forward_view_is_a_loss(returning, executive):
    returning.put("epic_plan", {**EPIC_PLAN, "epic": "finder", "due_on": date(2015, 9, 30)})
    returning.outcome("clicks", "finder", unit_value="0.01")
    (decision,) = look(returning, executive).decisions
    assert (decision.kind, decision.epic, decision.chance) == ("pause or reshape", "finder", 1_000_000)
    assert 0 < decision.per_month.low <= decision.per_month.value <= decision.per_month.high
    returning.outcome("clicks", "finder", unit_value="100")
    assert look(returning, executive).decisions == ()


def test_v7_one_driver_behind_two_outcomes_moves_them_together(returning, executive):
    driver = {"driver": "margin", "name": "Margin", "formula": "stated", "currency": "GBP", "basis": "booked"}
    returning.put("value_driver", {**driver, "owner": "Fiona", "source": "books", "dated": None})
    ends = {"low": "8", "likely": "10", "high": "12", "owner": "", "source": "", "dated": None}
    returning.put("driver_input", {"driver": "margin", "input": "amount", **ends})
    sure = {**READ, "share_low": 500_000, "share_high": 500_000}
    for key, epic in (("learners", "lesson"), ("signups", "desk")):
        returning.outcome(key, epic, **sure)
        plan(returning, key, driver="margin")
        returning.confirm(key, by="Frank")
    found = look(returning, executive).confirmed
    assert (found.low, found.value, found.high) == pytest.approx((160_000, 200_000, 240_000), rel=5e-5)


def test_d30_the_trace_of_a_return_knows_whether_it_is_settled(returning, executive):
    """The same share as beside the headline, and of no other figure."""
    line(returning, (201503, 0), (201502, 90_000))
    beside = look(returning, executive).checks.share_of_results
    for figure_id in ("return_per_unit", "return_incl_not_cash"):
        assert trace.build(returning.store, executive, Scope(), figure_id).share_of_results == beside
    assert trace.build(returning.store, executive, Scope(), "full_cost").share_of_results is None
