"""How good are our promises: what was promised against what came, on one scale."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import ROUND_HALF_UP, Decimal

from roi.charts.curves import Dot, DotsSpec
from roi.domain.money import SHARE_WHOLE
from roi.reports.shapes_value import PromiseRow
from roi.reports.shapes_work import OutcomeRow
from roi.story import words

MOST_DOTS, MOST_NAMES = 60, 3
_FURTHEST = 2 * SHARE_WHOLE


@dataclass(frozen=True, slots=True)
class _Placed:
    promise: PromiseRow
    epic: str
    x: int
    y: int


def calibration(promises: Sequence[PromiseRow], rows: Mapping[str, OutcomeRow]) -> DotsSpec | None:
    """One dot a read outcome: promised change across, actual change up, both of where the metric stood.

    A metric that stood at zero has no such share and is left out; of more than sixty those farthest from
    the line are shown. The three farthest are named. None before two are read.
    """
    placed = [found for promise in promises if (found := _place(promise, rows.get(promise.outcome)))]
    if len(placed) < 2:
        return None
    placed.sort(key=lambda one: (-abs(one.y - one.x), one.promise.outcome))
    shown = placed[:MOST_DOTS]
    dots = tuple(replace(_dot(one), is_named=place < MOST_NAMES) for place, one in enumerate(shown))
    ends = [end for dot in dots for end in (dot.x, dot.y)]
    low, high = max(min(0, *ends), -_FURTHEST), min(max(ends), _FURTHEST)
    less = sum(dot.y < dot.x for dot in dots)
    left = len(placed) - len(shown)
    more = f"; {left} nearer to the line are left out" if left else ""
    alt = (
        f"{words.counted(len(dots), 'outcome')} with their promised and their actual change: "
        f"{less} lie below the line, so less came than was promised{more}."
    )
    head = ("Outcome", "Promised change", "Actual change", "Confirmed")
    return DotsSpec(alt, dots, (head, *(_row(dot) for dot in dots)), low, high)


def _place(promise: PromiseRow, row: OutcomeRow | None) -> _Placed | None:
    """Where a promise stands; `actual` counts in shares of the promised change, as it was frozen."""
    if row is None or promise.actual is None or row.outcome.baseline == 0:
        return None
    change = abs(row.outcome.target_likely - row.outcome.baseline) / abs(row.outcome.baseline)
    x = int((change * SHARE_WHOLE).to_integral_value(ROUND_HALF_UP))
    y = int((change * Decimal(promise.actual)).to_integral_value(ROUND_HALF_UP))
    return _Placed(promise, row.outcome.epic, x, y)


def _dot(one: _Placed) -> Dot:
    promised, came = words.share(one.x), words.share(one.y)
    told = words.sentence(f"{one.promise.metric}: promised {promised}, came {came}")
    leads = ("epic", "epic", one.epic)
    label = words.sentence(one.promise.metric)
    return Dot(one.x, one.y, label, told, one.promise.is_confirmed, leads=leads)


def _row(dot: Dot) -> tuple[str, ...]:
    return (dot.label, words.share(dot.x), words.share(dot.y), "yes" if dot.is_filled else "not yet")
