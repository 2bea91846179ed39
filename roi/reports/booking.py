"""Who books a month of value: the teams of its epic, then those that serving teams serve (rules V2, V3)."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import NamedTuple

from roi.domain.money import largest_remainder
from roi.domain.structure import Epic
from roi.domain.value import Values
from roi.reports import efforts, valued
from roi.reports.agreed import Agreed
from roi.reports.basis import Basis
from roi.reports.valued import Amount, Valued
from roi.store import read

CONFIRMED, ASSUMED, EXPECTED = "confirmed", "assumed", "expected"
KINDS = (CONFIRMED, ASSUMED, EXPECTED)


class Booked(NamedTuple):
    """A month of an outcome's value and the team that books it; `level` leads to its draws.

    `is_true_up`: it is about months that had closed before it was known (rule V16).
    """

    item: Valued
    team: str
    month: int
    amount: int
    level: int
    is_true_up: bool = False


ByTeam = dict[str, list[Booked]]


_Period = tuple[tuple[Valued, ...], dict[str, ByTeam], dict[str, ByTeam]]
_KEPT_PERIODS = 4


def period(basis: Basis, agreed: Agreed, epics: Mapping[str, Epic], today: date | None) -> _Period:
    """Every outcome in the period and who books it: the same for every value stream and reader."""
    key = (basis.span, basis.currency, basis.is_converted, today)
    kept: _Period | None = agreed.periods.get(key)
    if kept is None:
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
            for one in its:
                _book_one(values, item, one, (own[kind], booked[kind], weights))
        for one in item.trued_up:
            _book_one(values, item, one, (own[CONFIRMED], booked[CONFIRMED], weights), is_true_up=True)
    return own, booked


def _book_one(
    values: Values,
    item: Valued,
    one: Amount,
    into: tuple[ByTeam, ByTeam, _Weights],
    *,
    is_true_up: bool = False,
) -> None:
    own, booked, weights = into
    for team, amount in efforts.over(values, item.epic, one.amount).items():
        mine = Booked(item, team, one.month, amount, one.level, is_true_up)
        own.setdefault(team, []).append(mine)
        takers = weights.get(team, {}).get(one.month)
        if not takers:
            booked.setdefault(team, []).append(mine)
            continue
        for taker, part in zip(takers, largest_remainder(amount, list(takers.values())), strict=True):
            passed = Booked(item, taker, one.month, part, one.level, is_true_up)
            booked.setdefault(taker, []).append(passed)
