"""The records below a header → a spool that the store reads, with their physical lines.

A file without quotes is looked at in bulk: what stays of its lines when everything but delimiters is
deleted is compared with a pattern, which costs a tenth of reading it. Quoted text is masked first.
Only a file whose quotes are irregular goes through Python's reader record by record.
"""

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from roi.errors import Issue, blocker
from roi.ingest.dialect import BrokenRecordError, Layout, numbered

_QUOTE, _NEWLINE, _MASK = 34, 10, 120


@dataclass(slots=True)
class Spooled:
    """What was written: records, blank ones left out, the widest record, whether lines are numbered."""

    records: int = 0
    blank: int = 0
    width: int = 0
    is_numbered: bool = True
    issues: list[Issue] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Shape:
    """How many cells the header has, and how many of them up to its last name."""

    cells: int
    named: int
    delimiter: str


@dataclass(slots=True)
class _Ragged:
    """Lines with too few and with too many cells, with the number of cells of the first."""

    short: list[int] = field(default_factory=list)
    long: list[int] = field(default_factory=list)
    first_short: int = 0
    first_long: int = 0


def spool(text: bytes, layout: Layout, path: Path) -> Spooled:
    """Write every record that is not blank to `path`; a record of another width is an issue."""
    named = max((cell + 1 for cell, name in enumerate(layout.header) if name), default=0)
    shape = _Shape(len(layout.header), named, layout.delimiter)
    body = text[_offset(text, layout.body_line) :]
    if not body.endswith(b"\n") and body:
        body += b"\n"
    masked = _masked(body, layout.delimiter) if _is_regular(text) else None
    if masked is None:
        return _spool_slowly(text.decode(), layout, shape, path)
    if _is_plain(masked, body, shape):
        path.write_bytes(body)
        return Spooled(masked.count(b"\n"), 0, shape.cells, is_numbered=False)
    return _spool_records(body, masked, layout, shape, path)


def _offset(text: bytes, line: int) -> int:
    """Where a physical line begins."""
    position = 0
    for _ in range(line - 1):
        position = text.find(b"\n", position) + 1
        if position == 0:
            return len(text)
    return position


def _is_regular(text: bytes) -> bool:
    """Whether all line ends are alike, none of them a bare carriage return."""
    returns = text.count(b"\r")
    return returns == 0 or (returns == text.count(b"\r\n") and returns in {text.count(b"\n"), 0})


def _masked(body: bytes, delimiter: str) -> bytes | None:
    """The body with quoted text blotted out, same length; None when quotes are irregular."""
    if b'"' not in body:
        return body
    signs = np.frombuffer(body, dtype=np.uint8)
    is_quote = signs == _QUOTE
    inside = (np.cumsum(is_quote, dtype=np.int32) & 1).astype(bool)
    places = np.flatnonzero(is_quote)
    if len(places) % 2:
        return None
    opening, closing = places[0::2], places[1::2]
    before = np.where(opening > 0, signs[np.maximum(opening - 1, 0)], _NEWLINE)
    after = signs[np.minimum(closing + 1, len(signs) - 1)]
    mark = ord(delimiter)
    if (
        not np.isin(before, (mark, _NEWLINE, _QUOTE)).all()
        or not np.isin(after, (mark, 10, 13, _QUOTE)).all()
    ):
        return None
    # A quote that opens after a quote must follow the one that just closed: `""` inside a quoted cell.
    is_reopened = before[1:] == _QUOTE
    if before[0] == _QUOTE or not (opening[1:][is_reopened] - 1 == closing[:-1][is_reopened]).all():
        return None
    masked = signs.copy()
    masked[inside | is_quote] = _MASK
    return masked.tobytes()


def _is_plain(masked: bytes, body: bytes, shape: _Shape) -> bool:
    """Whether every physical line is one record of the header's width, and none is blank."""
    if masked.count(b"\n") != body.count(b"\n"):
        return False
    skeleton = _skeleton(masked, shape.delimiter)
    pattern = shape.delimiter.encode() * (shape.cells - 1) + b"\n"
    return skeleton == pattern * masked.count(b"\n") and not _has_blank_line(body, shape.delimiter.encode())


def _skeleton(masked: bytes, delimiter: str) -> bytes:
    kept = delimiter.encode() + b"\n"
    return masked.translate(None, bytes(code for code in range(256) if code not in kept))


def _has_blank_line(body: bytes, mark: bytes) -> bool:
    """Whether a line holds nothing but delimiters, blanks and quotes.

    Only a line that begins with one of them can be such a line, and most files have none that does.
    """
    signs = np.frombuffer(body, dtype=np.uint8)
    first = np.concatenate((signs[:1], signs[np.flatnonzero(signs == _NEWLINE)[:-1] + 1]))
    if not np.isin(first, np.frombuffer(mark + b' \t\r"', dtype=np.uint8)).any():
        return False
    return re.search(rb"(?:^|\n)[ \t\r\"" + re.escape(mark) + rb"]*(?=\n)", body) is not None


