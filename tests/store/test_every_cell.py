"""R11: whichever cell is edited behind the program's back is found, and whichever row is put in or taken out.

`make test` does some of it by a fixed seed, `make soak` all: one cell of each column, and one row of each
table that has one.
"""

import random

import pytest

from roi.errors import StoreDamagedError
from roi.store import marts, verify
from roi.store.tables import TABLES

SOME = 25
NUMBER_OF_A_BUCKET = ("mart_cost_bucket", "bucket")
"""Given anew whenever figures are computed: nothing is read from it but which lines belong together."""
LOOKED_AT = "change ledger_line coding live_hash schema_version nature currency".split()
"""Tables that are not temporal: each has a check of its own."""
OTHERWISE = {
    "VARCHAR": "{0} || 'x'",
    "BOOLEAN": "not {0}",
    "DATE": "coalesce({0}, date '2026-01-01') + 1",
    "TIMESTAMP": "{0} - interval 1 day",
}
COLUMNS = (
    "select table_name, column_name, data_type from duckdb_columns() join duckdb_tables() "
    "using (database_name, schema_name, table_name) "
    "where not duckdb_columns.internal and not temporary order by all"
)


def test_r11_every_column_of_a_temporal_table_is_hashed_and_every_other_table_is_known(company):
    """What holds of the tables that have rows here holds of all of them."""
    with company.store.cursor() as cursor:
        columns = cursor.execute(COLUMNS).fetchall()
    held = {table: {name for its, name, _ in columns if its == table} for table, _, _ in columns}
    hashed = {name: {*table.columns, "added_by", "removed_by"} for name, table in TABLES.items()}
    assert {name: names for name, names in held.items() if name in TABLES} == hashed
    assert set(held) - set(TABLES) == {*LOOKED_AT, *marts.TABLES}


def edits(cursor):
    """Statements that edit a cell, take out a row or put one in, for each column and table with rows."""
    columns = cursor.execute(COLUMNS).fetchall()
    for table in sorted({table for table, _, _ in columns}):
        first = f"from {table} where rowid = (select min(rowid) from {table})"
        if not cursor.execute(f"select count(*) {first}").fetchall()[0][0]:
            continue
        yield f"delete {first}"
        its = {name: kind for its, name, kind in columns if its == table}
        if "removed_by" in its:
            other = "select * replace (999 as added_by, removed_by - 9 as removed_by)"
            yield f"insert into {table} {other} {first}"
        elif table.startswith("mart_"):
            yield f"insert into {table} select * {first}"
        for name, kind in its.items():
            if (table, name) != NUMBER_OF_A_BUCKET:
                other = OTHERWISE.get(kind, "coalesce({0}, 0) - 1000").format(name)
                yield f"update {table} set {name} = {other} where rowid = (select min(rowid) from {table})"


def is_found(cursor, store, edit):
    cursor.execute("begin transaction")
    try:
        cursor.execute(edit)
        verify.deep(cursor, store.head_path, store.upload_folder)
    except StoreDamagedError:
        return True
    finally:
        cursor.execute("rollback")
    return False


@pytest.mark.faults
def test_r11_whichever_cell_is_edited_and_whichever_row_comes_or_goes_is_found(company, rounds, soaked):
    store = company.store
    with store.cursor() as cursor:
        every = list(edits(cursor))
        assert len(every) > 200
        chosen = every if rounds > 1 else random.Random(11).sample(every, SOME)
        missed = [edit for edit in chosen if not is_found(cursor, store, edit)]
        assert missed == []
        assert verify.deep(cursor, store.head_path, store.upload_folder).is_deep
    soaked("cells edited, rows deleted and inserted by SQL", len(chosen))
