"""What each outcome counts: readings, chains, savings, capacity, disputes (V4, V9 to V11, V13, V14).

Every company here is Alder in the first quarter of 2015 (see `valuing`).
"""

from datetime import date

import pytest

from roi.reports import team
from roi.reports.loop import sofar
from roi.reports.shapes import Scope
from tests.reports import value_rows
from tests.reports.valuing import (
    READ,
    TODAY,
    confirmed,
    earlier,
    items,
    line,
    look,
    plan,
)

# Readings (V11)


def test_v11_each_reading_counts_for_the_months_up_to_its_own(returning, executive):
    earlier(returning, "learners", date(2015, 2, 27), "1060")
    found = items(returning, executive)["learners"]
    assert [(one.month, one.amount) for one in found.by_month] == [(201502, 30_000), (201503, 50_000)]


def test_v11_months_after_the_last_confirmed_reading_are_assumed_and_counted_in_nothing(returning, executive):
    returning.outcome("learners", "lesson", actual="1100", read_on=date(2015, 2, 20))
    returning.confirm("learners", by="Frank")
    plan(returning, "learners", half_life_months=1)
    found = items(returning, executive)["learners"]
    assert found.value == 50_000
    assert [(one.month, one.amount) for one in found.assumed_by_month] == [(201503, 25_000)]
    report = look(returning, executive)
    assert (report.confirmed.value, report.still_expected.value) == (50_000, 25_000)
    assert (report.net.figure_id, report.net.value) == ("net_cash", 50_000 - 560_000)
    assert report.net_if_lands.value == 50_000 + 25_000 - 560_000


def test_v11_a_later_reading_that_nobody_confirmed_leaves_the_earlier_one_standing(returning, executive):
    returning.end("confirmation", *(("learners", tick) for tick in ("movement", "unit_value", "share")))
    earlier(returning, "learners", date(2015, 2, 27), "1060")
    found = items(returning, executive)["learners"]
    assert (found.value, found.state) == (30_000, "measured")
    assert [(one.month, one.amount) for one in found.expected_by_month] == [(201503, 50_000)]


def test_v11_a_later_statement_takes_back_nothing_that_finance_confirmed(returning, executive):
    """Grade E carries no share of its own (V10); the months before it stand as they were confirmed."""
    returning.end("confirmation", *(("learners", tick) for tick in ("movement", "unit_value", "share")))
    earlier(returning, "learners", date(2015, 2, 27), "1060")
    returning.outcome("learners", "lesson", **READ, grade="E")
    found = items(returning, executive)["learners"]
    assert (found.value, found.state) == (30_000, "measured")
    assert look(returning, executive).trust.grade_a_to_c == 1_000_000, "as it was when it was confirmed"


def test_v9_a_later_statement_of_a_link_takes_back_nothing_that_finance_confirmed(returning, executive):
    """The link was read as C before the money was confirmed; what is only said of it later is no evidence."""
    returning.outcome("clicks", "finder", value_class="not_financial", unit_value="", grade="E")
    value_rows.put(returning, "outcome_plan", outcome="clicks", leads_to="learners")
    before = look(returning, executive)
    assert before.confirmed.value is None, "nothing but a statement leads to it"
    none = dict.fromkeys(("share_low", "share_likely", "share_high"))
    none |= dict.fromkeys(("effect_low", "effect_likely", "effect_high"), "")
    read = {"outcome": "clicks", "read_on": date(2015, 2, 20), "actual": "1", "grade": "C"}
    returning.put("reading", {**read, **none, "evidence": "counted", "also_happened": ""})
    after = look(returning, executive)
    assert (after.confirmed.value, after.trust.grade_a_to_c) == (100_000, 1_000_000)


def test_v20_each_month_has_the_grade_of_the_reading_that_it_counts_by(returning, executive):
    """£300 of February were read as C, £500 of March as D: three of eight are A to C."""
    earlier(returning, "learners", date(2015, 2, 27), "1060")
    returning.outcome("learners", "lesson", **READ, grade="D")
    returning.confirm("learners", by="Frank", ticks="share")
    report = look(returning, executive)
    assert report.confirmed.value == 80_000
    assert report.trust.grade_a_to_c == 375_000


