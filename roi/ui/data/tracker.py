"""An export of an issue tracker: what it is, what it asks, and one button. Nothing until the button."""

from hashlib import sha256

import streamlit as st

from roi.actors import Action
from roi.commands import tracker
from roi.commands.changing.requests import Receipt
from roi.commands.tracker import TrackerAnswers, TrackerPreview
from roi.ingest.tracker.shapes import Reading
from roi.reports import data as data_report
from roi.reports import shell
from roi.reports import start as start_report
from roi.reports.shapes import Scope
from roi.story import words
from roi.ui import links, parts, session
from roi.ui.data import tracker_asked, tracker_needed, tracker_shown
from roi.ui.data.common import here, undo_link

_DROPS, _DONE, _READ = "_tracker_drops", "_tracker_done", "_tracker_read"


def draw() -> None:
    """The file, what it would change, its questions, and the button; before it, what is needed."""
    parts.eyebrow_and_title(
        here("Import from an issue tracker"),
        "Bring epics and their effort from your issue tracker",
        "Columns of people are dropped at the door; only the rest of the rows is kept. "
        "Nothing is saved before the button.",
    )
    if not session.actor().may(Action.RECORD_OUTCOME):
        _who_may()
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


def _who_may() -> None:
    """Who brings epics in, and where whoever only reads goes on."""
    told = "reads here; owners and tech leaders bring epics in."
    parts.callout("note", f"{session.actor().name} {told}")
    everybody = session.ask(shell.build, Scope()).actors
    names = [one.name for one in everybody if one.may(Action.RECORD_OUTCOME)]
    if names:
        parts.foot(f"Here that is {words.listed(names)}.", key="tracker_who")
    with st.container(horizontal=True, key="tracker_onward"):
        parts.open_page("See the epics on Outcomes", "outcomes", is_primary=True, state="all")
        parts.open_page("See what was imported", "data")
        if session.actor().may(Action.EDIT_STRUCTURE):
            parts.open_page("People and their roles", "start")


def _look(content: bytes, name: str) -> None:
    answers = tracker_asked.answers(content)
    known = _read_once(content, name, answers)
    preview = session.do(tracker.read_tracker, content, name, answers, known)
    if preview is None:
        return
    tracker_shown.headline(preview)
    parts.issue_list(preview.issues)
    teams = session.ask(start_report.build).teams
    if not teams:
        parts.open_page("Bring your teams first", "data", is_primary=True, view="lists", source="teams")
    tracker_asked.draw(preview, teams)
    tracker_shown.draw(preview, {team.key: team.name for team in teams})
    _button(content, preview, answers, known)


def _read_once(content: bytes, name: str, answers: TrackerAnswers) -> Reading:
    """The file as it was read; read again only when another file comes, or an answer about its cells."""
    key = (sha256(content).hexdigest(), name, answers.reading)
    kept: tuple[object, Reading] | None = st.session_state.get(_READ)
    if kept is None or kept[0] != key:
        kept = st.session_state[_READ] = (key, tracker.read_file(content, name, answers))
    return kept[1]


def _button(content: bytes, preview: TrackerPreview, answers: TrackerAnswers, known: Reading) -> None:
    told = tracker_shown.what_comes(preview)
    may = preview.is_ready and bool(preview.epics or preview.efforts)
    if not st.button(f"Import {told}", key="tracker_import", type="primary", disabled=not may):
        return
    receipt = session.do(tracker.import_tracker, content, preview.name, answers, known)
    if receipt is not None:
        st.session_state.pop(_READ, None)
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
