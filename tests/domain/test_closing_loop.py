"""From draft to closed: every state on both sides of its dates, readings, renewals, unverified value."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from roi.domain.closing_loop import (
    Due,
    Expected,
    LoopState,
    Milestones,
    days_unverified,
    inbox,
    months_after,
    next_due,
    open_readings,
    open_renewals,
    schedule,
    state,
    unverified,
    unverified_value,
    why_not_closed,
)

DELIVERED = date(2026, 1, 31)
FIRST, SECOND, THIRD = date(2026, 2, 28), date(2026, 4, 30), date(2026, 7, 31)
DAY = timedelta(1)
OPEN = Milestones(agreed_on=date(2025, 10, 1), delivered_on=DELIVERED)
READ = replace(OPEN, readings=(FIRST, SECOND, THIRD))
CONFIRMED = replace(READ, confirmed_on=THIRD + DAY)
DONE = replace(CONFIRMED, learned="Search is used daily, but only by new students.")


def test_v11_after_its_product_is_retired_nothing_is_read_that_was_not_due_before():
    retired = replace(OPEN, retired_on=SECOND)
    assert [due.on for due in open_readings(retired)] == [FIRST, SECOND]
    assert [due.on for due in open_readings(replace(retired, retired_on=SECOND - DAY))] == [FIRST]
    read = replace(CONFIRMED, retired_on=months_after(DELIVERED, 12))
    assert [due.on for due in open_renewals(read)] == [months_after(DELIVERED, 12)]
    assert open_renewals(replace(read, retired_on=months_after(DELIVERED, 12) - DAY)) == ()


def test_v11_what_a_product_brought_before_its_end_is_still_to_be_read_once():
    early = replace(OPEN, retired_on=DELIVERED)
    assert [due.on for due in open_readings(early)] == [FIRST]
    assert open_readings(replace(early, readings=(DELIVERED + DAY,))) == ()
    assert open_readings(replace(early, retired_on=DELIVERED - DAY)) == ()


def test_readings_are_due_one_three_and_six_months_after_delivery():
    assert [due.on for due in schedule(OPEN)] == [FIRST, SECOND, THIRD]
    assert schedule(Milestones()) == ()


def test_an_agreed_day_is_one_more_reading():
    agreed = replace(OPEN, agreed_reading=date(2026, 3, 15))
    assert [due.on for due in schedule(agreed)] == [FIRST, date(2026, 3, 15), SECOND, THIRD]
    assert len(schedule(replace(OPEN, agreed_reading=SECOND))) == 3


def test_a_month_later_ends_with_the_month():
    assert months_after(date(2026, 1, 31), 1) == date(2026, 2, 28)
    assert months_after(date(2027, 11, 30), 3) == date(2028, 2, 29)
    assert months_after(date(2026, 12, 15), 24) == date(2028, 12, 15)


@pytest.mark.parametrize(
    ("milestones", "today", "expected"),
    [
        (Milestones(), DELIVERED, LoopState.DRAFT),
        (Milestones(agreed_on=DELIVERED), DELIVERED, LoopState.AGREED),
        (OPEN, DELIVERED - DAY, LoopState.AGREED),
        (OPEN, DELIVERED, LoopState.DELIVERED),
        (OPEN, FIRST - DAY, LoopState.DELIVERED),
        (OPEN, FIRST, LoopState.READING_DUE),
        (OPEN, FIRST + 14 * DAY, LoopState.READING_DUE),
        (OPEN, FIRST + 15 * DAY, LoopState.OVERDUE),
        (replace(OPEN, readings=(FIRST,)), FIRST, LoopState.MEASURED),
        (replace(OPEN, readings=(FIRST,)), SECOND - DAY, LoopState.MEASURED),
        (replace(OPEN, readings=(FIRST,)), SECOND, LoopState.READING_DUE),
        (replace(OPEN, readings=(FIRST,), confirmed_on=FIRST), SECOND - DAY, LoopState.CONFIRMED),
        (replace(OPEN, readings=(FIRST,), confirmed_on=FIRST), SECOND, LoopState.READING_DUE),
        (READ, THIRD, LoopState.MEASURED),
        (replace(READ, confirmed_on=THIRD - DAY), THIRD, LoopState.MEASURED),
        (CONFIRMED, THIRD + DAY, LoopState.CONFIRMED),
        (replace(DONE, closed_on=THIRD + 2 * DAY), THIRD + DAY, LoopState.CONFIRMED),
        (replace(DONE, closed_on=THIRD + 2 * DAY), THIRD + 2 * DAY, LoopState.CLOSED),
        (replace(OPEN, written_off_on=SECOND), SECOND, LoopState.WRITTEN_OFF),
        (Milestones(written_off_on=SECOND), SECOND, LoopState.WRITTEN_OFF),
        (Milestones(written_off_on=SECOND), SECOND - DAY, LoopState.DRAFT),
    ],
)
def test_each_state_on_both_sides_of_its_date(milestones, today, expected):
    assert state(milestones, today) is expected


def test_a_reading_serves_its_date_and_earlier_ones_up_to_two_weeks_early():
    early = replace(OPEN, readings=(SECOND - 14 * DAY,))
    assert [due.on for due in open_readings(early)] == [THIRD]
    too_early = replace(OPEN, readings=(SECOND - 15 * DAY,))
    assert [due.on for due in open_readings(too_early)] == [SECOND, THIRD]


def test_nothing_is_asked_of_what_is_closed_written_off_or_not_delivered():
    assert open_readings(replace(OPEN, closed_on=FIRST)) == ()
    assert open_readings(replace(OPEN, written_off_on=FIRST)) == ()
    assert open_readings(Milestones(agreed_on=FIRST)) == ()


def test_each_slice_has_its_readings_before_all_of_it_is_delivered():
    part = date(2025, 9, 10)
    sliced = Milestones(agreed_on=date(2025, 8, 1), slices=(part,))
    first = date(2025, 10, 10)
    assert [due.on for due in schedule(sliced)] == [first, date(2025, 12, 10), date(2026, 3, 10)]
    assert state(sliced, part - DAY) is state(sliced, first - DAY) is LoopState.AGREED
    assert state(sliced, first) is LoopState.READING_DUE
    read = replace(sliced, readings=(first,))
    assert state(read, first + DAY) is LoopState.MEASURED
    assert next_due(read) == Due(date(2025, 12, 10))
    assert why_not_closed(read) == "it is not delivered yet"
    whole = replace(READ, slices=(part,))
    assert open_readings(whole) == (), "a reading of the whole serves every earlier one"


def test_the_inbox_holds_what_is_due_by_now_oldest_first():
    assert inbox(OPEN, FIRST - DAY) == ()
    assert [due.on for due in inbox(OPEN, SECOND)] == [FIRST, SECOND]
    late = Due(FIRST)
    assert late.days_late(FIRST + 3 * DAY) == 3
    assert next_due(OPEN) == Due(FIRST)
    assert next_due(replace(CONFIRMED, series_to=date(2028, 1, 31))) is None


def test_v11_a_confirmed_benefit_is_renewed_after_12_and_24_months():
    renewals = open_renewals(CONFIRMED)
    assert renewals == (Due(date(2027, 1, 31), is_renewal=True), Due(date(2028, 1, 31), is_renewal=True))
    closed = replace(DONE, closed_on=THIRD + 2 * DAY)
    assert inbox(closed, date(2027, 1, 31)) == renewals[:1]
    assert open_renewals(replace(closed, readings=(*READ.readings, date(2027, 2, 1)))) == renewals[1:]
    assert state(closed, date(2027, 6, 1)) is LoopState.CLOSED
    assert next_due(closed) == renewals[0]


def test_v11_a_live_series_renews_as_far_as_it_upholds_what_is_confirmed():
    first, second = open_renewals(CONFIRMED)
    assert open_renewals(replace(CONFIRMED, series_to=date(2027, 1, 16))) == (first, second)
    assert open_renewals(replace(CONFIRMED, series_to=date(2027, 1, 17))) == (second,)
    assert open_renewals(replace(CONFIRMED, series_to=date(2028, 1, 31))) == ()


def test_v11_nothing_is_renewed_without_confirmation():
    assert open_renewals(READ) == ()
    assert open_renewals(replace(CONFIRMED, written_off_on=THIRD)) == ()


@pytest.mark.parametrize(
    ("milestones", "reason"),
    [
        (Milestones(), "it is not delivered yet"),
        (replace(DONE, written_off_on=THIRD), "it has ended"),
        (replace(OPEN, readings=(FIRST,)), "the reading of 2026-04-30 is missing"),
        (READ, "finance has not confirmed the last reading yet"),
        (replace(CONFIRMED, learned="  "), "nobody has said yet what was learned"),
        (DONE, ""),
    ],
)
def test_a_loop_closes_with_its_readings_its_confirmation_and_what_was_learned(milestones, reason):
    assert why_not_closed(milestones) == reason


# Unverified value


def test_value_that_nobody_confirmed_for_more_than_ninety_days_is_a_number():
    waiting = [
        Expected("a", 500, OPEN),
        Expected("b", 70, replace(OPEN, delivered_on=DELIVERED - DAY)),
        Expected("c", 9000, CONFIRMED),
        Expected("d", 9000, replace(OPEN, written_off_on=FIRST)),
        Expected("e", 9000, Milestones(agreed_on=FIRST)),
        Expected("f", 9000, replace(OPEN, delivered_on=DELIVERED + 300 * DAY)),
    ]
    on_the_day = DELIVERED + 90 * DAY
    assert [outcome.key for outcome in unverified(waiting, on_the_day)] == ["b"]
    assert [outcome.key for outcome in unverified(waiting, on_the_day + DAY)] == ["b", "a"]
    assert unverified_value(waiting, on_the_day + DAY) == 570
    assert days_unverified(OPEN, on_the_day) == 90
    assert days_unverified(CONFIRMED, on_the_day) is None


# Laws

DAYS = st.dates(date(2025, 1, 1), date(2029, 12, 31))


@given(DAYS, st.lists(DAYS, max_size=4), st.none() | DAYS, DAYS)
def test_the_state_and_the_inbox_agree(delivered, readings, confirmed, today):
    milestones = Milestones(
        delivered, delivered, None, tuple(readings), confirmed_on=confirmed if readings else None
    )
    found = state(milestones, today)
    waiting = [due for due in inbox(milestones, today) if not due.is_renewal]
    assert (found in {LoopState.READING_DUE, LoopState.OVERDUE}) == (bool(waiting) and delivered <= today)
    assert (found is LoopState.OVERDUE) == any(due.is_overdue(today) for due in waiting)


@given(DAYS, st.lists(DAYS, max_size=4), DAYS)
def test_one_more_reading_opens_nothing(delivered, readings, more):
    before = Milestones(delivered, delivered, readings=tuple(readings))
    after = replace(before, readings=(*before.readings, more))
    assert set(open_readings(after)) <= set(open_readings(before))


@given(DAYS, st.integers(0, 60))
def test_months_after_is_in_the_right_month(day, months):
    found = months_after(day, months)
    assert (found.year * 12 + found.month) - (day.year * 12 + day.month) == months
    assert found.day <= day.day
    assert found.day == day.day or (found + DAY).day == 1
