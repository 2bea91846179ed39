"""How a text file is laid out: its delimiter, and the header under the title rows."""

import csv
import io
import re
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace

from roi.ingest import columns
from roi.ingest.month_headers import header_month

DELIMITERS = (",", ";", "\t", "|")
DELIMITER_NAMES = {",": "comma", ";": "semicolon", "\t": "tab", "|": "pipe"}
HEAD_BYTES = 256_000
_RECORDS_LOOKED_AT = 60
_HEADER_WITHIN = 40
_NUMBER = re.compile(r"[-+(]?\s*[€$£]?\s*\d[\d.,'\s]*\)?-?|\d{1,4}[-/.]\d{1,2}([-/.]\d{2,4})?")
_SEPARATOR_ROW = re.compile(rb"\s*sep=(.)\r?\n", re.IGNORECASE)

Record = tuple[int, list[str]]


@dataclass(frozen=True, slots=True)
class Layout:
    """Delimiter, header cells with the line on which the header starts, the line after it, rows above it."""

    delimiter: str
    header_line: int
    body_line: int
    header: tuple[str, ...]
    skipped: tuple[int, ...]


class BrokenRecordError(Exception):
    """A record whose quotes cannot be read; `line` is where it starts."""

    def __init__(self, line: int) -> None:
        """Keep the line."""
        super().__init__(f"line {line}")
        self.line = line


def numbered(text: str, delimiter: str, *, strict: bool = False) -> Iterator[Record]:
    """Every record with the physical line on which it starts; bare line ends give no record.

    Raises:
        BrokenRecordError: a quote is never closed, or text follows a closing one (`strict`), or a cell
            is longer than the reader takes.
    """
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=strict)
    start = 1
    while True:
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            raise BrokenRecordError(start) from error
        if cells:
            yield start, cells
        start = reader.line_num + 1


def find(text: bytes, known: Collection[str] = ()) -> Layout | None:
    """The layout in which a header is found best, or None. `known` are headers of remembered sources."""
    head = _head(text)
    separator = _SEPARATOR_ROW.match(text)
    delimiters = (separator[1].decode("latin-1"),) if separator else DELIMITERS
    best: tuple[tuple[float, float], Layout] | None = None
    for delimiter in delimiters:
        found = _try(head, delimiter, known)
        if found and (best is None or found[0] > best[0]):
            best = found
    if best is None or separator is None:
        return best[1] if best else None
    return replace(best[1], skipped=tuple(line for line in best[1].skipped if line != 1))


def _head(text: bytes) -> str:
    if len(text) <= HEAD_BYTES:
        return text.decode()
    cut = text.rfind(b"\n", 0, HEAD_BYTES)
    return text[: cut + 1 if cut >= 0 else HEAD_BYTES].decode("utf-8", errors="ignore")


def _try(head: str, delimiter: str, known: Collection[str]) -> tuple[tuple[float, float], Layout] | None:
    records: list[Record] = []
    try:
        for record in numbered(head, delimiter):
            records.append(record)
            if len(records) == _RECORDS_LOOKED_AT:
                break
    except BrokenRecordError:
        # A header above the broken record is a header all the same; the record is told when it is read.
        pass
    filled = [(line, cells) for line, cells in records if any(cell.strip() for cell in cells)]
    scored = [(_score(cells, known), -index) for index, (_, cells) in enumerate(filled[:_HEADER_WITHIN])]
    if not scored or max(scored)[0] <= 0:
        return None
    score, place = max(scored)
    line, cells = filled[-place]
    body_line = line + 1 + sum(cell.count("\n") for cell in cells)
    skipped = tuple(found for found, _ in filled[:-place] if place)
    layout = Layout(delimiter, line, body_line, _tidy(cells), skipped)
    return (score, _regular(filled[-place:])), layout


def _tidy(cells: Sequence[str]) -> tuple[str, ...]:
    return tuple(" ".join(cell.split()) for cell in cells)


def _score(cells: Sequence[str], known: Collection[str]) -> float:
    """How much a record looks like the header: recognised names count most, then plain words; never a number.

    A month is no number there when known names stand beside it: months may stand across columns.
    """
    named = [cell for cell in cells if cell.strip()]
    numbers = [cell for cell in named if _NUMBER.fullmatch(cell.strip())]
    recognised = columns.recognised(cells, known)
    if len(named) < 2 or (numbers and not (recognised and all(header_month(cell) for cell in numbers))):
        return 0.0
    return recognised * 10.0 + min(len(named), 9) / 10.0


def _regular(records: Sequence[Record]) -> float:
    widths = Counter(len(cells) for _, cells in records)
    width, count = widths.most_common(1)[0]
    return count / len(records) if width > 1 else 0.0
