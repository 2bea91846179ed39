"""State what the books show for a source and a run of months."""

import streamlit as st

from roi.commands import mapping
from roi.domain.money import MINOR_DIGITS
from roi.domain.periods import Span, short_month
from roi.reports.shapes import DataReport
from roi.ui import session
from roi.ui.upload.pieces import parse_total


def draw(report: DataReport) -> None:
    """A form of one line: source, from, to, total, reason."""
    series = [(row.source, row.scenario, row.currency) for row in report.coverage]
    if not series or not report.months:
        return
    with st.expander("State a control total"), st.form("control_form", border=False):
        cells = st.columns([2, 1, 1, 1.4, 2])
        chosen = cells[0].selectbox("Source", series, format_func=" · ".join, key="control_source")
        first = cells[1].selectbox("From", report.months, format_func=short_month, key="control_first")
        last = cells[2].selectbox(
            "To", report.months, index=len(report.months) - 1, format_func=short_month, key="control_last"
        )
        typed = cells[3].text_input("The books show", key="control_amount", placeholder="8,301,560.00")
        reason = cells[4].text_input("Note (why it may differ)", key="control_reason")
        if st.form_submit_button("State it", type="primary"):
            _state(chosen, Span(min(first, last), max(first, last)), typed, reason)


def _state(series: tuple[str, str, str], span: Span, typed: str, reason: str) -> None:
    source, scenario, currency = series
    total = parse_total(typed, MINOR_DIGITS[currency])
    if total is None:
        st.error("The total is no amount. Write it like 8,301,560.00. Nothing was changed.")
        return
    done = session.do(mapping.state_control_total, source, scenario, span, total, currency, reason.strip())
    if done is not None:
        session.notify(f"Control total stated for {span.label} (change {done.change_id}).")
        st.rerun()
