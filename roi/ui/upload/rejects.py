"""The rows that stop an import: take them away as a file to correct, or set them aside to suspense."""

import streamlit as st

from roi.commands.cost_files import costs_rejected
from roi.errors import Issue
from roi.story import words
from roi.ui import session
from roi.ui.upload import answered, keeper, problems
from roi.ui.upload import draft as drafts
from roi.ui.upload.draft import Draft, DraftFile

_SPARED = frozenset({"team", "cost_centre", "pool", "category", "person_key"})
"""A row needs a month and an amount to wait in suspense; what it belongs to may be open."""


def draw(draft: Draft, file: DraftFile, issues: list[Issue]) -> None:
    """The two ways out for rows that are not repaired here."""
    table = file.reading.table
    if table is not None:
        request = answered.question_for(draft, file)
        store, acting = session.store(), session.actor()
        st.download_button(
            "Download the rejected rows",
            lambda: problems.rejected_csv(costs_rejected.rejected(store, acting, request)).encode(
                "utf-8-sig"
            ),
            f"rejected-{table.sha256[:8]}.csv",
            "text/csv",
            key=f"cost_rejected_{file.name}",
            on_click="ignore",
        )
    spared = [issue for issue in issues if is_spared(issue)]
    if spared:
        with st.expander("Or set rows aside to suspense, with a reason"):
            _set_aside(draft, file, spared)


def is_spared(issue: Issue) -> bool:
    """Whether the rows may go to suspense as they are."""
    return issue.column in _SPARED and issue.code not in {"correction", "too_long"}


def _set_aside(draft: Draft, file: DraftFile, issues: list[Issue]) -> None:
    """All rows of the problems, or only those of some."""
    reason = st.text_input(
        "Reason",
        key=f"cost_reason_{file.name}",
        placeholder="for example: team still to be named by the platform group",
    )
    names = {_name(issue): issue for issue in issues}
    chosen = list(names)
    if len(names) > 1:
        told = "Only the rows with (all of them when none is chosen)"
        chosen = (
            st.multiselect(told, list(names), key=f"cost_lines_{file.name}", placeholder="all rows") or chosen
        )
    count = problems.rows_to_fix([names[name] for name in chosen])
    label = f"Set {words.counted(count, 'row')} aside"
    if st.button(label, key=f"cost_aside_{file.name}", disabled=not (reason or "").strip()):
        keeper.show(drafts.put_aside(draft, file.name, _lines(draft, file, chosen), reason or ""))


def _name(issue: Issue) -> str:
    sent = f"“{issue.sent.strip()[:60]}”" if issue.sent and issue.sent.strip() else "a problem"
    return f"{sent} as {(issue.column or '').replace('_', ' ')} ({words.counted(issue.count, 'row')})"


def _lines(draft: Draft, file: DraftFile, chosen: list[str]) -> set[int]:
    """Every row of the chosen problems; a preview names only the first of them."""
    found = costs_rejected.rejected(session.store(), session.actor(), answered.question_for(draft, file))
    return {
        line
        for issue in found.issues
        if is_spared(issue) and _name(issue) in chosen
        for line in costs_rejected.lines_of(issue)
    }
