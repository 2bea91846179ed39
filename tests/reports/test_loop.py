"""The closed loop: what is due, overdue and to come, what waits for finance, and what nobody verified."""

from datetime import date, timedelta

import pytest

from roi.domain.structure import Tick
from roi.reports import calendar, outcomes, trace
from roi.reports.shapes import Scope
from tests.calendar_reader import events_of
from tests.reports.value_rows import put

DELIVERED = date(2015, 1, 20)
FIRST, THIRD = date(2015, 2, 20), date(2015, 7, 20)
"""Readings fall due 1, 3 and 6 months after delivery."""


@pytest.fixture
def waiting(company):
    """Alder with one delivered epic of Onboarding that has two unread outcomes; £500.01 of cost."""
    company.epic("lesson", "onboarding", date(2015, 1, 5), delivered=DELIVERED, planned_share=500_010)
    company.outcome("learners", "lesson")
    company.outcome("weeks", "lesson", metric="weeks to finish")
    return company


def look(built, actor, today, **scope):
    return outcomes.build(built.store, actor, Scope(**scope), today)


def read(built, key, on, **more):
    built.outcome(key, "lesson", actual="1100", read_on=on, **more)


@pytest.mark.parametrize(
    ("today", "due", "overdue", "state"),
    [
        (FIRST - timedelta(1), 0, 0, "delivered"),
        (FIRST, 2, 0, "reading due"),
        (FIRST + timedelta(14), 2, 0, "reading due"),
        (FIRST + timedelta(15), 2, 2, "overdue"),
    ],
)
def test_a_reading_is_due_on_its_day_and_overdue_after_two_weeks(
    waiting, executive, today, due, overdue, state
):
    report = look(waiting, executive, today)
    assert (len(report.due), report.overdue) == (due, overdue)
    assert dict(report.states) == {state: 2}
    assert len(report.to_come) == 2 - due
    assert {row.due_on for row in (*report.due, *report.to_come)} == {FIRST}


def test_the_cost_that_readings_explain_is_the_epic_s_and_counts_once(waiting, executive):
    report = look(waiting, executive, date(2015, 4, 1))
    costs = [row.cost.value for row in report.due]
    assert costs == [25_001, 25_000]
    assert sum(costs) == report.epics[0].cost.value == report.overdue_cost.value
    assert dict(report.due[0].cost.inputs) == {"epic_cost": 50_001, "outcomes": 2, "explained": 25_001}
    assert report.overdue_cost.figure_id == "overdue_cost"


def test_a_reading_serves_every_earlier_date_and_leaves_the_next_one(waiting, executive):
    read(waiting, "learners", date(2015, 4, 25))
    report = look(waiting, executive, date(2015, 5, 1))
    assert [row.outcome for row in report.due] == ["weeks"]
    assert [(row.outcome, row.due_on) for row in report.to_come] == [("learners", THIRD)]


def test_v11_a_confirmed_benefit_is_renewed_after_a_year_also_once_closed(waiting, executive):
    read(waiting, "learners", date(2015, 7, 20))
    waiting.confirm("learners")
    put(waiting, "closure", outcome="learners", learned="Lessons keep learners.")
    (coming,) = look(waiting, executive, date(2015, 9, 1), value_stream="Enrolment").to_come
    assert (coming.outcome, coming.due_on, coming.is_renewal) == ("learners", date(2016, 1, 20), True)


def test_due_rows_stand_by_lateness_and_cost_and_only_of_the_stream_looked_at(waiting, executive):
    waiting.epic("finder", "search", date(2015, 1, 1), delivered=date(2015, 1, 20), planned_share=1_000_000)
    waiting.outcome("clicks", "finder")
    report = look(waiting, executive, date(2015, 4, 1))
    assert [row.outcome for row in report.due] == ["clicks", "learners", "weeks"]
    alone = look(waiting, executive, date(2015, 4, 1), value_stream="Catalogue")
    assert [row.outcome for row in alone.due] == ["clicks"]
    assert alone.overdue_cost.value == 40_000


# Finance's queue


def test_v10_the_queue_names_the_missing_ticks_and_whose_outcome_it_is(waiting, executive, owner):
    read(waiting, "learners", date(2015, 3, 31))
    waiting.confirm("learners", ticks="movement")
    (row,) = look(waiting, owner, date(2015, 4, 15)).queue
    assert row.missing == (Tick.UNIT_VALUE.value, Tick.SHARE.value)
    assert row.why_not == "finance has not confirmed the unit value and the share yet"
    assert row.measured.value == 50_000
    assert row.is_owner_you
    assert not look(waiting, executive, date(2015, 4, 15)).queue[0].is_owner_you
    waiting.confirm("learners", ticks="unit_value share")
    assert look(waiting, executive, date(2015, 4, 15)).queue == ()


