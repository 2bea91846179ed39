"""Small drawings of the closed loop: the chance to pay back as twenty dots, the time line of an epic."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from roi.charts.markup import Html, tag
from roi.domain.money import SHARE_WHOLE
from roi.reports.shapes.value import MomentRow
from roi.story import words

_STEP, _RADIUS = 13, 4.6
_WORD = {
    "done": "done",
    "read": "read",
    "due": "due now",
    "overdue": "overdue",
    "to come": "to come",
    "ended": "ended",
}


def chance_strip(chance: int, what: str = "that it pays back") -> Html:
    """Twenty dots in a row, as many filled as the chance says."""
    filled = words.in_twenty(chance)
    marks = [
        tag(
            "circle",
            class_="dot" if place < filled else "dotmiss",
            cx=7 + _STEP * place,
            cy=8,
            r=_RADIUS,
        )
        for place in range(words.TWENTY)
    ]
    width = _STEP * words.TWENTY + 2
    return tag(
        "svg",
        *marks,
        width=width,
        height=16,
        viewBox=f"0 0 {width} 16",
        role="img",
        aria_label=f"{filled} in {words.TWENTY} {what}",
    )


# The time line


def time_line(moments: Sequence[MomentRow], today: date) -> Html | None:
    """Symbols on a line of time; each says its date and state in words beneath. None without a moment.

    Filled = done or read, ring = to come, vermillion ring = overdue. The steps stand evenly, not to scale,
    so that every one can be read; today is marked between them.
    """
    if not moments:
        return None
    ordered = sorted(moments, key=lambda moment: moment.on)
    items = [_moment(moment, today) for moment in ordered]
    here = sum(moment.on <= today for moment in ordered)
    items.insert(here, tag("li", tag("span", f"today, {words.day(today)}"), class_="today"))
    return tag("ol", *items, class_="timeline", tabindex=0, aria_label="Time line")


def _moment(moment: MomentRow, today: date) -> Html:
    late = f", {(today - moment.on).days} days late" if moment.state == "overdue" else ""
    return tag(
        "li",
        tag("i", _SIGN.get(moment.state, ""), aria_hidden="true"),
        tag("b", moment.label),
        tag("span", words.day(moment.on)),
        tag("span", f"{_WORD.get(moment.state, moment.state)}{late}", class_="st"),
        class_=moment.state.replace(" ", "-"),
    )


_SIGN = {"done": "✓", "read": "✓", "overdue": "!", "due": "!", "ended": "■"}


# Promise and result

_WIDTH, _HEIGHT, _EDGE = 190, 20, 7.0
_LEFT, _RIGHT = -SHARE_WHOLE // 4, SHARE_WHOLE * 7 // 4


@dataclass(frozen=True, slots=True)
class Promise:
    """The promised range and what came, as shares of the likely promise (parts per million)."""

    low: int
    high: int
    actual: int | None
    is_confirmed: bool


def promise_strip(promise: Promise, told: str) -> Html:
    """The band, the whole promise dashed, and the dot: filled when confirmed, open when only measured."""
    low, high = (_x(end) for end in sorted((promise.low, promise.high)))
    middle = _HEIGHT / 2
    marks = [
        tag("line", class_="zero", x1=_x(0), x2=_x(0), y1=2, y2=_HEIGHT - 2),
        tag("line", class_="full", x1=_x(SHARE_WHOLE), x2=_x(SHARE_WHOLE), y1=0, y2=_HEIGHT),
        tag("rect", class_="promise", x=low, y=middle - 4, width=max(high - low, 1), height=8),
        tag("path", class_="edge", d=f"M{low} {middle - 5}V{middle + 5}M{high} {middle - 5}V{middle + 5}"),
    ]
    if promise.actual is not None:
        kind = "pt" if promise.is_confirmed else "openpt"
        marks.append(tag("circle", class_=kind, cx=_x(promise.actual), cy=middle, r=4.5))
        if not _LEFT <= promise.actual <= _RIGHT:
            marks.append(_beyond(promise.actual))
    box = f"0 0 {_WIDTH} {_HEIGHT}"
    return tag("svg", *marks, width=_WIDTH, height=_HEIGHT, viewBox=box, role="img", aria_label=told)


def _x(share: int) -> float:
    inside = min(max(share, _LEFT), _RIGHT)
    return round(_EDGE + (_WIDTH - 2 * _EDGE) * (inside - _LEFT) / (_RIGHT - _LEFT), 1)


def _beyond(share: int) -> Html:
    """The mark of a clipped end."""
    is_above = share > _RIGHT
    return tag(
        "text",
        "▸" if is_above else "◂",
        x=_x(share) - 8 if is_above else _x(share) + 8,
        y=_HEIGHT / 2 + 4,
        text_anchor="end" if is_above else "start",
    )
