"""An Excel workbook → the text of one sheet, one line a row, so that it is read like any other file.

What could harm or mislead is refused before anything is opened: what unpacks too large, entities, macros,
passwords. Numbers and dates are what Excel means by them, without the noise of its binary fractions.
"""

import csv
import io
import math
import re
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal

from roi.errors import Issue, blocker, warning

MOST_UNPACKED = 100 * 1024 * 1024
MOST_RATIO = 200
_SMALL = 1024 * 1024
_MOST_PARTS = 5_000
_CHUNK = 1024 * 1024
_FORBIDDEN = re.compile(rb"<!\s*(DOCTYPE|ENTITY)", re.IGNORECASE)
_HIDDEN_ROW = re.compile(
    rb'<row\b[^>]*?\br="(\d+)"[^>]*?\bhidden="(?:1|true)"|'
    rb'<row\b[^>]*?\bhidden="(?:1|true)"[^>]*?\br="(\d+)"'
)
_SAFE = "Nothing has been saved."
_NAMED = 5


@dataclass(frozen=True, slots=True)
class SheetText:
    """The sheet that was read, as CSV text with one line for each row of the sheet."""

    sheet: str
    text: bytes
    notes: tuple[Issue, ...]


def is_workbook(content: bytes) -> bool:
    """Whether the bytes begin like a workbook of the current kind."""
    return content.startswith(b"PK\x03\x04")


def read(content: bytes, name: str, sheet: str | None = None) -> SheetText | Issue:
    """The text of one sheet of a workbook, or the issue that makes it unreadable; never raises.

    With several sheets that hold something, the one to read has to be named (`sheet`).
    """
    refused = _refused(content, name)
    if refused is not None:
        return refused
    from python_calamine import CalamineError, CalamineWorkbook, SheetVisibleEnum

    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(content))
        hidden = {meta.name for meta in book.sheets_metadata if meta.visible != SheetVisibleEnum.Visible}
        chosen = _choose(book, name, sheet, hidden)
        if isinstance(chosen, Issue):
            return chosen
        rows = book.get_sheet_by_name(chosen).to_python(skip_empty_area=False)
    except (CalamineError, ValueError, OverflowError) as error:
        return _broken(name, str(error).splitlines()[0] if str(error) else "it cannot be opened")
    text, notes = _as_text(rows)
    told = (
        *_told(chosen, hidden, book.sheet_names),
        *_hidden_rows(content, book.sheet_names.index(chosen)),
        *notes,
    )
    return SheetText(chosen, text, told)


