"""The cells of a sheet as text, some rows at a time and column by column: most columns are all of one kind.

Whole numbers have no point, fractions no binary noise, days are in ISO form. A percentage is put as it is
shown, and what the reader of the sheets lost is put back.
"""

import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from itertools import islice
from typing import TYPE_CHECKING

from roi.ingest.sheet_parts import Seen

if TYPE_CHECKING:
    from python_calamine import CalamineSheet

_AT_ONCE = 1_000
_LINE_BREAK = re.compile(r"\r\n|\r|\n")
_MARK = re.compile(r"[.,'’]\d")
_BETWEEN = "\0"
"""Stands between texts that are looked at together: no mark stands before a digit because of it."""

Column = list[str]
Lost = dict[int, list[tuple[int, str]]]
"""Row → the columns of the text in which something was lost, and what to show there."""


@dataclass(slots=True)
class Noted:
    """What was noted of a sheet on the way.

    Columns of the text in which a number stands, and those with a text that has a mark before a digit; and
    rows with a line break in a cell, which is read as a blank.
    """

    numbers: set[int] = field(default_factory=set)
    marked: set[int] = field(default_factory=set)
    broken_rows: set[int] = field(default_factory=set)


def rows(sheet: "CalamineSheet", seen: Seen, noted: Noted) -> Iterator[tuple[str, ...]]:
    """Every row as text from the first one of the sheet, all of one width."""
    start, end = sheet.start or (0, 0), sheet.end or (-1, -1)
    first = min([start[1], *(column for _, column in seen.lost)])
    last = max([end[1], *(column for _, column in seen.lost)])
    lost: Lost = {}
    for (row, column), text in seen.lost.items():
        lost.setdefault(row, []).append((column - first, text))
    shift, done = start[1] - first, 0
    coming = sheet.iter_rows()
    while some := list(islice(coming, _AT_ONCE)):
        found = [_texts(values, shift + place, noted) for place, values in enumerate(zip(*some, strict=True))]
        if seen.percent:
            _show_percent(found, some, (done, start[1]), seen)
        columns = [*_empty(shift, len(some)), *found, *_empty(last - end[1], len(some))]
        yield from _whole(columns, lost, done, noted)
        done += len(some)
    missing = max(lost, default=0) - done
    if missing > 0:
        yield from _whole(_empty(last - first + 1, missing), lost, done, noted)


def _empty(columns: int, count: int) -> list[Column]:
    return [[""] * count for _ in range(columns)]


def _texts(values: Sequence[object], column: int, noted: Noted) -> Column:
    """A column as text; its kinds are noted."""
    kinds = set(map(type, values))
    if column not in noted.numbers and kinds & {int, float} and any(map(_is_number, values)):
        noted.numbers.add(column)
    if str not in kinds:
        return _numbers(values) if kinds == {float} else [_cell(value) for value in values]
    texts = [value for value in values if isinstance(value, str)]
    if column not in noted.marked and _MARK.search(_BETWEEN.join(texts)):
        noted.marked.add(column)
    return texts if len(texts) == len(values) else [_cell(value) for value in values]


def _whole(columns: list[Column], lost: Lost, done: int, noted: Noted) -> Iterator[tuple[str, ...]]:
    """The rows after so many that are done, with what was lost put back and line breaks as blanks."""
    count = len(columns[0]) if columns else 0
    for row in range(done + 1, done + count + 1) if lost else ():
        for column, text in lost.get(row, ()):
            columns[column][row - done - 1] = text
    for place, column_texts in enumerate(columns):
        together = _BETWEEN.join(column_texts)
        if "\n" in together or "\r" in together:
            columns[place] = [_LINE_BREAK.sub(" ", text) for text in column_texts]
            broken = (row for row, text in enumerate(column_texts, done + 1) if "\n" in text or "\r" in text)
            noted.broken_rows.update(broken)
    return zip(*columns, strict=True)


def _show_percent(
    found: list[Column], some: Sequence[Sequence[object]], place: tuple[int, int], seen: Seen
) -> None:
    """Put percentages as they are shown; `place`: the rows that are done, and the sheet's first column."""
    done, first = place
    for column, texts in enumerate(found):
        shown = seen.percent[done * seen.columns + first + column :: seen.columns][: len(texts)]
        for row in (row for row, is_percent in enumerate(shown) if is_percent):
            if _is_number(some[row][column]):
                texts[row] = f"{(Decimal(texts[row]) * 100).normalize():f}%"


def _cell(value: object) -> str:
    if isinstance(value, str):
        return value
    if isinstance(value, float):
        return _number(value)
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, int):
        return str(value)
    if isinstance(value, datetime):
        is_day = value.time() == time()
        return value.date().isoformat() if is_day else value.isoformat(sep=" ", timespec="seconds")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, time | timedelta):
        return str(value)
    return "" if value is None else str(value)


def _is_number(value: object) -> bool:
    return isinstance(value, float | int) and not isinstance(value, bool) and math.isfinite(value)


def _numbers(values: Sequence[object]) -> Column:
    """As `_number`, of a column of nothing else; few have an exponent, or are no number."""
    written = [f"{value:.15g}" for value in values]
    together = _BETWEEN.join(written)
    return [_cell(value) for value in values] if "e" in together or "n" in together else written


def _number(value: float) -> str:
    """Fifteen significant digits, which is all that Excel keeps; never an exponent."""
    written = f"{value:.15g}"
    if "e" in written:
        return f"{Decimal(written):f}"
    return written if math.isfinite(value) else "not a number"
