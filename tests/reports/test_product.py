"""A product over its life: its parts make its cost, no period changes it, and every figure is traced."""

from datetime import date

import pytest

from roi.commands import structure
from roi.domain.periods import Span
from roi.domain.structure import Team
from roi.errors import UnknownKeyError
from roi.reports import life, product, teams, trace
from roi.reports.shapes import Scope
from tests.reports.value_rows import put

TODAY = date(2015, 4, 15)
FIGURES = ("npv", "roi", "payback", "irr", "forward_npv")


@pytest.fixture
def enrolment(company):
    """Two epics of Onboarding in Enrolment, one confirmed, one still built; an initiative that names it."""
    company.epic("lesson", "onboarding", date(2015, 1, 5), delivered=date(2015, 1, 20))
    company.outcome("learners", "lesson", actual="1100", read_on=date(2015, 3, 31))
    company.confirm("learners")
    company.epic("desk", "onboarding", date(2015, 2, 1), planned_share=250_000)
    company.outcome("calls", "desk")
    put(company, "epic_plan", epic="desk", due_on=date(2015, 6, 20))
    put(company, "initiative", initiative="named", value_stream="Enrolment")
    put(company, "initiative", initiative="other", value_stream="Catalogue")
    put(company, "initiative", initiative="worked-for")
    put(company, "epic_plan", epic="lesson", initiative="worked-for")
    return company


def look(built, actor, name="Enrolment", today=TODAY, **scope):
    return product.build(built.store, actor, Scope(**scope), name, today)


def test_its_cost_is_that_of_its_row_over_all_months_and_its_months_make_it(enrolment, executive):
    found = look(enrolment, executive)
    whole = teams.build(enrolment.store, executive, Scope(span=found.span), TODAY)
    row = next(stream.total for stream in whole.streams if stream.name == "Enrolment")
    assert found.row.cost.value == row.cost.value == sum(one or 0 for one in found.by_month)
    assert found.row.confirmed == row.confirmed
    assert (found.row.verdict, found.row.returned.value) == (row.verdict, row.returned.value)


def test_v22_epics_and_run_work_make_its_cost(enrolment, executive):
    found = look(enrolment, executive)
    given = dict(found.run.inputs)
    assert found.run.figure_id == "cohort_rest"
    assert found.run.value == found.row.cost.value - given["cohorts"]
    assert given["cohorts"] > 0


def test_its_appraisal_is_that_of_the_value_stream(enrolment, executive):
    found = look(enrolment, executive).appraisal
    other = life.build(enrolment.store, executive, Scope(value_stream="Enrolment"), TODAY).appraisal
    for name in FIGURES:
        its, that = getattr(found, name), getattr(other, name)
        assert (its.value, its.low, its.high, its.reason) == (that.value, that.low, that.high, that.reason)
        assert dict(its.scope)["product"] == "Enrolment"
    assert found.confirmed > 0


def test_neither_period_nor_stream_nor_roll_up_of_the_scope_changes_it(enrolment, executive):
    whole = look(enrolment, executive)
    for scope in (
        {"span": Span(201502, 201502)},
        {"value_stream": "Catalogue"},
        {"grouped_by": "division"},
    ):
        assert look(enrolment, executive, **scope) == whole


def test_its_life_begins_with_its_first_cost_or_epic_unless_somebody_said(enrolment, executive):
    assert look(enrolment, executive).started == 201501
    enrolment.epic("early", "onboarding", date(2014, 11, 3), delivered=date(2014, 12, 1))
    assert look(enrolment, executive).started == 201411
    put(enrolment, "product_life", value_stream="Enrolment", started=201309)
    assert look(enrolment, executive).started == 201309


