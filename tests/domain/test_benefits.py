"""Benefit pools: nothing is claimed twice, nobody opts out, every cent is on one row (T4, V8, V11, V12)."""

from collections import Counter
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from roi.domain.benefits import Claim, Pool, over_teams, settle
from roi.domain.money import SHARE_WHOLE
from roi.domain.partitions import Partition, partition_problems
from roi.domain.persistence import persisting_share
from roi.domain.value import Ending

START, READ = date(2026, 1, 1), date(2026, 4, 1)
LATE = READ + timedelta(1)
JAN, FEB = 202601, 202602


def pool(key="retention", movements=None, **others):
    details = {"line": "subscriptions", "cell": "europe", "read_on": READ, **others}
    return Pool(key, movements=movements or {JAN: 1000}, **details)


def claim(key, share, **others):
    """A share in percent."""
    return Claim(key, **{"pool": "retention", "share": share * 10_000, "registered_on": START, **others})


def counted(pools, claims, caps=None):
    return by_claim(settle(pools, claims, caps or {}))


def by_claim(found):
    """What each claim counts over all months."""
    sums = Counter()
    for row in found.claims:
        sums[row.claim] += row.counted
    return dict(sums)


# By hand


def test_claims_below_the_whole_get_their_share_and_the_rest_is_unclaimed():
    found = settle([pool()], [claim("a", 40), claim("b", 35)], {})
    assert by_claim(found) == {"a": 400, "b": 350}
    row = found.pools[0]
    assert (row.movement, row.counted, row.unclaimed, row.overlap_removed) == (1000, 750, 250, 0)
    assert row.cap is None


def test_t4_claims_above_the_whole_are_scaled_and_the_overlap_is_a_number():
    found = settle([pool()], [claim("a", 80), claim("b", 60)], {})
    assert by_claim(found) == {"a": 571, "b": 429}
    assert found.overlap_removed == 400
    assert [(row.claimed, row.overlap_removed) for row in found.claims] == [(800, 229), (600, 171)]


def test_v8_pools_of_one_cell_are_scaled_to_what_the_line_moved():
    """Conversion 800 and engagement 600 cannot both be had from a line that grew by 700."""
    pools = [pool("conversion", {JAN: 800}), pool("engagement", {JAN: 600})]
    claims = [claim("a", 100, pool="conversion"), claim("b", 50, pool="engagement")]
    found = settle(pools, claims, {("subscriptions", "europe", JAN): 700})
    assert [row.above_cap for row in found.pools] == [400, 300]
    assert by_claim(found) == {"a": 400, "b": 150}
    assert found.overlap_removed == 400 + 150


def test_v8_a_cap_is_of_one_line_one_cell_and_one_month():
    pools = [
        pool("here", {JAN: 1000, FEB: 1000}),
        pool("there", {JAN: 1000}, cell="america"),
        pool("other", {JAN: 1000}, line="services"),
    ]
    claims = [claim(key, 100, pool=key) for key in ("here", "there", "other")]
    found = settle(pools, claims, {("subscriptions", "europe", JAN): 10})
    assert by_claim(found) == {"here": 1010, "there": 1000, "other": 1000}


def test_v8_a_line_that_fell_carries_no_gain():
    found = settle([pool()], [claim("a", 50)], {("subscriptions", "europe", JAN): -300})
    assert (found.counted, found.overlap_removed) == (0, 500)


def test_v8_a_loss_makes_no_room_for_gains():
    pools = [pool("up", {JAN: 150}), pool("down", {JAN: -50})]
    claims = [claim("a", 100, pool="up"), claim("b", 10, pool="down")]
    assert counted(pools, claims, {("subscriptions", "europe", JAN): 100}) == {"a": 100, "b": -5}


def test_v12_a_loss_is_shared_by_the_frozen_shares():
    claims = [claim("a", 40), claim("b", 35)]
    assert counted([pool(movements={JAN: -1000})], claims) == {"a": -400, "b": -350}
    both = [claim("a", 80), claim("b", 60)]
    assert counted([pool(movements={JAN: -1000})], both) == {"a": -571, "b": -429}


def test_v12_who_drops_a_claim_after_the_reading_keeps_the_loss_and_gives_back_the_gain():
    dropped = [claim("a", 80, ended_on=LATE), claim("b", 60)]
    gain = settle([pool()], dropped, {})
    assert by_claim(gain) == {"a": 0, "b": 429}
    assert gain.claims[0].given_back == 571
    assert gain.claims[0].why_nothing == "dropped after the reading: its gain counts nothing"
    assert counted([pool(movements={JAN: -1000})], dropped) == {"a": -571, "b": -429}


