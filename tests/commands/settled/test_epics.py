"""What finance confirmed stays with its epic, team and months, without finance: V3, V10 and V12."""

from dataclasses import replace
from datetime import date

import pytest

from roi.actors import Actor
from roi.commands import (
    anticipating,
    epics,
    loop,
    tracker,
    undo,
)
from roi.domain.money import SHARE_WHOLE
from roi.domain.structure import Tick
from roi.domain.value import (
    EpicPlan,
    EpicTeam,
    OutcomePlan,
    Slice,
)
from roi.errors import ClosedMonthError, RefusedError, UndoRefusedError
from roi.store import read_value
from tests import saving
from tests.commands.settled.conftest import KEY, TRACKED, cash, epic, outcome, plan, reading, ticks


def test_v8_and_v3_no_undo_moves_what_finance_confirmed_after_the_change(store, finance, tech_leader):
    plan(store, tech_leader, cell="old")
    una = Actor("Una", tech_leader.roles | finance.roles)
    moved = [replace(epic(store), team="checkout")]
    elsewhere = saving.save_epics(store, una, moved, restatement="it was the other team's work")
    capped = plan(store, tech_leader)
    loop.confirm_all(store, finance, KEY, date(2026, 4, 13))
    for change in (elsewhere, capped):
        with pytest.raises(UndoRefusedError, match=rf"has used or replaced outcome {KEY} since"):
            undo.undo(store, tech_leader, change.change_id)
    assert cash(store, finance) == 1_500_000


def test_v12_a_confirmed_copy_stays_a_copy(store, finance, tech_leader):
    saved = replace(epic(store), key="before", name="Before")
    saving.save_epics(store, tech_leader, [saved])
    epics.save_epic(store, tech_leader, epic(store), EpicPlan("", copied_from="before"))
    with pytest.raises(RefusedError, match=r"confirmed by finance as a copy of another epic"):
        epics.save_epic(store, tech_leader, epic(store), EpicPlan(""))


def test_v3_confirmed_value_stays_with_its_team(store, tech_leader):
    with pytest.raises(RefusedError, match=r"work of the team that books its value"):
        saving.save_epics(store, tech_leader, [replace(epic(store), team="checkout")])
    split = [EpicTeam("", "checkout", 0, SHARE_WHOLE)]
    with pytest.raises(RefusedError, match=r"work of the team that books its value"):
        epics.save_epic(store, tech_leader, epic(store), EpicPlan(""), split)


def test_v10_no_slice_brings_confirmed_value_into_earlier_months(store, tech_leader):
    early = Slice("", "first", "First", date(2026, 1, 6), SHARE_WHOLE)
    with pytest.raises(RefusedError, match=r"parts that it had before the reading of 2026-03-31"):
        epics.save_epic(store, tech_leader, epic(store), EpicPlan(""), None, [early])
    later = (
        replace(early, delivered=None, share=600_000),
        Slice("", "rest", "Rest", date(2026, 4, 20), 400_000),
    )
    epics.save_epic(store, tech_leader, epic(store), EpicPlan(""), None, later)


def test_v10_no_outcome_more_moves_the_delivery_of_a_confirmed_epic(store, finance, tech_leader):
    """Its other outcomes are asked as well; what finance restates with it is told by the receipt."""
    made = replace(outcome(store), key="more", metric="more of it", actual=None, read_on=None)
    with pytest.raises(RefusedError, match=r"delivered on the day from which its months count"):
        anticipating.save_anticipated(
            store, tech_leader, made, OutcomePlan("more"), replace(epic(store), delivered=date(2026, 3, 2))
        )
    una = Actor("Una", tech_leader.roles | finance.roles)
    restated = replace(epic(store), planned_share=400_000)
    given = (made, OutcomePlan("more"), restated)
    with pytest.raises(ClosedMonthError):
        anticipating.save_anticipated(store, una, *given)
    told = anticipating.save_anticipated(store, una, *given, restatement="the plan said 40 %")
    assert "Restated: Guided setup: planned share 50 % → 40 %." in told.notes


