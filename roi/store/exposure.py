"""Who else could read or exchange the data? A store whose files are open to others does not start (S3)."""

import grp
import pwd
import stat
from pathlib import Path

from roi.errors import StoreExposedError

_OTHERS = stat.S_IRWXG | stat.S_IRWXO
_ROOT = 0
"""The group whose members may do everything anyway; containers make their folders its own."""
_OWN = ".duckdb .head .secret .lock .uploads .spool .tmp .restoring .before-restore-".split()
"""How what belongs to a database goes on after its name, or begins to: also what a restore keeps aside."""
_SIGN, _SIGN_AT = b"DUCK", 8
"""What every database of the engine begins with, and where: a copy is one under whatever name."""


def check(database: Path, folders: tuple[Path, ...] = ()) -> None:
    """Refuse files that others may read, copies among them, and a folder in which others may exchange them.

    A folder into which others may only look is no matter: it may hold more than the data, and what is the
    data's is closed file by file.
    A folder that its group may write is refused where the group has somebody else in it: under the usual mask
    of many systems (002) folders are writable by a group that holds their owner alone.
    `folders` are more places that belong to the database. What is not there yet is made private.

    Raises:
        StoreExposedError: names the file and the command that closes it.
    """
    where = database.parent
    mode = _mode(where) if where.exists() else 0
    if mode & stat.S_IWOTH:
        message = (
            f"Everybody on this machine may exchange files in {where}. Close it with: chmod o-w '{where}'"
        )
        raise StoreExposedError(message)
    if mode & stat.S_IWGRP and (group := _shared_group(where)):
        message = f"The group {group} may exchange files in {where}. Close it with: chmod g-w '{where}'"
        raise StoreExposedError(message)
    beside = sorted(one for one in where.iterdir() if _is_of(database, one)) if where.exists() else []
    found = [path for path in (*beside, *folders) if path.exists() and _mode(path) & _OTHERS]
    if found:
        names = " ".join(f"'{path}'" for path in dict.fromkeys(found))
        message = f"Others on this machine may read {found[0]}. Close it: chmod -R go= {names}"
        raise StoreExposedError(message)


def _is_of(database: Path, path: Path) -> bool:
    """Whether it belongs to the database, or is a copy of one beside it that others may read."""
    name = path.name
    if not name.startswith(database.stem):
        return False
    if name.startswith(tuple(f"{database.stem}{more}" for more in _OWN)):
        return True
    return path.is_file() and bool(_mode(path) & _OTHERS) and _begins_as_one(path)


def _begins_as_one(path: Path) -> bool:
    with path.open("rb") as file:
        return file.read(_SIGN_AT + len(_SIGN))[_SIGN_AT:] == _SIGN


def _shared_group(folder: Path) -> str | None:
    """The name of a folder's group where it has a member beside the folder's owner, else None."""
    found = folder.stat()
    if found.st_gid == _ROOT:
        return None
    try:
        group = grp.getgrgid(found.st_gid)
    except KeyError:  # a group of a container's volume that this machine knows no member of
        return None
    users = pwd.getpwall()
    owners = {one.pw_name for one in users if one.pw_uid == found.st_uid}
    others = {*group.gr_mem, *(one.pw_name for one in users if one.pw_gid == found.st_gid)} - owners
    return group.gr_name if others else None


def _mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)
