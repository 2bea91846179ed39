"""Rule V14: freed team-weeks as days by which a team's waiting work comes sooner, against known answers."""

import pytest

from roi.domain import capacity

MONTH = 1_000_000


@pytest.mark.parametrize(
    ("days_after", "milliweeks", "days"),
    [
        (63, 3_000, 63 * 21 / (91.3125 + 21)),  # 9 weeks ahead at 16/13 of the speed: 11.8 days
        (112, 3_000, 112 * 21 / (91.3125 + 21)),  # just before the quarter is spent
        (113, 3_000, 21),  # and after it: all of its three weeks, and no more
        (4_000, 3_000, 21),
        (1, 3_000, 21 / (91.3125 + 21)),
        (0, 3_000, 0),
        (-5, 3_000, 0),
        (63, 0, 0),
        (10, 1_000_000, 10 * 7000 / (91.3125 + 7000)),  # never sooner than when the capacity frees
    ],
)
def test_v14_freed_weeks_bring_what_waits_forward(days_after, milliweeks, days):
    assert capacity.sooner(days_after, milliweeks) == round(days / 30.4375 * MONTH)


def test_v14_the_cut_is_where_the_freed_weeks_are_spent():
    """Doubled speed (13.04 weeks of a quarter more) halves the time to what is due within two quarters."""
    doubled = round(91.3125 / 7 * 1000)
    assert capacity.days_of(capacity.sooner(60, doubled)) == 30
    assert capacity.days_of(capacity.sooner(400, doubled)) == 91


@pytest.mark.parametrize(("months", "days"), [(0, 0), (MONTH, 30), (387_141, 12), (16_428, 1), (16_427, 0)])
def test_days_are_whole_and_half_goes_up(months, days):
    assert capacity.days_of(months) == days


def test_each_work_is_worth_its_own_cost_of_delay_for_the_months_that_it_comes_sooner():
    costs = {"a": 3_000_00, "b": 2_000_00, "c": -100, "d": 1, "e": 1}
    months = {"a": MONTH // 2, "b": 2 * MONTH, "c": MONTH // 2, "d": MONTH // 2, "e": MONTH // 2 - 1}
    assert capacity.worth(costs, months) == {"a": 150_000, "b": 400_000, "c": -50, "d": 1, "e": 0}


@pytest.mark.parametrize(
    ("unit", "direction", "is_so"),
    [
        ("hours", "down", True),
        ("Days a change", "down", True),
        ("weeks", "up", False),
        ("tickets", "down", False),
        ("daylight hours", "down", False),
        ("", "down", False),
    ],
)
def test_v14_a_flow_time_has_a_unit_of_time_and_is_better_shorter(unit, direction, is_so):
    assert capacity.is_flow_time(unit, direction) is is_so
