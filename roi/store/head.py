"""The head file: after each commit, the number and hash of the latest change, outside the database.

A database that is one change ahead of it was killed between commit and note: fine. One that is behind,
or whose hash differs, lost or swapped data: a loud stop (decision D13). An empty database has a file
too, which says so: where there are changes and no line, the file was lost, and whoever opens it is told.
"""

import os
from pathlib import Path

import duckdb

from roi.errors import StoreDamagedError
from roi.store import statements
from roi.store.statements import parsed

_NOTHING = f"0 {'0' * 64} -"
"""The line of a database without a change."""


def record(cursor: duckdb.DuckDBPyConnection, path: Path) -> None:
    """Append the latest change, or that there is none, to the head file and push it to the disk."""
    line = _NOTHING + "\n"
    for number, sha256, at in cursor.execute(parsed(statements.LATEST)).fetchall():
        line = f"{number} {sha256} {at.isoformat(timespec='seconds')}\n"
    with os.fdopen(os.open(path, os.O_RDWR | os.O_CREAT | os.O_APPEND, 0o600), "r+b", buffering=0) as file:
        # A line that a full disk or a kill left by half must not become the beginning of this one.
        size = file.seek(0, os.SEEK_END)
        is_whole = size == 0 or os.pread(file.fileno(), 1, size - 1) == b"\n"
        file.write(f"{'' if is_whole else chr(10)}{line}".encode())
        os.fsync(file.fileno())


def last(path: Path) -> tuple[int, str] | None:
    """Number and hash of the last complete line, number 0 while there is no change; None without a line."""
    if not path.exists():
        return None
    for line in reversed(path.read_text(encoding="utf-8", errors="replace").split("\n")[:-1]):
        parts = line.split()
        if len(parts) == 3 and parts[0].isdigit() and len(parts[1]) == 64:
            return int(parts[0]), parts[1]
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
