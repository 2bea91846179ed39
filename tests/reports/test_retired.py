"""A retired product: nothing more is expected of its work, what finance confirmed stays (rules V4, V11)."""

from datetime import date

import pytest

from roi.actors import Actor
from roi.commands import products, undo
from roi.domain.periods import Span
from roi.domain.products import ProductLife
from roi.reports import epic, initiative, outcomes, portfolio
from roi.reports.shapes import Scope
from tests.reports.value_rows import put

TODAY = date(2015, 4, 15)
RUN_A_MONTH = 1_000
"""24 % of £500 a year."""


@pytest.fixture
def lesson(company):
    """Half of Onboarding's January for £500 a month, confirmed to March; run cost £10 a month for a year."""
    company.put("setting", {"name": "horizon_months", "value": "12"})
    company.epic("lesson", "onboarding", date(2015, 1, 5), delivered=date(2015, 1, 20))
    company.outcome("learners", "lesson", actual="1100", read_on=date(2015, 3, 31))
    company.confirm("learners")
    put(company, "epic_plan", epic="lesson", run_share=240_000)
    return company


def retire(built, month, stream="Enrolment"):
    return put(built, "product_life", value_stream=stream, retired=month, reason="replaced")


def look(built, actor, key="lesson", today=TODAY):
    return epic.build(built.store, actor, Scope(), key, today).view


def test_v11_assumed_months_end_with_the_product_and_confirmed_ones_stay(lesson, executive):
    before = look(lesson, executive).appraisal
    retire(lesson, 201506)
    found = look(lesson, executive).appraisal
    assert found.confirmed == before.confirmed == 100_000
    assert found.build == before.build
    assert 0 < found.assumed < before.assumed
    assert [row.label for row in found.rows] == ["Q1 2015", "Q2 2015"]
    assert found.rows[1].assumed == before.rows[1].assumed


def test_v4_run_cost_ends_with_the_product(lesson, executive):
    assert look(lesson, executive).appraisal.run == 12 * RUN_A_MONTH
    retire(lesson, 201506)
    assert look(lesson, executive).appraisal.run == 5 * RUN_A_MONTH


def test_v11_a_product_that_was_retired_before_a_confirmed_month_keeps_it(lesson, executive):
    retire(lesson, 201502)
    found = look(lesson, executive).appraisal
    assert (found.confirmed, found.assumed, found.run) == (100_000, 0, RUN_A_MONTH)
    assert found.forward_npv.reason == "nothing is still to come"


@pytest.mark.parametrize("month", [201502, 201506, 203012])
def test_retirement_never_changes_what_finance_confirmed_in_any_period(lesson, executive, month):
    scopes = [Scope(), Scope(span=Span(201502, 201502)), Scope(value_stream="Enrolment")]
    before = [portfolio.build(lesson.store, executive, scope, TODAY) for scope in scopes]
    retire(lesson, month)
    after = [portfolio.build(lesson.store, executive, scope, TODAY) for scope in scopes]
    for was, now in zip(before, after, strict=True):
        assert (now.confirmed, now.cost, now.returned) == (was.confirmed, was.cost, was.returned)


def test_undo_of_a_retirement_brings_back_all_that_was_expected(lesson, finance, tech_leader):
    una = Actor("Una", finance.roles | tech_leader.roles)
    before = look(lesson, una)
    life = ProductLife("Enrolment", None, 201506, "replaced", "Olga")
    change = products.record_life(lesson.store, una, life).change_id
    assert look(lesson, una).appraisal != before.appraisal
    undo.undo(lesson.store, una, change)
    assert look(lesson, una).appraisal == before.appraisal


def test_nothing_of_a_retired_product_is_expected_in_a_period_after_it(lesson, executive):
    year = Scope(span=Span(201501, 201512))
    before = portfolio.build(lesson.store, executive, year, TODAY).still_expected
    retire(lesson, 201503)
    after = portfolio.build(lesson.store, executive, year, TODAY).still_expected
    assert before.value
    assert not after.value


