"""On an empty company every report answers, and no figure is a zero that nobody knows (law T3)."""

from dataclasses import fields, is_dataclass
from datetime import date

import pytest

from roi.domain.figures import REGISTRY, Figure
from roi.domain.periods import Span
from roi.errors import UnknownKeyError
from roi.reports import (
    calendar,
    data,
    export,
    initiatives,
    ledger,
    method,
    obligations,
    outcomes,
    portfolio,
    shell,
    start,
    team,
    teams,
    trace,
)
from roi.reports.shapes import Books, LedgerFilter, Scope
from tests.reports.conftest import looked_at, opened_copy

TODAY = date(2015, 4, 30)
BUILDS = {
    "shell": shell.build,
    "portfolio": lambda store, actor, scope: portfolio.build(store, actor, scope, TODAY),
    "teams": teams.build,
    "outcomes": lambda store, actor, scope: outcomes.build(store, actor, scope, TODAY),
    "initiatives": lambda store, actor, scope: initiatives.build(store, actor, scope, TODAY),
    "obligations": lambda store, actor, scope: obligations.build(store, actor, scope, TODAY),
    "calendar": lambda store, actor, scope: calendar.build(store, actor, scope, TODAY),
    "data": data.build,
}


def figures_of(report: object):
    """Every figure anywhere in a report."""
    if isinstance(report, Figure):
        yield report
    elif isinstance(report, tuple):
        for part in report:
            yield from figures_of(part)
    elif is_dataclass(report):
        for field in fields(report):
            yield from figures_of(getattr(report, field.name))


@pytest.fixture(scope="module")
def store(empty_files, tmp_path_factory, finance):
    """An empty store; looking changes nothing, so one serves all."""
    for built in looked_at(empty_files, tmp_path_factory.mktemp("nothing"), finance):
        yield built.store


@pytest.mark.parametrize("name", BUILDS)
@pytest.mark.parametrize("scope", [Scope(), Scope(span=Span(201501, 201512)), Scope(currency="USD")], ids=str)
def test_t3_an_empty_store_knows_nothing_and_says_why(store, executive, name, scope):
    report = BUILDS[name](store, executive, scope)
    assert report.version == 0
    for figure in figures_of(report):
        assert (figure.value, figure.low, figure.high) == (None, None, None)
        assert figure.reason


@pytest.mark.parametrize("figure_id", REGISTRY)
def test_t3_every_figure_can_be_traced_to_its_reason(store, finance, figure_id):
    try:
        report = trace.build(store, finance, Scope(), figure_id)
    except UnknownKeyError as error:
        assert "belongs to one" in str(error)
        return
    assert report.figure.value is None
    assert report.figure.reason
    assert (report.files, report.lines, report.outcomes) == ((), (), ())
    assert report.sums_agree


def test_an_empty_store_is_at_its_first_step(store, executive, finance):
    report = start.build(store, executive)
    assert [step.key for step in report.steps] == "company teams costs control outcome reading".split()
    assert not any(step.is_done for step in report.steps)
    assert shell.build(store, executive, Scope()).books is Books.EMPTY
    assert ledger.build(store, finance, LedgerFilter()).total_lines == 0
    assert export.team_cost_csv(store, executive, Scope()).rows == 0


@pytest.fixture
def built(empty_files, tmp_path, finance):
    """An empty store of its own, for a test that writes."""
    yield from opened_copy(empty_files, tmp_path, finance)


def test_t3_a_team_without_cost_and_outcomes_has_two_reasons(built, executive):
    built.team("search", "Search")
    row = team.build(built.store, executive, Scope(), "search").row
    assert (row.cost.value, row.cost.reason) == (None, "no costs yet")
    assert (row.confirmed.value, row.confirmed.reason) == (None, "needs one outcome")


def test_t3_costs_without_teams_are_a_ledger_and_suspense_not_a_cost_of_nought(built, executive):
    built.lines({"month": 201501, "cost_centre": "Estates", "amount_minor": 100})
    report = portfolio.build(built.store, executive, Scope())
    assert report.ledger.value == report.suspense.value == 100
    assert report.excluded.value == 0
    assert (report.cost.value, report.cost.reason) == (None, "no team yet")
    assert report.placed_share.value == 0
    built.team("search", "Search")
    assert (
        portfolio.build(built.store, executive, Scope()).cost.reason
        == "no cost names this team in the period"
    )


def test_t3_a_period_or_currency_without_costs_says_so(alder, executive):
    empty = Scope(span=Span(201001, 201003))
    report = portfolio.build(alder.store, executive, empty)
    assert report.ledger.reason == report.difference.reason == "no costs in Jan–Mar 2010"
    assert portfolio.build(alder.store, executive, Scope(currency="USD")).ledger.reason == "no costs in USD"


def test_unknown_keys_are_told(alder, executive):
    with pytest.raises(UnknownKeyError, match="no team 'x'"):
        team.build(alder.store, executive, Scope(), "x")
    with pytest.raises(UnknownKeyError, match="no value stream 'x'"):
        portfolio.build(alder.store, executive, Scope(value_stream="x"))
    for change in (0, 99):
        with pytest.raises(UnknownKeyError, match=f"no change {change}"):
            portfolio.build(alder.store, executive, Scope(as_of=change))
    with pytest.raises(UnknownKeyError, match="no figure 'x'"):
        trace.build(alder.store, executive, Scope(), "x")
    with pytest.raises(UnknownKeyError, match="no outcome 'x'"):
        trace.build(alder.store, executive, Scope(), "outcome_value", outcome="x")


def test_t7_the_method_page_has_every_definition_once():
    assert [definition.figure_id for definition in method.build()] == list(REGISTRY)
