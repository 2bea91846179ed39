"""What was worked out of one version of a store, kept for every reader, filter and page of that version."""

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import Any, TypeVar

from roi.reports.basis import Basis
from roi.store import read

T = TypeVar("T")
Key = tuple[Hashable, ...]

_VERSIONS, _ANSWERS = 4, 12
"""How many versions are kept, and how many answers of each kind and version."""

_lock = threading.Lock()
_versions: OrderedDict[Key, dict[str, OrderedDict[Key, Any]]] = OrderedDict()


def once(basis: Basis, name: str, key: Key, make: Callable[[], T]) -> T:
    """The answer of this name and key at this version: made once, then shared, so nobody may change it.

    Without a store's key nothing is kept: the cursor may see what is not stored yet.
    """
    if not basis.store_key:
        return make()
    answers = _answers((basis.store_key, read.head(basis.cursor), basis.as_of), name)
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


def _answers(version: Key, name: str) -> OrderedDict[Key, Any]:
    with _lock:
        of_version = _versions.setdefault(version, {})
        _versions.move_to_end(version)
        while len(_versions) > _VERSIONS:
            _versions.popitem(last=False)
        return of_version.setdefault(name, OrderedDict())
