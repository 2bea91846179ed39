"""What is claimed twice, above a cap, or after an end counts once or nothing (T4, V8, V12).

Every company here is Alder in the first quarter of 2015 (see `valuing`).
"""

from datetime import date

import pytest

from roi.domain.periods import Span
from tests.reports.valuing import (
    EPIC_PLAN,
    READ,
    confirmed,
    items,
    line,
    look,
    plan,
)


def test_t4_two_outcomes_on_one_metric_count_at_most_the_movement(returning, executive):
    same = {"metric": "weekly active learners", "share_likely": 700_000, "share_high": 700_000}
    returning.outcome("again", "desk", **READ, **same)
    returning.confirm("again")
    assert confirmed(returning, executive) == 200_000  # not 0.5 + 0.7 of it
    assert look(returning, executive).checks.overlap_removed.value == 40_000


def test_t4_a_copy_counts_nothing_even_when_it_says_so_through_its_epic(returning, executive):
    returning.epic("copy", "onboarding", date(2015, 1, 5), delivered=date(2015, 1, 20), planned_share=0)
    returning.put("epic_plan", {**EPIC_PLAN, "epic": "copy", "copied_from": "lesson"})
    returning.outcome("copied", "copy", **READ, metric="Weekly  ACTIVE learners")
    returning.confirm("copied")
    assert confirmed(returning, executive) == 100_000
    why = items(returning, executive)["copied"].why_not
    assert why == "counted once, with “weekly active learners” of Epic lesson"


def test_t4_a_copy_of_a_copy_counts_with_the_first_also_while_the_one_between_is_not_confirmed(
    returning, executive
):
    _copied(returning, "outcome")
    returning.end("confirmation", ("copied", "movement"))
    returning.outcome("copied again", "copy", **READ)
    plan(returning, "copied again", line="growth", cell="all", copied_from="copied")
    returning.confirm("copied again")
    assert confirmed(returning, executive) == 100_000
    why = items(returning, executive)["copied again"].why_not
    assert why == "counted once, with “weekly active learners” of Epic lesson"


@pytest.mark.parametrize(
    "worded",
    [{"metric": "Learners who come back"}, {"unit": "people"}, {"metric": "Returning", "unit": "people"}],
)
@pytest.mark.parametrize("declared", ["outcome", "epic"])
def test_t4_a_copy_stays_one_whatever_words_it_was_given_since(returning, executive, declared, worded):
    _copied(returning, declared, **worded)
    assert confirmed(returning, executive) == 100_000
    assert items(returning, executive)["copied"].why_not.startswith("counted once, with ")


def test_v8_a_copy_on_another_line_stays_one_and_takes_no_room_there(returning, executive):
    line(returning, (201502, 500_000), (201503, 500_000))
    _copied(returning, "outcome", metric="Returning", line="sales", cell="all")
    assert confirmed(returning, executive) == 100_000
    assert items(returning, executive)["copied"].claim.place == ("growth", "all")


def test_v8_a_copy_on_another_segment_of_the_line_is_money_of_its_own(returning, executive):
    returning.put("line_cell", {"line": "growth", "cell": "abroad", "name": "Abroad", "segments": ""})
    _copied(returning, "outcome", cell="abroad")
    assert confirmed(returning, executive) == 200_000


@pytest.mark.parametrize("value_class", ["not_financial", "revenue"])
@pytest.mark.parametrize("declared", ["outcome", "epic"])
def test_v8_a_copy_of_what_counts_no_money_stays_within_the_cap_of_its_own_segment(
    returning, executive, declared, value_class
):
    line(returning, (201502, 60_000), (201503, 60_000))
    returning.outcome("learners", "lesson", **READ, value_class=value_class)
    plan(returning, "learners", line="", cell="")
    _copied(returning, declared, line="sales")
    assert items(returning, executive)["copied"].claim.place == ("sales", "all")
    assert confirmed(returning, executive) == 60_000, "half of the cap in both months"
    returning.outcome("copied twice", "copy", **READ, metric="in other words")
    plan(returning, "copied twice", line="sales", cell="all", copied_from="learners")
    returning.confirm("copied twice")
    assert confirmed(returning, executive) == 60_000, "and once"


@pytest.mark.parametrize(("actual", "counts"), [("1100", None), ("900", -100_000)])
def test_v8_a_copy_turns_what_shows_on_no_line_into_no_cash(returning, executive, actual, counts):
    returning.outcome("learners", "lesson", **READ, value_class="cost_avoided")
    plan(returning, "learners", line="", cell="")
    returning.end("confirmation", ("learners", "movement"))
    _copied(returning, "outcome", actual=actual)
    assert confirmed(returning, executive) == counts


@pytest.mark.parametrize(("actual", "counts"), [("1100", 100_000), ("900", 0)])
def test_t4_of_a_copy_in_another_currency_only_a_loss_counts(returning, executive, actual, counts):
    its = {"currency": "USD", "target": "GBP", "basis": "average", "rate_source": "a test"}
    rows = ({**its, "month": month, "rate_billionths": 10**9} for month in (201501, 201502, 201503))
    returning.put("exchange_rate", *rows)
    _copied(returning, "outcome", currency="USD", line="growth USD", actual=actual)
    assert confirmed(returning, executive) == counts
    assert bool(items(returning, executive)["copied"].why_not) is (actual == "1100")


