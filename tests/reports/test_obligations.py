"""Rule V15: an obligation is judged on date and cost, ranked by deadline and penalty, which counts nowhere.

`finder` of Search started in February 2015, `lesson` of Onboarding in January; the ledger is in pounds.
"""

from dataclasses import replace
from datetime import date

import pytest

from roi.domain.money import to_decimal
from roi.domain.obligations import Judgement, Standing
from roi.errors import UnknownKeyError
from roi.reports import epic, export, obligations, outcomes, portfolio, team, trace
from roi.reports.shapes import Scope
from tests.reports import value_rows
from tests.reports.test_empty import figures_of

TODAY = date(2015, 4, 10)


def must(built, key, deadline=None, penalty=None, currency="", **more):
    """An epic that is an obligation, with its record where it has a deadline."""
    built.epic(
        key, more.pop("team", "onboarding"), more.pop("started", date(2015, 1, 5)), is_obligation=True, **more
    )
    if deadline is not None:
        row = {"epic": key, "kind": "law", "deadline": deadline, "note": ""}
        built.put("obligation", row | {"penalty_minor": penalty, "currency": currency})


@pytest.fixture
def bound(returning):
    must(returning, "late", date(2015, 2, 1), delivered=date(2015, 2, 11))
    must(returning, "met", date(2015, 3, 1), 10, "GBP", delivered=date(2015, 2, 11))
    must(returning, "small", date(2015, 5, 1), 100, "GBP")
    must(returning, "large", date(2015, 5, 1), 500_000, "GBP", team="search")
    must(returning, "silent", date(2015, 5, 1))
    must(returning, "past", date(2015, 4, 9))
    must(returning, "undated")
    return returning


def look(built, actor, scope=None):
    return obligations.build(built.store, actor, scope or Scope(), TODAY).rows


def test_v15_they_are_ranked_by_deadline_then_penalty_and_judged_by_date(bound, executive):
    found = {row.epic.key: row for row in look(bound, executive)}
    assert list(found) == ["past", "large", "small", "silent", "undated", "late", "met"]
    assert {key: (row.judgement.standing, row.judgement.days) for key, row in found.items()} == {
        "past": (Standing.OVERDUE, 1),
        "large": (Standing.DUE, 21),
        "small": (Standing.DUE, 21),
        "silent": (Standing.DUE, 21),
        "undated": (Standing.NO_DEADLINE, None),
        "late": (Standing.LATE, 10),
        "met": (Standing.IN_TIME, 18),
    }


def test_v15_the_agreed_delivery_stands_beside_the_deadline_that_it_misses(bound, executive):
    for key in ("large", "late"):
        value_rows.put(bound, "epic_plan", epic=key, due_on=date(2015, 5, 4))
    found = {row.epic.key: (row.planned_on, row.planned_late) for row in look(bound, executive)}
    assert (found["large"], found["small"]) == ((date(2015, 5, 4), 3), (None, 0))
    assert found["late"][1] == 0, "it is delivered"


def test_t3_a_penalty_that_nobody_recorded_is_a_reason_and_never_nought(bound, executive):
    found = {row.epic.key: row.penalty for row in look(bound, executive)}
    assert found["large"].value == 500_000
    assert (found["silent"].value, found["silent"].reason) == (None, obligations.NO_PENALTY)
    assert found["undated"].value is None


def test_a_penalty_in_a_currency_without_a_rate_is_ranked_after_those_that_are_known(bound, executive):
    must(bound, "abroad", date(2015, 5, 1), 10**9, "USD")
    rows = look(bound, executive)
    assert [row.epic.key for row in rows][1:5] == ["large", "small", "abroad", "silent"]
    assert rows[3].penalty.value is None
    assert "USD" in rows[3].penalty.reason


def test_v15_the_penalty_is_in_no_value_total_return_or_decision(bound, executive):
    """A penalty a thousand times as large changes no figure but itself."""

    def all_figures():
        asked = (bound.store, executive, Scope())
        reports = (
            portfolio.build(*asked, TODAY),
            replace(outcomes.build(*asked, TODAY), obligations=(), version=0),
            team.build(*asked, "onboarding", TODAY),
            epic.build(*asked, "small", TODAY).view,
        )
        return [list(figures_of(report)) for report in reports]

    before = all_figures()
    row = {"epic": "small", "kind": "law", "deadline": date(2015, 5, 1), "note": ""}
    bound.put("obligation", row | {"penalty_minor": 10**11, "currency": "GBP"})
    assert all_figures() == before
    assert not [one for found in before for one in found if one.figure_id == "obligation_penalty"]


def test_v15_the_cost_is_that_of_the_epic_and_stays_in_the_total(bound, executive):
    asked = (bound.store, executive, Scope())
    (row,) = [row for row in look(bound, executive) if row.epic.key == "small"]
    its = epic.build(*asked, "small", TODAY)
    assert row.cost == its.row.cost
    assert its.obligation == row
    assert row.cost.value > 0
    assert epic.build(*asked, "finder", TODAY).obligation is None


