"""Since an epic started, its start, shares, teams and effort are frozen; finance restates them (V3, D11)."""

import time
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from roi.actors import Actor, Role
from roi.commands import closing, epics, lists, tracker, undo
from roi.commands.changing.held import Held
from roi.commands.tracker import TrackerAnswers
from roi.domain.money import SHARE_WHOLE
from roi.domain.structure import EpicKind, Tick
from roi.domain.value import Ending, EpicPlan, EpicTeam
from roi.errors import ClosedMonthError, NotAllowedError, RefusedError
from roi.store import clock, read
from tests import saving
from tests.commands.settled.conftest import TRACKED, epic, reading, ticks

KEY = "guided-setup"
HEAD = "epic,name,team,kind,started,planned_share,delivered\n"


@pytest.fixture
def store(company):
    return company.store


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


def test_d11_a_restatement_is_no_slip_that_its_maker_takes_back_at_once(store, finance, una):
    closing.close_months(store, finance, [202601])
    told = save(store, una, planned_share=400_000, restatement="the plan said 40 %")
    for one in (una, Actor("Una", frozenset({Role.OWNER}))):
        with pytest.raises((ClosedMonthError, RefusedError), match=r"planned share 40 %, not 50 %"):
            undo.undo(store, one, told.change_id)
    undo.undo(store, una, told.change_id, restatement="it was 50 %")
    assert epic(store).planned_share == 500_000


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


@pytest.fixture
def running(store, owner, finance):
    """An epic that runs since January with half of its team, whose months are closed."""
    its = replace(epic(store), key="running", name="Running", delivered=None)
    saving.save_epics(store, owner, [its])
    closing.close_months(store, finance, [202601, 202602, 202603])
    return its


def end(store, actor, day, **restated):
    return epics.end_epic(
        store, actor, epics.EpicEnd("running", day, Ending.CANCELLED, "too dear"), **restated
    )


EARLY, NEWEST = date(2026, 1, 20), date(2026, 3, 20)


def test_d11_no_end_takes_cost_out_of_closed_months_but_one_in_the_newest(store, running, owner):
    """A first delivery, a cancellation and a list alike; a prompt closing makes no restatement of it."""
    sent = HEAD.replace("delivered", "ended_on,ended_by,ended_because")
    sent += f"running,Running,onboarding,feature,2026-01-05,50%,{EARLY},cancelled,too dear\n"
    for refused in (
        lambda: saving.save_epics(store, owner, [replace(running, delivered=EARLY)]),
        lambda: end(store, owner, EARLY),
        lambda: lists.import_list(store, owner, "epics", sent.encode(), "e.csv"),
    ):
        with pytest.raises(RefusedError, match=r"(delivery|end) none, not 2026-01-20"):
            refused()
    end(store, owner, NEWEST)
    ended = EpicPlan("running", ended_on=EARLY, ended_by=Ending.CANCELLED, ended_because="too dear")
    with pytest.raises(RefusedError, match=r"end 2026-03-20, not 2026-01-20"):
        epics.save_epic(store, owner, running, ended)


def test_d11_finance_restates_an_end_and_takes_it_back(store, running, owner, finance):
    with pytest.raises(ClosedMonthError, match=r"end none, not 2026-01-20"):
        end(store, finance, EARLY)
    told = end(store, finance, EARLY, restatement="it stopped in January")
    assert told.notes[0] == "Restated: Running: end none → 2026-01-20."
    with pytest.raises(RefusedError, match=r"end 2026-01-20, not none"):
        undo.undo(store, owner, told.change_id)
    again = Actor("Fay", finance.roles)
    undo.undo(store, again, told.change_id, restatement="it did not")
    with pytest.raises(NotAllowedError):  # no closed month moves: that is work, and not for finance to say
        end(store, finance, NEWEST)


def test_d11_a_share_that_nobody_said_or_a_log_holds_no_closed_cost(store, running, owner, tech_leader):
    silent = replace(running, key="silent", name="Silent", planned_share=0)
    saving.save_epics(store, owner, [silent])
    saving.save_epics(store, owner, [replace(silent, delivered=EARLY)])
    logs = "team,month,epic,days\nonboarding,2026-02,,3\nonboarding,2026-03,,3\n"
    lists.import_list(store, tech_leader, "epic_effort", logs.encode(), "l.csv")
    saving.save_epics(store, owner, [replace(running, delivered=EARLY)])


