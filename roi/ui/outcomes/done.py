"""What was just saved, with the way to take it back (ux.md 9: a word with Undo)."""

from dataclasses import dataclass

import streamlit as st

from roi.commands import undo
from roi.commands.changing.requests import Receipt
from roi.ui import parts, session
from roi.ui.outcomes import conflict, fields

_KEPT = "_just_done"


@dataclass(frozen=True, slots=True)
class _Done:
    text: str
    change_id: int
    where: tuple[tuple[str, str], ...] | None = None


def say(text: str, receipt: Receipt) -> None:
    """Keep what was done for the page that is drawn next."""
    st.session_state[_KEPT] = _Done(" ".join((text, *receipt.notes)), receipt.change_id)


def tell(receipt: Receipt | None, text: str) -> None:
    """After a change: say it and draw the page anew. None, which was refused, has been told already."""
    if receipt is not None:
        say(text, receipt)
        st.rerun()


def draw() -> None:
    """Say it with its Undo, until another page is opened or another change is made."""
    kept = st.session_state.get(_KEPT)
    if not isinstance(kept, _Done):
        return
    here = tuple(sorted(st.query_params.items()))
    if session.store().version != kept.change_id or kept.where not in {None, here}:
        st.session_state.pop(_KEPT)
        return
    st.session_state[_KEPT] = _Done(kept.text, kept.change_id, here)
    with st.container(horizontal=True, vertical_alignment="center", key="done_bar"):
        parts.callout("good", f"{kept.text} Change {kept.change_id}.")
        st.button("Undo", key="done_undo", on_click=_take_back, args=(kept,))


def _take_back(kept: _Done) -> None:
    """Before the page is drawn: one that is begun and drawn anew forgets what was typed further below."""
    receipt = session.do(undo.undo, kept.change_id, "taken back at once")
    if receipt is not None:
        st.session_state.pop(_KEPT, None)
        form = conflict.form_of(kept.change_id)
        if form:
            # What was typed into the other forms of the page is nobody's to take back.
            fields.again(form)
            fields.anew(form)
        session.notify(f"Change {kept.change_id} is undone by change {receipt.change_id}.")
