"""The outcomes behind a sum of value, by key: which they are, and what each counts in the period."""

from collections.abc import Mapping, Sequence
from functools import partial

import numpy as np

from roi.reports.booked import tallies, value_columns
from roi.reports.booked.booking import CASH, CONFIRMED, PROTECTED
from roi.reports.booked.slices import Sliced
from roi.reports.booked.value_columns import KIND_NUMBERS, Column
from roi.reports.booked.work import ASSUMED, EXPECTED, Work
from roi.reports.cost.costs import Teams
from roi.reports.ground import building, kept

FEW = 200
"""So many are asked one by one; of more it is looked up in the months that are kept of all of them."""


def of_teams(work: Work, teams: Teams, *, cash: bool) -> tuple[tuple[str, ...], Mapping[str, int]]:
    """The teams' own outcomes of one kind, those that count first, largest first; and what these count."""
    tally = tallies.of(work, teams)
    make = partial(_of_kind, work, tally.keys, cash=cash)
    keys: tuple[str, ...] = kept.once(work.basis, "outcomes behind", (cash, tally.teams), make)
    known = values(work, keys)
    counting = sorted(known, key=lambda key: (-abs(known[key]), key))
    return (*counting, *[key for key in keys if key not in known]), known


def _of_kind(work: Work, keys: Sequence[str], *, cash: bool) -> tuple[str, ...]:
    building.give_way()
    claimed = work.agreed.claimed
    return tuple(sorted([key for key in keys if claimed[key].is_cash is cash]))


def values(work: Work, keys: Sequence[str]) -> Mapping[str, int]:
    """What each of some outcomes counts as confirmed; without those of which nothing does."""
    sliced = work.period.sliced(work.basis) if len(keys) > FEW else None
    if sliced is None:
        found = {key: work.item_of[key].value for key in keys}
        return {key: value for key, value in found.items() if value is not None}
    counted, outcomes = sliced.counted, sliced.whole.registers.outcomes.things
    named = [outcomes[one] for one in counted.outcomes.tolist()]
    known = dict(zip(named, counted.amounts.tolist(), strict=True))
    known |= {item.outcome.key: item.value for item in work.apart() if item.value is not None}
    asked = set(keys)
    return {key: value for key, value in known.items() if key in asked}


def still_open(work: Work, keys: Sequence[str]) -> set[str]:
    """Those of some outcomes that could still bring something in the period."""
    sliced = work.period.sliced(work.basis) if len(keys) > FEW else None
    if sliced is None:
        return {key for key in keys if work.item_of[key].expected}
    outcomes = sliced.whole.registers.outcomes.things
    found = {outcomes[one] for one in np.flatnonzero(_expected(sliced)).tolist()}
    return found | {item.outcome.key for item in work.apart() if item.expected}


def _expected(sliced: Sliced) -> Column:
    """By number what outcomes are still expected to bring, assumed or not."""
    sums = np.zeros(len(sliced.whole.registers.outcomes), dtype=np.int64)
    for kind in (ASSUMED, EXPECTED):
        lot = sliced.plain.only(value_columns.ranges_of(sliced.plain.places, KIND_NUMBERS[kind]))
        np.add.at(sums, value_columns.outcomes_at(lot.places), lot.amounts)
    return sums


def passed(
    work: Work, teams: Teams, own: tuple[Sequence[str], Mapping[str, int]], *, cash: bool
) -> Mapping[str, int]:
    """By outcome what of its value passed on with cost to some teams, or from them to others (rule V2)."""
    keys, known = own
    sums = {key: -known.get(key, 0) for key in keys}
    booked = work.summed(teams, (CONFIRMED,), CASH if cash else PROTECTED)
    for (key, _), amount in booked.items():
        sums[key] = sums.get(key, 0) + amount
    return {key: amount for key, amount in sums.items() if amount}
