"""Ratios, verdicts and the split of a team's month: hand-checked answers, published cases, laws."""

import json
from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from roi.domain.money import SHARE_WHOLE, largest_remainder
from roi.domain.returns import Judged, Range, Split, ratio, split_over_epics, total, verdict
from roi.domain.structure import Verdict

CLEAR = Judged(outcomes_read=2, read_cost=50, epic_cost=100, low=1000, best=1000, cost=1000)


def test_seven_point_01_on_7_point_81_is_0_point_90():
    assert ratio(701_000_000, 781_000_000) == 897_567


def test_a_ratio_is_rounded_half_away_from_zero():
    assert ratio(1, 2_000_000) == 1
    assert ratio(-1, 2_000_000) == -1
    assert ratio(1, 2_000_001) == 0


@pytest.mark.parametrize("whole", [0, -1])
def test_t3_a_ratio_without_a_whole_is_refused_not_zero(whole):
    with pytest.raises(ValueError, match="above zero"):
        ratio(1, whole)


@given(st.integers(-(10**15), 10**15), st.integers(1, 10**15))
def test_a_ratio_is_the_nearest_part_per_million(part, whole):
    assert abs(ratio(part, whole) - Fraction(part * SHARE_WHOLE, whole)) <= Fraction(1, 2)


@pytest.mark.real
def test_published_benefit_cost_ratio_is_return_per_1_and_not_roi(shared):
    case = json.loads((shared / "cases" / "fin-roi-bcr-phillips.json").read_text())
    found = ratio(case["inputs"]["benefits"], case["inputs"]["costs"]) / SHARE_WHOLE
    assert found == pytest.approx(case["expected"]["bcr"], abs=5e-7)
    assert found - 1 == pytest.approx(case["expected"]["roi"], abs=1e-6)


@pytest.mark.real
def test_published_largest_remainder_splits(shared):
    case = json.loads((shared / "cases" / "cur-largest-remainder-moneyphp.json").read_text())
    for split, parts in zip(case["inputs"]["splits"], case["expected"]["parts"], strict=True):
        weights = [round(weight * 100) for weight in split["weights"]]
        assert largest_remainder(split["total"], weights) == parts, split
    for weights in ([0, 0], [1, -1]):
        with pytest.raises(ValueError, match="weights"):
            largest_remainder(100, weights)


def test_ranges_add_end_by_end():
    assert total([Range(1, 2, 3), Range(-5, 10, 20)]) == Range(-4, 12, 23)
    assert Range(1, 2, 3).times(4) == Range(4, 8, 12)


def test_v19_low_end_at_cost_is_past_break_even():
    assert verdict(CLEAR) is Verdict.PAST_BREAK_EVEN
    assert verdict(replace(CLEAR, low=999)) is Verdict.TOO_CLOSE


def test_v19_p90_with_all_that_is_expected_below_cost_is_not_there_yet():
    below = replace(CLEAR, low=100, best=999)
    assert verdict(below) is Verdict.NOT_THERE_YET
    assert verdict(replace(below, best=1000)) is Verdict.TOO_CLOSE
    assert verdict(replace(below, best=None)) is Verdict.TOO_CLOSE


def test_v19_fewer_than_two_read_outcomes_is_too_early():
    assert verdict(replace(CLEAR, outcomes_read=1)) is Verdict.TOO_EARLY
    assert verdict(replace(CLEAR, outcomes_read=2)) is Verdict.PAST_BREAK_EVEN


def test_v19_read_outcomes_with_less_than_half_of_epic_cost_is_too_early():
    assert verdict(replace(CLEAR, read_cost=49)) is Verdict.TOO_EARLY
    assert verdict(replace(CLEAR, read_cost=50)) is Verdict.PAST_BREAK_EVEN
    assert verdict(replace(CLEAR, read_cost=0, epic_cost=0)) is Verdict.TOO_EARLY


def test_v19_without_confirmed_cash_or_cost_it_is_too_early():
    assert verdict(replace(CLEAR, low=None)) is Verdict.TOO_EARLY
    assert verdict(replace(CLEAR, cost=0)) is Verdict.TOO_EARLY


def test_v22_epics_and_the_rest_are_the_team():
    assert split_over_epics(1000, [250_000, 500_000]) == Split((250, 500), 250, is_over=False)
    assert split_over_epics(1000, []) == Split((), 1000, is_over=False)
    assert split_over_epics(100, [333_333, 333_333]) == Split((33, 33), 34, is_over=False)


def test_v22_shares_above_the_team_are_scaled_and_said():
    assert split_over_epics(1000, [1_000_000]) == Split((1000,), 0, is_over=False)
    assert split_over_epics(1000, [1_000_000, 1]).is_over
    assert split_over_epics(900, [1_000_000, 500_000]) == Split((600, 300), 0, is_over=True)


@given(st.integers(-(10**13), 10**13), st.lists(st.integers(0, SHARE_WHOLE), max_size=6))
def test_t1_a_month_over_epics_loses_no_cent(cost, shares):
    split = split_over_epics(cost, shares)
    assert sum(split.parts) + split.rest == cost
