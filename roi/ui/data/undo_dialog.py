"""Undo: what it would take back, why, and the toast that says it is done."""

import streamlit as st

from roi.commands import undo
from roi.reports.shapes import ChangeRow, DataReport, ImportRow
from roi.story import words
from roi.ui import links, parts, session
from roi.ui.data.common import kind_of

_PREFIX = "undo-"


def open_if_asked(report: DataReport) -> None:
    """Open the dialog when the address says `view=undo-12`, and 12 is a change that is live."""
    asked = links.asked("view")
    if not asked.startswith(_PREFIX):
        return
    number = asked.removeprefix(_PREFIX)
    change = next((one for one in report.changes if str(one.change_id) == number), None)
    if change is None or change.undone_by is not None:
        told = f"Change {number} does not exist" if change is None else f"Change {number} is undone already"
        parts.callout("note", f"{told}. Nothing has to be done.")
        return
    _dialog(change, next((one for one in report.imports if one.change_id == change.change_id), None))


def _leave() -> None:
    st.query_params.pop("view", None)


@st.dialog("Undo this change?", on_dismiss=_leave)
def _dialog(change: ChangeRow, imported: ImportRow | None) -> None:
    when = f"{words.day(change.at)} by {change.actor}"
    told = f"Change {change.change_id}: {kind_of(change.kind).lower()} on {when}."
    if imported is not None:
        total = words.listed([words.exact(amount, currency) for currency, amount in imported.totals])
        told = f"{told} {imported.file_name}: {words.counted(imported.rows, 'row')}, {total}."
    st.write(parts.plain(told))
    st.write("A reversing change is added; the history keeps both. The same file may be imported again.")
    reason = st.text_input("Why?", key="undo_reason", placeholder="for example: wrong file")
    with st.container(horizontal=True):
        if st.button("Undo", key="undo_now", type="primary"):
            receipt = session.do(undo.undo, change.change_id, (reason or "").strip())
            if receipt is not None:
                session.notify(f"Change {change.change_id} is undone by change {receipt.change_id}.")
                links.go("data")
        if st.button("Keep it", key="undo_not"):
            links.go("data")
