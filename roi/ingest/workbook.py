"""An Excel workbook → the text of one sheet, one line a row, so that it is read like any other file.

Numbers and dates are what Excel means by them, without the noise of its binary fractions. What the reader of
the sheets would pass over in silence (failed formulas, hidden rows) is put back or said.
"""

import csv
import io
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING
from xml.etree.ElementTree import ParseError

from roi.errors import UNSAVED, Issue, blocker, warning
from roi.ingest import container, sheet_cells, sheet_parts
from roi.ingest.container import broken, is_archive, read_part
from roi.ingest.sheet_parts import MOST_CELLS, MOST_LETTERS, MOST_LOST, Seen

if TYPE_CHECKING:
    from python_calamine import CalamineSheet, CalamineWorkbook

_NAMED = 5

Wanted = tuple[str | None, Collection[str]]
"""The sheet that was named, if one was, and sheets that are usual where a workbook has several."""


@dataclass(frozen=True, slots=True)
class SheetText:
    """The sheet that was read, as CSV text with a line for each row; all sheets that hold something.

    `number_columns` are columns with numbers in which no text could be a number: what Excel means by them
    needs no question about marks.
    """

    sheet: str
    text: bytes
    notes: tuple[Issue, ...]
    filled: tuple[str, ...]
    number_columns: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class _Book:
    """A workbook that was opened: its name, its sheets, which are hidden, and what was seen of each."""

    name: str
    opened: "CalamineWorkbook"
    names: tuple[str, ...]
    hidden: frozenset[str]
    seen: Mapping[str, Seen]


def is_workbook(content: bytes) -> bool:
    """Whether the bytes begin like a workbook of the current kind."""
    return is_archive(content)


def read(content: bytes, name: str, wanted: Wanted = (None, ())) -> SheetText | Issue:
    """The text of one sheet of a workbook, or the issue that makes it unreadable; never raises.

    With several sheets that hold something, the one to read has to be named, or be the only usual one.
    """
    refused = container.refused(content, name)
    if refused is not None:
        return refused
    from python_calamine import CalamineError

    try:
        return _read(content, name, wanted)
    except (CalamineError, ParseError, ValueError, OverflowError, KeyError) as error:
        return broken(name, str(error).splitlines()[0].rstrip(".") if str(error) else "it cannot be opened")
    except BaseException as error:
        # The reader of the sheets is compiled; where it gives up, it raises beside Python's own errors.
        if type(error).__name__ != "PanicException":
            raise
        return broken(name, "its parts contradict each other")


def _read(content: bytes, name: str, wanted: Wanted) -> SheetText | Issue:
    shared = read_part(content, "xl/sharedStrings.xml")
    percents = sheet_parts.percent_styles(read_part(content, "xl/styles.xml"))
    seen: dict[str, Seen] = {}
    for sheet, path in sheet_parts.sheet_paths(content).items():
        xml = read_part(content, path)
        seen[sheet] = sheet_parts.look_at(xml, percents)
        refused = _too_much(name, sheet, seen[sheet], sheet_parts.text_size(xml, shared))
        if refused is not None:
            return refused
    del shared
    book = _open(content, name, seen)
    filled, last = _filled(book)
    chosen = _choose(book, filled, wanted)
    if isinstance(chosen, Issue):
        return chosen
    is_open = last is not None and last.name == chosen
    text, notes, numbers = _as_text(
        last if last is not None and is_open else book.opened.get_sheet_by_name(chosen), seen[chosen]
    )
    told = (*_told(book, chosen, wanted), *_hidden(seen[chosen]), *notes)
    return SheetText(chosen, text, told, filled, numbers)


def _too_much(name: str, sheet: str, seen: Seen, letters: int) -> Issue | None:
    """The reader of the sheets reserves room for every place up to the last cell, and for each text again."""
    if seen.is_outside:
        return broken(name, f"the sheet “{sheet}” has cells where no sheet has any")
    if seen.cells > MOST_CELLS:
        what = f"the cells of the sheet “{sheet}” reach over {seen.cells:,} places"
        return container.too_large(name, what, f"at most {MOST_CELLS:,}")
    if len(seen.lost) > MOST_LOST:
        what = f"formulas of the sheet “{sheet}” have failed or have no result"
        return container.too_large(name, what, f"at most {MOST_LOST:,} such formulas")
    if letters > MOST_LETTERS:
        what = f"the cells of the sheet “{sheet}” hold {letters // 1_000_000:,} million letters"
        return container.too_large(name, what, f"at most {MOST_LETTERS // 1_000_000} million")
    return None


def _open(content: bytes, name: str, seen: Mapping[str, Seen]) -> _Book:
    """The workbook; only sheets of cells count, not charts."""
    from python_calamine import CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

    opened = CalamineWorkbook.from_filelike(io.BytesIO(content))
    sheets = [
        one for one in opened.sheets_metadata if one.typ == SheetTypeEnum.WorkSheet and one.name in seen
    ]
    hidden = frozenset(one.name for one in sheets if one.visible != SheetVisibleEnum.Visible)
    return _Book(name, opened, tuple(one.name for one in sheets), hidden, seen)


