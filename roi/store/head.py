"""The head file: after each commit, the number and hash of the latest change, outside the database.

A database that is one change ahead of it was killed between commit and note: fine. One that is behind,
or whose hash differs, lost or swapped data: a loud stop (decision D13).
"""

import os
from pathlib import Path

import duckdb

from roi.errors import StoreDamagedError
from roi.store import statements
from roi.store.statements import parsed


def record(cursor: duckdb.DuckDBPyConnection, path: Path) -> None:
    """Append the latest change to the head file and push it to the disk."""
    rows = cursor.execute(parsed(statements.LATEST)).fetchall()
    if not rows:
        return
    number, sha256, at = rows[0]
    line = f"{number} {sha256} {at.isoformat(timespec='seconds')}\n"
    with os.fdopen(os.open(path, os.O_RDWR | os.O_CREAT | os.O_APPEND, 0o600), "r+b", buffering=0) as file:
        # A line that a full disk or a kill left by half must not become the beginning of this one.
        size = file.seek(0, os.SEEK_END)
        is_whole = size == 0 or os.pread(file.fileno(), 1, size - 1) == b"\n"
        file.write(f"{'' if is_whole else chr(10)}{line}".encode())
        os.fsync(file.fileno())


def last(path: Path) -> tuple[int, str] | None:
    """Number and hash of the last complete line, or None when there is none."""
    if not path.exists():
        return None
    for line in reversed(path.read_text(encoding="utf-8", errors="replace").split("\n")[:-1]):
        parts = line.split()
        if len(parts) == 3 and parts[0].isdigit() and len(parts[1]) == 64:
            return int(parts[0]), parts[1]
    return None


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
    if not found or found[0][0] != sha256:
        message = f"Change {number} is not the one that was accepted. The database was exchanged or edited."
        raise StoreDamagedError(message)
    if version > number:
        record(cursor, path)
