"""An outcome in the making: its sentence, its guardrails, and what it becomes."""

from datetime import date
from decimal import Decimal

import pytest

from roi.commands.checks.outcome_checks import output_word
from roi.domain.structure import Grade, ValueBasis, ValueClass
from roi.ui.outcomes import draft, promise

FULL = {
    "epic": "guided",
    "metric": "users finishing onboarding in 7 days",
    "unit": "%",
    "baseline": "62",
    "target_low": "72",
    "target_likely": "80",
    "target_high": "85%",
    "by_when": date(2026, 9, 30),
    "value_class": ValueClass.REVENUE,
    "unit_value": "5500",
    "currency": "USD",
    "value_basis": ValueBasis.AGREED,
    "owner": "R. Silva",
    "grade": Grade.B,
    "share": (60, 100),
}


def text(markup):
    import re

    return re.sub(r"<[^>]+>", "", markup)


def test_the_live_sentence_says_promise_worth_and_owner():
    said = text(draft.sentence({**FULL, "share": (100, 100)}))
    assert said == (
        "We expect users finishing onboarding in 7 days to move from 62% to 80% (72%–85%) by 30 Sep 2026, "
        "worth about $1.19M a year ($0.66M–$1.52M), owned by R. Silva."
    )


def test_what_should_be_there_by_now_or_was_given_up_was_expected():
    assert text(draft.sentence(FULL, is_over=True)).startswith("We expected users finishing onboarding ")
    unsaid = text(draft.sentence({**FULL, "unit_value": ""}, unsaid="nobody has said how much"))
    assert "worth (nobody has said how much), owned by" in unsaid


def test_gaps_are_shown_as_gaps_and_never_as_zero():
    said = text(draft.sentence({}))
    assert "(what changes)" in said
    assert "(an owner)" in said
    assert "0" not in said


def test_a_target_that_is_none_yet_is_a_gap_and_not_another_target():
    said = text(draft.sentence({**FULL, "target_low": "90", "target_high": "abc"}))
    assert "from 62% to (its target) by 30 Sep 2026, worth (how much)" in said
    assert "90%" not in said


def test_more_digits_than_are_real_are_no_number_and_said_so():
    (issue,) = draft.problems({**FULL, "unit_value": "1" + 30 * "0"})
    assert issue.message == "“One unit, a month” is too large to be real"
    assert draft.no_number("1" + 30 * "0") == "a number less than 100,000,000,000,000"


def test_what_is_finer_than_anything_written_is_not_called_large():
    (issue,) = draft.problems({**FULL, "unit_value": "0." + 40 * "0" + "1"})
    assert issue.message == "“One unit, a month” is too fine to be real"
    assert issue.expected == "of at most 30 decimals"


def test_what_is_not_financial_is_never_given_an_amount():
    said = text(draft.sentence({**FULL, "value_class": ValueClass.NOT_FINANCIAL, "unit_value": ""}))
    assert "not counted as money" in said
    assert "$" not in said


def test_markup_in_what_was_typed_is_text():
    assert "<script>" not in draft.sentence({**FULL, "metric": "<script>alert(1)</script>"})


@pytest.mark.parametrize(
    "metric",
    [
        "launch the new onboarding",
        "Migration to the cloud",
        "features shipped",
        "stories finished",
        "Build it",
    ],
)
def test_work_done_is_caught_as_an_output(metric):
    assert output_word(metric)


@pytest.mark.parametrize(
    "metric",
    [
        "users finishing onboarding",
        "churn of small schools",
        "hours of downtime",
        "hours from a finished change to learners",
        "lessons finished with the tutor",
        "parcels delivered within a day",
    ],
)
def test_an_effect_is_no_output(metric):
    assert output_word(metric) == ""


@pytest.mark.parametrize(
    ("typed", "read"), [("62", "62"), ("62%", "62"), ("3,5", "3.5"), ("1,200", "1200"), ("−4", "-4")]
)
def test_levels_are_read_as_people_type_them(typed, read):
    assert draft.number(typed) == Decimal(read)


@pytest.mark.parametrize("typed", ["", "about 60", "NaN", "1e9", None])
def test_what_is_no_level_is_none(typed):
    assert draft.number(typed) is None


def test_a_full_form_misses_nothing_and_an_empty_one_says_what():
    assert draft.missing(FULL) == ()
    assert "the owner" in draft.missing({"epic": "x"})
    assert "its team" in draft.missing({**FULL, "epic": draft.NEW})


def test_a_falling_metric_is_a_gain_when_less_is_promised():
    made = draft.outcome(
        {**FULL, "baseline": "9", "target_low": "7", "target_likely": "6", "target_high": "5"}, "e", "k"
    )
    assert made.direction == "down"
    assert (made.share_low, made.share_likely, made.share_high) == (600_000, 800_000, 1_000_000)


def test_targets_out_of_order_and_empty_promises_are_told():
    assert {issue.code for issue in draft.problems({**FULL, "target_likely": "99"})} == {"order"}
    assert {issue.code for issue in draft.problems({**FULL, "baseline": "80"})} == {"no_change"}
    assert {issue.code for issue in draft.problems({**FULL, "baseline": "much"})} == {"number"}
    assert draft.problems(FULL) == ()


def test_keys_are_short_plain_and_unique():
    assert draft.key_for("Zoë’s guided lesson", set()) == "zoes-guided-lesson"
    assert draft.key_for("Guided", {"guided"}) == "guided-2"
    assert draft.key_for("学习", set()) == "item"


def test_an_outcome_can_be_typed_again_from_itself():
    made = draft.outcome(FULL, "guided", "k")
    assert draft.outcome(draft.values_of(made), "guided", "k") == made


def test_the_promised_band_is_measured_on_the_likely_promise():
    made = draft.outcome(FULL, "e", "k")
    low, high = promise.band(made)
    assert (low, high) == (555_556, 1_277_778)


def test_levels_are_printed_with_their_unit_and_a_true_minus():
    assert promise.level(Decimal("62.50"), "%") == "62.5%"
    assert promise.level(Decimal(-1200), "days") == "−1,200 days"
