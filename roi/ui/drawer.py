"""*How we know*: the drawer behind every number."""

import streamlit as st

from roi.ui import links
from roi.ui.views import trace


@st.dialog("How we know", position="right", width="medium")
def how_we_know(figure_id: str, **key: str) -> None:
    """Open the drawer on a figure, for the whole scope or for one team, outcome or epic (`key`)."""
    trace.draw(trace.ask(figure_id, **key), links.href("trace", figure=figure_id, **key), is_drawer=True)
