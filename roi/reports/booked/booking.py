"""Who books the value of a period: the teams of its epics, then those that serving teams serve (V2, V3).

What nobody asks for is not worked out: few teams are asked for one by one, and all of them at once.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any

from roi.reports.booked import every_month, value_columns
from roi.reports.booked.every_month import EveryMonth, TailsOf
from roi.reports.booked.passing import (
    ASSUMED,
    CONFIRMED,
    EXPECTED,
    KINDS,
    ORIGIN,
    Booked,
    Books,
    ByTeam,
    Passing,
)
from roi.reports.booked.slices import (
    CASH,
    JUDGED,
    NOTHING,
    PROTECTED,
    TRUE_UP,
    Brief,
    Sliced,
    Sums,
    Which,
)
from roi.reports.booked.value_columns import Groups
from roi.reports.cost.costs import Teams
from roi.reports.ground import kept as kept_by
from roi.reports.ground.basis import Basis
from roi.reports.ground.structure import Group
from roi.reports.value.agreed import Agreed
from roi.reports.value.draws import Key
from roi.reports.value.valued import Looked, Valued

__all__ = [
    "ASSUMED",
    "CASH",
    "CONFIRMED",
    "EXPECTED",
    "JUDGED",
    "KINDS",
    "ORIGIN",
    "PROTECTED",
    "TRUE_UP",
    "Booked",
    "Brief",
    "ByTeam",
    "Sums",
    "Which",
]


def summed(booked: Iterable[Booked]) -> dict[Which, Sums]:
    """Months of value added by outcome and level, for whatever of them is asked for."""
    found: dict[Which, Sums] = {}
    for one in booked:
        _add(found, _names(one), one.key, one.amount)
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
    cut: dict[str, Sliced | None] = field(default_factory=dict)

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
        found = NOTHING
        for team, months in (teams.months if isinstance(teams, Group) else dict.fromkeys(teams)).items():
            if months is None:
                its = sliced.brief(kinds, team, which)
            else:
                sums = self.sums_of(basis, kinds, Group({team: months}), (which[0], False))
                its = Brief.of(sums, which[1])
            found = its if found is NOTHING else found.plus(its)
        return found

    def sliced(self, basis: Basis) -> Sliced | None:
        """What teams book in the period, cut out of every month; None where it has to be booked anew."""
        if "" not in self.cut:
            whole = every_month.load(basis, self.looked.agreed, self.looked.today, _names)
            self.cut[""] = None if whole is None else self._cut_out(basis, whole)
        return self.cut[""]

    def _cut_out(self, basis: Basis, whole: EveryMonth) -> Sliced:
        """The slice, with the outcomes that are reckoned for each period put in their places."""
        span = self.looked.basis.span or whole.span
        sides: dict[bool, list[Groups]] = {True: [whole.own], False: [whole.booked]}
        books = None
        if whole.apart or self.looked.agreed.true_ups.gone:
            items = (*(self.item(key) for key in whole.apart), *self.gone)
            books = self._passing(basis).book(self.looked.agreed.values, items)
            for is_own, its in ((True, books.own), (False, books.booked)):
                sides[is_own].append(value_columns.of_books(its, _names, whole.registers))
        return Sliced(whole, span, sides, books)

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
            self.known[""] = every_month.passing_on(basis, self.looked.agreed)
        return self.known[""]

    def touched(self, basis: Basis, changed: Collection[str]) -> set[str]:
        """The teams that book, or may book, something of these outcomes."""
        agreed, passed = self.looked.agreed, self._passing(basis)
        theirs = {team for key in changed for team in agreed.teams_booking(key)}
        return theirs | {taker for team in theirs for taker in passed.takers_of(team)}


_KEPT_PERIODS = 8
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
