"""How much of each claim a pool and its cell's cap leave, in every imagined world (rules V8, V10, V12).

Each month is cut by itself, as `benefits` cuts the likely one: claims of one pool sum to at most what the
pool moved in that world, and the pools of one cell to at most its cap. Room in one month lets nobody take
more in another; what is below zero in a world is not cut and makes no room.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import NamedTuple

import numpy as np

from roi.domain.counting import UNREAD, Counts
from roi.domain.uncertainty import Draws
from roi.reports.agreed import Agreed
from roi.reports.claims import Claimed
from roi.reports.evidence import Evidence
from roi.reports.landing import Together

Key = tuple[str, int]
"""An outcome, and which of its levels."""

Seen = Agreed | Together
"""Claims and counts: as they are, or as if all that is expected came."""

Reader = Callable[[Claimed, Evidence], Draws | int]


class Worlds(NamedTuple):
    """How a reading is drawn: all of it, and its movement and unit value alone; as ratios of the likely."""

    read: Reader
    moved: Reader


class _Entry(NamedTuple):
    """A claim in a month, in size: what it asks for, what is left of that, what its movement is worth."""

    key: Key
    asked: int
    kept: int
    money: int


class _Pool(NamedTuple):
    """The claims of one pool in a month, all gains or all losses, and the size of what it moved."""

    moved: int
    entries: tuple[_Entry, ...]


class _Month(NamedTuple):
    """The pools that share a cap in a month; without a cap one pool by itself."""

    cap: int | None
    pools: tuple[_Pool, ...]


def beside(counts: Counts, claim: Claimed) -> tuple[str, ...]:
    """The pools that a claim's months are cut with, its own among them; none where nothing can cut them."""
    asked = claim.counted.asked
    return (counts.pools[claim.pool, asked[0][0]].beside or (claim.pool,)) if asked else ()


def of_cell(seen: Seen, pools: Sequence[str], worlds: Worlds) -> dict[Key, Draws]:
    """What is left of each claim in every world, as a ratio of what is left of it as likely.

    Args:
        seen: claims and counts.
        pools: all that share a cap, or one alone (see `beside`).
        worlds: how readings are drawn.

    Returns:
        Draws by outcome and level, to multiply its reading with; none where nothing can cut them.

    """
    months: dict[_Month, int] = {}
    for one in _months(seen, pools):
        months[one] = months.get(one, 0) + 1
    left: dict[Key, Draws] = {}
    kept: dict[Key, int] = {}
    drawn = _Drawn(seen.claimed, worlds)
    for month, times in months.items():
        for entry, share in _shares(month, drawn):
            left[entry.key] = left.get(entry.key, np.zeros(1)) + times * entry.asked * share
            kept[entry.key] = kept.get(entry.key, 0) + times * entry.kept
    return {key: (its / kept[key]).astype(np.float32) for key, its in left.items() if kept[key]}


def _months(seen: Seen, pools: Sequence[str]) -> Iterator[_Month]:
    """Every month in which a claim can be cut, gains and losses apart."""
    found: dict[tuple[int, bool, str], list[_Pool]] = {}
    caps: dict[tuple[int, bool, str], int | None] = {}
    for pool in pools:
        for (month, is_gain), entries in _entries(seen, pool).items():
            sums = seen.counts.pools[pool, month]
            cap = max(sums.cap, 0) if is_gain and sums.cap is not None else None
            place = month, is_gain, pool if cap is None else ""
            moved = sums.gain if is_gain else sums.gain - sums.movement
            found.setdefault(place, []).append(_Pool(moved, tuple(entries)))
            caps[place] = cap
    for place, its in found.items():
        yield _Month(caps[place], tuple(its))


def _entries(seen: Seen, pool: str) -> Mapping[tuple[int, bool], list[_Entry]]:
    """The claims of a pool by month, and whether they claim of a gain."""
    found: dict[tuple[int, bool], list[_Entry]] = {}
    for key in seen.counts.claims.get(pool, ()):
        claim = seen.claimed[key]
        asked, removed = dict(claim.counted.asked), dict(claim.counted.removed)
        for month, _, level in claim.counted.months:
            money = 0 if level == UNREAD else claim.levels[level].money
            is_gain = money >= 0 and level != UNREAD
            kept = asked[month] - removed.get(month, 0)
            entry = _Entry((key, level), abs(asked[month]), abs(kept), abs(money))
            found.setdefault((month, is_gain), []).append(entry)
    return found


class _Drawn:
    """The draws of readings, each made once for all months that it covers."""

    def __init__(self, claimed: Mapping[str, Claimed], worlds: Worlds) -> None:
        self.claimed, self.worlds = claimed, worlds
        self.kept: dict[Key, tuple[Draws | int, Draws | int]] = {}

    def read(self, key: Key) -> Draws | int:
        """All of a reading."""
        return self._both(key)[0]

    def moved(self, key: Key) -> Draws | int:
        """Its movement and unit value alone."""
        return self._both(key)[1]

    def _both(self, key: Key) -> tuple[Draws | int, Draws | int]:
        outcome, level = key
        if level == UNREAD:  # its frozen share of a loss that others read, in every world
            return 1, 1
        if key not in self.kept:
            claim = self.claimed[outcome]
            read = claim.levels[level]
            self.kept[key] = self.worlds.read(claim, read), self.worlds.moved(claim, read)
        return self.kept[key]


def _shares(month: _Month, drawn: _Drawn) -> Iterator[tuple[_Entry, Draws | float]]:
    """What part of each claim is left in every world."""
    if month.cap is None and len(month.pools[0].entries) == 1:
        yield month.pools[0].entries[0], 1.0
        return
    wholes = [_whole(pool, drawn) for pool in month.pools]
    fits: Draws | float = 1.0
    if month.cap is not None:
        fits = np.minimum(1, month.cap / np.maximum(sum(wholes), 1))
    for pool, whole in zip(month.pools, wholes, strict=True):
        asked = [drawn.read(one.key) * one.asked for one in pool.entries]
        claimed = sum(np.maximum(its, 0) for its in asked)
        part = np.minimum(1, whole / np.maximum(claimed, 1)) * fits
        for entry, its in zip(pool.entries, asked, strict=True):
            yield entry, np.where(its > 0, part, 1)


def _whole(pool: _Pool, drawn: _Drawn) -> Draws:
    """What a pool moved in every world: the largest movement that any of its claims reads."""
    largest = max(one.money for one in pool.entries) or 1
    reads = [drawn.moved(one.key) * (one.money / largest) for one in pool.entries]
    whole: Draws = np.maximum.reduce(np.broadcast_arrays(0.0, *reads)) * pool.moved
    return whole
