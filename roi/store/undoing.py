"""The exact inverse of a change: what it added ends, what it ended comes back as new rows (decision D9)."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

import duckdb

from roi.domain.periods import short_month
from roi.domain.structure import Tick
from roi.errors import UndoRefusedError, UnknownKeyError
from roi.store import chain, statements, touching
from roi.store.changes import Recorder
from roi.store.statements import parsed
from roi.store.tables import ADDED, FIND, LEDGER_LINE_COLUMNS, LIVE, LIVES, REMOVED, TABLES, Temporal

_CHANGE = (
    "select change_id, recorded_at, actor, kind, source_name, source_sha256, undoes, "
    "json_extract_string(detail, '$.content'), json_extract_string(detail, '$.kept'), "
    "coalesce(json_extract_string(detail, '$.restatement'), '') "
    "from change where change_id = ?"
)
_REVERSALS = "select change_id from change where undoes = ? order by change_id desc"
_END_LINES = (
    "update ledger_line set removed_by = $new where removed_by = 2147483647 "
    "and (origin_change, source_row, month) in "
    "(select (origin_change, source_row, month) from ledger_line where added_by = $change_id)"
)
_COLUMNS = ", ".join(LEDGER_LINE_COLUMNS)
_REVIVE_LINES = (
    f"insert into ledger_line (added_by, origin_change, {_COLUMNS}) "  # noqa: S608 - names of tables.py
    f"select $new, origin_change, {_COLUMNS} from ledger_line where removed_by = $change_id"
)
_SAME_CONTENT = (
    "select change_id from change where undoes is null and change_id != $change_id and source_sha256 != '' "
    "and $digest in (source_sha256, json_extract_string(detail, '$.content')) order by change_id desc"
)
_LATER_LINES = (
    "select 1 from cost_line where removed_by = 2147483647 and source = $source "
    "and added_by > $change_id limit 1"
)
_LINE_MONTHS = "select distinct month from ledger_line where added_by = $change_id or removed_by = $change_id"


_OUTCOMES = "select outcome from live_outcome where epic = ?"
_OUTCOMES_ON = "select outcome from live_outcome_plan where line = ?"
_READINGS = "select read_on from live_confirmed_reading where outcome = ?"
_CONFIRMED: dict[str, tuple[str, ...]] = {
    "outcome": TABLES["outcome"].payload,
    "question": TABLES["question"].payload,
    "outcome_plan": ("line", "cell", "series", "copied_from", "planned_share"),
    "epic": ("team", "delivered"),
    "epic_plan": ("copied_from",),
    "epic_team": ("team", "effort"),
    "epic_slice": ("delivered", "share"),
    "finance_line": ("kind",),
}
"""What finance confirms with an outcome: whose money and work it is, and since when (V3, V8, V10, V12)."""


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
    kept: str | None = None
    restatement: str = ""


def find(cursor: duckdb.DuckDBPyConnection, change_id: int) -> Past:
    """The change by its number.

    Raises:
        UnknownKeyError: there is none.
    """
    found = cursor.execute(parsed(_CHANGE), [change_id]).fetchall()
    if not found:
        message = f"There is no change {change_id}."
        raise UnknownKeyError(message)
    return Past(*found[0])


def undone_by(cursor: duckdb.DuckDBPyConnection, change_id: int) -> Past | None:
    """The change by which this one is undone now, or None while it is in force."""
    for (number,) in cursor.execute(parsed(_REVERSALS), [change_id]).fetchall():
        if undone_by(cursor, int(number)) is None:
            return find(cursor, int(number))
    return None


def base(cursor: duckdb.DuckDBPyConnection, past: Past) -> Past:
    """The change that is meant in the end: what an undo, or an undo of an undo, was about."""
    return list(_line_of(cursor, past))[-1]


def reverse(recorder: Recorder, past: Past) -> None:
    """Put the inverse of the change into the running one.

    Raises:
        UndoRefusedError: a later change in force was built on it; the sentence names it.
    """
    cursor = recorder.cursor
    _check_only_undo(cursor, past)
    _check_lines(cursor, past)
    holding = chain.holding_of(cursor, past.change_id)
    for name in (one for one in _CONFIRMED if one in holding):
        _check_confirmed(cursor, TABLES[name], _CONFIRMED[name], past)
    numbers = {"new": recorder.change_id, "change_id": past.change_id}
    recorder.touch(
        [
            int(row[0])
            for row in cursor.execute(parsed(_LINE_MONTHS), {"change_id": past.change_id}).fetchall()
        ]
    )
    cursor.execute(parsed(_END_LINES), numbers)
    cursor.execute(parsed(_REVIVE_LINES), numbers)
    for table in (one for name, one in TABLES.items() if name in holding):
        _reverse_table(recorder, table, past)
    _reverse_hashes(cursor, past)


def _check_only_undo(cursor: duckdb.DuckDBPyConnection, past: Past) -> None:
    """An undo comes back in force only while what it undid is not undone by another: once is enough."""
    again = None if past.undoes is None else find(cursor, past.undoes)
    if again is None or again.undoes is None:
        return
    by = undone_by(cursor, again.undoes)
    if by is not None:
        message = (
            f"Change {past.change_id} cannot be undone: change {by.change_id} ({by.kind} by {by.actor}) has "
            f"undone change {again.undoes} since. Undo change {by.change_id} first."
        )
        raise UndoRefusedError(message)


def _check_lines(cursor: duckdb.DuckDBPyConnection, past: Past) -> None:
    blocked = cursor.execute(statements.query("undo_lines_blocked"), {"change_id": past.change_id}).fetchall()
    if blocked:
        raise _refused(cursor, past, int(blocked[0][0]), f"{blocked[0][1]} of its lines")
    twice = cursor.execute(statements.query("undo_lines_twice"), {"change_id": past.change_id}).fetchall()
    if twice:
        month, source, later = twice[0]
        raise _refused(cursor, past, int(later), f"{short_month(int(month))} of {source}")


def _reverse_table(recorder: Recorder, table: Temporal, past: Past) -> None:
    cursor = recorder.cursor
    added = _rows(cursor, ADDED[table.name], table, past)
    ended = _rows(cursor, REMOVED[table.name], table, past)
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
    replaced = {_key(table, row) for row in added}
    for row in ended:
        if _key(table, row) not in kept and _is_free(cursor, table, row, past, replaced):
            recorder.put_one(table, row)
    recorder.touch(touching.months(cursor, table.name, [*added, *ended]))


def _rows(
    cursor: duckdb.DuckDBPyConnection, statement: str, table: Temporal, past: Past
) -> list[dict[str, object]]:
    rows = cursor.execute(parsed(statement), [past.change_id]).fetchall()
    return [dict(zip(table.columns, row[: len(table.columns)], strict=True)) for row in rows]


def _key(table: Temporal, row: dict[str, object]) -> tuple[object, ...]:
    return tuple(row[name] for name in table.keys)


def _live(
    cursor: duckdb.DuckDBPyConnection, table: Temporal, row: dict[str, object]
) -> Sequence[object] | None:
    found = cursor.execute(parsed(FIND[table.name]), list(_key(table, row))).fetchall()
    return found[0] if found else None


def _is_superseded(
    cursor: duckdb.DuckDBPyConnection, table: Temporal, row: dict[str, object], past: Past
) -> bool:
    """Whether a later change in force stands on this row: then it stays, or the undo is refused."""
    lives = cursor.execute(parsed(LIVES[table.name]), list(_key(table, row))).fetchall()
    added_by, removed_by = lives[0]
    later = removed_by if removed_by != LIVE else _made_by(cursor, lives, added_by, past)
    if later == past.change_id:
        return _is_remembered(table, row) and _is_still_used(cursor, row, past)
    if _is_remembered(table, row):
        return True
    raise _refused(cursor, past, later, f"{table.name.replace('_', ' ')} {_words(table, row)}")


def _is_remembered(table: Temporal, row: dict[str, object]) -> bool:
    """What is remembered of a source's files may be refined since; that is no reason to refuse an undo."""
    return table.name == "source" or (table.name == "value_mapping" and row["field"] != "cost_centre")


