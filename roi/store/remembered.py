"""The live rows of temporal tables as records, carried from one version of the store to the next.

A change ends and adds a few rows: only those are read again, and every other record is the same object as
before, so that whoever worked something out of it can tell that nothing moved.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import duckdb

from roi.store import records as cells
from roi.store.statements import parsed
from roi.store.tables import ADDED_SINCE, ENDED_SINCE, LIVE_ROWS, TABLES

NaturalKey = tuple[Any, ...]
Kinds = Mapping[str, tuple[type, str]]
"""By table the kind of its records, and the column that the record calls its key."""


@dataclass(frozen=True, slots=True)
class Remembered:
    """Records by table and natural key, in its order, at a version; `touched`: the keys that moved last."""

    version: int
    tables: Mapping[str, Mapping[NaturalKey, Any]]
    touched: Mapping[str, frozenset[NaturalKey]]

    def records(self, table: str) -> list[Any]:
        """The records of a table in order of their keys."""
        return list(self.tables[table].values())


def read(cursor: duckdb.DuckDBPyConnection, kinds: Kinds, version: int) -> Remembered:
    """Every live row of these tables at the version that the cursor sees."""
    tables = {
        name: _made(name, cursor.execute(parsed(LIVE_ROWS[name])).fetchall(), *kinds[name]) for name in kinds
    }
    return Remembered(version, tables, {})


def since(cursor: duckdb.DuckDBPyConnection, kinds: Kinds, version: int, before: Remembered) -> Remembered:
    """The same at a later version of the same history: only rows that came or went are read.

    The cursor must not look back: what ended later would be missing.
    """
    tables, touched = {}, {}
    for name in kinds:
        tables[name] = before.tables[name]
        after = {"version": before.version}
        gone = cursor.execute(parsed(ENDED_SINCE[name]), after).fetchall()
        new = cursor.execute(parsed(ADDED_SINCE[name]), after).fetchall()
        if gone or new:
            made = _made(name, new, *kinds[name])
            tables[name] = _patched(before.tables[name], set(gone), made)
            touched[name] = frozenset({*gone, *made})
    return Remembered(version, tables, touched)


def _made(name: str, rows: list[tuple[object, ...]], kind: type, key: str) -> dict[NaturalKey, Any]:
    table = TABLES[name]
    made: list[Any] = cells.made(kind, (*table.columns, "added_by"), rows, key)
    length = len(table.keys)
    return {row[:length]: one for row, one in zip(rows, made, strict=True)}


def _patched(
    before: Mapping[NaturalKey, Any], gone: set[NaturalKey], made: Mapping[NaturalKey, Any]
) -> dict[NaturalKey, Any]:
    """In order of keys: a row that only changed stays in its place, a new one is put where it belongs."""
    is_new = any(key not in before for key in made)
    found = {key: one for key, one in {**before, **made}.items() if key not in gone or key in made}
    return dict(sorted(found.items(), key=lambda one: one[0])) if is_new else found
