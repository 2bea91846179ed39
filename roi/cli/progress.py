"""How far a long command is: one line of the terminal, written over and over; pipes get none of it."""

import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TextIO

from roi.commands.cost_files.costs_staging import Progress

SECONDS = 0.5
"""What is done sooner says nothing."""


class _Line:
    """The line: nothing before its time has come, then always the latest that was told."""

    def __init__(self, out: TextIO, name: str) -> None:
        self._out, self._name = out, name
        self._lock = threading.Lock()
        self._latest: tuple[str, float] | None = None
        self._is_shown = False

    def tell(self, phase: str, share: float) -> None:
        with self._lock:
            self._latest = (phase, share)
            if self._is_shown:
                self._write()

    def begin(self) -> None:
        with self._lock:
            self._is_shown = True
            self._write()

    def end(self) -> None:
        with self._lock:
            if self._is_shown:
                self._out.write("\r\x1b[K")
                self._out.flush()
            self._is_shown = False

    def _write(self) -> None:
        if self._latest is not None:
            phase, share = self._latest
            self._out.write(f"\r\x1b[K{self._name}: {phase}, {share:.0%}")
            self._out.flush()


@contextmanager
def shown(name: str, out: TextIO | None = None, seconds: float = SECONDS) -> Iterator[Progress]:
    """What it yields is told the phase and the share that is done; the line is gone when the block ends."""
    where = out if out is not None else sys.stderr
    line = _Line(where, name)
    timer = threading.Timer(seconds, line.begin)
    timer.daemon = True
    if where.isatty():
        timer.start()
    try:
        yield line.tell
    finally:
        timer.cancel()
        line.end()
