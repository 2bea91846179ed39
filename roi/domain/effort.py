"""How a team's work divides over its epics, month by month: item-days of active work (rule V3), never points.

An item-day is one item in an active state for one calendar day; the day it starts and the day it ends both
count, so an item that is finished on the day it was started has worked one day. Source: `methods.md`, section
3.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from roi.domain.periods import add_months, month_of

EffortKey = tuple[str, str, int]
"""Team, epic ("": run and unplanned work, which is a row of its own), month (yyyymm)."""

DaySpan = tuple[date, date]
"""First and last day of an active state, both included."""


class EffortBasis(StrEnum):
    """What the split of a team's work rests on; each figure that uses it says so."""

    ITEM_DAYS = "item_days"
    ITEM_COUNT = "item_count"


@dataclass(frozen=True, slots=True)
class WorkItem:
    """One item of work: whose it is, its epic ("": none), the days it was active, the day it was finished.

    `spans` is empty when nobody knows when work on it started; spans may overlap, a day counts once.
    """

    team: str
    epic: str
    spans: tuple[DaySpan, ...] = ()
    finished: date | None = None


@dataclass(frozen=True, slots=True)
class Coverage:
    """How many of a team's items were worked on or finished, and for how many of them the days are known."""

    items: int
    dated: int


@dataclass(frozen=True, slots=True)
class Effort:
    """What was worked for each team, epic and month, and what that rests on for each team.

    Amounts are item-days where the team's basis is `item_days`, finished items where it is `item_count`: they
    are compared within a team only, never added over teams.
    """

    amounts: Mapping[EffortKey, int]
    basis: Mapping[str, EffortBasis]
    coverage: Mapping[str, Coverage]


def item_days(items: Iterable[WorkItem]) -> dict[EffortKey, int]:
    """The days that items were active, by team, epic and month; items whose days are unknown add none."""
    days: Counter[EffortKey] = Counter()
    for item in items:
        for first, last in _union(item.spans):
            for month, count in _months(first, last):
                days[item.team, item.epic, month] += count
    return dict(days)


def item_counts(items: Iterable[WorkItem]) -> dict[EffortKey, int]:
    """The items that were finished, by team, epic and month: the fallback where days are not known."""
    return dict(Counter((item.team, item.epic, month_of(item.finished)) for item in items if item.finished))


def effort(items: Iterable[WorkItem]) -> Effort:
    """The split of each team's work, on the better basis that its items allow.

    A team is counted in item-days when the days of at least half of its items are known, else in finished
    items: a few dated items would otherwise stand for all the others. Finished items without days then add
    the one day on which they were finished, so that none is worth nothing.
    """
    by_team: dict[str, list[WorkItem]] = defaultdict(list)
    for item in items:
        if item.spans or item.finished:
            by_team[item.team].append(item)
    amounts: dict[EffortKey, int] = {}
    basis: dict[str, EffortBasis] = {}
    coverage: dict[str, Coverage] = {}
    for team, own in by_team.items():
        coverage[team] = Coverage(len(own), sum(1 for item in own if item.spans))
        basis[team] = _basis(coverage[team])
        amounts |= item_counts(own) if basis[team] is EffortBasis.ITEM_COUNT else item_days(_each_dated(own))
    return Effort(amounts, basis, coverage)


def _basis(coverage: Coverage) -> EffortBasis:
    return EffortBasis.ITEM_DAYS if coverage.dated * 2 >= coverage.items else EffortBasis.ITEM_COUNT


def _each_dated(items: Iterable[WorkItem]) -> Iterator[WorkItem]:
    for item in items:
        if item.spans or item.finished is None:
            yield item
        else:
            yield WorkItem(item.team, item.epic, ((item.finished, item.finished),), item.finished)


def _union(spans: Sequence[DaySpan]) -> list[DaySpan]:
    """The same days as spans that do not overlap; a span that ends before it starts holds no day."""
    merged: list[DaySpan] = []
    for first, last in sorted(span for span in spans if span[0] <= span[1]):
        if merged and first <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(merged[-1][1], last))
        else:
            merged.append((first, last))
    return merged


def _months(first: date, last: date) -> Iterator[tuple[int, int]]:
    """The months of a span with the number of its days in each."""
    while first <= last:
        following = add_months(month_of(first), 1)
        end = min(last, date(following // 100, following % 100, 1) - timedelta(days=1))
        yield month_of(first), (end - first).days + 1
        first = end + timedelta(days=1)
