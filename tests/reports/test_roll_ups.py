"""T4, V13: no roll-up and no second saving on one line raises a total, asked of the reports themselves."""

from datetime import date

import pytest

from roi.reports import initiatives, portfolio
from roi.reports.shapes import Scope
from tests.reports import value_rows

TODAY = date(2015, 4, 10)
READ = {"actual": "1100", "read_on": date(2015, 3, 31)}
SAVED = {**READ, "value_class": "cost_reduction", "value_basis": "booked"}


def totals(built, actor):
    """What Portfolio counts of value, and the cost beside it."""
    report = portfolio.build(built.store, actor, Scope(), TODAY)
    figures = (report.confirmed, report.protected, report.cost, report.checks.overlap_removed)
    return [figure.value for figure in figures]


def on_line(built, outcome, line="rent", cell="all"):
    value_rows.put(built, "outcome_plan", outcome=outcome, line=line, cell=cell, agreed_on=date(2015, 1, 5))


@pytest.fixture
def saving(returning):
    """Alder with a cost line outside engineering that fell by £1200 in February and in March."""
    line = {
        "line": "rent",
        "name": "Rent",
        "kind": "cost_outside",
        "currency": "GBP",
        "source": "ledger 6100",
    }
    returning.put("finance_line", line)
    returning.put("line_cell", {"line": "rent", "cell": "all", "name": "All", "segments": ""})
    months = [
        {"line": "rent", "cell": "all", "month": month, "baseline_minor": 500_000, "actual_minor": 380_000}
        for month in (201502, 201503)
    ]
    returning.put("line_month", *months)
    return returning


# Roll-ups


def test_t4_adding_a_roll_up_raises_no_total(returning, executive):
    """Initiatives, their success measures, a chain of outcomes and a division: the same money from above."""
    before = totals(returning, executive)
    for key, epics in (("enrol", ("lesson", "finder")), ("save", ("desk",)), ("idle", ())):
        value_rows.put(returning, "initiative", initiative=key)
        value_rows.put(returning, "success_measure", measure=f"result of {key}", initiative=key)
        for epic in epics:
            value_rows.put(returning, "epic_plan", epic=epic, initiative=key)
    value_rows.put(
        returning, "outcome_plan", outcome="clicks", leads_to="learners", agreed_on=date(2015, 1, 5)
    )
    returning.put(
        "team",
        *(
            {
                "team": key,
                "name": key.title(),
                "kind": "stream_aligned",
                "value_stream": stream,
                "division": "Products",
                "starts": None,
                "ends": None,
            }
            for key, stream in (("onboarding", "Enrolment"), ("search", "Catalogue"))
        ),
    )
    assert totals(returning, executive) == before
    report = initiatives.build(returning.store, executive, Scope(), TODAY)
    its = {row.initiative.key: row.confirmed.value or 0 for row in report.rows}
    assert its == {"enrol": 100_000, "save": 0, "idle": 0}
    assert sum(its.values()) == before[0]


def test_t4_moving_an_epic_to_another_roll_up_moves_its_value_and_adds_none(returning, executive):
    for key in ("one", "other"):
        value_rows.put(returning, "initiative", initiative=key)
    for key in ("one", "other"):
        value_rows.put(returning, "epic_plan", epic="lesson", initiative=key)
        report = initiatives.build(returning.store, executive, Scope(), TODAY)
        counted = {row.initiative.key for row in report.rows if row.confirmed.value}
        assert counted == {key}
        assert totals(returning, executive)[0] == 100_000


# Savings (V13)


def test_v13_two_savings_on_one_line_count_together_what_it_fell_by_and_no_more(saving, executive):
    """Each says that all of the £1000 a month is due to it; the line fell by £1200: each is cut to £600."""
    whole = {"share_low": 1_000_000, "share_likely": 1_000_000, "share_high": 1_000_000}
    for key, epic in (("learners", "lesson"), ("desks", "desk")):
        saving.outcome(key, epic, **SAVED, **whole)
        on_line(saving, key)
        saving.confirm(key, by="Frank")
    confirmed, _, _, removed = totals(saving, executive)
    assert (confirmed, removed) == (2 * 120_000, 2 * 80_000)


def test_v13_a_saving_that_names_no_line_is_not_cash_until_it_names_the_one_that_shows_it(saving, executive):
    saving.outcome("learners", "lesson", **SAVED)
    saving.confirm("learners", by="Frank")
    assert totals(saving, executive)[:2] == [None, 150_000]
    on_line(saving, "learners")
    assert totals(saving, executive)[:2] == [100_000, 50_000]
