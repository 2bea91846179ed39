"""An export of an issue tracker: what it is, what it asks, and one button. Nothing until the button."""

import streamlit as st

from roi.actors import Action
from roi.commands import tracker
from roi.commands.requests import Receipt
from roi.commands.tracker import TrackerAnswers, TrackerPreview
from roi.reports import data as data_report
from roi.reports import start as start_report
from roi.reports.shapes import Scope
from roi.story import words
from roi.ui import links, parts, session
from roi.ui.data import tracker_asked, tracker_needed, tracker_shown
from roi.ui.data.common import here, undo_link

_DROPS, _DONE = "_tracker_drops", "_tracker_done"


def draw() -> None:
    """The file, what it would change, its questions, and the button; before it, what is needed."""
    parts.eyebrow_and_title(
        here("Import from an issue tracker"),
        "Bring epics and their effort from your issue tracker",
        "Columns of people are dropped at the door; only the rest of the rows is kept. "
        "Nothing is saved before the button.",
    )
    if not session.actor().may(Action.RECORD_OUTCOME):
        told = "reads here; owners and tech leaders bring epics in."
        parts.callout("note", f"{session.actor().name} {told}")
        return
    dropped = st.file_uploader(
        "The export of Jira or another tracker (CSV)", key=f"tracker_{st.session_state.get(_DROPS, 0)}"
    )
    if dropped is None:
        _receipt()
        tracker_needed.draw()
        return
    st.session_state.pop(_DONE, None)
    _look(dropped.getvalue(), dropped.name)


def _look(content: bytes, name: str) -> None:
    answers = tracker_asked.answers(content)
    preview = session.do(tracker.read_tracker, content, name, answers)
    if preview is None:
        return
    tracker_shown.headline(preview)
    parts.issue_list(preview.issues)
    teams = session.ask(start_report.build).teams
    if not teams:
        parts.open_page("Bring your teams first", "data", is_primary=True, view="lists", source="teams")
    tracker_asked.draw(preview, teams)
    tracker_shown.draw(preview, {team.key: team.name for team in teams})
    _button(content, preview, answers)


def _button(content: bytes, preview: TrackerPreview, answers: TrackerAnswers) -> None:
    told = tracker_shown.what_comes(preview)
    may = preview.is_ready and bool(preview.epics or preview.efforts)
    if not st.button(f"Import {told}", key="tracker_import", type="primary", disabled=not may):
        return
    receipt = session.do(tracker.import_tracker, content, preview.name, answers)
    if receipt is not None:
        st.session_state[_DROPS] = st.session_state.get(_DROPS, 0) + 1
        st.session_state[_DONE] = (receipt, told)
        st.rerun()


def _receipt() -> None:
    """What was brought in last, and the way back; gone once it is undone."""
    kept: tuple[Receipt, str] | None = st.session_state.get(_DONE)
    if kept is None:
        return
    receipt, told = kept
    changes = session.ask(data_report.build, Scope()).changes
    if not any(one.change_id == receipt.change_id and one.undone_by is None for one in changes):
        return
    parts.callout("good", f"{words.sentence(told)} came in as change {receipt.change_id}.")
    seen = parts.link("See them on Outcomes", links.href("outcomes"))
    parts.foot(seen, " · ", undo_link(receipt.change_id), key="tracker_receipt")
