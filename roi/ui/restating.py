"""A change that would move a closed month or what is frozen of an epic: as a restatement it may (D11)."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import streamlit as st

from roi.errors import RoiError
from roi.ui import quiet, states

_KEPT = "_restating"


@dataclass(frozen=True, slots=True)
class Kept:
    """What was refused, and the command with all its arguments but the restatement."""

    told: str
    command: Callable[..., Any]


def offer(kept: Kept) -> None:
    """Keep the refused command; `draw` asks for the reason on the next run."""
    st.session_state[_KEPT] = kept
    st.button("Name it as a restatement", key="restate", on_click=_ask)


def _ask() -> None:
    st.session_state[f"{_KEPT}_asked"] = True


def draw() -> None:
    """The dialog that asks for the reason, if somebody wants to restate."""
    if st.session_state.pop(f"{_KEPT}_asked", False) and _KEPT in st.session_state:
        _dialog()


@st.dialog("Restate what is closed or frozen")
def _dialog() -> None:
    kept: Kept = st.session_state[_KEPT]
    states.callout("attention", kept.told)
    reason = st.text_input("Why is it restated? The reason stands in the history.", key="restate_reason")
    if st.button("Restate", type="primary", key="restate_now", disabled=not reason.strip()):
        _carry_out(kept, reason.strip())


def _carry_out(kept: Kept, reason: str) -> None:
    try:
        with quiet.busy():
            receipt = kept.command(restatement=reason)
    except RoiError as error:
        states.refusal(error)
        return
    st.session_state.pop(_KEPT, None)
    if receipt is None:
        # Somebody changed it meanwhile: the page shows both texts.
        st.rerun()
    st.toast(states.plain(f"Restated as change {receipt.change_id}. Both numbers stand in the history."))
    st.rerun()
