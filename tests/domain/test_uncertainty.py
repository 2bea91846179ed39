"""Draws and ranges: stated quantiles come back, shared drivers share draws, the same everywhere."""

import hashlib
import json
import subprocess
import sys

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from roi.domain.uncertainty import (
    Bounded,
    Estimate,
    Sampler,
    Shape,
    Z,
    chance_below,
    spread,
    to_minor,
    total,
)

SAMPLER = Sampler(seed=7)
FEW = Sampler(seed=7, count=200)


def normal(mean, deviation):
    return Estimate(mean - Z * deviation, mean, mean + Z * deviation)


def case(shared, name):
    return json.loads((shared / "cases" / f"{name}.json").read_text())


# Published cases


@pytest.mark.real
@pytest.mark.parametrize("correlation", [0.0, 0.5])
def test_published_sum_of_normals(shared, correlation):
    published = case(shared, "mc-sum-of-normals")
    inputs, expected, near = published["inputs"], published["expected"], published["tolerance"]["rel"]
    sampler = Sampler(seed=7, correlation=correlation)
    pairs = zip(inputs["mu"], inputs["sd"], strict=True)
    draws = [sampler.draw(f"driver {i}", normal(*pair)) for i, pair in enumerate(pairs)]
    found = sum(draws)
    assert np.mean(found) == pytest.approx(expected["mean"], rel=near)
    if correlation:
        assert np.std(found) == pytest.approx(expected["with_rho_half"]["sd"], rel=near)
        return
    assert np.std(found) == pytest.approx(expected["sd"], rel=near)
    ends = spread(found, 7)
    assert ends.low == pytest.approx(expected["p10"], rel=near)
    assert ends.high == pytest.approx(expected["p90"], rel=near)
    assert ends.chance_below_zero == pytest.approx(expected["p_negative"], abs=published["tolerance"]["p"])
    assert sum(spread(draw, 7).high for draw in draws) == pytest.approx(expected["sum_of_p90"], rel=near)


@pytest.mark.real
def test_published_bounds_and_mode(shared):
    published = case(shared, "mc-triangular-pert")
    inputs, expected = published["inputs"], published["expected"]["pert"]
    bounded = Bounded(inputs["low"], inputs["mode"], inputs["high"])
    assert bounded.mean == pytest.approx(expected["mean"])
    assert bounded.variance == pytest.approx(expected["var_exact"])
    draws = SAMPLER.draw("any", bounded)
    assert np.mean(draws) == pytest.approx(expected["mean"], rel=1e-3)
    assert np.var(draws) == pytest.approx(expected["var_exact"], rel=1e-2)
    assert draws.min() >= inputs["low"]
    assert draws.max() <= inputs["high"]


# Shapes


@pytest.mark.parametrize(
    ("low", "likely", "high", "shape"),
    [
        (10, 20, 30, Shape.NORMAL),
        (10, 19.8, 30, Shape.NORMAL),
        (10, 19.7, 30, Shape.LOGNORMAL),
        (10, 20, 60, Shape.LOGNORMAL),
        (0, 20, 60, Shape.NORMAL),
        (-10, 20, 60, Shape.NORMAL),
        (5, 5, 5, Shape.CERTAIN),
    ],
)
def test_normal_when_symmetric_or_maybe_negative_else_lognormal(low, likely, high, shape):
    assert Estimate(low, likely, high).shape is shape


ENDS = st.tuples(*[st.integers(-(10**9), 10**9)] * 3).map(sorted)


@given(ENDS)
def test_t6_the_three_stated_numbers_come_back(ends):
    """Of five strata the first, third and last have their middles at P10, P50 and P90."""
    found = Estimate(*ends).quantiles(5).tolist()
    assert found == sorted(found)
    assert found[::2] == pytest.approx(ends, rel=1e-3, abs=1e-4 * (ends[2] - ends[0]))


@given(ENDS)
def test_what_is_positive_and_skewed_is_never_drawn_negative(ends):
    estimate = Estimate(*ends)
    if estimate.shape is Shape.LOGNORMAL:
        assert FEW.draw("any", estimate).min() >= 0


def test_a_drawn_range_is_the_stated_range():
    found = spread(SAMPLER.draw("any", Estimate(10, 20, 60)), 7)
    assert (found.low, found.likely, found.high) == pytest.approx((10, 20, 60), rel=1e-3)


def test_a_plain_normal_and_a_plain_lognormal_have_their_moments():
    draws = SAMPLER.draw("any", normal(100, 20))
    assert np.mean(draws) == pytest.approx(100, rel=1e-4)
    assert np.std(draws) == pytest.approx(20, rel=1e-3)
    sigma = np.log(2) / Z
    draws = SAMPLER.draw("any", Estimate(10, 20, 40))
    assert np.mean(draws) == pytest.approx(20 * np.exp(sigma**2 / 2), rel=1e-3)
    assert np.std(np.log(draws)) == pytest.approx(sigma, rel=1e-3)


