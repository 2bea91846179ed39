"""Undo: what it would take back, why, and the toast that says it is done."""

import streamlit as st

from roi.commands import undo
from roi.errors import ClosedMonthError, RoiError
from roi.reports.shapes import ChangeRow, DataReport, ImportRow
from roi.story import words
from roi.ui import links, parts, quiet, session, states
from roi.ui.data.common import kind_of

_PREFIX = "undo-"
_CLOSED = "_undo_closed"


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
        totals = [words.exact(amount, currency) for currency, amount in imported.totals]
        said = ", ".join([words.counted(imported.rows, "row"), *([words.listed(totals)] if totals else [])])
        told = f"{told} {imported.file_name}: {said}."
    st.write(parts.plain(told))
    st.write("A reversing change is added; the history keeps both. The same file may be imported again.")
    kept: tuple[int, str] = st.session_state.get(_CLOSED, (0, ""))
    is_closed = kept[0] == change.change_id
    if is_closed:
        parts.callout("attention", kept[1])
    label = "Why is a closed month restated?" if is_closed else "Why?"
    reason = (st.text_input(label, key="undo_reason", placeholder="for example: wrong file") or "").strip()
    with st.container(horizontal=True):
        name = "Undo as a restatement" if is_closed else "Undo"
        if st.button(name, key="undo_now", type="primary", disabled=is_closed and not reason):
            _undo(change.change_id, reason, restatement=reason if is_closed else "")
        if st.button("Keep it", key="undo_not"):
            st.session_state.pop(_CLOSED, None)
            links.go("data")


def _undo(change_id: int, reason: str, restatement: str) -> None:
    """Undo; where it would move a closed month, ask in the same place to name it as a restatement."""
    try:
        with quiet.busy():
            receipt = undo.undo(session.store(), session.actor(), change_id, reason, restatement=restatement)
    except ClosedMonthError as error:
        st.session_state[_CLOSED] = (change_id, str(error))
        st.rerun()
    except RoiError as error:
        states.refusal(error)
        return
    st.session_state.pop(_CLOSED, None)
    session.notify(f"Change {change_id} is undone by change {receipt.change_id}.")
    links.go("data")
