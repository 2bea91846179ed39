"""How long does a benefit last: confirmed up to its last confirmed reading, assumed after it (rule V11).

Assumed months fade by half in every half-life and end with the horizon. They are never added to confirmed
ones without being told apart. A renewal at 12 and 24 months, or a live series, moves the last confirmed
month.
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from roi.domain.money import SHARE_WHOLE
from roi.domain.periods import Span, add_months, months_between

_WORSE = Decimal(-1)

HALF_LIFE_MONTHS = 12
"""After this many months half of a benefit is assumed to be left, when nobody said."""

HORIZON_MONTHS = 36
"""A benefit is counted for this many months from its first, when nobody said."""


@dataclass(frozen=True, slots=True)
class BenefitMonth:
    """One month of a benefit in minor units, and whether it is only assumed to persist."""

    month: int
    amount: int
    is_assumed: bool


@lru_cache(maxsize=4096)
def persisting_share(months_after: int, half_life: int | None = HALF_LIFE_MONTHS) -> int:
    """What is left of a benefit that many months after its last confirmed month, in parts per million.

    Half is left after each half-life; with None nothing fades.

    Raises:
        ValueError: a half-life of nothing or less.
    """
    if half_life is not None and half_life <= 0:
        message = "a half-life is longer than nothing"
        raise ValueError(message)
    if half_life is None or months_after <= 0:
        return SHARE_WHOLE
    return round(SHARE_WHOLE * math.pow(0.5, months_after / half_life))


def benefit_by_month(
    per_month: int,
    span: Span,
    confirmed_to: int | None,
    half_life: int | None = HALF_LIFE_MONTHS,
) -> tuple[BenefitMonth, ...]:
    """A benefit month by month over its life: confirmed as it was read, then assumed and fading.

    Args:
        per_month: minor units of one month at the level that was read.
        span: from the first month of the benefit to the end of its horizon.
        confirmed_to: the month of the last confirmed reading; None when nothing is confirmed.
        half_life: months; None when it is said not to fade.

    Returns:
        One row per month of the span.
    """
    last = confirmed_to if confirmed_to is not None else _month_before(span.first)
    rows = []
    for month in span.months:
        after = len(months_between(last, month)) - 1
        share = persisting_share(after, half_life)
        rows.append(BenefitMonth(month, _share_of(per_month, share), is_assumed=month > last))
    return tuple(rows)


def upheld_to(confirmed_to: int, beyond: Mapping[int, Decimal], at_most: int | None = None) -> int:
    """The last month that a live series confirms at the level that was confirmed (rule V11).

    Months count one after the other from the confirmed one, as long as each has a point that is at least as
    good; a month without one, or with a worse one, ends it, because nobody knows what came after.

    Args:
        confirmed_to: the last month that the reading itself confirms.
        beyond: by month, how far the series lies beyond the confirmed level in the good direction.
        at_most: nothing is confirmed after this month: a tick ends, or a newer reading is not confirmed.
    """
    last = confirmed_to
    while beyond.get(add_months(last, 1), _WORSE) >= 0 and (at_most is None or last < at_most):
        last = add_months(last, 1)
    return last


def _month_before(month: int) -> int:
    return month - 1 if month % 100 > 1 else month - 89


def _share_of(amount: int, share: int) -> int:
    """A share of an amount, half away from zero."""
    size = (2 * abs(amount) * share + SHARE_WHOLE) // (2 * SHARE_WHOLE)
    return size if amount >= 0 else -size


def confirmed(rows: tuple[BenefitMonth, ...]) -> int:
    """The months that finance stands behind."""
    return sum(row.amount for row in rows if not row.is_assumed)


def assumed(rows: tuple[BenefitMonth, ...]) -> int:
    """The months that are assumed to persist."""
    return sum(row.amount for row in rows if row.is_assumed)
