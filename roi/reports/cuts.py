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
    """A claim in a month, in size: what it asks for, and what its movement is worth."""

    key: Key
    asked: int
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
    kept: dict[Key, int] = {}
    for one in _months(seen, pools, kept):
        months[one] = months.get(one, 0) + 1
    left: dict[Key, Draws | float] = {}
    drawn = _Drawn(seen.claimed, worlds)
    for month, times in months.items():
        for entry, share in _shares(month, drawn):
            more = times * entry.asked * share
            was = left.get(entry.key, 0.0)
            if isinstance(was, float) or isinstance(more, float) or was.shape != more.shape:
                left[entry.key] = was + more
            else:
                was += more
    return {key: np.atleast_1d(its / kept[key]).astype(np.float32) for key, its in left.items() if kept[key]}


def _months(seen: Seen, pools: Sequence[str], kept: dict[Key, int]) -> Iterator[_Month]:
    """The months in which a claim can be cut, gains and losses apart; `kept` takes up what is likely left."""
    found: dict[tuple[int, bool, str], list[_Pool]] = {}
    caps: dict[tuple[int, bool, str], int | None] = {}
    for pool in pools:
        for (month, is_gain), entries in _entries(seen, pool, kept).items():
            sums = seen.counts.pools[pool, month]
            cap = max(sums.cap, 0) if is_gain and sums.cap is not None else None
            place = month, is_gain, pool if cap is None else ""
            moved = sums.gain if is_gain else sums.gain - sums.movement
            found.setdefault(place, []).append(_Pool(moved, tuple(entries)))
            caps[place] = cap
    for place, its in found.items():
        yield _Month(caps[place], tuple(its))


def _entries(seen: Seen, pool: str, kept: dict[Key, int]) -> Mapping[tuple[int, bool], list[_Entry]]:
    """The claims of a pool by month, and whether they claim of a gain."""
    found: dict[tuple[int, bool], list[_Entry]] = {}
    for key in seen.counts.claims.get(pool, ()):
        claim = seen.claimed[key]
        asked, removed = dict(claim.counted.asked), dict(claim.counted.removed)
        for month, _, level in claim.counted.months:
            money = 0 if level == UNREAD else claim.levels[level].money
            is_gain = money >= 0 and level != UNREAD
            its = key, level
            kept[its] = kept.get(its, 0) + abs(asked[month] - removed.get(month, 0))
            entry = _Entry(its, abs(asked[month]), abs(money))
            found.setdefault((month, is_gain), []).append(entry)
    return found


class _Read(NamedTuple):
    """A reading in every world: what is gained by it, where it is a gain, and its movement alone."""

    gained: Draws | float
    is_gain: Draws | bool
    moved: Draws | int


_Fit = tuple[Draws | float, Draws | float, Sequence[tuple[_Entry, Draws | bool]]]
"""What a pool moved in every world, what part that leaves of its claims, and where each of them gains."""


class _Drawn:
    """The draws of readings and pools, each made once for all months that are alike."""

    def __init__(self, claimed: Mapping[str, Claimed], worlds: Worlds) -> None:
        self.claimed, self.worlds = claimed, worlds
        self.kept: dict[Key, _Read] = {}
        self.fits: dict[_Pool, _Fit] = {}

    def fit(self, pool: _Pool) -> _Fit:
        """How the claims of a pool fit into it."""
        if pool not in self.fits:
            self.fits[pool] = self._fit(pool)
        return self.fits[pool]

    def _fit(self, pool: _Pool) -> _Fit:
        reads = [self._read(one.key) for one in pool.entries]
        whole = _whole(pool, reads)
        claimed = sum([its.gained * one.asked for its, one in zip(reads, pool.entries, strict=True)])
        part = np.minimum(1, whole / np.maximum(claimed, 1))
        return whole, part, [(one, its.is_gain) for its, one in zip(reads, pool.entries, strict=True)]

    def _read(self, key: Key) -> _Read:
        outcome, level = key
        if level == UNREAD:  # its frozen share of a loss that others read, in every world
            return _Read(1, is_gain=True, moved=1)
        if key not in self.kept:
            claim = self.claimed[outcome]
            read = self.worlds.read(claim, claim.levels[level])
            is_gain = np.greater(read, 0)
            self.kept[key] = _Read(
                np.maximum(read, 0),
                True if np.all(is_gain) else is_gain,
                self.worlds.moved(claim, claim.levels[level]),
            )
        return self.kept[key]


def _whole(pool: _Pool, reads: Sequence[_Read]) -> Draws | float:
    """What a pool moved in every world: the largest movement that any of its claims reads."""
    largest = max([one.money for one in pool.entries]) or 1
    whole: Draws | float = 0.0
    for one, its in zip(pool.entries, reads, strict=True):
        moved = its.moved * (one.money / largest)
        both = isinstance(moved, float) and isinstance(whole, float)
        whole = max(whole, moved) if both else np.maximum(whole, moved)
    return whole * pool.moved


def _shares(month: _Month, drawn: _Drawn) -> Iterator[tuple[_Entry, Draws | float]]:
    """What part of each claim is left in every world."""
    if month.cap is None and len(month.pools[0].entries) == 1:
        yield month.pools[0].entries[0], 1.0
        return
    fits = [drawn.fit(pool) for pool in month.pools]
    room: Draws | float = 1.0
    if month.cap is not None:
        room = np.minimum(1, month.cap / np.maximum(sum([whole for whole, _, _ in fits]), 1))
    for _, part, its in fits:
        share = part * room
        for entry, is_gain in its:
            yield entry, share if is_gain is True else np.where(is_gain, share, 1)
