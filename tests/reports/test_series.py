"""Series of a metric: they lengthen what is confirmed (V11); risk counts only with one from before (V14)."""

from datetime import date

from roi.domain.periods import Span
from roi.reports import outcomes
from roi.reports.booked import work
from roi.reports.cost import tying
from roi.reports.ground import basis as basis_report
from roi.reports.shapes import Scope
from tests.reports import value_rows

TODAY = date(2015, 4, 10)
TICKS = [("learners", tick) for tick in ("movement", "unit_value", "share")]


def item(built, actor, key="learners"):
    with basis_report.opened(built.store, actor, Scope(span=Span(201501, 201503))) as base:
        return work.load(tying.load(base), TODAY).by_key[key]


def series(built, name, **months):
    rows = [
        {"series": name, "month": int(month[1:]), "value": str(value), "source": "status page"}
        for month, value in months.items()
    ]
    built.put("metric_month", *rows)


def read_in_february(built, **more):
    built.outcome("learners", "lesson", actual="1100", read_on=date(2015, 2, 20), **more)
    built.end("confirmation", *TICKS)
    built.confirm("learners")


def test_v11_a_live_series_at_the_confirmed_level_confirms_its_months(returning, executive):
    read_in_february(returning)
    value_rows.put(returning, "outcome_plan", outcome="learners", series="active learners")
    assert [one.month for one in item(returning, executive).by_month] == [201502]
    series(returning, "active learners", m201503=1105)
    found = item(returning, executive)
    assert [(one.month, one.amount) for one in found.by_month] == [(201502, 50_000), (201503, 50_000)]
    assert found.assumed_by_month == ()


def test_v11_a_series_that_falls_below_leaves_the_months_assumed(returning, executive):
    read_in_february(returning)
    value_rows.put(returning, "outcome_plan", outcome="learners", series="active learners")
    series(returning, "active learners", m201503=1099)
    found = item(returning, executive)
    assert [one.month for one in found.by_month] == [201502]
    assert [one.month for one in found.assumed_by_month] == [201503]


def test_v11_a_series_confirms_nothing_past_the_day_until_which_a_tick_holds(returning, executive):
    read_in_february(returning)
    value_rows.put(returning, "outcome_plan", outcome="learners", series="active learners")
    series(returning, "active learners", m201503=1105)
    held = {"outcome": "learners", "tick": "share", "confirmed_by": "Fiona", "confirmed_on": date(2015, 4, 2)}
    returning.put("confirmation", {**held, "valid_to": date(2015, 2, 28)})
    assert [one.month for one in item(returning, executive).by_month] == [201502]


def test_v11_no_series_confirms_more_than_a_newer_reading_that_nobody_confirmed(returning, executive):
    value_rows.put(returning, "outcome_plan", outcome="learners", series="active learners")
    series(returning, "active learners", m201502=1105, m201503=1105)
    confirmed = {"outcome": "learners", "read_on": date(2015, 1, 31), "baseline": "1000", "actual": "1100"}
    confirmed |= {"unit_value": "10", "currency": "GBP", "grade": "C", "valid_to": None}
    confirmed |= {"share_low": 400_000, "share_likely": 500_000, "share_high": 600_000}
    confirmed |= {"confirmed_by": "Fiona", "confirmed_on": date(2015, 2, 2)}
    returning.put("confirmed_reading", confirmed)
    returning.end("confirmation", *TICKS)
    assert [one.month for one in item(returning, executive).by_month] == [201502]


def test_v11_a_series_confirms_no_month_after_the_horizon(returning, executive):
    read_in_february(returning)
    series(returning, "active learners", m201503=1105)
    plan = {"outcome": "learners", "series": "active learners"}
    value_rows.put(returning, "outcome_plan", **plan, horizon_months=1)
    assert [one.month for one in item(returning, executive).by_month] == [201502]
    value_rows.put(returning, "outcome_plan", **plan)
    assert [one.month for one in item(returning, executive).by_month] == [201502, 201503]
    returning.put("setting", {"name": "horizon_months", "value": "1"})
    assert [one.month for one in item(returning, executive).by_month] == [201502]


# Risk and downtime (V14)


def risk(built, **more):
    built.outcome(
        "hours", "desk", value_class="risk_reduced", actual="1050", read_on=date(2015, 3, 31), **more
    )
    built.end("confirmation", *(("hours", tick) for _, tick in TICKS))
    built.confirm("hours")


def test_v14_risk_without_a_series_of_losses_from_before_is_only_stated(returning, executive):
    risk(returning, grade="C")
    found = item(returning, executive, "hours")
    assert (found.claim.grade.value, found.value) == ("E", None)
    assert "series of losses" in found.claim.why_not
    report = outcomes.build(returning.store, executive, Scope(), TODAY)
    row = next(one for one in report.queue if one.outcome == "hours")
    assert row.grade == "E"


def test_v14_a_series_that_begins_with_the_work_is_none_from_before(returning, executive):
    risk(returning, grade="C")
    value_rows.put(returning, "outcome_plan", outcome="hours", series="outages")
    series(returning, "outages", m201501=40, m201502=20)
    assert item(returning, executive, "hours").value is None


def test_v14_with_a_month_from_before_the_work_it_counts_beside_cash(returning, executive):
    risk(returning, grade="C")
    value_rows.put(returning, "outcome_plan", outcome="hours", series="outages")
    series(returning, "outages", m201412=40)
    found = item(returning, executive, "hours")
    assert (found.claim.grade.value, found.value, found.is_cash) == ("C", 50_000, False)


def test_v14_downtime_is_told_by_its_driver_whatever_its_class(returning, executive):
    driver = {"driver": "hour", "name": "An hour down", "formula": "downtime", "currency": "GBP"}
    driver |= {"basis": "booked", "owner": "", "source": "", "dated": None}
    returning.put("value_driver", driver)
    for name in ("incidents", "hours", "loss"):
        ends = {"low": "1", "likely": "1", "high": "1", "owner": "", "source": "", "dated": None}
        returning.put("driver_input", {"driver": "hour", "input": name, **ends})
    value_rows.put(returning, "outcome_plan", outcome="hours", driver="hour")
    assert item(returning, executive, "hours").value is None


def test_v14_a_series_of_losses_says_what_they_were_and_upholds_no_reading(returning, executive):
    """Losses of 40 hours in March say nothing of the level that was confirmed in February (V11)."""
    returning.outcome(
        "hours", "desk", value_class="risk_reduced", actual="1050", read_on=date(2015, 2, 20), grade="C"
    )
    returning.end("confirmation", *(("hours", tick) for _, tick in TICKS))
    returning.confirm("hours")
    value_rows.put(returning, "outcome_plan", outcome="hours", series="outages")
    series(returning, "outages", m201412=4000, m201503=4000)
    assert [one.month for one in item(returning, executive, "hours").by_month] == [201502]
