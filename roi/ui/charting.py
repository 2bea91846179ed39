"""A chart on a page: its picture with words for who cannot see it, and its table behind it."""

import streamlit as st

from roi.charts import plots
from roi.charts.curves import CurveSpec, DotsSpec
from roi.charts.figures import CONFIG, render
from roi.charts.spec import ChartSpec
from roi.ui import parts


def chart(spec: ChartSpec | CurveSpec | DotsSpec, key: str) -> None:
    """Draw a chart and, folded beneath it, the same data as a table."""
    figure = render(spec) if isinstance(spec, ChartSpec) else plots.render(spec)
    st.plotly_chart(figure, theme=None, config=CONFIG, alt=spec.alt, key=key, width="stretch")
    with st.expander("View as table"):
        head, *rows = spec.table
        columns = [parts.Column(name, "number" if i else "text") for i, name in enumerate(head)]
        cells = [parts.Row(tuple(parts.Cell(cell) for cell in row), "flat") for row in rows]
        parts.graphic_table(f"{key}-table", spec.alt, columns, cells)
