"""`history`, `undo`, `verify`, `backup`, `restore`: keeping the data whole."""

import argparse
from pathlib import Path

from roi.cli.answer import DONE, Answer, no_file, table
from roi.cli.closing import restatement_option
from roi.cli.opened import Commands, add_command, opened
from roi.cli.receipts import done
from roi.commands import keeping, undo
from roi.reports import data
from roi.reports.shapes import ChangeRow, Scope
from roi.store import backups
from roi.store.database import backups_of, default_path
from roi.story import history_words, words


def register(commands: Commands) -> None:
    """The commands and their options."""
    history = add_command(commands, "history", run_history, "list the changes, newest first")
    history.add_argument("--limit", type=int, default=20, help="how many (20)")
    undoing = add_command(commands, "undo", run_undo, "undo a change by a reversing one")
    undoing.add_argument(
        "change", type=int, metavar="CHANGE", help="its number, as the receipt and history say"
    )
    undoing.add_argument("--reason", default="", help="why")
    restatement_option(undoing)
    verifying = add_command(commands, "verify", run_verify, "check that the data is what was accepted")
    verifying.add_argument("--deep", action="store_true", help="every row's hash, the figures, kept uploads")
    erasing = add_command(commands, "erase-upload", run_erase, "forget the file that an import kept")
    erasing.add_argument("change", type=int, metavar="CHANGE", help="the import's number")
    erasing.add_argument("--reason", required=True, help="why")
    add_command(commands, "backup", run_backup, "write a consistent copy into the folder “backups”")
    restoring = add_command(
        commands, "restore", run_restore, "bring back a backup; today's file is kept aside"
    )
    restoring.add_argument(
        "backup", nargs="?", type=Path, metavar="BACKUP", help="the newest one, unless said"
    )


def run_erase(asked: argparse.Namespace) -> Answer:
    """Forget the file that an import kept."""
    with opened(asked) as (store, actor):
        return done(keeping.erase_upload(store, actor, asked.change, asked.reason))


def run_history(asked: argparse.Namespace) -> Answer:
    """The latest changes."""
    with opened(asked) as (store, actor):
        changes = data.build(store, actor, Scope()).changes
    latest = sorted(changes, key=lambda change: -change.change_id)[: asked.limit]
    rows = [_history_line(change) for change in latest]
    return Answer(
        DONE, table(rows, right=(0,)), {"outcome": "done", "changes": [_change(row) for row in latest]}
    )


def _history_line(change: ChangeRow) -> tuple[str, ...]:
    state = f"undone by {change.undone_by}" if change.undone_by else ""
    said = " ".join(part for part in (history_words.told(change), change.reason) if part)
    return (str(change.change_id), words.moment(change.at), change.actor, change.kind, said, state)


def _change(change: ChangeRow) -> dict[str, object]:
    return {
        "change": change.change_id,
        "at": f"{change.at.isoformat()}Z",
        "actor": change.actor,
        "kind": change.kind,
        "reason": change.reason,
        "rows_added": change.rows_added,
        "rows_removed": change.rows_removed,
        "undoes": change.undoes,
        "undone_by": change.undone_by,
        "changed": [history_words.difference(one) for one in change.moved if not one.more],
        "notes": list(change.notes),
    }


def run_undo(asked: argparse.Namespace) -> Answer:
    """Undo a change."""
    with opened(asked) as (store, actor):
        return done(undo.undo(store, actor, asked.change, asked.reason, restatement=asked.restatement))


def run_verify(asked: argparse.Namespace) -> Answer:
    """Check the data, in brief or in full; the first thing that does not hold is said."""
    with opened(asked) as (store, actor):
        found = keeping.verify(store, actor, deep=asked.deep)
    depth = "in full" if found.is_deep else "in brief"
    line = (
        f"Everything holds ({depth}): {words.counted(found.changes, 'change')} in the chain, "
        f"{words.counted(found.lines, 'ledger line')}, {words.counted(found.months, 'month')} to the cent, "
        f"{words.counted(found.uploads, 'kept upload')}."
    )
    counts = {name: getattr(found, name) for name in ("changes", "lines", "months", "uploads", "version")}
    return Answer(DONE, (line,), {"outcome": "done", "deep": found.is_deep, **counts})


def run_backup(asked: argparse.Namespace) -> Answer:
    """Back up; the answer names the file."""
    with opened(asked) as (store, actor):
        path = keeping.backup(store, actor)
    return Answer(DONE, (f"Backed up to {path}",), {"outcome": "done", "backup": str(path)})


def run_restore(asked: argparse.Namespace) -> Answer:
    """Bring a backup back. The store is not opened: it may be the damaged one."""
    database = default_path()
    backup = _backup(asked.backup, database)
    if backup is None or not backup.is_file():
        return no_file(asked.backup or backups_of(database))
    aside = keeping.restore(database, backup)
    lines = [f"Restored {backup.name}."]
    if aside is not None:
        lines.append(f"The file that was there is kept as {aside}.")
    data_ = {"outcome": "done", "restored": str(backup), "kept_aside": str(aside) if aside else None}
    return Answer(DONE, tuple(lines), data_)


def _backup(named: Path | None, database: Path) -> Path | None:
    """The named backup, as a path or by its name in the folder of backups; else the newest."""
    folder = backups_of(database)
    if named is None:
        return next(iter(backups.newest_first(folder)), None)
    return named if named.is_file() else folder / named.name
