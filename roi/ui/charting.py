"""A chart on a page: its picture with words for who cannot see it, its table, and where its marks lead."""

from functools import lru_cache

import plotly.graph_objects as go
import streamlit as st

from roi.charts import plots
from roi.charts.curves import CurveSpec, DotsSpec
from roi.charts.figures import CONFIG, render
from roi.charts.spec import ChartSpec, Leads
from roi.ui import links, parts

Spec = ChartSpec | CurveSpec | DotsSpec
_KEPT = 256


def chart(spec: Spec, key: str) -> None:
    """Draw a chart whose marks lead on when they are clicked; folded beneath it, the same as a table."""
    event = st.plotly_chart(
        _figure(spec),
        theme=None,
        config=CONFIG,
        alt=spec.alt,
        key=key,
        width="stretch",
        on_select="rerun",
        selection_mode="points",
    )
    _follow(spec, event)
    with st.expander("View as table"):
        _table(spec, key)


@lru_cache(_KEPT)
def _figure(spec: Spec) -> go.Figure:
    """The picture, which is made once: Streamlit draws a copy of it, whoever looks."""
    return render(spec) if isinstance(spec, ChartSpec) else plots.render(spec)


def _follow(spec: Spec, event: object) -> None:
    """Where the clicked mark leads, if anywhere."""
    points = getattr(getattr(event, "selection", None), "points", None) or []
    place = points[0].get("point_index") if points else None
    if isinstance(place, int) and spec.leads:
        address = _address(spec.leads[min(place, len(spec.leads) - 1)])
        if address:
            links.follow(address)


def _address(leads: Leads) -> str:
    if not leads:
        return ""
    page, *query = leads
    return links.href(page, **dict(zip(query[::2], query[1::2], strict=True)))


def _table(spec: Spec, key: str) -> None:
    """The same data as rows; each leads where its mark does, so that no mouse is needed."""
    head, *rows = spec.table
    leads = spec.leads or ((),) * len(rows)
    columns = [parts.Column(name, "number" if i else "text") for i, name in enumerate(head)]
    cells = [
        parts.Row(tuple(parts.Cell(cell) for cell in row), "flat", _address(where))
        for row, where in zip(rows, leads, strict=True)
    ]
    parts.graphic_table(f"{key}-table", spec.alt, columns, cells)
