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
_CALL = re.compile(r"^\d+ +([a-z0-9_]+)\(", re.MULTILINE)
_MET = re.compile(r"\(INJECTED\)|killed by SIGKILL")


@dataclass(frozen=True, slots=True)
class Call:
    """The n-th call of this name that an operation makes."""

    name: str
    number: int

    def meeting(self, fault: str) -> tuple[str, ...]:
        """The options by which `strace` meets it with this fault."""
        return "-e", f"trace={self.name}", "-e", f"inject={self.name}:{fault}:when={self.number}"


SEEN = ("-e", f"trace={','.join(CALLS)}")
"""The options by which `strace` writes every call into its log."""


def calls_of(log: Path) -> Iterator[Call]:
    """Each call of a clean run, by the log of it."""
    counted = Counter(_CALL.findall(log.read_text(errors="replace")))
    return (Call(name, number) for name in CALLS for number in range(1, counted[name] + 1))


def is_met(log: Path) -> bool:
    """Whether the call was there, and met its fault."""
    return bool(_MET.search(log.read_text(errors="replace")))


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
