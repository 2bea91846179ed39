"""The months in which claims make room for each other, or for a cap: what each asks for, in size (V8, T4)."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Generic, NamedTuple, Protocol, TypeVar

from roi.domain.counting import UNREAD, Counts
from roi.reports.value.claims import Claimed

Key = tuple[str, int]
"""An outcome, and which of its levels."""


K = TypeVar("K")
"""How a claim is called in its months: by outcome and level, or by what it is drawn from (see `sureness`)."""


class Entry(NamedTuple, Generic[K]):
    """A claim in a month, in size: what it asks for, and what its movement is worth."""

    key: K
    asked: int
    money: int


class Pool(NamedTuple, Generic[K]):
    """The claims of one pool in a month, all gains or all losses, and the size of what it moved."""

    moved: int
    entries: tuple[Entry[K], ...]


class Month(NamedTuple, Generic[K]):
    """The pools that share a cap in a month; without a cap one pool by itself."""

    cap: int | None
    pools: tuple[Pool[K], ...]


class Seen(Protocol):
    """Claims and counts: as they are, or as if all that is expected came."""

    @property
    def claimed(self) -> Mapping[str, Claimed]:
        """Every outcome's claim."""

    @property
    def counts(self) -> Counts:
        """What is counted of them."""


def beside(counts: Counts, claim: Claimed) -> tuple[str, ...]:
    """The pools that a claim's months are cut with, its own among them; none where nothing can cut them."""
    asked = claim.counted.asked
    return (counts.pools[claim.pool, asked[0][0]].beside or (claim.pool,)) if asked else ()


def months(seen: Seen, pools: Sequence[str], kept: dict[Key, int]) -> Iterator[Month[Key]]:
    """The months in which a claim can be cut, gains and losses apart; `kept` takes up what is likely left."""
    found: dict[tuple[int, bool, str], list[Pool[Key]]] = {}
    caps: dict[tuple[int, bool, str], int | None] = {}
    for pool in pools:
        for (month, is_gain), entries in _entries(seen, pool, kept).items():
            sums = seen.counts.pools[pool, month]
            cap = max(sums.cap, 0) if is_gain and sums.cap is not None else None
            place = month, is_gain, pool if cap is None else ""
            moved = sums.gain if is_gain else sums.gain - sums.movement
            found.setdefault(place, []).append(Pool(moved, tuple(entries)))
            caps[place] = cap
    for place, its in found.items():
        yield Month(caps[place], tuple(its))


def _entries(seen: Seen, pool: str, kept: dict[Key, int]) -> Mapping[tuple[int, bool], list[Entry[Key]]]:
    """The claims of a pool by month, and whether they claim of a gain."""
    found: dict[tuple[int, bool], list[Entry[Key]]] = {}
    for key in seen.counts.claims.get(pool, ()):
        claim = seen.claimed[key]
        asked, removed = dict(claim.counted.asked), dict(claim.counted.removed)
        for month, _, level in claim.counted.months:
            money = 0 if level == UNREAD else claim.levels[level].money
            is_gain = money >= 0 and level != UNREAD
            its = key, level
            kept[its] = kept.get(its, 0) + abs(asked[month] - removed.get(month, 0))
            entry = Entry(its, abs(asked[month]), abs(money))
            found.setdefault((month, is_gain), []).append(entry)
    return found
