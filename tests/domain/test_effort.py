"""How a team's work divides over its epics: item-days of active work, never points (rule V3; methods 3)."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from roi.domain.effort import Coverage, EffortBasis, WorkItem, effort, item_counts, item_days


def day(text):
    return date.fromisoformat(text)


def worked(epic, *spans, team="Search", finished=None):
    days = tuple((day(first), day(last)) for first, last in spans)
    return WorkItem(team, epic, days, day(finished) if finished else None)


def test_v3_an_item_day_is_one_item_active_for_one_day():
    """By hand: three days of A; two items of B on the same two days are four item-days; run work one."""
    items = [
        worked("A", ("2026-01-05", "2026-01-07")),
        worked("B", ("2026-01-05", "2026-01-06")),
        worked("B", ("2026-01-05", "2026-01-06")),
        worked("", ("2026-01-09", "2026-01-09")),
    ]
    assert item_days(items) == {
        ("Search", "A", 202601): 3,
        ("Search", "B", 202601): 4,
        ("Search", "", 202601): 1,
    }


def test_days_fall_into_their_own_months_also_over_a_leap_february_and_a_year_end():
    items = [worked("A", ("2023-12-30", "2024-03-02"))]
    assert item_days(items) == {
        ("Search", "A", 202312): 2,
        ("Search", "A", 202401): 31,
        ("Search", "A", 202402): 29,
        ("Search", "A", 202403): 2,
    }


def test_a_day_counts_once_when_an_item_is_reopened_on_the_day_it_was_left():
    items = [
        worked("A", ("2026-01-05", "2026-01-07"), ("2026-01-07", "2026-01-08"), ("2026-01-06", "2026-01-06"))
    ]
    assert item_days(items) == {("Search", "A", 202601): 4}


def test_days_between_two_spans_do_not_count():
    items = [worked("A", ("2026-01-12", "2026-01-12"), ("2026-01-05", "2026-01-05"))]
    assert item_days(items) == {("Search", "A", 202601): 2}


def test_a_span_that_ends_before_it_starts_holds_no_day():
    assert item_days([worked("A", ("2026-01-07", "2026-01-05"))]) == {}


def test_an_item_whose_days_are_unknown_adds_no_item_day_and_one_to_the_count():
    items = [worked("A", finished="2026-02-03"), worked("A", finished="2026-02-20"), worked("B")]
    assert item_days(items) == {}
    assert item_counts(items) == {("Search", "A", 202602): 2}


@pytest.mark.parametrize(
    ("undated", "basis", "amounts"),
    [
        (2, EffortBasis.ITEM_DAYS, {("Search", "A", 202601): 7, ("Search", "", 202601): 2}),
        (3, EffortBasis.ITEM_COUNT, {("Search", "A", 202601): 2, ("Search", "", 202601): 3}),
    ],
    ids=["half-is-enough", "less-than-half"],
)
def test_finished_items_are_counted_when_the_days_of_less_than_half_are_known(undated, basis, amounts):
    dated = [
        worked("A", ("2026-01-01", "2026-01-04"), finished="2026-01-04"),
        worked("A", ("2026-01-05", "2026-01-07"), finished="2026-01-07"),
    ]
    split = effort([*dated, *[worked("", finished="2026-01-20") for _ in range(undated)]])
    assert split.basis == {"Search": basis}
    assert split.coverage == {"Search": Coverage(2 + undated, 2)}
    assert split.amounts == amounts


def test_each_team_has_its_own_basis_and_an_item_that_was_never_worked_on_belongs_to_none():
    split = effort(
        [
            worked("A", ("2026-01-01", "2026-01-02")),
            worked("A", finished="2026-01-09", team="Checkout"),
            worked("A", team="Idle"),
        ]
    )
    assert split.basis == {"Search": EffortBasis.ITEM_DAYS, "Checkout": EffortBasis.ITEM_COUNT}
    assert split.amounts == {("Search", "A", 202601): 2, ("Checkout", "A", 202601): 1}


DAYS = st.dates(date(2023, 11, 1), date(2024, 4, 30))


@given(st.lists(st.tuples(st.sampled_from("AB"), st.lists(st.tuples(DAYS, DAYS), max_size=4)), max_size=6))
def test_item_days_are_the_days_counted_one_by_one(drawn):
    items = [WorkItem("Search", epic, tuple(spans)) for epic, spans in drawn]
    counted: dict[tuple[str, str, int], int] = {}
    for epic, spans in drawn:
        for ordinal in {n for first, last in spans for n in range(first.toordinal(), last.toordinal() + 1)}:
            found = date.fromordinal(ordinal)
            key = ("Search", epic, found.year * 100 + found.month)
            counted[key] = counted.get(key, 0) + 1
    assert item_days(items) == counted
