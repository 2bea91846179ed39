"""What tests of value put beside Alder of the first quarter of 2015 (see `conftest`), how they look at it.

Onboarding's epic `lesson` was delivered in January; one month of `learners` is 100 × £10 × share.
"""

from datetime import date

from roi.reports import portfolio
from roi.reports.booked import work
from roi.reports.cost import tying
from roi.reports.ground import basis as basis_report
from roi.reports.shapes import Scope
from tests.reports.value_rows import DEFAULTS

TODAY = date(2015, 4, 10)
GROWTH = {"line": "growth", "name": "Growth", "kind": "margin", "currency": "GBP", "source": ""}
GROWTH_CELL = {"line": "growth", "cell": "all", "name": "All", "segments": ""}
"""A line without months: it caps nothing."""

PLAN = {**DEFAULTS["outcome_plan"], "agreed_on": date(2015, 1, 5)}
EPIC_PLAN = {**DEFAULTS["epic_plan"], "owner": "Olga", "agreed_on": date(2015, 1, 1)}
MONTHS = (201501, 201502, 201503)
READ = {"actual": "1100", "read_on": date(2015, 3, 31)}


def look(built, actor, **scope):
    return portfolio.build(built.store, actor, Scope(**scope), TODAY)


def items(built, actor, **scope):
    with basis_report.opened(built.store, actor, Scope(**scope)) as base:
        return work.load(tying.load(base), TODAY).by_key


def plan(built, outcome, **more):
    built.put("outcome_plan", {**PLAN, "outcome": outcome, **more})


def line(built, *months, kind="margin", cell="all"):
    row = {"line": "sales", "name": "Sales", "kind": kind, "currency": "GBP", "source": ""}
    built.put("finance_line", row)
    built.put("line_cell", {"line": "sales", "cell": cell, "name": "All", "segments": ""})
    rows = [
        {"line": "sales", "cell": cell, "month": month, "baseline_minor": 0, "actual_minor": moved}
        for month, moved in months
    ]
    if rows:
        built.put("line_month", *rows)


def earlier(built, outcome, read_on, actual, **more):
    row = {
        "outcome": outcome,
        "read_on": read_on,
        "baseline": "1000",
        "actual": actual,
        "unit_value": "10",
        "currency": "GBP",
        "grade": "C",
        "share_low": 400_000,
        "share_likely": 500_000,
        "share_high": 600_000,
        "confirmed_by": "Fiona",
        "confirmed_on": read_on,
        "valid_to": None,
    }
    built.put("confirmed_reading", {**row, **more})


def confirmed(built, actor):
    return look(built, actor).confirmed.value
