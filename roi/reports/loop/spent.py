"""What every epic has cost by the end of a month, all of them at once: lists are ordered by it.

The figure of one epic comes from `work_rows.epic_cost`; a test holds that both say the same of every epic.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import Any, NamedTuple

import numpy as np

from roi.domain.periods import LAST_MONTH
from roi.reports.booked.work import Work
from roi.reports.cost import efforts
from roi.reports.ground import building, kept
from roi.reports.loop.awaited import Awaited, Unverified

_LARGEST = 2**62
"""What is beyond is reckoned with Python's own whole numbers, which have no end."""

Whole = np.ndarray[Any, np.dtype[Any]]
"""Whole numbers, or truths, in a row."""


class Costs(NamedTuple):
    """Amounts in minor units, 0 where one is not known."""

    amounts: Whole
    is_known: Whole


class Shares(NamedTuple):
    """Outcomes that each explain an equal part: the place of their epic, theirs in it, and among how many."""

    epics: Whole
    places: Whole
    among: Whole


@dataclass(frozen=True)
class Spent:
    """Running sums of every epic's cost over its months, all epics one after the other.

    `starts` are where the months of each begin, and where the last ends. `unknown_from` and `days_from` are
    the first month whose cost is not known, and the first that is split by item-days.
    """

    place: Mapping[str, int]
    months: Whole
    sums: Whole
    starts: Whole
    unknown_from: Whole
    days_from: Whole
    is_planned: Whole

    def by(self, month: int) -> Costs:
        """What each epic has cost by the end of a month."""
        held = np.concatenate(([0], np.cumsum(self.months <= month)))
        counts = held[self.starts[1:]] - held[self.starts[:-1]]
        amounts = np.where(counts > 0, self.sums[self.starts[:-1] + counts - 1], 0)
        is_shown = (amounts != 0) | (self.days_from <= month) | self.is_planned
        is_known = (counts > 0) & (self.unknown_from > month) & is_shown
        return Costs(np.where(is_known, amounts, 0), is_known)

    def shares(self, found: Iterable[Awaited | Unverified]) -> Shares:
        """What these outcomes have a part of."""
        rows = [(self.place[one.epic], one.place, one.among) for one in found]
        columns = np.array(rows, dtype=np.int64).reshape(-1, 3)
        return Shares(columns[:, 0], columns[:, 1], columns[:, 2])


def of(work: Work) -> Spent:
    """The costs of all epics; made once, whatever period is looked at."""
    basis, known = work.basis, work.months
    key = basis.currency, basis.is_converted, basis.at_standard_rates, known.last
    return kept.once(basis, "spent", key, lambda: _made(work), efforts.ON)


def nothing(count: int) -> Costs:
    """So many that are not known."""
    return Costs(np.zeros(count, dtype=np.int64), np.zeros(count, dtype=bool))


def explained(costs: Costs, shares: Shares) -> Costs:
    """For each outcome its equal part of its epic's cost, what is left over to the earlier ones."""
    whole = costs.amounts[shares.epics]
    each, left = abs(whole) // shares.among, abs(whole) % shares.among
    parts = each + (shares.places < left)
    return Costs(np.where(whole < 0, -parts, parts), costs.is_known[shares.epics])


def times(amounts: Whole, days: Whole) -> Whole:
    """Each amount times days."""
    most = int(days.max(initial=0)) * int(abs(amounts).max(initial=0))
    wide = amounts if most < _LARGEST else amounts.astype(object)
    weighed: Whole = wide * days.astype(wide.dtype)
    return weighed


def _made(work: Work) -> Spent:
    months: list[int] = []
    sums: list[int] = []
    starts = [0]
    unknown_from, days_from = [], []
    for epic in work.epics:
        building.give_way()
        amounts, unknown, by_days = _of_epic(work, epic.key)
        months += amounts
        sums += accumulate(amounts.values())
        starts.append(len(months))
        unknown_from.append(unknown)
        days_from.append(by_days)
    is_planned = [sum(one.planned_share for one in work.teams_of(epic)) > 0 for epic in work.epics]
    return Spent(
        {epic.key: place for place, epic in enumerate(work.epics)},
        np.array(months, dtype=np.int64),
        _whole([*sums, 0]),
        np.array(starts, dtype=np.int64),
        np.array(unknown_from, dtype=np.int64),
        np.array(days_from, dtype=np.int64),
        np.array(is_planned, dtype=bool),
    )


def _of_epic(work: Work, epic: str) -> tuple[dict[int, int], int, int]:
    """The epic's cost by month in order of time; from when it is not known, from when split by days."""
    found: dict[int, int] = {}
    unknown = by_days = LAST_MONTH + 1
    teams = work.months.teams.get(epic, ())
    for one in (one for team in teams for one in work.months.months[epic, team]):
        found[one.month] = found.get(one.month, 0) + one.part
        unknown = min(unknown, one.month) if one.gross.unknown else unknown
        by_days = min(by_days, one.month) if one.by_days else by_days
    return (found if len(teams) < 2 else dict(sorted(found.items()))), unknown, by_days


def _whole(amounts: Sequence[int]) -> Whole:
    """In 64 bits where all of them together fit."""
    is_small = sum(map(abs, amounts)) < _LARGEST
    return np.array(amounts, dtype=np.int64 if is_small else object)
