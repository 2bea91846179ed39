"""The rows that changes put in place of others, and those that they only added or ended (R11).

Every answer is bounded: a list of ten thousand rows is not told row by row.
"""

from collections.abc import Collection, Sequence
from typing import NamedTuple

import duckdb

from roi.store.statements import parsed
from roi.store.tables import COME, GONE_IN, REPLACED, TABLES


class MovedRow(NamedTuple):
    """A row of a table by its key, as it stood before a change and after it; None: it was not there."""

    change_id: int
    table: str
    key: tuple[object, ...]
    before: dict[str, object] | None
    after: dict[str, object] | None


def replaced(
    cursor: duckdb.DuckDBPyConnection, name: str, changes: Collection[int], about: Sequence[str] = ()
) -> list[MovedRow]:
    """The rows of a table that these changes put in place of others; `about`: the first of their keys."""
    table, rows = TABLES[name], []
    width, kept = len(table.keys), len(table.payload)
    asked = {"changes": list(changes), "about": list(about), "all": not about}
    for change_id, *found in cursor.execute(parsed(REPLACED[name]), asked).fetchall():
        key, cells = tuple(found[:width]), found[width:]
        before, after = (dict(zip(table.payload, part, strict=True)) for part in (cells[:kept], cells[kept:]))
        rows.append(MovedRow(int(change_id), name, key, before, after))
    return rows


def come_and_gone(
    cursor: duckdb.DuckDBPyConnection, name: str, changes: Collection[int], about: Sequence[str] = ()
) -> list[MovedRow]:
    """The rows of a table that these changes added where none stood, or ended with none in their place."""
    table, rows = TABLES[name], []
    width = len(table.keys)
    asked = {"changes": list(changes), "about": list(about), "all": not about}
    for has_gone, statement in ((True, GONE_IN[name]), (False, COME[name])):
        for change_id, *cells in cursor.execute(parsed(statement), asked).fetchall():
            key, its = tuple(cells[:width]), dict(zip(table.payload, cells[width:], strict=True))
            before, after = (its, None) if has_gone else (None, its)
            rows.append(MovedRow(int(change_id), name, key, before, after))
    return rows
