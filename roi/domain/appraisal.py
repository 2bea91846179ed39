"""Is an investment worth its money: NPV, ROI, BCR and payback of benefits against costs.

Rank by NPV, never by IRR or by ROI. Conventions of time and rate are those of `cash_flows`; units are minor
units of one currency, and fractions.

Source: Brealey, Myers, Allen, Principles of Corporate Finance, chapter 5; published cases `fin-*`.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from math import ceil

from roi.domain.answers import Answer, no_answer
from roi.domain.cash_flows import Stream, checked, combined, discount_factor, present_value
from roi.domain.rates_of_return import internal_rate_of_return, modified_internal_rate_of_return

DEFAULT_RATE = 0.10
"""What is discounted with when nobody said: the convention of Total Economic Impact studies."""


def net_present_value(stream: Stream, rate: float) -> int:
    """What the stream is worth on its valuation date, in minor units, rounded once.

    Raises:
        ValueError: a rate of −100 % or less.
    """
    return round(present_value(stream, rate))


# Ratios


def benefit_cost_ratio(benefits: Stream, costs: Stream, rate: float) -> Answer[float]:
    """Present value of benefits ÷ present value of costs (costs above zero); 1 is break-even."""
    paid = present_value(costs, rate)
    if paid <= 0:
        return no_answer("no cost stands against it, so there is no ratio")
    return Answer(present_value(benefits, rate) / paid)


def return_on_investment(benefits: Stream, costs: Stream, rate: float) -> Answer[float]:
    """(Present value of benefits − that of costs) ÷ that of costs; 0 is break-even. It is the BCR − 1.

    It is for the whole time of the stream and is never made into a yearly figure.
    """
    ratio = benefit_cost_ratio(benefits, costs, rate)
    return ratio if ratio.value is None else Answer(ratio.value - 1)


# Payback


RUN_COST_SHARE = 150_000
"""Run cost of a feature a year as a share of its build cost, where neither plan nor company says (V4)."""


@dataclass(frozen=True, slots=True)
class Payback:
    """The day on which the money is back for good, and how many years after the first flow that is."""

    on: date
    years: float


def payback(stream: Stream) -> Answer[Payback]:
    """When the sum of all flows so far reaches zero and stays there, interpolated between flows.

    What comes in after that day does not count; so it never says whether something is worth doing.
    """
    return _payback(stream, list(stream.amounts))


def discounted_payback(stream: Stream, rate: float) -> Answer[Payback]:
    """The same, each flow discounted first; later than the simple one, or never."""
    rate = checked(rate)
    pairs = zip(stream.years, stream.amounts, strict=True)
    return _payback(stream, [amount * discount_factor(rate, years) for years, amount in pairs])


def _payback(stream: Stream, flows: Sequence[float]) -> Answer[Payback]:
    so_far: list[float] = []
    for flow in flows:
        so_far.append(flow + (so_far[-1] if so_far else 0))
    below = [place for place, whole in enumerate(so_far) if whole < 0]
    if not below:
        return no_answer("nothing had to be paid back")
    last = below[-1]
    if last == len(flows) - 1:
        return no_answer(f"not paid back within the horizon, which ends {stream.places[-1]}")
    start = next(place for place, flow in enumerate(flows) if flow)
    part = -so_far[last] / flows[last + 1]
    before, after = stream.days[last], stream.days[last + 1]
    on = before + timedelta(days=ceil((after - before).days * part))
    years = stream.years[last] + (stream.years[last + 1] - stream.years[last]) * part - stream.years[start]
    return Answer(Payback(on, years))


@dataclass(frozen=True, slots=True)
class Appraisal:
    """All that is shown about one investment, with the rate it was valued at.

    `npv` is minor units; `roi`, `irr` and `mirr` are fractions, `bcr` a ratio.
    """

    rate: float
    npv: int
    roi: Answer[float]
    bcr: Answer[float]
    payback: Answer[Payback]
    discounted_payback: Answer[Payback]
    irr: Answer[float]
    mirr: Answer[float]


def appraise(benefits: Stream, costs: Stream, rate: float = DEFAULT_RATE) -> Appraisal:
    """Appraise benefits against costs (both above zero, one valuation date), MIRR at the same rate."""
    net = combined(benefits, costs)
    return Appraisal(
        rate,
        net_present_value(net, rate),
        return_on_investment(benefits, costs, rate),
        benefit_cost_ratio(benefits, costs, rate),
        payback(net),
        discounted_payback(net, rate),
        internal_rate_of_return(net),
        modified_internal_rate_of_return(net, rate, rate),
    )
