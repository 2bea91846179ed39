"""Passing on the cost of teams that serve others: published answers and laws."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from roi.domain import allocation

TEAMS = ["a", "b", "c", "p", "q"]
GIVERS = ["p", "q"]
usages = st.fixed_dictionaries(
    {giver: st.dictionaries(st.sampled_from(TEAMS), st.integers(0, 10_000), max_size=5) for giver in GIVERS}
)
costs = st.dictionaries(st.sampled_from(TEAMS), st.integers(-(10**13), 10**13), max_size=5)


@pytest.mark.real
@pytest.mark.parametrize("name", ["alloc-ab-150-300", "alloc-maintenance-computing"])
def test_published_service_allocations(shared, name):
    case = json.loads((shared / "cases" / f"{name}.json").read_text())
    inputs, expected = case["inputs"], case["expected"]
    minor = {team: round(cost * 100) for team, cost in inputs["direct_costs"].items()}
    methods = {
        "direct": allocation.direct(inputs["usage"]),
        "step_down": allocation.step_down(inputs["usage"], inputs["step_down_order"]),
        "reciprocal": allocation.reciprocal(inputs["usage"]),
    }
    for method, passed in methods.items():
        after = allocation.pass_on(minor, passed)
        for team, answer in expected[method].items():
            assert after[team] == pytest.approx(answer * 100, abs=1), (method, team)
        for team, rate in expected.get("overhead_rate_per_hour", {}).items():
            assert after[team] / 100 / rate["hours"] == pytest.approx(rate[method], abs=1e-6), (method, team)


@given(usages, costs)
def test_t1_passing_on_keeps_every_cent(usage, cost):
    after = allocation.pass_on(cost, allocation.reciprocal(usage))
    assert sum(after.values()) == sum(cost.values())


@given(usages)
def test_every_giver_is_passed_on_whole_or_kept_with_a_reason(usage):
    passed = allocation.reciprocal(usage)
    for giver in usage:
        if giver in passed.kept:
            assert passed.kept[giver]
        else:
            assert sum(passed.weights[giver].values()) == allocation.WEIGHT_WHOLE
            assert not set(passed.weights[giver]) & set(passed.weights)


@given(usages, st.integers(2, 50))
def test_the_unit_of_a_driver_does_not_matter(usage, factor):
    scaled = {giver: {taker: q * factor for taker, q in takers.items()} for giver, takers in usage.items()}
    assert allocation.reciprocal(scaled) == allocation.reciprocal(usage)


@given(usages, st.integers(0, 10_000))
def test_self_use_changes_no_receiver(usage, own):
    with_own = {giver: {**takers, giver: own} for giver, takers in usage.items()}
    without = {giver: {t: q for t, q in takers.items() if t != giver} for giver, takers in usage.items()}
    assert allocation.reciprocal(with_own) == allocation.reciprocal(without)


def test_a_loop_that_serves_only_itself_is_named():
    passed = allocation.reciprocal({"p": {"q": 1}, "q": {"p": 2}, "r": {"a": 1}})
    assert passed.kept == {"p": "p and q serve only each other", "q": "p and q serve only each other"}
    assert passed.weights == {"r": {"a": allocation.WEIGHT_WHOLE}}


def test_a_giver_without_usage_keeps_its_cost():
    passed = allocation.reciprocal({"p": {}})
    assert passed.kept == {"p": "no usage is known for it"}
    assert allocation.pass_on({"p": 500, "a": 1}, passed) == {"p": 500, "a": 1}


def test_negative_usage_is_refused():
    with pytest.raises(ValueError, match="below zero"):
        allocation.reciprocal({"p": {"a": -1}})


def test_step_order_starts_with_who_gives_most_to_other_givers():
    assert allocation.step_order({"p": {"a": 9, "q": 1}, "q": {"p": 5, "a": 5}}) == ["q", "p"]
