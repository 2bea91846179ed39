"""Backups: how many there are, the newest, and one more at once."""

import streamlit as st

from roi.actors import Action
from roi.commands import keeping
from roi.story import words
from roi.ui import parts, session


def draw() -> None:
    """For whoever keeps the store: the newest backup and the button."""
    if not session.actor().may(Action.KEEP_STORE):
        return
    found = session.do(keeping.backups) or []
    told = "Seven are kept; one is made each day that something changed, and before the format changes."
    parts.section("Backups", told)
    newest = words.counted(len(found), "backup") if found else "No backup yet"
    parts.callout(
        "note", f"{newest}{f', the newest of {words.moment(keeping.taken_at(found[0]))}' if found else ''}."
    )
    if st.button("Back up now", key="backup_now") and (path := session.do(keeping.backup)) is not None:
        session.notify(f"Backed up as {path.name}.")
        st.rerun()
