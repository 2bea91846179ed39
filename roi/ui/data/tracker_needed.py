"""Before a file of a tracker is dropped: what is needed, and the templates to paste into the tracker."""

from pathlib import Path

import streamlit as st

from roi.ui import parts

_FOLDER = Path(__file__).parents[3] / "data" / "templates" / "tracker"
TEMPLATES = {
    "epic": "Epic",
    "outcome": "Outcome",
    "initiative": "Initiative",
    "value_stream": "Value stream",
}
"""The texts to paste into a tracker, by the name of their file."""

_NEEDED = (
    ("The export", "In Jira: the list of issues, Export, CSV with all fields. Other trackers: their CSV."),
    ("What is read", "Key, type, summary, status, epic, team, and the days created, started and resolved."),
    ("Teams", "A word for a team that is not one of ours is asked once and remembered."),
    ("What comes of it", "Epics, and the effort of each team by month. What you said of an epic stays."),
)


def draw() -> None:
    """What we need, and one download for each template."""
    parts.section("What we need")
    parts.facts(_NEEDED, key="tracker_needed")
    there = {name: path for name in TEMPLATES if (path := _FOLDER / f"{name}.md").is_file()}
    if not there:
        return
    note = (
        "Pasted into the description, they ask what an outcome needs, in the order in which it is recorded."
    )
    parts.section("Templates to paste into your tracker", note)
    with st.container(horizontal=True, key="tracker_templates"):
        for name, path in there.items():
            st.download_button(
                TEMPLATES[name],
                path.read_bytes(),
                path.name,
                "text/markdown",
                key=f"tracker_template_{name}",
                on_click="ignore",
            )
