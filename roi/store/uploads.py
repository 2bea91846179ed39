"""The raw cost uploads, kept by content hash beside the database: the replay log of the ledger.

They are written and synced before the change commits; one without a change was never accepted.
"""

import os
from hashlib import sha256
from pathlib import Path


def keep(folder: Path, content: bytes, known: str = "") -> str:
    """Keep the bytes and answer their SHA-256, which is reckoned unless it is `known`."""
    digest = known or digest_of(content)
    path = folder / digest
    if path.exists() and path.stat().st_size == len(content):
        return digest
    partial = folder / f"{digest}.partial"
    handle = os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(handle, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    partial.replace(path)
    return digest


def digest_of(content: bytes) -> str:
    """The SHA-256 by which the bytes are kept."""
    return sha256(content).hexdigest()


def load(folder: Path, digest: str) -> bytes | None:
    """The kept bytes, or None when they were erased."""
    path = folder / digest
    return path.read_bytes() if path.exists() else None


def erase(folder: Path, digest: str) -> None:
    """Forget one upload; its hash stays in the history, so the chain still holds."""
    (folder / digest).unlink(missing_ok=True)