def _refused(content: bytes, name: str) -> Issue | None:
    """Why the container is not opened at all."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as parts:
            return _refuse_parts(parts, name)
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, OSError, ValueError):
        return _broken(name, "it is not whole, or packed in a way that Excel does not write")


def _refuse_parts(parts: zipfile.ZipFile, name: str) -> Issue | None:
    found = parts.infolist()
    unpacked = sum(part.file_size for part in found)
    packed = max(sum(part.compress_size for part in found), 1)
    if (
        len(found) > _MOST_PARTS
        or unpacked > MOST_UNPACKED
        or (unpacked > _SMALL and unpacked > MOST_RATIO * packed)
    ):
        return blocker(
            "unpacks_too_large",
            f"{name} would unpack to {unpacked // 1_000_000:,} MB, {unpacked // packed} times its size. {_SAFE}",
            expected=f"at most {MOST_UNPACKED // 1_000_000} MB, and {MOST_RATIO} times",
            fix="Save only the sheet with the costs, or save it as CSV.",
        )
    names = {part.filename for part in found}
    if "xl/workbook.xml" not in names:
        return blocker(
            "not_a_workbook",
            f"{name} is a compressed file, but no Excel workbook. {_SAFE}",
            expected="an XLSX workbook or a CSV file",
            fix="Unpack it and import the file inside, or save the sheet as CSV.",
        )
    if any(part.lower().endswith("vbaproject.bin") for part in names):
        return blocker(
            "macros",
            f"{name} carries macros (programs). {_SAFE}",
            expected="a workbook without macros",
            fix="Save it as a plain XLSX workbook or as CSV.",
        )
    return _refuse_entities(parts, found, name)


def _refuse_entities(parts: zipfile.ZipFile, found: Sequence[zipfile.ZipInfo], name: str) -> Issue | None:
    """No part of a workbook needs a document type; the ones that have it want to reach for something."""
    for part in found:
        if not part.filename.lower().endswith((".xml", ".rels", ".vml")):
            continue
        with parts.open(part) as stream:
            before = b""
            while chunk := stream.read(_CHUNK):
                if _FORBIDDEN.search(before + chunk) or chunk.startswith((b"\xff\xfe", b"\xfe\xff")):
                    return blocker(
                        "entities",
                        f"{name} holds an XML document type or entity in {part.filename}. {_SAFE}",
                        expected="a workbook as Excel writes it",
                        fix="Save the sheet as CSV, or ask where the file comes from.",
                    )
                before = chunk[-32:]
    return None


def _choose(book: object, name: str, sheet: str | None, hidden: set[str]) -> str | Issue:
    """The sheet that was named, else the only visible one that holds something."""
    names: list[str] = book.sheet_names  # type: ignore[attr-defined]  # the library ships no types for it
    if sheet is not None:
        return sheet if sheet in names else _ask(name, names, f"it has no sheet “{sheet}”")
    filled = [one for one in names if one not in hidden and _holds_something(book, one)]
    if len(filled) == 1:
        return filled[0]
    if not filled:
        return blocker(
            "empty_file", f"No visible sheet of {name} holds anything. {_SAFE}", fix="Export it again."
        )
    return _ask(name, filled, f"{len(filled)} sheets hold something")


def _holds_something(book: object, sheet: str) -> bool:
    rows = book.get_sheet_by_name(sheet).to_python()  # type: ignore[attr-defined]  # as above
    return any(cell != "" for row in rows for cell in row)


def _ask(name: str, sheets: Sequence[str], why: str) -> Issue:
    return blocker(
        "sheet",
        f"{name}: {why}. Say which sheet to read. {_SAFE}",
        column="sheet",
        expected="one of " + ", ".join(f"“{sheet}”" for sheet in sheets),
        fix="Choose the sheet.",
    )


def _broken(name: str, why: str) -> Issue:
    return blocker(
        "broken_workbook",
        f"{name} cannot be read as a workbook: {why}. {_SAFE}",
        expected="an XLSX workbook",
        fix="Open it in a spreadsheet and save it again, as XLSX or as CSV.",
    )


def _told(chosen: str, hidden: set[str], names: Sequence[str]) -> Iterator[Issue]:
    """Which sheet was read, and what stands beside it that nobody sees."""
    if chosen in hidden:
        yield warning("hidden_sheet", f"The sheet “{chosen}” is hidden in the workbook and was read.")
    others = [one for one in names if one != chosen]
    if others:
        named = ", ".join(f"“{one}”{' (hidden)' if one in hidden else ''}" for one in others[:_NAMED])
        more = f" and {len(others) - _NAMED} more" if len(others) > _NAMED else ""
        yield warning("other_sheets", f"Only the sheet “{chosen}” was read; not read: {named}{more}.")


def _hidden_rows(content: bytes, place: int) -> Iterator[Issue]:
    """Rows that the workbook hides are read like the others; that is said."""
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        sheets = sorted(
            (part for part in parts.namelist() if re.fullmatch(r"xl/worksheets/sheet\d+\.xml", part)),
            key=lambda part: int(re.findall(r"\d+", part)[-1]),
        )
        if place >= len(sheets):
            return
        found = [int(one or other) for one, other in _HIDDEN_ROW.findall(parts.read(sheets[place]))]
    if found:
        named = ", ".join(str(row) for row in found[:_NAMED])
        more = f" and {len(found) - _NAMED} more" if len(found) > _NAMED else ""
        yield warning(
            "hidden_rows",
            f"The workbook hides {len(found)} rows that were read like the others: {named}{more}.",
            line=found[0],
            lines=tuple(found[:_NAMED]),
            count=len(found),
        )


def _as_text(rows: Sequence[Sequence[object]]) -> tuple[bytes, tuple[Issue, ...]]:
    """One CSV line for each row of the sheet, so that a line's number is the row's number."""
    out, broken = io.StringIO(), []
    writer = csv.writer(out, lineterminator="\n")
    for number, row in enumerate(rows, start=1):
        cells = [_cell(value) for value in row]
        if any("\n" in cell or "\r" in cell for cell in cells):
            broken.append(number)
            cells = [" ".join(cell.splitlines()) for cell in cells]
        writer.writerow(cells)
    notes: tuple[Issue, ...] = ()
    if broken:
        message = f"Line breaks inside {len(broken)} rows were read as blanks, first in row {broken[0]}."
        notes = (
            warning("line_breaks", message, line=broken[0], lines=tuple(broken[:_NAMED]), count=len(broken)),
        )
    return out.getvalue().encode(), notes


def _cell(value: object) -> str:
    """A cell as text: whole numbers without a point, fractions without binary noise, days in ISO form."""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, int):
        return str(value)
    if isinstance(value, float):
        return _number(value)
    if isinstance(value, datetime):
        return (
            value.date().isoformat()
            if value.time() == time()
            else value.isoformat(sep=" ", timespec="seconds")
        )
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, time | timedelta):
        return str(value)
    return "" if value is None else str(value)


def _number(value: float) -> str:
    """Fifteen significant digits, which is all that Excel keeps; never an exponent."""
    return f"{Decimal(f'{value:.15g}'):f}" if math.isfinite(value) else "not a number"
