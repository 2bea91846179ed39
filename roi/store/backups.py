"""Backups by DuckDB's own copy, and restoring one. Never a copy of the file: its log would be missing."""

import shutil
from datetime import UTC, datetime
from pathlib import Path

import duckdb

from roi.errors import StoreDamagedError, StoreError

_STAMP = "%Y%m%dT%H%M%S%fZ"
KEPT = 7
"""How many backups stay; older ones are deleted (decision D14)."""


def copy_to(cursor: duckdb.DuckDBPyConnection, folder: Path, label: str) -> Path:
    """A consistent copy of the open database, also while others write; keeps the newest seven.

    One that fails leaves nothing behind: on a full disk half a copy would be what keeps it full.
    """
    stamp = datetime.now(UTC).strftime(_STAMP)
    path = folder / f"{stamp}-{label}.duckdb"
    partial = folder / f"{stamp}-{label}.partial"
    rows = cursor.execute("select database_name from duckdb_databases() where not internal").fetchall()
    if len(rows) != 1:
        message = "Another backup is running. Please try again in a minute."
        raise StoreError(message)
    name = str(rows[0][0]).replace('"', '""')
    try:
        _copy(cursor, name, partial)
        partial.chmod(0o600)
        partial.replace(path)
    finally:
        clear_leftovers(folder, partial.name)
    _forget_old(folder, path)
    return path


def _copy(cursor: duckdb.DuckDBPyConnection, name: str, partial: Path) -> None:
    cursor.execute("attach $path as backup_copy", {"path": str(partial)})
    try:
        cursor.execute(_copy_statement(name))
    finally:
        cursor.execute("detach backup_copy")


def clear_leftovers(folder: Path, partial: str = "*.partial") -> None:
    """Delete half a copy and its log, or all that were left by processes that are no more."""
    for path in (*folder.glob(partial), *folder.glob(f"{partial}.wal")):
        path.unlink(missing_ok=True)


def _copy_statement(name: str) -> str:
    """DuckDB takes no parameter for a database name; ours comes from the engine itself, quoted."""
    return f'copy from database "{name}" to backup_copy'


def _forget_old(folder: Path, newest: Path) -> None:
    """The one just made stays, whatever its name says: the clock may have been set back since the others."""
    others = [path for path in newest_first(folder) if path != newest]
    for path in others[KEPT - 1 :]:
        path.unlink(missing_ok=True)


def taken_at(backup: Path) -> datetime:
    """When a backup was taken, in UTC without a zone, as its name says."""
    return datetime.strptime(backup.stem.partition("-")[0], _STAMP)  # noqa: DTZ007 - as changes are recorded


def newest_first(folder: Path) -> list[Path]:
    """The backups there are, newest first; last those of a day to come, made while the clock was wrong."""
    now = datetime.now(UTC).strftime(_STAMP)
    return sorted(
        folder.glob("*.duckdb"), key=lambda path: (path.name[: len(now)] <= now, path.name), reverse=True
    )


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
