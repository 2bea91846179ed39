"""What is still expected is what confirming it would add: same pool, same cap, nothing twice (V8, V12)."""

import random
from datetime import date

import pytest

from roi.reports import portfolio
from roi.reports.shapes import Scope
from tests.reports import value_rows
from tests.reports.test_cuts import CAP, DOUBT, PLACE, READ, TODAY, WHOLE, caps, claim
from tests.reports.test_cuts import driven as driven  # noqa: PLC0414 - pytest finds a fixture by its name


def measured(built, outcome, metric="two", epic="desk", **more):
    """Read, on the same cell, and confirmed by nobody."""
    built.outcome(outcome, epic, **{**READ, **WHOLE, **more}, metric=metric)
    value_rows.put(built, "outcome_plan", outcome=outcome, **PLACE)


def report(built, actor):
    return portfolio.build(built.store, actor, Scope(), TODAY)


def both(found):
    return (found.confirmed.value or 0) + (found.still_expected.value or 0)


@pytest.mark.parametrize("metric", ["two", "learners"])
def test_v8_nothing_is_expected_of_a_cell_that_is_full(driven, executive, metric):
    caps(driven, (201502, CAP), (201503, CAP))
    measured(driven, "again", metric)
    found = report(driven, executive)
    assert found.confirmed.value == 2 * CAP
    assert not found.still_expected.value
    assert found.net_if_lands.value == found.net.value
    claim(driven, "again")
    assert report(driven, executive).confirmed.value == 2 * CAP


def test_v8_the_room_that_is_left_is_expected_and_no_more(driven, executive):
    caps(driven, (201502, CAP + 30_000), (201503, CAP + 30_000))
    measured(driven, "again")
    found = report(driven, executive)
    assert (found.confirmed.value, found.still_expected.value) == (2 * CAP, 60_000)


def test_v8_in_no_world_does_what_lands_exceed_the_cap(driven, executive):
    caps(driven, (201502, CAP + 30_000), (201503, CAP + 30_000))
    measured(driven, "again", **DOUBT)
    found = report(driven, executive)
    most = 2 * (CAP + 30_000) - found.cost.value
    assert found.net_if_lands.high <= most + 4


def test_v8_a_promise_has_no_more_room_than_a_reading(driven, executive):
    caps(driven, (201502, CAP), (201503, CAP))
    driven.outcome("again", "desk", metric="two", **WHOLE)
    value_rows.put(driven, "outcome_plan", outcome="again", **PLACE)
    assert not report(driven, executive).still_expected.value


def test_v12_what_is_registered_after_its_reading_is_not_expected(driven, executive):
    caps(driven, (201502, 2 * CAP), (201503, 2 * CAP))
    driven.outcome("again", "desk", **READ, **WHOLE, metric="two")
    value_rows.put(driven, "outcome_plan", outcome="again", **{**PLACE, "agreed_on": date(2015, 4, 5)})
    assert not report(driven, executive).still_expected.value


@pytest.mark.parametrize("seed", range(6))
def test_v8_confirming_all_that_is_expected_gives_exactly_what_was_expected(driven, executive, seed):
    """Any cap, any pools, any shares, gains and losses: what was expected becomes confirmed to the unit."""
    chance = random.Random(seed)
    caps(driven, *((month, chance.choice([50_000, 100_000, 177_777, 400_000])) for month in (201502, 201503)))
    outcomes = [f"more-{place}" for place in range(chance.randint(1, 4))]
    for outcome in outcomes:
        share = chance.choice([333_333, 600_000, 1_000_000])
        shares = dict.fromkeys(("share_low", "share_likely", "share_high"), share)
        actual = chance.choice(["1033", "1100", "1270", "900"])
        epic, metric = chance.choice(["lesson", "desk"]), chance.choice(["one", "two", "learners"])
        measured(driven, outcome, metric, epic, **{**shares, "actual": actual})
    before = report(driven, executive)
    for outcome in outcomes:
        driven.confirm(outcome, by="Fred")
    after = report(driven, executive)
    assert not after.still_expected.value
    assert both(before) == after.confirmed.value
