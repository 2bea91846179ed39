"""A closed month's figures move only by a named restatement, which shows both numbers (decision D11)."""

from collections.abc import Mapping
from dataclasses import dataclass

import duckdb

from roi.domain.money import to_decimal
from roi.domain.periods import month_name
from roi.errors import ClosedMonthError
from roi.store import statements

Figures = Mapping[tuple[object, ...], int]
"""Month, place, team, hop, scenario, plan version, treatment, currency: minor units."""


@dataclass(frozen=True, slots=True)
class Moved:
    """One figure of a closed month that a change moves, in minor units of `currency`."""

    month: int
    place: str
    team: str
    currency: str
    before: int
    after: int

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
    rows = cursor.execute(statements.query("closed_figures")).fetchall()
    return {tuple(row[:-1]): int(row[-1]) for row in rows}


def moved(before: Figures, after: Figures) -> list[Moved]:
    """What differs, summed by month, place, team and currency; the two views of one team stand apart."""
    sums: dict[tuple[int, str, str, str], list[int]] = {}
    for side, held in enumerate((before, after)):
        for key, amount in held.items():
            short = (int(str(key[0])), str(key[1]), str(key[2]), str(key[-1]))
            sums.setdefault(short, [0, 0])[side] += amount
    changed = {key for key in {*before, *after} if before.get(key, 0) != after.get(key, 0)}
    touched = {(int(str(key[0])), str(key[1]), str(key[2]), str(key[-1])) for key in changed}
    return [Moved(*key, *sums[key]) for key in sorted(touched)]


def require_restatement(found: list[Moved]) -> None:
    """Refuse a change that moves closed figures without saying so.

    Raises:
        ClosedMonthError: names the first figure with both numbers, and how many more there are.
    """
    if not found:
        return
    first = next((one for one in found if one.before != one.after), found[0])
    where = f"team {first.team}" if first.team else first.place
    more = f" and {len(found) - 1} more figures" if len(found) > 1 else ""
    message = (
        f"{month_name(first.month)} is closed. This would move {where} from "
        f"{to_decimal(first.before, first.currency)} to {to_decimal(first.after, first.currency)} "
        f"{first.currency}{more}. Name it as a restatement, with its reason, or leave the month as it is."
    )
    raise ClosedMonthError(message)
