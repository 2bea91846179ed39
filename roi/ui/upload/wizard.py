"""Import costs in six steps: file, columns, check, changes, control total, done (ux.md 8).

Nothing is written before the button *Import … rows*; that work runs in a thread of its own, and the page
only looks on, so a click elsewhere leaves the old state or the new one, never half.
"""

import streamlit as st

from roi.actors import Action
from roi.charts.markup import Html
from roi.ui import links, parts, session
from roi.ui.upload import (
    answered,
    keeper,
    step_changes,
    step_check,
    step_columns,
    step_control,
    step_done,
    step_file,
    steps,
)
from roi.ui.upload import draft as drafts
from roi.ui.upload.draft import Draft, Step
from roi.ui.upload.pieces import note
from roi.ui.upload.runner import ImportRun

_AGAIN = "The page was loaded anew. The upload that you began is here as you left it."

_DRAW = {
    Step.FILE: step_file.draw,
    Step.COLUMNS: step_columns.draw,
    Step.CHECK: step_check.draw,
    Step.CHANGES: step_changes.draw,
    Step.CONTROL: step_control.draw,
    Step.DONE: step_done.draw,
}


def draw() -> None:
    """The step where the draft is, or the import that runs."""
    here = parts.crumbs([("Data", links.href("data"))], "Import costs")
    acting = session.actor()
    if not acting.may(Action.IMPORT_COSTS):
        parts.eyebrow_and_title(here, "Costs are imported by finance")
        parts.callout("note", f"{acting.name} does not act as finance. Choose another name under Acting as.")
        return
    if keeper.take_up():
        session.notify(_AGAIN)
    running = keeper.run()
    if running is not None:
        _look_on(here, running)
    draft = keeper.draft()
    if Step.COLUMNS < draft.step < Step.DONE:
        draft = step_check.read_again(draft)
    title, lede = _TITLES[draft.step](draft)
    parts.eyebrow_and_title(here, title, lede)
    parts.steps(drafts.LABELS, draft.step)
    draft = _DRAW[draft.step](draft)
    _go(draft)
    session.say_notices()  # last: a toast that a rerun follows leaves a page that is just loaded blank


_TITLES = {
    Step.FILE: step_file.title,
    Step.COLUMNS: step_columns.title,
    Step.CHECK: step_check.title,
    Step.CHANGES: step_changes.title,
    Step.CONTROL: step_control.title,
    Step.DONE: step_done.title,
}


def _go(draft: Draft) -> None:
    """Back, on, and start over; the button of the last step is drawn by the step itself."""
    if draft.step is Step.DONE:
        return
    why_not = steps.why_not(draft, draft.step)
    with st.container(horizontal=True, vertical_alignment="center", key="cost_go_bar"):
        if draft.step is Step.CONTROL:
            _import_button(draft, why_not)
        elif st.button("Continue", key="cost_go_on", type="primary", disabled=bool(why_not)):
            keeper.show(steps.go_on(draft))
        if draft.step is not Step.FILE and st.button("Back", key="cost_go_back"):
            keeper.show(steps.go_back(draft))
        if not draft.is_empty and st.button("Start over", key="cost_start_over", type="tertiary"):
            keeper.forget()
            st.rerun()
    if why_not and not (draft.step is Step.FILE and draft.is_empty):
        note(why_not)


def _import_button(draft: Draft, why_not: str) -> None:
    rows = answered.rows(draft)
    label = f"Import {rows:,} {'row' if rows == 1 else 'rows'}"
    if st.button(label, key="cost_import", type="primary", disabled=bool(why_not)):
        keeper.keep_run(step_done.start(draft))
        st.rerun()


def _look_on(here: Html, running: ImportRun) -> None:
    """Show how far the import is until it is over; then keep its receipts, which are drawn next."""
    if not running.is_over:
        parts.eyebrow_and_title(here, "The import is running", "You may leave this page; it goes on.")
        parts.steps(drafts.LABELS, Step.CONTROL)
        step_done.watch(running)
        session.say_notices()
        st.stop()
    keeper.keep_run(None)
    keeper.keep(step_done.close(keeper.draft(), running))
