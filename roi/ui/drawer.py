"""*How we know*: the drawer behind every number."""

import streamlit as st

from roi.ui.views import trace


@st.dialog("How we know", position="right", width="medium")
def how_we_know(figure_id: str, team: str = "", outcome: str = "") -> None:
    """Open the drawer on a figure, for the whole scope or for one team or outcome."""
    report = trace.ask(figure_id, team, outcome)
    trace.draw(report, trace.address_of(figure_id, team, outcome), is_drawer=True)
