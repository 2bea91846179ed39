"""Mappings and rows of which each is worked out when it is asked for, because most pages ask for few."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, TypeVar, overload

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

    def get(self, name: K, default: Any = None) -> Any:  # noqa: ANN401 - as of any mapping
        """The value of a name, or the default where there is no such name."""
        found = self._made.get(name)
        if found is None:
            return self[name] if name in self._source else default
        return found

    def __contains__(self, name: object) -> bool:
        return name in self._source

    def __iter__(self) -> Iterator[K]:
        return iter(self._source)

    def __len__(self) -> int:
        return len(self._source)


class Rows(Sequence[T]):
    """A row for each of some things, made once when it is asked for; equal to any rows that are the same."""

    def __init__(self, sources: Sequence[Any], make: Callable[[Any], T]) -> None:
        self._sources, self._make = sources, make
        self._made: dict[int, T] = {}

    @overload
    def __getitem__(self, place: int) -> T: ...

    @overload
    def __getitem__(self, place: slice) -> tuple[T, ...]: ...

    def __getitem__(self, place: int | slice) -> T | tuple[T, ...]:
        if isinstance(place, slice):
            return tuple(self[one] for one in range(*place.indices(len(self))))
        at = range(len(self))[place]
        if at not in self._made:
            self._made[at] = self._make(self._sources[at])
        return self._made[at]

    def __len__(self) -> int:
        return len(self._sources)

    def those(self, is_wanted: Callable[[Any], bool]) -> "Rows[T]":
        """The rows of which what they are made of is wanted; none is made to tell."""
        return Rows([one for one in self._sources if is_wanted(one)], self._make)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Sequence) and tuple(self) == tuple(other)

    def __repr__(self) -> str:
        """As a tuple of the same rows: two runs that make the same say the same."""
        return repr(tuple(self))

    __hash__ = None  # type: ignore[assignment]  # as of any list


def no_rows() -> Rows[Any]:
    """Where there is nothing to make rows of."""
    return Rows((), lambda one: one)
