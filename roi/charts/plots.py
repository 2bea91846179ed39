"""Curves and dots drawn with plotly graph objects, in the same look as every other chart."""

import plotly.graph_objects as go

from roi.charts.curves import CurveSpec, Dot, DotsSpec, Step
from roi.charts.figures import CHOSEN, FONT, PALETTE, TEMPLATE, plain, wrapped
from roi.charts.spec import Role
from roi.domain.money import MINOR_DIGITS, SHARE_WHOLE

_VALUE, _NET, _LINE = PALETTE[Role.VALUE], PALETTE[Role.NET], "#7C899C"
_BAND = "rgba(0, 114, 178, 0.32)"
_CLEAR = "rgba(0,0,0,0)"
_NOTE = {**FONT, "size": 12}
_LETTER, _LINE_HIGH, _APART = 7, 16, 9
"""How wide and high a small letter is, and how far words stand from their mark, in pixels."""


def render(spec: CurveSpec | DotsSpec) -> go.Figure:
    """The figure of a curve or of dots."""
    figure = _curve(spec) if isinstance(spec, CurveSpec) else _dots(spec)
    figure.layout.template = TEMPLATE
    return figure


# Cumulative cash


def _curve(spec: CurveSpec) -> go.Figure:
    """From nothing spent to the horizon: solid for what happened, dashed in its band for what is assumed."""
    past = sum(step.is_past for step in spec.steps)
    start = Step("start", 0, 0, 0, is_past=True, told="Before the first cost: 0")
    steps = [start, *spec.steps]
    ahead = list(range(past, len(steps)))
    traces = [
        _ends(spec, steps, ahead, is_low=True),
        _ends(spec, steps, ahead, is_low=False),
        _path(spec, steps, list(range(past + 1)), _NET, "solid"),
        _path(spec, steps, ahead, _VALUE, "dash"),
    ]
    if past + 1 < len(steps):
        traces.append(_marks(spec, steps[past], past))
    ticks = _ticks(len(steps))
    layout = {
        "height": 270,
        "shapes": [_across(0)],
        "annotations": _said(spec, len(steps) - 1),
        "xaxis": {
            "tickmode": "array",
            "tickvals": ticks,
            "ticktext": [plain(steps[place].label) for place in ticks],
            "ticks": "",
            "tickangle": 0,
            "tickfont": {"size": 12},
            "range": [0, len(steps) - 1],
        },
        "yaxis": {"visible": False},
        "margin": {"r": max(96, _LETTER * len(spec.end[1])), "t": 22, "l": 20},
    }
    return go.Figure(data=traces, layout=layout)


