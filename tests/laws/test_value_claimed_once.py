"""T4, V8, V12: no total rises by a copy, a dropped claim or another order of the outcomes.

That none rises by a roll-up is asked of the reports: `tests/reports/test_roll_ups.py`.
"""

from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from roi.domain.benefits import over_teams
from roi.domain.counting import Counts, Held, Level, count

MONTHS = (202601, 202602, 202603)
EXAMPLES = settings(max_examples=60)

shares = st.sampled_from((0, 1, 250_000, 333_333, 500_000, 999_999, 1_000_000))
money = st.one_of(st.integers(-50_000, 200_000), st.sampled_from((-1, 0, 1, 999_983)))
days = st.dates(date(2025, 11, 1), date(2026, 3, 31))


@st.composite
def claims(draw: st.DrawFn) -> list[Held]:
    """Up to six outcomes on up to three pools of two cells, with one or two confirmed readings each."""
    found = []
    for place in range(draw(st.integers(1, 6))):
        last = draw(st.sampled_from(MONTHS))
        levels = [Level(date(last // 100, last % 100, 20), last, draw(money), draw(shares))]
        if last > MONTHS[0] and draw(st.booleans()):
            levels.insert(0, Level(date(2026, 1, 20), 202601, draw(money), draw(shares)))
        pool = draw(st.sampled_from(("sign-ups", "basket", "churn")))
        found.append(
            Held(
                f"outcome-{place}",
                pool,
                "margin",
                "north" if pool == "churn" else "south",
                tuple(levels),
                draw(st.sampled_from((None, *MONTHS[:2]))),
                draw(days),
                ended_on=draw(st.one_of(st.none(), days)),
                frozen_share=draw(st.one_of(st.none(), shares)),
                is_open=draw(st.booleans()) and draw(st.booleans()),
            )
        )
    return found


caps = st.dictionaries(
    st.tuples(st.just("margin"), st.sampled_from(("north", "south")), st.sampled_from(MONTHS)),
    st.integers(-1000, 150_000),
    max_size=6,
)


def counted(found: Counts) -> dict[str, dict[int, int]]:
    return {
        key: {month: amount for month, amount, _ in one.months if amount}
        for key, one in found.by_outcome.items()
    }


def total(found: Counts) -> int:
    return sum(amount for one in found.by_outcome.values() for _, amount, _ in one.months)


@EXAMPLES
@given(held=claims(), limits=caps, data=st.data())
def test_t4_the_order_makes_no_difference(held, limits, data):
    mixed = data.draw(st.permutations(held))
    assert count(mixed, limits) == count(held, limits)


@EXAMPLES
@given(held=claims(), limits=caps, data=st.data())
def test_t4_a_copy_raises_no_total(held, limits, data):
    origin = data.draw(st.sampled_from(held))
    later = max(origin.registered_on, data.draw(days))
    copy = origin._replace(outcome=data.draw(st.sampled_from(("a copy", "z copy"))), origin=origin.outcome)
    before, after = count(held, limits), count([*held, copy._replace(registered_on=later)], limits)
    assert total(after) <= total(before)
    assert not any(counted(after)[copy.outcome].values())


@EXAMPLES
@given(held=claims(), limits=caps, data=st.data())
def test_v12_dropping_a_claim_raises_no_total_and_gives_its_gain_to_nobody(held, limits, data):
    its = data.draw(st.sampled_from(held))
    last = date(2026, 3, 31)  # after every reading of the pool
    dropped = [one._replace(ended_on=one.ended_on or last) if one is its else one for one in held]
    before, after = count(held, limits), count(dropped, limits)
    assert total(after) <= total(before)
    for key, months in counted(after).items():
        if key != its.outcome:
            assert months == counted(before)[key]


@EXAMPLES
@given(held=claims(), limits=caps)
def test_v8_gains_of_a_cell_stay_within_its_cap_and_of_a_pool_within_its_movement(held, limits):
    found = count(held, limits)
    gains: dict[tuple[str, int], int] = {}
    for one in held:
        for month, amount, _ in found.by_outcome[one.outcome].months:
            gains[one.cell, month] = gains.get((one.cell, month), 0) + max(amount, 0)
    for (_, cell, month), cap in limits.items():
        assert gains.get((cell, month), 0) <= max(cap, 0)
    for pool in {one.pool for one in held}:
        for month in MONTHS:
            its = [one for one in held if one.pool == pool]
            largest = max((level.money for one in its for level in one.levels), default=0)
            sums = sum(
                max(amount, 0)
                for one in its
                for when, amount, _ in found.by_outcome[one.outcome].months
                if when == month
            )
            assert sums <= max(largest, 0)


@EXAMPLES
@given(held=claims(), limits=caps)
def test_v8_what_is_kept_and_what_is_removed_are_what_was_claimed(held, limits):
    for one in count(held, limits).by_outcome.values():
        assert one.claimed == one.kept + sum(amount for _, amount in one.removed)


@EXAMPLES
@given(
    held=claims(),
    limits=caps,
    effort=st.dictionaries(st.sampled_from("abc"), st.integers(0, 5), min_size=1, max_size=3),
)
def test_t4_parts_of_teams_sum_in_minor_units(held, limits, effort):
    found = count(held, limits)
    teams: dict[str, int] = {}
    for one in found.by_outcome.values():
        for _, amount, _ in one.months:
            for team, part in over_teams(amount, effort).items():
                teams[team] = teams.get(team, 0) + part
    assert sum(teams.values()) == total(found)


@EXAMPLES
@given(held=claims(), limits=caps)
def test_a_claim_alone_counts_as_the_settlement_of_pools_says(held, limits):
    """The short way for a pool with one claim is the long way: a cap that nobody reaches changes nothing."""
    one = held[0]
    far = {(one.line, one.cell, month): 10**12 for month in MONTHS}
    assert counted(count([one], {})) == counted(count([one], far))