def test_v12_work_written_off_before_the_reading_counts_zero_and_nobody_gains_by_it():
    for movement in (1000, -1000):
        ended = claim("a", 80, ended_on=START, ended_by=Ending.WRITTEN_OFF)
        found = settle([pool(movements={JAN: movement})], [ended, claim("b", 60)], {})
        assert [abs(row.counted) for row in found.claims] == [0, 429]
        assert found.claims[0].why_nothing == "written off before the reading: it counts nothing"


def test_t4_a_copy_counts_nothing_also_a_copy_of_a_copy_or_of_what_is_gone():
    claims = [claim("a", 40), claim("b", 40, origin="a"), claim("c", 40, origin="b")]
    found = settle([pool()], claims, {})
    assert by_claim(found) == {"a": 400, "b": 0, "c": 0}
    assert [row.why_nothing for row in found.claims] == ["", "counted once, with a", "counted once, with a"]
    assert counted([pool()], claims[1:]) == {"b": 400, "c": 0}
    circle = [claim("a", 40, origin="b"), claim("b", 40, origin="a")]
    assert counted([pool()], circle) == {"a": 400, "b": 0}


def test_t4_a_copy_does_not_save_the_gain_of_what_was_dropped():
    claims = [claim("a", 40, ended_on=LATE), claim("b", 40, origin="a")]
    assert counted([pool()], claims) == {"a": 0, "b": 0}


def test_v12_a_claim_after_the_reading_counts_nothing_and_takes_nothing():
    claims = [claim("a", 80), claim("b", 60, registered_on=LATE)]
    found = settle([pool()], claims, {})
    assert by_claim(found) == {"a": 800, "b": 0}
    assert found.claims[1].why_nothing == "registered after the reading"
    assert counted([pool()], [claim("a", 80), claim("b", 60, registered_on=READ)])["b"] == 429


def test_what_cannot_be_settled_is_refused():
    with pytest.raises(ValueError, match="twice"):
        settle([pool(), pool()], [], {})
    with pytest.raises(ValueError, match="twice"):
        settle([pool()], [claim("a", 1), claim("a", 2)], {})
    with pytest.raises(ValueError, match="share"):
        settle([pool()], [claim("a", 101)], {})
    with pytest.raises(ValueError, match="two partitions"):
        settle([pool("a", partition="region"), pool("b", partition="plan")], [], {})
    assert settle([], [claim("a", 10)], {}).claims == ()


# Levels


def test_v2_teams_get_their_part_by_frozen_effort():
    assert over_teams(1000, {"search": 1, "pay": 2, "web": 0}) == {"pay": 667, "search": 333}
    assert over_teams(-1000, {"search": 1, "pay": 2}) == {"pay": -667, "search": -333}
    assert over_teams(5, {}) == over_teams(5, {"search": 0}) == {"": 5}


# Partitions


def partition(key="region", cells=None, line="subscriptions"):
    cells = cells or {"europe": {"de", "fr"}, "america": {"us"}}
    return Partition(key, line, {cell: frozenset(found) for cell, found in cells.items()})


def test_v8_overlapping_partitions_are_refused():
    assert partition_problems([partition(), partition(line="services")]) == ()
    second = partition_problems([partition(), partition("plan", {"pro": {"pro"}})])
    assert [issue.code for issue in second] == ["partition_overlaps"]
    shared = partition_problems([partition(cells={"north": {"de", "dk"}, "central": {"at", "de"}})])
    assert [(issue.code, issue.message) for issue in shared] == [
        ("cells_overlap", "de lies in north and in central of region.")
    ]
    assert all(issue.is_blocker for issue in (*second, *shared))


# Laws

MOVEMENTS = st.dictionaries(st.sampled_from([JAN, FEB]), st.integers(-(10**12), 10**12), min_size=1)
DAYS = st.sampled_from([START, READ, LATE])


@st.composite
def situations(draw):
    """A few pools of two lines, claims on them with their stories, and some caps."""
    pools = [
        pool(
            f"pool {i}",
            draw(MOVEMENTS),
            line=draw(st.sampled_from(["subscriptions", "services"])),
            cell=draw(st.sampled_from(["europe", "america"])),
        )
        for i in range(draw(st.integers(1, 3)))
    ]
    claims = [
        Claim(
            f"claim {i}",
            draw(st.sampled_from(pools)).key,
            draw(st.integers(0, SHARE_WHOLE)),
            draw(DAYS),
            ended_on=draw(st.none() | DAYS),
        )
        for i in range(draw(st.integers(1, 6)))
    ]
    cells = st.tuples(
        st.sampled_from(["subscriptions", "services"]),
        st.sampled_from(["europe", "america"]),
        st.sampled_from([JAN, FEB]),
    )
    return pools, claims, draw(st.dictionaries(cells, st.integers(-(10**6), 10**12)))


def totals(settled):
    """The sum of every grouping that a filter can ask for: what stands on the rows, by each of its keys."""
    sums = Counter()
    for row in settled.claims:
        for key in ("", row.claim, row.pool, row.line, row.cell, row.month, (row.line, row.cell, row.month)):
            sums[key] += row.counted
    return sums


