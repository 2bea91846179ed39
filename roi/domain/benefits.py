"""What may each outcome claim of what was measured, so that no value is ever counted twice (law T4)?

A *benefit pool* is the measured movement of one metric in money, by month; it names one finance line and one
cell of the line's exclusive partition (rule V8). Outcomes claim shares of a pool that were frozen at start.
Three things keep a total from growing:

1. shares of one pool above the whole are scaled pro rata to it;
2. pools of one line, cell and month above the cap that finance set are scaled pro rata to it;
3. a copy of a claim, and a claim registered after the reading, count nothing.

Nothing is ever scaled up, and what was scaled away is a number of its own, the *overlap removed*. Nobody can
opt out (rule V12): the shares of a pool are those that were registered before its reading; a claim that is
dropped later gives its gain back to nobody and keeps its loss. So each claim's value depends only on what was
frozen, and no total of any filter rises when an epic is copied, a roll-up added, a claim dropped or the order
changed. Amounts are integer minor units of one currency; shares are parts per million.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from roi.domain import quickly
from roi.domain.money import SHARE_WHOLE, largest_remainder
from roi.domain.value import Ending

Cell = tuple[str, str, int]
"""Finance line, cell of its partition, month (yyyymm)."""

LATE = "registered after the reading"
"""Why a claim counts nothing that nobody had registered by the day of the reading."""

_NO_GAIN = "its gain counts nothing"

COUNTED_ONCE = "counted once, with "
"""Why a copy counts nothing; the key of the claim that stands for it follows."""


@quickly.made
@dataclass(frozen=True, slots=True)
class Pool:
    """A measured movement of one metric in money by month; below zero is a loss.

    `line`, `partition` and `cell` say whose money it is; `read_on` is the day of its reading.
    """

    key: str
    line: str
    cell: str
    movements: Mapping[int, int]
    read_on: date
    partition: str = ""
    metric: str = ""


@quickly.made
@dataclass(frozen=True, slots=True)
class Claim:
    """The share of a pool that an outcome registered at start.

    `origin` is the claim that this one was copied from; `ended_on` the day on which it was dropped, or its
    epic cancelled or written off, and `ended_by` says which.
    """

    key: str
    pool: str
    share: int
    registered_on: date
    origin: str = ""
    ended_on: date | None = None
    ended_by: Ending | None = None


class ClaimMonth(NamedTuple):
    """What one claim counts in one month: claimed − overlap removed − given back = counted.

    `given_back` is the gain of a claim that was dropped; `why_nothing` says why it counts nothing.
    """

    claim: str
    pool: str
    line: str
    cell: str
    month: int
    claimed: int
    overlap_removed: int
    given_back: int
    counted: int
    why_nothing: str = ""


class PoolMonth(NamedTuple):
    """One pool in one month: movement = counted + given back + unclaimed + above the cap.

    `overlap_removed` is what its claims lost to each other and to the cap. `cap` is None when finance has
    set none: then nothing was cut, and the pool says so.
    """

    pool: str
    line: str
    cell: str
    month: int
    movement: int
    cap: int | None
    above_cap: int
    claimed: int
    overlap_removed: int
    given_back: int
    unclaimed: int
    counted: int


@dataclass(frozen=True, slots=True)
class Settled:
    """Every pool and every claim by month; any sum of claim rows is a sum of distinct money."""

    claims: tuple[ClaimMonth, ...]
    pools: tuple[PoolMonth, ...]

    @property
    def counted(self) -> int:
        """All that counts."""
        return sum(row.counted for row in self.claims)

    @property
    def overlap_removed(self) -> int:
        """All that was claimed twice, or above what the finance line moved."""
        return sum(row.overlap_removed for row in self.claims)


def settle(pools: Sequence[Pool], claims: Sequence[Claim], caps: Mapping[Cell, int]) -> Settled:
    """What every claim counts, month by month; each month is settled by itself.

    Args:
        pools: each key once.
        claims: each key once; a claim on a pool that is not there counts nothing and has no row.
        caps: what each finance line moved against its baseline, by cell and month, as finance set it.

    Returns:
        Rows in order of pool, month and claim, whatever the order of what came in.

    Raises:
        ValueError: a key twice, a share outside nothing to the whole, or a line cut by two partitions; the
            sentences for people are those of `partitions`.
    """
    _refuse(pools, claims)
    kept = _within_caps(pools, caps)
    by_pool: dict[str, list[Claim]] = {pool.key: [] for pool in pools}
    for claim in sorted(claims, key=lambda found: found.key):
        by_pool.get(claim.pool, []).append(claim)
    claim_rows: list[ClaimMonth] = []
    pool_rows: list[PoolMonth] = []
    for pool in sorted(pools, key=lambda found: found.key):
        standing = standing_of(pool.read_on, by_pool[pool.key])
        for month in sorted(pool.movements):
            rows = _settled_month(pool, month, standing, kept[pool.key, month])
            claim_rows += rows
            cap = caps.get((pool.line, pool.cell, month))
            pool_rows.append(_pool_month(pool, month, rows, cap, kept[pool.key, month]))
    return Settled(tuple(claim_rows), tuple(pool_rows))


def _refuse(pools: Sequence[Pool], claims: Sequence[Claim]) -> None:
    for keys in ([pool.key for pool in pools], [claim.key for claim in claims]):
        if len(set(keys)) < len(keys):
            message = "a pool or a claim stands there twice"
            raise ValueError(message)
    if any(not 0 <= claim.share <= SHARE_WHOLE for claim in claims):
        message = "a share lies outside nothing to the whole"
        raise ValueError(message)
    if len({(pool.line, pool.partition) for pool in pools}) > len({pool.line for pool in pools}):
        message = "a finance line is cut by two partitions"
        raise ValueError(message)


def _within_caps(pools: Sequence[Pool], caps: Mapping[Cell, int]) -> dict[tuple[str, int], int]:
    """What the cap leaves of each pool and month; losses stay whole and make no room for gains."""
    kept = {(pool.key, month): amount for pool in pools for month, amount in pool.movements.items()}
    gains: dict[Cell, list[str]] = {}
    for pool in sorted(pools, key=lambda found: found.key):
        for month, amount in pool.movements.items():
            if amount > 0:
                gains.setdefault((pool.line, pool.cell, month), []).append(pool.key)
    for (line, cell, month), keys in gains.items():
        amounts = [kept[key, month] for key in keys]
        cap = caps.get((line, cell, month))
        if cap is not None:
            cut = cut_to(amounts, max(cap, 0))
            kept.update({(key, month): left for key, left in zip(keys, cut, strict=True)})
    return kept


def cut_to(amounts: Sequence[int], most: int) -> list[int]:
    """Amounts of zero and more, taken down pro rata until they sum to at most `most`; none goes up."""
    excess = sum(amounts) - most
    if excess <= 0:
        return list(amounts)
    taken = largest_remainder(excess, amounts)
    return [amount - less for amount, less in zip(amounts, taken, strict=True)]


Standing = Sequence[tuple[Claim, str]]
"""The claims of one pool, each with the reason why it has no share of it (empty when it has one)."""


def standing_of(read_on: date, claims: Sequence[Claim]) -> Standing:
    """A copy counts nothing even when its origin is gone: the first copy stands for all of them."""
    if len(claims) == 1:  # alone, as most are: the first of its copies
        return [(claims[0], LATE if claims[0].registered_on > read_on else "")]
    origins = {claim.key: claim.origin for claim in claims}
    firsts: dict[str, Claim] = {}
    in_time = [claim for claim in claims if claim.registered_on <= read_on]
    for claim in sorted(in_time, key=lambda found: (bool(found.origin), found.registered_on, found.key)):
        firsts.setdefault(root(claim.key, origins), claim)

    def reason(claim: Claim) -> str:
        if claim.registered_on > read_on:
            return LATE
        first = firsts[root(claim.key, origins)]
        return "" if first is claim else f"{COUNTED_ONCE}{first.key}"

    return [(claim, reason(claim)) for claim in claims]


def root(key: str, origins: Mapping[str, str]) -> str:
    """The claim at the beginning of a row of copies; a circle of copies begins with its smallest key."""
    seen = [key]
    while origins.get(seen[-1]):
        if origins[seen[-1]] in seen:
            return min(seen[seen.index(origins[seen[-1]]) :])
        seen.append(origins[seen[-1]])
    return seen[-1]


def _settled_month(pool: Pool, month: int, standing: Standing, left: int) -> list[ClaimMonth]:
    shares = [0 if reason else claim.share for claim, reason in standing]
    parts = parted(pool.movements[month], left, shares)
    return [
        _claim_month((claim, pool, month), full, part, reason)
        for (claim, reason), (full, part) in zip(standing, parts, strict=True)
    ]


def parted(movement: int, left: int, shares: Sequence[int]) -> list[tuple[int, int]]:
    """What each share of a movement claims, and what is left of that once claims make room for each other.

    `left` is what the cap left of the movement.
    """
    sign = 1 if movement >= 0 else -1
    allowed = _part(abs(left), min(sum(shares), SHARE_WHOLE))
    if len(shares) == 1:
        size = _part(abs(movement), shares[0])
        return [(sign * size, sign * min(size, allowed))]
    claimed = _signed_parts(movement, shares)
    after = cut_to([abs(part) for part in claimed], allowed)
    return [(full, sign * part) for full, part in zip(claimed, after, strict=True)]


def _signed_parts(movement: int, shares: Sequence[int]) -> list[int]:
    """What each share of the movement is; they sum to the sum of the shares of it, rounded once."""
    if not sum(shares):
        return [0] * len(shares)
    whole = _part(abs(movement), sum(shares))
    return largest_remainder(whole if movement >= 0 else -whole, shares)


def _part(size: int, share: int) -> int:
    """A share of an amount of zero or more, half up."""
    return (2 * size * share + SHARE_WHOLE) // (2 * SHARE_WHOLE)


def _claim_month(place: tuple[Claim, Pool, int], claimed: int, after: int, reason: str) -> ClaimMonth:
    claim, pool, month = place
    its_end = (claim.ended_on, claim.ended_by)
    why = reason or (why_given_back(its_end, pool.read_on, after) if after else "")
    given_back = after if why and not reason else 0
    return ClaimMonth(
        claim.key,
        pool.key,
        pool.line,
        pool.cell,
        month,
        claimed,
        claimed - after,
        given_back,
        after - given_back,
        why,
    )


End = tuple[date | None, Ending | None]
"""On which day a claim ended, and how; without a day it has not."""


def why_given_back(end: End, read_on: date, amount: int) -> str:
    """Why a claim that ended counts none of an amount; empty where it keeps it (rule V12)."""
    ended_on, how = end
    if ended_on is None:
        return ""
    if ended_on < read_on:
        return f"{_word(how)} before the reading: it counts nothing"
    return f"{_word(how)} after the reading: {_NO_GAIN}" if amount > 0 else ""


def why_no_gain(how: Ending | None) -> str:
    """What is said of a claim that ended where no reading of it is looked at; in the same word."""
    return f"{_word(how)}: {_NO_GAIN}"


def _word(how: Ending | None) -> str:
    return (how or Ending.DROPPED).word


def _pool_month(pool: Pool, month: int, rows: Sequence[ClaimMonth], cap: int | None, left: int) -> PoolMonth:
    movement = pool.movements[month]
    counted = sum(row.counted for row in rows)
    given_back = sum(row.given_back for row in rows)
    return PoolMonth(
        pool.key,
        pool.line,
        pool.cell,
        month,
        movement,
        cap,
        movement - left,
        sum(row.claimed for row in rows),
        sum(row.overlap_removed for row in rows),
        given_back,
        left - counted - given_back,
        counted,
    )


# Levels


def over_teams(amount: int, effort: Mapping[str, int]) -> dict[str, int]:
    """What each team counts of a claim, by its frozen effort; the parts sum to it (rules V2 and V3).

    Args:
        amount: minor units.
        effort: weights of zero or more; without any the amount stays with "" (no team).
    """
    teams = sorted(team for team, weight in effort.items() if weight)
    if not teams:
        return {"": amount}
    return dict(zip(teams, largest_remainder(amount, [effort[team] for team in teams]), strict=True))