def _is_still_used(cursor: duckdb.DuckDBPyConnection, row: dict[str, object], past: Past) -> bool:
    """Whether files that came later from the source were read by what is remembered of it."""
    params = {"source": row["source"], "change_id": past.change_id}
    return bool(cursor.execute(parsed(_LATER_LINES), params).fetchall())


def _check_confirmed(
    cursor: duckdb.DuckDBPyConnection, table: Temporal, columns: Sequence[str], past: Past
) -> None:
    """Who confirmed an outcome since confirmed what this change made of it."""

    def told(statement: str) -> set[tuple[object, ...]]:
        rows = _rows(cursor, statement, table, past)
        return {(row[table.keys[0]], *cells) for row in rows if any(cells := [row[name] for name in columns])}

    moved = {key for key, *_ in told(ADDED[table.name]) ^ told(REMOVED[table.name])}
    for key in sorted(moved, key=str):
        its = _OUTCOMES_ON if table.name == "finance_line" else _OUTCOMES
        is_of_others = "outcome" not in table.columns
        outcomes = cursor.execute(parsed(its), [key]).fetchall() if is_of_others else [(key,)]
        for (outcome,) in outcomes:
            _check_ticks(cursor, outcome, past)


def _check_ticks(cursor: duckdb.DuckDBPyConnection, outcome: object, past: Past) -> None:
    readings = cursor.execute(parsed(_READINGS), [outcome]).fetchall()
    keys = [("confirmation", tick.value) for tick in Tick]
    for name, part in [*keys, *(("confirmed_reading", read_on) for (read_on,) in readings)]:
        lives = cursor.execute(parsed(LIVES[name]), [outcome, part]).fetchall()
        if lives and lives[0][1] == LIVE:
            later = _made_by(cursor, lives, lives[0][0], past)
            if later > past.change_id:
                raise _refused(cursor, past, later, f"outcome {outcome}")


