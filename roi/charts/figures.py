"""Chart specs drawn with plotly graph objects (never plotly.express: 1 ms against 25 ms a figure)."""

from collections.abc import Callable, Sequence

import plotly.graph_objects as go

from roi.charts.spec import Bar, ChartSpec, Role
from roi.domain.money import MINOR_DIGITS

PALETTE = {
    Role.COST: "#8592A4",
    Role.VALUE: "#0072B2",
    Role.NET: "#56657A",
    Role.SUSPENSE: "#8592A4",
    Role.APART: "#0072B2",
    Role.EXPECTED: "#0072B2",
    Role.IF_LANDS: "#56657A",
}
OUTLINED = frozenset({Role.SUSPENSE, Role.APART})
HATCHED = frozenset({Role.EXPECTED, Role.IF_LANDS})
"""Expected money: never filled, so that nobody takes it for confirmed."""

FONT = {"family": "Source Sans, Source Sans Pro, sans-serif", "size": 14, "color": "#5F6C80"}
_CLEAR = "rgba(0,0,0,0)"
_ROOM, _LETTER, _SMALL_LETTER = 12, 8, 6
_NARROW, _GAP = 130, 8
_NEAR = 0.15
_AXIS = {
    "showgrid": False,
    "zeroline": False,
    "fixedrange": True,
    "automargin": True,
    "ticks": "",
    "title": {"standoff": 15},
}
TEMPLATE = go.layout.Template(
    layout={
        "paper_bgcolor": _CLEAR,
        "plot_bgcolor": _CLEAR,
        "font": FONT,
        "showlegend": False,
        "dragmode": False,
        "bargap": 0.38,
        "margin": {"l": 8, "r": 8, "t": 8, "b": 8},
        "autotypenumbers": "strict",
        "hovermode": "closest",
        "hoverlabel": {"align": "left", "font": {"family": FONT["family"], "size": 13}},
        "xaxis": _AXIS,
        "yaxis": _AXIS,
    }
)
"""The template `roi`: transparent, no grid, no legend, fixed ranges, labels on the marks.

Made once, and whole: mixed with plotly's own for each figure it took ten times as long as the figure.
"""

CHOSEN = {"selected": {"marker": {"opacity": 1}}, "unselected": {"marker": {"opacity": 1}}}
"""A mark that is clicked leads on; the others do not fade meanwhile."""

CONFIG = {"displayModeBar": False, "responsive": True}


def render(spec: ChartSpec) -> go.Figure:
    """The figure of a spec, in the look of every chart here."""
    figure = _KINDS[spec.kind](spec)
    figure.layout.template = TEMPLATE
    return figure


def _marker(bars: tuple[Bar, ...]) -> dict[str, object]:
    fills = [_CLEAR if bar.role in OUTLINED else PALETTE[bar.role] for bar in bars]
    lines = [PALETTE[bar.role] for bar in bars]
    marker = {"color": fills, "line": {"color": lines, "width": 1.5}, "cornerradius": 0}
    if not any(bar.role in HATCHED for bar in bars):
        return marker
    pattern = {
        "shape": ["/" if bar.role in HATCHED else "" for bar in bars],
        "fgcolor": lines,
        "bgcolor": [_CLEAR if bar.role in HATCHED | OUTLINED else PALETTE[bar.role] for bar in bars],
        "size": 6,
        "solidity": 0.28,
        "fillmode": "replace",
    }
    return {**marker, "pattern": pattern}


def _major(minor: int, currency: str) -> float:
    return float(minor / 10 ** MINOR_DIGITS[currency])


def _bridge(spec: ChartSpec) -> go.Figure:
    """Horizontal bars from cost to net; connectors between the steps, a line at zero."""
    bars, code = spec.bars, spec.currency
    starts = [_major(min(bar.start, bar.end), code) for bar in bars]
    widths = [_major(abs(bar.end - bar.start), code) for bar in bars]
    rows = list(range(len(bars)))
    trace = {
        "type": "bar",
        "orientation": "h",
        "y": rows,
        "x": widths,
        "base": starts,
        "marker": _marker(bars),
        **CHOSEN,
        "hovertext": [plain(bar.hover or f"{bar.label}: {bar.printed}") for bar in bars],
        "hoverinfo": "text",
    }
    low, high = min([*starts, 0.0]), max([0.0, *(s + w for s, w in zip(starts, widths, strict=True))])
    span = high - low or 1.0
    right = max(_room(bar) for bar in bars)
    left = max(_overflow(bar, low, span, code) for bar in bars)
    layout = {
        "height": 44 * len(bars) + 26,
        "shapes": [*_connectors(spec), _zero(len(bars))],
        "annotations": [_label(bar, i, code, span) for i, bar in enumerate(bars)],
        "xaxis": {"visible": False, "range": [low, high] if high > low else [0, 1]},
        "margin": {"r": right},
        "yaxis": {
            "autorange": "reversed",
            "tickmode": "array",
            "tickvals": rows,
            "ticktext": [wrapped(bar.label) for bar in bars],
            "ticks": "",
            "ticklabelstandoff": max(left, _GAP),
        },
    }
    return go.Figure(data=[trace], layout=layout)


