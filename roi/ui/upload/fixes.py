"""Cells that cannot be read: type what each should be, once for all rows alike (ux.md 8).

A fix never edits the file: it is part of what is asked, kept with the import, and shown in its trace.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass

import streamlit as st

from roi.charts.markup import tag
from roi.commands.cost_files.costs_rejected import lines_of
from roi.domain.importing import CORRECTABLE, Correction
from roi.domain.money import MINOR_DIGITS
from roi.errors import Issue
from roi.ingest import correcting
from roi.ingest.month_headers import header_month
from roi.story import words
from roi.ui import parts
from roi.ui.upload import draft as drafts
from roi.ui.upload import keeper
from roi.ui.upload.draft import Draft, DraftFile
from roi.ui.upload.pieces import note, parse_total

_MOST = 25
_OTHERWISE = frozenset(
    {"period_order", "too_long", "date_order", "decimal_mark", "aside", "correction", "person_name"}
)
"""Problems that no single cell repairs, or that belong to a question of their own."""

_PLAIN_FIX = re.compile("Correct|Complete|Say ")
"""Beginnings of repairs that the cell to type in says itself."""

_BY_LINE = frozenset({"month_range"})
"""Problems whose `sent` is what was read, not what stood in the cell."""


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell to fix, or all cells alike."""

    field: str
    sent: str | None
    lines: tuple[int, ...]
    count: int
    expected: str
    hint: str = ""

    @property
    def name(self) -> str:
        """Its name among what was typed."""
        return f"{self.field}|{self.lines[0] if self.sent is None else self.sent}"

    def corrections(self, value: str, *, is_for_all: bool) -> list[Correction]:
        """What is asked when the value is put into it, or into its first row only."""
        if self.sent is not None and is_for_all:
            return [Correction(self.field, value, sent=self.sent)]
        lines = self.lines if is_for_all else self.lines[:1]
        return [Correction(self.field, value, line, self.sent) for line in lines]


def is_fixable(issue: Issue) -> bool:
    """Whether a cell can be typed anew to repair the issue."""
    return issue.column in CORRECTABLE and issue.code not in _OTHERWISE and bool(lines_of(issue))


def cells(issues: Iterable[Issue]) -> list[Cell]:
    """The cells to fix, each once however many problems it has."""
    found: dict[str, Cell] = {}
    for issue in issues:
        if is_fixable(issue):
            expected = correcting.EXPECTED.get(issue.column or "", issue.expected or "")
            sent = None if issue.code in _BY_LINE else issue.sent or ""
            hint = "" if _PLAIN_FIX.match(issue.fix or "") else issue.fix or ""
            cell = Cell(issue.column or "", sent, lines_of(issue), issue.count, expected, hint)
            found.setdefault(cell.name, cell)
    return sorted(found.values(), key=lambda cell: cell.lines[0])


def read_typed(field: str, text: str, currency: str) -> str | None:
    """A fix as it is put: `31,5` → `31.5`, `Mar 2026` → `2026-03`; None when it cannot be read."""
    text = text.strip()
    if field == "amount":
        total = parse_total(text, MINOR_DIGITS.get(currency, 2))
        text = "" if total is None else f"{total:f}"
    elif correcting.EXPECTED.get(field, "").startswith("a month") and (month := header_month(text)):
        text = text if correcting.is_value(field, text) else f"{month // 100}-{month % 100:02d}"
    elif field == "currency":
        text = text.upper()
    return text if correcting.is_value(field, text) else None


def draw(draft: Draft, file: DraftFile, issues: list[Issue]) -> Draft:
    """One row a cell: where, what was sent, what is expected, and the Fix; *Check again* takes them."""
    asked = cells(issues)
    if not asked:
        return draft
    parts.section(
        f"{words.sentence(words.spelled(len(asked), 'cell'))} to fix",
        "Type what each should be. The file stays as it was sent; what you put is kept with the import.",
    )
    typed, given = dict(file.typed), []
    for cell in asked[:_MOST]:
        text, is_for_all = _row(file, cell, typed.get(cell.name, ""))
        draft = drafts.type_fix(draft, file.name, cell.name, text)
        value = read_typed(cell.field, text, draft.settings.value_of("currency") or "")
        if text and value is None:
            parts.callout("attention", f"“{text[:30]}” cannot be put here. Expected: {cell.expected}.")
        elif value is not None:
            given += cell.corrections(value, is_for_all=is_for_all)
    if len(asked) > _MOST:
        note(f"The first {_MOST} of {len(asked):,}; the others follow. Or download the rejected rows below.")
    keeper.keep(draft)
    label = f"Check again with {words.counted(len(given), 'fix', 'fixes')}" if given else "Check again"
    if st.button(label, key=f"cost_fixes_{file.name}", type="primary", disabled=not given):
        keeper.show(drafts.correct(draft, file.name, given))
    return draft


