"""Cost of delay and Smith's rule against known answers (methods 9)."""

from datetime import date
from fractions import Fraction
from itertools import pairwise, permutations

import numpy as np
import pytest

from roi.domain import delay
from roi.domain.periods import add_months

NOW = 202601


def curve(*amounts, first=202604):
    return {add_months(first, place): amount for place, amount in enumerate(amounts)}


def test_a_steady_benefit_loses_one_of_its_months_a_month():
    """Long life, peak unaffected: the same cost however late it already is."""
    steady = curve(*[500_00] * 24)
    assert [delay.cost_of_delay(steady, NOW, 0.0, by) for by in (1, 3, 24, 30)] == [50_000] * 3 + [40_000]
    assert delay.cost_of_delay(steady, NOW, 0.1) == round(50_000 / 1.1 ** (3 / 12)), "in money of now"


def test_a_market_that_closes_by_itself_loses_with_the_square_of_what_is_left():
    """Short life: V(d) = V(0) × ((T − d) ÷ T)², the triangle with a fixed end."""
    life = 12
    triangle = curve(*[2 * (life - month) - 1 for month in range(life)])
    whole = delay.worth(triangle, NOW, 0.0)
    assert whole == life**2
    for late in range(life + 1):
        left = Fraction(life - late, life) ** 2 * whole
        assert delay.worth(delay.late(triangle, late), NOW, 0.0) == left
    assert delay.cost_of_delay(triangle, NOW, 0.0) == 2 * life - 1


def test_what_starts_later_lasts_no_longer_and_what_brings_nothing_costs_nothing():
    steady = curve(100, 100, 100)
    assert delay.late(steady) == curve(100, 100, first=202605)
    assert delay.late({}) == {}
    assert delay.cost_of_delay({}, NOW, 0.1) == 0
    assert delay.cost_of_delay(curve(0, 0, 700), NOW, 0.0) == 0, "an external date costs nothing before it"


def test_smith_s_rule_finds_the_cheapest_order_of_all():
    """Smith 1956: with one machine, cost of delay over duration, the larger first, minimises Σ w C."""
    jobs = [(30, 1.0), (120, 6.0), (80, 2.5), (45, 3.0)]

    def cost(order):
        done, whole = 0.0, 0.0
        for weight, long in order:
            done += long
            whole += weight * done
        return whole

    best = min(permutations(jobs), key=cost)
    assert list(best) == sorted(jobs, key=lambda job: -job[0] / job[1])
    for first, second in pairwise(best):
        months = tuple(round(long * 1_000_000) for _, long in (first, second))
        assert delay.regret(first[0], second[0], months) <= 0, "in the best order nothing is regretted"
        swapped = cost((first, second)) - cost((second, first))
        assert delay.regret(first[0], second[0], months) == pytest.approx(swapped)


@pytest.mark.parametrize(("second", "sign"), [(199, -1), (200, 0), (201, 1)])
def test_an_order_is_regretted_where_the_second_costs_more_for_its_length(second, sign):
    months = (2_000_000, 4_000_000)
    assert np.sign(delay.regret(100, second, months)) == sign
    worlds = delay.regret(np.array([100, 0]), np.array([second, 1]), months)
    assert list(np.sign(worlds)) == [sign, 1]


def test_a_length_is_elapsed_months_to_the_hundredth():
    assert delay.months_long(date(2026, 1, 1), date(2026, 12, 31)) == 11_990_000
    assert delay.months_long(date(2026, 1, 1), date(2026, 1, 1)) == 30_000, "a day is not nothing"