def _filled(book: _Book) -> "tuple[tuple[str, ...], CalamineSheet | None]":
    """The sheets that hold something; and the last of them, for to read one takes long. Only one is kept."""
    names, last = list[str](), None
    for name in book.names:
        if not book.seen[name].cells:
            continue
        sheet, last = None, None
        sheet = book.opened.get_sheet_by_name(name)
        if any(cell not in {"", None} for row in sheet.iter_rows() for cell in row):
            names.append(name)
            last = sheet
    return tuple(names), last


def _choose(book: _Book, filled: Sequence[str], wanted: Wanted) -> str | Issue:
    """The sheet that was named, else the only visible one that holds something, else the usual one."""
    named, usual = wanted
    if named is not None:
        is_there = named in book.names
        return named if is_there else _ask(book.name, filled or book.names, f"it has no sheet “{named}”")
    visible = [one for one in filled if one not in book.hidden]
    if len(visible) == 1:
        return visible[0]
    known = [one for one in visible if one in usual]
    if len(known) == 1:
        return known[0]
    if visible:
        return _ask(book.name, visible, f"{len(visible)} sheets hold something")
    if filled:
        return _ask(book.name, filled, "only hidden sheets hold something")
    return blocker("empty_file", f"No sheet of {book.name} holds anything. {UNSAVED}", fix="Export it again.")


def _ask(name: str, sheets: Sequence[str], why: str) -> Issue:
    return blocker(
        "sheet",
        f"{name}: {why}. Say which sheet to read. {UNSAVED}",
        column="sheet",
        expected="one of " + ", ".join(f"“{sheet}”" for sheet in sheets[:50]),
        fix="Choose the sheet, or leave only one in the workbook.",
        choices=tuple(sheets),
    )


def _told(book: _Book, chosen: str, wanted: Wanted) -> Iterator[Issue]:
    """Which sheet was read, and what stands beside it."""
    if chosen in book.hidden:
        yield warning("hidden_sheet", f"The sheet “{chosen}” is hidden in the workbook and was read.")
    others = [one for one in book.names if one != chosen]
    if others:
        named = ", ".join(f"“{one}”{' (hidden)' if one in book.hidden else ''}" for one in others[:_NAMED])
        more = f" and {len(others) - _NAMED} more" if len(others) > _NAMED else ""
        as_before = ", as before" if wanted[0] is None and chosen in wanted[1] else ""
        message = f"Only the sheet “{chosen}” was read{as_before}; not read: {named}{more}."
        yield warning("other_sheets", message)


def _hidden(seen: Seen) -> Iterator[Issue]:
    """Rows and columns that the workbook hides are read like the others; that is said."""
    found = seen.hidden_rows
    if found:
        rows = "1 row that was" if len(found) == 1 else f"{len(found):,} rows that were"
        yield warning(
            "hidden_rows",
            f"The workbook hides {rows} read like the others: {_rows(found)}.",
            line=found[0],
            lines=tuple(found[:_NAMED]),
            count=len(found),
        )
    if seen.hidden_columns:
        yield warning("hidden_columns", "The workbook hides columns; they were read like the others.")


def _rows(found: Sequence[int]) -> str:
    more = f" and {len(found) - _NAMED:,} more" if len(found) > _NAMED else ""
    return ("row " if len(found) == 1 else "rows ") + ", ".join(str(row) for row in found[:_NAMED]) + more


def _as_text(sheet: "CalamineSheet", seen: Seen) -> tuple[bytes, tuple[Issue, ...], frozenset[int]]:
    """One CSV line for each row of the sheet, so that a line's number is the row's number."""
    out, noted = io.StringIO(), sheet_cells.Noted()
    csv.writer(out, lineterminator="\n").writerows(sheet_cells.rows(sheet, seen, noted))
    notes = (*_broken_lines(sorted(noted.broken_rows)), *_lost(seen))
    return out.getvalue().encode(errors="replace"), notes, frozenset(noted.numbers - noted.marked)


def _broken_lines(rows: Sequence[int]) -> Iterator[Issue]:
    if rows:
        yield warning(
            "line_breaks",
            f"Line breaks inside cells were read as blanks: {_rows(rows)}.",
            line=rows[0],
            lines=tuple(rows[:_NAMED]),
            count=len(rows),
        )


def _lost(seen: Seen) -> Iterator[Issue]:
    """Formulas that failed or were never worked out: where one stands in an amount, the line is refused."""
    rows = sorted({row for row, _ in seen.lost})
    if rows:
        text = next(iter(seen.lost.values()))
        yield warning(
            "formula_errors",
            f"Formulas without a result, such as {text}, stand in {_rows(rows)}.",
            line=rows[0],
            sent=text,
            lines=tuple(rows[:_NAMED]),
            count=len(rows),
            fix="Open the workbook in a spreadsheet, repair the formulas and save it.",
        )
