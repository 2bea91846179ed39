"""The door: which pages there are, and the frame around them. `streamlit run dashboard.py`."""

import streamlit as st

from roi.ui import door, frame, preload, quiet, states

door.tell_downloads_apart()
frame.dress()
page = st.navigation(
    [
        st.Page(
            "pages/portfolio.py",
            title="Portfolio",
            icon=":material/insights:",
            url_path="front",
            default=True,
        ),
        st.Page("pages/teams.py", title="Teams", icon=":material/groups:"),
        st.Page("pages/outcomes.py", title="Outcomes", icon=":material/task_alt:"),
        st.Page("pages/data.py", title="Data", icon=":material/upload_file:"),
        st.Page("pages/method.py", title="Method", icon=":material/functions:"),
        st.Page("pages/team.py", title="Team", visibility="hidden"),
        st.Page("pages/epic.py", title="Epic", visibility="hidden"),
        st.Page("pages/initiative.py", title="Initiative", visibility="hidden"),
        st.Page("pages/product.py", title="Product", visibility="hidden"),
        st.Page("pages/start.py", title="Start", visibility="hidden"),
        st.Page("pages/trace.py", title="Trace", visibility="hidden"),
        st.Page(door.front, title="Portfolio", url_path=door.FRONT, visibility="hidden"),
    ]
)
if page.url_path == door.FRONT:
    door.front()
with quiet.busy():
    frame.frame(page)
    states.guarded(page.run)
    preload.settle()
