"""The hash chain: what a change holds, reduced to one hash that the next change builds on.

Small tables are hashed row by row as canonical JSON; ledger lines ten thousand at a time and by column, so
that a million lines cost a fraction of a second (`line_hashes`). The first releases hashed lines as texts
(`line_texts`): what they recorded holds where either gives its hash. `lines_*` are sums that can be checked
at every start.
"""

import json
from collections import defaultdict
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from hashlib import sha256

import duckdb

from roi.store import line_hashes, line_texts, statements
from roi.store.statements import parsed
from roi.store.tables import ADDED, HOLDING, MARKS, REMOVED, TABLES

HEADER = (
    "change_id recorded_at actor role kind reason source_name source_sha256 detail undoes rows_added "
    "rows_removed lines_added lines_amount lines_xor content_sha256"
).split()

_INSERT = (
    "insert into change (change_id, recorded_at, actor, role, kind, reason, source_name, source_sha256, "
    "detail, undoes, rows_added, rows_removed, lines_added, lines_amount, lines_xor, content_sha256, "
    "previous_sha256, sha256) values ($change_id, $recorded_at, $actor, $role, $kind, $reason, $source_name, "
    "$source_sha256, $detail, $undoes, $rows_added, $rows_removed, $lines_added, $lines_amount, "
    "$lines_xor, $content_sha256, $previous_sha256, $sha256)"
)


@dataclass(frozen=True, slots=True)
class Content:
    """The rows of one change, counted and hashed."""

    rows_added: int
    rows_removed: int
    lines_added: int
    lines_amount: int
    lines_xor: int
    sha256: str

    def as_columns(self) -> dict[str, object]:
        """As columns of the table `change`."""
        return {
            "rows_added": self.rows_added,
            "rows_removed": self.rows_removed,
            "lines_added": self.lines_added,
            "lines_amount": self.lines_amount,
            "lines_xor": self.lines_xor,
            "content_sha256": self.sha256,
        }


def canonical(value: object) -> object:
    """A cell as JSON writes it, the same on every machine."""
    if isinstance(value, datetime):
        return value.isoformat(timespec="seconds")
    if isinstance(value, date):
        return value.isoformat()
    return value


def _text(row: tuple[object, ...]) -> str:
    return json.dumps([canonical(cell) for cell in row], ensure_ascii=True, separators=(",", ":"))


def all_holding(cursor: duckdb.DuckDBPyConnection) -> Mapping[int, set[str]]:
    """Per change the tables in which it added or ended rows: asked once, where all changes are read."""
    found: dict[int, set[str]] = defaultdict(set)
    for table, change_id in cursor.execute(parsed(MARKS)).fetchall():
        found[int(change_id)].add(table)
    return found


def holding_of(cursor: duckdb.DuckDBPyConnection, change_id: int) -> set[str]:
    """The tables in which this change added or ended rows."""
    return {str(row[0]) for row in cursor.execute(parsed(HOLDING), {"change_id": change_id}).fetchall()}


def content(
    cursor: duckdb.DuckDBPyConnection, change_id: int, holding: Collection[str] | None = None
) -> Content:
    """What the change holds now, read back from the tables, or from those alone that are known to hold it."""
    return _content(cursor, change_id, holding, _by_columns)


def holds(
    cursor: duckdb.DuckDBPyConnection, change_id: int, holding: Collection[str], recorded: object
) -> bool:
    """Whether the change still holds what was recorded of it, in either of the two ways of hashing lines."""
    now = content(cursor, change_id, holding)
    if now.sha256 == recorded or not now.lines_added:
        return now.sha256 == recorded
    return _content(cursor, change_id, holding, _by_texts).sha256 == recorded


def _by_columns(cursor: duckdb.DuckDBPyConnection, change_id: int) -> Iterator[str]:
    for part, lines in line_hashes.added(cursor, change_id):
        yield f"+ledger_line{part}:{lines}\n"


def _by_texts(cursor: duckdb.DuckDBPyConnection, change_id: int) -> Iterator[str]:
    for part, lines in line_texts.added(cursor, change_id):
        yield f"+cost_line{part}:{lines}\n"


def _content(
    cursor: duckdb.DuckDBPyConnection,
    change_id: int,
    holding: Collection[str] | None,
    lines: Callable[[duckdb.DuckDBPyConnection, int], Iterator[str]],
) -> Content:
    digest, added, removed = sha256(), 0, 0
    if holding is None:
        holding = holding_of(cursor, change_id)
    for table in (name for name in TABLES if name in holding):
        for mark, statement in (("+", ADDED[table]), ("-", REMOVED[table])):
            rows = cursor.execute(parsed(statement), [change_id]).fetchall()
            for row in rows:
                digest.update(f"{mark}{table}{_text(row)}\n".encode())
            added, removed = (added + len(rows), removed) if mark == "+" else (added, removed + len(rows))
    count, amount, xor = _line_sums(cursor, change_id)
    for part in lines(cursor, change_id) if count else ():
        digest.update(part.encode())
    ended = cursor.execute(statements.query("chain_lines_ended"), {"change_id": change_id}).fetchall()
    for row in ended:
        digest.update(f"-cost_line{_text(row)}\n".encode())
    gone = sum(int(row[1]) for row in ended)
    return Content(added + count, removed + gone, count, amount, xor, digest.hexdigest())


def _line_sums(cursor: duckdb.DuckDBPyConnection, change_id: int) -> tuple[int, int, int]:
    sums = cursor.execute(statements.query("chain_lines_sums"), {"change_id": change_id}).fetchall()[0]
    return int(sums[0]), int(sums[1]), int(sums[2])


def header_sha256(header: Mapping[str, object], previous: str) -> str:
    """The hash of a change: its header on top of the hash of the change before it."""
    text = _text(tuple(header[name] for name in HEADER))
    return sha256(f"{previous}\n{text}".encode()).hexdigest()


def record(cursor: duckdb.DuckDBPyConnection, header: Mapping[str, object]) -> None:
    """Write the change with its place in the chain."""
    latest = cursor.execute(parsed(statements.LATEST)).fetchall()
    previous = str(latest[0][1]) if latest else ""
    cursor.execute(
        _INSERT,
        {**header, "previous_sha256": previous, "sha256": header_sha256(header, previous)},
    )