def _ticks(count: int) -> list[int]:
    """At most four labels: the start, the end, and what lies evenly between."""
    stride = max(1, -(-(count - 1) // 3))
    places = list(range(0, count - 1, stride))
    if places and count - 1 - places[-1] < stride / 2 and len(places) > 1:
        places.pop()
    return [*places, count - 1]


def _major(minor: int, currency: str) -> float:
    return float(minor / 10 ** MINOR_DIGITS[currency])


def _path(spec: CurveSpec, steps: list[Step], places: list[int], color: str, dash: str) -> dict[str, object]:
    return {
        "type": "scatter",
        "mode": "lines+markers",
        "x": places,
        "y": [_major(steps[place].value, spec.currency) for place in places],
        "line": {"color": color, "width": 2.5, "dash": dash},
        "marker": {"size": 12, "color": color, "opacity": 0},
        "selected": _UNSEEN,
        "unselected": _UNSEEN,
        "hovertext": [steps[place].told for place in places],
        "hoverinfo": "text",
    }


_UNSEEN = {"marker": {"opacity": 0}}
"""A line can be clicked only where it has marks; these are not seen."""


def _ends(spec: CurveSpec, steps: list[Step], places: list[int], *, is_low: bool) -> dict[str, object]:
    """One end of the band; the upper one fills down to the lower with a hatch."""
    ends = [steps[place].low if is_low else steps[place].high for place in places]
    if places:
        ends[0] = steps[places[0]].value
    fill = {} if is_low else {"fill": "tonexty", "fillcolor": _BAND, "fillpattern": _HATCH}
    return {
        "type": "scatter",
        "mode": "lines",
        "x": places,
        "y": [_major(end, spec.currency) for end in ends],
        "line": {"color": _BAND, "width": 1},
        "hoverinfo": "skip",
        **fill,
    }


_HATCH = {
    "shape": "/",
    "fgcolor": _VALUE,
    "bgcolor": _CLEAR,
    "size": 7,
    "solidity": 0.12,
    "fillmode": "replace",
}


def _marks(spec: CurveSpec, step: Step, place: int) -> dict[str, object]:
    """Where what happened ends."""
    return {
        "type": "scatter",
        "mode": "markers",
        "x": [place],
        "y": [_major(step.value, spec.currency)],
        "marker": {"color": _NET, "size": 8},
        **CHOSEN,
        "hovertext": [step.told],
        "hoverinfo": "text",
    }


def _said(spec: CurveSpec, end: int) -> list[dict[str, object]]:
    amount, ends = spec.end
    last = _major(spec.steps[-1].value, spec.currency)
    said = [
        {
            **_text(
                f"<b>{plain(amount)}</b><br><span style='font-size:12px'>{plain(ends)}</span>", end, last
            ),
            "xanchor": "left",
            "align": "left",
            "xshift": 6,
        }
    ]
    if spec.crossing is not None:
        place, told = spec.crossing
        said.append({**_text(plain(told), place, 0), **_side(spec, place, told)})
        said.append({**_text("●", place, 0), "font": {"color": _VALUE, "size": 12}})
    return said


_EARLY = 0.45
_BEFORE = {"xanchor": "right", "yshift": 13, "xshift": -4}
_AFTER = {"xanchor": "left", "yshift": -13, "xshift": 6}
_NARROW, _HIGH, _MARGIN = 186, 190, 20
"""How wide a curve is drawn on a phone and how high everywhere, and what lies left of it, in pixels."""


def _side(spec: CurveSpec, place: float, told: str) -> dict[str, object]:
    """Where the day of payback covers nothing: before the line, under it, or above the band with a leader."""
    count = len(spec.steps)
    span = (_LETTER * len(told) + _APART) * count / _NARROW
    before = max(_reached(spec, place - span, place, is_low=False), default=0) <= 0
    after = min(_reached(spec, place, place + span, is_low=True), default=0) >= 0
    early = place <= count * _EARLY
    if after and (early or not before):
        return _AFTER
    if before and not early:
        return _BEFORE
    ends = [end for step in spec.steps for end in (step.low, step.high, step.value)]
    top = max(_reached(spec, 0, place + 1, is_low=False), default=0)
    pixels = _HIGH * top / max(max(ends) - min(*ends, 0), 1)
    leader = {"showarrow": True, "arrowhead": 0, "arrowwidth": 1, "arrowcolor": _LINE}
    ahead = _MARGIN + _NARROW * place / count  # on a phone the day needs more room than lies before the line
    aside = max(round((_LETTER - 1) * len(told) + _APART - ahead), 0)
    return {**leader, "xanchor": "right", "ax": aside, "ay": -round(pixels) - _LINE_HIGH - _APART}


def _reached(spec: CurveSpec, first: float, last: float, *, is_low: bool) -> list[int]:
    """The lower or upper ends of the band, of the past the line itself, from one place to another."""
    steps = [step for at, step in enumerate(spec.steps, start=1) if first <= at <= last]
    return [step.value if step.is_past else step.low if is_low else step.high for step in steps]


def _text(text: str, x: float, y: float) -> dict[str, object]:
    return {"x": x, "y": y, "text": text, "showarrow": False}


def _across(y: float) -> dict[str, object]:
    line = {"color": _LINE, "width": 1}
    return {
        "type": "line",
        "xref": "paper",
        "x0": 0,
        "x1": 1,
        "y0": y,
        "y1": y,
        "line": line,
        "layer": "below",
    }


# Promised against actual


def _dots(spec: DotsSpec) -> go.Figure:
    """Dots on a square: filled = confirmed, open = only measured; the line is as much as promised."""
    room = _room(spec)
    low, high = (spec.low - room) / SHARE_WHOLE, (spec.high + room) / SHARE_WHOLE
    inside = [_inside(dot, spec) for dot in spec.dots]
    trace = {
        "type": "scatter",
        "mode": "markers",
        "x": [x for x, _ in inside],
        "y": [y for _, y in inside],
        "marker": {
            "size": 10,
            "color": [_VALUE if dot.is_filled else _CLEAR for dot in spec.dots],
            "line": {"color": _VALUE, "width": 2},
        },
        **CHOSEN,
        "hovertext": [plain(dot.told) for dot in spec.dots],
        "hoverinfo": "text",
        "cliponaxis": False,
    }
    axis = {"range": [low, high], "tickformat": ".0%", "nticks": 5, "ticks": "", "title": {"standoff": 6}}
    layout = {
        "height": 360,
        "shapes": [_same(low, high), _at_zero(low, high)],
        "annotations": [*_names(spec, inside), _line_name(high)],
        "xaxis": {**axis, "title": {"text": "promised change", "font": _NOTE}},
        "yaxis": {**axis, "title": {"text": "actual change", "font": _NOTE}},
        "margin": {"t": 16, "r": 24},
    }
    return go.Figure(data=[trace], layout=layout)


def _room(spec: DotsSpec) -> int:
    """What is left free around the dots on each side, parts per million."""
    return max(spec.high - spec.low, SHARE_WHOLE // 10) // 12


def _inside(dot: Dot, spec: DotsSpec) -> tuple[float, float]:
    """A dot beyond an end stands on it; the words of the dot keep the number."""
    x, y = (min(max(end, spec.low), spec.high) for end in (dot.x, dot.y))
    return x / SHARE_WHOLE, y / SHARE_WHOLE


def _same(low: float, high: float) -> dict[str, object]:
    line = {"color": _LINE, "width": 1, "dash": "dash"}
    return {"type": "line", "x0": low, "y0": low, "x1": high, "y1": high, "line": line, "layer": "below"}


def _at_zero(low: float, high: float) -> dict[str, object]:
    line = {"color": _LINE, "width": 0.5}
    return {"type": "line", "x0": low, "x1": high, "y0": 0, "y1": 0, "line": line, "layer": "below"}


def _line_name(high: float) -> dict[str, object]:
    return {
        **_text("<span style='font-size:12px'>as promised</span>", high, high),
        "xanchor": "right",
        "yshift": -2,
        "xshift": -26,
    }


def _names(spec: DotsSpec, inside: list[tuple[float, float]]) -> list[dict[str, object]]:
    """The names of the farthest dots, each where it covers the fewest dots."""
    return [_name(place, spec, inside) for place, dot in enumerate(spec.dots) if dot.is_named]


_LINES = (20, 13)
"""Letters in a line of a name: where a long line would cover a dot, shorter ones are tried."""

_SQUARE, _DOT, _NOTE_LETTER = 270, 8, 5.8
"""Pixels: the least width of the square, what a dot takes around it, and a letter of a name."""


def _name(place: int, spec: DotsSpec, inside: list[tuple[float, float]]) -> dict[str, object]:
    """Left or right of the dot, level with it or a little higher or lower, in long or in short lines."""
    ways = [(side, up, most) for side in (1, -1) for up in (0, 1, -1, 2, -2, 3, -3) for most in _LINES]
    label = _short(spec.dots[place].label)
    side, up, most = min(ways, key=lambda way: _covered(way, label, place, spec, inside))
    end = "left" if side > 0 else "right"
    return {
        **_text(wrapped(label, most), *inside[place]),
        "xanchor": end,
        "align": end,
        "xshift": side * _APART,
        "yshift": up * _LINE_HIGH,
        "font": _NOTE,
    }


def _covered(
    way: tuple[int, int, int], label: str, place: int, spec: DotsSpec, inside: list[tuple[float, float]]
) -> tuple[bool, int, int, int]:
    """Whether a name there leaves the square, the dots that it covers, how far it is moved, and its lines."""
    side, up, most = way
    room = _room(spec)
    per_pixel = (max(spec.high - spec.low, SHARE_WHOLE // 10) + 2 * room) / SHARE_WHOLE / _SQUARE
    lines = wrapped(label, most).split("<br>")
    wide, high = (max(map(len, lines)) * _NOTE_LETTER * per_pixel, len(lines) * _LINE_HIGH * per_pixel)
    apart, dot = _APART * per_pixel, _DOT * per_pixel
    x, y = inside[place]
    left, level = x + apart if side > 0 else x - apart - wide, y + up * _LINE_HIGH * per_pixel
    is_out = left < (spec.low - room) / SHARE_WHOLE or left + wide > (spec.high + room) / SHARE_WHOLE
    dots = sum(
        left - dot < a < left + wide + dot and abs(b - level) < high / 2 + dot
        for at, (a, b) in enumerate(inside)
        if at != place
    )
    return is_out, dots, abs(up), len(lines)


def _short(label: str) -> str:
    return label if len(label) <= 40 else f"{label[:39]}…"
