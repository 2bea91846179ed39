"""The typed lines of a file in columns, made column by column: no cell is looked at twice.

It is the quick way to `staged_typed`, for files of which every amount and month is read plainly. Whatever it
does not take goes the other way, through the engine; both give the same lines.
"""

from typing import TYPE_CHECKING, Any

import duckdb
import numpy as np
from numpy.typing import NDArray

from roi.store import arrow, staging_texts, statements
from roi.store.staging_columns import FEW_KEYS, Columns
from roi.store.staging_counted import Extremes

if TYPE_CHECKING:
    import pyarrow as pa

Cursor = duckdb.DuckDBPyConnection
_TRIMMED = frozenset({"supplier", "reference", "line_key"})
_TEXTS = (*sorted(_TRIMMED), "description")
_WRITTEN = {
    name: f"select trimmed(coalesce({name}, '')) as written from staged_column"  # noqa: S608 - names of ours
    for name in _TRIMMED
} | {"description": "select coalesce(description, '') as written from staged_column"}
_DATES = ("period_start", "period_end")
_MOST_SUMS, _LARGEST_SUM = 1 << 23, 2**62
"""Months times bookings that are summed by place, and what no sum may pass."""
_OF_CODING = ("booking", "coding", "words", "understood")
_CODINGS = (
    "select key, booking, coding, words, coalesce(digits, -1) as digits, "
    "cast(is_understood as tinyint) as understood, coalesce(greatest(strlen(team), strlen(cost_centre), "
    "strlen(pool), strlen(category)), 0) as name_bytes from staged_coding order by key"
)
_NOTHING_LEFT = "select not exists (from staged_left)"


def put(cursor: Cursor, columns: Columns, decimal: str, stated_month: int | None) -> Extremes | None:
    """Make `staged_typed` of the columns; None where they are not for this way."""
    import pyarrow as pa

    cells = columns.cells
    if decimal != "." or any(name in cells.column_names for name in _DATES) or not _is_whole(cursor, cells):
        return None
    codings = cursor.sql(_CODINGS).to_arrow_table().combine_chunks()
    months = _months(cursor, cells, stated_month)
    if months is None or not (_of(codings, "digits") == 2).all():
        return None
    places = _places(columns, _of(codings, "key"))
    typed = {
        "record": cells["record"],
        "source_row": cells["line"].chunk(0),
        **{name: arrow.column(_of(codings, name)[places]) for name in _OF_CODING},
        "month": arrow.column(months),
        **{name: _text(cursor, cells, name) for name in _TEXTS},
        "amount_minor": cells["hundredths"],
    }
    cursor.register("staged_typed_column", pa.table(typed))
    cursor.execute(statements.staging("11_typed_columns"))
    _sum(cursor, typed)
    return _extremes(typed, int(_of(codings, "name_bytes").max()))


def _extremes(typed: "dict[str, pa.Array]", longest_word: int) -> Extremes:
    """How far the lines go."""
    months = arrow.numbers(typed["month"])
    return Extremes(
        int(months.min()),
        int(months.max()),
        int(np.abs(arrow.numbers(typed["amount_minor"].chunk(0))).max()),
        max(longest_word, *(staging_texts.longest(typed[name]) for name in _TRIMMED)),
        staging_texts.longest(typed["description"]),
    )


def _sum(cursor: Cursor, typed: "dict[str, pa.Array]") -> None:
    """Let `staged_summed` be the sums by month and booking; by the engine where they could be too large."""
    import pyarrow as pa

    month, booking, line = (arrow.numbers(typed[name]) for name in ("month", "booking", "source_row"))
    amounts = arrow.numbers(typed["amount_minor"].chunk(0))
    first_month, width = int(month.min()), int(month.max() - month.min()) + 1
    most = (int(booking.max()) + 1) * width
    if most > _MOST_SUMS or int(np.abs(amounts).max()) > _LARGEST_SUM // len(amounts):
        cursor.execute(statements.staging("13_summed"))
        return
    place = booking.astype(np.int64) * width + (month - first_month)
    counts = np.bincount(place, minlength=most)
    sums, first = np.zeros(most, dtype=np.int64), np.zeros(most, dtype=np.int64)
    np.add.at(sums, place, amounts)
    first[place[::-1]] = line[::-1]
    kept = np.flatnonzero(counts)
    summed: dict[str, NDArray[Any]] = {
        "month": (kept % width + first_month).astype(np.int32),
        "booking": (kept // width).astype(np.int32),
        "line_count": counts[kept],
        "first_line": first[kept].astype(np.int32),
        "amount_minor": sums[kept],
    }
    table = pa.table({name: arrow.column(column) for name, column in summed.items()})
    cursor.register("staged_summed_column", table)
    cursor.execute(statements.staging("13_summed_columns"))


def _is_whole(cursor: Cursor, cells: "pa.Table") -> bool:
    """Whether every line is kept and every amount a plain one, and each column lies in one piece."""
    if cells["hundredths"].null_count or any(column.num_chunks != 1 for column in cells.columns):
        return False
    return bool(cursor.execute(_NOTHING_LEFT).fetchall()[0][0])


def _of(table: "pa.Table", name: str) -> NDArray[np.int64]:
    return arrow.numbers(table[name].chunk(0))


def _places(columns: Columns, keys: NDArray[np.int64]) -> NDArray[np.intp]:
    """Where each line's key stands among these, which are sorted."""
    if columns.most_keys > FEW_KEYS:
        return np.searchsorted(keys, columns.keys)
    by_key = np.zeros(columns.most_keys, dtype=np.intp)
    by_key[keys] = np.arange(len(keys))
    found: NDArray[np.intp] = by_key[columns.keys]
    return found


def _months(cursor: Cursor, cells: "pa.Table", stated: int | None) -> NDArray[np.int32] | None:
    """The month of each line; None where one has none."""
    if "month" not in cells.column_names:
        return None if stated is None else np.full(cells.num_rows, stated, dtype=np.int32)
    column = cells["month"].chunk(0)
    if column.null_count:
        return None
    known = dict(cursor.execute("select written, month from staged_month").fetchall())
    months = [known[written] for written in column.dictionary.to_pylist()]
    if None in months:
        return None
    found: NDArray[np.int32] = np.array(months, dtype=np.int32)[arrow.numbers(column.indices)]
    return found


def _text(cursor: Cursor, cells: "pa.Table", name: str) -> "pa.Array":
    """A column of texts without blanks at their ends, '' where a cell is empty."""
    if name not in cells.column_names:
        return arrow.of_words(np.zeros(cells.num_rows, dtype=np.int32), arrow.words([""]))
    column = cells[name]
    if not column.null_count and (name not in _TRIMMED or staging_texts.are_trimmed(column.chunk(0))):
        return column
    return cursor.sql(_WRITTEN[name]).to_arrow_table()["written"]
