"""What epics cost each of their teams, all parts at once: verdicts, cohorts and started work rest on it.

The cost of one part comes from `efforts`; a test holds that both say the same of every part.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import Any

import numpy as np

from roi.domain.periods import Span, month_of
from roi.domain.structure import Epic
from roi.reports.booked.work import Work
from roi.reports.cost import efforts
from roi.reports.cost.costs import Teams
from roi.reports.ground import building, kept

Whole = np.ndarray[Any, np.dtype[Any]]
"""Whole numbers, or truths, in a row."""

_LARGEST = 2**62
"""What is beyond is reckoned with Python's own whole numbers, which have no end."""


@dataclass(frozen=True)
class Parts:
    """An epic's cost of each of its teams, by team; `ends` are where those of each team begin and end.

    `months` of all parts lie one after the other, `starts` says where those of each begin and the last end.
    Costs so far are `net`: what stays with the team, so that what a team passes on is summed once, with the
    epics of those who bear it. `started` is the month in which the epic of each part did. `is_known`: every
    month's cost is.
    """

    epics: Sequence[Epic]
    ends: Mapping[str, tuple[int, int]]
    months: Whole
    starts: Whole
    net: Whole
    started: Whole
    is_known: bool

    def by(self, month: int) -> Whole:
        """What stays with its team of what each part has cost by the end of a month."""
        return self.net[self._before(month + 1)] - self.net[self.starts[:-1]]

    def within(self, span: Span) -> tuple[Whole, Whole]:
        """How many months of a period each part has, and what stays with its team of them."""
        first, last = self._before(span.first), self._before(span.last + 1)
        return last - first, self.net[last] - self.net[first]

    def _before(self, month: int) -> Whole:
        """Where the months of each part end that lie before one."""
        held = np.concatenate(([0], np.cumsum(self.months < month)))
        return self.starts[:-1] + held[self.starts[1:]] - held[self.starts[:-1]]

    def of_teams(self, teams: Iterable[str]) -> Whole:
        """The parts of some teams."""
        found = [np.arange(*self.ends[team]) for team in teams if team in self.ends]
        return np.concatenate(found) if found else np.zeros(0, dtype=np.int64)


def of(work: Work) -> Parts:
    """The parts of all epics; made once, whatever period is looked at."""
    basis = work.basis
    key = basis.currency, basis.is_converted, basis.at_standard_rates, work.months.last
    return kept.once(basis, "epic parts", key, lambda: _made(work), efforts.ON)


def _made(work: Work) -> Parts:
    epics: list[Epic] = []
    ends: dict[str, tuple[int, int]] = {}
    months: list[int] = []
    net: list[int] = []
    starts = [0]
    is_known = True
    for team, its in work.agreed.epics_by_team.items():
        building.give_way()
        ends[team] = len(epics), len(epics) + len(its)
        for epic in its:
            found = work.months.months.get((epic.key, team), ())
            months += [one.month for one in found]
            net += [one.net for one in found]
            is_known = is_known and not any(one.gross.unknown for one in found)
            starts.append(len(months))
        epics += its
    places = np.array(starts, dtype=np.int64)
    started = np.array([month_of(epic.started) for epic in epics], dtype=np.int64)
    columns = np.array(months, dtype=np.int64), places, _so_far(net), started
    return Parts(epics, ends, *columns, is_known)


def _so_far(amounts: Sequence[int]) -> Whole:
    """The sum before each place and of all, in 64 bits where all of them together fit."""
    is_small = sum(map(abs, amounts)) < _LARGEST
    return np.array([0, *accumulate(amounts)], dtype=np.int64 if is_small else object)


def read_and_whole(work: Work, teams: Teams) -> tuple[int, int]:
    """Cost behind read outcomes and of all epics since they started; obligations have no verdict (rule V15).

    It is cost after reallocation, as the return is judged by (rule V19). An epic with several outcomes
    carries its cost in equal parts to each.
    """
    by_team = work.judged_costs
    if not by_team:
        by_team.update(_by_team(work))
    its = [by_team[team] for team in work.standing(teams) if team in by_team]
    return sum([read for read, _ in its]), sum([whole for _, whole in its])


def _by_team(work: Work) -> dict[str, tuple[int, int]]:
    parts, basis = of(work), work.basis
    last = basis.span.last if basis.span is not None else work.months.last
    read, count = _read(work, parts)
    whole = np.where(count > 0, parts.by(last), 0)
    so_far = [np.concatenate(([0], np.cumsum(its))) for its in (whole * read // np.maximum(count, 1), whole)]
    return {
        team: (int(so_far[0][last] - so_far[0][first]), int(so_far[1][last] - so_far[1][first]))
        for team, (first, last) in parts.ends.items()
    }


def _read(work: Work, parts: Parts) -> tuple[Whole, Whole]:
    """Of each part how many outcomes of its epic are read, and how many it has; none of obligations."""

    def made() -> tuple[Whole, Whole]:
        found = [_of_epic(work, epic) for epic in parts.epics]
        columns = np.array(found, dtype=np.int64).reshape(-1, 2)
        return columns[:, 0], columns[:, 1]

    return kept.once(work.basis, "read parts", (), made, (kept.VALUE,))


def _of_epic(work: Work, epic: Epic) -> tuple[int, int]:
    if epic.is_obligation:
        return 0, 0
    read, count = work.read_of_epic.get(epic.key, (0, 0))
    return read, max(count, 1)
