"""Reads cost by place and by hop, and checks at the moment of reading that nothing is lost (law T1).

What is checked in every month: per original currency the marts hold the ledger's own sum; converted, they
hold the ledger's sum at the month's rate; and what was passed on makes the cost of teams and overhead.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from typing import TypeVar

from roi.errors import StoreDamagedError
from roi.reports.cost.costs import (
    BEYOND,
    EXCLUDED,
    OVERHEAD,
    PASSED_ON,
    RECEIVED,
    SUSPENSE,
    TEAM,
    ByTeam,
    Costs,
    Months,
    OfTeams,
)
from roi.reports.ground import hidden, kept
from roi.reports.ground.basis import Basis
from roi.reports.ground.sums import NOTHING, Sums, total
from roi.store import read

T = TypeVar("T")
U = TypeVar("U")

ON = (kept.COST,)
"""What costs rest on: no change of what is agreed about value moves them."""

Unpriced = dict[tuple[int, str], str]
"""Month and team to why its people have no standard cost."""


def load(basis: Basis) -> Costs:
    """Cost by place and month as the reader may see it; read once for each version of a store.

    Raises:
        StoreDamagedError: teams, overhead, excluded and suspense are not the ledger in some month, or what
            was passed on is not the cost of teams and overhead; nothing is shown.
    """
    if basis.span is None:
        return Costs(basis)
    last = basis.span.last
    if basis.at_standard_rates:
        found = kept.once(basis, "costs", _key(basis, last), lambda: _at_standard_rates(*_read(basis)), ON)
        return replace(found, basis=basis)
    furthest = max(last, basis.months.last if basis.months else last)
    whole = replace(basis, span=replace(basis.span, last=furthest))
    found = kept.once(basis, "costs", _key(basis, furthest), lambda: _exact(whole), ON)
    if last == furthest:
        return replace(found, basis=basis)
    return replace(_until(found, last), basis=basis, furthest=found)


def _key(basis: Basis, last: int) -> kept.Key:
    shown = basis.currency, basis.is_converted, basis.at_standard_rates, basis.shows_currencies
    return (*shown, basis.every_month[0], last)


def _exact(basis: Basis) -> Costs:
    costs, _, _ = _read(basis)
    params = {"first": basis.every_month[0], "last": basis.every_month[-1]}
    return replace(costs, hops=_hops(basis, {**params, "basis": "actual", "by_giver": False}, {}))


def _read(basis: Basis) -> tuple[Costs, list[read.Row], list[read.Row]]:
    """Cost by place with its rows and those of the people, every month of them checked."""
    params = {"first": basis.every_month[0], "last": basis.every_month[-1]}
    _check_originals(basis, read.rows(basis.cursor, "originals_by_month", params))
    rows = read.rows(basis.cursor, "placed_by_month", params)
    heads = read.rows(basis.cursor, "heads_by_month", params)
    actual = _places(basis, rows)
    _check_places(basis, actual)
    _check_hops(basis, actual, read.rows(basis.cursor, "full_sums", params))
    return Costs(basis, actual, {}, _whole(actual), _heads(heads)), rows, heads


def _until(costs: Costs, last: int) -> Costs:
    """The same up to a month; who and what has nothing by then is not in it."""
    return replace(
        costs,
        places=_Cut(costs.places, lambda teams: _cut_months(teams, last)),
        hops=_Cut(costs.hops, lambda teams: _cut_months(teams, last)),
        whole=_months_until(costs.whole, last),
        heads=_cut_months(costs.heads, last),
    )


def _cut_months(by_team: Mapping[str, dict[int, U]], last: int) -> "_Cut[dict[int, U]]":
    return _Cut(by_team, lambda months: _months_until(months, last))


class _Cut(Mapping[str, T]):
    """Parts of which each is cut when it is asked for; most reports ask for few. Nothing left: not in it."""

    def __init__(self, whole: Mapping[str, T], cut: Callable[[T], T]) -> None:
        self._whole, self._cut = whole, cut
        self._found: dict[str, T] = {}

    def __getitem__(self, name: str) -> T:
        if name not in self._found:
            found = self._cut(self._whole[name])
            if not found:
                raise KeyError(name)
            self._found[name] = found
        return self._found[name]

    def __iter__(self) -> Iterator[str]:
        return (name for name in self._whole if name in self)

    def __len__(self) -> int:
        return sum(1 for _ in self)

    def __bool__(self) -> bool:
        """Whether anything is left; that is told by the first that is."""
        return next(iter(self), None) is not None


def _months_until(months: Mapping[int, U], last: int) -> dict[int, U]:
    return {month: one for month, one in months.items() if month <= last}


def _check_originals(basis: Basis, rows: Iterable[read.Row]) -> None:
    """In every month and original currency the places are the ledger."""
    parts = {
        (read.whole(row["month"]), read.text(row["currency"])): read.whole(row["original"]) for row in rows
    }
    months = set(basis.every_month)
    for key in {*parts, *(key for key in basis.ledger if key[0] in months)}:
        _same(basis.ledger.get(key, (0, 0))[0], parts.get(key, 0), key[0])


def _check_places(basis: Basis, places: dict[str, ByTeam]) -> None:
    """In every month the places as shown are the ledger as shown."""
    by_month: Months = {}
    for by_team in places.values():
        for months in by_team.values():
            _add(by_month, months)
    for month in basis.every_month:
        ledger, found = basis.ledger_month(month), by_month.get(month, NOTHING)
        if not ledger.unknown:
            _same(ledger.amount, found.amount, month)


def _check_hops(basis: Basis, places: dict[str, ByTeam], rows: Iterable[read.Row]) -> None:
    """In every month what the hops hold is the cost of teams and overhead."""
    before = _whole(places)
    after = {read.whole(row["month"]): row["amount"] for row in rows if row["basis"] == "actual"}
    for month in basis.every_month:
        then, now = before.get(month, NOTHING), after.get(month, 0)
        if not then.unknown and now is not None:
            _same(then.amount, read.whole(now), month)


def _same(ledger: int, parts: int, month: int) -> None:
    if ledger != parts:
        message = f"Ledger and teams differ by {ledger - parts} minor units in {month}."
        raise StoreDamagedError(message)


def _add(found: Months, months: Months, sign: int = 1) -> None:
    for month, sums in months.items():
        before = found.get(month, NOTHING)
        found[month] = before.plus(sums) if sign > 0 else before.minus(sums)


def _put(by_team: ByTeam, team: str, month: int, sums: Sums) -> None:
    months = by_team.setdefault(team, {})
    months[month] = months[month].plus(sums) if month in months else sums


def _places(basis: Basis, rows: Iterable[read.Row], *, pay: bool = True) -> dict[str, ByTeam]:
    """What the marts hold by place, in the report's currency."""
    found: dict[str, ByTeam] = {}
    for row in rows:
        if pay or not row["is_pay"]:
            month = read.whole(row["month"])
            sums = _sums(basis, row, month)
            _put(found.setdefault(read.text(row["placed"]), {}), read.text(row["team"]), month, sums)
    return found


