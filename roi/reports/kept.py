"""What was worked out of one version of a store, kept for every reader, filter and page of that version."""

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import Any, NamedTuple, Protocol, TypeVar

T = TypeVar("T")
Key = tuple[Hashable, ...]


class Version(NamedTuple):
    """A database, the hash of its latest change, and the change up to which it is looked at."""

    store_key: str
    head: str
    as_of: int | None


class Versioned(Protocol):
    """What knows at which version it looks."""

    @property
    def kept_at(self) -> Version | None:
        """The version; None where the cursor may see what is not stored yet."""


_VERSIONS, _ANSWERS = 4, 12
"""How many versions are kept, and how many answers of each kind and version."""

_lock = threading.Lock()
_versions: OrderedDict[Version, dict[str, OrderedDict[Key, Any]]] = OrderedDict()


def once(basis: Versioned, name: str, key: Key, make: Callable[[], T]) -> T:
    """The answer of this name and key at this version: made once, then shared, so nobody may change it.

    Without a version nothing is kept: the cursor may see what is not stored yet.
    """
    return make() if basis.kept_at is None else at(basis.kept_at, name, key, make)


def at(version: Version, name: str, key: Key, make: Callable[[], T]) -> T:
    """The same for a version that is known before anything else of it is."""
    answers = _answers(version, name)
    with _lock:
        if key in answers:
            answers.move_to_end(key)
            found: T = answers[key]
            return found
    made = make()
    with _lock:
        answers[key] = made
        while len(answers) > _ANSWERS:
            answers.popitem(last=False)
    return made


def forget() -> None:
    """Let go of everything, so that it is read and checked anew."""
    with _lock:
        _versions.clear()


def _answers(version: Version, name: str) -> OrderedDict[Key, Any]:
    with _lock:
        of_version = _versions.setdefault(version, {})
        _versions.move_to_end(version)
        while len(_versions) > _VERSIONS:
            _versions.popitem(last=False)
        return of_version.setdefault(name, OrderedDict())
