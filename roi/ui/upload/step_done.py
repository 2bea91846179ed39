"""Step 6: the import itself and its receipts."""

from dataclasses import replace
from decimal import Decimal

import streamlit as st

from roi.commands import costs, mapping, undo
from roi.commands.changing.requests import CostImport, Receipt
from roi.commands.mapping import StatedTotal
from roi.domain.periods import Span
from roi.ingest.contracts import BY_NAME
from roi.story import words
from roi.ui import links, parts, session
from roi.ui.parts import Cell, Column, Row
from roi.ui.upload import answered, keeper, progress, steps
from roi.ui.upload import draft as drafts
from roi.ui.upload.draft import Draft, Outcome
from roi.ui.upload.pieces import note, short, sums
from roi.ui.upload.runner import ImportRun, Job, Tell

_POLL_SECONDS = 0.4


def start(draft: Draft) -> ImportRun:
    """Begin to import the files that wait, one change each, in month order."""
    store, acting = session.store(), session.actor()
    if not answered.differences(draft):
        # What was said of a difference that is gone by now says nothing of this import.
        draft = drafts.say_reason(draft, "")
    jobs = [
        Job(answered.request_for(draft, file), file.answered.preview if file.answered else None)
        for file in answered.waiting(draft)
    ]
    state_whole = _whole_total(draft)

    def carry_out(request: CostImport, tell: Tell) -> Receipt:
        return costs.import_costs(store, acting, request, tell)

    def afterwards() -> None:
        if state_whole is not None:
            span, amount, currency = state_whole
            stated = StatedTotal(draft.source, _scenario(draft), span, amount, currency, draft.reason)
            mapping.state_control_total(store, acting, stated)

    return ImportRun(jobs, carry_out, afterwards)


def _whole_total(draft: Draft) -> tuple[Span, Decimal, str] | None:
    """The total that was stated for several files together; a single file carries its own."""
    span, found = answered.months(draft), answered.totals(draft)
    if draft.whole_total is None or span is None or len(draft.files) == 1:
        return None
    return span, draft.whole_total, next(iter(found))


def _scenario(draft: Draft) -> str:
    found = {total.scenario for preview in answered.previews(draft) for total in preview.months}
    return found.pop() if len(found) == 1 else "actual"


@st.fragment(run_every=_POLL_SECONDS)
def watch(running: ImportRun) -> None:
    """Look on until the import is over; a click anywhere ends the looking, not the import."""
    if running.is_over:
        st.rerun()
    now = running.progress
    st.progress(now.share, text=_told(running))
    if now.files > 1:
        st.button("Stop after this file", key="cost_stop", on_click=running.stop)


def _told(running: ImportRun) -> str:
    now = running.progress
    which = f"File {min(now.done + 1, now.files)} of {now.files}: " if now.files > 1 else ""
    return f"{which}{progress.told(now.phase, now.file_name, now.rows)}"


def close(draft: Draft, running: ImportRun) -> Draft:
    """The draft with the receipts of an import that is over."""
    return steps.finished(draft, running.outcomes)


def title(draft: Draft) -> tuple[str, str]:
    """`2,273 rows of twelve files are in the ledger`, or what stopped it."""
    done = _done(draft)
    failed = [outcome for outcome in draft.outcomes if outcome.problem]
    rows = sum(_rows(outcome, receipt) for outcome, receipt in done)
    files = words.spelled(len(done), "file")
    if failed and not done:
        return "Nothing was imported", "The ledger is as it was."
    if failed:
        left = words.spelled(len(draft.files), "file")
        were = "it was" if len(draft.files) == 1 else "they were"
        return (
            f"{words.sentence(files)} imported, then one was refused",
            f"{words.sentence(left)} left as {were}.",
        )
    verb = "is" if rows == 1 else "are"
    total = sums(_totals(draft))
    return (
        f"{words.counted(rows, 'row')} {verb} in the ledger",
        parts.emphasis(f"{words.sentence(files)}, **{total}**. Every import below can be undone."),
    )


def _done(draft: Draft) -> list[tuple[Outcome, Receipt]]:
    return [(outcome, outcome.receipt) for outcome in draft.outcomes if outcome.receipt is not None]


def _rows(outcome: Outcome, receipt: Receipt) -> int:
    """Lines of the file; the change also holds what was remembered about the source."""
    return outcome.preview.rows if outcome.preview else receipt.rows_added


def _totals(draft: Draft) -> dict[str, int]:
    found: dict[str, int] = {}
    for outcome, _ in _done(draft):
        for currency, amount in outcome.preview.totals if outcome.preview else ():
            found[currency] = found.get(currency, 0) + amount
    return found


def draw(draft: Draft) -> Draft:
    """Receipts, what was refused, and where to go now."""
    _refused(draft)
    done = _done(draft)
    if done:
        _receipts(draft)
        _undo_each(draft)
    with st.container(horizontal=True, key="cost_done_bar"):
        if any(outcome.preview and outcome.preview.suspense for outcome, _ in done):
            parts.open_page("Map cost areas", "data", is_primary=True, view="areas", source=draft.source)
            parts.open_page("See Portfolio", "")
        else:
            parts.open_page("See Portfolio", "", is_primary=True)
        if draft.files and st.button("Go back to the files that are left", key="cost_left"):
            keeper.show(_left(draft))
        if st.button("Import more", key="cost_more"):
            keeper.forget()
            st.rerun()
    return draft


