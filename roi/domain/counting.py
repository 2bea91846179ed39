"""What does each outcome count, month by month, once what is claimed twice is removed (rules V8, V11, V12)?

An outcome counts from the month after delivery up to each confirmed reading at that reading's level. Outcomes
that read one metric of one cell share a *pool*; the pool's movement is the largest that was measured in a
month, and each claims its share of its own movement. Gains and losses of one month are settled apart, so that
a loss makes no room for gains. Amounts are integer minor units of the outcome's currency.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

from roi.domain import benefits
from roi.domain.benefits import Cell, Claim
from roi.domain.money import SHARE_WHOLE
from roi.domain.periods import add_months, month_of, months_between
from roi.domain.value import Ending

UNREAD = -1
"""The level of a month that no reading of the outcome's own covers: its frozen share of a measured loss."""


class Level(NamedTuple):
    """A confirmed reading: `money` is what the whole movement is worth a month, below zero for a loss."""

    read_on: date
    to_month: int
    money: int
    share: int


class Held(NamedTuple):
    """An outcome's claim on its pool.

    `first_month` is the first month of benefit (None: not delivered). `frozen_share` is the share that was
    registered at start, `origin` the first claim of its row of copies (empty: it is none). `phases` are
    months from which on a part of the epic was delivered, with that part; without any, all of it was.
    `is_open` says that the claim is disputed and counts nothing for now.
    """

    outcome: str
    pool: str
    line: str
    cell: str
    levels: tuple[Level, ...]
    first_month: int | None
    registered_on: date
    origin: str = ""
    ended_on: date | None = None
    frozen_share: int | None = None
    is_open: bool = False
    phases: tuple[tuple[int, int], ...] = ()
    ended_by: Ending | None = None

    @property
    def end(self) -> benefits.End:
        """On which day it ended, and how."""
        return self.ended_on, self.ended_by


class Counted(NamedTuple):
    """What an outcome counts: month, minor units, and which of its levels that is.

    `claimed` and `kept` are all months before and after overlap was removed; `removed` by month. `asked` is
    what it claimed by month where others, or a cap, could cut it, also of a gain that was given back since.
    `why_nothing` is the first reason for which a month counts nothing or less.
    """

    months: tuple[tuple[int, int, int], ...] = ()
    claimed: int = 0
    kept: int = 0
    removed: tuple[tuple[int, int], ...] = ()
    why_nothing: str = ""
    asked: tuple[tuple[int, int], ...] = ()


class PoolSums(NamedTuple):
    """One pool in one month: what was measured, and what the cap took of it.

    `gain` is its part above zero, before the cap; `cap` is what finance set for its cell (None: nothing), and
    `beside` are the pools of a cell that is capped in any month, this one among them.
    """

    movement: int
    above_cap: int
    allowed: int
    is_capped: bool
    gain: int = 0
    cap: int | None = None
    beside: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Counts:
    """Every outcome's count, the pools by month, and who claims on each pool."""

    by_outcome: Mapping[str, Counted]
    pools: Mapping[tuple[str, int], PoolSums]
    claims: Mapping[str, tuple[str, ...]]


Covered = tuple[int, int, int]
"""A month that an outcome covers: month, what its whole movement is worth, which of its levels says so."""


@dataclass(slots=True)
class _Tally:
    """A count in the making."""

    months: list[tuple[int, int, int]] = field(default_factory=list)
    claimed: int = 0
    kept: int = 0
    removed: list[tuple[int, int]] = field(default_factory=list)
    why_nothing: str = ""
    asked: list[tuple[int, int]] = field(default_factory=list)


