"""Teams roll up to divisions as they do to value streams, by the structure of the month or of today (D5)."""

from datetime import date

import pytest

from roi.domain.periods import Span
from roi.errors import UnknownKeyError
from roi.reports import outcomes, portfolio, shell, teams, trace
from roi.reports.shapes import Scope
from tests.reports import value_rows

TODAY = date(2015, 4, 10)
NORTH, SOUTH = "North", "South"


def by_division(name=None, structure="then"):
    return Scope(value_stream=name, structure=structure, grouped_by="division")


def rows(built, actor, scope=None):
    report = teams.build(built.store, actor, scope or by_division(), TODAY)
    return {row.name: row.total for row in report.streams}, report


@pytest.fixture
def divided(returning):
    """Onboarding is of the North; Search moved to the South in February; the desk is of no division."""
    shown = {"kind": "stream_aligned", "value_stream": "Enrolment"}
    returning.put(
        "team_structure",
        {"team": "onboarding", "first_month": 201501, **shown, "division": NORTH},
        {"team": "search", "first_month": 201501, **shown, "division": NORTH},
        {"team": "search", "first_month": 201502, **shown, "division": SOUTH},
    )
    return returning


def test_divisions_sum_to_all_in_cost_and_in_value(divided, executive):
    found, report = rows(divided, executive)
    assert list(found) == [NORTH, SOUTH, ""]
    for name in ("cost", "own", "confirmed"):
        parts = [getattr(row, name).value or 0 for row in found.values()]
        assert sum(parts) == (getattr(report.total, name).value or 0), name
    assert found[NORTH].confirmed.value
    assert found[NORTH].returned.value == round(
        1_000_000 * found[NORTH].confirmed.value / found[NORTH].cost.value
    )


def test_d5_a_team_that_moved_stands_in_each_division_or_by_todays_structure_in_its_last(divided, executive):
    then, _ = rows(divided, executive)
    now, _ = rows(divided, executive, by_division(structure="today"))
    assert then[NORTH].cost.value > now[NORTH].cost.value, "January of Search was cost of the North"
    assert then[SOUTH].cost.value < now[SOUTH].cost.value
    assert sum(row.cost.value for row in then.values()) == sum(row.cost.value for row in now.values())


def test_one_division_has_its_own_return_and_the_ledger_still_adds_up(divided, executive):
    found, _ = rows(divided, executive)
    report = portfolio.build(divided.store, executive, by_division(NORTH), TODAY)
    assert report.returned == found[NORTH].returned
    assert (report.cost.value, report.confirmed.value) == (
        found[NORTH].cost.value,
        found[NORTH].confirmed.value,
    )
    parts = (report.cost, report.other_teams, report.excluded, report.suspense)
    assert sum(one.value or 0 for one in parts) == report.ledger.value


def test_t8_what_a_division_returned_is_traced_to_its_parts(divided, finance):
    report = trace.build(divided.store, finance, by_division(NORTH), "confirmed_cash", today=TODAY)
    assert report.figure.value == rows(divided, finance)[0][NORTH].confirmed.value
    assert report.sums_agree


def test_a_value_stream_is_no_division(divided, executive):
    with pytest.raises(UnknownKeyError, match="no division 'Enrolment'"):
        rows(divided, executive, by_division("Enrolment"))


def test_the_frame_offers_what_teams_can_roll_up_to(divided, executive):
    found = shell.build(divided.store, executive, Scope()).roll_ups
    assert found["division", "then"] == (NORTH, SOUTH)
    assert found["division", "today"] == (NORTH, SOUTH)
    assert set(found) == {(by, time) for by in ("value_stream", "division") for time in ("then", "today")}


def test_without_divisions_and_moves_there_is_nothing_to_choose(returning, executive):
    assert set(shell.build(returning.store, executive, Scope()).roll_ups) == {("value_stream", "then")}


def written(built, actor, structure, span=None):
    scope = Scope(span=span, value_stream=NORTH, structure=structure, grouped_by="division")
    return {row.measure.key for row in outcomes.build(built.store, actor, scope, TODAY).written}


def test_measures_follow_the_streams_where_a_division_s_teams_stand_when_it_is_looked_at(divided, executive):
    """What was kept of one structure, or before a team moved, was told of the other."""
    for key, stream in (("enrol", "Enrolment"), ("sell", "Sales")):
        value_rows.put(divided, "initiative", initiative=key, value_stream=stream)
        value_rows.put(divided, "success_measure", measure=key, initiative=key)
    moved = {"kind": "stream_aligned", "value_stream": "Sales", "division": NORTH}
    divided.put("team_structure", {"team": "onboarding", "first_month": 201503, **moved})
    assert written(divided, executive, "then") == {"enrol", "sell"}
    assert written(divided, executive, "today") == {"sell"}
    assert written(divided, executive, "then", Span(201501, 201501)) == {"enrol"}
    divided.put("team_structure", {"team": "onboarding", "first_month": 201502, **moved})
    assert written(divided, executive, "then", Span(201502, 201502)) == {"sell"}


def test_a_figure_of_a_team_names_the_division_in_which_it_stood(divided, executive):
    _, report = rows(divided, executive)
    named = {row.full.scope for stream in report.streams for row in stream.teams if row.key == "search"}
    assert {dict(scope).get("value_stream") for scope in named} == {NORTH, SOUTH}
