"""Who books a month of value: the teams of its epic, then those that serving teams serve (rules V2, V3)."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from typing import Any, NamedTuple, TypeVar

from roi.domain.benefits import over_teams
from roi.domain.money import largest_remainder
from roi.domain.structure import Epic, Outcome, ValueClass
from roi.domain.value import Values
from roi.reports import building, efforts, valued
from roi.reports import kept as kept_by
from roi.reports.agreed import Agreed
from roi.reports.basis import Basis
from roi.reports.claims import Terms
from roi.reports.costs import Teams
from roi.reports.draws import Key
from roi.reports.structure import Group
from roi.reports.true_ups import Earned
from roi.reports.valued import Amount, Valued
from roi.store import read

CONFIRMED, ASSUMED, EXPECTED = "confirmed", "assumed", "expected"
KINDS = (CONFIRMED, ASSUMED, EXPECTED)
ORIGIN = "origin"
"""What is known now of the period's own months, wherever it counts: of outcomes with true-ups alone."""

CASH, JUDGED, PROTECTED = "cash", "judged", "protected"
"""Value that is cash, cash of work that is no obligation (rule V15), and value that is no cash (rule V6)."""

TRUE_UP, SIZE = "true-up", "size"
"""Of the cash what is about months that had closed before it was known (V16), and its size without signs."""

Which = str | tuple[bool, ValueClass]
"""Which value: one of these names, or whether it is cash and of which class."""


class Booked(NamedTuple):
    """Months of an outcome's value that one team books, and what each is worth to it.

    `key` is the outcome with the level that leads to its draws. `is_true_up`: it is about months that had
    closed before it was known (rule V16). `is_cash`: its money is cash (rule V6). `terms` are those under
    which it counts where they may be others than the outcome has now.
    """

    item: Valued
    months: Sequence[tuple[int, int]]
    is_true_up: bool
    is_cash: bool
    key: Key
    terms: Terms | None = None

    @property
    def amount(self) -> int:
        """All of its months."""
        return sum([amount for _, amount in self.months])

    @property
    def value_class(self) -> ValueClass:
        """The class under which it counts."""
        return self.item.outcome.value_class if self.terms is None else self.terms.value_class

    @property
    def is_obligation(self) -> bool:
        """Whether it is value of an obligation, which no verdict stands on (rule V15)."""
        return self.item.epic.is_obligation if self.terms is None else self.terms.is_obligation


ByTeam = dict[str, list[Booked]]


Sums = dict[Key, int]
"""Minor units by outcome and level."""


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


T = TypeVar("T")
Rows = dict[str, tuple[frozenset[str], Any]]
"""By epic or team what was worked out of it, with the teams that it rests on."""
Name = tuple[object, ...]


@dataclass(frozen=True, slots=True)
class Period:
    """Every outcome in a period and, by kind and team, who books it: `own` before value follows cost.

    `gone` are outcomes that are there no more and that closed months count; they are not among the items.
    `sums` are what was added of a list of months, `rows` what else was worked out of an epic or a team and of
    costs: by a name that says what it rests on beside the teams that stand there. Both outlive what does not
    touch them.
    """

    items: tuple[Valued, ...] = ()
    own: Mapping[str, ByTeam] = field(default_factory=dict)
    booked: Mapping[str, ByTeam] = field(default_factory=dict)
    gone: tuple[Valued, ...] = ()
    sums: dict[int, tuple[list[Booked], Mapping[Which, Sums]]] = field(default_factory=dict)
    rows: dict[Name, Rows] = field(default_factory=dict)

    def table(self, name: Name) -> Rows:
        """What was worked out under this name, by epic or team: to be added to, never changed."""
        return self.rows.setdefault(name, {})

    def sums_of(self, books: Iterable[ByTeam], teams: Teams, which: Which) -> Sums:
        """What some teams book in these books by outcome and level."""
        found: Sums = {}
        before = found.get
        for by_team in books:
            for team in teams:
                for key, amount in self._of_team(by_team, teams, team).get(which, _NO_SUMS).items():
                    found[key] = before(key, 0) + amount
        return found

    def _of_team(self, by_team: ByTeam, teams: Teams, team: str) -> Mapping[Which, Sums]:
        if isinstance(teams, Group) and teams.months[team] is not None:
            return summed(of_teams(by_team, Group({team: teams.months[team]})))
        its = by_team.get(team)
        if its is None:
            return {}
        if id(its) not in self.sums:
            self.sums[id(its)] = its, summed(its)
        return self.sums[id(its)][1]