def count(
    held: Iterable[Held], caps: Mapping[Cell, int], months: Mapping[str, Sequence[Covered]] | None = None
) -> Counts:
    """What every outcome counts; the order in which they come makes no difference.

    Args:
        held: the claims, each outcome once.
        caps: what finance set for each cell and month.
        months: by outcome the months that it covers; without, those of its readings (see `months_of`).
    """
    by_pool: dict[str, list[Held]] = {}
    for one in sorted(held, key=lambda found: found.outcome):
        by_pool.setdefault(one.pool, []).append(one)
    capped = {(line, cell) for line, cell, _ in caps}
    tallies = {one.outcome: _Tally() for its in by_pool.values() for one in its}
    pools: dict[tuple[str, int], PoolSums] = {}
    shared: list[list[Held]] = []
    for its in by_pool.values():
        if months is not None or len(its) > 1 or (its[0].line, its[0].cell) in capped:
            shared.append(its)
        else:
            _alone(its[0], tallies[its[0].outcome], pools)
    made = [one for its in shared for one in _pools_of(its, months)]
    _together(made, _beside(shared, caps), caps, (tallies, pools))
    return Counts(
        {key: _done(tally) for key, tally in tallies.items()},
        pools,
        {pool: tuple(one.outcome for one in its) for pool, its in by_pool.items()},
    )


def differing(before: Counts, after: Counts, pools: Collection[str]) -> set[str]:
    """The pools among these of which a month or a claim is not as it was."""
    months = [{key: its for key, its in one.pools.items() if key[0] in pools} for one in (before, after)]
    found = {pool for pool in pools if before.claims.get(pool) != after.claims.get(pool)}
    return found | {key[0] for key, _ in months[0].items() ^ months[1].items()}


def _done(tally: _Tally) -> Counted:
    months, removed = tuple(sorted(tally.months)), tuple(sorted(tally.removed))
    asked = tuple(sorted(tally.asked))
    return Counted(months, tally.claimed, tally.kept, removed, tally.why_nothing, asked)


def months_of(held: Held) -> Iterator[Covered]:
    """Month, worth of the whole movement, and level, for every month that a confirmed reading covers."""
    for months, money, place in _runs(held):
        for month in months:
            yield month, money, place


def _runs(held: Held) -> Iterator[tuple[Sequence[int], int, int]]:
    """The same, months that are worth alike together: all of a level, unless it was delivered in slices."""
    if held.first_month is None:
        return
    first = held.first_month
    for place, level in enumerate(held.levels):
        months = months_between(first, level.to_month)
        if held.phases:
            yield from (([month], _in_phase(held, level, month), place) for month in months)
        else:
            yield months, level.money, place
        first = max(first, add_months(level.to_month, 1))


def _in_phase(held: Held, level: Level, month: int) -> int:
    """What was delivered by then brought its part of what was read with all that was delivered later.

    A series may uphold a reading for months after it (rule V11): those count what was read, no slice more.
    """
    at_reading = phase(held.phases, min(level.to_month, month_of(level.read_on)))
    then = min(phase(held.phases, month), at_reading)
    return level.money if not at_reading else level.money * then // at_reading


def phase(phases: Sequence[tuple[int, int]], month: int) -> int:
    """The part of an epic that is delivered in a month, parts per million."""
    return max((part for first, part in phases if first <= month), default=0)


def phases_of(slices: Sequence[tuple[date, int]], whole: date | None) -> tuple[tuple[int, int], ...]:
    """From which month on which part is delivered; `whole` is the day of all of it (None: not yet)."""
    found: list[tuple[int, int]] = []
    part = 0
    for delivered, share in sorted(slices):
        if whole is None or month_of(delivered) < month_of(whole):
            part = min(part + share, SHARE_WHOLE)
            found.append((add_months(month_of(delivered), 1), part))
    if whole is not None:
        found.append((add_months(month_of(whole), 1), SHARE_WHOLE))
    return tuple(found)


def _share(held: Held, level: Level, money: int) -> int:
    """A gain takes the smaller of frozen and confirmed share; a loss the frozen one (V10, V12)."""
    if held.frozen_share is None:
        return level.share
    return min(held.frozen_share, level.share) if money >= 0 else held.frozen_share


