"""How much of each claim a pool and its cell's cap leave, in every imagined world (rules V8, V10, V12).

Each month is cut by itself, as `benefits` cuts the likely one: claims of one pool sum to at most what the
pool moved in that world, and the pools of one cell to at most its cap. Room in one month lets nobody take
more in another; what is below zero in a world is not cut and makes no room.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Generic, NamedTuple

import numpy as np

from roi.domain.uncertainty import Draws
from roi.reports.value.cut_months import Entry, K, Key, Month, Pool, Seen, months


class Worlds(NamedTuple):
    """A reading in every world as ratios of the likely: all of it, and its movement and unit value alone."""

    read: Draws | int
    moved: Draws | int


Reader = Callable[[K], Worlds | None]
"""How a claim is drawn; None: it is its frozen share of a loss that others read, in every world."""


def of_cell(seen: Seen, pools: Sequence[str], reader: Reader[Key]) -> dict[Key, Draws]:
    """What is left of each claim in every world, as a ratio of what is left of it as likely.

    Args:
        seen: claims and counts.
        pools: all that share a cap, or one alone (see `cut_months.beside`).
        reader: how the reading of an outcome and level is drawn.

    Returns:
        Draws by outcome and level, to multiply its reading with; none where nothing can cut them.

    """
    kept: dict[Key, int] = {}
    found = Counter(months(seen, pools, kept))
    return left(found.items(), kept, reader)


def left(cut: Iterable[tuple[Month[K], int]], likely: Mapping[K, int], reader: Reader[K]) -> dict[K, Draws]:
    """What some months, each so many times, leave of claims in every world; `likely` is what they leave."""
    found: dict[K, Draws | float] = {}
    drawn = _Drawn(reader)
    for month, times in cut:
        for entry, share in _shares(month, drawn):
            if entry.key not in likely:
                continue
            more = times * entry.asked * share
            was = found.get(entry.key, 0.0)
            if isinstance(was, float) or isinstance(more, float) or was.shape != more.shape:
                found[entry.key] = was + more
            else:
                was += more
    return {
        key: np.atleast_1d(its / likely[key]).astype(np.float32) for key, its in found.items() if likely[key]
    }


class _Read(NamedTuple):
    """A reading in every world: its gain, where that is one, and its movement alone likewise."""

    gained: Draws | float
    is_gain: Draws | bool
    moved: Draws | float


_Fit = tuple[Draws | float, Draws | float, Sequence[tuple[Entry[K], Draws | bool]]]
"""What a pool moved in every world, what part that leaves of its claims, and where each of them gains."""


class _Drawn(Generic[K]):
    """The draws of readings, each made once, and of pools, made once for months in a row that are alike."""

    def __init__(self, reader: Reader[K]) -> None:
        self.reader = reader
        self.kept: dict[K, _Read] = {}
        self.fits: dict[Pool[K], _Fit[K]] = {}

    def fit(self, pools: Sequence[Pool[K]]) -> Sequence[_Fit[K]]:
        """How the claims of each pool of a month fit into it; those of all months would fill the memory."""
        found = [self.fits.get(pool) or self._fit(pool) for pool in pools]
        self.fits = dict(zip(pools, found, strict=True))
        return found

    def _fit(self, pool: Pool[K]) -> _Fit[K]:
        reads = [self._read(one.key) for one in pool.entries]
        whole = _whole(pool, reads)
        claimed = reads[0].gained * pool.entries[0].asked
        for its, one in zip(reads[1:], pool.entries[1:], strict=True):
            claimed = claimed + its.gained * one.asked
        part = np.minimum(1, whole / np.maximum(claimed, 1))
        return whole, part, [(one, its.is_gain) for its, one in zip(reads, pool.entries, strict=True)]

    def _read(self, key: K) -> _Read:
        if key not in self.kept:
            its = self.reader(key)
            if its is None:
                return _Read(1, is_gain=True, moved=1.0)
            is_gain = np.greater(its.read, 0)
            moved = 1.0 if isinstance(its.moved, int) else np.maximum(its.moved, 0)
            self.kept[key] = _Read(np.maximum(its.read, 0), True if np.all(is_gain) else is_gain, moved)
        return self.kept[key]


def _whole(pool: Pool[K], reads: Sequence[_Read]) -> Draws | float:
    """What a pool moved in every world: the largest movement that any of its claims reads."""
    largest = max([one.money for one in pool.entries]) or 1
    moved = [
        its.moved if one.money == largest else its.moved * (one.money / largest)
        for one, its in zip(pool.entries, reads, strict=True)
    ]
    found = moved[0]
    for its in moved[1:]:
        both = isinstance(found, float) and isinstance(its, float)
        found = max(found, its) if both else np.maximum(found, its)
    return found * pool.moved


def _shares(month: Month[K], drawn: _Drawn[K]) -> Iterator[tuple[Entry[K], Draws | float]]:
    """What part of each claim is left in every world."""
    if month.cap is None and len(month.pools[0].entries) == 1:
        yield month.pools[0].entries[0], 1.0
        return
    fits = drawn.fit(month.pools)
    room: Draws | float = 1.0
    if month.cap is not None:
        room = np.minimum(1, month.cap / np.maximum(sum([whole for whole, _, _ in fits]), 1))
    for _, part, its in fits:
        share = part if month.cap is None else part * room
        for entry, is_gain in its:
            yield entry, share if is_gain is True else np.where(is_gain, share, 1)
