"""A large plain file as columns in memory: read once, and each word of a column kept once.

It is the quick way to `staged_cell`, where no cell is put otherwise and no line set aside. Whatever it does
not read goes the other way, through the engine's own reader; both give the same cells.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import duckdb
import numpy as np
from numpy.typing import NDArray

from roi.domain.importing import StagingPlan
from roi.store import arrow, staging_texts, statements
from roi.store.staging_words import FIELDS

if TYPE_CHECKING:
    import pyarrow as pa

Cursor = duckdb.DuckDBPyConnection
_FEW_WORDS = frozenset({*FIELDS, "month", "period_start", "period_end"})
"""Columns that say the same again and again."""
_MOST_KEYS = 2**62
FEW_KEYS = 1 << 22
"""So many keys are looked up by place."""
_BLOCK = 8 << 20
"""Bytes that are read together; no record has more."""
_MAY_NAME_A_TOTAL = ("description", "reference", "supplier")


@dataclass(frozen=True, slots=True)
class Columns:
    """The cells by column, the key of each line, and the number of keys that there can be."""

    cells: "pa.Table"
    keys: NDArray[np.uint64]
    most_keys: int


def load(cursor: Cursor, plan: StagingPlan, names: Sequence[str]) -> Columns | None:
    """Make `staged_cell` of the spool, whose cells have these names; None where it is not for this way."""
    is_small = plan.table.records < arrow.MANY
    if is_small or plan.table.is_numbered or plan.corrections or plan.set_aside:
        return None
    cells = _cells(plan, names)
    if cells is None:
        return None
    words = [cells.column(name).combine_chunks() for name in names if name in FIELDS]
    most = math.prod(len(column.dictionary) + 1 for column in words)
    if most > _MOST_KEYS:
        return None
    return _registered(cursor, plan, Columns(cells, _keys(words, cells.num_rows), most))


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


def _keys(columns: "Sequence[pa.DictionaryArray]", count: int) -> NDArray[np.uint64]:
    """For each line the number of its combination of words."""
    keys = np.zeros(count, dtype=np.uint64)
    for words in columns:
        keys = keys * np.uint64(len(words.dictionary) + 1) + places(words.indices)
    return keys


def places(indices: "pa.Array") -> NDArray[np.uint64]:
    """Which word each line has, from 1; 0 where it has none."""
    found = arrow.numbers(indices).astype(np.uint64) + np.uint64(1)
    if indices.null_count:
        bits = np.frombuffer(indices.buffers()[0], dtype=np.uint8)
        has_word = np.unpackbits(bits, bitorder="little")[indices.offset :][: len(found)]
        found *= has_word
    return found


def _registered(cursor: Cursor, plan: StagingPlan, columns: Columns) -> Columns | None:
    """Let the engine see the columns, with what `staged_cell` holds besides."""
    import pyarrow as pa

    cells, keys = columns.cells, columns.keys
    records = np.arange(1, cells.num_rows + 1, dtype=np.int32)
    lines = records + np.int32(plan.table.header_line)
    besides = {"record": records, "line": lines, "key": keys, "may_total": _may_name_a_total(cells)}
    for name, column in besides.items():
        cells = cells.append_column(name, arrow.column(column))
    cells = cells.append_column("_nameless_past_the_end", pa.nulls(len(records), pa.string()))
    cursor.register("staged_column", cells)
    amounts = cursor.sql(statements.staging("2_plain_amounts")).to_arrow_table().combine_chunks()
    if not np.array_equal(arrow.numbers(amounts.column("record").chunk(0)), records):
        return None
    for name in ("hundredths", "is_plain"):
        cells = cells.append_column(name, amounts.column(name))
    cursor.register("staged_column", cells)
    cursor.execute(statements.staging("2_load_columns"))
    return Columns(cells, keys, columns.most_keys)


def _may_name_a_total(cells: "pa.Table") -> NDArray[np.bool_]:
    """Lines of which a text may be no more than a total; only the others are known to be costs."""
    may = np.zeros(cells.num_rows, dtype=np.bool_)
    for name in _MAY_NAME_A_TOTAL:
        if name in cells.column_names:
            column = cells.column(name)
            may |= staging_texts.may_be_totals(column.chunk(0)) if column.num_chunks == 1 else True
    return may
