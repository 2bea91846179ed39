"""A period cut out of every month: what teams book by outcome and level, and in brief of each team.

Of one team alone its own groups are looked up; once several were asked for, all are added at once.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import islice
from typing import NamedTuple

import numpy as np

from roi.domain.periods import Span
from roi.domain.structure import ValueClass
from roi.reports.booked import value_columns
from roi.reports.booked.every_month import EveryMonth, TailsOf
from roi.reports.booked.passing import CONFIRMED, Books
from roi.reports.booked.value_columns import KIND_NUMBERS, Groups, Lot
from roi.reports.cost.costs import Teams
from roi.reports.ground.structure import Group
from roi.reports.value import draws
from roi.reports.value.draws import Key

CASH, JUDGED, PROTECTED = "cash", "judged", "protected"
"""Value that is cash, cash of work that is no obligation (rule V15), and value that is no cash (rule V6)."""

TRUE_UP = "true-up"
"""Of the cash what is about months that had closed before it was known (V16)."""

Which = str | tuple[bool, ValueClass]
"""Which value: one of these names, or whether it is cash and of which class."""


Sums = dict[Key, int]
"""Minor units by outcome and level."""


class Brief(NamedTuple):
    """What some teams book in all, likely and P90 at most; of its outcomes and levels two `keys` at most."""

    keys: tuple[Key, ...]
    likely: int
    highest: float

    @classmethod
    def of(cls, sums: Sums, tails_of: TailsOf) -> "Brief":
        """The same of sums."""
        amounts = np.array([*sums.values()], dtype=np.float64)
        highest = draws.highest(amounts, tails_of([*sums])).sum().item()
        return cls(tuple(islice(sums, 2)), sum(sums.values()), highest)

    def plus(self, other: "Brief") -> "Brief":
        """Both together."""
        keys, likely, highest = self
        keys = tuple(islice(dict.fromkeys((*keys, *other.keys)), 2))
        return Brief(keys, likely + other.likely, highest + other.highest)


NOTHING = Brief((), 0, 0)

_FEW_ASKED, _PARTED = 4, 8
"""After how many single teams all are added, and how many groups of teams are kept in parts."""


@dataclass(frozen=True)
class Sliced:
    """What teams book in a period, cut out of every month.

    `sides` are all groups, before value follows cost (True) and after, those first that do not stand apart;
    `apart` are the books of what does. `each` keeps sums by team.
    """

    whole: EveryMonth
    span: Span
    sides: Mapping[bool, Sequence[Groups]]
    apart: Books | None
    each: dict[tuple[str, Which, bool], Mapping[str, Sums]] = field(default_factory=dict)
    briefs: dict[tuple[tuple[str, ...], Which], Mapping[str, Brief]] = field(default_factory=dict)
    parted: dict[tuple[str, bool, int], tuple[Teams, Sequence[Lot]]] = field(default_factory=dict)
    asked: dict[tuple[object, ...], int] = field(default_factory=dict)

    @cached_property
    def plain(self) -> Lot:
        """Before value follows cost, all groups of what does not stand apart."""
        return self.sides[True][0].lot(self.span)

    @cached_property
    def _own(self) -> Lot:
        return value_columns.together([self.plain, *(one.lot(self.span) for one in self.sides[True][1:])])

    @cached_property
    def _booked(self) -> Lot:
        return value_columns.together([one.lot(self.span) for one in self.sides[False]])

    def _lot(self, *, is_own: bool) -> Lot:
        """All groups before value follows cost, or after: cut once something is asked of many teams."""
        return self._own if is_own else self._booked

    @cached_property
    def earned(self) -> Mapping[str, int]:
        """What each outcome counts in the months of the period, nought of most; of none that stands apart."""
        outcomes, counted = self.whole.registers.outcomes.things, self.counted
        found = dict.fromkeys(outcomes, 0)
        its = [outcomes[one] for one in counted.outcomes.tolist()]
        found |= dict(zip(its, counted.amounts.tolist(), strict=True))
        for key in self.whole.apart:
            del found[key]
        return found

    @cached_property
    def removed(self) -> Mapping[str, int]:
        """What pools and caps take off each outcome, where they ever do; of none that stands apart."""
        groups, outcomes = self.whole.removed, self.whole.registers.outcomes.things
        lot = groups.lot(self.span)
        found = dict.fromkeys([outcomes[one] for one in groups.places.tolist()], 0)
        its = [outcomes[one] for one in lot.places.tolist()]
        return found | dict(zip(its, lot.amounts.tolist(), strict=True))

    def cash_in(self, months: Collection[int], teams: Teams | None) -> list[tuple[str, int]]:
        """Confirmed cash of some months by outcome: what teams book, or all of it (None) before that."""
        kind, (side, *_) = KIND_NUMBERS[CONFIRMED], self.sides[teams is None]
        if teams is None:
            ends = value_columns.place(kind, 0), value_columns.place(kind + 1, 0)
            lots = [side.lot_in(ends, self.span, months)]
        else:
            lots = [side.lot_in(ends, self.span, its) for ends, its in self._ends(kind, teams, months)]
        lot = self._only(value_columns.joined(lots), CASH) if lots else None
        keys = self.whole.registers.keys.things
        found = [] if lot is None else zip(lot.keys.tolist(), lot.amounts.tolist(), strict=True)
        return [(keys[key][0], amount) for key, amount in found]

    def _ends(
        self, kind: int, teams: Teams, months: Collection[int]
    ) -> Iterator[tuple[tuple[int, int], Collection[int]]]:
        """Where each of some teams begins and ends, and which of some months belong to it there."""
        its = teams.months if isinstance(teams, Group) else {}
        for team in teams:
            first = value_columns.place(kind, self.whole.registers.teams.of(team))
            there = its.get(team)
            yield (first, value_columns.after(first)), months if there is None else there & set(months)

    @cached_property
    def counted(self) -> "Counted":
        """What each outcome that does not stand apart counts as confirmed."""
        lot = self.plain.only(value_columns.ranges_of(self.plain.places, KIND_NUMBERS[CONFIRMED]))
        return Counted.of(self.whole, lot)

    def summed(self, kinds: Iterable[str], teams: Teams, which: Which, *, is_own: bool) -> Sums:
        """Amounts by outcome and level, in the order in which they are booked."""
        if len(teams) == 1:
            (team,) = teams
            if not isinstance(teams, Group) or teams.months[team] is None:
                return _merged([self._alone(kind, team, which, is_own=is_own) for kind in kinds])
        lot = value_columns.joined([one for kind in kinds for one in self._of(kind, teams, is_own=is_own)])
        lot = self._only(lot, which)
        keys = self.whole.registers.keys.things
        found, sums = value_columns.added(lot, len(keys))
        return dict(zip([keys[one] for one in found.tolist()], sums.tolist(), strict=True))

    def is_asked_often(self, name: tuple[object, ...]) -> bool:
        """Whether this was asked of many single teams by now: then it is added for all teams at once."""
        self.asked[name] = self.asked.get(name, 0) + 1
        return self.asked[name] > _FEW_ASKED

    def _alone(self, kind: str, team: str, which: Which, *, is_own: bool) -> Sums:
        """What one team books of a kind."""
        if self.is_asked_often((kind, which, is_own)):
            return self._each(kind, which, is_own=is_own).get(team, {})
        first = value_columns.place(KIND_NUMBERS[kind], self.whole.registers.teams.of(team))
        ends = first, value_columns.after(first)
        lot = value_columns.together([one.lot_near(ends, self.span) for one in self.sides[is_own]])
        its, names = self._only(lot, which), self.whole.registers.keys.things
        return _added([names[key] for key in its.keys.tolist()], its.amounts.tolist())

    def _each(self, kind: str, which: Which, *, is_own: bool) -> Mapping[str, Sums]:
        """What each team books of a kind: rows of teams ask for it one after the other."""
        name = kind, which, is_own
        if name not in self.each:
            lot = self._lot(is_own=is_own)
            lot = self._only(lot.only(value_columns.ranges_of(lot.places, KIND_NUMBERS[kind])), which)
            amounts, names = lot.amounts.tolist(), self.whole.registers.keys.things
            keys, teams = [names[one] for one in lot.keys.tolist()], self.whole.registers.teams.things
            self.each[name] = {
                teams[number]: _added(keys[first:last], amounts[first:last])
                for number, first, last in value_columns.runs_of_teams(lot.places)
            }
        return self.each[name]

    def brief(self, kinds: tuple[str, ...], team: str, which: tuple[Which, TailsOf]) -> Brief:
        """What a team books in all, after value follows cost."""
        name = kinds, which[0]
        if name not in self.briefs:
            lot = self._lot(is_own=False)
            places = [value_columns.ranges_of(lot.places, KIND_NUMBERS[kind]) for kind in kinds]
            lot = self._only(value_columns.joined([lot.only(its) for its in places]), which[0])
            self.briefs[name] = self._briefs(lot, which[1])
        return self.briefs[name].get(team, NOTHING)

    def _briefs(self, lot: Lot, tails_of: TailsOf) -> Mapping[str, Brief]:
        registers, teams = self.whole.registers, value_columns.teams_at(lot.places)
        keys, of_key = np.unique(lot.keys, return_inverse=True)
        tails = self.whole.tails(keys, tails_of)[of_key]
        highest = np.bincount(teams, weights=draws.highest(lot.amounts, tails))
        likely = np.zeros(len(highest), dtype=np.int64)
        np.add.at(likely, teams, lot.amounts)
        ends = np.full(len(highest), len(registers.keys)), np.full(len(highest), -1)
        np.minimum.at(ends[0], teams, lot.keys)
        np.maximum.at(ends[1], teams, lot.keys)
        there, things = np.flatnonzero(ends[1] >= 0), registers.keys.things
        columns = [its[there].tolist() for its in (*ends, likely, highest)]
        return {
            registers.teams.things[team]: Brief(
                tuple([things[key] for key in dict.fromkeys((least, most))]), amount, top
            )
            for team, least, most, amount, top in zip(there.tolist(), *columns, strict=True)
        }

    def _only(self, lot: Lot, which: Which) -> Lot:
        names = self.whole.registers.names.things
        return lot.only(np.array([which in its for its in names], dtype=np.bool_)[lot.names])

    def _of(self, kind: str, teams: Teams, *, is_own: bool) -> Sequence[Lot]:
        """What some teams book of a kind, each in the months in which it belongs to them.

        The same teams are asked for in many ways, one after the other: the latest are kept.
        """
        name = kind, is_own, id(teams)
        found = self.parted.get(name)
        if found is None or found[0] is not teams:
            if len(self.parted) >= _PARTED:
                eldest, *_ = self.parted  # one step, as other readers may add one meanwhile
                self.parted.pop(eldest, None)
            found = self.parted[name] = teams, [*self._parts_of(kind, teams, is_own=is_own)]
        return found[1]

    def _parts_of(self, kind: str, teams: Teams, *, is_own: bool) -> Iterator[Lot]:
        lot, months = self._lot(is_own=is_own), teams.months if isinstance(teams, Group) else {}
        if not any(its is not None for its in months.values()):
            yield lot.only(self._ranges(lot, kind, teams))
            return
        for team in teams:
            its = months.get(team)
            if its is None:
                yield lot.only(self._ranges(lot, kind, (team,)))
                continue
            first = value_columns.place(KIND_NUMBERS[kind], self.whole.registers.teams.of(team))
            ends = first, value_columns.after(first)
            yield value_columns.together([one.lot_in(ends, self.span, its) for one in self.sides[is_own]])

    def _ranges(self, lot: Lot, kind: str, teams: Collection[str]) -> np.ndarray:
        numbers = [self.whole.registers.teams.of(team) for team in teams]
        return value_columns.ranges(lot.places, KIND_NUMBERS[kind], np.array(numbers, dtype=np.int64))


def _added(keys: Sequence[Key], amounts: Sequence[int]) -> Sums:
    """Amounts by key; what counts under several terms has several amounts."""
    found = dict(zip(keys, amounts, strict=True))
    return (
        found
        if len(found) == len(keys)
        else _merged([{key: its} for key, its in zip(keys, amounts, strict=True)])
    )


def _merged(every: Sequence[Sums]) -> Sums:
    """Sums of several kinds as one, keys in the order in which they come first."""
    if len(every) == 1:
        return every[0]
    found: Sums = {}
    for sums in every:
        for key, amount in sums.items():
            found[key] = found.get(key, 0) + amount
    return found


@dataclass(frozen=True)
class Counted:
    """Outcomes with months that count as confirmed in a period, by number: their sums, and their last month.

    `levels` are the numbers of their keys, each outcome with its level; `of_levels` the outcomes of these.
    """

    outcomes: np.ndarray
    amounts: np.ndarray
    last: np.ndarray
    levels: np.ndarray
    of_levels: np.ndarray

    @classmethod
    def of(cls, whole: EveryMonth, lot: Lot) -> "Counted":
        """Groups of teams added by outcome."""
        outcomes, count = value_columns.outcomes_at(lot.places), len(whole.registers.outcomes)
        sums, last = np.zeros(count, dtype=np.int64), np.zeros(count, dtype=np.int64)
        np.add.at(sums, outcomes, lot.amounts)
        np.maximum.at(last, outcomes, lot.last)
        found = np.flatnonzero(last)
        keys, places = np.unique(lot.keys, return_index=True)
        return cls(found, sums[found], last[found], keys, outcomes[places])