def _room(bar: Bar) -> int:
    """What the printed words of a bar need, in pixels."""
    return max(_LETTER * len(bar.printed), _SMALL_LETTER * len(bar.under)) + _ROOM


def _overflow(bar: Bar, low: float, span: float, currency: str) -> int:
    """How far words to the left of a bar reach beyond the axis, on a screen of a phone's width."""
    if not _is_left(bar, currency, span):
        return 0
    start = _major(min(bar.start, bar.end), currency)
    return max(_room(bar) - round((start - low) / span * _NARROW), 0)


def wrapped(label: str, width: int = 20) -> str:
    """The label in lines of about `width` letters, for an axis."""
    lines = [""]
    for word in label.split():
        if lines[-1] and len(lines[-1]) + len(word) >= width:
            lines.append(word)
        else:
            lines[-1] = f"{lines[-1]} {word}".strip()
    return "<br>".join(plain(line) for line in lines)


def plain(label: str) -> str:
    """The label with what plotly would read as markup taken as text."""
    return label.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _label(bar: Bar, row: int, currency: str, width: float) -> dict[str, object]:
    """The printed number at the free end of its bar, away from the zero line."""
    left, right = sorted((_major(bar.start, currency), _major(bar.end, currency)))
    at_left = _is_left(bar, currency, width)
    words = f"<b>{plain(bar.printed)}</b>" if bar.is_total else plain(bar.printed)
    small = f'<br><span style="font-size:12px">{plain(bar.under)}</span>' if bar.under else ""
    return {
        "x": left if at_left else right,
        "y": row,
        "text": f"{words}{small}",
        "align": "right" if at_left else "left",
        "xanchor": "right" if at_left else "left",
        "xshift": -7 if at_left else 7,
        "showarrow": False,
    }


def _is_left(bar: Bar, currency: str, width: float) -> bool:
    """Whether the words stand to the left: of a total below zero, and of steps that end near zero."""
    left, right = sorted((_major(bar.start, currency), _major(bar.end, currency)))
    return left < 0 and (bar.is_total or (bar.start != 0 and -_NEAR * width < right))


def _connectors(spec: ChartSpec) -> list[dict[str, object]]:
    """From the end of each step to the next, as far as the total; what stands apart is not connected."""
    last = max((i for i, bar in enumerate(spec.bars) if bar.is_total), default=0)
    ends = [_major(bar.end, spec.currency) for bar in spec.bars[:last]]
    return [_line(x, row + 0.31, x, row + 0.69, PALETTE[Role.COST]) for row, x in enumerate(ends)]


def _zero(rows: int) -> dict[str, object]:
    return _line(0, -0.5, 0, rows - 0.5, "#7C899C")


def _line(x0: float, y0: float, x1: float, y1: float, color: str) -> dict[str, object]:
    line = {"color": color, "width": 1}
    return {"type": "line", "x0": x0, "y0": y0, "x1": x1, "y1": y1, "line": line}


def _columns(spec: ChartSpec) -> go.Figure:
    """Columns by month from zero; the printed labels stand on the columns that have one."""
    bars, code = spec.bars, spec.currency
    trace = {
        "type": "bar",
        "x": list(range(len(bars))),
        "y": [_major(bar.end, code) for bar in bars],
        "text": [plain(bar.printed) for bar in bars],
        "textposition": "outside",
        "textangle": 0,
        "cliponaxis": False,
        "constraintext": "none",
        "marker": _marker(bars),
        **CHOSEN,
        "hovertext": [plain(bar.hover or f"{bar.label}: {bar.printed}") for bar in bars],
        "hoverinfo": "text",
    }
    has_plan = any(bar.beside is not None for bar in bars)
    layout = {
        "height": 250,
        "barmode": "overlay",
        "shapes": [_across_zero()],
        "xaxis": {
            "tickmode": "array",
            "tickvals": list(range(len(bars))),
            "ticktext": [plain(bar.label).replace("\n", "<br>") for bar in bars],
            "ticks": "",
            "tickangle": 0,
            "range": [-0.5, max(len(bars), _ROOM) - 0.5],
        },
        "yaxis": {"visible": False, "rangemode": "tozero"},
        "margin": {"t": 26},
    }
    return go.Figure(data=[trace, _planned(bars, code)] if has_plan else [trace], layout=layout)


def _planned(bars: Sequence[Bar], code: str) -> dict[str, object]:
    """The plan of each month as an outline."""
    return {
        "type": "bar",
        "x": list(range(len(bars))),
        "y": [None if bar.beside is None else _major(bar.beside, code) for bar in bars],
        "marker": {"color": _CLEAR, "line": {"color": PALETTE[Role.NET], "width": 1.5}},
        "width": 0.86,
        **CHOSEN,
        "hoverinfo": "skip",
    }


_ROOM = 6
"""A column is at most a sixth of the chart wide: one alone filled half a page."""


def _across_zero() -> dict[str, object]:
    return {**_line(0, 0, 1, 0, "#7C899C"), "xref": "paper"}


_KINDS: dict[str, Callable[[ChartSpec], go.Figure]] = {"bridge": _bridge, "columns": _columns}
