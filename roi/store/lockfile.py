"""One process holds a database: a lock on a file of its own that names the holder."""

import contextlib
import fcntl
import json
import os
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import BinaryIO

from roi.errors import StoreLockedError


@dataclass(frozen=True, slots=True)
class Lock:
    """A held lock. The system lets go of it when the process ends, however it ends."""

    file: BinaryIO

    def release(self) -> None:
        """Let go."""
        self.file.close()


def acquire(path: Path, purpose: str) -> Lock:
    """Hold the lock file, or say who does.

    Raises:
        StoreLockedError: another process, or another part of this one, holds it.
    """
    file = os.fdopen(os.open(path, os.O_RDWR | os.O_CREAT, 0o600), "r+b", buffering=0)
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        holder = _describe(file.read().decode(errors="replace"))
        file.close()
        message = f"The data is in use by {holder}. Close it first, or work there."
        raise StoreLockedError(message) from error
    # The lock holds without its name: what is on a full or failing disk can still be read.
    with contextlib.suppress(OSError):
        _sign(file, purpose)
    return Lock(file)


def _sign(file: BinaryIO, purpose: str) -> None:
    """Write who holds it."""
    since = datetime.now(UTC).isoformat(timespec="seconds")
    file.truncate(0)
    file.write(json.dumps({"purpose": purpose, "process": os.getpid(), "since": since}).encode())


def _describe(text: str) -> str:
    try:
        holder = json.loads(text)
        return f"{holder['purpose']} (process {holder['process']}, since {holder['since'][:16]} UTC)"
    except (ValueError, KeyError):
        return "another process"
