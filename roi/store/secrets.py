"""The secret under which person keys are hashed: random, 0600, beside the database (decision D15)."""

import hmac
import os
import secrets
import threading
from hashlib import sha256
from pathlib import Path

from roi.domain.names import fold

_BYTES = 32
_KEPT_LETTERS = 32


_MAKING = threading.Lock()


def person_secret(database: Path) -> bytes:
    """The secret of this database; made on first use. Without it stored keys match no new file."""
    path = database.with_suffix(".secret")
    with _MAKING:
        if not path.exists():
            _make(path)
        return path.read_bytes()


def _make(path: Path) -> None:
    """Whole or not at all: one that a full disk or a kill cut off could be guessed, and would stay."""
    partial = path.with_name(f"{path.name}.partial")
    with os.fdopen(os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
        file.write(secrets.token_bytes(_BYTES))
        file.flush()
        os.fsync(file.fileno())
    partial.replace(path)


def hidden(secret: bytes, person_key: str) -> str:
    """What is stored of a person key: its keyed hash, the same for the same key."""
    return hmac.new(secret, fold(person_key).encode(), sha256).hexdigest()[:_KEPT_LETTERS]
