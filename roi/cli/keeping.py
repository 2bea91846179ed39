"""`history`, `undo`, `verify`, `backup`, `restore`: keeping the data whole."""

import argparse
from datetime import datetime
from pathlib import Path

from roi.cli.answer import DONE, Answer, no_file, table
from roi.cli.closing import restatement_option
from roi.cli.opened import Commands, add_command, opened
from roi.cli.receipts import done
from roi.commands import keeping, restoring, undo
from roi.commands.restoring import Standing
from roi.reports import data
from roi.reports.shapes import ChangeRow, Scope
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
    restoring_options = add_command(
        commands, "restore", run_restore, "bring back a backup; today's file is kept aside"
    )
    restoring_options.add_argument(
        "backup",
        nargs="?",
        type=Path,
        metavar="BACKUP",
        help="unless said, the last one of the data that is here: none of changes that a restore left behind",
    )
    restoring_options.add_argument(
        "--dry-run", action="store_true", help="say which one, and what is not in it; change nothing"
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
    folder = backups_of(database)
    backup = _backup(asked.backup, database)
    if backup is None or not backup.is_file():
        return no_file(asked.backup or folder)
    found = restoring.beside(database, backup, folder)
    said = [_taken(found), _missing(found), *_left_behind(found, is_named=asked.backup is not None)]
    missing = None if found.missing is None else [one.change for one in found.missing]
    data_: dict[str, object] = {"backup": str(backup), "missing": missing}
    if asked.dry_run:
        return Answer(DONE, (f"Would restore {said[0]}", *said[1:]), {"outcome": "dry-run", **data_})
    aside = keeping.restore(database, backup)
    lines = [f"Restored {said[0]}", *said[1:]]
    if aside is not None:
        lines.append(f"The file that was there is kept as {aside}.")
    data_ |= {"restored": str(backup), "kept_aside": str(aside) if aside else None}
    return Answer(DONE, tuple(lines), {"outcome": "done", **data_})


def _taken(found: Standing) -> str:
    up_to = "" if found.change is None else f", up to change {found.change}"
    return f"{found.backup.name}, taken on {words.moment(found.taken_at)}{up_to}."


def _missing(found: Standing) -> str:
    """What of the data that was here is not in it."""
    if found.missing is None:
        return "Which changes are not in it cannot be told: its name or the file of heads does not say."
    if not found.missing:
        return "Every change that was recorded here is in it."
    first, last = found.missing[0].change, found.missing[-1]
    which = f"change {first}" if first == last.change else f"changes {first} to {last.change}"
    at = words.moment(datetime.fromisoformat(last.at))
    return f"Not in it: {which} of the data that was here, the last of {at}."


def _left_behind(found: Standing, *, is_named: bool) -> list[str]:
    """Backups that were made later and passed over, and how to get one of them."""
    if is_named or not found.left_behind:
        return []
    names = words.listed([one.name for one in found.left_behind])
    line = f"Made later, of changes that an earlier restore left behind: {names}."
    return [line, "To bring one of these back, name it: python -m roi restore BACKUP"]


def _backup(named: Path | None, database: Path) -> Path | None:
    """The named backup, as a path or by its name in the folder of backups; else the last of this history."""
    folder = backups_of(database)
    if named is None:
        return restoring.choose(database, folder)
    return named if named.is_file() else folder / named.name
