"""Step 1: the files, and what they should hold."""

from dataclasses import replace

import streamlit as st

from roi.commands import costs, lists
from roi.domain.importing import Settings
from roi.errors import UNSAVED
from roi.story import words
from roi.ui import parts, session
from roi.ui.parts import Cell, Column, Row
from roi.ui.upload import draft as drafts
from roi.ui.upload import keeper, progress
from roi.ui.upload.draft import Draft, DraftFile
from roi.ui.upload.pieces import short

_NEEDS = (
    ("Month or date", "yes", "2026-09 or 30/09/2026", "Or one month stated for the whole file"),
    ("Amount", "yes", "12,480.50", "Minus or brackets for credits"),
    ("Currency", "yes", "USD", "Or stated once for the whole file"),
    (
        "Team, cost centre or pool",
        "one of them",
        "Onboarding",
        "Their name for it; you say once where it goes",
    ),
    ("Category, supplier, description", "no", "Contractors", "What was bought; shown to finance only"),
    ("Scenario", "no", "actual", "actual, plan or outlook; actual when nothing is said"),
    (
        "Capital or operating, intent",
        "no",
        "operating, grow",
        "Finance's own split; it is never decided here",
    ),
)


_OF_SHEETS = frozenset({"other_sheets", "hidden_sheet", "hidden_rows", "hidden_columns"})


def title(draft: Draft) -> tuple[str, str]:
    """What the page says in this step."""
    if not draft.files:
        return "Drop the cost files as your ledger exported them", (
            "One file or a whole year at once. Nothing is saved before the last step, and it can be undone."
        )
    lines = sum(file.reading.table.records for file in draft.files if file.reading.table)
    files = words.sentence(words.spelled(len(draft.files), "file"))
    if not lines and len(draft.files) == 1 and draft.files[0].reading.sheets:
        return "Say which sheet has the costs", f"The workbook has several. {UNSAVED}"
    if not lines:
        return f"{files} dropped, none of them readable" if len(
            draft.files
        ) > 1 else "The file cannot be read", (f"{UNSAVED}")
    return f"{files} with {words.counted(lines, 'line')} to read", "Nothing is saved before the last step."


def draw(draft: Draft) -> Draft:
    """The drop zone, the dropped files, and what we need."""
    dropped = st.file_uploader(
        "Cost files (CSV or Excel workbooks)",
        accept_multiple_files=True,
        key=keeper.drop_zone_key(),
        help="As exported: delimiter, decimal comma, title lines and empty columns are found. "
        "Workbooks as XLSX.",
    )
    if dropped:
        _take(draft, [(one.name, one.getvalue()) for one in dropped])
    if draft.files:
        _files(draft)
    for name in draft.left_out:
        parts.callout("note", f"{name} has the same content as another of these files; it counts once.")
    for file in draft.files:
        _problems(draft, file)
    if not draft.files:
        _what_we_need()
    return draft


def _take(draft: Draft, contents: list[tuple[str, bytes]]) -> None:
    """Read what was dropped, beside what the draft already holds."""
    store, acting = session.store(), session.actor()
    read: list[DraftFile] = []
    for number, (name, content) in enumerate(contents):
        with progress.shown(name, None, (number, len(contents))):
            reading = costs.read_file(store, acting, content, name)
        read.append(DraftFile(_unlike(name, [*draft.files, *read]), content, reading))
    keeper.empty_drop_zone()
    keeper.show(drafts.dropped(draft, [*draft.files, *read]))


def _unlike(name: str, others: list[DraftFile]) -> str:
    """A file is known by its name in the draft, so a second one of the same name gets a number."""
    taken = {file.name for file in others}
    stem, dot, ending = name.rpartition(".")
    tries = (
        name,
        *(
            f"{stem or ending} ({number}){dot if stem else ''}{ending if stem else ''}"
            for number in range(2, 100)
        ),
    )
    return next(candidate for candidate in tries if candidate not in taken)


def _files(draft: Draft) -> None:
    columns = [
        Column("File", "text"),
        Column("Lines"),
        Column("Read as", "text", phone=False),
        Column("State", "text"),
    ]
    rows = [_file_row(file) for file in draft.files]
    parts.graphic_table("cost_files", "The files that were dropped", columns, rows)


def _file_row(file: DraftFile) -> Row:
    table = file.reading.table
    lines = f"{table.records:,}" if table else words.DASH
    read_as = table.encoding if table else ""
    if table and not table.sheet:
        read_as = f"{table.encoding}, {_delimiter(table.delimiter)}"
    return Row((Cell(short(file.name)), Cell(lines), Cell(read_as, tone="quiet"), _state(file)), kind="flat")


def _delimiter(mark: str) -> str:
    return {",": "comma", ";": "semicolon", "\t": "tab", "|": "bar"}.get(mark, mark)


def _state(file: DraftFile) -> Cell:
    already = file.reading.already
    if already is not None:
        return Cell(f"imported on {words.day(already.at)} by {already.actor}", tone="attn")
    if file.reading.table is None:
        if file.reading.sheets:
            return Cell("choose the sheet", tone="attn")
        return Cell("✕ cannot be read", tone="bad")
    return Cell("✓ readable", tone="good")


def _problems(draft: Draft, file: DraftFile) -> None:
    """A file that cannot be read: why, and the way out. A workbook with several sheets: which one is read."""
    if file.reading.table is not None:
        if len(file.reading.sheets) > 1:
            _sheet(draft, file)
        return
    if file.reading.sheets:
        _sheet(draft, file)
    else:
        parts.section(f"{file.name} cannot be read")
        parts.issue_list(file.reading.issues)
    if st.button(parts.plain(f"Take out {file.name}"), key=f"cost_take_out_{file.name}"):
        keeper.show(drafts.remove_file(draft, file.name))


def _sheet(draft: Draft, file: DraftFile) -> None:
    """Several sheets hold something: which one has the costs is a question, and can be answered anew."""
    now = file.reading.sheet or None
    told = "The answer is remembered for this source."
    for issue in file.reading.issues:
        if issue.code in _OF_SHEETS and now is not None:
            told = f"{issue.message} {told}"
    parts.section(f"Which sheet of {file.name} has the costs?", told)
    sheets = file.reading.sheets
    key = f"cost_sheet_{file.name}"
    place = sheets.index(now) if now in sheets else None
    chosen = st.selectbox("Sheet", sheets, index=place, key=key, placeholder="choose", width=420)
    if chosen is not None and chosen != now:
        store, acting = session.store(), session.actor()
        reading = costs.read_file(store, acting, file.content, file.name, sheet=chosen)
        fresh = DraftFile(file.name, file.content, reading)
        read = [fresh if one.name == file.name else one for one in draft.files]
        # What was said about the columns of one sheet says nothing about those of another.
        keeper.show(drafts.dropped(replace(draft, settings=Settings()), read))


def _what_we_need() -> None:
    parts.section("What we need", "Any column names and any order; you say in the next step which is which.")
    columns = [
        Column("What", "text"),
        Column("Needed", "text"),
        Column("For example", "text"),
        Column("Note", "text", phone=False),
    ]
    rows = [Row(tuple(Cell(part) for part in need), kind="flat") for need in _NEEDS]
    parts.graphic_table("cost_needs", "What a cost file should hold", columns, rows)
    parts.callout("note", "No names of people, please: use roles or person keys. Names are refused.")
    st.download_button(
        "Download the template",
        lists.template("costs"),
        "costs.csv",
        "text/csv",
        key="cost_template",
        on_click="ignore",
    )