def test_d31_an_entered_effect_is_the_movement_and_has_its_range(returning, executive):
    reading = {
        "outcome": "learners",
        **READ,
        "grade": "B",
        "evidence": "",
        "share_low": 500_000,
        "share_likely": 500_000,
        "share_high": 500_000,
        "effect_low": "40",
        "effect_likely": "80",
        "effect_high": "120",
        "also_happened": "",
    }
    returning.put("reading", reading)
    shares = {"share_low": 500_000, "share_high": 500_000}
    returning.outcome("learners", "lesson", **READ, **shares)
    returning.confirm("learners", by="Frank")
    found = look(returning, executive).confirmed
    assert (found.low, found.value, found.high) == pytest.approx((40_000, 80_000, 120_000), rel=5e-5)


def test_v4_a_slice_delivered_first_counts_its_part_from_its_own_month(returning, executive):
    returning.epic("lesson", "onboarding", date(2015, 1, 5), delivered=date(2015, 2, 20))
    rows = [("first", date(2015, 1, 10), 800_000), ("rest", date(2015, 2, 20), 200_000)]
    returning.put(
        "epic_slice",
        *(
            {"epic": "lesson", "slice": key, "name": key, "delivered": on, "share": part}
            for key, on, part in rows
        ),
    )
    returning.confirm("learners", by="Frank")
    found = items(returning, executive)["learners"]
    assert [(one.month, one.amount) for one in found.by_month] == [(201502, 40_000), (201503, 50_000)]


# Chains, savings, capacity, disputes (V9, V13, V14)


def test_v9_the_money_of_a_chain_takes_its_weakest_grade(returning, executive):
    returning.outcome("searches", "lesson", **READ, value_class="not_financial", grade="D")
    plan(returning, "searches", leads_to="learners")
    assert items(returning, executive)["learners"].claim.grade == "D"
    assert look(returning, executive).trust.grade_a_to_c == 0
    returning.outcome("searches", "lesson", **READ, value_class="not_financial", grade="E")
    found = items(returning, executive)["learners"]
    assert (found.value, found.why_not.startswith("a link of its chain is only stated")) == (None, True)


def test_v13_a_saving_inside_engineering_counts_nothing_and_is_named(returning, executive):
    line(returning, kind="engineering_cost")
    plan(returning, "learners", line="sales", cell="all")
    report = look(returning, executive)
    assert (report.confirmed.value, report.protected.value) == (None, 50_000)
    assert report.checks.already_in_lower_cost.value == 100_000


@pytest.mark.parametrize(("booked", "cash"), [("booked", True), ("agreed", False)])
def test_v13_a_saving_outside_is_cash_only_when_the_books_show_it(returning, executive, booked, cash):
    line(returning, kind="cost_outside")
    returning.outcome("learners", "lesson", **READ, value_class="cost_reduction", value_basis=booked)
    plan(returning, "learners", line="sales", cell="all")
    returning.confirm("learners", by="Frank", ticks="unit_value")
    assert items(returning, executive)["learners"].is_cash is cash


def test_v14_speed_frees_capacity_and_is_never_money(returning, executive):
    plan(returning, "learners", capacity_milliweeks=4_000)
    report = look(returning, executive)
    assert (report.confirmed.value, report.checks.capacity_milliweeks) == (None, 4_000)
    assert report.trust.claims_without_confirmation == 0  # it claims no money
    assert items(returning, executive)["learners"].why_not.startswith("it frees capacity")


def test_v10_a_disputed_claim_counts_nothing_while_the_question_is_open(returning, executive):
    asked = {
        "outcome": "learners",
        "asked_on": date(2015, 4, 3),
        "asked_by": "Fiona",
        "text": "Which series?",
    }
    returning.put("question", {**asked, "answered_on": None, "answered_by": "", "answer": ""})
    assert confirmed(returning, executive) is None
    assert items(returning, executive)["learners"].state == "disputed"
    returning.put(
        "question", {**asked, "answered_on": date(2015, 4, 4), "answered_by": "Olga", "answer": "B"}
    )
    assert confirmed(returning, executive) == 100_000


def test_t3_what_waits_for_an_answer_beside_others_is_not_known_and_not_none(returning, executive):
    returning.outcome("lessons", "lesson", **READ)
    returning.confirm("lessons")
    asked = {"asked_on": date(2015, 4, 3), "asked_by": "Fiona", "text": "Which series?", "answered_on": None}
    asked |= {"answered_by": "", "answer": ""}
    for disputed in (["learners"], ["lessons"]):
        returning.put("question", *({**asked, "outcome": key} for key in disputed))
        found = team.build(returning.store, executive, Scope(), "onboarding", TODAY).row.confirmed
    assert not found.is_known
    assert "; disputed: finance asked" in found.reason
    assert not sofar.is_none(found)