def _sums(basis: Basis, row: read.Row, month: int) -> Sums:
    missing = row["missing"]
    unknown = [basis.rates.missing(name, month) for name in missing] if isinstance(missing, list) else ()
    return Sums(read.whole(row["amount"]), read.whole(row["line_count"]), tuple(unknown))


def _hops(basis: Basis, params: dict[str, object], unpriced: Unpriced) -> dict[str, ByTeam]:
    """What reached and left each team; a giver whose cost is not known makes its receivers' not known."""
    found: dict[str, ByTeam] = {}
    waiting = _waiting(basis)
    for month, team, hop, giver, given in read.plain_rows(basis.cursor, "full_by_month", params):
        its_month, name = read.whole(month), TEAM if hop == "own" else read.text(hop)
        giving = read.text(giver) if name == RECEIVED else "" if name == OVERHEAD else read.text(team)
        why = unpriced.get((its_month, giving), "")
        if given is None:
            why = why or next(iter(waiting.get(its_month, ())), "an exchange rate is missing")
        amount = 0 if given is None else read.whole(given)
        sums = Sums(-amount if name == PASSED_ON else amount, 0, (why,) if why else ())
        _put(found.setdefault(name, {}), read.text(team), its_month, sums)
    return found


def _waiting(basis: Basis) -> dict[int, tuple[str, ...]]:
    return {month: found for month in basis.every_month if (found := basis.ledger_month(month).unknown)}


