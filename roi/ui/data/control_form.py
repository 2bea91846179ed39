"""State what the books show for a source and a run of months."""

import streamlit as st

from roi.commands import mapping
from roi.commands.changing.requests import Receipt
from roi.commands.mapping import StatedTotal
from roi.domain.money import MINOR_DIGITS, to_minor
from roi.domain.periods import Span, short_month
from roi.reports.shapes import DataReport
from roi.story import words
from roi.ui import session
from roi.ui.outcomes import conflict, fields
from roi.ui.upload.pieces import parse_total

Series = tuple[str, str, str]
"""Source, scenario, currency."""
_FORM = "control_total"


def draw(report: DataReport) -> None:
    """A form of one line: source, from, to, total, reason."""
    series = [(row.source, row.scenario, row.currency) for row in report.coverage]
    if not series or not report.months:
        return
    conflict.begin(_FORM, fields.named("control_amount"))
    _stated(conflict.draw(_FORM, _theirs(report)))
    with st.expander("State a control total"), st.form("control_form", border=False):
        cells = st.columns([2, 1, 1, 1.4, 2])
        chosen = cells[0].selectbox("Source", series, format_func=" · ".join, key="control_source")
        first = cells[1].selectbox("From", report.months, format_func=short_month, key="control_first")
        last = cells[2].selectbox(
            "To", report.months, index=len(report.months) - 1, format_func=short_month, key="control_last"
        )
        typed = cells[3].text_input(
            "The books show", key=fields.named("control_amount"), placeholder="8,301,560.00"
        )
        reason = cells[4].text_input("Note (why it may differ)", key=fields.named("control_reason"))
        if st.form_submit_button("State it", type="primary"):
            _state(chosen, Span(min(first, last), max(first, last)), typed, reason.strip())


def _state(series: Series, span: Span, typed: str, reason: str) -> None:
    source, scenario, currency = series
    total = parse_total(typed, MINOR_DIGITS[currency])
    if total is None:
        st.error("The total is no amount. Write it like 8,301,560.00. Nothing was changed.")
        return
    st.session_state[f"{_FORM}_of"] = (*series, span)
    mine = _texts(series, span, to_minor(total, currency), reason)
    given = StatedTotal(source, scenario, span, total, currency, reason)
    _stated(conflict.save(_FORM, mine, mapping.state_control_total, given))
    if conflict.is_kept(_FORM):
        st.rerun()


def _stated(receipt: Receipt | None) -> None:
    if receipt is not None:
        session.notify(f"The control total is stated (change {receipt.change_id}).")
        st.rerun()


def _theirs(report: DataReport) -> dict[str, str]:
    """What is stated now for the source and the months that were to be stated."""
    asked = st.session_state.get(f"{_FORM}_of")
    for row in report.controls:
        if (row.source, row.scenario, row.currency, row.span) == asked:
            return _texts((row.source, row.scenario, row.currency), row.span, row.stated, row.reason)
    return {}


def _texts(series: Series, span: Span, amount: int, reason: str) -> dict[str, str]:
    """What stands in each field, for two editors side by side."""
    shown = words.exact(amount, series[2])
    return {"Source": " · ".join(series), "Months": span.label, "The books show": shown, "Note": reason}