def test_d5_it_says_whose_structure_its_cost_follows_and_which_of_its_teams_moved(enrolment, executive):
    assert look(enrolment, executive).follows is None, "nobody moved: there is but one structure"
    move = {"kind": "stream_aligned", "value_stream": "Catalogue", "division": ""}
    enrolment.put("team_structure", {"team": "onboarding", "first_month": 201503, **move})
    then, today = (look(enrolment, executive, "Catalogue", structure=time) for time in ("then", "today"))
    assert (then.follows, today.follows) == ("then", "today")
    assert then.moved == today.moved == ("Onboarding",)
    assert 0 < then.row.cost.value < today.row.cost.value
    assert look(enrolment, executive).moved == ("Onboarding",), "a team that left is told as well"


def test_d5_a_team_that_moves_only_after_the_ledger_has_not_moved_yet(enrolment, executive):
    move = {"kind": "stream_aligned", "value_stream": "Catalogue", "division": ""}
    enrolment.put("team_structure", {"team": "onboarding", "first_month": 201601, **move})
    found = look(enrolment, executive)
    assert (found.follows, found.moved) == ("then", ())


@pytest.mark.parametrize(("last", "is_retired"), [(201503, True), (201504, False), (201505, False)])
def test_it_is_retired_when_its_last_month_is_over(enrolment, executive, last, is_retired):
    put(enrolment, "product_life", value_stream="Enrolment", retired=last, reason="replaced")
    found = look(enrolment, executive)
    assert (found.is_retired, found.retired) == (is_retired, last)
    assert [row.label for row in found.moments] == ["started", "retired" if is_retired else "to be retired"]


def test_its_initiatives_are_those_that_name_it_or_that_its_teams_work_for(enrolment, executive):
    found = look(enrolment, executive)
    assert {row.initiative.key for row in found.initiatives} == {"named", "worked-for"}
    assert [row.epic.key for row in found.epics] == ["desk", "lesson"]
    assert {one.epic for one in found.by_epic} == {"desk", "lesson"}


def test_of_many_epics_the_newest_are_listed_and_all_are_counted(enrolment, executive, monkeypatch):
    monkeypatch.setattr(product, "MOST_EPICS", 1)
    found = look(enrolment, executive)
    assert ([row.epic.key for row in found.epics], found.epics_total) == (["desk"], 2)


def test_what_its_retirement_does_not_end_is_named(enrolment, executive):
    rows = [
        {"epic": "lesson", "team": team, "planned_share": 500_000, "effort": 500_000}
        for team in ("onboarding", "search")
    ]
    enrolment.put("epic_team", *rows)
    assert look(enrolment, executive).goes_on == ()
    put(enrolment, "product_life", value_stream="Enrolment", retired=201506, reason="replaced")
    assert look(enrolment, executive).goes_on == ("Epic lesson",)


@pytest.mark.parametrize("figure_id", [*FIGURES, "full_cost", "team_cost", "confirmed_cash", "cohort_rest"])
def test_t8_every_figure_of_it_is_found_again_whatever_is_looked_at(enrolment, executive, figure_id):
    found = look(enrolment, executive)
    shown = [found.row.cost, found.row.own, found.row.confirmed, found.run]
    shown += [getattr(found.appraisal, name) for name in FIGURES]
    scope = product.life_of(enrolment.store, executive, Scope(span=Span(201502, 201502)), "Enrolment")
    traced = trace.build(enrolment.store, executive, scope, figure_id, today=TODAY).figure
    its = [one for one in shown if one.figure_id == figure_id]
    if its:
        assert (its[0].value, its[0].low, its[0].high) == (traced.value, traced.low, traced.high)
    else:
        assert figure_id == "full_cost", "nothing is passed on here"


def test_a_value_stream_that_never_was_is_no_product(enrolment, executive):
    with pytest.raises(UnknownKeyError):
        look(enrolment, executive, "Sailing")


def test_r21_a_company_without_cost_has_products_that_say_so(store, executive, tech_leader):
    structure.save_teams(store, tech_leader, [Team("a", "Ada", value_stream="Sailing")])
    found = product.build(store, executive, Scope(), "Sailing", TODAY)
    assert (found.row.cost.value, found.run.value, found.started) == (None, None, None)
    assert found.appraisal.why_not
