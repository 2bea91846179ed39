"""Why actual cost differs from plan: volume, price and currency, which sum to the difference exactly.

Plan stands at its frozen exchange rate, actual at the month's average; what the rate alone moved is its own
line (rule V5). Source: Horngren, Datar and Rajan, Cost Accounting, chapters 7 and 8 (flexible budgets).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction


@dataclass(frozen=True, slots=True)
class Side:
    """One side of a comparison: money in minor units of the original and of the reporting currency.

    `heads` in parts per million of a head, None where heads say nothing about this cost.
    """

    original: int
    reporting: int
    heads: int | None = None


@dataclass(frozen=True, slots=True)
class Variance:
    """Actual minus plan in minor units of the reporting currency; the parts sum to `total`.

    `volume` is None where heads are not known on both sides; the difference is then all in `price`.
    """

    total: int
    currency: int
    volume: int | None
    price: int


def explain_all(
    parts: Sequence[tuple[Side, Side]], plan_heads: int | None, actual_heads: int | None
) -> Variance:
    """Split actual minus plan into currency, volume and price, for cost in any number of original currencies.

    Currency: actual at its own rate minus actual at the plan's rate, for each original currency; zero when
    the plan has no amount in it, as there is no planned rate then. Volume: heads more or fewer, each at the
    plan's cost per head. Price: the rest, that is what each head that was there cost more or less than
    planned.

    Args:
        parts: plan and actual of each original currency.
        plan_heads: head-months of the plan, parts per million; None where heads are not known.
        actual_heads: the same of actual.
    """
    plan = Side(0, sum(side.reporting for side, _ in parts), plan_heads)
    actual = Side(0, sum(side.reporting for _, side in parts), actual_heads)
    currency = sum(_currency(*pair) for pair in parts)
    volume, total = _volume(plan, actual), actual.reporting - plan.reporting
    return Variance(total, currency, volume, total - currency - (volume or 0))


def _currency(plan: Side, actual: Side) -> int:
    if not plan.original:
        return 0
    at_plan = Fraction(actual.original * plan.reporting, plan.original)
    return actual.reporting - round(at_plan)


def _volume(plan: Side, actual: Side) -> int | None:
    if plan.heads is None or actual.heads is None or not plan.heads:
        return None
    return round(Fraction(plan.reporting * (actual.heads - plan.heads), plan.heads))


def share_of_plan(variance: int, plan: int) -> int | None:
    """The difference as a share of the plan in parts per million; None without a plan."""
    return round(Fraction(variance * 1_000_000, abs(plan))) if plan else None


def cost_per_head(cost: int, heads: int) -> int | None:
    """Cost per full-time equivalent in minor units; None where nobody was counted.

    Args:
        cost: minor units over some months.
        heads: parts per million of a head, averaged over the same months.
    """
    return round(Fraction(cost * 1_000_000, heads)) if heads > 0 else None


def average_month(by_month: Sequence[int]) -> int:
    """Cost of a month, the mean over the months, in minor units; zero for no month."""
    return round(Fraction(sum(by_month), len(by_month))) if by_month else 0


def average_heads(by_month: list[int]) -> int:
    """Full-time equivalents in parts per million, the mean over the months; zero for no month."""
    return round(Fraction(sum(by_month), len(by_month))) if by_month else 0
