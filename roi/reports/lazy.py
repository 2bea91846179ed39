"""Mappings of which each value is worked out when it is asked for, because most pages ask for few."""

from collections.abc import Callable, Iterator, Mapping
from typing import TypeVar

K = TypeVar("K")
S = TypeVar("S")
T = TypeVar("T")


class Lazy(Mapping[K, T]):
    """The names of another mapping, each with what is made of its name and value, once."""

    def __init__(self, source: Mapping[K, S], make: Callable[[K, S], T]) -> None:
        self._source, self._make = source, make
        self._made: dict[K, T] = {}

    def __getitem__(self, name: K) -> T:
        found = self._made.get(name)
        if found is None:
            found = self._made[name] = self._make(name, self._source[name])
        return found

    def __contains__(self, name: object) -> bool:
        return name in self._source

    def __iter__(self) -> Iterator[K]:
        return iter(self._source)

    def __len__(self) -> int:
        return len(self._source)