def _alone(held: Held, tally: _Tally, pools: dict[tuple[str, int], PoolSums]) -> None:
    """A pool with one claim and no cap: the settlement of `benefits` without its rows."""
    for months, money, place in _runs(held):
        level = held.levels[place]
        pools.update(dict.fromkeys([(held.pool, month) for month in months], _uncut(money)))
        why = benefits.LATE if held.registered_on > level.read_on else ""
        amount = 0 if why else _part(money, _share(held, level, money))
        tally.claimed += amount * len(months)
        tally.kept += amount * len(months)
        why = why or benefits.why_given_back(held.end, level.read_on, amount) or _open(held)
        tally.why_nothing = tally.why_nothing or (why if months else "")
        tally.months += [(month, 0 if why else amount, place) for month in months]


def _uncut(money: int) -> PoolSums:
    return PoolSums(money, 0, money, is_capped=False, gain=max(money, 0))


def _open(held: Held) -> str:
    return "disputed: finance asked and nobody has answered yet" if held.is_open else ""


def _part(money: int, share: int) -> int:
    size = (2 * abs(money) * share + SHARE_WHOLE) // (2 * SHARE_WHOLE)
    return size if money >= 0 else -size


_Entry = tuple[Held, int, int]
"""A claim in a month: who, what its whole movement is worth, which level."""


class _Pool(NamedTuple):
    """The claims of one pool in a month, all gains or all losses, in the order of their outcomes."""

    name: str
    cell: Cell
    movement: int
    read_on: date
    entries: Sequence[_Entry]


_Made = tuple[Mapping[str, _Tally], dict[tuple[str, int], PoolSums]]


def _together(
    made: Sequence[_Pool],
    beside: Mapping[tuple[str, str], tuple[str, ...]],
    caps: Mapping[Cell, int],
    into: _Made,
) -> None:
    """The settlement of `benefits` without its rows: to the caps, and then by the shares of each pool."""
    tallies, pools = into
    lefts = _within_caps(made, caps) if caps else {}
    settled = _Settled(())
    for pool in made:
        (line, cell, month), movement = pool.cell, pool.movement
        left = lefts.get((pool.name, month), movement) if movement > 0 else movement
        if pool.entries != settled.entries or left != settled.left:
            settled = _settled(pool, left)
        for (held, _, place), claimed, after, counted, why in settled.rows:
            tally = tallies[held.outcome]
            tally.claimed += claimed
            tally.kept += after
            tally.asked.append((month, claimed))
            tally.why_nothing = tally.why_nothing or why
            tally.months.append((month, counted, place))
            if claimed != after:
                tally.removed.append((month, claimed - after))
        its = _sums(movement, left, caps.get(pool.cell), beside.get((line, cell), ()))
        other = pools.get((pool.name, month))
        pools[pool.name, month] = its if other is None else _both(other, its)


def _within_caps(made: Iterable[_Pool], caps: Mapping[Cell, int]) -> dict[tuple[str, int], int]:
    """What the cap of its cell leaves of each gain, by pool and month."""
    gains: dict[Cell, list[_Pool]] = {}
    for pool in made:
        if pool.movement > 0 and pool.cell in caps:
            gains.setdefault(pool.cell, []).append(pool)
    found = {}
    for cell, its in gains.items():
        its.sort(key=lambda pool: f"{pool.name}|")
        cut = benefits.cut_to([pool.movement for pool in its], max(caps[cell], 0))
        found.update({(pool.name, cell[2]): left for pool, left in zip(its, cut, strict=True)})
    return found


class _Settled(NamedTuple):
    """What claims count of a pool: claimed, left of that, counted, and why it counts nothing."""

    entries: Sequence[_Entry]
    left: int = 0
    rows: Sequence[tuple[_Entry, int, int, int, str]] = ()


def _settled(pool: _Pool, left: int) -> _Settled:
    """Months in a row with the same claims, of which as much is left, are settled once."""
    size, rows = abs(pool.movement), []
    whys = _standing(pool)
    shares = [
        0 if why else _share_of_pool(*entry, size) for why, entry in zip(whys, pool.entries, strict=True)
    ]
    parts = benefits.parted(pool.movement, left, shares)
    for entry, why, (claimed, after) in zip(pool.entries, whys, parts, strict=True):
        held = entry[0]
        ended = benefits.why_given_back(held.end, pool.read_on, after) if after else ""
        nothing = why or ended or _open(held)
        rows.append((entry, claimed, after, 0 if nothing else after, nothing))
    return _Settled(pool.entries, left, rows)