def test_t2_the_scope_filters_and_the_outcomes_page_has_the_same_rows(bound, executive):
    bound.team("search", "Search", stream="Find")
    scope = Scope(value_stream="Find")
    rows = look(bound, executive, scope)
    assert [row.epic.key for row in rows] == ["large"]
    assert outcomes.build(bound.store, executive, scope, TODAY).obligations == rows
    assert outcomes.build(bound.store, executive, Scope(), TODAY).obligations == look(bound, executive)


def test_one_that_was_given_up_is_last_and_neither_open_nor_met(bound, executive):
    value_rows.put(bound, "epic_plan", epic="past", ended_on=date(2015, 4, 1), ended_by="cancelled")
    last = look(bound, executive)[-1]
    assert (last.epic.key, last.judgement) == ("past", Judgement(Standing.ENDED))


def test_t8_the_penalty_is_traced_to_what_was_recorded(bound, executive):
    report = trace.build(bound.store, executive, Scope(), "obligation_penalty", epic="large", today=TODAY)
    assert report.figure.value == 500_000
    report = trace.build(bound.store, executive, Scope(), "obligation_penalty", epic="silent", today=TODAY)
    assert report.figure.reason == obligations.NO_PENALTY


def test_t7_the_file_has_the_rows_of_the_screen_in_their_order(bound, executive):
    made = export.obligations_csv(bound.store, executive, Scope(), TODAY)
    head, *lines = made.content.decode("utf-8-sig").splitlines()
    cells = [dict(zip(head.split(","), line.split(","), strict=True)) for line in lines]
    rows = look(bound, executive)
    assert [cell["epic"] for cell in cells] == [row.epic.key for row in rows]
    assert [cell["penalty"] for cell in cells][:3] == ["", "5000.00", "1.00"]
    for cell, row in zip(cells, rows, strict=True):
        assert cell["cost"] == str(to_decimal(row.cost.value, "GBP"))
        assert cell["standing"] == row.judgement.standing.value


def test_v15_the_deadline_stands_on_the_time_line_of_its_epic(bound, executive):
    """Overdue until it is met, ahead until its day; met in time or late; without one nothing."""
    told = {}
    for key in ("past", "small", "late", "met", "undated"):
        moments = epic.build(bound.store, executive, Scope(), key, TODAY).view.moments
        told[key] = [(one.on, one.label, one.state) for one in moments if one.label.startswith("deadline")]
    assert told == {
        "past": [(date(2015, 4, 9), "deadline", "overdue")],
        "small": [(date(2015, 5, 1), "deadline", "to come")],
        "late": [(date(2015, 2, 1), "deadline, met late", "done")],
        "met": [(date(2015, 3, 1), "deadline", "done")],
        "undated": [],
    }


def test_v15_what_came_of_it_is_judged_by_the_day_of_acceptance_and_paid_stands_beside(bound, executive):
    """Accepted before its epic is delivered it is met; what was paid is a figure of its own, in no total."""
    before = list(figures_of(portfolio.build(bound.store, executive, Scope(), TODAY)))
    paid = {"paid_minor": 2_500, "currency": "GBP"}
    bound.put(
        "obligation_met", {"epic": "small", "met_on": date(2015, 4, 2), "paid_minor": None, "currency": ""}
    )
    bound.put("obligation_met", {"epic": "past", "met_on": None, **paid})
    found = {row.epic.key: row for row in look(bound, executive)}
    assert found["small"].judgement == Judgement(Standing.IN_TIME, 29)
    assert (found["small"].paid.value, found["small"].paid.reason) == (None, obligations.NOT_SAID)
    assert (found["past"].judgement.standing, found["past"].paid.value) == (Standing.OVERDUE, 2_500)
    assert list(figures_of(portfolio.build(bound.store, executive, Scope(), TODAY))) == before
    traced = trace.build(bound.store, executive, Scope(), "penalty_paid", epic="past", today=TODAY)
    assert traced.figure == found["past"].paid
    last = export.obligations_csv(bound.store, executive, Scope(), TODAY).content.decode().splitlines()[1]
    assert last.endswith(",,25.00,GBP")


def said(built, actor, key=None):
    with pytest.raises(UnknownKeyError) as error:
        trace.build(built.store, actor, Scope(), "obligation_penalty", epic=key)
    return str(error.value)


def test_t8_a_penalty_that_is_none_to_trace_says_why_in_true_words(returning, executive):
    assert said(returning, executive) == (
        "This figure belongs to one obligation, and no epic that is looked at is one."
    )
    must(returning, "rules", date(2015, 5, 1), 100, "GBP")
    none = trace.build(returning.store, executive, Scope(), "obligation_penalty", epic="lesson").figure
    assert (none.value, none.reason) == (None, obligations.NO_OBLIGATION)
    assert said(returning, executive) == (
        "This figure belongs to one obligation. Name the epic: Epic rules (rules)."
    )
