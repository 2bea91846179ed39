"""What a child process does under `strace`: one operation that changes data, from start to stop.

It says `open`, then `done`; or the error's name and sentence and the version of the data that it then reads,
and does the operation once more. What is said goes by `sendto`, so that no call of `write` is ours.
"""

import ctypes
import os
import socket
import struct
from collections.abc import Callable
from multiprocessing.connection import Connection
from multiprocessing.reduction import ForkingPickler
from pathlib import Path

from roi.actors import local_user
from roi.commands import closing, keeping, undo
from roi.errors import RoiError
from roi.store import statements
from roi.store.database import Store
from tests.faults import worker

WHO = local_user("You")
MONTH = 202601
_ANYBODY = (0x59616D61, ctypes.c_ulong(-1))
"""Arguments of `prctl`: whoever may trace processes at all may trace this one (Yama)."""


def _close(store: Store) -> None:
    closing.close_months(store, WHO, [MONTH], "books are final")


IN_A_STORE: dict[str, Callable[[Store], object]] = {
    "import": worker.bring_in,
    "undo": lambda store: undo.undo(store, WHO, store.version),
    "close": _close,
    "backup": lambda store: keeping.backup(store, WHO),
    "migrate": lambda _store: None,
}
ALL = (*IN_A_STORE, "restore")


def with_one_more() -> tuple[tuple[int, str, str], ...]:
    """The migrations of a release to come: one more, which also has the figures filled anew."""
    known = statements.migrations()
    return (*known, (known[-1][0] + 1, "to_come", "alter table team add column colour varchar"))


def newest(folder: Path) -> Path | None:
    """The newest backup, if there is one."""
    return max((folder / "backups").glob("*.duckdb"), default=None)


def perform(name: str, path: str, told: Connection) -> None:
    """Wait until somebody watches, then do it; where it fails, read, and do it once more.

    The engine has one thread, because `strace` counts the calls of each thread for itself.
    """
    tell = _teller(told)
    ctypes.CDLL(None).prctl(*_ANYBODY)
    backup = newest(Path(path).parent)
    tell("ready")
    told.recv()
    statements.HARDEN = ("set threads = 1", *statements.HARDEN)
    if name == "migrate":
        to_come = with_one_more()
        statements.migrations = lambda: to_come
    try:
        _restore(Path(path), backup, tell) if name == "restore" else _in_a_store(name, Path(path), tell)
    except RoiError as error:
        tell(f"{type(error).__name__} {error}")


def _restore(path: Path, backup: Path | None, tell: Callable[[object], None]) -> None:
    tell("open")
    keeping.restore(path, backup)
    tell("done")


def _in_a_store(name: str, path: Path, tell: Callable[[object], None]) -> None:
    store = Store.open(path, purpose="a child")
    tell("open")
    try:
        IN_A_STORE[name](store)
    except RoiError as error:
        tell(f"{type(error).__name__} {error}")
        tell(store.version)
        IN_A_STORE[name](store)
    tell("done")
    store.close()


def _teller(told: Connection) -> Callable[[object], None]:
    """Says it as a `Connection` would, by another system call."""
    line = socket.socket(fileno=os.dup(told.fileno()))

    def tell(said: object) -> None:
        message = bytes(ForkingPickler.dumps(said))
        line.sendall(struct.pack("!i", len(message)) + message)

    return tell