def test_d11_a_tracker_leaves_out_a_delivery_before_closed_cost(store, running, tech_leader):
    sent = TRACKED.replace(b"guided-setup", b"running").replace(b"Guided setup", b"Running")
    found = tracker.read_tracker(store, tech_leader, sent, "x.csv").issues
    assert any("delivery or end of Running lies before closed months" in one.message for one in found)
    tracker.import_tracker(store, tech_leader, sent, "x.csv")
    with store.snapshot() as cursor:
        assert Held(cursor).epics["running"].delivered is None


def test_d11_only_finance_names_the_undo_of_value_a_restatement(store, owner, tech_leader):
    said = save(store, owner, name="Another")
    reading(store, tech_leader, 2500, date(2026, 4, 20))
    for change in (said.change_id, store.version):
        with pytest.raises(NotAllowedError):
            undo.undo(store, owner, change, restatement="because I say so")


def test_d11_finance_undoes_a_restatement_and_nothing_else_of_an_epic(store, owner, tech_leader, finance):
    told = save(store, finance, planned_share=400_000, restatement="the plan said 40 %")
    with pytest.raises(RefusedError, match=r"planned share 40 %, not 50 %"):
        undo.undo(store, tech_leader, told.change_id)
    again = Actor("Fay", finance.roles)
    with pytest.raises(ClosedMonthError):
        undo.undo(store, again, told.change_id)
    undo.undo(store, again, told.change_id, restatement="it said 50 %")
    assert epic(store).planned_share == 500_000
    named = save(store, owner, name="Another")
    with pytest.raises(NotAllowedError):
        undo.undo(store, finance, named.change_id)


def test_d11_finance_says_no_first_delivery_not_even_beside_a_restatement(store, owner, finance):
    its = replace(epic(store), key="running", name="Running", delivered=None)
    saving.save_epics(store, owner, [its])
    for share in (500_000, 400_000):
        made = replace(its, delivered=NEWEST, planned_share=share)
        with pytest.raises(NotAllowedError):
            saving.save_epics(store, finance, [made], restatement="it was delivered")


def test_v3_work_without_share_and_effort_is_free_and_with_a_part_of_the_value_frozen(store, owner):
    silent = replace(epic(store), key="silent", name="Silent", planned_share=0)
    saving.save_epics(store, owner, [silent])
    moved = replace(silent, started=date(2026, 1, 12), team="checkout")
    teams = [EpicTeam("", "checkout", 0, 600_000), EpicTeam("", "onboarding", 0, 400_000)]
    epics.save_epic(store, owner, moved, EpicPlan("silent"), teams)
    turned = [replace(teams[0], effort=400_000), replace(teams[1], effort=600_000)]
    with pytest.raises(RefusedError) as caught:
        epics.save_epic(store, owner, replace(moved, started=silent.started), EpicPlan("silent"), turned)
    assert [one.column for one in caught.value.issues] == ["started", "effort", "effort"]


def test_d9_the_day_of_a_slip_is_that_of_the_clock_on_the_wall(store, owner, monkeypatch):
    """West and east of Greenwich it is another day than in UTC."""
    is_morning = datetime.now(UTC).hour < 11
    monkeypatch.setenv("TZ", "Etc/GMT+12" if is_morning else "Etc/GMT-14")
    time.tzset()
    try:
        silent = replace(epic(store), key="silent", name="Silent", planned_share=0)
        saving.save_epics(store, owner, [silent])
        said = saving.save_epics(store, owner, [replace(silent, planned_share=200_000)])
        assert said.at.date() != datetime.now().astimezone().date()
        undo.undo(store, owner, said.change_id)
    finally:
        monkeypatch.undo()
        time.tzset()


def bring(store, actor, kind, text, **restated):
    return lists.import_list(store, actor, kind, text.encode(), f"{kind}.csv", **restated)


