"""Ratios, ranges and verdicts: what came back beside what it cost.

Money is minor units of one currency; ratios are parts per million. Nothing here adds what is not cash.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from roi.domain.money import SHARE_WHOLE, largest_remainder
from roi.domain.structure import Verdict

FEWEST_READ = 2
"""Below this many read outcomes it is too early for a verdict (rule V19)."""


class Range(NamedTuple):
    """Low, likely and high of an amount in minor units."""

    low: int
    likely: int
    high: int

    def times(self, count: int) -> "Range":
        """The same amount `count` times."""
        return Range(self.low * count, self.likely * count, self.high * count)


def total(ranges: Iterable[Range]) -> Range:
    """Low ends, likely values and high ends added: a range wider than 8 in 10, never narrower."""
    found = list(ranges)
    return Range(
        sum(part.low for part in found),
        sum(part.likely for part in found),
        sum(part.high for part in found),
    )


def ratio(part: int, whole: int) -> int:
    """`part ÷ whole` in parts per million, half away from zero.

    Raises:
        ValueError: the whole is not above zero; the caller says why there is no ratio.
    """
    if whole <= 0:
        message = "a ratio needs a whole above zero"
        raise ValueError(message)
    size = (abs(part) * SHARE_WHOLE * 2 + whole) // (whole * 2)
    return size if part >= 0 else -size


@dataclass(frozen=True, slots=True)
class Judged:
    """What a verdict is made of; amounts in minor units of one currency.

    `read_cost` is the cost of the epics behind read outcomes, `epic_cost` that of all epics; `low` is the P10
    of confirmed cash (None: nothing confirmed); `best` the P90 of it with all that is still expected
    (None: nobody can tell); `cost` is what it is judged against.
    """

    outcomes_read: int
    read_cost: int
    epic_cost: int
    low: int | None
    best: int | None
    cost: int


def verdict(judged: Judged) -> Verdict:
    """Past break-even, not there yet, too close to call, or too early to say (rule V19).

    It comes from the range, never from the point. Each boundary counts as reached.
    """
    is_thin = judged.outcomes_read < FEWEST_READ or 2 * judged.read_cost < judged.epic_cost
    if is_thin or judged.epic_cost <= 0 or judged.low is None or judged.cost <= 0:
        return Verdict.TOO_EARLY
    if judged.low >= judged.cost:
        return Verdict.PAST_BREAK_EVEN
    if judged.best is not None and judged.best < judged.cost:
        return Verdict.NOT_THERE_YET
    return Verdict.TOO_CLOSE


class Split(NamedTuple):
    """A team's cost of one month over its epics and the rest; the parts sum to it.

    `is_over` says that the planned shares were above the whole team and had to be scaled.
    """

    parts: tuple[int, ...]
    rest: int
    is_over: bool


def split_over_epics(cost: int, planned_shares: Sequence[int]) -> Split:
    """One month of a team's cost by planned shares; what no epic plans is run, unplanned, unassigned (V22).

    Shares above the whole team are scaled to it, because a team cannot cost more than it did, and
    the split says so.
    """
    rest = max(SHARE_WHOLE - sum(planned_shares), 0)
    parts = largest_remainder(cost, [*planned_shares, rest])
    return Split(tuple(parts[:-1]), parts[-1], sum(planned_shares) > SHARE_WHOLE)
