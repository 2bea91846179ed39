"""A closed month's figures move only by a named restatement, which shows both numbers (decision D11)."""

from collections.abc import Mapping
from dataclasses import dataclass

import duckdb

from roi.domain.money import to_decimal
from roi.domain.periods import month_name
from roi.errors import ClosedMonthError
from roi.store import statements
from roi.store.statements import parsed

Figures = Mapping[tuple[object, ...], int | None]
"""Month, place, team, hop, scenario, treatment, currency booked, currency: minor units; None is unknown."""

_Key = tuple[int, str, str, str]
_OWN = "team"
"""The place of what teams carry before anything is passed on."""
_WAY_OUT = "Name it as a restatement, with its reason, or leave the month as it is."
_CLOSED = "select 1 from live_closed_month limit 1"
_TOUCHED_CLOSED = "select 1 from touched_month semi join live_closed_month using (month) limit 1"
"""Mostly there is none, and to ask for the figures of none is several times dearer."""


@dataclass(frozen=True, slots=True)
class Moved:
    """One figure of a closed month that a change moves, in minor units of `currency`; None is unknown."""

    month: int
    place: str
    team: str
    currency: str
    before: int | None
    after: int | None

    def as_detail(self) -> dict[str, object]:
        """As it stands in the detail of a restatement."""
        return {
            "month": self.month,
            "place": self.place,
            "team": self.team,
            "currency": self.currency,
            "before": self.before,
            "after": self.after,
        }


def figures(cursor: duckdb.DuckDBPyConnection) -> Figures:
    """The figures of closed months among the touched ones, as the marts hold them now."""
    if not cursor.execute(parsed(_TOUCHED_CLOSED)).fetchall():
        return {}
    rows = cursor.execute(statements.query("closed_figures")).fetchall()
    return {tuple(row[:-1]): row[-1] for row in rows}


def rollups(cursor: duckdb.DuckDBPyConnection, change_id: int) -> Figures:
    """What streams and divisions cost in closed months by the structure as it was after that change (D5)."""
    if not cursor.execute(parsed(_CLOSED)).fetchall():
        return {}
    rows = cursor.execute(statements.query("closed_rollups"), {"change_id": change_id}).fetchall()
    return {tuple(row[:-1]): row[-1] for row in rows}


def rates(cursor: duckdb.DuckDBPyConnection, change_id: int) -> Figures:
    """What currencies of value are worth in closed months that hold some, as it was after that change."""
    if not cursor.execute(parsed(_CLOSED)).fetchall():
        return {}
    rows = cursor.execute(statements.query("closed_rates"), {"change_id": change_id}).fetchall()
    return {tuple(row[:-1]): row[-1] for row in rows}


def moved(before: Figures, after: Figures) -> list[Moved]:
    """What differs, summed by month, place, team and currency; the two views of one team stand apart."""
    changed = {_key(key) for key in {*before, *after} if before.get(key, 0) != after.get(key, 0)}
    was, now = _sums(before, changed), _sums(after, changed)
    return [Moved(*key, was.get(key, 0), now.get(key, 0)) for key in sorted(changed)]


def _key(figure: tuple[object, ...]) -> _Key:
    month, place, team = figure[:3]
    return int(str(month)), str(place), str(team), str(figure[-1])


def _sums(held: Figures, chosen: set[_Key]) -> dict[_Key, int | None]:
    """A sum with an unknown part is unknown (law T3)."""
    sums: dict[_Key, int | None] = {}
    for figure, amount in held.items():
        key = _key(figure)
        if key in chosen:
            so_far = sums.get(key, 0)
            sums[key] = None if so_far is None or amount is None else so_far + amount
    return sums


def require_restatement(found: list[Moved], names: Mapping[str, str], *, shows_pay: bool) -> None:
    """Refuse a change that moves closed figures without saying so; `names` of teams by key.

    Whoever may not read pay hears which month, not which numbers: a team's cost holds pay (law T10). A team's
    own cost is said before all that follows from it: that number stands in the preview of an import too.

    Raises:
        ClosedMonthError: names the first figure with both numbers, and how many more there are.
    """
    if not found:
        return
    if not shows_pay:
        message = (
            f"{month_name(found[0].month)} is closed, and this would move what teams cost in it. {_WAY_OUT}"
        )
        raise ClosedMonthError(message)
    first = min(found, key=lambda one: (one.before == one.after, one.place != _OWN))
    where = first.place
    if first.team:
        measure = "own cost" if first.place == _OWN else "full cost"
        where = f"the {measure} of team {names.get(first.team, first.team)}"
    others = len(found) - 1
    more = f" and {others} more figure{'s' if others > 1 else ''}" if others else ""
    message = (
        f"{month_name(first.month)} is closed. This would move {where} from "
        f"{_words(first.before, first.currency)} to {_words(first.after, first.currency)}{more}. {_WAY_OUT}"
    )
    raise ClosedMonthError(message)


def _words(minor: int | None, currency: str) -> str:
    return "unknown" if minor is None else f"{to_decimal(minor, currency):,f} {currency}"
