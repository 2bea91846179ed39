"""What an outcome is worth and whether it is confirmed: hand-checked answers and each rule's both sides."""

import json
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from roi.domain import outcomes as told
from roi.domain.money import SHARE_WHOLE
from roi.domain.returns import Range
from roi.domain.structure import (
    CASH_CLASSES,
    Confirmation,
    Epic,
    EpicKind,
    Grade,
    Outcome,
    Tick,
    Told,
    ValueBasis,
    ValueClass,
)

EPIC = Epic(
    "e", "Guided first lesson", "onboarding", EpicKind.FEATURE, date(2026, 1, 5), date(2026, 3, 31), 500_000
)
OUTCOME = Outcome(
    key="o",
    epic="e",
    metric="weekly active learners",
    unit="learners",
    direction="up",
    baseline=Decimal(1000),
    target_low=Decimal(1100),
    target_likely=Decimal(1200),
    target_high=Decimal(1400),
    value_class=ValueClass.REVENUE,
    owner="Olga",
    unit_value=Decimal("2.50"),
    currency="USD",
    value_basis=ValueBasis.BOOKED,
    grade=Grade.C,
    actual=Decimal(1150),
    read_on=date(2026, 6, 30),
    share_low=400_000,
    share_likely=600_000,
    share_high=800_000,
)
TICKS = {tick: Confirmation("o", tick, "Fiona", date(2026, 7, 1)) for tick in Tick}
NOW = Told(OUTCOME, EPIC.delivered)
THEN = dict.fromkeys(Tick, NOW)


def standing(outcome=OUTCOME, ticks=TICKS, then=None, line="margin"):
    now = NOW._replace(outcome=outcome)
    return told.standing(now, ticks, then or dict.fromkeys(Tick, now), line)


@pytest.mark.real
def test_published_okr_scores(shared):
    case = json.loads((shared / "cases" / "okr-scoring.json").read_text())
    results, expected = case["inputs"]["key_results"], case["expected"]

    def asked(result, actual):
        return replace(
            OUTCOME,
            baseline=Decimal(result["baseline"]),
            target_likely=Decimal(result["target"]),
            actual=Decimal(actual),
        )

    for result, answer in zip(results, expected["scores"], strict=True):
        assert told.score(asked(result, result["actual"])) == pytest.approx(answer * SHARE_WHOLE, abs=0.5)
    over = asked(results[0], expected["overshoot"]["actual"])
    assert told.progress(over) == pytest.approx(expected["overshoot"]["raw"] * SHARE_WHOLE, abs=0.5)
    assert told.score(over) == expected["overshoot"]["capped"] * SHARE_WHOLE
    wrong = asked(results[0], expected["wrong_way"]["actual"])
    assert told.progress(wrong) == pytest.approx(expected["wrong_way"]["raw"] * SHARE_WHOLE, abs=0.5)
    assert told.score(wrong) == expected["wrong_way"]["floored"] * SHARE_WHOLE


@pytest.mark.real
def test_d31_the_published_step_of_a_series_is_its_movement_from_before_to_after(shared):
    expected = json.loads((shared / "cases" / "cf-nile-step.json").read_text())["expected"]
    before, after, step = (Decimal(str(expected[name])) for name in ("pre_mean", "post_mean", "step"))
    moved = told.movement(replace(OUTCOME, baseline=before, direction="up"), after)
    assert moved == pytest.approx(step, abs=Decimal("0.0001"))


def test_t3_progress_is_unknown_before_a_reading_and_without_a_promise():
    assert told.progress(replace(OUTCOME, actual=None)) is None
    assert told.score(replace(OUTCOME, target_likely=OUTCOME.baseline)) is None


@pytest.mark.parametrize(
    ("actual", "expected"), [(1100, "met"), (1099, "partly"), (1001, "partly"), (1000, "not"), (900, "not")]
)
def test_landed_is_met_from_the_near_end_of_the_promise(actual, expected):
    assert told.landed(replace(OUTCOME, actual=Decimal(actual))) == expected


@pytest.mark.parametrize(("actual", "expected"), [(8, "met"), (9, "partly"), (10, "not"), (11, "not")])
def test_lower_is_better_whichever_way_the_range_was_typed(actual, expected):
    for low, high in ((8, 5), (5, 8)):
        churn = replace(
            OUTCOME,
            direction="down",
            baseline=Decimal(10),
            target_low=Decimal(low),
            target_likely=Decimal(6),
            target_high=Decimal(high),
            actual=Decimal(actual),
        )
        assert told.landed(churn) == expected
    assert told.landed(replace(OUTCOME, actual=None)) == ""


