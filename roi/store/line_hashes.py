"""Hashes of the ledger lines of a change, ten thousand rows of a file at a time, and of their codings.

A hash is SHA-256 over a table by columns, as the engine keeps them: how many lines; each column of whole
numbers, eight bytes each, the lowest first; of each column of texts how many bytes each has; then its texts.
Lines stand in the order of their numbers and texts, which most have already. The codings' own hash says what
the numbers mean on which lines are booked, so that no word of a line changes unseen.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from itertools import groupby, pairwise

import duckdb
import numpy as np
from numpy.typing import NDArray

from roi.store import arrow, statements

ROWS = 10_000
_LINES = ("chain_lines_added", 6)
_CODINGS = ("chain_lines_codings", 1)
"""A query, and how many of its columns after the first, `origin_change`, are numbers; the rest are texts."""

Cursor = duckdb.DuckDBPyConnection
Numbers = NDArray[np.int64]
Place = tuple[int, int]
"""The change that first added the lines, and which ten thousand rows of its file."""
Row = tuple[tuple[int, ...], tuple[bytes, ...]]


@dataclass(frozen=True, slots=True)
class _Run:
    """Some lines by column: their numbers, the first of them the row; the ends of their texts; the texts."""

    numbers: tuple[Numbers, ...]
    ends: tuple[Numbers, ...]
    written: tuple[memoryview | bytes, ...]

    def cut(self, first: int, last: int) -> "_Run":
        """The lines from `first` to before `last`."""
        return _Run(
            tuple(column[first:last] for column in self.numbers),
            tuple(ends[first : last + 1] for ends in self.ends),
            self.written,
        )

    def texts(self) -> Iterator[memoryview | bytes]:
        """Of each column of texts all of them, one after the other."""
        for ends, written in zip(self.ends, self.written, strict=True):
            yield written[int(ends[0]) : int(ends[-1])]

    def rows(self) -> Iterator[Row]:
        """The same line by line."""
        numbers = zip(*(column.tolist() for column in self.numbers), strict=True)
        columns = [
            [bytes(written[start:end]) for start, end in pairwise(ends.tolist())]
            for ends, written in zip(self.ends, self.written, strict=True)
        ]
        yield from zip(numbers, zip(*columns, strict=True), strict=True)


@dataclass(slots=True)
class _Part:
    """What has come of one part."""

    runs: list[_Run] = field(default_factory=list)
    count: int = 0

    def digest(self) -> str:
        """The hash of its lines in their order."""
        if not self.runs:
            return _hashed((), 0)
        runs = sorted(self.runs, key=lambda run: int(run.numbers[0][0]))
        rows = np.concatenate([run.numbers[0] for run in runs])
        if not (rows[1:] > rows[:-1]).all():
            runs = [_of_rows(sorted(row for run in runs for row in run.rows()))]
        return _hashed(runs, self.count)


def _hashed(runs: Sequence[_Run], count: int) -> str:
    digest = sha256(count.to_bytes(8, "little"))
    for columns in zip(*(run.numbers for run in runs), strict=True):
        for column in columns:
            digest.update(_bytes(column))
    for ends in zip(*(run.ends for run in runs), strict=True):
        for column in ends:
            digest.update(_bytes(np.diff(column)))
    for texts in zip(*(run.texts() for run in runs), strict=True):
        for text in texts:
            digest.update(text)
    return digest.hexdigest()


def _bytes(column: Numbers) -> memoryview:
    return np.ascontiguousarray(column, dtype="<i8").data


def _of_rows(rows: Sequence[Row]) -> _Run:
    numbers, texts = zip(*rows, strict=True)
    columns = list(zip(*texts, strict=True))
    return _Run(
        tuple(np.array(column, dtype=np.int64) for column in zip(*numbers, strict=True)),
        tuple(np.cumsum([0, *map(len, column)], dtype=np.int64) for column in columns),
        tuple(b"".join(column) for column in columns),
    )


def added(cursor: Cursor, change_id: int) -> list[tuple[str, str]]:
    """Each part that the change added, by its name, and the part's hash; in order, the codings last."""
    counts = cursor.execute(statements.query("chain_lines_parts"), {"change_id": change_id}).fetchall()
    wanted: dict[Place, int] = {(origin, part): count for origin, part, count in counts}
    coming: dict[Place, _Part] = {}
    digests: dict[Place, str] = {}
    for place, run in _runs(cursor, _LINES, change_id, sum(wanted.values())):
        part = coming.setdefault(place, _Part())
        part.runs.append(run)
        part.count += len(run.numbers[0])
        if part.count == wanted[place]:
            digests[place] = coming.pop(place).digest()
    named = [(f"{origin}/{number}", digests[origin, number]) for origin, number in sorted(wanted)]
    return [*named, ("codings", _codings(cursor, change_id, sum(wanted.values())))]


def _codings(cursor: Cursor, change_id: int, lines: int) -> str:
    """The hash of what the lines' codings mean; there are at most as many as lines."""
    whole = _Part()
    for _, run in _runs(cursor, _CODINGS, change_id, lines):
        whole.runs.append(run)
        whole.count += len(run.numbers[0])
    return whole.digest()


def _runs(cursor: Cursor, what: tuple[str, int], change_id: int, lines: int) -> Iterator[tuple[Place, _Run]]:
    """The lines as the engine sends them, cut where another part begins."""
    query, numbers = what
    if lines < arrow.MANY:
        found = cursor.execute(statements.query(query), {"change_id": change_id}).fetchall()
        yield from _by_row(found, numbers)
        return
    reader = cursor.sql(statements.query(query), params={"change_id": change_id})
    for batch in reader.to_arrow_reader(arrow.AT_ONCE):
        columns = batch.columns
        texts = [arrow.texts(column) for column in columns[1 + numbers :]]
        run = _Run(
            tuple(arrow.numbers(column) for column in columns[1 : 1 + numbers]),
            tuple(ends for ends, _ in texts),
            tuple(written for _, written in texts),
        )
        yield from _by_place(arrow.numbers(columns[0]), run)


def _by_place(origins: Numbers, run: _Run) -> Iterator[tuple[Place, _Run]]:
    parts = run.numbers[0] // ROWS
    is_new = (parts[1:] != parts[:-1]) | (origins[1:] != origins[:-1])
    for first, last in pairwise([0, *(np.flatnonzero(is_new) + 1).tolist(), len(parts)]):
        if first < last:
            yield (int(origins[first]), int(parts[first])), run.cut(first, last)


def _by_row(found: Iterable[tuple[object, ...]], numbers: int) -> Iterator[tuple[Place, _Run]]:
    """As `_by_place`, for lines that came one by one."""

    def place(row: tuple[object, ...]) -> Place:
        return int(str(row[0])), int(str(row[1])) // ROWS

    for where, rows in groupby(found, place):
        yield where, _of_rows([_as_row(row, numbers) for row in rows])


def _as_row(row: tuple[object, ...], numbers: int) -> Row:
    return (
        tuple(int(str(cell)) for cell in row[1 : 1 + numbers]),
        tuple(str(cell).encode() for cell in row[1 + numbers :]),
    )