def test_v10_a_delivery_does_not_move_while_earlier_readings_are_confirmed(store, tech_leader):
    reading(store, tech_leader, 2500, date(2026, 4, 20))
    with pytest.raises(RefusedError, match=r"delivered on the day from which its months count"):
        saving.save_epics(store, tech_leader, [replace(epic(store), delivered=date(2026, 1, 10))])


@pytest.fixture
def sliced(store, finance, tech_leader):
    """An epic delivered in part, whose outcome was read and confirmed twice."""
    its = replace(epic(store), key="sliced", name="Sliced", delivered=None)
    epics.save_epic(store, tech_leader, its, EpicPlan(""), None, _slices(None))
    told = replace(
        outcome(store), key="other", epic="sliced", metric="other users", actual=None, read_on=None
    )
    its_plan = OutcomePlan("other", line="growth", cell="all", agreed_on=date(2026, 1, 2))
    anticipating.save_anticipated(store, tech_leader, told, its_plan)
    for day in (date(2026, 2, 20), date(2026, 4, 20)):
        reading(store, tech_leader, 2400, day, "other")
        loop.confirm_all(store, finance, "other", day)
    return its


def _slices(rest):
    return [
        Slice("", "first", "First", date(2026, 1, 20), 600_000),
        Slice("", "rest", "Rest", rest, 400_000),
    ]


def test_v10_the_delivery_of_the_rest_is_no_edit_of_what_was_confirmed_before_it(
    store, sliced, finance, tech_leader
):
    before = cash(store, finance)
    day = date(2026, 5, 10)
    epics.save_epic(store, tech_leader, replace(sliced, delivered=day), EpicPlan(""), None, _slices(day))
    assert cash(store, finance) == before
    assert ticks(store, "other") == set(Tick)


def test_v10_a_delivery_before_confirmed_months_moves_them(store, sliced, tech_leader):
    with pytest.raises(RefusedError, match=r"delivered on the day from which its months count"):
        saving.save_epics(store, tech_leader, [replace(sliced, delivered=date(2026, 1, 25))])


def test_v3_a_confirmed_outcome_stays_with_its_epic(store, tech_leader):
    elsewhere = replace(epic(store), key="elsewhere", name="Elsewhere", team="checkout")
    saving.save_epics(store, tech_leader, [elsewhere])
    with pytest.raises(RefusedError, match=r"confirmed by finance as an outcome of Guided setup"):
        saving.save_outcomes(store, tech_leader, [replace(outcome(store), epic="elsewhere")])


def test_v3_the_undo_of_a_tracker_moves_no_value_that_was_confirmed_since(store, finance, tech_leader):
    plan(store, tech_leader, cell="old")  # ends the ticks, so that the export may split the value
    plan(store, tech_leader)
    split = tracker.import_tracker(store, tech_leader, TRACKED, "x.csv")
    with store.snapshot() as cursor:
        assert {one.team for one in read_value.values(cursor).epic_teams["guided-setup"]} == {
            "checkout",
            "onboarding",
        }
    loop.confirm_all(store, finance, KEY, date(2026, 4, 13))
    confirmed = cash(store, finance)
    with pytest.raises(UndoRefusedError, match=rf"has used or replaced outcome {KEY} since"):
        undo.undo(store, tech_leader, split.change_id)
    assert cash(store, finance) == confirmed


def test_v3_an_export_of_a_tracker_splits_no_confirmed_value(store, tech_leader):
    said = [one.message for one in tracker.read_tracker(store, tech_leader, TRACKED, "x.csv").issues]
    assert any("Finance confirmed value of Guided setup" in one for one in said)
    tracker.import_tracker(store, tech_leader, TRACKED, "x.csv")
    with store.snapshot() as cursor:
        values = read_value.values(cursor)
    assert not values.epic_teams
    assert {one.team for one in values.efforts} == {"checkout", "onboarding"}
