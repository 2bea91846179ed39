"""How much sooner does a team deliver what waits in its plan when work frees team-weeks, and what for?

A quarter of freed capacity is spent in priorities (rule V14): with W freed team-weeks beside the 13 that a
quarter has, all of the team's work runs (13 + W) ÷ 13 as fast. What was to be delivered D days after the
capacity frees comes D × W ÷ (13 + W) sooner, and never more than W weeks: a quarter frees no more.
Each piece of work is worth its own cost of delay a month for the months that it comes sooner.

What frees capacity is often a shorter flow time: how long work takes from one end to the other. It is a
metric with a baseline and readings like any other, and never money.
"""

from collections.abc import Mapping

from roi.domain.delay import DAYS_A_MONTH
from roi.domain.money import SHARE_WHOLE
from roi.domain.outcomes import DOWN

DAYS_A_QUARTER = 3 * DAYS_A_MONTH
DAYS_A_WEEK = 7
_TIMES = frozenset("minute minutes hour hours day days week weeks month months".split())


def is_flow_time(unit: str, direction: str) -> bool:
    """Whether a metric says how long work takes: its unit is of time (`hours a change`), less is better."""
    first = unit.casefold().split()[:1]
    return direction == DOWN and bool(first) and first[0] in _TIMES


def sooner(days_after: int, milliweeks: int) -> int:
    """How much sooner work is delivered, in parts per million of a month; nought if it is due before.

    Args:
        days_after: days from when the capacity frees to the delivery as it is planned.
        milliweeks: thousandths of team-weeks that a quarter frees.
    """
    freed = milliweeks * DAYS_A_WEEK / 1000
    if days_after <= 0 or freed <= 0:
        return 0
    days = min(freed, days_after * freed / (DAYS_A_QUARTER + freed))
    return round(days / DAYS_A_MONTH * SHARE_WHOLE)


def days_of(months: int) -> int:
    """Parts per million of a month in whole days, half goes up."""
    return int(months * DAYS_A_MONTH / SHARE_WHOLE + 0.5)


def worth(costs: Mapping[str, int], months: Mapping[str, int]) -> dict[str, int]:
    """What each piece of work is worth sooner: its cost of delay a month × its months, half goes up.

    Args:
        costs: cost of delay a month by work, in minor units.
        months: how much sooner it comes, in parts per million of a month; of each work of `costs`.
    """
    return {key: (2 * cost * months[key] + SHARE_WHOLE) // (2 * SHARE_WHOLE) for key, cost in costs.items()}
