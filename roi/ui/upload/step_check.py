"""Step 3: everything that is wrong, at once; blockers apart from what only has to be said."""

from dataclasses import dataclass

import streamlit as st

from roi.commands import costs
from roi.commands.requests import Preview
from roi.domain.importing import ReadTable
from roi.domain.periods import Span
from roi.errors import Issue
from roi.ingest import columns, reading
from roi.story import words
from roi.ui import parts, session
from roi.ui.parts import Cell, Column, Row
from roi.ui.upload import answered, answers, keeper, problems
from roi.ui.upload import draft as drafts
from roi.ui.upload.draft import Draft, DraftFile
from roi.ui.upload.pieces import note, sums

_SHOWN = 200
_UNMAPPED = "unmapped_areas"


def read_again(draft: Draft) -> Draft:
    """The draft with a fresh preview of every file whose last one answers something else."""
    version = session.store().version
    stale = [file for file in draft.files if answered.preview_of(draft, file, version) is None]
    if not stale:
        return draft
    bar = st.progress(0.0, text="Checking the files")
    for number, file in enumerate(stale):
        found = session.do(costs.preview, answered.question_for(draft, file))
        if found is None:
            st.stop()
        draft = keeper.keep(answered.answer(draft, file, version, found))
        bar.progress((number + 1) / len(stale), text=parts.plain(f"Checked {file.name}"))
    bar.empty()
    return keeper.keep(answered.in_month_order(draft))


def title(draft: Draft) -> tuple[str, str]:
    """`2 of 212 rows need a fix before anything is saved`."""
    blocked = [file for file in draft.files if answered.blocking(file)]
    bad = sum(problems.rows_to_fix(answered.blocking(file)) for file in blocked)
    every = sum(_records(file) for file in draft.files)
    if blocked and bad:
        verb = "needs" if bad == 1 else "need"
        lede = (
            "All or nothing. Correct the file and drop it again, or set rows aside to suspense with a reason."
        )
        return f"{bad:,} of {every:,} rows {verb} a fix before anything is saved", lede
    if blocked:
        return "One question is open before the file can be read", "Nothing has been saved."
    if not answered.waiting(draft):
        return (
            "All of this was imported before",
            "The same content is never counted twice. Nothing has to be done.",
        )
    lede = "Below is what we noticed. Nothing has been saved yet."
    return f"All {answered.rows(draft):,} rows can be read", lede


def _records(file: DraftFile) -> int:
    return file.reading.table.records if file.reading.table else 0


def draw(draft: Draft) -> Draft:
    """Files, blockers with their way out, notes."""
    if len(draft.files) > 1:
        _files(draft)
    for file in draft.files:
        already = file.answered.preview.already if file.answered else None
        if already is not None and len(draft.files) == 1:
            when = f"This file was imported on {words.day(already.at)} by {already.actor}"
            parts.callout("note", f"{when} (change {already.change_id}).")
        if answered.blocking(file):
            _blockers(draft, file)
    _notes(draft)
    _aside(draft)
    return draft


def _files(draft: Draft) -> None:
    heads = [
        Column("File", "text"),
        Column("Month", "text"),
        Column("Rows"),
        Column("Total", phone=False),
        Column("State", "text"),
    ]
    rows = [_file_row(file) for file in draft.files]
    total = (
        Cell("All files"),
        Cell(),
        Cell(f"{answered.rows(draft):,}"),
        Cell(sums(answered.totals(draft))),
        Cell(),
    )
    parts.graphic_table("cost_check_files", "What each file holds", heads, [*rows, Row(total, kind="total")])


def _file_row(file: DraftFile) -> Row:
    preview = file.answered.preview if file.answered else None
    if preview is None:
        return Row((Cell(file.name), Cell(span=4)), kind="flat")
    months = [total.month for total in preview.months]
    label = Span(min(months), max(months)).label if months else words.DASH
    cells = (
        Cell(file.name),
        Cell(label),
        Cell(f"{preview.rows:,}"),
        Cell(sums(preview.totals)),
        state(file, preview),
    )
    return Row(cells, kind="flat")


def state(file: DraftFile, preview: Preview) -> Cell:
    """One word on whether the file can be imported."""
    if preview.already is not None:
        return Cell(f"imported before (change {preview.already.change_id})", tone="quiet")
    bad = answered.blocking(file)
    if bad:
        rows = problems.rows_to_fix(bad)
        return Cell(f"✕ {words.counted(rows, 'row')} to fix" if rows else "✕ one question open", tone="bad")
    return Cell("✓ ready", tone="good")


def _blockers(draft: Draft, file: DraftFile) -> None:
    """The problems of one file as a table by repair, with the way out of each."""
    issues = answered.blocking(file)
    by_row = [issue for issue in issues if problems.lines_of(issue)]
    whole = [issue for issue in issues if not problems.lines_of(issue)]
    if whole or len(draft.files) > 1:
        parts.section(file.name, "" if not whole else "This concerns the file as a whole.")
    parts.issue_list(whole)
    answers.draw(draft, file, [issue for issue in by_row if answers.is_word(issue)])
    if by_row:
        _rows_to_fix(draft, file, by_row)


