"""The one database of this process: opened once, hardened, locked, and handed out as short transactions.

Nothing else in the program opens a connection. The file is never touched except through DuckDB: closing
any other handle on it would drop DuckDB's lock (reliability note F1), so our own lock is a file beside it.
"""

import logging
import os
import shutil
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import date, datetime
from functools import cache
from pathlib import Path

import duckdb

from roi.errors import StoreDamagedError, StoreError, StoreLockedError
from roi.store import backups, clock, disk, exposure, head, lockfile, memory, migrations, statements, verify
from roi.store.statements import parsed
from roi.store.transactions import roll_back, transaction

_LOG = logging.getLogger("roi.store")
_PROGRAM = Path(__file__).resolve().parents[2]
_WAIT_SECONDS = 120.0
_OWN = "roi"
_HELD = "Could not set lock on file"
"""How the engine says that another process has the file open."""

_NO_MEMORY = "This step needs more memory than there is here. Bring in less at once, or use a larger machine."
_REOPENED = "The database had to be opened anew after a failure. Please repeat the last step."
_DAMAGED = (
    "Corrupt database file",
    "does not match stored checksum",
    "Serialization Error",
    "Internal Error",
)
"""How the engine says that what it reads is not what it wrote."""


def default_path() -> Path:
    """Where the company's own data is: `ROI_DATABASE`, else `data/roi.duckdb` beside the program."""
    named = os.environ.get("ROI_DATABASE")
    return resolved(named) if named else _PROGRAM / "data" / "roi.duckdb"


def resolved(named: str) -> Path:
    """The file of this name, through every link: looked up once, as each answer of a page asks for it."""
    return _resolved(named, Path() if Path(named).is_absolute() else Path.cwd())


@cache
def _resolved(named: str, folder: Path) -> Path:
    return (folder / Path(named).expanduser()).resolve()


def connect(path: Path, allowed: tuple[Path, ...]) -> duckdb.DuckDBPyConnection:
    """A hardened connection: reads and writes files only in `allowed`, and can no longer be loosened.

    Raises:
        StoreDamagedError: the file cannot be opened as a database.
        StoreLockedError: another process has the file itself open, without our lock or by another name.
    """
    try:
        connection = duckdb.connect(str(path))
    except duckdb.Error as error:
        if _HELD in str(error):
            message = f"{path.name} is in use by another process. Close it first, or work there."
            raise StoreLockedError(message) from error
        message = f"{path.name} cannot be opened: {_first_line(error)}"
        raise disk.said(error) or StoreDamagedError(message) from error
    memory.bound(connection)
    folders = [f"{folder}/" for folder in allowed]
    connection.execute("set allowed_directories = $folders", {"folders": folders})
    for statement in statements.HARDEN:
        connection.execute(statement)
    return connection


