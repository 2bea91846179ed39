"""Lists by template: teams, cost areas, epics, outcomes. All problems at once; nothing until the button."""

from hashlib import sha256

import streamlit as st

from roi.actors import Action
from roi.commands import lists
from roi.commands.rows import cost_kinds, value_kinds
from roi.story import words
from roi.ui import links, parts, session
from roi.ui.data.common import here

KINDS = {
    "teams": "Teams",
    "cost_areas": "Cost areas and where they go",
    **{kind: its.contract.title for kind, its in value_kinds.VALUE_KINDS.items()},
    **{kind: its.contract.title for kind, its in cost_kinds.COST_KINDS.items()},
}
"""Every kind of list, in the words of the page."""
_DROPS = "_list_drops"


def draw() -> None:
    """Which list, its template, the file, what it would change, and the button."""
    parts.eyebrow_and_title(
        here("Import a list"),
        "Bring teams, people, rates or outcomes as a list",
        "All or nothing: every problem is shown at once, and nothing is saved before the last button.",
    )
    asked = links.asked("source")
    kinds = list(KINDS)
    kind = st.selectbox(
        "Which list?",
        kinds,
        kinds.index(asked) if asked in KINDS else 0,
        format_func=lambda key: KINDS[key],
        key="list_kind",
    )
    st.download_button(
        f"Download the template for {KINDS[kind].lower()}",
        lists.template(kind),
        f"{kind}.csv",
        "text/csv",
        key=f"list_template_{kind}",
        on_click="ignore",
    )
    dropped = st.file_uploader(
        "The filled list (CSV or XLSX)", key=f"list_{kind}_{st.session_state.get(_DROPS, 0)}"
    )
    if dropped is None:
        _tracker()
    else:
        _check(kind, dropped.getvalue(), dropped.name)


def _tracker() -> None:
    """The way to epics and effort that no list has to be filled for."""
    parts.foot(
        "Are your epics in Jira or another tracker? ",
        parts.link("Import from an issue tracker", links.href("data", view="tracker")),
        key="lists_tracker",
    )


def _check(kind: str, content: bytes, name: str) -> None:
    preview, restated = _read(kind, content, name)
    if preview is None:
        return
    blockers = [issue for issue in preview.issues if issue.is_blocker]
    if blockers:
        rows = {issue.line for issue in blockers if issue.line}
        told = words.counted(len(rows) or len(blockers), "row" if rows else "problem")
        parts.section(f"{told} {'needs' if len(rows) == 1 else 'need'} a fix before anything is saved")
        parts.issue_list(preview.issues)
        return
    new = words.counted(preview.new, "new row")
    parts.section(f"{new}, {preview.changed:,} changed, {preview.unchanged:,} unchanged")
    parts.issue_list(preview.issues)
    count = preview.new + preview.changed
    label = f"Import {words.counted(count, 'row')}"
    if st.button(label, key="list_import", type="primary", disabled=not count):
        receipt = session.do(lists.import_list, kind, content, name, restatement=restated)
        if receipt is not None:
            st.session_state[_DROPS] = st.session_state.get(_DROPS, 0) + 1
            told = f"{words.counted(count, 'row')} imported (change {receipt.change_id})."
            session.notify(" ".join((told, *receipt.notes)))
            links.go(*_NEXT.get(kind, ("data",)))


def _read(kind: str, content: bytes, name: str) -> tuple[lists.ListPreview | None, str]:
    """What is in the list, and why what is frozen is restated by it, where finance says so (D11)."""
    preview = session.do(lists.read_list, kind, content, name)
    if preview is None or not preview.may_be_restated or not session.actor().may(Action.CONFIRM_VALUE):
        return preview, ""
    parts.callout("attention", "Some of it is frozen since work started, or closed: it is restated or left.")
    why = "Why is it restated? The reason stands in the history, with both numbers."
    reason = st.text_input(why, key=f"list_restated_{kind}_{sha256(content).hexdigest()[:8]}").strip()
    if reason:
        preview = session.do(lists.read_list, kind, content, name, restatement=reason)
    return preview, reason


_NEXT = {"teams": ("teams",), "cost_areas": ("data",), "epics": ("outcomes",), "outcomes": ("outcomes",)}