def test_another_product_ends_nothing_of_it(lesson, executive):
    before = look(lesson, executive).appraisal
    retire(lesson, 201503, "Catalogue")
    assert look(lesson, executive).appraisal == before


def test_work_that_a_living_product_has_a_part_in_goes_on(lesson, executive):
    rows = [
        {"epic": "lesson", "team": team, "planned_share": 500_000, "effort": 500_000}
        for team in ("onboarding", "search")
    ]
    lesson.put("epic_team", *rows)
    before = look(lesson, executive).appraisal
    retire(lesson, 201503)
    assert look(lesson, executive).appraisal.assumed == before.assumed
    retire(lesson, 201506, "Catalogue")
    assert 0 < look(lesson, executive).appraisal.assumed < before.assumed


def test_d5_where_the_team_stood_counts_and_a_team_that_moves_on_takes_its_new_work_along(lesson, executive):
    move = {"kind": "stream_aligned", "value_stream": "Catalogue", "division": ""}
    retire(lesson, 201503)
    ended = look(lesson, executive).appraisal
    lesson.put("team_structure", {"team": "onboarding", "first_month": 201504, **move})
    assert look(lesson, executive).appraisal == ended
    year = Scope(span=Span(201501, 201512))
    assert not portfolio.build(lesson.store, executive, year, TODAY).still_expected.value
    lesson.epic("next", "onboarding", date(2015, 4, 1), delivered=date(2015, 4, 10))
    lesson.outcome("calls", "next")
    assert portfolio.build(lesson.store, executive, year, TODAY).still_expected.value > 0
    lesson.put("team_structure", {"team": "onboarding", "first_month": 201502, **move})
    assert look(lesson, executive).appraisal.assumed > ended.assumed


def test_a_promise_that_comes_after_the_end_brings_nothing(lesson, executive):
    lesson.epic("desk", "onboarding", date(2015, 2, 1))
    lesson.outcome("calls", "desk")
    put(lesson, "epic_plan", epic="desk", due_on=date(2015, 6, 20), run_share=0)
    assert look(lesson, executive, "desk").appraisal.expected > 0
    retire(lesson, 201506)
    assert look(lesson, executive, "desk").appraisal.expected == 0


def test_no_reading_is_asked_for_after_the_end(lesson, executive):
    lesson.epic("desk", "onboarding", date(2015, 2, 1), delivered=date(2015, 3, 20))
    lesson.outcome("calls", "desk")
    today = date(2016, 4, 15)

    def asked():
        found = outcomes.build(lesson.store, executive, Scope(), today)
        return {(row.outcome, row.due_on) for row in found.due}

    assert {outcome for outcome, _ in asked()} == {"calls", "learners"}
    retire(lesson, 201503)
    assert asked() == {("calls", date(2015, 4, 20))}, "its March is still to be confirmed"
    retire(lesson, 201502)
    assert asked() == set()


def test_a_month_of_it_is_expected_until_it_is_retired(lesson, executive):
    put(lesson, "initiative", initiative="grow")
    put(lesson, "epic_plan", epic="lesson", run_share=0, initiative="grow")

    def expected(today):
        return initiative.build(lesson.store, executive, Scope(), "grow", today).expected

    retire(lesson, 201504)
    assert expected(TODAY).value == 50_000
    assert expected(date(2015, 5, 1)).reason == "its product is retired: nothing more of it is expected"


def test_an_epic_says_that_its_product_is_retired_on_its_time_line_and_beside_its_worth(lesson, executive):
    assert not any("product" in row.label for row in look(lesson, executive).moments)
    retire(lesson, 201503)
    found = look(lesson, executive)
    assert [(row.on, row.state) for row in found.moments if row.label == "product retired"] == [
        (date(2015, 3, 31), "ended")
    ]
    assert "nothing is expected after Mar 2015, the last month of a retired product" in found.appraisal.notes
    retire(lesson, 201504)
    assert "product to be retired" in [row.label for row in look(lesson, executive).moments]
