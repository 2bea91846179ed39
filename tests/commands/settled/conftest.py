"""A small company whose one outcome stands on a capped cell and is confirmed by finance; ways to edit it."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from roi.commands import (
    anticipating,
    finance_lines,
    loop,
    outcomes,
)
from roi.domain.structure import Grade
from roi.domain.value import (
    FinanceLine,
    LineCell,
    LineKind,
    LineMonth,
    OutcomePlan,
    Reading,
)
from roi.reports import portfolio
from roi.reports.shapes import Scope
from roi.store import read
from tests import kept_company

KEY = "trial-to-paid"
LINE = FinanceLine("margin", "Margin", LineKind.MARGIN, "USD")
CELLS = (LineCell("margin", "new", "New", frozenset({"first"})), LineCell("margin", "old", "Old"))
CAP = LineMonth("margin", "new", 202603, 10_000_000, 13_000_000)  # moved by $30,000, $240,000 are measured
PLAN = OutcomePlan(KEY, line="margin", cell="new", planned_share=500_000, agreed_on=date(2026, 1, 2))


@pytest.fixture(scope="module")
def confirmed(built, tmp_path_factory, finance, tech_leader):
    """The small company with its one outcome on a capped cell, confirmed by finance."""

    def grow(store):
        finance_lines.save_lines(store, finance, [LINE], CELLS)
        finance_lines.save_line_months(store, finance, [CAP])
        anticipating.save_anticipated(store, tech_leader, outcome(store), PLAN)
        loop.confirm_all(store, finance, KEY, date(2026, 4, 12))

    return kept_company.grown(built, tmp_path_factory.mktemp("settled"), grow)


@pytest.fixture
def store(confirmed, tmp_path):
    with kept_company.opened(confirmed, tmp_path / "company") as company:
        yield company.store


def outcome(store):
    with store.snapshot() as cursor:
        return next(one for one in read.outcomes(cursor) if one.key == KEY)


def epic(store):
    with store.snapshot() as cursor:
        return next(one for one in read.epics(cursor) if one.key == "guided-setup")


def ticks(store, key=KEY):
    with store.snapshot() as cursor:
        return {one.tick for one in read.confirmations(cursor) if one.outcome == key}


def cash(store, finance):
    return portfolio.build(store, finance, Scope()).confirmed.value


def plan(store, actor, **changed):
    return anticipating.save_anticipated(store, actor, outcome(store), replace(PLAN, **changed))


def reading(store, actor, actual, day, key=KEY):
    outcomes.record_reading(
        store,
        actor,
        Reading(
            key,
            actual=Decimal(actual),
            read_on=day,
            grade=Grade.C,
            evidence="series",
            share_low=400_000,
            share_likely=500_000,
            share_high=600_000,
        ),
    )


TRACKED = "\n".join(
    (
        "Issue key,Issue Type,Summary,Status,Team,Epic Link,Created,Started,Resolved,Updated",
        "guided-setup,Epic,Guided setup,Done,Onboarding,,2026-01-02,2026-01-05,2026-02-10,2026-03-31",
        "T-1,Story,Words,Done,Checkout,guided-setup,2026-01-02,2026-01-05,2026-01-24,2026-03-31",
        "T-2,Story,Pictures,Done,Onboarding,guided-setup,2026-01-02,2026-01-29,2026-02-02,2026-03-31",
        "",
    )
).encode()
