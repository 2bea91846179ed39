"""The exact inverse of a change: what it added ends, what it ended comes back as new rows (decision D9)."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

import duckdb

from roi.errors import UndoRefusedError, UnknownKeyError
from roi.store import statements, touching
from roi.store.changes import Recorder
from roi.store.tables import ADDED, COST_LINE_COLUMNS, FIND, REMOVED, TABLES, Temporal

_CHANGE = (
    "select change_id, recorded_at, actor, kind, source_name, source_sha256, undoes, "
    "json_extract_string(detail, '$.content') from change where change_id = ?"
)
_UNDONE_BY = "select change_id from change where undoes = ? order by change_id desc limit 1"
_END_LINES = (
    "update cost_line set removed_by = $new where removed_by = 2147483647 and (origin_change, source_row) in "
    "(select (origin_change, source_row) from cost_line where added_by = $change_id)"
)
_COLUMNS = ", ".join(COST_LINE_COLUMNS)
_REVIVE_LINES = (
    f"insert into cost_line (added_by, origin_change, {_COLUMNS}) "  # noqa: S608 - names of tables.py
    f"select $new, origin_change, {_COLUMNS} from cost_line where removed_by = $change_id"
)
_LINE_MONTHS = "select distinct month from cost_line where added_by = $change_id or removed_by = $change_id"
_LOOSE = frozenset({"source"})
"""What was remembered of a source may have been refined since; that is no reason to refuse an undo."""


@dataclass(frozen=True, slots=True)
class Past:
    """A change that is to be undone."""

    change_id: int
    at: datetime
    actor: str
    kind: str
    source_name: str
    source_sha256: str
    undoes: int | None
    content: str | None


def find(cursor: duckdb.DuckDBPyConnection, change_id: int) -> Past:
    """The change by its number.

    Raises:
        UnknownKeyError: there is none.
    """
    found = cursor.execute(_CHANGE, [change_id]).fetchall()
    if not found:
        message = f"There is no change {change_id}."
        raise UnknownKeyError(message)
    return Past(*found[0])


def undone_by(cursor: duckdb.DuckDBPyConnection, change_id: int) -> Past | None:
    """The change by which this one is undone now, or None while it is in force."""
    found = cursor.execute(_UNDONE_BY, [change_id]).fetchall()
    if not found:
        return None
    reversing = find(cursor, int(found[0][0]))
    return None if undone_by(cursor, reversing.change_id) else reversing


def reverse(recorder: Recorder, past: Past) -> None:
    """Put the inverse of the change into the running one.

    Raises:
        UndoRefusedError: a later change in force was built on it; the sentence names it.
    """
    cursor = recorder.cursor
    _check_lines(cursor, past)
    numbers = {"new": recorder.change_id, "change_id": past.change_id}
    recorder.touch(
        [int(row[0]) for row in cursor.execute(_LINE_MONTHS, {"change_id": past.change_id}).fetchall()]
    )
    cursor.execute(_END_LINES, numbers)
    cursor.execute(_REVIVE_LINES, numbers)
    for table in TABLES.values():
        _reverse_table(recorder, table, past)
    _reverse_hashes(cursor, past)


def _check_lines(cursor: duckdb.DuckDBPyConnection, past: Past) -> None:
    blocked = cursor.execute(statements.query("undo_lines_blocked"), {"change_id": past.change_id}).fetchall()
    if blocked:
        raise _refused(cursor, past, int(blocked[0][0]), f"{blocked[0][1]} of its lines")


def _reverse_table(recorder: Recorder, table: Temporal, past: Past) -> None:
    cursor = recorder.cursor
    added = _rows(cursor, ADDED[table.name], table, past)
    ended = _rows(cursor, REMOVED[table.name], table, past)
    if not added and not ended:
        return
    recorder.touch(touching.months(cursor, table.name, [*added, *ended]))
    back = {_key(table, row) for row in ended}
    kept = {
        key
        for key, row in ((_key(table, row), row) for row in added)
        if _is_superseded(cursor, table, row, past)
    }
    for row in added:
        if _key(table, row) not in back | kept:
            recorder.end_one(table.name, list(_key(table, row)))
    for row in ended:
        if _key(table, row) not in kept:
            _check_free(cursor, table, row, past, {_key(table, one) for one in added})
            recorder.put_one(table, row)
    recorder.touch(touching.months(cursor, table.name, [*added, *ended]))


def _rows(
    cursor: duckdb.DuckDBPyConnection, statement: str, table: Temporal, past: Past
) -> list[dict[str, object]]:
    rows = cursor.execute(statement, [past.change_id]).fetchall()
    return [dict(zip(table.columns, row[: len(table.columns)], strict=True)) for row in rows]


def _key(table: Temporal, row: dict[str, object]) -> tuple[object, ...]:
    return tuple(row[name] for name in table.keys)


def _live(
    cursor: duckdb.DuckDBPyConnection, table: Temporal, row: dict[str, object]
) -> Sequence[object] | None:
    found = cursor.execute(FIND[table.name], list(_key(table, row))).fetchall()
    return found[0] if found else None


def _is_superseded(
    cursor: duckdb.DuckDBPyConnection, table: Temporal, row: dict[str, object], past: Past
) -> bool:
    """Whether a later change in force stands on this row: then it stays, or the undo is refused."""
    live = _live(cursor, table, row)
    payload = tuple(row[name] for name in table.columns)
    if live is not None and tuple(live[:-1]) == payload and _is_same_row(cursor, past, int(str(live[-1]))):
        return False
    if table.name in _LOOSE:
        return True
    later = int(str(live[-1])) if live is not None else _ended_by(cursor, table, row, past)
    raise _refused(cursor, past, later, f"{table.name.replace('_', ' ')} {_words(table, row)}")


def _is_same_row(cursor: duckdb.DuckDBPyConnection, past: Past, added_by: int) -> bool:
    """The row itself, or its revival by an undo."""
    return added_by == past.change_id or find(cursor, added_by).undoes is not None


def _ended_by(cursor: duckdb.DuckDBPyConnection, table: Temporal, row: dict[str, object], past: Past) -> int:
    where = " and ".join(f"{name} = ?" for name in table.keys)
    statement = f"select max(removed_by) from {table.name} where {where}"  # noqa: S608 - names of tables.py
    return int(cursor.execute(statement, list(_key(table, row))).fetchall()[0][0] or past.change_id)


def _check_free(
    cursor: duckdb.DuckDBPyConnection,
    table: Temporal,
    row: dict[str, object],
    past: Past,
    replaced: set[tuple[object, ...]],
) -> None:
    """A row that comes back must not meet one that somebody put there since."""
    live = _live(cursor, table, row)
    if live is not None and _key(table, row) not in replaced:
        raise _refused(
            cursor, past, int(str(live[-1])), f"{table.name.replace('_', ' ')} {_words(table, row)}"
        )


def _words(table: Temporal, row: dict[str, object]) -> str:
    return " ".join(str(part) for part in _key(table, row))


def _refused(cursor: duckdb.DuckDBPyConnection, past: Past, later: int, what: str) -> UndoRefusedError:
    found = find(cursor, later)
    message = (
        f"Change {past.change_id} cannot be undone: change {later} ({found.kind} by {found.actor}) has used "
        f"or replaced {what} since. Undo change {later} first."
    )
    return UndoRefusedError(message)


def _base(cursor: duckdb.DuckDBPyConnection, past: Past) -> Iterator[Past]:
    """The change, the one that it undoes, and so on down to one that undoes nothing."""
    yield past
    while past.undoes is not None:
        past = find(cursor, past.undoes)
        yield past


def _reverse_hashes(cursor: duckdb.DuckDBPyConnection, past: Past) -> None:
    """An import whose lines went may come again; one whose lines came back may not (decision D8)."""
    *reversals, base = _base(cursor, past)
    if not base.source_sha256:
        return
    if len(reversals) % 2 == 0:
        cursor.execute("delete from live_hash where change_id = ?", [base.change_id])
        return
    for digest in sorted({base.source_sha256, base.content or base.source_sha256}):
        found = cursor.execute("select change_id from live_hash where sha256 = ?", [digest]).fetchall()
        if found and found[0][0] != base.change_id:
            message = (
                f"The lines of {base.source_name} cannot come back: the same content was imported again as "
                f"change {found[0][0]}. Undo that first."
            )
            raise UndoRefusedError(message)
        if not found:
            cursor.execute(
                "insert into live_hash (sha256, change_id) values (?, ?)", [digest, base.change_id]
            )
