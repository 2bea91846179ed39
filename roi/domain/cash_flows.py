"""Money that is paid and received over time, and what it is worth on a stated day.

Amounts are minor units of one currency, paid below zero and received above. A rate is a fraction a year,
effective (0.1 is 10 %): dated flows are discounted by actual days ÷ 365, monthly ones by (1+r)^(1/12). The
valuation date is stated, and a flow on it is not discounted; a spreadsheet's NPV() discounts its first flow
by one period and is smaller by (1+r). Cash only: capitalisation and amortisation do not belong here. Nominal
flows go with a nominal rate.

Source: Brealey, Myers, Allen, Principles of Corporate Finance, chapters 2 to 6; Excel XNPV.
"""

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from roi.domain.periods import add_months, short_month

DAYS_A_YEAR = 365
"""Actual/365, the convention of XNPV and XIRR."""


@dataclass(frozen=True, slots=True)
class CashFlow:
    """What was received (above zero) or paid (below zero) on a day, in minor units."""

    on: date
    amount: int


@dataclass(frozen=True, slots=True)
class Stream:
    """Cash flows of one currency in order of time; `years` count from the valuation date, below zero before.

    `places` says where each stands, for people: a day (`2026-09-30`) or a month (`Sep 2026`).
    """

    years: tuple[float, ...]
    amounts: tuple[int, ...]
    places: tuple[str, ...]
    days: tuple[date, ...]

    @property
    def paid(self) -> "Stream":
        """Only what was paid, with its sign turned: a stream of costs."""
        return self._changed([max(-amount, 0) for amount in self.amounts])

    @property
    def received(self) -> "Stream":
        """Only what was received: a stream of benefits."""
        return self._changed([max(amount, 0) for amount in self.amounts])

    @property
    def forward(self) -> "Stream":
        """Only what lies on or after the valuation date: the view for decisions, without sunk cost."""
        return self._changed(
            [amount if year >= 0 else 0 for year, amount in zip(self.years, self.amounts, strict=True)]
        )

    def _changed(self, amounts: Sequence[int]) -> "Stream":
        return Stream(self.years, tuple(amounts), self.places, self.days)


def dated(flows: Iterable[CashFlow], valued_on: date) -> Stream:
    """A stream of dated flows, those of one day added; the valuation date never follows from them."""
    by_day: dict[date, int] = {}
    for flow in flows:
        by_day[flow.on] = by_day.get(flow.on, 0) + flow.amount
    days = tuple(sorted(by_day))
    return Stream(
        tuple((day - valued_on).days / DAYS_A_YEAR for day in days),
        tuple(by_day[day] for day in days),
        tuple(day.isoformat() for day in days),
        days,
    )


def monthly(amounts: Mapping[int, int], valued_in: int) -> Stream:
    """A stream of months (yyyymm → minor units); each month is one twelfth of a year from the next.

    For payback a month's flow counts as complete on the month's last day.
    """
    months = sorted(amounts)
    return Stream(
        tuple(_months_from(valued_in, month) / 12 for month in months),
        tuple(amounts[month] for month in months),
        tuple(short_month(month) for month in months),
        tuple(_last_day(month) for month in months),
    )


def _months_from(first: int, last: int) -> int:
    return (last // 100 - first // 100) * 12 + last % 100 - first % 100


def _last_day(month: int) -> date:
    after = add_months(month, 1)
    return date(after // 100, after % 100, 1) - timedelta(days=1)


def discount_factor(rate: float, years: float) -> float:
    """What 1 that many years after the valuation date is worth on it."""
    return math.pow(1 + rate, -years)


def present_value(stream: Stream, rate: float) -> float:
    """What the stream is worth on its valuation date, in minor units, not rounded yet."""
    rate = checked(rate)
    pairs = zip(stream.years, stream.amounts, strict=True)
    return sum(amount * discount_factor(rate, years) for years, amount in pairs)


def checked(rate: float) -> float:
    """The rate itself.

    Raises:
        ValueError: a rate of −100 % or less.
    """
    if rate <= -1:
        message = "a rate of −100 % or less discounts nothing"
        raise ValueError(message)
    return rate


def combined(benefits: Stream, costs: Stream) -> Stream:
    """Benefits less costs of the same valuation date, as one stream."""
    by_place: dict[tuple[float, date, str], int] = {}
    for stream, sign in ((benefits, 1), (costs, -1)):
        for years, day, place, amount in zip(
            stream.years, stream.days, stream.places, stream.amounts, strict=True
        ):
            key = (years, day, place)
            by_place[key] = by_place.get(key, 0) + sign * amount
    keys = sorted(by_place)
    return Stream(
        tuple(key[0] for key in keys),
        tuple(by_place[key] for key in keys),
        tuple(key[2] for key in keys),
        tuple(key[1] for key in keys),
    )
