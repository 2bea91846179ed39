"""*How we know*: the drawer behind every number, in a fixed order of contents."""

import streamlit as st

from roi.ui import session
from roi.ui.trace_view import draw


def how_we_know(figure_id: str, team: str = "", outcome: str = "") -> None:
    """Open the drawer on a figure, for the whole scope or for one team or outcome."""
    session.scope()
    _drawer(figure_id, team, outcome)


@st.dialog("How we know", position="right", width="medium")
def _drawer(figure_id: str, team: str, outcome: str) -> None:
    draw(figure_id, team, outcome, is_drawer=True)
