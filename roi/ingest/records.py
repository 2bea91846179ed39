"""The records below a header → a spool that the store reads, with their physical lines.

A file is looked at in bulk, some lines at a time so that they stay in the processor's cache: what remains of
them when everything but delimiters is deleted is compared with a pattern, a tenth of what reading costs.
Quoted text is masked first. Only a file whose quotes are irregular goes through Python's reader.
"""

import csv
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import Enum
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from roi.errors import UNSAVED, Issue, blocker
from roi.ingest.dialect import BrokenRecordError, Layout, numbered

_QUOTE, _NEWLINE = 34, 10
_MASK_BIT = 128
"""The bit that blots out a quoted sign: no delimiter, quote or line end has it."""
_BLANKS = b' \t\r"'
_PART = 1 << 18
"""Bytes that are looked at together."""
_LONGEST = 2 << 20
"""No record of costs has more bytes; one that has is refused before its cells are told apart."""

Signs = NDArray[np.uint8]


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
    start = _offset(text, layout.body_line)
    is_regular = _is_regular(text)
    place = _too_long(text, start) if is_regular else _too_long(text.replace(b"\r", b"\n"), 0)
    if place is not None:
        return _refused(path, _line(text, place), shape)
    verdict, lines = _judge(text, start, shape) if is_regular else (_Verdict.IRREGULAR, 0)
    if verdict is _Verdict.IRREGULAR:
        return _spool_slowly(text.decode(), layout, shape, path)
    if verdict is _Verdict.RECORDS:
        return _spool_records(text, layout, shape, path)
    with path.open("wb") as out:
        out.write(memoryview(text)[start:])
        out.write(b"\n" if lines and not text.endswith(b"\n") else b"")
    return Spooled(lines, 0, shape.cells, is_numbered=False)


def _too_long(text: bytes, start: int) -> int | None:
    """Where a record begins that is far too long, if one does; line feeds end one."""
    while start + _LONGEST < len(text):
        end = text.rfind(b"\n", start, start + _LONGEST)
        if end < 0:
            return start
        start = end + 1
    return None


def _line(text: bytes, place: int) -> int:
    """The physical line at a place, whatever ends lines."""
    head = text[:place]
    return 1 + head.count(b"\n") + head.count(b"\r") - head.count(b"\r\n")


def _refused(path: Path, line: int, shape: _Shape) -> Spooled:
    path.touch()
    most = f"{_LONGEST >> 20} MB"
    issue = blocker(
        "record_too_long",
        f"Line {line} has more than {most}; no record of costs is so long. {UNSAVED}",
        line=line,
        expected=f"records of at most {most}",
        fix="Close the quote that was left open before it, or export the file again.",
    )
    return Spooled(width=shape.cells, issues=[issue])


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
    if b"\r" not in text:
        return True
    returns = text.count(b"\r")
    return returns == text.count(b"\r\n") == text.count(b"\n")


def _parts(text: bytes, start: int, delimiter: str) -> Iterator[tuple[bytes, bytes | None]]:
    """Some lines at a time, and the same with quoted text blotted out; None when quotes are irregular."""
    is_inside = False
    for part in _some_lines(text, start):
        if is_inside or _QUOTE in part:
            masked, is_inside = _masked(part, delimiter, is_inside=is_inside)
            yield part, masked
        else:
            yield part, part
    if is_inside:
        yield b"", None


def _some_lines(text: bytes, start: int) -> Iterator[bytes]:
    """Some lines at a time, each with its line feed."""
    while start < len(text):
        end = text.find(b"\n", start + _PART) + 1 or len(text)
        part = text[start:end]
        yield part if part.endswith(b"\n") else part + b"\n"
        start = end


def _masked(part: bytes, delimiter: str, *, is_inside: bool) -> tuple[bytes | None, bool]:
    """The part with quoted text blotted out, None where quotes are irregular; whether a quote stays open."""
    signs = np.frombuffer(part, dtype=np.uint8)
    places = np.flatnonzero(signs == _QUOTE)
    stays_open = is_inside != bool(len(places) % 2)
    if not _are_regular(signs, places, ord(delimiter), is_inside=is_inside):
        return None, stays_open
    # From one quote to the next, signs are quoted or not in turn.
    edges = np.concatenate(([0], places, [len(signs)]))
    bits = np.zeros(len(edges) - 1, dtype=np.uint8)
    bits[not is_inside :: 2] = _MASK_BIT
    return (signs | np.repeat(bits, np.diff(edges))).tobytes(), stays_open


def _are_regular(signs: Signs, places: NDArray[np.intp], mark: int, *, is_inside: bool) -> bool:
    """Whether each quote opens or closes a cell.

    It may open after a delimiter, a line end or the quote that closed just before it (`""` in a cell), and
    close before one of these.
    """
    opening, closing = places[is_inside::2], places[not is_inside :: 2]
    before = np.where(opening > 0, signs[np.maximum(opening - 1, 0)], _NEWLINE)
    after = signs[np.minimum(closing + 1, len(signs) - 1)]
    return _are_all(before, (mark, _NEWLINE, _QUOTE)) and _are_all(after, (mark, _NEWLINE, 13, _QUOTE))


def _outline(part: bytes, mark: int, *, is_inside: bool) -> tuple[bytes | None, bool]:
    """Its delimiters and line ends outside quotes, None where those are irregular; whether one stays open."""
    kept = part.translate(None, bytes({*range(256)} - {mark, _NEWLINE, _QUOTE}))
    if not is_inside and _QUOTE not in kept:
        return kept, False
    signs = np.frombuffer(part, dtype=np.uint8)
    places = np.flatnonzero(signs == _QUOTE)
    stays_open = is_inside != bool(len(places) % 2)
    if not _are_regular(signs, places, mark, is_inside=is_inside):
        return None, stays_open
    outer = np.frombuffer(kept, dtype=np.uint8)
    quotes = outer == _QUOTE
    is_quoted = (np.cumsum(quotes, dtype=np.uint8) + is_inside) & 1 == 1
    return outer[~(quotes | is_quoted)].tobytes(), stays_open


