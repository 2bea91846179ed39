"""How good are our promises: what was promised against what came, on one scale."""

from collections.abc import Collection, Sequence

from roi.charts.curves import Dot, DotsSpec
from roi.domain.money import SHARE_WHOLE
from roi.reports.shapes.value import PromiseRow
from roi.story import words

MOST_DOTS, MOST_NAMES = 60, 3
_FURTHEST = 2 * SHARE_WHOLE


def calibration(farthest: Sequence[PromiseRow], shown: Collection[str] | None = None) -> DotsSpec | None:
    """One dot a read outcome: promised change across, actual change up, both of where the metric stood.

    A metric that stood at zero has no such share and is left out; of more than sixty those farthest from
    the line are shown. The three farthest are named. None before two are read.

    Args:
        farthest: promises with their changes, those farthest from the line first.
        shown: the outcomes that are looked at; None: all.
    """
    placed = farthest if shown is None else [one for one in farthest if one.outcome in shown]
    if len(placed) < 2:
        return None
    dots = tuple(_dot(one, is_named=place < MOST_NAMES) for place, one in enumerate(placed[:MOST_DOTS]))
    ends = [end for dot in dots for end in (dot.x, dot.y)]
    low, high = max(min(0, *ends), -_FURTHEST), min(max(ends), _FURTHEST)
    less = sum(dot.y < dot.x for dot in dots)
    left = len(placed) - len(dots)
    more = f"; {left} nearer to the line are left out" if left else ""
    alt = (
        f"{words.counted(len(dots), 'outcome')} with their promised and their actual change: "
        f"{less} lie below the line, so less came than was promised{more}."
    )
    head = ("Outcome", "Promised change", "Actual change", "Confirmed")
    return DotsSpec(alt, dots, (head, *(_row(dot) for dot in dots)), low, high)


def _dot(promise: PromiseRow, *, is_named: bool) -> Dot:
    x, y = promise.changes or (0, 0)
    label = words.sentence(promise.metric)
    told = words.sentence(f"{promise.metric}: promised {words.share(x)}, came {words.share(y)}")
    return Dot(x, y, label, told, promise.is_confirmed, is_named, leads=("epic", "epic", promise.epic))


def _row(dot: Dot) -> tuple[str, ...]:
    return (dot.label, words.share(dot.x), words.share(dot.y), "yes" if dot.is_filled else "not yet")