def _rows_to_fix(draft: Draft, file: DraftFile, by_row: list[Issue]) -> None:
    """Problems that no answer to a word repairs, and the ways out for all of them."""
    shown = [
        issue for group in problems.grouped(by_row) for issue in group.issues if not answers.is_word(issue)
    ]
    if shown:
        heads = [
            Column("Row", "text"),
            Column("Field", "text"),
            Column("You sent", "text"),
            Column("We expected", "prose", phone=False),
            Column("Fix", "prose"),
        ]
        rows = [_issue_row(issue) for issue in shown[:_SHOWN]]
        parts.graphic_table(f"cost_blockers_{file.name}", f"Rows to fix in {file.name}", heads, rows)
        if len(shown) > _SHOWN:
            note(f"The first {_SHOWN} of {len(shown):,}; the download below has all of them.")
    _ways_out(draft, file, by_row)


def _issue_row(issue: Issue) -> Row:
    return Row(
        (
            Cell(_where(issue)),
            Cell(issue.column or words.DASH),
            Cell((issue.sent or "nothing")[:60]),
            Cell(issue.expected or issue.message),
            Cell(issue.fix or issue.message),
        ),
        kind="flat",
    )


def _where(issue: Issue) -> str:
    lines = problems.lines_of(issue)
    shown = ", ".join(str(line) for line in lines[:3])
    return shown if issue.count <= 3 else f"{shown} … ({issue.count:,} rows)"


def _ways_out(draft: Draft, file: DraftFile, issues: list[Issue]) -> None:
    """Take the rows away as a file to correct, or set them aside to suspense with a reason."""
    table = file.reading.table
    if table is not None:
        cells = _cells(draft, table)
        st.download_button(
            "Download the rejected rows",
            lambda: _rejected(file, issues, cells),
            f"rejected-{table.sha256[:8]}.csv",
            "text/csv",
            key=f"cost_rejected_{file.name}",
            on_click="ignore",
        )
    with st.expander("Or set rows aside to suspense, with a reason"):
        _set_aside(draft, file, issues)


def _set_aside(draft: Draft, file: DraftFile, issues: list[Issue]) -> None:
    lines = sorted({line for issue in issues for line in problems.lines_of(issue)})
    reason = st.text_input(
        "Reason",
        key=f"cost_reason_{file.name}",
        placeholder="for example: team still to be named by the platform group",
    )
    chosen = lines
    if len(lines) > 1:
        told = "Only these rows (all of them when none is chosen)"
        chosen = st.multiselect(told, lines, key=f"cost_lines_{file.name}", placeholder="all rows") or lines
    label = f"Set {words.counted(len(chosen), 'row')} aside"
    if st.button(label, key=f"cost_aside_{file.name}", disabled=not (reason or "").strip()):
        keeper.show(drafts.put_aside(draft, file.name, chosen, reason or ""))


def _cells(draft: Draft, table: ReadTable) -> dict[str, int]:
    """Our field → the cell that it is read from, for the fields that the file has."""
    found = {name: columns.find(table.headers, theirs) for name, theirs in draft.settings.columns if theirs}
    return {name: cell for name, cell in found.items() if cell is not None}


def _rejected(file: DraftFile, issues: list[Issue], cells: dict[str, int]) -> bytes:
    """The rejected rows as CSV; the file is read again for it, on the click."""
    headers = file.reading.table.headers if file.reading.table else ()
    wanted = (file.reading.sheet or None, ())
    table, _ = reading.read(
        file.content, file.name, session.store().spool_folder, known=headers, wanted=wanted
    )
    if table is None:
        return b""
    try:
        return problems.rejected_csv(table, issues, cells).encode("utf-8-sig")
    finally:
        table.spool.unlink(missing_ok=True)


@dataclass(frozen=True, slots=True)
class _Note:
    issue: Issue
    first: str
    files: int
    count: int


def _notes(draft: Draft) -> None:
    """What was noticed, once for all files, with the file that showed it first."""
    merged: dict[tuple[str, str], _Note] = {}
    for file in draft.files:
        for issue in file.answered.preview.warnings if file.answered else ():
            key = (issue.code, issue.column or "")
            kept = merged.get(key, _Note(issue, file.name, 0, 0))
            merged[key] = _Note(kept.issue, kept.first, kept.files + 1, kept.count + issue.count)
    if not merged:
        return
    parts.section("What we noticed", "None of this stops the import.")
    is_many = len(draft.files) > 1
    heads = [Column("What", "prose"), Column("Rows")]
    if is_many:
        heads += [Column("Files", phone=False), Column("First in", "text", phone=False)]
    rows = [
        _note_row(draft, one, is_many=is_many) for one in sorted(merged.values(), key=lambda one: -one.count)
    ]
    parts.graphic_table("cost_notes", "What we noticed", heads, rows)


def _note_row(draft: Draft, one: _Note, *, is_many: bool) -> Row:
    message = one.issue.message
    if one.issue.code == _UNMAPPED and is_many:
        areas = {share.area for preview in answered.previews(draft) for share in preview.suspense}
        counted = words.counted(len(areas), "cost area")
        message = f"{counted} without a team yet: their cost goes to suspense by name"
    cells: tuple[Cell, ...] = (Cell(message), Cell(f"{one.count:,}"))
    if is_many:
        cells = (*cells, Cell(f"{one.files:,}"), Cell(one.first, tone="quiet"))
    return Row(cells, kind="flat")


def _aside(draft: Draft) -> None:
    """What was set aside so far, and the way back."""
    for file in draft.files:
        if not file.set_aside:
            continue
        count = words.counted(len(file.set_aside), "row")
        note(f"{count} of {file.name} set aside to suspense: {file.set_aside[0][1]}")
        if st.button("Take them back", key=f"cost_take_back_{file.name}", type="tertiary"):
            keeper.show(drafts.take_back(draft, file.name))
