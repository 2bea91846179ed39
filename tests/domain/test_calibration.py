"""Forecast quality: published scores, another program, hand-checked records, and nobody judged by name."""

import json
from dataclasses import fields
from decimal import Decimal
from statistics import fmean

import pytest
from hypothesis import given
from hypothesis import strategies as st

from roi.domain.calibration import (
    INSIDE,
    Calibration,
    Forecast,
    Group,
    GroupKind,
    brier,
    brier_skill,
    calibration,
    chance_between_extremes,
    chance_of_at_most,
    haircut,
    interval_score,
    reliability,
    wilson,
)

COMPANY, STREAM, TEAM = (
    Group(GroupKind.COMPANY, ""),
    Group(GroupKind.VALUE_STREAM, "learn"),
    Group(GroupKind.TEAM, "search"),
)
ABOVE = {TEAM: STREAM, STREAM: COMPANY}


def case(shared, name):
    return json.loads((shared / "cases" / f"{name}.json").read_text())


def forecast(actual, groups=(TEAM, STREAM, COMPANY), ends=(80, 100, 120), weight=None):
    low, likely, high = map(Decimal, ends)
    came = None if actual is None else Decimal(actual)
    return Forecast(low, likely, high, came, frozenset(groups), weight)


# Published cases


@pytest.mark.real
def test_published_brier_and_skill(shared):
    published = case(shared, "cal-brier-sklearn")
    came, chances = published["inputs"]["outcome"], published["inputs"]["prob"]
    assert brier(came, chances).value == pytest.approx(published["expected"]["brier"], abs=1e-9)
    assert 2 * brier(came, chances).value == pytest.approx(
        published["expected"]["brier_two_category"], abs=1e-9
    )
    assert brier_skill(came, chances).value == pytest.approx(
        published["expected"]["brier_skill_score"], abs=1e-9
    )
    always = [fmean(came)] * len(came)
    assert brier(came, always).value == pytest.approx(published["expected"]["base_rate_brier"], abs=1e-9)
    assert brier_skill(came, always).value == pytest.approx(0, abs=1e-9)


@pytest.mark.real
def test_published_curve(shared):
    published = case(shared, "cal-curve-sklearn")
    inputs, expected = published["inputs"], published["expected"]
    assert reliability(inputs["outcome"], inputs["prob"]).reason.startswith("9 forecasts are too few")
    points = reliability(inputs["outcome"], inputs["prob"], bins=inputs["n_bins"], fewest=1).value
    assert [point.came for point in points] == pytest.approx(expected["observed"])
    assert [point.stated for point in points] == pytest.approx(expected["mean_forecast"])
    assert [point.count for point in points] == expected["count"]


@pytest.mark.real
def test_published_wilson_intervals(shared):
    published = case(shared, "cal-wilson")
    for (hits, count), expected in zip(
        published["inputs"]["cases"], published["expected"]["intervals"], strict=True
    ):
        found = wilson(hits, count, published["inputs"]["level"])
        assert (found.low, found.high) == pytest.approx(expected, abs=1e-9)
        assert found.share == hits / count


@pytest.mark.real
def test_published_rule_of_five(shared):
    published = case(shared, "cal-rule-of-five")
    assert chance_between_extremes(published["inputs"]["n"]) == published["expected"]["probability"]
    needed = next(count for count in range(2, 20) if chance_between_extremes(count) >= 0.95)
    assert needed == published["expected"]["n_needed_for_95"]


# Another program

FACTS = st.lists(st.tuples(st.booleans(), st.integers(0, 100)), min_size=20, max_size=40)


@given(FACTS)
def test_brier_and_curve_are_those_of_another_program(facts):
    from sklearn.calibration import calibration_curve  # slow to load, and only one process runs this
    from sklearn.metrics import brier_score_loss

    came, chances = [fact for fact, _ in facts], [percent / 100 for _, percent in facts]
    expected = brier_score_loss(came, chances, labels=[False, True])
    assert brier(came, chances).value == pytest.approx(expected)
    if len(set(came)) == 2:
        observed, stated = calibration_curve(came, chances, n_bins=4)
        points = reliability(came, chances, bins=4).value
        assert [point.came for point in points] == pytest.approx(observed.tolist())
        assert [point.stated for point in points] == pytest.approx(stated.tolist())
        assert sum(point.count for point in points) == len(came)


# By hand


def test_t3_scores_without_enough_have_a_reason():
    assert brier([], []).value is None
    assert brier_skill([], []).value is None
    assert brier_skill([True, True], [0.9, 0.8]).reason.startswith("all came out alike")
    with pytest.raises(ValueError, match="hits"):
        wilson(0, 0, 0.95)
    with pytest.raises(ValueError, match="hits"):
        wilson(3, 2, 0.95)


def test_an_interval_score_is_its_width_plus_ten_times_the_miss():
    """At P10 to P90, 2 ÷ 0.2 = 10."""
    assert interval_score(Decimal(80), Decimal(120), Decimal(100)) == 40
    assert interval_score(Decimal(80), Decimal(120), Decimal(120)) == 40
    assert interval_score(Decimal(80), Decimal(120), Decimal(121)) == 50
    assert interval_score(Decimal(80), Decimal(120), Decimal(70)) == 140