def test_d11_finance_alone_undoes_a_list_of_what_is_frozen_that_came_with_a_restatement(
    store, una, finance, tech_leader
):
    """Epics, their teams and the logs of closed months; by the same rule as a form, and with its reason."""
    closing.close_months(store, finance, [202601])
    bring(store, tech_leader, "epic_effort", LOG.format(12))
    said = [
        bring(
            store,
            una,
            "epics",
            HEAD + f"{KEY},Guided setup,onboarding,feature,2026-01-05,3%,2026-02-10\n",
            restatement="as the plan said",
        ),
        bring(
            store,
            una,
            "epic_teams",
            f"epic,team,planned_share,effort\n{KEY},onboarding,10%,100%\n",
            restatement="one team did it",
        ),
        bring(store, una, "epic_effort", LOG.format(2), restatement="two logs were one"),
    ]
    again = Actor("Fay", finance.roles)
    for change in reversed(said):
        with pytest.raises(RefusedError):
            undo.undo(store, tech_leader, change.change_id)
        with pytest.raises(ClosedMonthError):
            undo.undo(store, again, change.change_id)
        undo.undo(store, again, change.change_id, restatement="it was right before")
    assert epic(store).planned_share == 500_000
    assert days(store) == {("onboarding", 202601, KEY): 12_000, ("onboarding", 202602, KEY): 4_000}


def test_d11_finance_alone_undoes_no_list_that_says_more_than_what_is_frozen(
    store, una, finance, tech_leader
):
    closing.close_months(store, finance, [202601])
    bring(store, tech_leader, "epic_effort", LOG.format(12))
    row = f"{KEY},Another name,onboarding,feature,2026-01-05,3%,2026-02-10\n"
    named = bring(store, una, "epics", HEAD + row, restatement="as the plan said")
    more = "checkout,2026-02,,3\n"  # an open month is nothing frozen
    logged = bring(
        store,
        una,
        "epic_effort",
        LOG.format(2).replace("Guided setup", KEY) + more,
        restatement="two logs were one",
    )
    for change in (named, logged):
        with pytest.raises(NotAllowedError):
            undo.undo(store, finance, change.change_id, restatement="because I say so")


def test_d9_a_slip_is_no_slip_any_more_once_a_month_that_it_moves_is_closed(
    store, owner, finance, tech_leader
):
    """On the same day, by who did it: the books rest on it since, so finance restates it (D11)."""
    silent = replace(epic(store), key="silent", name="Silent", planned_share=0, delivered=None)
    saving.save_epics(store, owner, [silent])
    said = saving.save_epics(store, owner, [replace(silent, planned_share=200_000)])
    logged = bring(store, owner, "epic_effort", "team,month,epic,days\ncheckout,2026-03,,3\n")
    closing.close_months(store, finance, [202601])
    for actor, error in (
        (owner, RefusedError),
        (Actor("Una", owner.roles | finance.roles), ClosedMonthError),
    ):
        with pytest.raises(error, match=r"planned share 20 %, not 0 %"):
            undo.undo(store, actor, said.change_id)
    undo.undo(store, owner, logged.change_id)  # of March, which is open
    undo.undo(store, finance, said.change_id, restatement="nobody had said it")


def test_d9_a_slip_stays_one_beside_months_that_were_closed_before_it(store, owner, finance):
    closing.close_months(store, finance, [202601])
    silent = replace(epic(store), key="silent", name="Silent", planned_share=0)
    saving.save_epics(store, owner, [silent])
    said = saving.save_epics(store, owner, [replace(silent, planned_share=200_000)])
    undo.undo(store, owner, said.change_id)


def test_d9_a_slip_stays_one_where_the_month_closed_since_lies_before_its_work(store, owner, finance):
    silent = replace(epic(store), key="silent", name="Silent", planned_share=0, started=date(2026, 2, 2))
    saving.save_epics(store, owner, [silent])
    said = saving.save_epics(store, owner, [replace(silent, planned_share=200_000)])
    closing.close_months(store, finance, [202601])
    undo.undo(store, owner, said.change_id)
