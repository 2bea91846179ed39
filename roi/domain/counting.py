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

from roi.domain.benefits import Cell, Claim, Pool, PoolMonth, settle
from roi.domain.money import SHARE_WHOLE
from roi.domain.periods import add_months, month_of, months_between

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
    registered at start. `phases` are months from which on a part of the epic was delivered, with that part;
    without any, all of it was. `is_open` says that the claim is disputed and counts nothing for now.
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


@dataclass(slots=True)
class _Tally:
    """A count in the making."""

    months: list[tuple[int, int, int]] = field(default_factory=list)
    claimed: int = 0
    kept: int = 0
    removed: list[tuple[int, int]] = field(default_factory=list)
    why_nothing: str = ""
    asked: list[tuple[int, int]] = field(default_factory=list)


def count(held: Iterable[Held], caps: Mapping[Cell, int]) -> Counts:
    """What every outcome counts; the order in which they come makes no difference."""
    by_pool: dict[str, list[Held]] = {}
    for one in sorted(held, key=lambda found: found.outcome):
        by_pool.setdefault(one.pool, []).append(one)
    capped = {(line, cell) for line, cell, _ in caps}
    tallies = {one.outcome: _Tally() for its in by_pool.values() for one in its}
    pools: dict[tuple[str, int], PoolSums] = {}
    shared: list[list[Held]] = []
    for its in by_pool.values():
        if len(its) > 1 or (its[0].line, its[0].cell) in capped:
            shared.append(its)
        else:
            _alone(its[0], tallies[its[0].outcome], pools)
    _together(shared, caps, tallies, pools)
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


def months_of(held: Held) -> Iterator[tuple[int, int, int]]:
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


def _why_late(held: Held, level: Level) -> str:
    return "registered after the reading" if held.registered_on > level.read_on else ""


def _after_end(held: Held, level: Level, amount: int) -> str:
    if held.ended_on is not None and held.ended_on < level.read_on:
        return "ended before the reading"
    is_gain = held.ended_on is not None and amount > 0
    return "dropped after the reading: its gain counts nothing" if is_gain else ""


def _alone(held: Held, tally: _Tally, pools: dict[tuple[str, int], PoolSums]) -> None:
    """A pool with one claim and no cap: the settlement of `benefits` without its rows."""
    for months, money, place in _runs(held):
        level = held.levels[place]
        pools.update(dict.fromkeys([(held.pool, month) for month in months], _uncut(money)))
        why = _why_late(held, level)
        amount = 0 if why else _part(money, _share(held, level, money))
        tally.claimed += amount * len(months)
        tally.kept += amount * len(months)
        why = why or _after_end(held, level, amount) or _open(held)
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


def _together(
    shared: Sequence[Sequence[Held]],
    caps: Mapping[Cell, int],
    tallies: Mapping[str, _Tally],
    pools: dict[tuple[str, int], PoolSums],
) -> None:
    made = [part for its in shared for part in _pools_of(its)]
    claims = [claim for _, its, _ in made for claim, _, _ in its]
    settled = settle([pool for pool, _, _ in made], claims, caps)
    entries = {claim.key: (held, place) for _, its, _ in made for claim, held, place in its}
    for row in settled.claims:
        held, place = entries[row.claim]
        tally = tallies[held.outcome]
        tally.claimed += row.claimed
        tally.kept += row.claimed - row.overlap_removed
        tally.asked.append((row.month, row.claimed))
        why = row.why_nothing.replace(f"{row.month}|", "") or _open(held)  # outcomes, not claims of a month
        tally.why_nothing = tally.why_nothing or why
        tally.months.append((row.month, 0 if _open(held) else row.counted, place))
        if row.overlap_removed:
            tally.removed.append((row.month, row.overlap_removed))
    names = {pool.key: name for pool, _, name in made}
    beside = _beside(shared, caps)
    for pool_row in settled.pools:
        key = names[pool_row.pool], pool_row.month
        its = beside.get((pool_row.line, pool_row.cell), ())
        pools[key] = _with(pools.get(key, PoolSums(0, 0, 0, is_capped=False)), pool_row, its)


def _with(before: PoolSums, row: PoolMonth, beside: tuple[str, ...]) -> PoolSums:
    """Gains and losses of one month are settled apart and shown as one."""
    return PoolSums(
        before.movement + row.movement,
        before.above_cap + row.above_cap,
        before.allowed + row.movement - row.above_cap,
        before.is_capped or row.above_cap != 0,
        before.gain + max(row.movement, 0),
        row.cap,
        beside,
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


_Made = tuple[Pool, list[tuple[Claim, Held, int]], str]


def _pools_of(its: Sequence[Held]) -> Iterator[_Made]:
    """The pool of each month, gains and losses apart."""
    by_month: dict[tuple[int, bool], list[_Entry]] = {}
    covered: set[tuple[str, int]] = set()
    for held in its:
        for month, money, place in months_of(held):
            by_month.setdefault((month, money >= 0), []).append((held, money, place))
            covered.add((held.outcome, month))
    for (month, is_gain), entries in sorted(by_month.items()):
        unread = [] if is_gain else _unread(its, month, covered)
        yield _pool(month, [*entries, *unread], is_gain=is_gain)


def _unread(its: Sequence[Held], month: int, covered: set[tuple[str, int]]) -> list[_Entry]:
    """Claims that were registered and delivered, and take their frozen share of the loss unread (V12)."""
    return [
        (held, 0, UNREAD)
        for held in its
        if held.frozen_share
        and held.first_month is not None
        and held.first_month <= month
        and (held.outcome, month) not in covered
    ]


def _pool(month: int, entries: Sequence[_Entry], *, is_gain: bool) -> _Made:
    first = entries[0][0]
    largest = max(abs(money) for _, money, _ in entries)
    read_on = min(held.levels[place].read_on for held, _, place in entries if place != UNREAD)
    key = f"{first.pool}|{month}|{'gain' if is_gain else 'loss'}"
    pool = Pool(key, first.line, first.cell, {month: largest if is_gain else -largest}, read_on)
    claims = [
        (
            Claim(
                f"{month}|{held.outcome}",
                key,
                _share_of_pool(held, money, place, largest),
                held.registered_on,
                f"{month}|{held.origin}" if held.origin else "",
                held.ended_on,
            ),
            held,
            place,
        )
        for held, money, place in entries
    ]
    return pool, claims, first.pool


def _share_of_pool(held: Held, money: int, place: int, largest: int) -> int:
    """The share of the pool's movement that the share of its own movement is."""
    if place == UNREAD:
        return min(held.frozen_share or 0, SHARE_WHOLE)
    share = min(_share(held, held.levels[place], money), SHARE_WHOLE)
    return share if abs(money) == largest else (2 * share * abs(money) + largest) // (2 * largest)
