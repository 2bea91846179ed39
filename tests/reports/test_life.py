"""What a value stream is worth over its life: the flows of its epics, each team's part in one stream only."""

from datetime import date

import pytest

from roi.domain.periods import Span
from roi.errors import UnknownKeyError
from roi.reports import epic, life, trace
from roi.reports.appraisal import appraised
from roi.reports.booked import work
from roi.reports.cost import tying
from roi.reports.ground import basis
from roi.reports.shapes import Scope
from tests import made
from tests.reports.value_rows import put

TODAY = date(2015, 4, 15)
ENROLMENT = Scope(value_stream="Enrolment")
FIGURES = ("npv", "roi", "payback", "irr", "forward_npv")
SUMS = ("build", "launch", "run", "confirmed", "assumed", "expected")


@pytest.fixture
def stream(company):
    """Two epics of Onboarding in Enrolment, one delivered and confirmed, one still built and promised."""
    company.epic("lesson", "onboarding", date(2015, 1, 5), delivered=date(2015, 1, 20))
    company.outcome("learners", "lesson", actual="1100", read_on=date(2015, 3, 31))
    company.confirm("learners")
    company.epic("desk", "onboarding", date(2015, 2, 1), planned_share=250_000)
    company.outcome("calls", "desk")
    put(company, "epic_plan", epic="desk", due_on=date(2015, 6, 20), launch_minor=7_000, currency="GBP")
    return company


def look(built, actor, scope=ENROLMENT):
    return life.build(built.store, actor, scope, TODAY).appraisal


def of_epics(built, actor, keys):
    with basis.opened(built.store, actor, Scope()) as base:
        costs = tying.load(base)
        return appraised.of_epics(work.load(costs, TODAY), costs, keys, TODAY)


def test_a_stream_is_the_sum_of_the_flows_of_its_epics(stream, executive):
    found = look(stream, executive)
    alone = [
        epic.build(stream.store, executive, Scope(), key, TODAY).view.appraisal for key in ("lesson", "desk")
    ]
    for name in SUMS:
        assert getattr(found, name) == sum(getattr(one, name) for one in alone), name
    assert (found.confirmed, found.launch) == (100_000, 7_000)
    together = of_epics(stream, executive, ["desk", "lesson"])
    for name in FIGURES:
        its, other = getattr(found, name), getattr(together, name)
        assert (its.value, its.low, its.high) == (other.value, other.low, other.high), name
    assert found.chance == together.chance
    assert {dict(getattr(found, name).scope)["value_stream"] for name in FIGURES} == {"Enrolment"}


@pytest.mark.parametrize("figure_id", FIGURES)
def test_t8_every_figure_of_it_is_traced_to_the_parts_that_make_it(stream, executive, figure_id):
    report = trace.build(stream.store, executive, ENROLMENT, figure_id, today=TODAY)
    assert report.figure == getattr(look(stream, executive), figure_id)
    assert {part.term for part in report.parts} >= {"benefits", "costs"} or not report.figure.is_known
    made.check(report)


def test_the_period_changes_nothing_of_it(stream, executive):
    whole, march = look(stream, executive), look(stream, executive, Scope(Span(201503, 201503), "Enrolment"))
    assert [getattr(march, name).value for name in FIGURES] == [
        getattr(whole, name).value for name in FIGURES
    ]
    assert march.rows == whole.rows


def test_a_team_that_left_a_stream_counts_in_the_other_one_alone(stream, executive):
    """An epic that Onboarding shares with Search, which has moved from Catalogue to Enrolment since."""
    efforts = {"onboarding": 750_000, "search": 250_000}
    rows = [{"epic": "lesson", "team": key, "effort": effort} for key, effort in efforts.items()]
    stream.put("epic_team", *({**row, "planned_share": 500_000} for row in rows))
    before = look(stream, executive)
    moved = {"team": "search", "kind": "stream_aligned", "division": ""}
    stream.put(
        "team_structure",
        {**moved, "first_month": 201501, "value_stream": "Enrolment"},
        {**moved, "first_month": 201502, "value_stream": "Catalogue"},
    )
    after, other = look(stream, executive), look(stream, executive, Scope(value_stream="Catalogue"))
    assert (before.confirmed, after.confirmed, other.confirmed) == (75_000, 75_000, 25_000)
    assert trace.build(stream.store, executive, ENROLMENT, "npv", today=TODAY).figure.value == after.npv.value
    made.check(trace.build(stream.store, executive, ENROLMENT, "npv", today=TODAY))


def test_v2_a_stream_of_teams_that_serve_others_has_no_verdict(stream, executive):
    stream.team("platform", "Platform", kind="platform", stream="Enabling")
    stream.epic("cloud", "platform", date(2015, 1, 5), delivered=date(2015, 1, 20))
    stream.outcome("bills", "cloud")
    enabling = Scope(value_stream="Enabling")
    found = look(stream, executive, enabling)
    assert found.why_not == "its value is booked by the teams it serves"
    traced = trace.build(stream.store, executive, enabling, "npv", today=TODAY).figure
    assert (traced.value, traced.reason) == (None, found.why_not)


def test_v2_a_team_that_serves_others_is_left_out_of_its_stream_and_named(stream, executive):
    """Its cost reaches the teams it serves, and through them their epics: it would count twice."""
    before = look(stream, executive)
    stream.team("platform", "Platform", kind="platform", stream="Enrolment")
    stream.epic("cloud", "platform", date(2015, 1, 5), delivered=date(2015, 1, 20))
    stream.outcome("bills", "cloud")
    found = look(stream, executive)
    assert [getattr(found, name) for name in SUMS] == [getattr(before, name) for name in SUMS]
    left_out = "1 team that serves others is left out: its value is booked by the teams it serves"
    assert found.notes[0] == left_out
    made.check(trace.build(stream.store, executive, ENROLMENT, "npv", today=TODAY))


def test_the_whole_company_and_an_empty_store_have_none(stream, executive):
    assert look(stream, executive, Scope()) is None
    with pytest.raises(UnknownKeyError):
        look(stream, executive, Scope(value_stream="Nowhere"))


def test_an_empty_store_has_no_life(built, executive):
    assert look(built, executive, Scope()) is None
    built.team("search", "Search", stream="Catalogue")
    assert look(built, executive, Scope(value_stream="Catalogue")).why_not == "no epic belongs to it yet"