class Store:
    """The open database. `read` and `write` hand out one cursor each; a cursor is used by one thread."""

    def __init__(self, path: Path, lock: lockfile.Lock) -> None:
        """Used by `Store.open`; it does not check anything."""
        self.path = path
        self.key = str(path)
        self._lock = lock
        self._write = threading.Lock()
        self._reopen = threading.Lock()
        self._writes = 0
        self._own_day: tuple[int, date | None] | None = None
        self._version: tuple[int, int] | None = None
        self._latest: tuple[int, datetime | None] | None = None
        self._connection = connect(path, self.folders)
        self.head_lost: int | None = None
        """The latest change of this database where its head file was gone when it was opened."""

    @classmethod
    def open(cls, path: Path, *, purpose: str = "the dashboard", check: bool = True) -> "Store":
        """Open or create the database, bring its schema up to date and check it in brief.

        Raises:
            StoreExposedError: others on this machine could read or exchange it.
            StoreLockedError: another process has it; the sentence names the holder.
            NewerSchemaError: it was written by a newer version of this program.
            StoreDamagedError: it fails a check; no figure may be shown.
            StoreError: the disk is full, does not work, or is closed to this account.
        """
        os.umask(0o077)
        path = path.resolve()
        with disk.in_words():
            path.parent.mkdir(parents=True, exist_ok=True)
            exposure.check(path, (backups_of(path),))
            lock = lockfile.acquire(path.with_suffix(".lock"), purpose)
            return cls._held(path, lock, check=check)

    @classmethod
    def _held(cls, path: Path, lock: lockfile.Lock, *, check: bool) -> "Store":
        """The store under its lock, which is let go of where it cannot be used."""
        try:
            memory.clear(path)
            store = cls(path, lock)
            try:
                store._prepare(check=check)
            except BaseException:
                store._connection.close()
                raise
        except BaseException:
            lock.release()
            raise
        return store

    def _prepare(self, *, check: bool) -> None:
        self._clear_leftovers()
        with self.cursor() as cursor:
            migrations.migrate(cursor, before=self._backup_before_migration)
            self.head_lost = head.lost(cursor, self.head_path)
            if check:
                verify.brief(cursor, self.head_path)
        if self.path.exists():
            self.path.chmod(0o600)

    def _clear_leftovers(self) -> None:
        """What a killed process left by half is nobody's: spooled uploads, kept files, copies, trials."""
        for path in (*self.spool_folder.iterdir(), *self.upload_folder.glob("*.partial")):
            path.unlink(missing_ok=True)
        backups.clear_leftovers(self.backup_folder)
        for trial in self.path.parent.glob("checking-*"):
            if trial.name.startswith(trial_prefix(self.path)):
                shutil.rmtree(trial, ignore_errors=True)

    def _backup_before_migration(self, cursor: duckdb.DuckDBPyConnection) -> None:
        backups.copy_to(cursor, self.backup_folder, "before-migration")

    @property
    def head_path(self) -> Path:
        """The file of heads beside the database (decision D13)."""
        return self.path.with_suffix(".head")

    @property
    def backup_folder(self) -> Path:
        """Where backups are kept; a database beside the company's own has a folder of its own."""
        return _private(backups_of(self.path))

    @property
    def spool_folder(self) -> Path:
        """Where uploads are decoded to before they are read; this database's own, emptied at start."""
        return _private(self.path.with_suffix(".spool"))

    @property
    def upload_folder(self) -> Path:
        """Where the raw cost uploads are kept, by content hash."""
        return _private(self.path.with_suffix(".uploads"))

    @property
    def folders(self) -> tuple[Path, ...]:
        """The only folders that SQL may read or write."""
        return (self.spool_folder, self.backup_folder)

    @property
    def version(self) -> int:
        """The number of the latest change; 0 while there is none.

        It is read once after each write, as nobody else writes: every answer of a page asks for it.
        """
        writes, kept = self._writes, self._version
        if kept is None or kept[0] != writes:
            with self.cursor() as cursor:
                number = int(cursor.execute(parsed(statements.VERSION)).fetchall()[0][0])
            kept = self._version = writes, number
        return kept[1]

    @property
    def today(self) -> date:
        """The day on which the company is looked at, for every way in: today, or the demo company's own.

        Its own day is read once after each write: every answer of a page asks for it.
        """
        writes, kept = self._writes, self._own_day
        if kept is None or kept[0] != writes:
            with self.cursor() as cursor:
                kept = self._own_day = writes, clock.own_day(cursor)
        return kept[1] or clock.machine_day()

    @property
    def clock_behind(self) -> datetime | None:
        """The moment of the latest change where the machine's clock stands before it; else None.

        That moment is read once after each write: every page asks for it.
        """
        writes, kept = self._writes, self._latest
        if kept is None or kept[0] != writes:
            with self.cursor() as cursor:
                kept = self._latest = writes, clock.latest(cursor)
        return clock.behind(kept[1])

    @contextmanager
    def cursor(self) -> Iterator[duckdb.DuckDBPyConnection]:
        """A connection of its own to the same database, closed afterwards."""
        try:
            with disk.in_words(), closing(self._connection.cursor()) as cursor:
                yield cursor
        except duckdb.Error as error:
            self._raise_plain(error)

    @property
    def is_being_written(self) -> bool:
        """Whether a write transaction is open."""
        return self._write.locked()

    @contextmanager
    def write(self) -> Iterator[duckdb.DuckDBPyConnection]:
        """One write transaction, one at a time; rolled back on anything that is raised in it."""
        if not self._write.acquire(timeout=_WAIT_SECONDS):
            message = "Another import is still running. Please try again in a minute."
            raise StoreError(message)
        try:
            with self.cursor() as cursor:
                with transaction(cursor):
                    yield cursor
                self._note_head(cursor)
        finally:
            self._writes += 1
            self._write.release()

    def _note_head(self, cursor: duckdb.DuckDBPyConnection) -> None:
        """The change is committed: a head file that cannot be written now is caught up at the next start."""
        try:
            head.record(cursor, self.head_path)
        except OSError:
            _LOG.exception("the head file could not be written")

    @contextmanager
    def snapshot(self) -> Iterator[duckdb.DuckDBPyConnection]:
        """One read transaction: everything in it sees the same version."""
        with self.cursor() as cursor:
            cursor.execute("begin transaction")
            try:
                yield cursor
            finally:
                roll_back(cursor)

    def close(self) -> None:
        """Close the database and let go of the lock."""
        self._connection.close()
        self._lock.release()

    def _raise_plain(self, error: duckdb.Error) -> None:
        """Turn an engine error into ours, and reopen when the engine gave up (reliability note F8)."""
        text = str(error)
        if isinstance(error, duckdb.FatalException) or "has been invalidated" in text:
            self._revive()
        if ours := disk.said(error):
            raise ours from error
        if isinstance(error, duckdb.OutOfMemoryException):
            raise StoreError(_NO_MEMORY) from error
        if "has been invalidated" in text or "Connection already closed" in text:
            raise StoreError(_REOPENED) from error
        if any(sign in text for sign in _DAMAGED):
            message = f"{self.path.name} is damaged: {_first_line(error)}"
            raise StoreDamagedError(message) from error
        message = f"The database refused a step: {_first_line(error)}"
        raise StoreError(message) from error

    def _revive(self) -> None:
        with self._reopen:
            try:
                self._connection.execute(parsed(statements.VERSION)).fetchall()
            except duckdb.Error:
                self._connection.close()
                self._connection = connect(self.path, self.folders)


def backups_of(path: Path) -> Path:
    """Where the backups of a database are; one beside the company's own has a folder of its own."""
    return path.with_name("backups" if path.stem == _OWN else f"{path.stem}-backups")


def trial_prefix(path: Path) -> str:
    """How folders begin in which a backup is tried for this database; whoever holds its lock owns them."""
    return f"checking-{path.name}-"


def _private(folder: Path) -> Path:
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder


def _first_line(error: Exception) -> str:
    return str(error).splitlines()[0][:200]