def test_t4_a_measure_that_a_copied_epic_has_besides_is_no_copy(returning, executive):
    _copied(returning, "epic")
    returning.outcome("besides", "copy", **READ, metric="Something else")
    plan(returning, "besides", line="growth", cell="all")
    returning.confirm("besides")
    assert confirmed(returning, executive) == 200_000
    assert items(returning, executive)["besides"].why_not == ""


def _copied(returning, declared, line="growth", cell="all", **worded):
    """A second epic beside `lesson`, read like it, of which one or the other says that it is a copy."""
    returning.epic("copy", "onboarding", date(2015, 1, 5), delivered=date(2015, 1, 20), planned_share=0)
    is_epic = declared == "epic"
    returning.put("epic_plan", {**EPIC_PLAN, "epic": "copy", "copied_from": "lesson" if is_epic else ""})
    returning.outcome("copied", "copy", **{**READ, "metric": "Weekly  ACTIVE learners", **worded})
    plan(returning, "copied", line=line, cell=cell, copied_from="" if is_epic else "learners")
    returning.confirm("copied")


def test_v8_a_cap_cuts_claims_of_different_metrics_on_one_cell(returning, executive):
    line(returning, (201502, 60_000), (201503, 500_000))
    returning.outcome("signups", "desk", **READ)
    for key in ("learners", "signups"):
        plan(returning, key, line="sales", cell="all")
    returning.confirm("signups")
    assert confirmed(returning, executive) == 60_000 // 2 + 100_000  # pools of £1000 each are cut to £300
    assert look(returning, executive).checks.overlap_removed.value > 0


def test_v8_a_month_without_a_cap_is_not_cut(returning, executive):
    line(returning, (201502, 60_000))
    plan(returning, "learners", line="sales", cell="all")
    months = items(returning, executive)["learners"].by_month
    assert [one.amount for one in months] == [30_000, 50_000]


def test_v8_room_in_one_month_does_not_undo_the_cap_of_another(returning, executive):
    line(returning, (201502, 60_000))
    plan(returning, "learners", line="sales", cell="all")
    found = look(returning, executive).confirmed
    assert found.value == 80_000
    assert found.low == pytest.approx(80_000 * 400 / 500, rel=0.01)
    assert found.high == pytest.approx(80_000 * 600 / 500, rel=0.01)


def test_v12_a_frozen_share_holds_a_loss_and_does_not_lift_a_gain(returning, executive):
    plan(returning, "learners", planned_share=300_000)
    assert confirmed(returning, executive) == 60_000
    plan(returning, "learners", planned_share=800_000)
    assert confirmed(returning, executive) == 100_000
    returning.outcome("learners", "lesson", actual="900", read_on=date(2015, 3, 31))
    returning.confirm("learners", by="Frank", ticks="movement")
    assert confirmed(returning, executive) == -160_000


def test_v9_what_is_not_financial_takes_no_part_of_a_loss_on_the_same_measure(returning, executive):
    worse = {**READ, "actual": "900", "metric": "waiting", "value_class": "cost_avoided"}
    returning.outcome("waits", "desk", **worse)
    plan(returning, "waits", line="", cell="")
    returning.end("confirmation", *(("waits", tick) for tick in ("movement", "unit_value", "share")))
    returning.confirm("waits")
    before = look(returning, executive).protected.value
    assert before < 0
    returning.outcome("survey", "lesson", **{**worse, "value_class": "not_financial", "unit_value": ""})
    plan(returning, "survey", line="", cell="", planned_share=400_000)
    assert look(returning, executive).protected.value == before
    assert items(returning, executive)["survey"].value is None


def test_v12_a_written_off_claim_keeps_its_loss_and_loses_its_gain(returning, executive):
    closure = {
        "ended_on": date(2015, 4, 5),
        "ended_by": "written_off",
        "landed": "",
        "learned": "",
        "reason": "x",
    }
    returning.put("closure", {**closure, "outcome": "learners"})
    assert confirmed(returning, executive) is None
    found = items(returning, executive)["learners"]
    assert (found.state, found.why_not) == (
        "written off",
        "written off after the reading: its gain counts nothing",
    )
    assert _why_not_in_january(returning, executive) == "written off: its gain counts nothing"
    returning.put("closure", {**closure, "outcome": "learners", "ended_by": "dropped"})
    assert items(returning, executive)["learners"].why_not.startswith("dropped after the reading")
    assert _why_not_in_january(returning, executive) == "dropped: its gain counts nothing"
    returning.outcome("learners", "lesson", actual="900", read_on=date(2015, 3, 31))
    returning.confirm("learners", by="Frank", ticks="movement")
    assert confirmed(returning, executive) == -100_000


def _why_not_in_january(built, actor):
    """In a month that no reading covers."""
    return items(built, actor, span=Span(201501, 201501))["learners"].why_not


def test_v12_a_cancelled_epic_keeps_its_cost_and_counts_nothing(returning, executive):
    ended = {"ended_on": date(2015, 2, 10), "ended_by": "cancelled", "ended_because": "no demand"}
    returning.put("epic_plan", {**EPIC_PLAN, "epic": "lesson", **ended})
    report = look(returning, executive)
    assert (report.confirmed.value, report.cost.value) == (None, 560_000)


def test_v12_a_claim_registered_after_the_reading_counts_nothing(returning, executive):
    plan(returning, "learners", agreed_on=date(2015, 4, 1))
    assert items(returning, executive)["learners"].why_not == "registered after the reading"
    plan(returning, "learners", agreed_on=date(2015, 3, 31))
    assert confirmed(returning, executive) == 100_000
