"""A disk of a few megabytes that a child process alone sees, and its work there until the disk is full."""

import ctypes
import os
import shutil
from multiprocessing.connection import Connection
from pathlib import Path

from roi.commands import costs, keeping
from roi.commands.changing.requests import CostImport
from roi.errors import StoreFullError
from roi.store.database import Store
from tests.faults import worker

_NEW_USER, _NEW_MOUNTS = 0x10000000, 0x00020000
_REMOUNT, _PRIVATE = 32, 0x4000 | 0x40000
LARGE = 256
MEGABYTE = 2**20


def _call(name: str, *arguments: object) -> None:
    """A function of the C library that says by its answer whether it worked."""
    library = ctypes.CDLL(None, use_errno=True)
    if getattr(library, name)(*arguments):
        raise OSError(ctypes.get_errno(), f"{name} is not allowed here")


def _leave_others() -> None:
    """See mounts of one's own from here on: as root, or as root of a namespace of one's own."""
    user, group = os.getuid(), os.getgid()
    try:
        _call("unshare", _NEW_MOUNTS)
    except OSError:
        _call("unshare", _NEW_USER | _NEW_MOUNTS)
        here = Path("/proc/self")
        (here / "setgroups").write_text("deny")
        (here / "uid_map").write_text(f"0 {user} 1")
        (here / "gid_map").write_text(f"0 {group} 1")
    _call("mount", b"none", b"/", None, _PRIVATE, None)


def _mount(folder: Path, megabytes: int, flags: int = 0) -> None:
    size = f"size={megabytes}m,mode=700".encode()
    _call("mount", b"tmpfs", str(folder).encode(), b"tmpfs", flags, size)


def fill(source: str, told: Connection, room: int) -> None:
    """Import month after month on a disk with so many megabytes of room; then again when there is more.

    Says `ready` or why there is no such disk; the months that were imported before the disk was full with its
    sentence; the file's lines then; and what a check in full finds after one more month and a restart.
    """
    folder = Path(source).parent
    used = sum(file.stat().st_size for file in folder.rglob("*") if file.is_file())
    disk = folder.parent / "disk"
    disk.mkdir()
    try:
        _leave_others()
        _mount(disk, used // MEGABYTE + 1 + room)
    except OSError as error:
        told.send(f"NOT TESTED: {error}")
        return
    told.send("ready")
    shutil.copytree(folder, disk / "company", ignore=shutil.ignore_patterns("*.lock", "*.spool"))
    path = disk / "company" / Path(source).name
    store = Store.open(path, purpose="a child")
    done, sentence = _until_full(store)
    told.send((done, sentence))
    told.send(worker.held(store))
    _mount(disk, LARGE, _REMOUNT)
    _bring_in(store, done)
    store.close()
    store = Store.open(path, purpose="a child")
    told.send(keeping.verify(store, worker.WHO, deep=True).lines)
    store.close()


def _until_full(store: Store) -> tuple[int, str]:
    for number in range(LARGE):
        try:
            _bring_in(store, number)
        except StoreFullError as error:
            return number, str(error)
    return LARGE, "it never got full"


def _bring_in(store: Store, number: int) -> None:
    month = f"{2027 + number // 12}-{number % 12 + 1:02d}"
    request = CostImport(worker.content(month=month), f"{month}.csv", worker.SOURCE)
    costs.import_costs(store, worker.WHO, request)
