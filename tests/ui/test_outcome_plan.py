"""What is agreed beside an outcome: what is typed becomes a plan, and what is missing is said."""

from datetime import date

import pytest

from roi.commands.checks.outcome_checks import output_word
from roi.domain.structure import Grade, ValueBasis, ValueClass
from roi.domain.value import Origin, OutcomePlan
from roi.ui.outcomes import draft_plan

TYPED = {
    "problem": " a third leaves ",
    "learning": "a holdout",
    "line": "margin",
    "cell": "schools",
    "driver": "",
    "leads_to": "o2",
    "confirmer": "F. Adeyemi",
    "agreed_on": date(2026, 1, 5),
    "horizon_months": 36,
    "half_life_months": 0,
    "pool_share": 40,
    "capacity_weeks": "6.5",
    "evidence": "weekly report",
    "grade": Grade.B,
    "value_class": ValueClass.REVENUE,
    "unit_value": "5500",
    "value_basis": ValueBasis.AGREED,
}


def test_what_is_typed_becomes_the_plan():
    plan = draft_plan.plan(TYPED, "o1")
    assert (plan.outcome, plan.problem, plan.line, plan.cell) == ("o1", "a third leaves", "margin", "schools")
    assert (plan.horizon_months, plan.half_life_months) == (36, None)
    assert (plan.planned_share, plan.capacity_milliweeks) == (400_000, 6_500)
    assert plan.agreed_on == date(2026, 1, 5)


def test_what_the_form_does_not_ask_for_stays_as_it_is_held():
    held = OutcomePlan("o1", copied_from="o0", series="churn", planned_share=300_000)
    plan = draft_plan.plan({"problem": "x"}, "o1", held)
    assert (plan.copied_from, plan.series, plan.planned_share) == ("o0", "churn", 300_000)


def test_a_plan_can_be_typed_again_from_itself():
    plan = draft_plan.plan(TYPED, "o1")
    assert draft_plan.plan(draft_plan.values_of(plan), "o1") == plan


def test_a_full_form_is_measurable_and_an_empty_one_says_what_is_missing():
    assert draft_plan.unmeasurable(TYPED) == ()
    said = draft_plan.unmeasurable({"value_class": ValueClass.REVENUE, "grade": Grade.E})
    assert "where it is measured" in said
    assert "the finance line it shows on (without one none of it is confirmed)" in said
    assert "what one unit is worth" in said
    assert "better evidence than a statement" in said


def test_v7_an_assumed_unit_value_is_told_to_be_never_confirmed():
    said = draft_plan.unmeasurable({**TYPED, "value_basis": ValueBasis.ASSUMED})
    assert said == ("finance's agreement on the unit value (assumed is never confirmed)",)


def test_what_is_not_financial_needs_no_money():
    assert draft_plan.unmeasurable({**TYPED, "value_class": ValueClass.NOT_FINANCIAL, "unit_value": ""}) == ()


def test_readings_follow_from_delivery_and_from_nothing_else():
    assert draft_plan.readings(date(2026, 1, 31)) == (date(2026, 2, 28), date(2026, 4, 30), date(2026, 7, 31))
    assert draft_plan.readings(None) == ()


@pytest.mark.parametrize("helper", draft_plan.DEBT.values(), ids=lambda one: one.name)
def test_the_helper_for_debt_asks_for_an_effect_and_never_for_an_output(helper):
    assert output_word(helper.metric) == ""
    assert helper.unit


def test_v14_faster_launches_are_capacity_and_never_money():
    assert draft_plan.DEBT["faster"].value_class is ValueClass.NOT_FINANCIAL


def test_the_owner_of_the_outcome_owns_the_epic_that_is_made_with_it():
    plan = draft_plan.epic_plan({"owner": "Olu", "origin": "dependency", "initiative": "grow"}, "e1")
    assert (plan.epic, plan.owner, plan.origin, plan.initiative) == ("e1", "Olu", Origin.DEPENDENCY, "grow")


def test_v12_a_frozen_share_that_nobody_touched_stays_exact():
    held = OutcomePlan("o1", planned_share=333_333)
    assert draft_plan.plan(draft_plan.values_of(held), "o1", held).planned_share == 333_333
    assert draft_plan.plan({"pool_share": 40}, "o1", held).planned_share == 400_000
