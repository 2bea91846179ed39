"""How long does a benefit last: confirmed up to its last confirmed reading, assumed after it (rule V11).

Assumed months fade by half in every half-life and end with the horizon. They are never added to confirmed
ones without being told apart. A renewal at 12 and 24 months, or a live series, moves the last confirmed
month.
"""

import math
from collections.abc import Mapping
from decimal import Decimal
from functools import lru_cache

from roi.domain.money import SHARE_WHOLE
from roi.domain.periods import add_months

_WORSE = Decimal(-1)

HALF_LIFE_MONTHS = 12
"""After this many months half of a benefit is assumed to be left, when nobody said."""

HORIZON_MONTHS = 36
"""A benefit is counted for this many months from its first, when nobody said."""


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
