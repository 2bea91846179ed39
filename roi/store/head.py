"""The head file: after each commit, the number and hash of the latest change, outside the database.

A database that is one change ahead of it was killed between commit and note: fine. One that is behind,
or whose hash differs, lost or swapped data: a loud stop (decision D13). An empty database has a file
too, which says so: where there are changes and no line, the file was lost, and whoever opens it is told.

Which migrations ran, no change of the chain says: a line of its own notes how many, and their hash.
"""

import os
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

import duckdb

from roi.errors import StoreDamagedError
from roi.store import statements
from roi.store.statements import parsed

_NOTHING = f"0 {'0' * 64} -"
"""The line of a database without a change."""
_FORMAT = "format"
_RAN = "select version, name, sha256, recorded_at::varchar from schema_version order by version limit $many"


@dataclass(frozen=True, slots=True)
class Noted:
    """A change as the file notes it; 0 where there is none yet, whose moment is a dash."""

    change: int
    sha256: str
    at: str


def record(cursor: duckdb.DuckDBPyConnection, path: Path) -> None:
    """Append the latest change, or that there is none, to the head file and push it to the disk."""
    line = _NOTHING + "\n"
    for number, digest, at in cursor.execute(parsed(statements.LATEST)).fetchall():
        line = f"{number} {digest} {at.isoformat(timespec='seconds')}\n"
    _append(path, line)


def _append(path: Path, line: str) -> None:
    with os.fdopen(os.open(path, os.O_RDWR | os.O_CREAT | os.O_APPEND, 0o600), "r+b", buffering=0) as file:
        # A line that a full disk or a kill left by half must not become the beginning of this one.
        size = file.seek(0, os.SEEK_END)
        is_whole = size == 0 or os.pread(file.fileno(), 1, size - 1) == b"\n"
        file.write(f"{'' if is_whole else chr(10)}{line}".encode())
        os.fsync(file.fileno())


def last(path: Path) -> tuple[int, str] | None:
    """Number and hash of the last complete line, number 0 while there is no change; None without a line."""
    found = next((one for line in reversed(_lines(path)) if (one := _noted(line))), None)
    return (found.change, found.sha256) if found else None


def noted(path: Path) -> tuple[Noted, ...]:
    """What the complete lines say, the oldest first: each change since the data was begun or restored."""
    return tuple(one for line in _lines(path) if (one := _noted(line)))


def _noted(line: str) -> Noted | None:
    parts = line.split()
    if len(parts) == 3 and parts[0].isdigit() and len(parts[1]) == 64:
        return Noted(int(parts[0]), parts[1], parts[2])
    return None


def lost(cursor: duckdb.DuckDBPyConnection, path: Path) -> int | None:
    """The latest change of a database whose head file is gone or empty; None where it is there."""
    version = int(cursor.execute(parsed(statements.VERSION)).fetchall()[0][0])
    return version if version and last(path) is None else None


def check(cursor: duckdb.DuckDBPyConnection, path: Path) -> None:
    """Compare the database with the head file and bring the file up to date.

    Raises:
        StoreDamagedError: the database is behind the file, or is another one.
    """
    noted = last(path)
    version = int(cursor.execute(parsed(statements.VERSION)).fetchall()[0][0])
    if noted is None:
        record(cursor, path)
        return
    number, sha256 = noted
    if version < number:
        message = (
            f"The database ends at change {version}, but change {number} was accepted before. "
            "Accepted changes are missing."
        )
        raise StoreDamagedError(message)
    found = cursor.execute("select sha256 from change where change_id = ?", [number]).fetchall()
    if number and (not found or found[0][0] != sha256):
        message = f"Change {number} is not the one that was accepted. The database was exchanged or edited."
        raise StoreDamagedError(message)
    if version > number:
        record(cursor, path)


def note_format(cursor: duckdb.DuckDBPyConnection, path: Path) -> None:
    """Note which migrations ran, where they are more than was noted."""
    (ran,) = cursor.execute("select count(*) from schema_version").fetchall()[0]
    noted = _last_format(path)
    if noted is None or noted[0] < ran:
        many, digest = _format(cursor, ran)
        _append(path, f"{_FORMAT} {many} {digest}\n")


def check_format(cursor: duckdb.DuckDBPyConnection, path: Path) -> None:
    """Compare the record of the migrations with what was noted of it.

    Raises:
        StoreDamagedError: a migration that was noted is recorded otherwise now.
    """
    noted = _last_format(path)
    if noted is not None and _format(cursor, noted[0]) != noted:
        message = "The record of the database's format was edited: it is not the one that was noted."
        raise StoreDamagedError(message)


def _format(cursor: duckdb.DuckDBPyConnection, many: int) -> tuple[int, str]:
    """How many of the first migrations are recorded, and the hash of their records."""
    rows = cursor.execute(_RAN, {"many": many}).fetchall()
    return len(rows), sha256(repr(rows).encode()).hexdigest()


def _last_format(path: Path) -> tuple[int, str] | None:
    for line in reversed(_lines(path)):
        parts = line.split()
        if len(parts) == 3 and parts[0] == _FORMAT and parts[1].isdigit() and len(parts[2]) == 64:
            return int(parts[1]), parts[2]
    return None


def _lines(path: Path) -> list[str]:
    """The complete lines of the file; none where it is gone."""
    return path.read_text(encoding="utf-8", errors="replace").split("\n")[:-1] if path.exists() else []
