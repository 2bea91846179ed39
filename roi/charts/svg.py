"""Small drawings that stand in a line of text or a cell: likely range, dots of outcomes.

They carry their meaning as text for a screen reader; colours come from the style sheet's classes.
"""

from dataclasses import dataclass

from roi.charts.markup import Html, tag
from roi.domain.money import SHARE_WHOLE

_EDGE = 8.0


@dataclass(frozen=True, slots=True)
class Axis:
    """A scale from 0 that all intervals of a table share; ratios in parts per million."""

    top: int
    width: int = 150
    height: int = 18

    def x(self, ratio: int) -> float:
        """Where a ratio stands; what lies beyond an end stands on it."""
        inside = min(max(ratio, 0), self.top)
        return round(_EDGE + (self.width - 2 * _EDGE) * inside / self.top, 1)


def axis_for(ratios: list[int | None], width: int = 150) -> Axis:
    """An axis that holds these ratios and break-even, ended at a half; at most 5."""
    top = max([SHARE_WHOLE, *(ratio for ratio in ratios if ratio is not None)])
    half = SHARE_WHOLE // 2
    return Axis(min(-(-(top + half // 5) // half) * half, 5 * SHARE_WHOLE), width)


@dataclass(frozen=True, slots=True)
class Range:
    """Low, best estimate and high of a ratio, in parts per million, and what they say in words."""

    low: int
    value: int
    high: int
    told: str


def interval(shown: Range, axis: Axis, *, is_alone: bool = False) -> Html:
    """Dot in a capped bar (8 in 10), break-even dashed; one that stands alone shows its scale's line."""
    middle = axis.height / 2
    left, right = axis.x(shown.low), axis.x(shown.high)
    dot, even = axis.x(shown.value), axis.x(SHARE_WHOLE)
    caps = "".join(f"M{x} {middle - 4}V{middle + 4}" for x in (left, right))
    parts = [
        tag("line", class_="ci", x1=left, x2=right, y1=middle, y2=middle),
        tag("path", class_="cit", d=f"{caps}M{left} {middle}H{right}"),
        tag("line", class_="be", x1=even, x2=even, y1=0, y2=axis.height),
        tag("circle", class_="pt", cx=dot, cy=middle, r=4),
    ]
    if is_alone:
        parts.insert(0, tag("line", class_="axis", x1=0, x2=axis.width, y1=middle, y2=middle))
    if shown.high > axis.top:
        parts.append(tag("text", "▸", x=axis.width - _EDGE + 1, y=middle + 4))
    return _svg(axis.width, axis.height, shown.told, *parts)


def axis_head(axis: Axis, currency_symbol: str) -> Html:
    """The head of a column of intervals: $0, $1, $2."""
    marks = range(0, axis.top + 1, SHARE_WHOLE)
    labels = [
        tag("text", f"{currency_symbol}{mark // SHARE_WHOLE}", x=axis.x(mark), y=11, text_anchor="middle")
        for mark in marks
    ]
    return _svg(axis.width, 14, "", *labels)


def dots(read: int, overdue: int, total: int, both: int = 0) -> Html:
    """One dot an outcome: filled = read, ring = not read; orange around either = its reading is overdue.

    `both` of those that are read are overdue for their next reading.
    """
    again = max(both, read + overdue - total)
    unread = total - read - (overdue - again)
    kinds = ["dot"] * (read - again) + ["dotagain"] * again
    kinds += ["dotover"] * (overdue - again) + ["dotmiss"] * unread
    late = f", {overdue} overdue" if overdue else ""
    late += f" ({again} of them read before)" if again else ""
    if len(kinds) <= _MOST_DOTS:
        return _dots(kinds, f"{read} of {total} read{late}")
    if not overdue:
        return tag("span", f"{read} of {total}")
    kinds_told = (("dotover", overdue - again, "overdue"), ("dotagain", again, "read, overdue again"))
    marks = [tag("span", f", {count} ", _dots([kind], said)) for kind, count, said in kinds_told if count]
    return tag("span", f"{read} of {total}", *marks)


_MOST_DOTS = 8
"""More outcomes are told in numbers, those that are overdue with their ring."""


def _dots(kinds: list[str], told: str) -> Html:
    marks = [tag("circle", class_=kind, cx=6 + 12 * i, cy=7, r=4) for i, kind in enumerate(kinds)]
    return _svg(12 * len(kinds) + 2, 14, told, *marks)


def pair(cost: int, value: int, most: int, width: int = 320) -> Html:
    """Cost over value as two bars from one zero, on a scale that `most` fills; below zero to nothing."""
    bars = [
        tag("rect", class_=kind, x=0, y=y, width=round(width * max(amount, 0) / most, 1), height=6)
        for kind, amount, y in (("barcost", cost, 2), ("barvalue", value, 10))
    ]
    return _svg(width, 18, "", *bars)


def _svg(width: int, height: int, told: str, *parts: Html) -> Html:
    spoken = {"role": "img", "aria_label": told} if told else {"aria_hidden": "true"}
    box = f"0 0 {width} {height}"
    return tag("svg", *parts, width=width, height=height, viewBox=box, **spoken)
