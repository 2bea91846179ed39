"""Step 3: everything that is wrong, at once; blockers apart from what only has to be said."""

from dataclasses import dataclass

import streamlit as st

from roi.commands import costs
from roi.commands.changing.requests import Preview
from roi.commands.cost_files.costs_rejected import lines_of
from roi.domain.periods import Span
from roi.errors import UNSAVED, Issue
from roi.story import words
from roi.ui import parts, session
from roi.ui.parts import Cell, Column, Row
from roi.ui.upload import answered, answers, fixes, keeper, problems, progress, questions, rejects
from roi.ui.upload import draft as drafts
from roi.ui.upload.draft import Draft, DraftFile
from roi.ui.upload.pieces import note, short, sums

_SHOWN = 200
_UNMAPPED, _CORRECTED = "unmapped_areas", "corrected"


def read_again(draft: Draft) -> Draft:
    """The draft with a fresh preview of every file whose last one answers something else."""
    version = session.store().version
    stale = [file for file in draft.files if answered.preview_of(draft, file, version) is None]
    if not stale:
        return draft
    for number, file in enumerate(stale):
        with progress.shown(file.name, _records(file), (number, len(stale))) as tell:
            found = session.do(costs.preview, answered.question_for(draft, file), tell)
        if found is None:
            st.stop()
        draft = keeper.keep(answered.answer(draft, file, version, found))
    return keeper.keep(answered.in_month_order(draft))


def title(draft: Draft) -> tuple[str, str]:
    """`2 of 212 rows need a fix before anything is saved`."""
    blocked = [file for file in draft.files if answered.blocking(file)]
    bad = sum(problems.rows_to_fix(answered.blocking(file)) for file in blocked)
    every = sum(_records(file) for file in draft.files)
    if blocked and bad:
        verb = "needs" if bad == 1 else "need"
        lede = (
            "All or nothing. Fix the cells here or in the file, or set rows aside to suspense with a reason."
        )
        of_all = "The one row" if every == 1 else f"{bad:,} of {every:,} rows"
        return f"{of_all} {verb} a fix before anything is saved", lede
    if blocked:
        return "One question is open before the file can be read", f"{UNSAVED}"
    if not answered.waiting(draft):
        return (
            "All of this was imported before",
            "The same content is never counted twice. Nothing has to be done.",
        )
    lede = "Below is what we noticed. Nothing has been saved yet."
    rows = answered.rows(draft)
    return "The one row can be read" if rows == 1 else f"All {rows:,} rows can be read", lede


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
            draft = _blockers(draft, file)
        fixes.taken(draft, file)
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
        return Row((Cell(short(file.name)), Cell(span=4)), kind="flat")
    months = [total.month for total in preview.months]
    label = Span(min(months), max(months)).label if months else words.DASH
    cells = (
        Cell(short(file.name)),
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


def _blockers(draft: Draft, file: DraftFile) -> Draft:
    """The problems of one file by their repair, with the way out of each."""
    issues = answered.blocking(file)
    by_row = [issue for issue in issues if lines_of(issue)]
    whole = [issue for issue in issues if not lines_of(issue)]
    if whole or len(draft.files) > 1:
        parts.section(file.name, "" if not whole else "This concerns the file as a whole.")
    parts.issue_list(whole)
    questions.draw(draft, by_row)
    answers.draw(draft, file, [issue for issue in by_row if answers.is_word(issue)])
    asked = {issue.column for issue in by_row if questions.is_question(issue)}
    rest = [issue for issue in by_row if not answers.is_word(issue) and issue.column not in asked]
    draft = fixes.draw(draft, file, rest)
    _no_cell(
        file, [issue for issue in rest if not fixes.is_fixable(issue) and not questions.is_question(issue)]
    )
    if by_row:
        rejects.draw(draft, file, by_row)
    return draft


def _no_cell(file: DraftFile, shown: list[Issue]) -> None:
    """Problems that are repaired in the file only."""
    if not shown:
        return
    parts.section("To be repaired in the file", "No single cell can be typed anew for these.")
    heads = [
        Column("Row", "text"),
        Column("Field", "text"),
        Column("You sent", "text", phone=False),
        Column("What is wrong, and the fix", "prose"),
    ]
    rows = [_issue_row(issue) for issue in shown[:_SHOWN]]
    parts.graphic_table(f"cost_blockers_{file.name}", f"Rows to fix in {file.name}", heads, rows)
    if len(shown) > _SHOWN:
        note(f"The first {_SHOWN} of {len(shown):,}; the download below has all of them.")


def _issue_row(issue: Issue) -> Row:
    told = issue.message.removesuffix(f" {UNSAVED}")
    return Row(
        (
            Cell(_where(issue)),
            Cell((issue.column or words.DASH).replace("_", " ")),
            Cell("not shown" if issue.sent is None else issue.sent[:60] or "nothing"),
            Cell(f"{told} {issue.fix or ''}".strip()),
        ),
        kind="flat",
    )


def _where(issue: Issue) -> str:
    lines = lines_of(issue)
    shown = ", ".join(str(line) for line in lines[:3])
    return shown if issue.count <= 3 else f"{shown} … ({issue.count:,} rows)"


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
            if issue.code == _CORRECTED:
                continue  # the table of corrected cells says it
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
