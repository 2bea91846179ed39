"""System calls that are seen, killed or made to fail while a child does one operation, by `strace`."""

import re
import subprocess
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from tests.faults import operations
from tests.faults.conftest import heard
from tests.kept_company import NAME

CALLS = "write pwrite64 sendfile copy_file_range fsync fdatasync ftruncate rename unlink".split()
OPENS = "openat mkdir".split()
"""Calls that open or make a file or folder: of these, only those of the company's own folder are met."""
_CALL = re.compile(r"^(\d+) +([a-z0-9_]+)\((.*)", re.MULTILINE)
_MET = re.compile(r"^.*(?:\(INJECTED\)|killed by SIGKILL).*$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Call:
    """The n-th call of this name that an operation makes; whether it makes or fills something on the disk."""

    name: str
    number: int
    is_write: bool = True

    def meeting(self, fault: str) -> tuple[str, ...]:
        """The options by which `strace` meets it with this fault."""
        return "-e", f"trace={self.name}", "-e", f"inject={self.name}:{fault}:when={self.number}"


SEEN = ("-e", f"trace={','.join((*CALLS, *OPENS))}")
"""The options by which `strace` writes every call into its log."""


def calls_of(log: Path, folder: Path) -> Iterator[Call]:
    """Each call of a clean run in this folder, by the log of it.

    Files are opened everywhere, also by threads of the engine that ask for the machine: `strace` counts the
    calls of each thread for itself, and those in the folder are of the first.
    """
    made = _CALL.findall(log.read_text(errors="replace"))
    counted = Counter(name for _, name, _ in made)
    yield from (Call(name, number) for name in CALLS for number in range(1, counted[name] + 1))
    for kind in OPENS:
        of_kind = [said for thread, name, said in made if name == kind and thread == made[0][0]]
        for number, said in enumerate(of_kind, start=1):
            if str(folder) in said:
                yield Call(kind, number, kind == "mkdir" or "O_CREAT" in said)


def is_met(log: Path, call: Call, folder: Path) -> bool:
    """Whether the call was there, and met its fault."""
    met = _MET.findall(log.read_text(errors="replace"))
    return any(call.name not in OPENS or "killed" in line or str(folder) in line for line in met)


def run(child: Callable, strace: Sequence[str], name: str, folder: Path) -> list[object]:
    """What the child said, which did the operation in this folder under these options."""
    with child(partial(operations.perform, name), folder / NAME) as (process, told):
        assert told.recv() == "ready"
        command = [*strace, "-f", "-p", str(process.pid)]
        with subprocess.Popen(command, stderr=subprocess.PIPE, text=True, errors="replace") as watching:
            first = watching.stderr.readline()
            assert "attached" in first, first
            told.send("go")
            said = heard(told)
            process.join(120)
            watching.communicate(timeout=120)
    return said
