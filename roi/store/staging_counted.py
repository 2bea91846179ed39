"""What is counted of a file in columns by the numbers of its words: the engine would look at every cell.

Each gives what the statement of the same name gives: `5_used.sql`, `9_bookings.sql`, `14_suspects.sql`.
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING

import duckdb
import numpy as np
from numpy.typing import NDArray

from roi.domain.importing import Limits
from roi.store import arrow, statements
from roi.store.staging_columns import FEW_KEYS, Columns, places
from roi.store.staging_words import FIELDS

if TYPE_CHECKING:
    import pyarrow as pa

Cursor = duckdb.DuckDBPyConnection
_DATES = (("month", True), ("period_start", False), ("period_end", False))
"""The posting month first; it counts also where the file has none."""


@dataclass(frozen=True, slots=True)
class Extremes:
    """First and last month, the largest amount without its sign, and the bytes of the longest texts.

    Known of lines that say all that is needed, so that there is nothing else to suspect.
    """

    first_month: int
    last_month: int
    amount: int
    name: int
    description: int

    def may_be_wrong(self, limits: Limits, large: int, stated_month: int | None) -> bool:
        """Whether a line may not be taken, or only with a warning."""
        is_other = stated_month is not None and {self.first_month, self.last_month} != {stated_month}
        is_long = self.name > limits.name_letters or self.description > limits.description_letters
        return is_other or is_long or self.amount >= large


def used(cursor: Cursor, columns: Columns) -> None:
    """Make `staged_used`."""
    import pyarrow as pa

    cells = columns.cells
    lines = arrow.numbers(cells["line"].chunk(0))
    parts = [
        _used(cells, name, lines, is_posting=is_posting)
        for name, is_posting in _DATES
        if is_posting or name in cells.column_names
    ]
    cursor.register("staged_used_column", pa.concat_tables(parts))
    cursor.execute(statements.staging("5_used_columns"))


def _used(cells: "pa.Table", name: str, lines: NDArray[np.int64], *, is_posting: bool) -> "pa.Table":
    import pyarrow as pa

    words, found = [""], np.zeros(len(lines), dtype=np.uint64)
    if name in cells.column_names:
        column = cells[name].chunk(0)
        words, found = ["", *column.dictionary.to_pylist()], places(column.indices)
    at = found.astype(np.intp)
    counts = np.bincount(at, minlength=len(words))
    first = np.zeros(len(words), dtype=np.int32)
    first[at[::-1]] = lines[::-1]
    kept = np.flatnonzero(counts)
    return pa.table(
        {
            "written": arrow.words([words[place] for place in kept.tolist()]),
            "is_posting": arrow.column(np.full(len(kept), is_posting)),
            "lines": arrow.column(counts[kept].astype(np.int64)),
            "first_line": arrow.column(first[kept]),
        }
    )


def bookings(cursor: Cursor, columns: Columns) -> None:
    """Make `staged_booking`; every line is still there, and none is aside."""
    import pyarrow as pa

    keys, first = _first_records(columns)
    cells = columns.cells
    words = {name: _words(cells, name, first) for name in FIELDS}
    cursor.register("staged_booking_column", pa.table({**words, "key": arrow.column(keys)}))
    cursor.execute(statements.staging("9_bookings_columns"))


def _words(cells: "pa.Table", name: str, records: NDArray[np.int64]) -> "pa.Array":
    """What these records say in a column; nothing where the file has no such column."""
    import pyarrow as pa

    if name not in cells.column_names:
        return pa.nulls(len(records), pa.string())
    column = cells[name].combine_chunks()
    found = places(column.indices)[records].astype(np.int32) - 1
    return arrow.of_words(found, column.dictionary)


def _first_records(columns: Columns) -> tuple[NDArray[np.uint64], NDArray[np.int64]]:
    """Each key that there is, and the first record that has it, counted from 0."""
    keys = columns.keys
    if columns.most_keys > FEW_KEYS:
        found, first = np.unique(keys, return_index=True)
        return found, first.astype(np.int64)
    by_key = np.full(columns.most_keys, -1, dtype=np.int64)
    by_key[keys[::-1]] = np.arange(len(keys) - 1, -1, -1)
    there = np.flatnonzero(by_key >= 0)
    return there.astype(np.uint64), by_key[there]
