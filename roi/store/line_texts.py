"""How ledger lines were hashed by the first releases: as texts. What they recorded is still verified by it.

A part's hash is SHA-256 over its lines joined by line feeds, in the order of their rows and, within a row, of
their bytes. The engine only writes the lines; it sends most parts in that order already.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from hashlib import sha256
from itertools import pairwise

import duckdb
import numpy as np
from numpy.typing import NDArray

from roi.store import arrow, statements
from roi.store.line_hashes import ROWS, Place

Cursor = duckdb.DuckDBPyConnection


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
    runs = _runs_by_row if sum(wanted.values()) < arrow.MANY else _runs
    for place, run in runs(cursor, change_id):
        part = coming.setdefault(place, _Part())
        part.runs.append(run)
        part.count += len(run.rows)
        if part.count == wanted[place]:
            digests[place] = coming.pop(place).digest()
    return [(f"{origin}/{number}", digests[origin, number]) for origin, number in sorted(wanted)]


def _runs_by_row(cursor: Cursor, change_id: int) -> Iterator[tuple[Place, _Run]]:
    """Line by line, for a change with few: the columns of the other way want a library that starts slowly."""
    found = cursor.execute(statements.query("chain_lines_written"), {"change_id": change_id}).fetchall()
    for origin, row, line in found:
        written = line.encode()
        yield (origin, row // ROWS), _Run(np.array([row]), np.array([len(written)]), written)


def _runs(cursor: Cursor, change_id: int) -> Iterator[tuple[Place, _Run]]:
    """The lines as the engine sends them, cut where another part begins."""
    params = {"change_id": change_id}
    reader = cursor.sql(statements.query("chain_lines_written"), params=params).to_arrow_reader(arrow.AT_ONCE)
    for batch in reader:
        origins = arrow.numbers(batch.column("origin_change"))
        rows = arrow.numbers(batch.column("source_row")).astype(np.int64)
        ends, written = arrow.texts(batch.column("line"))
        parts = rows // ROWS
        is_new = (parts[1:] != parts[:-1]) | (origins[1:] != origins[:-1])
        cuts = [0, *(np.flatnonzero(is_new) + 1).tolist(), len(rows)]
        for first, last in pairwise(cuts):
            if first < last:
                start = int(ends[first])
                inside = written[start : int(ends[last])]
                run = _Run(rows[first:last], ends[first + 1 : last + 1] - start, inside)
                yield (int(origins[first]), int(parts[first])), run