def none_rises(before, after, new=()):
    """No total that could be asked for before is higher now, and what is new counts nothing above zero."""
    before, after = totals(before), totals(after)
    assert all(after[key] <= before[key] for key in after if key not in new)
    assert all(after[key] <= 0 for key in new)


@given(situations())
def test_t1_every_cent_of_a_pool_is_on_one_row(situation):
    found = settle(*situation)
    for row in found.pools:
        parts = [one for one in found.claims if (one.pool, one.month) == (row.pool, row.month)]
        assert row.movement == row.counted + row.given_back + row.unclaimed + row.above_cap
        assert row.counted == sum(part.counted for part in parts)
        assert row.claimed == sum(part.claimed for part in parts)
        assert row.overlap_removed == sum(part.overlap_removed for part in parts)
    for part in found.claims:
        assert part.claimed == part.overlap_removed + part.given_back + part.counted
    assert found.counted == sum(row.counted for row in found.pools)


@given(situations())
def test_t4_shares_sum_to_at_most_the_pool_and_nothing_is_scaled_up(situation):
    found = settle(*situation)
    for row in found.pools:
        assert abs(row.counted + row.given_back) <= abs(row.movement)
        assert row.unclaimed * row.movement >= 0
    for part in found.claims:
        assert abs(part.counted) <= abs(part.claimed)
        assert part.overlap_removed * part.claimed >= 0


@given(situations())
def test_v8_no_cell_counts_more_than_its_line_moved(situation):
    found = settle(*situation)
    for (line, cell, month), cap in situation[2].items():
        rows = [row for row in found.claims if (row.line, row.cell, row.month) == (line, cell, month)]
        assert sum(max(row.counted, 0) for row in rows) <= max(cap, 0)


@given(situations(), st.data())
def test_t4_copying_an_epic_raises_no_total(situation, data):
    pools, claims, caps = situation
    chosen = data.draw(st.sampled_from(claims))
    copy = replace(chosen, key=data.draw(st.sampled_from(["0", "copy", "z"])), origin=chosen.key)
    copy = replace(copy, registered_on=data.draw(DAYS), ended_on=None)
    if chosen.registered_on <= READ:
        none_rises(settle(pools, claims, caps), settle(pools, [*claims, copy], caps), {copy.key})


@given(situations(), st.data())
def test_v12_dropping_a_claim_after_the_reading_raises_no_total(situation, data):
    pools, claims, caps = situation
    place = data.draw(st.integers(0, len(claims) - 1))
    if claims[place].ended_on is None:
        dropped = [*claims[:place], replace(claims[place], ended_on=LATE), *claims[place + 1 :]]
        none_rises(settle(pools, claims, caps), settle(pools, dropped, caps))


@given(situations(), st.data())
def test_v12_a_claim_registered_after_the_reading_raises_no_total(situation, data):
    pools, claims, caps = situation
    late = Claim("late", data.draw(st.sampled_from(pools)).key, data.draw(st.integers(0, SHARE_WHOLE)), LATE)
    none_rises(settle(pools, claims, caps), settle(pools, [*claims, late], caps), {"late"})


@given(situations(), st.data())
def test_t4_one_more_pool_on_a_line_does_not_raise_what_others_claim(situation, data):
    pools, claims, caps = situation
    more = pool("more", data.draw(MOVEMENTS), cell=data.draw(st.sampled_from(["europe", "america"])))
    before, after = counted(pools, claims, caps), counted([*pools, more], claims, caps)
    assert all(after[key] <= before[key] + 1 for key in before)


@given(situations(), st.data())
def test_reordering_changes_nothing(situation, data):
    pools, claims, caps = situation
    shuffled = data.draw(st.permutations(pools)), data.draw(st.permutations(claims)), caps
    assert settle(*shuffled) == settle(*situation)


@given(situations(), st.dictionaries(st.sampled_from("abc"), st.integers(0, 10**6)))
def test_parts_sum_at_every_level_and_for_every_filter(situation, effort):
    found = settle(*situation)
    for row in found.claims:
        assert sum(over_teams(row.counted, effort).values()) == row.counted
    for month in (JAN, FEB):
        teams = Counter()
        for row in found.claims:
            if row.month == month:
                teams.update(over_teams(row.counted, effort))
        assert sum(teams.values()) == sum(row.counted for row in found.pools if row.month == month)


# Persistence (V11)


def test_v11_half_is_left_after_a_half_life_and_nothing_fades_where_so_said():
    assert persisting_share(12) == 500_000
    assert persisting_share(24) == 250_000
    assert persisting_share(1) == 943_874  # 0.5^(1/12)
    assert persisting_share(0) == persisting_share(-5) == persisting_share(99, None) == SHARE_WHOLE
    with pytest.raises(ValueError, match="half-life"):
        persisting_share(3, 0)
