"""Keeping the data whole: verify it, back it up, bring a backup back."""

import shutil
import tempfile
from datetime import datetime, timedelta
from pathlib import Path

from roi.actors import Action, Actor, Role
from roi.commands.changing import recording
from roi.commands.changing.requests import Receipt
from roi.errors import StoreDamagedError, UnknownKeyError
from roi.store import backups as copies
from roi.store import disk, lockfile, read, undoing, uploads
from roi.store import verify as checks
from roi.store.changes import NewChange, Recorder
from roi.store.database import Store, trial_prefix
from roi.store.verify import Verified

ERASE = "erase an upload"
DAILY = timedelta(days=1)
"""No change stays longer than this without a backup while the program runs (decision D14)."""
PROGRAM = Actor("Engineering ROI", frozenset({Role.ADMIN}))
"""Who acts when nobody asked."""


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


def backup_if_due(store: Store, now: datetime) -> Path | None:
    """A backup when a change of more than a day ago is in none of them; None when there is no need.

    `now` in UTC without a zone, as changes are recorded. What the newest backup holds is told by its change,
    not by its moment: the clock may be wrong. A change of a day to come was recorded by a wrong clock, and
    does not wait for that day. It is the program itself that acts.
    """
    newest = next(iter(copies.newest_first(store.backup_folder)), None)
    change_id, sha256 = (copies.held(newest) if newest else None) or (0, "")
    with store.snapshot() as cursor:
        asked = {"change_id": change_id, "sha256": sha256}
        missing = read.rows(cursor, "changes_not_in", asked)[0]
    moments = [at for at in missing.values() if isinstance(at, datetime)]
    if not any(abs(now - at) >= DAILY for at in moments):
        return None
    return backup(store, PROGRAM)


def erase_upload(store: Store, actor: Actor, change_id: int, reason: str) -> Receipt:
    """Forget the file that an import kept; its lines, its hash and the history stay (decision D15).

    Raises:
        UnknownKeyError: the change kept no file, or it is gone already.
    """
    actor.require(Action.IMPORT_COSTS)
    with store.write() as cursor:
        past = undoing.find(cursor, change_id)
        digest = past.source_sha256 or past.kept or ""
        if not digest or uploads.load(store.upload_folder, digest) is None:
            message = f"Change {change_id} keeps no uploaded file."
            raise UnknownKeyError(message)
        new = NewChange(
            actor,
            ERASE,
            reason=reason.strip(),
            source_name=past.source_name,
            detail={"change": change_id, "sha256": digest},
        )
        recorded = Recorder(cursor, new).seal()
    uploads.erase(store.upload_folder, digest)
    return recording.receipt(actor, new, recorded)


def taken_at(backup_path: Path) -> datetime:
    """When a backup was taken, in UTC."""
    return copies.taken_at(backup_path)


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
        StoreError: the disk did not take it. No figure is shown until it is restored again.
    """
    database = database.resolve()
    with disk.in_words():
        lock = lockfile.acquire(database.with_suffix(".lock"), "restoring a backup")
        try:
            _check(backup_path, database)
            aside = copies.put_in_place(backup_path, database)
            head = database.with_suffix(".head")
            if head.exists():
                head.replace(head.with_suffix(f".head-before-{backup_path.stem}"))
        finally:
            lock.release()
    Store.open(database, purpose="restoring a backup").close()
    return aside


def _check(backup_path: Path, database: Path) -> None:
    """Open a copy of the backup elsewhere and verify it in full; a start removes what is left of it."""
    if not backup_path.is_file():
        message = f"There is no backup {backup_path.name}."
        raise StoreDamagedError(message)
    prefix, where = trial_prefix(database), database.parent
    with tempfile.TemporaryDirectory(dir=where, prefix=prefix, ignore_cleanup_errors=True) as inside:
        trial = Path(inside) / "trial.duckdb"
        shutil.copyfile(backup_path, trial)
        trial.chmod(0o600)
        store = Store.open(trial, purpose="checking a backup")
        try:
            with store.snapshot() as cursor:
                checks.deep(cursor, store.head_path, store.upload_folder)
        finally:
            store.close()