_NO_SUMS: Sums = {}
_KEPT_PERIODS = 4
_MOST_FOUND = 20
"""How many answers are kept for each outcome before they are forgotten: every day brings its own."""


def period(basis: Basis, agreed: Agreed, epics: Mapping[str, Epic], today: date | None) -> Period:
    """Every outcome in the period and who books it: the same for every value stream and reader."""
    key = (basis.span, basis.currency, basis.is_converted, today, *kept_by.state(basis, (kept_by.COST,)))
    kept: Period | None = agreed.periods.get(key)
    if kept is None:
        if len(agreed.found) > _MOST_FOUND * len(agreed.outcomes):
            agreed.found.clear()
        made = partial(_made_of, basis, agreed, epics, today)
        before, changed = agreed.older.get(key, (None, frozenset()))
        kept = (
            _since(basis, agreed, (before, changed), made)
            if before is not None and not before.gone and not agreed.true_ups.gone
            else _whole(basis, agreed, made)
        )
        if len(agreed.periods) >= _KEPT_PERIODS:
            eldest, *_ = agreed.periods  # one step, as other readers may add one meanwhile
            agreed.periods.pop(eldest, None)
        agreed.periods[key] = kept
        agreed.older.pop(key, None)
    return kept


def _made_of(
    basis: Basis, agreed: Agreed, epics: Mapping[str, Epic], today: date | None, outcome: Outcome
) -> Valued:
    building.give_way()
    return valued.build(basis, agreed, epics[outcome.epic], agreed.claimed[outcome.key], today)


_Make = Callable[[Outcome], Valued]


def _whole(basis: Basis, agreed: Agreed, make: _Make) -> Period:
    items = tuple(make(outcome) for outcome in agreed.outcomes)
    gone = tuple(valued.gone(basis, agreed, outcome) for outcome in agreed.true_ups.gone)
    every = (*items, *gone)
    return Period(items, *_book(agreed.values, every, _weights(basis, every)), gone)


def _since(basis: Basis, agreed: Agreed, its: tuple[Period, frozenset[str]], make: _Make) -> Period:
    """A period of an earlier version with what changed since: teams that book none of it are as before."""
    before, changed = its
    there = {item.outcome.key: item for item in before.items}
    items = tuple(
        make(one) if one.key in changed or one.key not in there else there[one.key] for one in agreed.outcomes
    )
    differing = [item for item in items if item.outcome.key in changed]
    new_own, new_booked = _book(agreed.values, differing, _weights(basis, items))
    own = {kind: _patched(before.own[kind], new_own[kind], changed) for kind in new_own}
    booked = {kind: _patched(before.booked[kind], new_booked[kind], changed) for kind in new_booked}
    teams = _teams_touched(((before.own, own), (before.booked, booked)))
    for item in (*differing, *(there[key] for key in changed & there.keys())):
        teams |= {one.team for one in efforts.teams_of(agreed.values, item.epic)}
    rows = {name: _left(table, teams) for name, table in [*before.rows.items()]}
    if sum(map(len, rows.values())) > _MOST_FOUND * len(items):
        rows = {}
    return Period(items, own, booked, (), _sums_left(before, (own, booked)), rows)


def _left(rows: Rows, teams: set[str]) -> Rows:
    """The rows that rest on none of these teams."""
    return {key: row for key, row in [*rows.items()] if row[0].isdisjoint(teams)}


def _teams_touched(books: Iterable[tuple[Mapping[str, ByTeam], Mapping[str, ByTeam]]]) -> set[str]:
    """The teams of which some list of months is not the very same as before."""
    return {
        team
        for before, after in books
        for kind in after
        for team in {**before[kind], **after[kind]}
        if before[kind].get(team) is not after[kind].get(team)
    }


def _patched(before: ByTeam, new: ByTeam, changed: Collection[str]) -> ByTeam:
    """Each team's months, those of changed outcomes as they are now, in the order of outcomes."""
    found: ByTeam = {}
    for team in {**before, **new}:
        its, more = before.get(team, []), new.get(team, [])
        left = [one for one in its if one.key[0] not in changed]
        is_same = not more and len(left) == len(its)
        if left or more:
            found[team] = its if is_same else sorted([*left, *more], key=lambda one: one.key[0])
    return found


def _sums_left(
    before: Period, books: Iterable[Mapping[str, ByTeam]]
) -> dict[int, tuple[list[Booked], Mapping[Which, Sums]]]:
    """The sums of lists of months that are the very same as before."""
    known = before.sums
    lists = [id(its) for one in books for by_team in one.values() for its in by_team.values()]
    return {name: known[name] for name in lists if name in known}