def test_a_record_by_hand():
    actuals = [100, 110, 80, 50, 120, 40, 100, 0]  # the last one was cancelled
    found = calibration(TEAM, [forecast(actual) for actual in actuals], ABOVE).value
    assert (found.asked, found.judged, found.count, found.pending) == (TEAM, TEAM, 8, 0)
    assert found.realisation == pytest.approx(0.75)
    assert found.bias == pytest.approx(-0.25)
    assert found.median_ratio == pytest.approx(0.9)
    assert (found.hits, found.hit_rate.share, found.hit_rate.level) == (5, 0.625, INSIDE)
    assert found.hit_rate.low < 0.625 < found.hit_rate.high
    assert found.interval_score == pytest.approx(0.4 + 10 * (0.3 + 0.4 + 0.8) / 8)
    assert not found.is_overconfident


def test_t11_what_is_not_read_is_pending_and_not_zero():
    forecasts = [forecast(100)] * 8 + [forecast(None)] * 3
    found = calibration(TEAM, forecasts, ABOVE).value
    assert (found.count, found.pending, found.realisation) == (8, 3, 1)


def test_below_eight_the_group_above_is_used():
    own = [forecast(50)] * 7
    stream = [forecast(150, (STREAM, COMPANY))] * 7
    assert calibration(TEAM, [*own, forecast(50)], ABOVE).value.judged is TEAM
    found = calibration(TEAM, own + stream, ABOVE).value
    assert (found.asked, found.judged, found.count, found.realisation) == (TEAM, STREAM, 14, 1)
    reason = calibration(TEAM, own, ABOVE).reason
    assert reason.startswith("fewer than 8 forecasts are read")
    assert reason.endswith("of the whole company")


def test_different_metrics_are_added_by_what_they_promised_in_money():
    """Half of a large promise and all of a small one is little more than half."""
    large = forecast(5, ends=(8, 10, 12), weight=Decimal(900))
    small = forecast(100, weight=Decimal(100))
    found = calibration(TEAM, [large] * 4 + [small] * 4, ABOVE).value
    assert found.realisation == pytest.approx(0.55)
    assert found.median_ratio == pytest.approx(0.75)


def test_t3_nothing_promised_is_no_record():
    nothing = [forecast(5, ends=(0, 0, 0))] * 8
    assert calibration(TEAM, nothing, ABOVE).reason.startswith("nothing was promised")


def test_seven_of_ten_prove_nothing_and_three_of_ten_do():
    assert chance_of_at_most(7, 10, INSIDE) == pytest.approx(0.3222, abs=1e-4)
    assert chance_of_at_most(10, 10, INSIDE) == pytest.approx(1)
    hit, miss = forecast(100), forecast(0)
    seven = calibration(TEAM, [hit] * 7 + [miss] * 3, ABOVE).value
    three = calibration(TEAM, [hit] * 3 + [miss] * 7, ABOVE).value
    assert (seven.is_overconfident, three.is_overconfident) == (False, True)


def test_a_haircut_weighs_the_own_record_with_n_of_n_and_ten():
    own = calibration(TEAM, [forecast(60)] * 10, ABOVE).value
    company = calibration(COMPANY, [forecast(60)] * 10 + [forecast(100, (COMPANY,))] * 30, ABOVE).value
    found = haircut(own, company)
    assert (found.own, found.above, found.weight) == (pytest.approx(0.6), pytest.approx(0.9), 0.5)
    assert found.of(Decimal(1000)) == 750
    assert haircut(company, company).of(Decimal(1000)) == 900


def test_d32_no_person_can_be_judged():
    assert {kind.value for kind in GroupKind} == {"team", "kind", "value_stream", "company"}
    named = {*Forecast._fields, *(field.name for field in fields(Calibration))}
    assert not named & {"owner", "person", "confirmed_by", "author"}


# Laws


@given(st.integers(1, 200), st.data(), st.sampled_from([0.8, 0.95]))
def test_a_wilson_interval_holds_its_share_and_stays_between_nothing_and_all(count, data, level):
    found = wilson(data.draw(st.integers(0, count)), count, level)
    assert 0 <= found.low <= found.share <= found.high <= 1
    assert found.low < found.high


@given(st.lists(st.integers(-50, 250), min_size=8, max_size=20), st.randoms())
def test_a_record_does_not_depend_on_the_order(actuals, random):
    forecasts = [forecast(actual) for actual in actuals]
    shuffled = random.sample(forecasts, len(forecasts))
    one, other = (calibration(TEAM, some, ABOVE).value for some in (forecasts, shuffled))
    assert (one.hits, one.count) == (other.hits, other.count)
    assert one.realisation == pytest.approx(other.realisation)
    assert one.interval_score == pytest.approx(other.interval_score)


@given(st.floats(0, 1), st.lists(st.booleans(), min_size=1, max_size=20))
def test_always_saying_what_comes_is_perfect_and_the_contrary_is_worst(chance, came):
    assert brier(came, [1.0 * fact for fact in came]).value == 0
    assert brier(came, [1.0 * (not fact) for fact in came]).value == 1
    assert 0 <= brier(came, [chance] * len(came)).value <= 1


def test_the_chance_of_few_hits_is_told_for_thousands_of_forecasts_too():
    """The last is a table of the binomial distribution."""
    assert chance_of_at_most(12_000, 20_000, 0.8) == pytest.approx(0, abs=1e-12)
    assert chance_of_at_most(16_000, 20_000, 0.8) == pytest.approx(0.5, abs=0.01)
    assert chance_of_at_most(20_000, 20_000, 0.8) == pytest.approx(1, abs=1e-9)
    assert chance_of_at_most(4, 8, 0.8) == pytest.approx(0.0562816, abs=1e-7)
