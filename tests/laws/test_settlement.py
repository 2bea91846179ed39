"""T4, V8, V12: what outcomes count is what `benefits.settle` says of their pools and claims, row by row."""

from collections.abc import Iterator, Mapping
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from roi.domain.benefits import Cell, Claim, ClaimMonth, Pool, PoolMonth, settle
from roi.domain.counting import Held, count, months_of
from roi.domain.money import SHARE_WHOLE
from tests.laws.test_value_claimed_once import EXAMPLES, caps, claims

Months = dict[int, tuple[int, int]]
"""Of an outcome by month what its whole movement is worth, and by which of its levels."""


@st.composite
def with_copies(draw: st.DrawFn) -> list[Held]:
    """Claims of which some name another, or one that is not there, as their origin."""
    held = draw(claims())
    named = st.sampled_from(("", "", *(one.outcome for one in held), "gone"))
    return [one._replace(origin=draw(named)) for one in held]


def share_of(held: Held, money: int, place: int, size: int) -> int:
    """The share of the pool's movement that its share of its own movement is (rules V10, V12)."""
    confirmed = held.levels[place].share
    frozen = confirmed if held.frozen_share is None else held.frozen_share
    share = min(frozen, confirmed) if money >= 0 else frozen
    return share if abs(money) == size else (2 * share * abs(money) + size) // (2 * size)


def pools_of(held: list[Held], covered: Mapping[str, Months]) -> Iterator[tuple[Pool, list[Claim]]]:
    """A pool for each month, gains and losses apart, with its claims; unread ones share a loss."""
    at = {(one.pool, month, of[0] >= 0) for one in held for month, of in covered[one.outcome].items()}
    for name, month, is_gain in at:
        its = [one for one in held if one.pool == name]
        months = [(one, *covered[one.outcome][month]) for one in its if month in covered[one.outcome]]
        read = [entry for entry in months if (entry[1] >= 0) == is_gain]
        size = max(abs(money) for _, money, _ in read)
        unread = [
            one
            for one in its
            if not is_gain
            and one.frozen_share
            and one.first_month is not None
            and one.first_month <= month
            and month not in covered[one.outcome]
        ]
        shares = {one.outcome: share_of(one, money, place, size) for one, money, place in read}
        shares |= {one.outcome: min(one.frozen_share or 0, SHARE_WHOLE) for one in unread}
        key = f"{name}|{month}|{is_gain}"
        day = min(one.levels[place].read_on for one, _, place in read)
        yield (
            Pool(key, its[0].line, its[0].cell, {month: size if is_gain else -size}, day),
            [
                Claim(f"{month}|{one.outcome}", key, shares[one.outcome], one.registered_on)
                for one in its
                if one.outcome in shares
            ],
        )


def settled(
    held: list[Held], limits: Mapping[Cell, int]
) -> tuple[tuple[ClaimMonth, ...], tuple[PoolMonth, ...]]:
    covered = {one.outcome: {month: (money, at) for month, money, at in months_of(one)} for one in held}
    by_key = {one.outcome: one for one in held}
    made = [*pools_of(held, covered)]
    ended = []
    for _, its in made:
        for claim in its:
            month, _, outcome = claim.key.partition("|")
            one = by_key[outcome]
            origin = f"{month}|{one.origin}" if one.origin else ""
            ended.append(replace(claim, origin=origin, ended_on=one.ended_on))
    found = settle([pool for pool, _ in made], ended, limits)
    return found.claims, found.pools


@EXAMPLES
@given(held=with_copies(), limits=caps)
def test_t4_v8_v12_what_outcomes_count_is_the_settlement_of_their_pools(held, limits):
    found = count(held, limits)
    rows, pools = settled(held, limits)
    is_open = {one.outcome: one.is_open for one in held}
    expected: dict[str, dict[int, int]] = {one.outcome: {} for one in held}
    for row in rows:
        outcome = row.claim.partition("|")[2]
        expected[outcome][row.month] = 0 if is_open[outcome] else row.counted
    assert {
        key: {month: amount for month, amount, _ in one.months} for key, one in found.by_outcome.items()
    } == expected
    for key, one in found.by_outcome.items():
        its = [row for row in rows if row.claim.partition("|")[2] == key]
        assert one.claimed == sum(row.claimed for row in its)
        assert one.kept == sum(row.claimed - row.overlap_removed for row in its)
        assert dict(one.removed) == {row.month: row.overlap_removed for row in its if row.overlap_removed}
        assert bool(one.why_nothing) >= any(row.why_nothing for row in its)
    sums: dict[tuple[str, int], list[PoolMonth]] = {}
    for pool in pools:
        sums.setdefault((pool.pool.partition("|")[0], pool.month), []).append(pool)
    assert {
        place: (one.movement, one.above_cap, one.allowed, one.gain) for place, one in found.pools.items()
    } == {
        place: (
            sum(pool.movement for pool in its),
            sum(pool.above_cap for pool in its),
            sum(pool.movement - pool.above_cap for pool in its),
            sum(max(pool.movement, 0) for pool in its),
        )
        for place, its in sums.items()
    }


@EXAMPLES
@given(held=with_copies(), limits=caps)
def test_t4_months_that_are_told_count_as_the_same_months_of_readings(held, limits):
    """What would count once all came is counted by months of its own (see `reports.value.landing`)."""
    told = count(held, limits, {one.outcome: [*months_of(one)] for one in held})
    found = count(held, limits)
    assert told.claims == found.claims
    for key, one in found.by_outcome.items():
        its = told.by_outcome[key]
        assert (its.months, its.claimed, its.kept, its.removed) == (
            one.months,
            one.claimed,
            one.kept,
            one.removed,
        )
