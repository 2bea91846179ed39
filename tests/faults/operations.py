"""What a child process does under `strace`: one operation that changes data, from start to stop.

Each answer is a line of the output: `open`, then `done` or the error's name and sentence.
"""

import sys
from collections.abc import Callable
from pathlib import Path

from roi.actors import local_user
from roi.commands import closing, keeping, undo
from roi.errors import RoiError
from roi.store import statements
from roi.store.database import Store
from tests.faults import worker

WHO = local_user("You")
MONTH = 202601


def _undo(store: Store) -> None:
    undo.undo(store, WHO, store.version)


def _close(store: Store) -> None:
    closing.close_months(store, WHO, [MONTH], "books are final")


def _backup(store: Store) -> None:
    keeping.backup(store, WHO)


IN_A_STORE: dict[str, Callable[[Store], object]] = {
    "import": worker.bring_in,
    "undo": _undo,
    "close": _close,
    "backup": _backup,
    "migrate": lambda _store: None,
}


def with_one_more() -> tuple[tuple[int, str, str], ...]:
    """The migrations of a release to come: one more, which also has the figures filled anew."""
    known = statements.migrations()
    return (*known, (known[-1][0] + 1, "to_come", "alter table team add column colour varchar"))


def restore(path: Path) -> None:
    """Bring back the newest backup."""
    keeping.restore(path, max((path.parent / "backups").glob("*.duckdb")))


def main(name: str, path: Path) -> None:
    """Do it once, and say what came of it."""
    if name == "migrate":
        to_come = with_one_more()
        statements.migrations = lambda: to_come
    try:
        if name == "restore":
            print("open", flush=True)
            restore(path)
        else:
            store = Store.open(path, purpose="a child")
            print("open", flush=True)
            IN_A_STORE[name](store)
        print("done", flush=True)
    except RoiError as error:
        print(type(error).__name__, error, flush=True)
    if name != "restore" and "store" in locals():
        store.close()


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]))