def _row(file: DraftFile, cell: Cell, typed: str) -> tuple[str, bool]:
    """What is typed for one cell, and whether it is for all alike."""
    key = f"{file.name}_{cell.name}"
    # A hidden label is read aloud as it stands, so nothing that would have to be escaped is in it.
    label = f"Fix for {cell.field.replace('_', ' ')} in {_where(cell).replace('…', 'and more')}"
    with st.container(key=f"cost_fix_row_{key}"):
        told, fix, alike = st.columns([5, 2.4, 2], vertical_alignment="center")
        with told:
            st.html(_told(cell))
        with fix:
            text = st.text_input(
                label,
                value=typed,
                key=f"cost_fix_{key}",
                placeholder=_PLACEHOLDERS.get(cell.field, "what it should be"),
                label_visibility="collapsed",
            )
        with alike:
            is_for_all = True
            if cell.count > 1:
                is_for_all = st.checkbox(f"all {cell.count:,} like this", value=True, key=f"cost_alike_{key}")
    return (text or "").strip(), is_for_all


_PLACEHOLDERS = {"month": "2026-04", "period_start": "2026-04", "period_end": "2026-04", "amount": "1,234.50"}


def _told(cell: Cell) -> object:
    sent = tag("b", _sent(cell))
    head = tag(
        "p",
        f"{words.sentence(_where(cell))} · {cell.field.replace('_', ' ')}: you sent ",
        sent,
        class_="field",
    )
    expected = f"Expected {cell.expected}. " if cell.expected else ""
    below = f"{expected}{cell.hint}".strip().removesuffix(".")
    return tag("div", head, tag("p", below, class_="sub") if below else None)


def _sent(cell: Cell) -> str:
    if cell.sent is None:
        return "another value"
    return f"“{cell.sent.strip()[:60]}”" if cell.sent.strip() else "nothing"


def _where(cell: Cell) -> str:
    own = tuple(dict.fromkeys(cell.lines))
    shown = ", ".join(f"{line:,}" for line in own[:3])
    if cell.count == 1 or len(own) == 1:
        return f"row {shown}"
    return f"rows {shown}" if cell.count <= 3 else f"rows {shown}, … ({cell.count:,})"


def taken(draft: Draft, file: DraftFile) -> None:
    """What is read otherwise than sent so far, and the way back."""
    preview = file.answered.preview if file.answered else None
    if not file.corrections:
        return
    count = sum(len(one.lines) for one in preview.corrected) if preview else 0
    parts.section(
        f"{words.sentence(words.spelled(count, 'cell'))} of {file.name} corrected here",
        "The file stays as it was sent. The receipt counts these cells; Trace shows each beside its line.",
    )
    columns = [
        parts.Column("Row", "text"),
        parts.Column("Field", "text"),
        parts.Column("You sent", "text"),
        parts.Column("Read as", "text"),
    ]
    rows = [
        parts.Row(
            (
                parts.Cell(_where(Cell(one.field, one.sent, one.lines, len(one.lines), ""))),
                parts.Cell(one.field.replace("_", " ")),
                parts.Cell(one.sent.strip()[:60] or "nothing"),
                parts.Cell(one.value),
            ),
            kind="flat",
        )
        for one in (preview.corrected if preview else ())[:_MOST]
    ]
    if rows:
        parts.graphic_table(f"cost_corrected_{file.name}", f"Corrected cells of {file.name}", columns, rows)
    if st.button("Take the corrections back", key=f"cost_uncorrect_{file.name}", type="tertiary"):
        keeper.show(drafts.uncorrect(draft, file.name))