_Weights = dict[str, dict[int, dict[str, int]]]


def _weights(basis: Basis, items: Iterable[Valued]) -> _Weights:
    """Giver, month, receiver: the weights by which cost, and so value, passes on.

    Of the period, and of the earlier months that are trued up in it: value follows the cost of its month.
    """
    found: _Weights = {}
    if basis.span is None:
        return found
    earned = [one.earned for item in items for one in item.kept]
    params = {"first": min([basis.span.first, *earned]), "last": basis.span.last}
    for row in read.rows(basis.cursor, "platform_weights", params):
        by_month = found.setdefault(read.text(row["giver"]), {})
        takers = by_month.setdefault(read.whole(row["month"]), {})
        takers[read.text(row["receiver"])] = read.whole(row["weight"])
    return found


def _book(
    values: Values, items: Sequence[Valued], weights: _Weights
) -> tuple[dict[str, ByTeam], dict[str, ByTeam]]:
    """Every month of value with its team, before and after value follows cost."""
    own: dict[str, ByTeam] = {kind: {} for kind in (*KINDS, ORIGIN)}
    booked: dict[str, ByTeam] = {kind: {} for kind in (*KINDS, ORIGIN)}
    for item in items:
        counted = item.by_month if item.origin is None else ()
        months = {CONFIRMED: counted, ASSUMED: item.assumed_by_month, EXPECTED: item.expected_by_month}
        if item.origin:
            months[ORIGIN] = item.origin
        for kind, its in months.items():
            for run in _runs(item, its):
                _book_run(values, run, (own[kind], booked[kind], weights))
        for line in item.kept:
            _book_kept(item, line, (own[CONFIRMED], booked[CONFIRMED], weights))
    return own, booked


def _runs(item: Valued, months: Iterable[Amount]) -> Iterator[Booked]:
    """The months of each level, before they are shared."""
    by_level: dict[int, list[tuple[int, int]]] = {}
    for month, amount, level in months:
        by_level.setdefault(level, []).append((month, amount))
    for level, its in by_level.items():
        yield Booked(item, its, False, item.is_cash, (item.outcome.key, level))  # noqa: FBT003 - no true-up


def _book_kept(item: Valued, line: Earned, into: tuple[ByTeam, ByTeam, _Weights]) -> None:
    """A month under its own terms: to the teams of then, and on by the weights of the month it is about."""
    key, terms = (item.outcome.key, line.level), line.terms
    one = Booked(item, (), line.month != line.earned, terms.is_cash, key, terms)
    _share(one, [(line.month, line.earned, over_teams(line.amount, dict(terms.effort)))], into)


def _book_run(values: Values, one: Booked, into: tuple[ByTeam, ByTeam, _Weights]) -> None:
    """Months of a level: whole to the epic's own team where nobody shares in them."""
    own, booked, weights = into
    epic = one.item.epic
    if epic.team not in weights and epic.key not in values.epic_teams:
        own.setdefault(epic.team, []).append(one)
        booked.setdefault(epic.team, []).append(one)
        return
    parts = ((month, month, efforts.over(values, epic, amount)) for month, amount in one.months)
    _share(one, parts, into)


def _share(
    one: Booked, parts: Iterable[tuple[int, int, Mapping[str, int]]], into: tuple[ByTeam, ByTeam, _Weights]
) -> None:
    """What teams have of some months, and who books it: each the month it counts in, and that it is about."""
    own, booked, weights = into
    mine: dict[str, list[tuple[int, int]]] = {}
    theirs: dict[str, list[tuple[int, int]]] = {}
    for month, earned, by_team in parts:
        for team, amount in by_team.items():
            mine.setdefault(team, []).append((month, amount))
            for taker, part in _passed_on(weights, team, earned, amount):
                theirs.setdefault(taker, []).append((month, part))
    for books, shared in ((own, mine), (booked, theirs)):
        for team, months in shared.items():
            books.setdefault(team, []).append(one._replace(months=months))


def _passed_on(weights: _Weights, team: str, earned: int, amount: int) -> Iterable[tuple[str, int]]:
    """Who books what a team has of a month: value follows the cost of the month it is about (V2)."""
    takers = weights.get(team, {}).get(earned)
    if not takers:
        return ((team, amount),)
    return zip(takers, largest_remainder(amount, list(takers.values())), strict=True)