def _are_all(signs: np.ndarray, allowed: tuple[int, ...]) -> bool:
    is_allowed = signs == allowed[0]
    for sign in allowed[1:]:
        is_allowed |= signs == sign
    return bool(is_allowed.all())


class _Verdict(Enum):
    """Plain lines, records to be taken one by one, or quotes that only Python's reader can tell apart."""

    PLAIN = "plain"
    RECORDS = "records"
    IRREGULAR = "irregular"


def _judge(text: bytes, start: int, shape: _Shape) -> tuple[_Verdict, int]:
    """What the text is from `start` on, and its lines; plain when each is a record of the header's width."""
    mark = shape.delimiter.encode()
    pattern = mark * (shape.cells - 1) + b"\n"
    is_plain, is_inside, count = True, False, 0
    for part in _some_lines(text, start):
        outline, is_inside = _outline(part, ord(mark), is_inside=is_inside)
        if outline is None:
            return _Verdict.IRREGULAR, 0
        if is_plain:
            ends = np.flatnonzero(np.frombuffer(part, dtype=np.uint8) == _NEWLINE)
            count += len(ends)
            is_plain = outline == pattern * len(ends) and not _has_blank_line(part, ends, mark)
    if is_inside:
        return _Verdict.IRREGULAR, 0
    return (_Verdict.PLAIN if is_plain else _Verdict.RECORDS), count


def _has_blank_line(part: bytes, ends: NDArray[np.intp], mark: bytes) -> bool:
    """Whether a line holds nothing but delimiters, blanks and quotes; `ends` are its line feeds.

    Only a line that begins with one of them can be such a line, and most files have none that does.
    """
    signs = np.frombuffer(part, dtype=np.uint8)
    first = np.concatenate((signs[:1], signs[ends[:-1] + 1]))
    if not _is_any(first, mark + _BLANKS):
        return False
    kept = part.translate(None, mark + _BLANKS)
    return kept.startswith(b"\n") or b"\n\n" in kept


def _is_any(signs: np.ndarray, sought: bytes) -> bool:
    return any((signs == sign).any() for sign in sought)


def _spool_records(text: bytes, layout: Layout, shape: _Shape, path: Path) -> Spooled:
    """Records one by one, but only as slices of bytes: quotes are regular."""
    spooled, ragged = Spooled(), _Ragged()
    parts = list(_parts(text, _offset(text, layout.body_line), shape.delimiter))
    body = b"".join(part for part, _ in parts)
    masked = b"".join(masked for _, masked in parts if masked is not None)
    is_multiline = masked.count(b"\n") != body.count(b"\n")
    if (place := _too_long(masked, 0)) is not None:
        return _refused(path, layout.body_line + body.count(b"\n", 0, place), shape)
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
            elif (cells := outline.count(mark) + 1) == shape.cells or _fits(record, outline, shape):
                out.write(b"%d%b%b\n" % (line, mark, _cut(record, outline, shape).removesuffix(b"\r")))
                spooled.records += 1
            else:
                _note_ragged(ragged, line, cells, shape)
            if height > 1:
                _note_swallowed(spooled, (record, outline), line, shape)
            line, start = line + height, end + 1
    spooled.width = shape.cells
    spooled.issues.extend(_ragged_issues(ragged, shape))
    return spooled


def _is_blank(record: bytes, shape: _Shape) -> bool:
    """Whether a record of delimiters, blanks and quotes is empty; a quoted delimiter is text."""
    found = next(numbered(record.decode(), shape.delimiter), None) if b'"' in record else None
    return found is None or not any(cell.strip() for cell in found[1])


def _fits(record: bytes, outline: bytes, shape: _Shape) -> bool:
    """Whether a record of another width differs in trailing empty cells only."""
    cells = outline.count(shape.delimiter.encode()) + 1
    if cells < shape.cells:
        return cells >= shape.named
    rest = record[len(_cut(record, outline, shape)) :]
    if b'"' not in rest:
        return not rest.strip(shape.delimiter.encode() + _BLANKS)
    _, row = next(numbered(rest.decode(), shape.delimiter))
    return not any(cell.strip() for cell in row)


def _cut(record: bytes, outline: bytes, shape: _Shape) -> bytes:
    """The record without the cells that stand past the header."""
    mark, place = shape.delimiter.encode(), -1
    for _ in range(shape.cells):
        place = outline.find(mark, place + 1)
        if place < 0:
            return record
    return record[:place]


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
        f"{UNSAVED}",
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
            count = "1 cell" if cells == 1 else f"{cells} cells"
            yield blocker(
                code,
                f"Line {lines[0]} {word} {count}; the header has {shape.cells} columns. {UNSAVED}",
                line=lines[0],
                sent=count,
                expected=f"{shape.cells} cells",
                fix="Complete the line, remove it if it is no cost, or put a cell that holds the "
                "delimiter in quotes.",
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
                        writer.writerow([line, *cells[: shape.cells]])
        except BrokenRecordError as error:
            _add_stray_quote(spooled, error.line)
    spooled.width = shape.cells
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
    if any(_is_swallowed(cell, shape) for cell in cells if "\n" in cell):
        _add_stray_quote(spooled, line)


def _is_swallowed(cell: str, shape: _Shape) -> bool:
    return any(part.count(shape.delimiter) >= max(shape.cells - 1, 3) for part in cell.split("\n"))