def _whole(places: dict[str, ByTeam]) -> Months:
    found: Months = {}
    for place in (TEAM, OVERHEAD):
        for months in places.get(place, {}).values():
            _add(found, months)
    return found


def _heads(rows: Iterable[read.Row]) -> dict[str, dict[int, int]]:
    found: dict[str, dict[int, int]] = {}
    for row in rows:
        found.setdefault(read.text(row["team"]), {})[read.whole(row["month"])] = read.whole(row["share"])
    return found


def _at_standard_rates(exact: Costs, rows: list[read.Row], heads: list[read.Row]) -> Costs:
    """The same costs for somebody who may not see pay: people at standard rates, one difference for all.

    Pay on no team, and in overhead, stays where it is when it is a group; else it is in the difference too.
    """
    basis = exact.basis
    unpriced = _unpriced(basis, rows, heads)
    params = {"first": basis.every_month[0], "last": basis.every_month[-1], "by_giver": bool(unpriced)}
    hops = _hops(basis, {**params, "basis": "standard"}, unpriced)
    own = _with_lines(hops.pop(TEAM, {}), exact.places.get(TEAM, {}), unpriced)
    without_pay, groups = _places(basis, rows, pay=False), hidden.shown_off_teams(basis)
    places: dict[str, ByTeam] = {TEAM: own}
    folded = set()
    for place in (OVERHEAD, EXCLUDED, SUSPENSE):
        if place not in exact.places:
            continue
        months: Months = {}
        for month, sums in exact.places[place][""].items():
            bare = without_pay.get(place, {}).get("", {}).get(month, NOTHING)
            is_shown = (month, place) in groups and place != OVERHEAD
            months[month] = sums if is_shown else Sums(bare.amount, sums.lines, sums.unknown)
            if months[month].amount != sums.amount and place != OVERHEAD:
                folded.add(place)
        places[place] = {"": months}
    whole: Months = {}
    for month in basis.every_month:
        off = [places[place][""].get(month, NOTHING) for place in (EXCLUDED, SUSPENSE) if place in places]
        found = basis.ledger_month(month).minus(total(off))
        lines = exact.whole.get(month, NOTHING).lines
        if lines or found.amount or found.unknown:
            whole[month] = Sums(found.amount, lines, found.unknown)
    places[BEYOND] = {"": _beyond(whole, places)}
    return Costs(basis, places, hops, whole, exact.heads, frozenset(folded), unpriced)


def _beyond(whole: Months, places: dict[str, ByTeam]) -> Months:
    shown = _whole(places)
    return {
        month: Sums(
            sums.amount - shown.get(month, NOTHING).amount, 0, sums.plus(shown.get(month, NOTHING)).unknown
        )
        for month, sums in whole.items()
    }


def _with_lines(own: ByTeam, exact: OfTeams, unpriced: Unpriced) -> ByTeam:
    """Own cost at standard rates with the lines behind the exact one; unknown where a rate is missing."""
    found: ByTeam = {}
    for team in {*own, *exact, *(team for _, team in unpriced)}:
        months = {*own.get(team, {}), *exact.get(team, {}), *(m for m, its in unpriced if its == team)}
        for month in months:
            sums = own.get(team, {}).get(month, NOTHING)
            real = exact.get(team, {}).get(month, NOTHING)
            why = unpriced.get((month, team))
            unknown = tuple(dict.fromkeys((*sums.unknown, *real.unknown, *((why,) if why else ()))))
            _put(found, team, month, Sums(sums.amount, real.lines, unknown))
    return found


def _unpriced(basis: Basis, rows: Iterable[read.Row], heads: Iterable[read.Row]) -> Unpriced:
    """Teams and months whose people cannot stand at standard rates, and why (law T3)."""
    found: Unpriced = {}
    with_heads = set()
    for row in heads:
        key = read.whole(row["month"]), read.text(row["team"])
        with_heads.add(key)
        if row["role_without_rate"]:
            found[key] = f"no standard rate for {row['role_without_rate']}"
        elif row["currency_without_rate"]:
            found[key] = basis.rates.missing(read.text(row["currency_without_rate"]), key[0])
    for row in rows:
        key = read.whole(row["month"]), read.text(row["team"])
        if row["is_pay"] and row["placed"] == TEAM and key not in with_heads:
            found[key] = "no assignment says who works in this team, so its people have no standard rate"
    return found
