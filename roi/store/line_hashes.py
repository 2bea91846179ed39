"""Hashes of the ledger lines of a change, ten thousand rows of a file at a time.

A part's hash is SHA-256 over its lines joined by line feeds, in the order of their rows and, within a row, of
their bytes. The engine only writes the lines; it sends most parts in that order already.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from hashlib import sha256
from itertools import pairwise
from typing import TYPE_CHECKING

import duckdb
import numpy as np
from numpy.typing import NDArray

from roi.store import statements

if TYPE_CHECKING:
    import pyarrow as pa

_AT_ONCE = 100_000
_ROWS = 10_000
MANY = 50_000
"""From so many lines on they come as columns."""

Cursor = duckdb.DuckDBPyConnection
Place = tuple[int, int]
"""The change that first added the lines, and which ten thousand rows of its file."""


@dataclass(slots=True)
class _Run:
    """Lines as they came: their rows, and their bytes one after the other, each with a line feed."""

    rows: NDArray[np.int64]
    ends: NDArray[np.int64]
    written: memoryview | bytes

    @property
    def is_rising(self) -> bool:
        return bool((self.rows[1:] > self.rows[:-1]).all())

    def lines(self) -> Iterator[tuple[int, bytes]]:
        start = 0
        for row, end in zip(self.rows.tolist(), self.ends.tolist(), strict=True):
            yield row, bytes(self.written[start : end - 1])
            start = end


@dataclass(slots=True)
class _Part:
    """What has come of one part."""

    runs: list[_Run] = field(default_factory=list)
    count: int = 0

    def digest(self) -> str:
        runs = sorted(self.runs, key=lambda run: int(run.rows[0]))
        follows = all(one.rows[-1] < other.rows[0] for one, other in pairwise(runs))
        if follows and all(run.is_rising for run in runs):
            return _joined(runs)
        return sha256(b"\n".join(line for _, line in sorted(_all_lines(runs)))).hexdigest()


def _joined(runs: list[_Run]) -> str:
    """The hash of runs that follow one another, without the last line feed."""
    digest = sha256()
    for run in runs[:-1]:
        digest.update(run.written)
    digest.update(memoryview(runs[-1].written)[:-1])
    return digest.hexdigest()


def _all_lines(runs: list[_Run]) -> Iterator[tuple[int, bytes]]:
    for run in runs:
        yield from run.lines()


def added(cursor: Cursor, change_id: int) -> list[tuple[str, str]]:
    """Each part that the change added, by its name, and the part's hash; in order."""
    counts = cursor.execute(statements.query("chain_lines_parts"), {"change_id": change_id}).fetchall()
    wanted: dict[Place, int] = {(origin, part): count for origin, part, count in counts}
    coming: dict[Place, _Part] = {}
    digests: dict[Place, str] = {}
    runs = _runs_by_row if sum(wanted.values()) < MANY else _runs
    for place, run in runs(cursor, change_id):
        part = coming.setdefault(place, _Part())
        part.runs.append(run)
        part.count += len(run.rows)
        if part.count == wanted[place]:
            digests[place] = coming.pop(place).digest()
    return [(f"{origin}/{number}", digests[origin, number]) for origin, number in sorted(wanted)]


def _runs_by_row(cursor: Cursor, change_id: int) -> Iterator[tuple[Place, _Run]]:
    """Line by line, for a change with few: the columns of the other way want a library that starts slowly."""
    found = cursor.execute(statements.query("chain_lines_added"), {"change_id": change_id}).fetchall()
    for origin, row, line in found:
        written = line.encode()
        yield (origin, row // _ROWS), _Run(np.array([row]), np.array([len(written)]), written)


def _runs(cursor: Cursor, change_id: int) -> Iterator[tuple[Place, _Run]]:
    """The lines as the engine sends them, cut where another part begins."""
    params = {"change_id": change_id}
    reader = cursor.sql(statements.query("chain_lines_added"), params=params).to_arrow_reader(_AT_ONCE)
    for batch in reader:
        origins = numbers(batch.column("origin_change"))
        rows = numbers(batch.column("source_row")).astype(np.int64)
        ends, written = _texts(batch.column("line"))
        parts = rows // _ROWS
        is_new = (parts[1:] != parts[:-1]) | (origins[1:] != origins[:-1])
        cuts = [0, *(np.flatnonzero(is_new) + 1).tolist(), len(rows)]
        for first, last in pairwise(cuts):
            if first < last:
                start = int(ends[first])
                inside = written[start : int(ends[last])]
                run = _Run(rows[first:last], ends[first + 1 : last + 1] - start, inside)
                yield (int(origins[first]), int(parts[first])), run


def numbers(column: "pa.Array") -> NDArray[np.int64]:
    """Whole numbers as they lie in the buffer; the column's own `to_numpy` would load pandas for it."""
    values = column.buffers()[1]
    count = column.offset + len(column)
    return np.frombuffer(values, dtype=np.dtype(str(column.type)), count=count)[column.offset :]


def _texts(column: "pa.Array") -> tuple[NDArray[np.int64], memoryview]:
    """Where each text ends in the buffer, after where the first begins; and the buffer."""
    kind = np.int64 if str(column.type) == "large_string" else np.int32
    _, places, texts = column.buffers()
    ends = np.frombuffer(places, dtype=kind, count=column.offset + len(column) + 1)[column.offset :]
    return ends.astype(np.int64), memoryview(texts if texts is not None else b"")