def _left(draft: Draft) -> Draft:
    return Draft(drafts.Step.CHECK, draft.files, draft.source, draft.settings, draft.mode)


def _refused(draft: Draft) -> None:
    for outcome in draft.outcomes:
        if outcome.problem:
            parts.callout("bad", f"{outcome.file_name or 'Control total'}: {outcome.problem}")
            parts.issue_list(outcome.issues)
    if draft.files and any(outcome.is_closed for outcome in draft.outcomes):
        _restate(draft)


def _restate(draft: Draft) -> None:
    """The files that are left may move closed months once they are named as a restatement."""
    reason = st.text_input("Why is a closed month restated?", key="cost_restate_reason")
    told = (reason or "").strip()
    if st.button("Import as a restatement", key="cost_restate", type="primary", disabled=not told):
        again = keeper.keep(replace(_left(draft), reason=draft.reason, restatement=told))
        keeper.keep_run(start(again))
        st.rerun()


def _receipts(draft: Draft) -> None:
    columns = [
        Column("Change", "text"),
        Column("File", "text"),
        Column("Months", "text", phone=False),
        Column("Rows"),
        Column("Total"),
        Column("File's hash", "text", phone=False),
    ]
    done = _done(draft)
    rows = [_receipt_row(outcome, receipt) for outcome, receipt in done]
    if len(done) > 1:
        added = f"{sum(_rows(outcome, receipt) for outcome, receipt in done):,}"
        total = (Cell("Sum"), Cell(), Cell(), Cell(added), Cell(sums(_totals(draft))), Cell())
        rows.append(Row(total, kind="total"))
    parts.graphic_table("cost_receipts", "Receipts", columns, rows)
    receipt = done[-1][1]
    mapped = ", ".join(
        f"{BY_NAME[ours].label} ← {theirs}" for ours, theirs in draft.settings.columns if theirs
    )
    said = ", ".join(f"{BY_NAME[ours].label.lower()} {value}" for ours, value in draft.settings.stated)
    note(f"Imported {words.moment(receipt.at)} by {receipt.actor}. Source {draft.source}. Columns: {mapped}.")
    note(f"Said for the whole file: {said}." if said else "")
    note(_repaired(draft))
    reason = next((receipt.reason for _, receipt in done if receipt.reason), "")
    note(f"Imported although the total differs from the books: {reason.rstrip('.')}." if reason else "")


def _repaired(draft: Draft) -> str:
    """How many cells were read otherwise than sent, and how many rows went to suspense by hand."""
    found = [outcome.preview for outcome, _ in _done(draft) if outcome.preview]
    cells = sum(len(one.lines) for preview in found for one in preview.corrected)
    rows = sum(preview.set_aside for preview in found)
    told = f"{words.counted(cells, 'cell')} corrected here, kept beside what was sent. " if cells else ""
    return told + (f"{words.counted(rows, 'row')} set aside to suspense, with a reason." if rows else "")


def _receipt_row(outcome: Outcome, receipt: Receipt) -> Row:
    preview = outcome.preview
    months = [total.month for total in preview.months] if preview else []
    label = Span(min(months), max(months)).label if months else words.DASH
    cells = (
        Cell(f"{receipt.change_id}"),
        Cell(short(outcome.file_name)),
        Cell(label),
        Cell(f"{_rows(outcome, receipt):,}"),
        Cell(sums(preview.totals) if preview else words.DASH),
        Cell(receipt.source_sha256[:12], tone="quiet"),
    )
    return Row(cells, kind="flat")


def _undo_each(draft: Draft) -> None:
    """Undo one import of this upload, or all of them from the latest to the first."""
    done = _done(draft)
    with st.popover("Undo", key="cost_undo"):
        reason = st.text_input("Why?", key="cost_undo_reason", placeholder="for example: wrong file")
        for outcome, receipt in done if len(done) > 1 else ():
            label = f"Undo change {receipt.change_id}, {outcome.file_name}"
            if st.button(parts.plain(label), key=f"cost_undo_{receipt.change_id}"):
                _undo(draft, [receipt], reason or "")
        label = "Undo this import" if len(done) == 1 else f"Undo all {len(done)} imports"
        if st.button(label, key="cost_undo_all", type="primary"):
            _undo(draft, [receipt for _, receipt in reversed(done)], reason or "")


def _undo(draft: Draft, receipts: list[Receipt], reason: str) -> None:
    gone = set()
    for receipt in receipts:
        undone = session.do(undo.undo, receipt.change_id, reason)
        if undone is None:
            break
        gone.add(receipt.change_id)
        session.notify(f"Change {receipt.change_id} is undone by change {undone.change_id}.")
    left = tuple(
        outcome
        for outcome in draft.outcomes
        if outcome.receipt is None or outcome.receipt.change_id not in gone
    )
    if gone and not any(outcome.receipt for outcome in left):
        keeper.forget()
        links.go("data")
    if gone:
        keeper.show(Draft(draft.step, draft.files, draft.source, draft.settings, draft.mode, outcomes=left))
