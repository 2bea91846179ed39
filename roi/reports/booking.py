"""Who books a month of value: the teams of its epic, then those that serving teams serve (rules V2, V3)."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from roi.domain.money import largest_remainder
from roi.domain.structure import Epic
from roi.domain.value import Values
from roi.reports import efforts, valued
from roi.reports import kept as kept_by
from roi.reports.agreed import Agreed
from roi.reports.basis import Basis
from roi.reports.costs import Teams
from roi.reports.draws import Key
from roi.reports.structure import Group
from roi.reports.valued import Amount, Valued
from roi.store import read

CONFIRMED, ASSUMED, EXPECTED = "confirmed", "assumed", "expected"
KINDS = (CONFIRMED, ASSUMED, EXPECTED)
CASH, JUDGED, PROTECTED = "cash", "judged", "protected"
"""Value that is cash, cash of work that is no obligation (rule V15), and value that is no cash (rule V6)."""


class Booked(NamedTuple):
    """A month of an outcome's value and the team that books it.

    `key` is the outcome with the level that leads to its draws. `is_true_up`: it is about months that had
    closed before it was known (rule V16). `is_cash`: its money is cash (rule V6).
    """

    item: Valued
    team: str
    month: int
    amount: int
    level: int
    is_true_up: bool
    is_cash: bool
    key: Key


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
        if one.is_cash and not one.item.epic.is_obligation:
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


KeptSums = dict[tuple[int, str], Mapping[str, Sums]]
"""What a team books, added once; by the books it stands in."""


def sums_of(kept: KeptSums, books: Iterable[ByTeam], teams: Teams, which: str) -> Sums:
    """What some teams book in these books by outcome and level: cash, judged or protected."""
    found: Sums = {}
    before = found.get
    for by_team in books:
        for team in teams:
            for key, amount in _of_team(kept, by_team, teams, team)[which].items():
                found[key] = before(key, 0) + amount
    return found


def _of_team(kept: KeptSums, by_team: ByTeam, teams: Teams, team: str) -> Mapping[str, Sums]:
    if isinstance(teams, Group) and teams.months[team] is not None:
        return summed(of_teams(by_team, Group({team: teams.months[team]})))
    name = id(by_team), team
    if name not in kept:
        kept[name] = summed(by_team.get(team, ()))
    return kept[name]


_Period = tuple[tuple[Valued, ...], dict[str, ByTeam], dict[str, ByTeam]]
_KEPT_PERIODS = 4
_MOST_FOUND = 8
"""How many answers are kept for each outcome before they are forgotten: every day brings its own."""


def period(basis: Basis, agreed: Agreed, epics: Mapping[str, Epic], today: date | None) -> _Period:
    """Every outcome in the period and who books it: the same for every value stream and reader."""
    key = (basis.span, basis.currency, basis.is_converted, today, *kept_by.state(basis, (kept_by.COST,)))
    kept: _Period | None = agreed.periods.get(key)
    if kept is None:
        if len(agreed.found) > _MOST_FOUND * len(agreed.outcomes):
            agreed.found.clear()
        items = tuple(
            valued.build(basis, agreed, epics[outcome.epic], agreed.claimed[outcome.key], today)
            for outcome in agreed.outcomes
        )
        kept = (items, *_book(agreed.values, items, _weights(basis)))
        if len(agreed.periods) >= _KEPT_PERIODS:
            agreed.periods.pop(next(iter(agreed.periods)), None)
        agreed.periods[key] = kept
    return kept


_Weights = dict[str, dict[int, dict[str, int]]]


def _weights(basis: Basis) -> _Weights:
    """Giver, month, receiver: the weights by which cost, and so value, passes on in the period."""
    found: _Weights = {}
    if basis.span is None:
        return found
    params = {"first": basis.span.first, "last": basis.span.last}
    for row in read.rows(basis.cursor, "platform_weights", params):
        by_month = found.setdefault(read.text(row["giver"]), {})
        takers = by_month.setdefault(read.whole(row["month"]), {})
        takers[read.text(row["receiver"])] = read.whole(row["weight"])
    return found


def _book(
    values: Values, items: Sequence[Valued], weights: _Weights
) -> tuple[dict[str, ByTeam], dict[str, ByTeam]]:
    """Every month of value with its team, before and after value follows cost."""
    own: dict[str, ByTeam] = {kind: {} for kind in KINDS}
    booked: dict[str, ByTeam] = {kind: {} for kind in KINDS}
    for item in items:
        months = {CONFIRMED: item.by_month, ASSUMED: item.assumed_by_month, EXPECTED: item.expected_by_month}
        for kind, its in months.items():
            if its:
                _book_all(values, item, _made(item, its), (own[kind], booked[kind], weights))
        if item.trued_up:
            late = _made(item, item.trued_up, is_true_up=True)
            _book_all(values, item, late, (own[CONFIRMED], booked[CONFIRMED], weights))
    return own, booked


def _made(item: Valued, months: Iterable[Amount], *, is_true_up: bool = False) -> list[Booked]:
    """The months as its own team books them, before they are shared."""
    outcome, team, is_cash = item.outcome.key, item.epic.team, item.is_cash
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
    own, booked, weights = into
    for team, amount in efforts.over(values, item.epic, one.amount).items():
        mine = _share(one, team, amount)
        own.setdefault(team, []).append(mine)
        takers = weights.get(team, {}).get(one.month)
        if not takers:
            booked.setdefault(team, []).append(mine)
            continue
        for taker, part in zip(takers, largest_remainder(amount, list(takers.values())), strict=True):
            booked.setdefault(taker, []).append(_share(one, taker, part))


def _share(one: Booked, team: str, amount: int) -> Booked:
    """What a team books of a month."""
    return Booked(one.item, team, one.month, amount, one.level, one.is_true_up, one.is_cash, one.key)
