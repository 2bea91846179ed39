"""What each team or area costs in the file's months beside what is usual there, and what stands out."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from roi.domain.money import to_decimal
from roi.domain.periods import short_month
from roi.errors import Issue, warning
from roi.store import statements
from roi.store.staging import Cursor

_ENOUGH_MONTHS = 3
_TIMES = 3
_SMALL = 100
"""What is less than this part of the file's largest place is not worth a word."""
_NAMED = 3


@dataclass(frozen=True, slots=True)
class PlaceMonth:
    """One team or area in one month: what the file has (None: nothing), the median of the six months before.

    `usual` is None where it had no cost in them; `usual_months` counts the months behind it. Minor units.
    """

    place: str
    month: int
    currency: str
    amount: int | None
    usual: int | None
    usual_months: int
    line: int | None

    @property
    def label(self) -> str:
        """`Onboarding, Jun 2015`."""
        return f"{self.place}, {short_month(self.month)}"


def load(cursor: Cursor, source: str) -> tuple[PlaceMonth, ...]:
    """Every place of the file's months and of those before, the largest first."""
    rows = cursor.execute(statements.staging("20_places"), {"source": source}).fetchall()
    teams = dict(cursor.execute("select team, name from live_team").fetchall())
    return tuple(PlaceMonth(teams.get(place, place), *rest) for place, *rest in rows)


def unusual(places: Sequence[PlaceMonth]) -> list[Issue]:
    """Places whose cost is far from usual, has the other sign, or is not there: told, never refused."""
    known = [one for one in places if one.usual is not None and one.usual_months >= _ENOUGH_MONTHS]
    large = max((abs(one.amount or one.usual or 0) for one in known), default=0) // _SMALL
    worth = [one for one in known if abs((one.amount or 0) - (one.usual or 0)) > large]
    found: list[Issue] = []
    for code, holds, told in _KINDS:
        those = [one for one in worth if holds(one.amount, one.usual or 0)]
        if those:
            found.append(_told(code, told, those))
    return found


def _told(code: str, told: str, those: Sequence[PlaceMonth]) -> Issue:
    those = sorted(those, key=lambda one: -abs((one.amount or 0) - (one.usual or 0)))
    named = "; ".join(map(_beside, those[:_NAMED])) + ("; ..." if len(those) > _NAMED else "")
    return warning(
        code,
        f"{len(those)} {told}: {named}.",
        line=those[0].line,
        column="amount",
        count=len(those),
        fix="Check them before you import.",
    )


def _beside(one: PlaceMonth) -> str:
    usual = f"usually {to_decimal(one.usual or 0, one.currency):,f}"
    if one.amount is None:
        return f"{one.label} ({usual})"
    return f"{one.label} has {to_decimal(one.amount, one.currency):,f} {one.currency} ({usual})"


def _is_outlier(amount: int | None, usual: int) -> bool:
    if amount is None or amount * usual < 0:
        return False
    return abs(amount) > _TIMES * abs(usual) or abs(usual) > _TIMES * abs(amount)


_Holds = Callable[[int | None, int], bool]
_KINDS: tuple[tuple[str, _Holds, str], ...] = (
    (
        "unusual_amount",
        _is_outlier,
        "far from the median of the six months before",
    ),
    (
        "sign_flip",
        lambda amount, usual: amount is not None and amount * usual < 0,
        "with the other sign than in the months before",
    ),
    (
        "missing_place",
        lambda amount, usual: amount is None and usual != 0,
        "without a line, though usual in the months before",
    ),
)
