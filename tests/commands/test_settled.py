"""What finance confirmed does not move without finance: V3, V8, V10 and V12 against later edits of a plan."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from roi.commands import anticipating, epics, finance_lines, loop, outcomes
from roi.domain.money import SHARE_WHOLE
from roi.domain.structure import Grade, Tick
from roi.domain.value import (
    EpicPlan,
    EpicTeam,
    FinanceLine,
    LineCell,
    LineKind,
    LineMonth,
    OutcomePlan,
    Slice,
)
from roi.errors import RefusedError
from roi.reports import portfolio
from roi.reports.shapes import Scope
from roi.store import read

KEY = "trial-to-paid"
LINE = FinanceLine("margin", "Margin", LineKind.MARGIN, "USD")
CELLS = (LineCell("margin", "new", "New", frozenset({"first"})), LineCell("margin", "old", "Old"))
CAP = LineMonth("margin", "new", 202603, 10_000_000, 13_000_000)  # moved by $30,000, $240,000 are measured
PLAN = OutcomePlan(KEY, line="margin", cell="new", planned_share=500_000, agreed_on=date(2026, 1, 2))


@pytest.fixture
def store(company, finance, tech_leader):
    """The small company with its one outcome on a capped cell, confirmed by finance."""
    finance_lines.save_lines(company.store, finance, [LINE], CELLS)
    finance_lines.save_line_months(company.store, finance, [CAP])
    anticipating.save_anticipated(company.store, tech_leader, outcome(company.store), PLAN)
    loop.confirm_all(company.store, finance, KEY, date(2026, 4, 12))
    return company.store


def outcome(store):
    with store.snapshot() as cursor:
        return next(one for one in read.outcomes(cursor) if one.key == KEY)


def epic(store):
    with store.snapshot() as cursor:
        return next(one for one in read.epics(cursor) if one.key == "guided-setup")


def ticks(store):
    with store.snapshot() as cursor:
        return {one.tick for one in read.confirmations(cursor) if one.outcome == KEY}


def cash(store, finance):
    return portfolio.build(store, finance, Scope()).confirmed.value


def plan(store, actor, **changed):
    return anticipating.save_anticipated(store, actor, outcome(store), replace(PLAN, **changed))


def reading(store, actor, actual, day):
    outcomes.record_reading(
        store,
        actor,
        KEY,
        actual=Decimal(actual),
        read_on=day,
        grade=Grade.C,
        evidence="series",
        share_low=400_000,
        share_likely=500_000,
        share_high=600_000,
    )


@pytest.mark.parametrize("money", [{"cell": "old"}, {"line": "", "cell": ""}])
def test_v8_nobody_leaves_a_capped_cell_with_the_ticks_that_were_given_for_it(
    store, finance, tech_leader, money
):
    assert cash(store, finance) == 1_500_000  # half of what the cell moved
    plan(store, tech_leader, **money)
    assert (ticks(store), cash(store, finance)) == ({Tick.MOVEMENT}, None)
    loop.confirm_all(store, finance, KEY, date(2026, 4, 13))
    assert cash(store, finance) == 12_000_000


def test_v11_another_series_needs_a_new_tick(store, tech_leader):
    plan(store, tech_leader, series="something else")
    assert ticks(store) == {Tick.UNIT_VALUE}


def test_v12_earlier_confirmed_months_stay_in_their_cell(store, finance, tech_leader):
    reading(store, tech_leader, 2500, date(2026, 4, 20))
    with pytest.raises(RefusedError, match=r"earlier readings are confirmed"):
        plan(store, tech_leader, cell="old")
    assert cash(store, finance) == 1_500_000


def test_v12_the_share_of_a_pool_is_frozen_once_it_is_read(store, tech_leader):
    with pytest.raises(RefusedError, match=r"frozen at 50 %, for a gain as for a loss"):
        plan(store, tech_leader, planned_share=0)


def test_v12_a_confirmed_copy_stays_a_copy(store, finance, tech_leader):
    saved = replace(epic(store), key="before", name="Before")
    outcomes.save_epics(store, tech_leader, [saved])
    epics.save_epic(store, tech_leader, epic(store), EpicPlan("", copied_from="before"))
    with pytest.raises(RefusedError, match=r"confirmed by finance as a copy of another epic"):
        epics.save_epic(store, tech_leader, epic(store), EpicPlan(""))


def test_v3_confirmed_value_stays_with_its_team(store, tech_leader):
    with pytest.raises(RefusedError, match=r"work of the team that books its value"):
        outcomes.save_epics(store, tech_leader, [replace(epic(store), team="checkout")])
    split = [EpicTeam("", "checkout", 0, SHARE_WHOLE)]
    with pytest.raises(RefusedError, match=r"work of the team that books its value"):
        epics.save_epic(store, tech_leader, epic(store), EpicPlan(""), split)


def test_v10_no_slice_brings_confirmed_value_into_earlier_months(store, tech_leader):
    early = Slice("", "first", "First", date(2026, 1, 6), SHARE_WHOLE)
    with pytest.raises(RefusedError, match=r"delivered in the parts of 2026-03-31"):
        epics.save_epic(store, tech_leader, epic(store), EpicPlan(""), None, [early])
    later = (
        replace(early, delivered=None, share=600_000),
        Slice("", "rest", "Rest", date(2026, 4, 20), 400_000),
    )
    epics.save_epic(store, tech_leader, epic(store), EpicPlan(""), None, later)


def test_v10_a_delivery_does_not_move_while_earlier_readings_are_confirmed(store, tech_leader):
    reading(store, tech_leader, 2500, date(2026, 4, 20))
    with pytest.raises(RefusedError, match=r"delivered on the day from which its months count"):
        outcomes.save_epics(store, tech_leader, [replace(epic(store), delivered=date(2026, 1, 10))])
