"""Who else could read or exchange the data? A store whose files are open to others does not start (S3)."""

import stat
from pathlib import Path

from roi.errors import StoreExposedError

_OTHERS = stat.S_IRWXG | stat.S_IRWXO
_BESIDE = ("", ".wal", ".tmp")
_WITH_SUFFIX = (".head", ".secret", ".lock", ".uploads", ".spool")


def check(database: Path, folders: tuple[Path, ...] = ()) -> None:
    """Refuse files that others may read, and a folder in which anybody may exchange them.

    `folders` are more places that belong to the database. What is not there yet is made private.

    Raises:
        StoreExposedError: names the file and the command that closes it.
    """
    if database.parent.exists() and _mode(database.parent) & stat.S_IWOTH:
        where = database.parent
        message = (
            f"Everybody on this machine may exchange files in {where}. Close it with: chmod o-w '{where}'"
        )
        raise StoreExposedError(message)
    beside = [database.with_name(database.name + more) for more in _BESIDE]
    beside += [database.with_suffix(suffix) for suffix in _WITH_SUFFIX]
    for path in (*beside, *folders):
        if path.exists() and _mode(path) & _OTHERS:
            message = f"Others on this machine may read {path}. Close it: chmod -R go= '{path}'"
            raise StoreExposedError(message)


def _mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)