def _spool_records(body: bytes, masked: bytes, layout: Layout, shape: _Shape, path: Path) -> Spooled:
    """Records one by one, but only as slices of bytes: quotes are regular."""
    spooled, ragged = Spooled(), _Ragged()
    is_multiline = masked.count(b"\n") != body.count(b"\n")
    mark = shape.delimiter.encode()
    blanks = bytes({*b' "\r\n\t', *mark})
    line, start = layout.body_line, 0
    with path.open("wb") as out:
        for outline in masked.split(b"\n")[:-1]:
            end = start + len(outline)
            record = body[start:end]
            height = record.count(b"\n") + 1 if is_multiline else 1
            if not record.strip(blanks) and _is_blank(record, shape):
                spooled.blank += 1
            elif (cells := outline.count(mark) + 1) == shape.cells or _fits(record, cells, shape):
                out.write(b"%d%b%b\n" % (line, mark, record.removesuffix(b"\r")))
                spooled.records += 1
                spooled.width = max(spooled.width, cells)
            else:
                _note_ragged(ragged, line, cells, shape)
            if height > 1:
                _note_swallowed(spooled, (record, outline), line, shape)
            line, start = line + height, end + 1
    spooled.width = max(spooled.width, shape.cells)
    spooled.issues.extend(_ragged_issues(ragged, shape))
    return spooled


def _is_blank(record: bytes, shape: _Shape) -> bool:
    """Whether a record of delimiters, blanks and quotes is empty; a quoted delimiter is text."""
    found = next(numbered(record.decode(), shape.delimiter), None) if b'"' in record else None
    return found is None or not any(cell.strip() for cell in found[1])


def _fits(record: bytes, cells: int, shape: _Shape) -> bool:
    """Whether a record of another width differs in trailing empty cells only."""
    if shape.named <= cells < shape.cells:
        return True
    if cells < shape.named:
        return False
    _, row = next(numbered(record.decode(), shape.delimiter))
    return not any(cell.strip() for cell in row[shape.cells :])


def _note_ragged(ragged: _Ragged, line: int, cells: int, shape: _Shape) -> None:
    if cells < shape.cells:
        ragged.first_short = ragged.first_short or cells
        ragged.short.append(line)
    else:
        ragged.first_long = ragged.first_long or cells
        ragged.long.append(line)


def _note_swallowed(spooled: Spooled, record: tuple[bytes, bytes], line: int, shape: _Shape) -> None:
    """A quoted cell that holds what looks like a whole record comes from a quote that was never closed."""
    body, outline = record
    mark, start = shape.delimiter.encode(), 0
    for part in body.split(b"\n"):
        end = start + len(part)
        if part.count(mark) - outline.count(mark, start, end) >= max(shape.cells - 1, 3):
            _add_stray_quote(spooled, line)
            return
        start = end + 1


def _add_stray_quote(spooled: Spooled, line: int) -> None:
    if not any(issue.code == "stray_quote" for issue in spooled.issues):
        spooled.issues.append(_stray_quote(line))


def _stray_quote(line: int) -> Issue:
    return blocker(
        "stray_quote",
        f"Line {line}: a cell in quotes holds what look like whole records, or its quote is never closed. "
        "Nothing has been saved.",
        line=line,
        expected="every quoted cell closed on its own record",
        fix="Close or remove the quote.",
    )


def _ragged_issues(ragged: _Ragged, shape: _Shape) -> Iterator[Issue]:
    for code, lines, cells, word in (
        ("short_record", ragged.short, ragged.first_short, "stops after"),
        ("long_record", ragged.long, ragged.first_long, "has"),
    ):
        if lines:
            yield blocker(
                code,
                f"Line {lines[0]} {word} {cells} cells; the header has {shape.cells} columns. "
                "Nothing has been saved.",
                line=lines[0],
                sent=f"{cells} cells",
                expected=f"{shape.cells} cells",
                fix="Complete the line, or put a cell that holds the delimiter in quotes.",
                count=len(lines),
                lines=tuple(lines[:5]),
            )


def _spool_slowly(text: str, layout: Layout, shape: _Shape, path: Path) -> Spooled:
    """Python's own reader, for files with odd quotes or mixed line ends; written anew with plain quotes."""
    spooled, ragged = Spooled(), _Ragged()
    with path.open("w", encoding="utf-8", newline="") as out:
        writer = csv.writer(out, delimiter=shape.delimiter, lineterminator="\n", quoting=csv.QUOTE_ALL)
        try:
            for line, cells in numbered(text, shape.delimiter, strict=True):
                if line > layout.header_line:
                    _take(spooled, ragged, (line, cells), shape)
                    if _is_kept(cells, shape):
                        writer.writerow([line, *cells])
        except BrokenRecordError as error:
            _add_stray_quote(spooled, error.line)
    spooled.width = max(spooled.width, shape.cells)
    spooled.issues.extend(_ragged_issues(ragged, shape))
    return spooled


def _is_kept(cells: list[str], shape: _Shape) -> bool:
    is_wide = len(cells) >= shape.named and not any(cell.strip() for cell in cells[shape.cells :])
    return is_wide and any(cell.strip() for cell in cells)


def _take(spooled: Spooled, ragged: _Ragged, record: tuple[int, list[str]], shape: _Shape) -> None:
    line, cells = record
    if not any(cell.strip() for cell in cells):
        spooled.blank += 1
    elif not _is_kept(cells, shape):
        _note_ragged(ragged, line, len(cells), shape)
    else:
        spooled.records += 1
        spooled.width = max(spooled.width, len(cells))
    if any(_is_swallowed(cell, shape) for cell in cells if "\n" in cell):
        _add_stray_quote(spooled, line)


def _is_swallowed(cell: str, shape: _Shape) -> bool:
    return any(part.count(shape.delimiter) >= max(shape.cells - 1, 3) for part in cell.split("\n"))
