"""Since an epic started, its start, shares, teams and effort are frozen; finance restates them (V3, D11)."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from roi.actors import Actor
from roi.commands import closing, epics, lists, tracker, undo
from roi.commands.held import Held
from roi.commands.tracker import TrackerAnswers
from roi.domain.money import SHARE_WHOLE
from roi.domain.structure import EpicKind, Tick
from roi.domain.value import EpicPlan, EpicTeam
from roi.errors import ClosedMonthError, NotAllowedError, RefusedError
from roi.store import clock, read
from tests import saving
from tests.commands.test_settled import TRACKED, epic, ticks

KEY = "guided-setup"
HEAD = "epic,name,team,kind,started,planned_share,delivered\n"


@pytest.fixture
def store(company):
    return company.store


@pytest.fixture
def una(finance, tech_leader):
    return Actor("Una", finance.roles | tech_leader.roles)


def save(store, actor, teams=None, restatement="", **changed):
    plan = EpicPlan(KEY, **{name: changed.pop(name) for name in list(changed) if name == "run_share"})
    made = replace(epic(store), **changed)
    return epics.save_epic(store, actor, made, plan, teams, restatement=restatement)


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({"planned_share": 10_000}, r"planned share 50 %, not 1 %"),
        ({"started": date(2026, 2, 2)}, r"start 2026-01-05, not 2026-02-02"),
        ({"started": date(2027, 2, 2), "delivered": None}, r"start 2026-01-05, not 2027-02-02"),
        ({"team": "checkout"}, r"team Onboarding, not Checkout"),
    ],
)
def test_v3_what_an_epic_cost_does_not_change_after_its_start(store, owner, changed, told):
    with pytest.raises(RefusedError) as caught:
        save(store, owner, **changed)
    assert any(told.replace("\\", "") in issue.message for issue in caught.value.issues)
    assert epic(store).planned_share == 500_000


def test_d11_finance_restates_with_its_reason_and_both_numbers_stay(store, owner, finance):
    with pytest.raises(NotAllowedError):
        save(store, owner, planned_share=400_000, restatement="it was a slip")
    with pytest.raises(ClosedMonthError, match=r"planned share 50 %, not 40 %.*Name it as a restatement"):
        save(store, finance, planned_share=400_000)
    told = save(store, finance, planned_share=400_000, restatement="the plan said 40 %")
    assert told.notes == ("Restated: Guided setup: planned share 50 % → 40 %.",)
    with pytest.raises(NotAllowedError):  # and finance changes nothing else of it
        save(store, finance, name="Another")


def test_v3_work_that_has_not_begun_is_planned_as_one_likes(store, owner):
    with store.snapshot() as cursor:
        later = clock.today(cursor) + timedelta(days=40)
    planned = replace(epic(store), key="next", name="Next", started=later, delivered=None)
    saving.save_epics(store, owner, [planned])
    saving.save_epics(store, owner, [replace(planned, planned_share=10_000, team="checkout")])


def test_v3_what_nobody_had_said_is_said_at_any_time(store, owner):
    """First shares and first teams; not another share of its own team in the same breath."""
    silent = replace(epic(store), key="silent", name="Silent", planned_share=0)
    saving.save_epics(store, owner, [silent])
    saving.save_epics(store, owner, [replace(silent, planned_share=200_000)])
    sent = "epic,team,planned_share,effort\nsilent,onboarding,{},40%\nsilent,checkout,10%,60%\n"
    with pytest.raises(RefusedError, match=r"planned share of Onboarding 20 %, not 3 %"):
        lists.import_list(store, owner, "epic_teams", sent.format("3%").encode(), "t.csv")
    lists.import_list(store, owner, "epic_teams", sent.format("20%").encode(), "t.csv")
    for teams in ([], [EpicTeam("", "onboarding", 200_000, SHARE_WHOLE)]):
        with pytest.raises(RefusedError, match=r"are split by is frozen since"):
            epics.save_epic(store, owner, replace(silent, planned_share=200_000), EpicPlan("silent"), teams)


def test_v3_a_list_tells_every_frozen_cell_at_once_and_what_it_restates(store, tech_leader, una):
    """D19; a list with a restatement says from what to what before it is brought in."""
    saving.save_epics(store, tech_leader, [replace(epic(store), key="other", name="Other")])
    row = "{},{},onboarding,feature,{},3%,2026-02-10\n"
    sent = HEAD + row.format(KEY, "Guided setup", "2026-01-05") + row.format("other", "Other", "2026-02-01")
    found = lists.read_list(store, tech_leader, "epics", sent.encode(), "e.csv").issues
    assert [(one.line, one.column, one.sent) for one in found if one.code == "frozen_split"] == [
        (2, "planned_share", "3 %"),
        (3, "started", "2026-02-01"),
        (3, "planned_share", "3 %"),
    ]
    told = lists.import_list(store, una, "epics", sent.encode(), "e.csv", restatement="as the plan said")
    assert told.notes[0] == "Restated: Guided setup: planned share 50 % → 3 %."


def test_v3_a_tracker_changes_no_share_of_work_that_has_started(store, tech_leader):
    said = TrackerAnswers(planned_shares={KEY: 10_000})
    found = tracker.read_tracker(store, tech_leader, TRACKED, "x.csv", said)
    assert any("planned share of Guided setup is frozen" in one.message for one in found.issues)
    tracker.import_tracker(store, tech_leader, TRACKED, "x.csv", said)
    assert epic(store).planned_share == 500_000


def test_v3_an_undo_moves_nothing_frozen_but_takes_a_slip_back_at_once(store, owner, tech_leader, una):
    silent = replace(epic(store), key="silent", name="Silent", planned_share=0)
    saving.save_epics(store, owner, [silent])
    said = saving.save_epics(store, owner, [replace(silent, planned_share=200_000)])
    with pytest.raises(RefusedError, match=r"planned share 20 %, not 0 %"):
        undo.undo(store, tech_leader, said.change_id)
    with pytest.raises(ClosedMonthError):
        undo.undo(store, una, said.change_id)
    undo.undo(store, owner, said.change_id)


def test_d11_no_other_delivery_takes_cost_out_of_closed_months(store, owner, finance, tech_leader):
    free = replace(epic(store), key="free", name="Free", delivered=date(2026, 3, 10))
    saving.save_epics(store, tech_leader, [free])
    closing.close_months(store, finance, [202602])
    saving.save_epics(store, owner, [replace(free, delivered=date(2026, 2, 27))])  # cuts open March alone
    with pytest.raises(RefusedError, match=r"delivery 2026-02-27, not 2026-01-27"):
        saving.save_epics(store, owner, [replace(free, delivered=date(2026, 1, 27))])


def test_v10_another_day_of_the_same_month_ends_no_tick_and_another_month_is_refused(store, owner):
    sent = HEAD + "guided-setup,Guided setup,onboarding,feature,2026-01-05,50%,{}\n"
    for command in ("list", "form"):
        for day in (date(2026, 1, 30), date(2026, 3, 1)):
            with pytest.raises(RefusedError, match=r"delivered on the day from which its months count"):
                if command == "list":
                    lists.import_list(store, owner, "epics", sent.format(day).encode(), "e.csv")
                else:
                    save(store, owner, delivered=day)
    save(store, owner, delivered=date(2026, 2, 1))
    with store.snapshot() as cursor:
        told = read.told_when_confirmed(cursor, only_edited=True)
    assert ticks(store) == set(Tick)
    assert standing(store).is_confirmed
    assert told  # the edit is there, and confirms the same months


def standing(store):
    with store.snapshot() as cursor:
        return Held(cursor).standing("trial-to-paid")


def test_v10_a_receipt_names_the_ticks_that_a_change_ends_and_the_money_they_held(store, owner):
    with store.snapshot() as cursor:
        (its,) = read.outcomes(cursor)
    told = saving.save_outcomes(store, owner, [replace(its, unit_value=its.unit_value * 2)])
    (note,) = told.notes
    assert note == (
        "Ends 1 tick of finance on trial users who pay (the unit value, by Fiona): they held 120,000.00 USD "
        "a month, which counts nothing until finance ticks it anew."
    )


def test_v4_run_and_launch_cost_after_the_start_are_told_as_a_change_of_estimate(store, owner):
    assert not save(store, owner, run_share=120_000, kind=EpicKind.RISK).notes  # the first that is said
    assert save(store, owner, run_share=0).notes == (
        "Change of estimate after the start of Guided setup: run cost a year 12 % → 0 % of build cost.",
    )


LOG = "team,month,epic,days\nonboarding,2026-01,Guided setup,{}\nonboarding,2026-02,Guided setup,4\n"


def days(store):
    with store.snapshot() as cursor:
        rows = read.table(cursor, "epic_effort")
    return {(row["team"], row["month"], row["epic"]): row["milli_days"] for row in rows}


def test_v3_the_log_of_a_closed_month_is_frozen_with_the_cost_that_it_splits(
    store, tech_leader, finance, una
):
    """Its first log may come later; another one is refused, restated, and undone by nobody but its author."""
    closing.close_months(store, finance, [202601])
    lists.import_list(store, tech_leader, "epic_effort", LOG.format(12).encode(), "l.csv")
    run = "team,month,epic,days\nonboarding,2026-01,,3\n"
    for sent in (LOG.format(2), run):
        with pytest.raises(RefusedError, match=r"Onboarding has a log of this month, which is closed"):
            lists.import_list(store, tech_leader, "epic_effort", sent.encode(), "l.csv")
    told = lists.import_list(
        store, una, "epic_effort", LOG.format(2).encode(), "l.csv", restatement="two logs were one"
    )
    assert told.notes[0] == "Restated: Onboarding: item-days on Guided setup in 2026-01 12 → 2."
    with pytest.raises(RefusedError, match="item-days on Guided setup in 2026-01 2, not 12"):
        undo.undo(store, tech_leader, told.change_id)


def test_v3_a_tracker_leaves_the_logs_of_closed_months_as_they_are(store, tech_leader, finance):
    tracker.import_tracker(store, tech_leader, TRACKED, "x.csv")
    closing.close_months(store, finance, [202601])
    before = days(store)
    later = TRACKED.replace(b"2026-01-24", b"2026-02-24").replace(b"2026-02-02", b"2026-02-20")
    found = tracker.read_tracker(store, tech_leader, later, "x.csv")
    assert any("The log of 2026-01 is closed" in one.message for one in found.issues)
    tracker.import_tracker(store, tech_leader, later, "x.csv")
    after = days(store)
    assert {key: of for key, of in after.items() if key[1] == 202601} == {
        key: of for key, of in before.items() if key[1] == 202601
    }
    assert after != before
