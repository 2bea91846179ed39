"""Who books the value of a period: the teams of its epics, then those that serving teams serve (V2, V3).

What nobody asks for is not worked out: few teams are asked for one by one, and all of them at once.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from itertools import islice
from typing import Any, NamedTuple

import numpy as np

from roi.domain.periods import Span
from roi.domain.structure import ValueClass
from roi.reports import draws, every_month, passing, value_columns
from roi.reports import kept as kept_by
from roi.reports.agreed import Agreed
from roi.reports.basis import Basis
from roi.reports.costs import Teams
from roi.reports.draws import Key
from roi.reports.every_month import EveryMonth
from roi.reports.passing import ASSUMED, CONFIRMED, EXPECTED, KINDS, ORIGIN, Booked, Books, ByTeam, Passing
from roi.reports.structure import Group
from roi.reports.value_columns import KIND_NUMBERS, Groups, Lot
from roi.reports.valued import Looked, Valued

__all__ = ["ASSUMED", "CONFIRMED", "EXPECTED", "KINDS", "ORIGIN", "Booked", "ByTeam"]

CASH, JUDGED, PROTECTED = "cash", "judged", "protected"
"""Value that is cash, cash of work that is no obligation (rule V15), and value that is no cash (rule V6)."""

TRUE_UP, SIZE = "true-up", "size"
"""Of the cash what is about months that had closed before it was known (V16), and its size without signs."""

Which = str | tuple[bool, ValueClass]
"""Which value: one of these names, or whether it is cash and of which class."""


Sums = dict[Key, int]
"""Minor units by outcome and level."""

TailsOf = Callable[[Sequence[Key]], np.ndarray]
"""The means of the lowest and highest tenth of worlds of some ratios (see `draws`)."""


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


_NOTHING = Brief((), 0, 0)


def summed(booked: Iterable[Booked]) -> dict[Which, Sums]:
    """Months of value added by outcome and level, for whatever of them is asked for."""
    found: dict[Which, Sums] = {}
    for one in booked:
        _add(found, _names(one), one.key, one.amount)
        if one.is_cash:
            _add(found, (SIZE,), one.key, sum([abs(amount) for _, amount in one.months]))
    return found


def _add(found: dict[Which, Sums], names: Iterable[Which], key: Key, amount: int) -> None:
    for which in names:
        into = found.setdefault(which, {})
        into[key] = into.get(key, 0) + amount


def _names(one: Booked) -> tuple[Which, ...]:
    """What a month of value belongs to."""
    its_class = one.is_cash, one.value_class
    if not one.is_cash:
        return PROTECTED, its_class
    judged = () if one.is_obligation else (JUDGED,)
    return (CASH, its_class, *judged, TRUE_UP) if one.is_true_up else (CASH, its_class, *judged)


def outcomes_in(sums: Sums) -> int:
    """How many outcomes the sums belong to."""
    return len({outcome for outcome, _ in sums})


def of_teams(by_team: ByTeam, teams: Teams) -> list[Booked]:
    """The months of value of some teams, each in the months in which it belongs to them."""
    if not isinstance(teams, Group):
        return [one for team in teams for one in by_team.get(team, ())]
    found: list[Booked] = []
    for team, months in teams.months.items():
        its = by_team.get(team, [])
        found += its if months is None else _cut(its, months)
    return found


def _cut(booked: Iterable[Booked], months: Collection[int]) -> Iterator[Booked]:
    """What lies in some months."""
    for one in booked:
        its = [month for month in one.months if month[0] in months]
        if its:
            yield one._replace(months=its)


Rows = dict[str, tuple[frozenset[str], Any]]
"""By epic or team what was worked out of it, with the teams that it rests on."""
Name = tuple[object, ...]
_NO_SUMS: Sums = {}
_FEW_ASKED, _PARTED = 4, 8
"""After how many single teams all are added, and how many groups of teams are kept in parts."""
_FEW = 20
"""So many teams are booked one by one; where more are missing, all are booked at once."""


@dataclass(frozen=True)
class Period:
    """The outcomes in a period and, by kind and team, who books them: `own` before value follows cost.

    `sums` are what was added of a team's months, by whether they are its own, kind and team; `rows` what else
    was worked out of an epic or a team and of costs: by a name that says what it rests on beside the teams
    that stand there. Both outlive what does not touch them. `books` are of single teams, and of all under "".
    """

    looked: Looked
    made: dict[str, Valued] = field(default_factory=dict)
    sums: dict[tuple[bool, str, str], Mapping[Which, Sums]] = field(default_factory=dict)
    rows: dict[Name, Rows] = field(default_factory=dict)
    books: dict[str, Books] = field(default_factory=dict)
    known: dict[str, Passing] = field(default_factory=dict)
    cut: dict[str, "Sliced | None"] = field(default_factory=dict)

    def item(self, outcome: str) -> Valued:
        """One outcome in the period."""
        found = self.made.get(outcome)
        if found is None:
            agreed = self.looked.agreed
            claim = agreed.claimed.get(outcome) or agreed.true_ups.gone[outcome]
            found = self.made.setdefault(outcome, Valued(claim, self.looked))
        return found

    @cached_property
    def items(self) -> tuple[Valued, ...]:
        """Every outcome in the period, by key."""
        return tuple([self.item(outcome.key) for outcome in self.looked.agreed.outcomes])

    @cached_property
    def gone(self) -> tuple[Valued, ...]:
        """Outcomes that are there no more and that closed months count; they are not among the items."""
        return tuple(self.item(outcome) for outcome in self.looked.agreed.true_ups.gone)

    def table(self, name: Name) -> Rows:
        """What was worked out under this name, by epic or team: to be added to, never changed."""
        return self.rows.setdefault(name, {})

    def booked_by(self, basis: Basis, teams: Teams, kind: str) -> list[Booked]:
        """The months of value that some teams book, after value has followed cost."""
        if len(teams) > _FEW:
            self._book_all(basis)
        by_team = {team: self._books(basis, team).booked[kind].get(team, []) for team in teams}
        return of_teams(by_team, teams)

    def apart_booked_by(self, basis: Basis, teams: Teams, kind: str) -> list[Booked]:
        """The same of the outcomes that no slice holds: of all where there is none."""
        sliced = self.sliced(basis)
        if sliced is None:
            return self.booked_by(basis, teams, kind)
        return of_teams(sliced.apart.booked[kind], teams) if sliced.apart is not None else []

    def sums_of(self, basis: Basis, kinds: Iterable[str], teams: Teams, which: tuple[Which, bool]) -> Sums:
        """What some teams book by outcome and level; `which` says what, and whether before it passes on."""
        sliced = self.sliced(basis)
        if sliced is not None:
            return sliced.summed(kinds, teams, which[0], is_own=which[1])
        found: Sums = {}
        before = found.get
        for kind in kinds:
            side = which[1], kind
            if len(teams) > _FEW and sum((*side, team) not in self.sums for team in teams) > _FEW:
                self._book_all(basis)
            for team in teams:
                for key, amount in self._of_team(basis, (*side, team), teams).get(which[0], _NO_SUMS).items():
                    found[key] = before(key, 0) + amount
        return found

    def brief(
        self, basis: Basis, kinds: tuple[str, ...], teams: Teams, which: tuple[Which, TailsOf]
    ) -> Brief:
        """What some teams book in all; of whole teams it is added for all of them at once."""
        sliced = self.sliced(basis)
        if sliced is None or (len(teams) == 1 and not sliced.is_asked_often((kinds, which[0]))):
            return Brief.of(self.sums_of(basis, kinds, teams, (which[0], False)), which[1])
        found = _NOTHING
        for team, months in (teams.months if isinstance(teams, Group) else dict.fromkeys(teams)).items():
            if months is None:
                its = sliced.brief(kinds, team, which)
            else:
                sums = self.sums_of(basis, kinds, Group({team: months}), (which[0], False))
                its = Brief.of(sums, which[1])
            found = found.plus(its)
        return found

    def sliced(self, basis: Basis) -> "Sliced | None":
        """What teams book in the period, cut out of every month; None where it has to be booked anew."""
        if "" not in self.cut:
            whole = every_month.load(basis, self.looked.agreed, self.looked.today, _names)
            self.cut[""] = None if whole is None else self._cut_out(basis, whole)
        return self.cut[""]

    def _cut_out(self, basis: Basis, whole: EveryMonth) -> "Sliced":
        """The slice, with the outcomes that are reckoned for each period put in their places."""
        span = self.looked.basis.span or whole.span
        plain = whole.own.lot(span)
        sides: dict[bool, list[Groups]] = {True: [whole.own], False: [whole.booked]}
        lots = {True: [plain], False: [whole.booked.lot(span)]}
        books = None
        if whole.apart or self.looked.agreed.true_ups.gone:
            items = (*(self.item(key) for key in whole.apart), *self.gone)
            books = self._passing(basis).book(self.looked.agreed.values, items)
            for is_own, its in ((True, books.own), (False, books.booked)):
                groups = value_columns.of_books(its, _names, whole.registers)
                sides[is_own].append(groups)
                lots[is_own].append(groups.lot(span))
        every = {is_own: value_columns.together(its) for is_own, its in lots.items()}
        return Sliced(whole, span, sides, every, plain, books)

    def _of_team(self, basis: Basis, name: tuple[bool, str, str], teams: Teams) -> Mapping[Which, Sums]:
        is_own, kind, team = name
        months = teams.months[team] if isinstance(teams, Group) else None
        found = self.sums.get(name) if months is None else None
        if found is None:
            books = self._books(basis, team)
            its = (books.own if is_own else books.booked)[kind].get(team, [])
            found = summed(its if months is None else _cut(its, months))
            if months is None:
                self.sums[name] = found
        return found

    def _books(self, basis: Basis, team: str) -> Books:
        """All books, or those of the outcomes that the team may book something of."""
        found = self.books.get("") or self.books.get(team)
        if found is None:
            if len(self.books) >= _FEW:
                return self._book_all(basis)
            passed, agreed = self._passing(basis), self.looked.agreed
            places = {one for its in (team, *passed.givers_of(team)) for one in agreed.places.get(its, ())}
            items = [self.item(agreed.outcomes[place].key) for place in sorted(places)]
            found = self.books[team] = passed.book(agreed.values, (*items, *self.gone))
        return found

    def _book_all(self, basis: Basis) -> Books:
        if "" not in self.books:
            values, every = self.looked.agreed.values, (*self.items, *self.gone)
            self.books[""] = self._passing(basis).book(values, every)
        return self.books[""]

    def _passing(self, basis: Basis) -> Passing:
        if "" not in self.known:
            self.known[""] = passing.read_from(basis, self.looked.agreed)
        return self.known[""]

    def touched(self, basis: Basis, changed: Collection[str]) -> set[str]:
        """The teams that book, or may book, something of these outcomes."""
        agreed, passed = self.looked.agreed, self._passing(basis)
        theirs = {team for key in changed for team in agreed.teams_booking(key)}
        return theirs | {taker for team in theirs for taker in passed.takers_of(team)}


@dataclass(frozen=True)
class Sliced:
    """What teams book in a period, cut out of every month.

    `lots` are all groups, before value follows cost (True) and after; `sides` what they are cut from; `plain`
    those before it of what does not stand apart, `apart` the books of what does. `each` keeps sums by team.
    """

    whole: EveryMonth
    span: Span
    sides: Mapping[bool, Sequence[Groups]]
    lots: Mapping[bool, Lot]
    plain: Lot
    apart: Books | None
    each: dict[tuple[str, Which, bool], Mapping[str, Sums]] = field(default_factory=dict)
    briefs: dict[tuple[tuple[str, ...], Which], Mapping[str, Brief]] = field(default_factory=dict)
    parted: dict[tuple[str, bool, int], tuple[Teams, Sequence[Lot]]] = field(default_factory=dict)
    asked: dict[tuple[object, ...], int] = field(default_factory=dict)

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
        found, sums = value_columns.added(lot, len(keys), lot.sizes if which == SIZE else lot.amounts)
        return dict(zip([keys[one] for one in found.tolist()], sums.tolist(), strict=True))

    def is_asked_often(self, name: tuple[object, ...]) -> bool:
        """Whether this was asked of many single teams by now: then it is added for all teams at once."""
        self.asked[name] = self.asked.get(name, 0) + 1
        return self.asked[name] > _FEW_ASKED

    def _alone(self, kind: str, team: str, which: Which, *, is_own: bool) -> Sums:
        """What one team books of a kind."""
        name, lot = (kind, which, is_own), self.lots[is_own]
        if self.is_asked_often(name):
            return self._each(kind, which, is_own=is_own).get(team, {})
        first = value_columns.place(KIND_NUMBERS[kind], self.whole.registers.teams.of(team))
        ends = np.searchsorted(lot.places, (first, value_columns.after(first)))
        its, names = self._only(lot.only(slice(*ends)), which), self.whole.registers.keys.things
        amounts = its.sizes if which == SIZE else its.amounts
        return _added([names[key] for key in its.keys.tolist()], amounts.tolist())

    def _each(self, kind: str, which: Which, *, is_own: bool) -> Mapping[str, Sums]:
        """What each team books of a kind: rows of teams ask for it one after the other."""
        name = kind, which, is_own
        if name not in self.each:
            lot = self.lots[is_own]
            lot = self._only(lot.only(value_columns.ranges_of(lot.places, KIND_NUMBERS[kind])), which)
            amounts = (lot.sizes if which == SIZE else lot.amounts).tolist()
            names = self.whole.registers.keys.things
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
            lot = self.lots[False]
            places = [value_columns.ranges_of(lot.places, KIND_NUMBERS[kind]) for kind in kinds]
            lot = self._only(value_columns.joined([lot.only(its) for its in places]), which[0])
            self.briefs[name] = self._briefs(lot, which[1])
        return self.briefs[name].get(team, _NOTHING)

    def _briefs(self, lot: Lot, tails_of: TailsOf) -> Mapping[str, Brief]:
        registers, teams = self.whole.registers, value_columns.teams_at(lot.places)
        keys, of_key = np.unique(lot.keys, return_inverse=True)
        tails = tails_of([registers.keys.things[key] for key in keys.tolist()])[of_key]
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
        names, which = self.whole.registers.names.things, CASH if which == SIZE else which
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
        lot, months = self.lots[is_own], teams.months if isinstance(teams, Group) else {}
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


_KEPT_PERIODS = 4
_MOST_FOUND = 20
"""How many answers are kept for each outcome before they are forgotten: every day brings its own."""


def period(basis: Basis, agreed: Agreed, today: date | None) -> Period:
    """Every outcome in the period and who books it: the same for every value stream and reader."""
    key = (basis.span, basis.currency, basis.is_converted, today, *kept_by.state(basis, (kept_by.COST,)))
    kept: Period | None = agreed.periods.get(key)
    if kept is None:
        if len(agreed.found) > _MOST_FOUND * len(agreed.outcomes):
            agreed.found.clear()
        before, changed = agreed.older.get(key, (None, frozenset()))
        kept = Period(Looked(basis, agreed, today, {}))
        if before is not None and not before.gone and not agreed.true_ups.gone:
            _carry(basis, (before, changed), kept)
        if len(agreed.periods) >= _KEPT_PERIODS:
            eldest, *_ = agreed.periods  # one step, as other readers may add one meanwhile
            agreed.periods.pop(eldest, None)
        agreed.periods[key] = kept
        agreed.older.pop(key, None)
    return kept


def _carry(basis: Basis, its: tuple[Period, frozenset[str]], now: Period) -> None:
    """What of an earlier version no change since touched is as before: counts, sums of teams, rows."""
    before, changed = its
    counts = [*before.looked.counts.items()]
    now.looked.counts.update((key, one) for key, one in counts if key not in changed)
    teams = before.touched(basis, changed) | now.touched(basis, changed)
    now.sums.update((name, sums) for name, sums in [*before.sums.items()] if name[2] not in teams)
    rows = {name: _left(table, teams) for name, table in [*before.rows.items()]}
    if sum(map(len, rows.values())) <= _MOST_FOUND * len(now.looked.agreed.outcomes):
        now.rows.update(rows)


def _left(rows: Rows, teams: set[str]) -> Rows:
    """The rows that rest on none of these teams."""
    return {key: row for key, row in [*rows.items()] if row[0].isdisjoint(teams)}