def test_bounds_are_never_left():
    draws = SAMPLER.draw("any", Estimate(0.5, 0.8, 1.1, lowest=0, highest=1))
    assert draws.max() == 1
    assert np.median(draws) == pytest.approx(0.8, abs=1e-3)
    assert Sampler(7, 3).draw("any", Estimate(2, 2, 2, highest=1)).tolist() == [1, 1, 1]


def test_what_cannot_be_an_estimate_is_refused():
    with pytest.raises(ValueError, match="order"):
        Estimate(2, 1, 3)
    with pytest.raises(ValueError, match="bounds"):
        Bounded(1, 1, 1)
    with pytest.raises(ValueError, match="bounds"):
        Bounded(1, 5, 4)
    with pytest.raises(ValueError, match="sampler"):
        Sampler(1, correlation=1.5)
    with pytest.raises(ValueError, match="sampler"):
        Sampler(1, count=0)


# The same everywhere


def test_the_same_driver_has_the_same_draw_and_another_has_not():
    one, same = SAMPLER.draw("retention", normal(5, 2)), Sampler(7).draw("retention", normal(5, 2))
    assert (one == same).all()
    other = SAMPLER.draw("conversion", normal(5, 2))
    assert abs(np.corrcoef(one, other)[0, 1]) < 0.03
    assert (one != Sampler(8).draw("retention", normal(5, 2))).any()


def test_two_figures_on_one_driver_move_together():
    """Their difference has no spread at all; independent draws would have one."""
    value = SAMPLER.draw("retention", normal(5, 2))
    assert np.std(3 * value - 3 * SAMPLER.draw("retention", normal(5, 2))) == 0
    assert spread(value - SAMPLER.draw("conversion", normal(5, 2)), 7).high > 3


def fingerprint():
    draws = to_minor(Sampler(seed=11, count=1000).draw("driver", Estimate(1_000, 2_000, 7_000)))
    return hashlib.sha256(draws.astype("<i8").tobytes()).hexdigest()[:16]


def test_draws_are_those_of_every_machine_and_every_process(project):
    """A new version of the library below that draws otherwise changes figures, and has to be told as such."""
    assert fingerprint() == "6d5cab2c94cf7d3c"
    script = "from tests.domain.test_uncertainty import fingerprint; print(fingerprint())"
    done = subprocess.run(
        [sys.executable, "-c", script],
        cwd=project,
        env={"PYTHONHASHSEED": "3"},
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.strip() == fingerprint()


def test_a_correlation_keeps_each_drivers_own_range():
    together = Sampler(seed=7, correlation=0.5)
    for sampler in (SAMPLER, together):
        assert sorted(sampler.draw("a", normal(5, 2))) == sorted(SAMPLER.draw("b", normal(5, 2)))
    ranks = [np.argsort(np.argsort(together.draw(key, normal(5, 2)))) for key in "ab"]
    assert np.corrcoef(*ranks)[0, 1] == pytest.approx(0.48, abs=0.03)


# Sums and what they say


@given(st.permutations(["a", "b", "c", "d"]))
def test_a_sum_does_not_depend_on_its_order(keys):
    estimates = {key: Estimate(100 * i, 250 * i, 900 * i) for i, key in enumerate("abcd", 1)}
    found = total((to_minor(FEW.draw(key, estimates[key])) for key in keys), FEW.count)
    in_order = total((to_minor(FEW.draw(key, estimates[key])) for key in "abcd"), FEW.count)
    assert found.dtype == np.int64
    assert (found == in_order).all()


def test_ranges_of_sums_are_narrower_than_sums_of_ranges():
    parts = [to_minor(SAMPLER.draw(key, Estimate(100, 200, 300))) for key in "abcd"]
    found = spread(total(parts), 7)
    assert 4 * 100 < found.low < found.likely < found.high < 4 * 300
    assert found.likely == pytest.approx(800, abs=5)
    nothing = spread(total([]), 7)
    assert (nothing.low, nothing.likely, nothing.high) == (0, 0, 0)


def test_a_spread_names_its_seed_and_error():
    found = spread(np.array([-1.0, 1.0, 3.0, 5.0]), 42)
    assert (found.seed, found.count, found.chance_below_zero, found.mean) == (42, 4, 0.25, 2)
    assert found.mean_error == pytest.approx(1.96 * np.sqrt(5) / 2)
    assert chance_below(np.array([1, 2, 3]), 3) == pytest.approx(2 / 3)


def test_rounding_is_draw_by_draw():
    assert to_minor(np.array([0.4, 1.6, -1.6])).tolist() == [0, 2, -2]
    assert to_minor(np.array([1e30, -1e30])).tolist() == [10**15, -(10**15)]
