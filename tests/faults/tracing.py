"""System calls that are seen, killed or made to fail while a child does one operation, by `strace`.

`strace` counts the calls of each thread for itself (`when=`), and the engine commits in a thread of its own.
So a call is named by its number in its thread, and by its file where another thread is there first.
"""

import re
import subprocess
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from tests.faults import operations
from tests.kept_company import NAME

CALLS = ("write", "pwrite64", "fsync", "fdatasync", "ftruncate", "rename", "unlink")
_CALL = re.compile(r"^(\d+) +([a-z0-9]+)\((?:\d+<)?\"?([^>\",]*)")
_HIT = re.compile(r"\(INJECTED\)|killed by SIGKILL")


@dataclass(frozen=True, slots=True)
class Call:
    """The n-th such call of a thread; of those on one file (from the folder on), where one is named."""

    name: str
    number: int
    file: str = ""

    def options(self, folder: Path, fault: str) -> list[str]:
        """The options by which `strace` meets it with this fault."""
        inject = f"inject={self.name}:{fault}:when={self.number}"
        of = ["-P", str(folder / self.file)] if self.file else []
        return [*of, "-e", f"trace={self.name}", "-e", inject]


def calls_of(log: str, folder: Path) -> Iterator[Call]:
    """Each call of a clean run, named so that it is the first that `strace` meets under its name."""
    of_thread: Counter[tuple[str, ...]] = Counter()
    met: set[Call] = set()
    for line in log.splitlines():
        if found := _CALL.match(line):
            thread, name, path = found.groups()
            file = str(Path(path).relative_to(folder)) if Path(path).is_relative_to(folder) else ""
            for key in {(thread, name), (thread, name, file)}:
                of_thread[key] += 1
            ways = (Call(name, of_thread[thread, name]), Call(name, of_thread[thread, name, file], file))
            yield next((way for way in ways if way not in met), ways[0])
            met |= set(ways)


def run(child: Callable, strace: Sequence[str], name: str, folder: Path) -> list[object]:
    """What the child said, which did the operation in this folder under these options."""
    with child(partial(operations.perform, name), folder / NAME) as (process, told):
        assert told.recv() == "ready"
        watching = subprocess.Popen(
            [*strace, "-f", "-p", str(process.pid)], stderr=subprocess.PIPE, text=True, errors="replace"
        )
        first = watching.stderr.readline()
        assert "attached" in first, first
        told.send("go")
        said = []
        try:
            while told.poll(120):
                said.append(told.recv())
        except (EOFError, ConnectionResetError):
            process.join(120)
        assert watching.wait(120) is not None
        watching.stderr.close()
    return said


def is_met(log: Path) -> bool:
    """Whether the call was there, and met its fault."""
    return bool(_HIT.search(log.read_text(errors="replace")))