def _made_by(
    cursor: duckdb.DuckDBPyConnection, lives: Sequence[tuple[int, int]], added_by: int, past: Past
) -> int:
    """Whose row it is: a row that an undo brought back is that of the change which first made it."""
    while added_by != past.change_id:
        undoes = find(cursor, added_by).undoes
        before = [added for added, removed in lives if undoes is not None and removed == undoes]
        if not before:
            return added_by
        added_by = before[0]
    return added_by


def _is_free(
    cursor: duckdb.DuckDBPyConnection,
    table: Temporal,
    row: dict[str, object],
    past: Past,
    replaced: set[tuple[object, ...]],
) -> bool:
    """Whether a row that comes back meets none that somebody put there since; what is remembered gives way.

    Raises:
        UndoRefusedError: it meets one.
    """
    live = _live(cursor, table, row)
    if live is None or _key(table, row) in replaced:
        return True
    if _is_remembered(table, row):
        return False
    raise _refused(cursor, past, int(str(live[-1])), f"{table.name.replace('_', ' ')} {_words(table, row)}")


def _words(table: Temporal, row: dict[str, object]) -> str:
    return " ".join(str(part) for part in _key(table, row))


def _refused(cursor: duckdb.DuckDBPyConnection, past: Past, later: int, what: str) -> UndoRefusedError:
    found = find(cursor, later)
    if found.undoes is not None:
        found = base(cursor, found)
    message = (
        f"Change {past.change_id} cannot be undone: change {found.change_id} ({found.kind} by {found.actor}) "
        f"has used or replaced {what} since. Undo change {found.change_id} first."
    )
    return UndoRefusedError(message)


def _line_of(cursor: duckdb.DuckDBPyConnection, past: Past) -> Iterator[Past]:
    """The change, the one that it undoes, and so on down to one that undoes nothing."""
    yield past
    while past.undoes is not None:
        past = find(cursor, past.undoes)
        yield past


def _reverse_hashes(cursor: duckdb.DuckDBPyConnection, past: Past) -> None:
    """An import whose lines went may come again; one whose lines came back may not (decision D8)."""
    *reversals, meant = _line_of(cursor, past)
    if not meant.source_sha256:
        return
    for digest in sorted({meant.source_sha256, meant.content or meant.source_sha256}):
        found = cursor.execute("select change_id from live_hash where sha256 = ?", [digest]).fetchall()
        holder = int(found[0][0]) if found else None
        if len(reversals) % 2 == 0:
            if holder == meant.change_id:
                _give_back(cursor, digest, meant.change_id)
        elif holder is None:
            insert = "insert into live_hash (sha256, change_id) values (?, ?)"
            cursor.execute(insert, [digest, meant.change_id])
        elif holder != meant.change_id:
            message = (
                f"The lines of {meant.source_name} cannot come back: the same content was imported again as "
                f"change {holder}. Undo that first."
            )
            raise UndoRefusedError(message)


def _give_back(cursor: duckdb.DuckDBPyConnection, digest: str, change_id: int) -> None:
    """The hash goes to an earlier import of the same content that is in force again, else it is free."""
    cursor.execute("delete from live_hash where sha256 = ?", [digest])
    same = cursor.execute(parsed(_SAME_CONTENT), {"digest": digest, "change_id": change_id}).fetchall()
    for (number,) in same:
        if undone_by(cursor, int(number)) is None:
            cursor.execute("insert into live_hash (sha256, change_id) values (?, ?)", [digest, number])
            return
