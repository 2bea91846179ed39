"""Backups by DuckDB's own copy, and restoring one. Never a copy of the file: its log would be missing.

A backup's name says when it was taken, the how many-th of its folder it is, and the number and hash of the
latest change in it: `20261127T170512000000Z-n12-c340-9f86d081884c-backup.duckdb`. The clock may be wrong, and
after going back to an old state other changes get the same numbers. So the newest is the one made last, by
its own number, and what it holds is told by its change's number and hash together.
"""

import re
import shutil
from datetime import UTC, datetime
from pathlib import Path

import duckdb

from roi.errors import StoreDamagedError, StoreError

_STAMP = "%Y%m%dT%H%M%S%fZ"
_NAME = re.compile(r"[^-]+-n(?P<number>\d+)-c(?P<change>\d+)-(?P<sha256>[0-9a-f]{12})-")
"""What a name says that releases before this one did not say: theirs were a moment and a label alone."""
_LAST = "select coalesce(max(change_id), 0), arg_max(sha256, change_id) from backup_copy.change"
KEPT = 7
"""How many backups stay; older ones are deleted (decision D14)."""


def copy_to(cursor: duckdb.DuckDBPyConnection, folder: Path, label: str) -> Path:
    """A consistent copy of the open database, also while others write; keeps the newest seven.

    One that fails leaves nothing behind: on a full disk half a copy would be what keeps it full.
    """
    stamp = datetime.now(UTC).strftime(_STAMP)
    partial = folder / f"{stamp}-{label}.partial"
    rows = cursor.execute("select database_name from duckdb_databases() where not internal").fetchall()
    if len(rows) != 1:
        message = "Another backup is running. Please try again in a minute."
        raise StoreError(message)
    name = str(rows[0][0]).replace('"', '""')
    try:
        change, sha256 = _copy(cursor, name, partial)
        partial.chmod(0o600)
        place = max((number(one) for one in newest_first(folder)), default=0) + 1
        path = folder / f"{stamp}-n{place}-c{change}-{sha256[:12]}-{label}.duckdb"
        partial.replace(path)
    finally:
        clear_leftovers(folder, partial.name)
    for old in newest_first(folder)[KEPT:]:
        old.unlink(missing_ok=True)
    return path


def _copy(cursor: duckdb.DuckDBPyConnection, name: str, partial: Path) -> tuple[int, str]:
    """Number and hash of the latest change in the copy: by the time it is made there may be others."""
    cursor.execute("attach $path as backup_copy", {"path": str(partial)})
    try:
        cursor.execute(_copy_statement(name))
        change, sha256 = cursor.execute(_LAST).fetchall()[0]
        return int(change), str(sha256 or "0" * 12)
    finally:
        cursor.execute("detach backup_copy")


def clear_leftovers(folder: Path, partial: str = "*.partial") -> None:
    """Delete half a copy and its log, or all that were left by processes that are no more."""
    for path in (*folder.glob(partial), *folder.glob(f"{partial}.wal")):
        path.unlink(missing_ok=True)


def _copy_statement(name: str) -> str:
    """DuckDB takes no parameter for a database name; ours comes from the engine itself, quoted."""
    return f'copy from database "{name}" to backup_copy'


def taken_at(backup: Path) -> datetime:
    """When a backup was taken, in UTC without a zone, as its name says."""
    return datetime.strptime(backup.stem.partition("-")[0], _STAMP)  # noqa: DTZ007 - as changes are recorded


def held(backup: Path) -> tuple[int, str] | None:
    """Number and begin of the hash of the latest change in a backup; None for one of an earlier release."""
    said = _NAME.match(backup.name)
    return (int(said["change"]), said["sha256"]) if said else None


def number(backup: Path) -> int:
    """The how many-th of its folder it is; 0 for one of an earlier release."""
    said = _NAME.match(backup.name)
    return int(said["number"]) if said else 0


def newest_first(folder: Path) -> list[Path]:
    """The backups there are, the one made last first, whatever the clock said then.

    Those of earlier releases have no number and follow by their moment; last those of a day to come.
    """
    now = datetime.now(UTC).strftime(_STAMP)

    def made(path: Path) -> tuple[int, bool, str]:
        return number(path), path.name[: len(now)] <= now, path.name

    return sorted(folder.glob("*.duckdb"), key=made, reverse=True)


def put_in_place(backup: Path, database: Path) -> Path | None:
    """Put a checked copy in the database's place; the file that was there is kept aside and named.

    The caller holds the lock and has checked the copy; the head file starts anew with it.
    """
    if not backup.exists():
        message = f"There is no backup {backup.name}."
        raise StoreDamagedError(message)
    stamp = datetime.now(UTC).strftime("%Y%m%dT%H%M%SZ")
    aside = None
    wal = database.with_name(database.name + ".wal")
    fresh = database.with_suffix(".restoring")
    shutil.copyfile(backup, fresh)
    fresh.chmod(0o600)
    if database.exists():
        aside = database.with_suffix(f".before-restore-{stamp}")
        database.replace(aside)
    if wal.exists():
        wal.replace(wal.with_name(f"{wal.name}.before-restore-{stamp}"))
    fresh.replace(database)
    return aside
