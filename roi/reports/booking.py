"""Who books a month of value: the teams of its epic, then those that serving teams serve (rules V2, V3)."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
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


class Booked(NamedTuple):
    """A month of an outcome's value and the team that books it.

    `key` is the outcome with the level that leads to its draws. `is_true_up`: it is about months that had
    closed before it was known (rule V16). `is_cash`: its money is cash (rule V6). `terms` are those under
    which it counts where they may be others than the outcome has now.
    """

    item: Valued
    team: str
    month: int
    amount: int
    level: int
    is_true_up: bool
    is_cash: bool
    key: Key
    terms: Terms | None = None

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


def summed(booked: Iterable[Booked]) -> dict[str, Sums]:
    """Months of value added by outcome and level: cash, judged and protected."""
    cash: Sums = {}
    judged: Sums = {}
    protected: Sums = {}
    for one in booked:
        into = cash if one.is_cash else protected
        into[one.key] = into.get(one.key, 0) + one.amount
        if one.is_cash and not one.is_obligation:
            judged[one.key] = judged.get(one.key, 0) + one.amount
    return {CASH: cash, JUDGED: judged, PROTECTED: protected}


def of_teams(by_team: ByTeam, teams: Teams) -> list[Booked]:
    """The months of value of some teams, each in the months in which it belongs to them."""
    if not isinstance(teams, Group):
        return [one for team in teams for one in by_team.get(team, ())]
    found: list[Booked] = []
    for team, months in teams.months.items():
        its = by_team.get(team, [])
        found += its if months is None else [one for one in its if one.month in months]
    return found


T = TypeVar("T")
RowName = tuple[frozenset[str], tuple[object, ...]]


@dataclass(frozen=True, slots=True)
class Period:
    """Every outcome in a period and, by kind and team, who books it: `own` before value follows cost.

    `gone` are outcomes that are there no more and that closed months count; they are not among the items.
    `sums` are what was added of a list of months, `rows` what else was worked out of some teams' epics and
    outcomes, and of costs: by those teams and whatever else it rests on. Both outlive what does not touch
    them.
    """

    items: tuple[Valued, ...] = ()
    own: Mapping[str, ByTeam] = field(default_factory=dict)
    booked: Mapping[str, ByTeam] = field(default_factory=dict)
    gone: tuple[Valued, ...] = ()
    sums: dict[int, tuple[list[Booked], Mapping[str, Sums]]] = field(default_factory=dict)
    rows: dict[RowName, Any] = field(default_factory=dict)

    def row(self, name: RowName, make: Callable[[], T]) -> T:
        """What was worked out under this name, once; nobody may change it."""
        if name not in self.rows:
            building.give_way()
            self.rows[name] = make()
        found: T = self.rows[name]
        return found

    def sums_of(self, books: Iterable[ByTeam], teams: Teams, which: str) -> Sums:
        """What some teams book in these books by outcome and level: cash, judged or protected."""
        found: Sums = {}
        before = found.get
        for by_team in books:
            for team in teams:
                for key, amount in self._of_team(by_team, teams, team)[which].items():
                    found[key] = before(key, 0) + amount
        return found

    def _of_team(self, by_team: ByTeam, teams: Teams, team: str) -> Mapping[str, Sums]:
        if isinstance(teams, Group) and teams.months[team] is not None:
            return summed(of_teams(by_team, Group({team: teams.months[team]})))
        its = by_team.get(team)
        if its is None:
            return _NO_SUMS
        if id(its) not in self.sums:
            self.sums[id(its)] = its, summed(its)
        return self.sums[id(its)][1]


_NO_SUMS: Mapping[str, Sums] = summed(())
_KEPT_PERIODS = 4
_MOST_FOUND = 8
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
    rows = {name: row for name, row in [*before.rows.items()] if name[0].isdisjoint(teams)}
    if len(rows) > _MOST_FOUND * len(items):
        rows = {}
    return Period(items, own, booked, (), _sums_left(before, (own, booked)), rows)


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
) -> dict[int, tuple[list[Booked], Mapping[str, Sums]]]:
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
            if its:
                _book_all(values, item, _made(item, its), (own[kind], booked[kind], weights))
        for line in item.kept:
            _book_kept(item, line, (own[CONFIRMED], booked[CONFIRMED], weights))
    return own, booked


def _book_kept(item: Valued, line: Earned, into: tuple[ByTeam, ByTeam, _Weights]) -> None:
    """A month under its own terms: to the teams of then, and on by the weights of the month it is about."""
    key, terms = (item.outcome.key, line.level), line.terms
    is_late, is_cash = line.month != line.earned, terms.is_cash
    for team, amount in over_teams(line.amount, dict(terms.effort)).items():
        one = Booked(item, team, line.month, amount, line.level, is_late, is_cash, key, terms)
        _pass_on(one, line.earned, into)


def _made(item: Valued, months: Iterable[Amount]) -> list[Booked]:
    """The months as its own team books them, before they are shared."""
    outcome, team, is_true_up, is_cash = item.outcome.key, item.epic.team, False, item.is_cash
    keys = {one.level: (outcome, one.level) for one in months}
    return [
        Booked(item, team, month, amount, level, is_true_up, is_cash, keys[level])
        for month, amount, level in months
    ]


def _book_all(
    values: Values, item: Valued, its: Sequence[Booked], into: tuple[ByTeam, ByTeam, _Weights]
) -> None:
    own, booked, weights = into
    team = item.epic.team
    if team not in weights and item.epic.key not in values.epic_teams:
        own.setdefault(team, []).extend(its)
        booked.setdefault(team, []).extend(its)
        return
    for one in its:
        _book_one(values, item, one, into)


def _book_one(values: Values, item: Valued, one: Booked, into: tuple[ByTeam, ByTeam, _Weights]) -> None:
    for team, amount in efforts.over(values, item.epic, one.amount).items():
        _pass_on(_share(one, team, amount), one.month, into)


def _pass_on(mine: Booked, earned: int, into: tuple[ByTeam, ByTeam, _Weights]) -> None:
    """What a team has of a month, and who books it: value follows the cost of the month it is about (V2)."""
    own, booked, weights = into
    own.setdefault(mine.team, []).append(mine)
    takers = weights.get(mine.team, {}).get(earned)
    if not takers:
        booked.setdefault(mine.team, []).append(mine)
        return
    for taker, part in zip(takers, largest_remainder(mine.amount, list(takers.values())), strict=True):
        booked.setdefault(taker, []).append(_share(mine, taker, part))


def _share(one: Booked, team: str, amount: int) -> Booked:
    """What a team books of a month."""
    return Booked(
        one.item, team, one.month, amount, one.level, one.is_true_up, one.is_cash, one.key, one.terms
    )