def test_v10_a_month_is_movement_by_unit_value_by_share():
    # 150 learners more, $2.50 each, of which 40, 60 or 80 % is due to this work.
    assert told.measured_month(OUTCOME) == Range(15_000, 22_500, 30_000)


def test_a_month_is_rounded_once_half_away_from_zero():
    odd = replace(OUTCOME, actual=Decimal("1000.001"), unit_value=Decimal(5), share_likely=SHARE_WHOLE)
    assert told.monthly_value(odd, Decimal("1000.001"), (SHARE_WHOLE,) * 3) == Range(1, 1, 1)
    assert told.monthly_value(odd, Decimal("999.999"), (SHARE_WHOLE,) * 3) == Range(-1, -1, -1)


def test_money_follows_its_currency_s_minor_units():
    assert told.measured_month(replace(OUTCOME, currency="JPY", unit_value=Decimal(2))) == Range(
        120, 180, 240
    )
    assert told.measured_month(replace(OUTCOME, currency="")) is None


def test_v12_a_movement_for_the_worse_is_a_loss_with_its_ends_in_order():
    worse = replace(OUTCOME, actual=Decimal(900))
    assert told.measured_month(worse) == Range(-20_000, -15_000, -10_000)


def test_expected_month_is_the_promised_range_at_the_likely_share():
    assert told.expected_month(OUTCOME) == Range(15_000, 30_000, 60_000)
    assert told.expected_month(replace(OUTCOME, share_likely=None)) == Range(25_000, 50_000, 100_000)
    assert told.expected_month(replace(OUTCOME, unit_value=None)) is None


def test_v10_three_ticks_by_somebody_else_confirm():
    found = standing()
    assert found.is_confirmed
    assert found.to_month == 202606


@pytest.mark.parametrize("tick", list(Tick))
def test_v10_each_tick_is_needed(tick):
    found = standing(ticks={other: TICKS[other] for other in Tick if other is not tick})
    assert not found.is_confirmed
    assert "not confirmed" in found.why_not


@pytest.mark.parametrize("name", ["Olga", " olga ", "OLGA"])
@pytest.mark.parametrize("tick", list(Tick))
def test_v10_a_tick_by_the_owner_is_her_own_word(tick, name):
    found = standing(ticks={**TICKS, tick: replace(TICKS[tick], confirmed_by=name)})
    assert found.is_own_word
    assert not found.is_confirmed
    assert told.state(OUTCOME, EPIC, found, None) == "self-confirmed"


def test_v10_her_own_ticks_stay_her_own_word_when_the_outcome_is_handed_on():
    handed_on = replace(OUTCOME, owner="Otto")
    hers = {**TICKS, Tick.SHARE: replace(TICKS[Tick.SHARE], confirmed_by="Olga")}
    found = standing(handed_on, hers, THEN)
    assert found.own_ticks == {Tick.SHARE}
    assert not found.is_confirmed
    assert standing(handed_on, TICKS, THEN).is_confirmed


@pytest.mark.parametrize(
    ("edit", "why"),
    [
        ({"value_basis": ValueBasis.ASSUMED}, "assumed"),
        ({"grade": Grade.E}, "grade E"),
        ({"unit_value": None}, "no unit value"),
        ({"share_likely": None}, "no share"),
        ({"actual": None}, "not read"),
        ({"value_class": ValueClass.NOT_FINANCIAL}, "not financial"),
    ],
)
def test_v7_v10_what_can_never_be_confirmed_says_why(edit, why):
    found = standing(replace(OUTCOME, **edit))
    assert not found.is_confirmed
    assert why in found.why_not


@pytest.mark.parametrize("value_class", sorted(ValueClass))
def test_v8_money_of_a_cash_class_is_confirmed_on_a_line_of_the_company_s_results(value_class):
    """What is avoided, released or reduced shows on no line by its nature."""
    found = standing(replace(OUTCOME, value_class=value_class), line="")
    assert (found.why_not == told.NO_LINE) is (value_class in CASH_CLASSES)
    assert standing(replace(OUTCOME, value_class=value_class)).why_not != told.NO_LINE


