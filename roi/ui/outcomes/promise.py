"""Promise against result: the promised range as a band, the reading as a dot, on a share of the promise."""

from dataclasses import replace
from decimal import Decimal

from roi.charts.markup import Html, tag
from roi.domain import outcomes as told
from roi.domain.money import SHARE_WHOLE
from roi.domain.structure import Outcome
from roi.reports.shapes import OutcomeRow
from roi.story import words

_WIDTH, _HEIGHT, _EDGE = 190, 20, 7.0
PERCENT = frozenset({"%", "percent"})
_LEFT, _RIGHT = -SHARE_WHOLE // 4, SHARE_WHOLE * 7 // 4


def band(outcome: Outcome) -> tuple[int, int] | None:
    """The promised range as shares of the likely promise, parts per million; None without a promise."""
    ends = [told.progress(replace(outcome, actual=end)) for end in (outcome.target_low, outcome.target_high)]
    low, high = ends
    if low is None or high is None:
        return None
    return min(low, high), max(low, high)


def drawing(row: OutcomeRow) -> Html:
    """The band, the whole promise dashed, and the dot: filled when confirmed, open when only measured."""
    found = band(row.outcome)
    if found is None:
        return tag("span", "no change was promised", class_="neu")
    low, high = (_x(end) for end in found)
    middle = _HEIGHT / 2
    marks = [
        tag("line", class_="zero", x1=_x(0), x2=_x(0), y1=2, y2=_HEIGHT - 2),
        tag("line", class_="full", x1=_x(SHARE_WHOLE), x2=_x(SHARE_WHOLE), y1=0, y2=_HEIGHT),
        tag("rect", class_="promise", x=low, y=middle - 4, width=max(high - low, 1), height=8),
        tag("path", class_="edge", d=f"M{low} {middle - 5}V{middle + 5}M{high} {middle - 5}V{middle + 5}"),
    ]
    if row.progress is not None:
        kind = "pt" if row.state == "confirmed" else "openpt"
        marks.append(tag("circle", class_=kind, cx=_x(row.progress), cy=middle, r=4.5))
    return tag(
        "svg",
        *marks,
        width=_WIDTH,
        height=_HEIGHT,
        viewBox=f"0 0 {_WIDTH} {_HEIGHT}",
        role="img",
        aria_label=f"{promised(row.outcome)}; {result(row)}",
    )


def _x(share: int) -> float:
    inside = min(max(share, _LEFT), _RIGHT)
    return round(_EDGE + (_WIDTH - 2 * _EDGE) * (inside - _LEFT) / (_RIGHT - _LEFT), 1)


def level(amount: Decimal, unit: str) -> str:
    """A level of a metric: `62%`, `3.5 days`."""
    shown = f"{amount:,f}"
    shown = (shown.rstrip("0").rstrip(".") if "." in shown else shown).replace("-", words.MINUS)
    if unit in PERCENT:
        return f"{shown}%"
    return f"{shown} {unit}".strip()


def promised(outcome: Outcome) -> str:
    """`from 62% to 80% (72%–85%)`, `from 400 to 250 tickets (200–300)`."""
    return f"from {plain_level(outcome.baseline, outcome.unit)} to {target(outcome)}"


def target(outcome: Outcome) -> str:
    """`80% (72%–85%)`: the likely target and its range, the unit said once."""
    low, high = sorted((outcome.target_low, outcome.target_high))
    likely = level(outcome.target_likely, outcome.unit)
    if low == high:
        return likely
    return f"{likely} ({plain_level(low, outcome.unit)}–{plain_level(high, outcome.unit)})"


def plain_level(amount: Decimal, unit: str) -> str:
    """The level without its unit, except a percent sign."""
    return level(amount, unit if unit in PERCENT else "")


def result(row: OutcomeRow) -> str:
    """`83%, met`, or that it is not read yet."""
    outcome = row.outcome
    if outcome.actual is None:
        return words.NOT_READ
    return f"{level(outcome.actual, outcome.unit)}, {LANDED.get(row.landed, row.landed)}"


def short_result(row: OutcomeRow) -> str:
    """The result for a narrow column: `83%, met`."""
    if row.outcome.actual is None:
        return words.NOT_READ
    return f"{level(row.outcome.actual, row.outcome.unit)}, {SHORT.get(row.landed, row.landed)}"


SHORT = {"met": "met", "partly": "partly", "not": "did not show"}
LANDED = {"met": "met", "partly": "partly", "not": "the expected effect did not show", "": words.NOT_READ}
