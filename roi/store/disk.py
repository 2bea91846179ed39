"""What a full, failing or forbidden disk says, as a sentence: told by a number, or by the engine's words."""

import errno
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb

from roi.errors import StoreError, StoreFullError

_NO_ROOM = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})
_NO_WRITING = frozenset({errno.EIO, errno.EROFS})
_NO_RIGHT = frozenset({errno.EACCES, errno.EPERM})

_NO_ROOM_SAID = ("space left", "File too large", "quota exceeded", "failed to offload")
_NO_WRITING_SAID = ("Could not write", "fsync failed", "Input/output error")
_NO_RIGHT_SAID = ("Permission denied", "Operation not permitted")
_NAMED = re.compile(r'"([^"]+)"')

_FULL = "The disk is full. Free some space, then repeat the last step."
_BROKEN = "The disk did not take the change. Repeat the last step, and have the disk looked at."
_FORBIDDEN = (
    "The account that runs this program may not open {name}. Let it read and write there, then repeat the "
    "last step."
)


@contextmanager
def in_words() -> Iterator[None]:
    """A full, failing or forbidden disk as a sentence, where a file of our own could not be written.

    Raises:
        StoreError: what the disk said; any other error stays as it is.
    """
    try:
        yield
    except OSError as error:
        ours = said(error)
        if ours is None:
            raise
        raise ours from error


def said(error: OSError | duckdb.Error) -> StoreError | None:
    """What the error says of the disk, if it does."""
    number, text = getattr(error, "errno", None), str(error)
    if number in _NO_ROOM or any(sign in text for sign in _NO_ROOM_SAID):
        return StoreFullError(_FULL)
    if number in _NO_WRITING or any(sign in text for sign in _NO_WRITING_SAID):
        return StoreError(_BROKEN)
    if number in _NO_RIGHT or any(sign in text for sign in _NO_RIGHT_SAID):
        return StoreError(_FORBIDDEN.format(name=_name(error)))
    return None


def _name(error: OSError | duckdb.Error) -> str:
    """The file that is meant, by its own name alone: where it lies is not for every reader."""
    found = _NAMED.search(str(error))
    named = getattr(error, "filename", None) or (found[1] if found else None)
    return Path(str(named)).name if named else "a file of the data"