@pytest.mark.parametrize("edit", [{"value_basis": ValueBasis.AGREED}, {"grade": Grade.D}])
def test_v7_v10_the_next_better_one_can(edit):
    assert standing(replace(OUTCOME, **edit)).is_confirmed


@pytest.mark.parametrize(
    ("edit", "what"),
    [
        ({"actual": Decimal(1300)}, "the movement"),
        ({"baseline": Decimal(900)}, "the movement"),
        ({"read_on": date(2026, 9, 30)}, "the movement"),
        ({"unit_value": Decimal(25)}, "the unit value"),
        ({"value_basis": ValueBasis.AGREED}, "the unit value"),
        ({"share_likely": 700_000}, "the share"),
        ({"grade": Grade.A}, "the share"),
    ],
)
def test_v10_what_is_edited_after_its_tick_is_not_confirmed(edit, what):
    found = standing(replace(OUTCOME, **edit), then=THEN)
    assert not found.is_confirmed
    assert found.why_not.startswith(what)


@pytest.mark.parametrize("delivered", [date(2026, 2, 28), None])
def test_v10_a_delivery_moved_after_the_tick_confirms_no_more_months(delivered):
    found = told.standing(Told(OUTCOME, delivered), TICKS, THEN, "margin")
    assert not found.is_confirmed
    assert found.why_not.startswith("the movement")


def test_v10_a_tick_on_an_outcome_that_nobody_had_told_is_none():
    assert not told.standing(NOW, TICKS, {Tick.SHARE: NOW, Tick.UNIT_VALUE: NOW}, "margin").is_confirmed


def test_v10_an_edit_that_no_tick_is_about_keeps_the_confirmation():
    assert standing(replace(OUTCOME, evidence="dashboard 12"), then=THEN).is_confirmed


def test_v10_a_tick_holds_up_to_its_valid_to():
    ends = {**TICKS, Tick.UNIT_VALUE: replace(TICKS[Tick.UNIT_VALUE], valid_to=date(2026, 5, 31))}
    assert standing(ticks=ends).to_month == 202605
    later = {**TICKS, Tick.UNIT_VALUE: replace(TICKS[Tick.UNIT_VALUE], valid_to=date(2027, 5, 31))}
    assert standing(ticks=later).to_month == 202606


@pytest.mark.parametrize(
    ("value_class", "basis", "expected"),
    [
        (ValueClass.REVENUE, ValueBasis.AGREED, True),
        (ValueClass.RETENTION, ValueBasis.AGREED, True),
        (ValueClass.COST_REDUCTION, ValueBasis.BOOKED, True),
        (ValueClass.COST_REDUCTION, ValueBasis.AGREED, False),
        (ValueClass.COST_AVOIDED, ValueBasis.BOOKED, False),
        (ValueClass.RELEASED_TIME, ValueBasis.BOOKED, False),
        (ValueClass.RISK_REDUCED, ValueBasis.BOOKED, False),
    ],
)
def test_v6_v13_what_counts_as_cash(value_class, basis, expected):
    assert told.is_cash(replace(OUTCOME, value_class=value_class, value_basis=basis)) is expected


UNREAD = replace(OUTCOME, actual=None, read_on=None)


@pytest.mark.parametrize(
    ("today", "expected"),
    [
        (date(2026, 6, 29), "anticipated"),
        (date(2026, 6, 30), "reading due"),
        (date(2026, 7, 14), "reading due"),
        (date(2026, 7, 15), "overdue"),
        (None, "anticipated"),
    ],
)
def test_a_reading_is_due_three_months_after_delivery_and_overdue_two_weeks_later(today, expected):
    assert told.due_on(UNREAD, EPIC) == date(2026, 6, 30)  # 31 March + 3 months: June has 30 days
    assert told.state(UNREAD, EPIC, standing(UNREAD), today) == expected


def test_the_agreed_date_stands_above_the_default():
    assert told.due_on(replace(UNREAD, by_when=date(2026, 12, 1)), EPIC) == date(2026, 12, 1)
    assert told.due_on(UNREAD, replace(EPIC, delivered=None)) is None
    assert told.days_late(OUTCOME, EPIC, date(2027, 1, 1)) is None


def test_a_read_outcome_is_measured_until_it_is_confirmed():
    assert told.state(OUTCOME, EPIC, standing(ticks={}), date(2027, 1, 1)) == "measured"
    assert told.state(OUTCOME, EPIC, standing(), None) == "confirmed"
