"""Keeping the data whole: verify it, back it up, bring a backup back."""

import shutil
import tempfile
from pathlib import Path

from roi.actors import Action, Actor
from roi.errors import StoreDamagedError
from roi.store import backups as copies
from roi.store import lockfile
from roi.store import verify as checks
from roi.store.database import Store
from roi.store.verify import Verified


def verify(store: Store, actor: Actor, *, deep: bool = False) -> Verified:
    """Check that the store holds what was accepted: in brief, or every row, figure and kept upload.

    Raises:
        StoreDamagedError: the first thing that does not hold.
    """
    actor.require(Action.READ_FIGURES)
    with store.snapshot() as cursor:
        if deep:
            return checks.deep(cursor, store.head_path, store.upload_folder)
        return checks.brief(cursor, store.head_path)


def backup(store: Store, actor: Actor) -> Path:
    """Write a consistent copy beside the database, also while others import; the newest seven stay."""
    actor.require(Action.KEEP_STORE)
    with store.cursor() as cursor:
        return copies.copy_to(cursor, store.backup_folder, "backup")


def backups(store: Store, actor: Actor) -> list[Path]:
    """The backups there are, newest first."""
    actor.require(Action.KEEP_STORE)
    return copies.newest_first(store.backup_folder)


def restore(database: Path, backup_path: Path) -> Path | None:
    """Put a backup in the database's place, after it was opened and checked in full.

    The file that was there, its log and its head file are kept aside; the answer names the file. The head
    file starts again with the restored change. Nothing may have the database open.

    Raises:
        StoreLockedError: a dashboard or another command has the database open.
        StoreDamagedError: the backup is missing or fails a check; nothing was touched.
    """
    database = database.resolve()
    lock = lockfile.acquire(database.with_suffix(".lock"), "restoring a backup")
    try:
        _check(backup_path, database.parent)
        aside = copies.put_in_place(backup_path, database)
        head = database.with_suffix(".head")
        if head.exists():
            head.replace(head.with_suffix(f".head-before-{backup_path.stem}"))
    finally:
        lock.release()
    Store.open(database, purpose="restoring a backup").close()
    return aside


def _check(backup_path: Path, folder: Path) -> None:
    """Open a copy of the backup elsewhere and verify it in full."""
    if not backup_path.is_file():
        message = f"There is no backup {backup_path.name}."
        raise StoreDamagedError(message)
    with tempfile.TemporaryDirectory(dir=folder, prefix="checking-") as inside:
        trial = Path(inside) / "trial.duckdb"
        shutil.copyfile(backup_path, trial)
        store = Store.open(trial, purpose="checking a backup")
        try:
            with store.snapshot() as cursor:
                checks.deep(cursor, store.head_path, store.upload_folder)
        finally:
            store.close()