def test_v10_an_owner_s_own_tick_is_missing_still(waiting, executive):
    read(waiting, "learners", date(2015, 3, 31))
    waiting.confirm("learners", by=" OLGA ")
    (row,) = look(waiting, executive, date(2015, 4, 15)).queue
    assert row.missing == tuple(tick.value for tick in Tick)
    assert dict(look(waiting, executive, date(2015, 4, 15)).states)["self-confirmed"] == 1


def test_a_question_keeps_a_confirmed_outcome_in_the_queue_until_it_is_answered(waiting, executive):
    read(waiting, "learners", date(2015, 3, 31))
    waiting.confirm("learners")
    put(waiting, "question", outcome="learners")
    report = look(waiting, executive, date(2015, 4, 15))
    (row,) = report.queue
    assert (row.missing, [one.text for one in row.questions]) == ((), ["Which report shows this?"])
    assert dict(report.states)["disputed"] == 1
    put(
        waiting, "question", outcome="learners", answered_on=date(2015, 4, 12), answered_by="Olga", answer="7"
    )
    assert look(waiting, executive, date(2015, 4, 15)).queue == ()


@pytest.mark.parametrize("more", [{"value_class": "not_financial", "unit_value": ""}])
def test_what_is_not_money_waits_for_nobody_in_finance(waiting, executive, more):
    read(waiting, "learners", date(2015, 3, 31), **more)
    assert look(waiting, executive, date(2015, 4, 15)).queue == ()


# Unverified value


@pytest.mark.parametrize(("days", "expected"), [(90, []), (91, ["learners"])])
def test_value_that_nobody_confirmed_for_more_than_ninety_days_is_a_number_of_its_own(
    waiting, executive, days, expected
):
    """Read in time, never confirmed; the other outcome is confirmed and never here."""
    today = DELIVERED + timedelta(days)
    for key in ("learners", "weeks"):
        read(waiting, key, today, metric=key)
    waiting.confirm("weeks")
    report = look(waiting, executive, today)
    assert [row.outcome for row in report.unverified] == expected
    assert report.unverified_cost.value == 25_001 * len(expected)
    assert report.unverified_value.value == (150_000 if expected else 0)  # February to April at £500
    assert report.unverified_cost.figure_id == "unverified_cost"
    assert report.unverified_value.figure_id == "unverified_value"


def test_what_an_unread_outcome_is_said_to_have_brought_is_its_likely_promise(waiting, executive):
    row = next(
        one for one in look(waiting, executive, date(2015, 4, 1)).unverified if one.outcome == "learners"
    )
    assert dict(row.expected.inputs) == {"per_month": 100_000, "months": 3, "said": 300_000}
    assert (row.days_late, row.days_since_delivery) == (40, 71)
    assert row.expected.figure_id == "said_value"


@pytest.mark.parametrize(
    ("today", "months"),
    [
        (date(2016, 2, 4), 7),  # confirmed to July 2015: August to February
        (date(2017, 1, 30), 18),
    ],
)
def test_v11_no_month_that_finance_confirmed_is_unverified(waiting, executive, today, months):
    """An outcome whose renewal is overdue: its confirmed months are in the total of value, and not here."""
    read(waiting, "learners", date(2015, 7, 20))
    waiting.confirm("learners")
    report = look(waiting, executive, today)
    row = next(one for one in report.unverified if one.outcome == "learners")
    said = {"per_month": 50_000, "months": months, "said": 50_000 * months}
    assert dict(row.expected.inputs) == said
    others = sum(one.expected.value for one in report.unverified if one.outcome != "learners")
    assert report.unverified_value.value == said["said"] + others
    traced = trace.build(waiting.store, executive, Scope(), "said_value", outcome="learners", today=today)
    assert traced.figure == row.expected
    assert sum(part.amount for part in traced.parts) == row.expected.value
    whole = trace.build(waiting.store, executive, Scope(), "unverified_value", today=today)
    assert sum(part.amount for part in whole.parts) == whole.figure.value == report.unverified_value.value


# The calendar


def test_the_calendar_holds_every_reading_with_a_name_that_stays(waiting, executive):
    before = calendar.build(waiting.store, executive, Scope(), date(2015, 2, 1))
    events = events_of(before.text)
    assert before.events == len(events) == 2
    assert {event["DTSTART"] for event in events} == {"20150220"}
    assert events[0]["SUMMARY"] == "Read: weekly active learners"
    assert "Owner: Olga" in events[0]["DESCRIPTION"]
    waiting.epic("lesson", "onboarding", date(2015, 1, 5), delivered=date(2015, 1, 25))
    after = events_of(calendar.build(waiting.store, executive, Scope(), date(2015, 2, 1)).text)
    assert {event["UID"] for event in after} == {event["UID"] for event in events}
    assert {event["DTSTART"] for event in after} == {"20150225"}


def test_the_calendar_of_the_same_data_is_the_same_text(waiting, executive):
    texts = {calendar.build(waiting.store, executive, Scope(), date(2015, 2, 1)).text for _ in range(2)}
    assert len(texts) == 1
