"""Actual against plan: what heads, prices and exchange rates each moved."""

from hypothesis import given
from hypothesis import strategies as st

from roi.domain import variance
from roi.domain.variance import Side, Variance

money = st.integers(-(10**12), 10**12)
heads = st.none() | st.integers(0, 10**9)
sides = st.builds(Side, original=money, reporting=money, heads=heads)


def explained(plan, actual):
    """Cost of one original currency, as the page of a team has it of several."""
    return variance.explain_all([(plan, actual)], plan.heads, actual.heads)


def test_one_head_more_at_the_planned_cost_is_volume_alone():
    found = explained(Side(4000, 4000, 4_000_000), Side(5000, 5000, 5_000_000))
    assert found == Variance(total=1000, currency=0, volume=1000, price=0)


def test_dearer_heads_are_price_alone():
    found = explained(Side(4000, 4000, 4_000_000), Side(4400, 4400, 4_000_000))
    assert found == Variance(total=400, currency=0, volume=0, price=400)


def test_v5_a_moved_rate_is_a_line_of_its_own():
    """Plan 100,000 at 1.10, actual 100,000 at 1.20: nothing was spent more, the rate cost 10,000."""
    found = explained(Side(100_000, 110_000), Side(100_000, 120_000))
    assert found == Variance(total=10_000, currency=10_000, volume=None, price=0)


def test_all_three_at_once():
    """Plan 4 heads, 4,000 at 1.10 = 4,400; actual 5 heads, 5,500 at 1.20 = 6,600.

    Currency 5,500 x 0.10 = 550; volume 1 head x 1,100 = 1,100; price 6,600 - 4,400 - 550 - 1,100 = 550.
    """
    found = explained(Side(4000, 4400, 4_000_000), Side(5500, 6600, 5_000_000))
    assert found == Variance(total=2200, currency=550, volume=1100, price=550)


def test_without_a_plan_there_is_no_planned_rate():
    assert explained(Side(0, 0), Side(100, 120)) == Variance(120, 0, None, 120)


@given(sides, sides)
def test_parts_sum_to_the_difference(plan, actual):
    found = explained(plan, actual)
    assert found.currency + (found.volume or 0) + found.price == actual.reporting - plan.reporting


def test_t3_no_plan_and_no_heads_are_unknown():
    assert variance.share_of_plan(5, 0) is None
    assert variance.cost_per_head(5, 0) is None


def test_cost_per_head_uses_the_mean_over_months():
    assert variance.average_heads([1_000_000, 2_000_000]) == 1_500_000
    assert variance.cost_per_head(300_000, 1_500_000) == 200_000
    assert variance.share_of_plan(-30, 600) == -50_000
