"""Rates of return of cash flows: every IRR, the one IRR where it is single, MIRR, holding-period return.

Rates are fractions a year, effective. A rate of return ranks nothing: NPV does.

Source: Brealey, Myers, Allen, Principles of Corporate Finance, chapter 5; Excel IRR, XIRR, MIRR.
"""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import exp, log

import numpy as np

from roi.domain.answers import Answer, no_answer
from roi.domain.cash_flows import Stream, checked, discount_factor

LOWEST_RATE, HIGHEST_RATE = -0.99, 10.0
"""Where rates of return are looked for, both ends left out."""

_STEPS = 1_500
_TOUCHES = 1e-12


def internal_rates(stream: Stream) -> tuple[float, ...]:
    """Every rate between −99 % and 1,000 % a year at which the stream is worth nothing, lowest first.

    Found by the changes of sign on a fine grid, each polished by bisection; a place where the value touches
    zero without crossing it counts too.
    """
    if not (any(amount > 0 for amount in stream.amounts) and any(amount < 0 for amount in stream.amounts)):
        return ()
    points = np.linspace(log(1 + LOWEST_RATE), log(1 + HIGHEST_RATE), _STEPS + 1)
    worth = _scaled_worth(stream)
    curve = _Curve(worth, points.tolist(), worth(points).tolist())
    return tuple(sorted(exp(point) - 1 for point in (*_crossings(curve), *_touches(curve))))


@dataclass(frozen=True, slots=True)
class _Curve:
    """The worth of a stream over log(1+r), and its heights at a grid of points."""

    worth: Callable[[np.ndarray], np.ndarray]
    points: Sequence[float]
    heights: Sequence[float]

    def at(self, point: float) -> float:
        height: float = self.worth(np.array([point])).item()
        return height


def _scaled_worth(stream: Stream) -> Callable[[np.ndarray], np.ndarray]:
    """NPV ÷ the same of all sizes, over log(1+r): between −1 and 1, with the sign of the NPV."""
    flows = [pair for pair in zip(stream.years, stream.amounts, strict=True) if pair[1]]
    size = max(abs(amount) for _, amount in flows)
    years = np.array([pair[0] - flows[0][0] for pair in flows])
    parts = np.array([amount / size for _, amount in flows])

    def worth(points: np.ndarray) -> np.ndarray:
        factors = np.exp(-points[:, None] * years[None, :])
        heights: np.ndarray = factors.dot(parts) / factors.dot(np.abs(parts))
        return heights

    return worth


def _crossings(curve: _Curve) -> list[float]:
    inner = zip(curve.points[1:-1], curve.heights[1:-1], strict=True)
    pairs = zip(pairwise(curve.points), pairwise(curve.heights), strict=True)
    found = [_bisected(curve, low, high) for (low, high), (left, right) in pairs if left * right < 0]
    return [point for point, height in inner if height == 0] + found


def _bisected(curve: _Curve, low: float, high: float) -> float:
    is_rising = curve.at(low) < 0
    for _ in range(60):
        middle = (low + high) / 2
        if (curve.at(middle) < 0) == is_rising:
            low = middle
        else:
            high = middle
    return (low + high) / 2


def _touches(curve: _Curve) -> list[float]:
    """Places between three points of one sign where the value comes down to zero and turns back."""
    found = []
    for place in range(1, len(curve.points) - 1):
        left, middle, right = curve.heights[place - 1 : place + 2]
        has_one_sign = left * middle > 0 and middle * right > 0
        if has_one_sign and abs(middle) <= abs(left) and abs(middle) < abs(right):
            lowest = _lowest(curve, curve.points[place - 1], curve.points[place + 1])
            found += [lowest] if abs(curve.at(lowest)) < _TOUCHES else []
    return found


def _lowest(curve: _Curve, low: float, high: float) -> float:
    for _ in range(80):
        third = (high - low) / 3
        if abs(curve.at(low + third)) <= abs(curve.at(high - third)):
            high -= third
        else:
            low += third
    return (low + high) / 2


def _has_rate_beyond(stream: Stream) -> bool:
    """Is there a further rate where none is looked for? What grows without end, or shrinks, decides the sign.

    Towards −100 % the last flow alone decides, towards ever higher rates the first; a sign at the end of the
    range that is another one crosses zero once more behind it.
    """
    flows = [amount for amount in stream.amounts if amount]
    ends = np.array([log(1 + LOWEST_RATE), log(1 + HIGHEST_RATE)])
    lowest, highest = _scaled_worth(stream)(ends)
    return bool(lowest * flows[-1] < 0 or highest * flows[0] < 0)


def internal_rate_of_return(stream: Stream) -> Answer[float]:
    """The one rate at which the stream is worth nothing, or why there is none to show.

    Several rates are all named, and one is not shown as the one where another lies outside the range that is
    looked through; a stream of less than a year is not made into a yearly figure.
    """
    rates = internal_rates(stream)
    moved = [years for years, amount in zip(stream.years, stream.amounts, strict=True) if amount]
    if not rates:
        return no_answer("no rate between −99 % and 1,000 % a year makes it worth nothing; NPV decides")
    if len(rates) > 1:
        listed = ", ".join(f"{rate:.1%}" for rate in rates).replace("-", "−")
        return no_answer(f"{len(rates)} rates make it worth nothing ({listed}); NPV decides")
    if _has_rate_beyond(stream):
        listed = f"{rates[0]:.1%}".replace("-", "−")
        return no_answer(f"{listed} makes it worth nothing, and so does one out of all reason; NPV decides")
    if moved[-1] - moved[0] < 1:
        return no_answer("its flows span less than a year, which is not made into a yearly figure")
    return Answer(rates[0])


def modified_internal_rate_of_return(
    stream: Stream, finance_rate: float, reinvest_rate: float
) -> Answer[float]:
    """The yearly growth from what was paid, discounted to the first flow, to what was received, at the last.

    Source: Excel MIRR; it is single where IRR is not.
    """
    moved = [years for years, amount in zip(stream.years, stream.amounts, strict=True) if amount]
    if not moved or moved[0] == stream.years[-1]:
        return no_answer("its flows do not lie on two days or more")
    start, end = moved[0], stream.years[-1]
    paid = _moved(stream.paid, start, checked(finance_rate))
    received = _moved(stream.received, end, checked(reinvest_rate))
    if paid <= 0 or received <= 0:
        return no_answer("it needs something paid and something received")
    return Answer(math.pow(received / paid, 1 / (end - start)) - 1)


def _moved(stream: Stream, to: float, rate: float) -> float:
    """What the stream is worth at another moment, in years from the valuation date."""
    pairs = zip(stream.years, stream.amounts, strict=True)
    return sum(amount * discount_factor(rate, years - to) for years, amount in pairs)
