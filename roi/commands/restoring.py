"""Which backup a restore brings back, and what of the data that is here now is not in it.

The file of heads tells it, also where the database is damaged: it notes each change since the data was begun
or restored. A backup of changes that a restore left behind is not brought back unless it is named.
"""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from roi.store import backups, head


@dataclass(frozen=True, slots=True)
class Standing:
    """A backup beside the data that is here: `missing` are changes that were recorded here and are not in it.

    `change` is the latest one in it, None for a backup of an earlier release; `missing` is None where nothing
    can be told.
    """

    backup: Path
    taken_at: datetime
    change: int | None
    missing: tuple[head.Noted, ...] | None
    left_behind: tuple[Path, ...]


def choose(database: Path, folder: Path) -> Path | None:
    """The backup made last of the history that is here; where none of it is known, the one made last."""
    found, noted = backups.newest_first(folder), head.noted(database.with_suffix(".head"))
    return next((one for one in found if _is_of(one, noted)), found[0] if found else None)


def beside(database: Path, backup: Path, folder: Path) -> Standing:
    """What bringing this backup back means; those `left_behind` were made later, of changes not here now."""
    noted = head.noted(database.with_suffix(".head"))
    change, _ = backups.held(backup) or (None, "")
    later = [one for one in backups.newest_first(folder) if backups.number(one) > backups.number(backup)]
    return Standing(
        backup,
        backups.taken_at(backup),
        change,
        _missing(backup, noted),
        tuple(one for one in later if not _is_of(one, noted)),
    )


def _is_of(backup: Path, noted: tuple[head.Noted, ...]) -> bool:
    """Whether the latest change of a backup is one of those; or came before them, as far as is known."""
    held = backups.held(backup)
    if held is None or not noted:
        return True
    change, digest = held
    same = [one for one in noted if one.change == change]
    return any(one.sha256.startswith(digest) for one in same) if same else change < noted[-1].change


def _missing(backup: Path, noted: tuple[head.Noted, ...]) -> tuple[head.Noted, ...] | None:
    held = backups.held(backup)
    if held is None or not noted:
        return None
    since = held[0] if _is_of(backup, noted) else noted[0].change
    return tuple(one for one in noted if one.change > since)
