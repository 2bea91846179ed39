"""A run of months cut out of columns of value is the same however it is cut (see `value_columns`)."""

import random

import numpy as np
import pytest

from roi.domain.periods import Span, add_months
from roi.reports.booked import value_columns
from roi.reports.booked.value_columns import Groups

FIRST, MONTHS, GROUPS = 201501, 40, 60


@pytest.fixture
def made():
    """Groups of random runs of months, every seventh of them without any, and their rows by group."""
    chance, every = random.Random(7), []
    for number in range(GROUPS):
        months = sorted(chance.sample(range(MONTHS), chance.randrange(MONTHS) if number % 7 else 0))
        every.append([(add_months(FIRST, month), chance.randrange(-50, 50)) for month in months])
    rows = np.array([row for its in every for row in its], dtype=np.int64)
    numbers, ends = np.arange(GROUPS), np.cumsum([len(its) for its in every])
    bounds = np.concatenate([[0], ends])
    return Groups(numbers * 10, numbers + 1, numbers % 3, bounds, rows[:, 0], rows[:, 1]), every


def by_hand(every, wanted):
    """Place, key, name, sum and last month of each group that has any of the months."""
    found = []
    for number, rows in enumerate(every):
        its = [row for row in rows if row[0] in wanted]
        if its:
            found.append((number * 10, number + 1, number % 3, sum(one for _, one in its), its[-1][0]))
    return found


def told(lot):
    return list(zip(*(column.tolist() for column in lot), strict=True))


@pytest.mark.parametrize("length", [1, 2, MONTHS // 2, MONTHS])
def test_short_and_long_runs_of_months_hold_the_sum_and_the_last_month_of_each_group(made, length):
    groups, every = made
    for first in range(-3, MONTHS):
        span = Span(add_months(FIRST, first), add_months(FIRST, first + length - 1))
        months = [*span.months]
        assert told(groups.lot(span)) == by_hand(every, months)
        ends = 100, 350
        near = [one for one in by_hand(every, months) if ends[0] <= one[0] < ends[1]]
        assert told(groups.lot_near(ends, span)) == near
        some = months[::2]
        near = [one for one in by_hand(every, some) if ends[0] <= one[0] < ends[1]]
        assert told(groups.lot_in(ends, span, [*some, 209901])) == near


def test_a_lot_is_cut_alike_by_mask_and_by_number(made):
    groups, _ = made
    lot = groups.lot(Span(FIRST, add_months(FIRST, 5)))
    mask = lot.amounts > 0
    assert told(lot.only(mask)) == told(lot.only(np.flatnonzero(mask)))
    assert value_columns.together([lot.only(~mask), lot.only(mask)]).places.tolist() == lot.places.tolist()
