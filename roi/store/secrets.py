"""The secret under which person keys are hashed: random, 0600, beside the database (decision D15)."""

import hmac
import os
import secrets
from hashlib import sha256
from pathlib import Path

from roi.domain.names import fold

_BYTES = 32
_KEPT_LETTERS = 32


def person_secret(database: Path) -> bytes:
    """The secret of this database; made on first use. Without it stored keys match no new file."""
    path = database.with_suffix(".secret")
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return path.read_bytes()
    with os.fdopen(handle, "wb") as file:
        secret = secrets.token_bytes(_BYTES)
        file.write(secret)
        file.flush()
        os.fsync(file.fileno())
    return secret


def hidden(secret: bytes, person_key: str) -> str:
    """What is stored of a person key: its keyed hash, the same for the same key."""
    return hmac.new(secret, fold(person_key).encode(), sha256).hexdigest()[:_KEPT_LETTERS]
