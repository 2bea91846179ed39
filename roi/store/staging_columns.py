"""A large plain file as columns in memory: read once, and each word of a column kept once.

It is the quick way to `staged_cell`, where no cell is put otherwise and no line set aside. Whatever it does
not read goes the other way, through the engine's own reader; both give the same cells.
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING

import duckdb
import numpy as np
from numpy.typing import NDArray

from roi.domain.importing import StagingPlan
from roi.store import arrow, statements
from roi.store.staging_words import FIELDS

if TYPE_CHECKING:
    import pyarrow as pa

Cursor = duckdb.DuckDBPyConnection
_FEW_WORDS = frozenset({*FIELDS, "month", "period_start", "period_end"})
"""Columns that say the same again and again."""
_MOST_KEYS = 2**62
_BLOCK = 8 << 20
"""Bytes that are read together; no record has more."""


def load(cursor: Cursor, plan: StagingPlan, names: Sequence[str]) -> bool:
    """Make `staged_cell` of the spool, whose cells have these names; False where it is not for this way."""
    is_small = plan.table.records < arrow.MANY
    if is_small or plan.table.is_numbered or plan.corrections or plan.set_aside:
        return False
    cells = _cells(plan, names)
    keys = _keys([cells.column(name) for name in names if name in FIELDS]) if cells else None
    if cells is None or keys is None:
        return False
    return _register(cursor, plan, cells, keys)


def _cells(plan: StagingPlan, names: Sequence[str]) -> "pa.Table | None":
    """The cells by column, NULL where one is empty; None where the reader does not understand the file."""
    import pyarrow as pa
    from pyarrow import csv

    words = pa.dictionary(pa.int32(), pa.string())
    try:
        cells = csv.read_csv(
            str(plan.table.spool),
            read_options=csv.ReadOptions(use_threads=False, block_size=_BLOCK, column_names=list(names)),
            parse_options=csv.ParseOptions(delimiter=plan.table.delimiter),
            convert_options=csv.ConvertOptions(
                column_types={name: words if name in _FEW_WORDS else pa.string() for name in names},
                null_values=[""],
                strings_can_be_null=True,
                check_utf8=False,
            ),
        )
        return cells.unify_dictionaries().combine_chunks()
    except (pa.ArrowException, ValueError):
        return None


def _keys(columns: "Sequence[pa.ChunkedArray]") -> NDArray[np.uint64] | None:
    """For each line the number of its combination of words; None where there could be too many of them."""
    keys, most = np.zeros(len(columns[0]), dtype=np.uint64), 1
    for column in columns:
        words = column.combine_chunks()
        most *= len(words.dictionary) + 1
        if most > _MOST_KEYS:
            return None
        keys = keys * np.uint64(len(words.dictionary) + 1) + _places(words.indices)
    return keys


def _places(indices: "pa.Array") -> NDArray[np.uint64]:
    """Which word each line has, from 1; 0 where it has none."""
    places = arrow.numbers(indices).astype(np.uint64) + np.uint64(1)
    if indices.null_count:
        bits = np.frombuffer(indices.buffers()[0], dtype=np.uint8)
        has_word = np.unpackbits(bits, bitorder="little")[indices.offset :][: len(places)]
        places *= has_word
    return places


def _register(cursor: Cursor, plan: StagingPlan, cells: "pa.Table", keys: NDArray[np.uint64]) -> bool:
    """Let the engine see the columns, with what `staged_cell` holds besides."""
    import pyarrow as pa

    records = np.arange(1, cells.num_rows + 1, dtype=np.int32)
    lines = records + np.int32(plan.table.header_line)
    for name, column in (("record", records), ("line", lines), ("key", keys)):
        cells = cells.append_column(name, pa.array(column))
    cells = cells.append_column("_nameless_past_the_end", pa.nulls(len(records), pa.string()))
    cursor.register("staged_column", cells)
    amounts = cursor.sql(statements.staging("2_plain_amounts")).to_arrow_table().combine_chunks()
    if not np.array_equal(arrow.numbers(amounts.column("record").chunk(0)), records):
        return False
    for name in ("hundredths", "is_plain"):
        cells = cells.append_column(name, amounts.column(name))
    cursor.register("staged_column", cells)
    cursor.execute(statements.staging("2_load_columns"))
    return True
