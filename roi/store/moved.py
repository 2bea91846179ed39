"""The rows that changes put in place of others, and those that they only added or ended (R11).

Statements are built here once, from the names of `tables.py`; never from a value. Every answer is bounded: a
list of ten thousand rows is not told row by row.
"""

from collections.abc import Collection, Sequence
from typing import NamedTuple

import duckdb

from roi.store.tables import LIVE, TABLES, Temporal

MOST = 600
"""So many rows of a table are told of, whichever changes they belong to."""


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
    for change_id, *found in cursor.execute(_REPLACED[name], asked).fetchall():
        key, cells = tuple(found[:width]), found[width:]
        before, after = (dict(zip(table.payload, part, strict=True)) for part in (cells[:kept], cells[kept:]))
        rows.append(MovedRow(int(change_id), name, key, before, after))
    return rows


def come_and_gone(
    cursor: duckdb.DuckDBPyConnection, name: str, changes: Collection[int], about: Sequence[str] = ()
) -> list[MovedRow]:
    """The rows of a table that these changes added where none stood, or ended with none in their place."""
    table = TABLES[name]
    width = len(table.keys)
    asked = {"changes": list(changes), "about": list(about), "all": not about}
    found: dict[tuple[object, ...], list[dict[str, object] | None]] = {}
    for place, statement in enumerate((_GONE[name], _COME[name])):
        for change_id, *cells in cursor.execute(statement, asked).fetchall():
            both = found.setdefault((change_id, *cells[:width]), [None, None])
            both[place] = dict(zip(table.payload, cells[width:], strict=True))
    return [
        MovedRow(int(str(key[0])), name, key[1:], before, after)
        for key, (before, after) in found.items()
        if before is None or after is None
    ]


def _pairs(table: Temporal) -> str:
    keys = ", ".join(f"now.{key}" for key in table.keys)
    old = ", ".join(f"was.{one}" for one in table.payload)
    new = ", ".join(f"now.{one}" for one in table.payload)
    same = " and ".join(f"was.{key} = now.{key}" for key in table.keys)
    return (
        f"select now.added_by, {keys}, {old}, {new} from {table.name} as now "  # noqa: S608 - names of tables.py
        f"inner join {table.name} as was on {same} and was.removed_by = now.added_by "
        f"where now.added_by in (select unnest($changes)) and {_about(table, 'now.')} "
        f"order by now.added_by desc, {keys} limit {MOST}"
    )


def _ends(table: Temporal, at: str) -> str:
    names = ", ".join(table.columns)
    return (
        f"select {at}, {names} from {table.name} where {at} in (select unnest($changes)) "  # noqa: S608
        f"and {at} < {LIVE} and {_about(table)} order by {at} desc, {', '.join(table.keys)} limit {MOST}"
    )


def _about(table: Temporal, of: str = "") -> str:
    return f"($all or {of}{table.keys[0]} in (select unnest($about)))"


_REPLACED = {name: _pairs(table) for name, table in TABLES.items()}
_COME = {name: _ends(table, "added_by") for name, table in TABLES.items()}
_GONE = {name: _ends(table, "removed_by") for name, table in TABLES.items()}