def _standing(pool: _Pool) -> list[str]:
    """Why each claim has no share of the pool; empty where it has one."""
    if len(pool.entries) == 1:
        return [benefits.LATE if pool.entries[0][0].registered_on > pool.read_on else ""]
    claims = [
        Claim(held.outcome, pool.name, 0, held.registered_on, held.origin) for held, _, _ in pool.entries
    ]
    return [why for _, why in benefits.standing_of(pool.read_on, claims)]


def _sums(movement: int, left: int, cap: int | None, beside: tuple[str, ...]) -> PoolSums:
    above = movement - left
    return PoolSums(movement, above, left, above != 0, max(movement, 0), cap, beside)


def _both(one: PoolSums, other: PoolSums) -> PoolSums:
    """Gains and losses of one month are settled apart and shown as one."""
    return PoolSums(
        one.movement + other.movement,
        one.above_cap + other.above_cap,
        one.allowed + other.allowed,
        one.is_capped or other.is_capped,
        one.gain + other.gain,
        other.cap,
        other.beside,
    )


def _beside(
    shared: Sequence[Sequence[Held]], caps: Mapping[Cell, int]
) -> dict[tuple[str, str], tuple[str, ...]]:
    """The pools of each cell that has a cap in any month."""
    capped = {(line, cell) for line, cell, _ in caps}
    found: dict[tuple[str, str], list[str]] = {}
    for its in shared:
        place = its[0].line, its[0].cell
        if place in capped:
            found.setdefault(place, []).append(its[0].pool)
    return {place: tuple(sorted(its)) for place, its in found.items()}


def _pools_of(its: Sequence[Held], months: Mapping[str, Sequence[Covered]] | None) -> Iterator[_Pool]:
    """The pool of each month, gains and losses apart."""
    by_month: dict[tuple[int, bool], list[_Entry]] = {}
    for held in its:
        for month, money, place in months_of(held) if months is None else months[held.outcome]:
            by_month.setdefault((month, money >= 0), []).append((held, money, place))
    line, cell = its[0].line, its[0].cell
    for (month, is_gain), entries in sorted(by_month.items(), key=lambda found: found[0]):
        among = entries if is_gain else _with_unread(its, month, entries, by_month.get((month, True), ()))
        size, read_on = _largest(entries)
        yield _Pool(its[0].pool, (line, cell, month), size if is_gain else -size, read_on, among)


def _largest(entries: Sequence[_Entry]) -> tuple[int, date]:
    """The size of the largest movement that was measured, and the day of the earliest reading."""
    if len(entries) == 1:
        held, money, place = entries[0]
        return abs(money), held.levels[place].read_on
    read_on = min([held.levels[place].read_on for held, _, place in entries])
    return max([abs(money) for _, money, _ in entries]), read_on


def _with_unread(
    its: Sequence[Held], month: int, losses: Sequence[_Entry], gains: Sequence[_Entry]
) -> Sequence[_Entry]:
    """With claims that were registered and delivered, and take their frozen share of a loss unread (V12)."""
    covered = {held.outcome for held, _, _ in (*losses, *gains)}
    unread = [
        (held, 0, UNREAD)
        for held in its
        if held.frozen_share
        and held.first_month is not None
        and held.first_month <= month
        and held.outcome not in covered
    ]
    return sorted([*losses, *unread], key=lambda entry: entry[0].outcome) if unread else losses


def _share_of_pool(held: Held, money: int, place: int, largest: int) -> int:
    """The share of the pool's movement that the share of its own movement is."""
    if place == UNREAD:
        return min(held.frozen_share or 0, SHARE_WHOLE)
    share = min(_share(held, held.levels[place], money), SHARE_WHOLE)
    return share if abs(money) == largest else (2 * share * abs(money) + largest) // (2 * largest)
