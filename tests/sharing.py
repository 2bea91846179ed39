"""How the tests are shared out between several processes, and what they make only once between them.

A file stays whole. The journeys in a browser stay together and so do the tests that kill processes: no two
browsers ever run at a time, and no kill meets a kill. The parts that take longest are begun first, so that
no process is left alone with one of them at the end.
"""

import fcntl
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from xdist.scheduler import LoadScopeScheduling

TOGETHER = ("tests/e2e", "tests/faults")
"""Folders whose files run one after the other, in one process."""

LONGEST = (
    *TOGETHER,
    *(f"tests/{name}" for name in "real laws store demo cases cli ingest commands reports pages".split()),
)
"""What is begun first, in this order, by the longest of its parts; then the rest, which is short."""


def part(nodeid: str) -> str:
    """The part that a test belongs to: its file, or the folder of those that stay together."""
    file = nodeid.split("::", maxsplit=1)[0]
    folder = file.rpartition("/")[0]
    return folder if folder in TOGETHER else file


def turn(nodeid: str) -> int:
    """When a test's part is begun: the lower, the earlier."""
    places = [place for place, start in enumerate(LONGEST) if nodeid.startswith(f"{start}/")]
    return min(places, default=len(LONGEST))


class Sharing(LoadScopeScheduling):
    """Hands out one part after the other, in the order in which the tests stand."""

    def _split_scope(self, nodeid: str) -> str:
        return part(nodeid)


def made_once(factory: pytest.TempPathFactory, name: str, make: Callable[[Path], None]) -> Path:
    """A folder that `make` fills, the first time that any process of this run asks for it."""
    folder = factory.getbasetemp()
    if folder.name.startswith("popen-"):  # each of the processes has a folder of its own in that of the run
        folder = folder.parent
    with (folder / f"{name}.making").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        made = folder / name
        if not made.exists():
            unfinished = folder / f"{name}.unfinished"
            unfinished.mkdir()
            make(unfinished)
            unfinished.rename(made)
    return made


def forget_format(head: Path) -> None:
    """Take out of a head file what the first releases did not note: which migrations ran."""
    lines = head.read_text().splitlines(keepends=True)
    head.write_text("".join(line for line in lines if not line.startswith("format ")))


def copy(made: Path, folder: Path) -> None:
    """The files of a closed store, in a folder of its own."""
    leave = shutil.ignore_patterns("*.lock", "*.spool")
    shutil.copytree(made, folder, ignore=leave, dirs_exist_ok=True)
