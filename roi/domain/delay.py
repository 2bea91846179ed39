"""What does a month of delay cost, and which of two pieces of work should come first?

Cost of delay a month is [V(0) − V(d)] ÷ d with d = one month. Value ends when it would have ended anyway:
what comes later loses the months that it would have had first, and gains none at the end. A steady benefit
loses one of its months each month; a market that closes by itself loses with the square of what is left,
V(d) = V(0) × ((T − d) ÷ T)². Which goes first is Smith's rule: cost of delay over duration, the larger first.

Source: Reinertsen, The Principles of Product Development Flow, chapter 2; Smith 1956 (weighted completion).
"""

from collections.abc import Mapping
from datetime import date
from typing import TypeVar

import numpy as np

from roi.domain.cash_flows import discount_factor
from roi.domain.money import SHARE_WHOLE
from roi.domain.periods import add_months

DAYS_A_MONTH = 30.4375
"""A year of 365.25 days has twelve of them."""

Cost = TypeVar("Cost", float, np.ndarray)

_HUNDREDTH = SHARE_WHOLE // 100


def late(months: Mapping[int, int], by: int = 1) -> dict[int, int]:
    """What is left of a benefit by month (yyyymm) that starts `by` months later and ends when it would."""
    if not months:
        return {}
    first = add_months(min(months), by)
    return {month: amount for month, amount in months.items() if month >= first}


def worth(months: Mapping[int, int], now: int, rate: float) -> int:
    """What the months from `now` on are worth in it, each rounded to minor units.

    `rate` is a fraction a year.
    """
    return sum(
        round(amount * discount_factor(rate, _distance(now, month) / 12))
        for month, amount in months.items()
        if month >= now
    )


def cost_of_delay(months: Mapping[int, int], now: int, rate: float, by: int = 1) -> int:
    """What a month of delay costs, [V(0) − V(by)] ÷ by, in minor units of the month `now`; half goes up.

    Args:
        months: the benefit by month as it comes without a delay.
        now: the month (yyyymm) to whose money it is discounted.
        rate: a fraction a year.
        by: for how many months it is late.
    """
    lost = worth(months, now, rate) - worth(late(months, by), now, rate)
    return (2 * lost + by) // (2 * by)


def months_long(first: date, last: date) -> int:
    """How many months work takes from its first day to its last, parts per million, to the hundredth."""
    return round(((last - first).days + 1) / DAYS_A_MONTH * 100) * _HUNDREDTH


def regret(first: Cost, second: Cost, months: tuple[int, int]) -> Cost:
    """What today's order costs against the other one: above zero, the second should go first (Smith's rule).

    Args:
        first: cost of delay a month of the work that is planned first: a number, or an array of worlds.
        second: the same of the work that is planned after it.
        months: how long the first and the second take, parts per million of a month.

    Returns:
        `second` × the months of the first − `first` × the months of the second.
    """
    long_first, long_second = (part / SHARE_WHOLE for part in months)
    return second * long_first - first * long_second


def _distance(first: int, last: int) -> int:
    return (last // 100 - first // 100) * 12 + last % 100 - first % 100
