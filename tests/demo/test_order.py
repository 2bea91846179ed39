"""What is ordered and added over all outcomes at once is what their rows say, one by one (laws T1, T8)."""

from datetime import date

import pytest

from roi.demo import company, load
from roi.domain.periods import Span
from roi.reports import methods, outcomes
from roi.reports.booked import work
from roi.reports.cost import tying
from roi.reports.ground import basis, kept
from roi.reports.loop import inbox, spent, work_rows
from roi.reports.shapes import Scope

TODAY = date.fromisoformat(company.TODAY)
SCOPES = (
    Scope(),
    Scope(span=Span(202401, 202401)),
    Scope(span=Span(202403, 202406)),
    Scope(span=Span(202505, 202612)),
    Scope(span=Span(202301, 202312)),
    Scope(value_stream="Success"),
    Scope(currency="EUR", span=Span(202501, 202503)),
)
READERS = (load.FINANCE, load.EXECUTIVE)


def _named(scope):
    return f"{scope.span.label if scope.span else 'usual'} {scope.value_stream} {scope.currency}"


@pytest.fixture(params=["64 bits", "numbers without end"])
def whole_numbers(request, monkeypatch):
    """Amounts that fit into 64 bits, and such that do not."""
    if request.param != "64 bits":
        monkeypatch.setattr(spent, "_LARGEST", 1)
        kept.forget()
    yield
    kept.forget()


@pytest.mark.usefixtures("whole_numbers")
@pytest.mark.parametrize("scope", SCOPES, ids=_named)
@pytest.mark.parametrize("reader", READERS, ids=lambda one: one.name)
def test_t8_all_epics_cost_together_what_each_costs_by_itself(demo, reader, scope):
    with basis.opened(demo, reader, scope) as base:
        jobs = work.load(tying.load(base), TODAY)
        costs = spent.of(jobs).by(base.span.last)
        alone = [work_rows.epic_cost(jobs, epic).value for epic in jobs.epics]
    amounts, is_known = costs.amounts.tolist(), costs.is_known.tolist()
    assert [one if known else None for one, known in zip(amounts, is_known, strict=True)] == alone


def amount(figure):
    return figure.value or 0


@pytest.mark.usefixtures("whole_numbers")
@pytest.mark.parametrize("scope", SCOPES, ids=_named)
@pytest.mark.parametrize("reader", READERS, ids=lambda one: one.name)
def test_t1_lists_stand_in_the_order_of_their_rows_and_sum_to_their_figures(demo, reader, scope):
    told = outcomes.build(demo, reader, scope, TODAY)
    due, unverified = list(told.due), list(told.unverified)
    assert due == sorted(
        due,
        key=lambda row: (
            not row.is_overdue,
            -max(row.days_late, 1) * amount(row.cost),
            row.due_on,
            row.outcome,
        ),
    )
    assert unverified == sorted(unverified, key=lambda row: (-amount(row.cost), -row.days_late, row.outcome))
    assert list(told.to_come) == sorted(told.to_come, key=lambda row: (row.due_on, row.outcome))
    assert list(told.queue) == sorted(
        told.queue,
        key=lambda row: (row.measured.value is None, -abs(amount(row.measured)), row.outcome),
    )
    late = [row.cost for row in due if row.is_overdue]
    assert told.overdue == len(late) == sum(row.days_late > 0 for row in unverified)
    sums_to(told.overdue_cost, late)
    sums_to(told.unverified_cost, [row.cost for row in unverified])
    sums_to(told.unverified_value, [row.expected for row in unverified])


def sums_to(figure, parts):
    """The figure is the sum of what is known, and names what is not."""
    known = [one.value for one in parts if one.value is not None]
    missing = [one.reason for one in parts if one.value is None]
    if parts and not known:
        assert (figure.value, figure.reason) == (None, missing[0])
        return
    assert figure.value == sum(known)
    if parts:
        told = f"{len(missing)} of {len(parts)} outcomes are not in it: {missing[0]}" if missing else ""
        assert figure.reason == told


def test_a_row_is_made_only_when_it_is_asked_for(demo, monkeypatch):
    made = []
    row = inbox._due_row
    monkeypatch.setattr(inbox, "_due_row", lambda jobs, one: made.append(one.outcome) or row(jobs, one))
    told = outcomes.build(demo, load.FINANCE, SCOPES[0], TODAY)
    late = told.due.those(lambda one: one.is_overdue)
    assert (len(late), made) == (told.overdue, [])
    assert all(one.is_overdue for one in late)
    assert len(made) == told.overdue


@pytest.mark.parametrize("scope", SCOPES, ids=_named)
def test_t1_a_team_alone_is_compared_by_method_as_among_all(demo, scope):
    with basis.opened(demo, load.FINANCE, scope) as base:
        cost = tying.load(base)
        among = {row.team: row for row in methods.compared(cost).rows}
        alone = {team.key: methods.of_team(cost, team.key) for team in base.teams}
    assert {key: row for key, row in alone.items() if row is not None} == among
