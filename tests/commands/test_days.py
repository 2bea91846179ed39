"""No reading and no tick is of a day to come, and no tick is older than what it confirms (V10, V11)."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from roi.commands import anticipating, epics, lists, loop, waits
from roi.domain.structure import Tick
from roi.domain.value import Closure, Ending, EpicPlan, OutcomePlan, Wait
from roi.errors import RefusedError
from tests.commands.test_outcomes import EPIC, KEY, OUTCOME, codes, held, reading, tick

TODAY = date(2026, 11, 10)
TOMORROW = TODAY + timedelta(days=1)


@pytest.fixture(autouse=True)
def today(monkeypatch):
    """The company is looked at on this day, whenever the tests run."""
    monkeypatch.setattr("roi.store.clock.today", lambda _cursor: TODAY)


def test_v11_a_reading_of_a_day_to_come_is_refused(company, tech_leader):
    with pytest.raises(RefusedError, match="still to come, today is 2026-11-10") as error:
        reading(company.store, tech_leader, read_on=TOMORROW)
    (issue,) = error.value.issues
    assert (issue.code, issue.column, issue.expected) == ("ahead", "read_on", "2026-11-10 or an earlier day")
    reading(company.store, tech_leader, read_on=TODAY)
    assert held(company.store).read_on == TODAY


OUTCOMES = (
    "outcome,epic,metric,unit,direction,baseline,target_low,target_likely,target_high,value_class,owner"
    "{more}\n"
    + KEY
    + ",guided-setup,trial users who pay,users a month,up,2000,2100,2300,2500,revenue,{its}\n"
)
SHARES = "grade,share_low,share_likely,share_high"


@pytest.mark.parametrize("kind", ["readings", "outcomes"])
def test_v11_lists_of_readings_and_of_outcomes_say_so_by_line(company, tech_leader, kind):
    more, its = f",actual,read_on,{SHARES}", f"Olga,2400,{TOMORROW},E,0,0,0"
    text = OUTCOMES.format(more=more, its=its)
    if kind == "readings":
        text = f"outcome,read_on,actual,{SHARES}\n{KEY},{TOMORROW},2400,E,0,0,0\n"
    with pytest.raises(RefusedError) as error:
        lists.import_list(company.store, tech_leader, kind, text.encode(), "list.csv")
    assert [(issue.code, issue.line) for issue in error.value.issues] == [("ahead", 2)]


MEASURES = "name,epic,actual,read_on{more}\nSatisfaction,guided-setup,8 of 10,{day}{its}\n"


def test_v11_a_list_of_success_measures_says_so_too_and_lets_one_that_was_read_ahead_change(
    company, tech_leader, monkeypatch
):
    def bring(day, more="", its=""):
        text = MEASURES.format(day=day, more=more, its=its)
        lists.import_list(company.store, tech_leader, "success_measures", text.encode(), "list.csv")

    with pytest.raises(RefusedError, match="Satisfaction cannot have been read on 2026-11-11") as error:
        bring(TOMORROW)
    assert [(issue.code, issue.line) for issue in error.value.issues] == [("ahead", 2)]
    monkeypatch.setattr("roi.store.clock.today", lambda _cursor: TOMORROW)
    bring(TOMORROW)
    monkeypatch.setattr("roi.store.clock.today", lambda _cursor: TODAY)
    bring(TOMORROW, ",unit", ",points")


def test_an_outcome_read_ahead_before_this_rule_can_still_be_changed(company, tech_leader, monkeypatch):
    monkeypatch.setattr("roi.store.clock.today", lambda _cursor: TOMORROW)
    reading(company.store, tech_leader, read_on=TOMORROW)
    monkeypatch.setattr("roi.store.clock.today", lambda _cursor: TODAY)
    text = OUTCOMES.format(more="", its="Oliver")
    lists.import_list(company.store, tech_leader, "outcomes", text.encode(), "list.csv")
    assert held(company.store).owner == "Oliver"


def test_v10_a_tick_is_given_between_the_reading_and_today(company, tech_leader, finance):
    reading(company.store, tech_leader, read_on=TODAY - timedelta(days=3))
    for on, code in ((TOMORROW, "ahead"), (TODAY - timedelta(days=4), "dates")):
        with pytest.raises(RefusedError) as error:
            tick(company.store, finance, Tick.MOVEMENT, on=on)
        assert codes(error) == [code]
        with pytest.raises(RefusedError) as error:
            loop.confirm_all(company.store, finance, KEY, on)
        assert codes(error) == [code]
    tick(company.store, finance, Tick.MOVEMENT, on=TODAY - timedelta(days=3))
    loop.confirm_all(company.store, finance, KEY, TODAY)


AHEAD = {
    "closures": f"outcome,ended_on,ended_by,reason\n{KEY},{TOMORROW},written off,nobody reads it\n",
    "waits": f"epic,waits_for,since,ended_on\nguided-setup,a licence,2026-05-04,{TOMORROW}\n",
    "metric_series": "series,month,value,source\npaying,2026-12,4,the shop\n",
    "epic_effort": "team,month,epic,days\nonboarding,2026-12,guided-setup,3\n",
    "epics": f"epic,name,team,kind,started,planned_share,ended_on,ended_by,ended_because\n"
    f"guided-setup,Guided setup,onboarding,feature,2026-01-05,50%,{TOMORROW},cancelled,no more\n",
    "epic_slices": f"epic,slice,name,delivered,share\nguided-setup,all,All of it,{TOMORROW},100%\n",
}


@pytest.mark.parametrize("kind", sorted(AHEAD))
def test_no_list_tells_as_happened_what_is_still_to_come(company, tech_leader, kind):
    with pytest.raises(RefusedError) as error:
        lists.import_list(company.store, tech_leader, kind, AHEAD[kind].encode(), "list.csv")
    ahead = [issue for issue in error.value.issues if issue.code == "ahead"]
    assert [issue.line for issue in ahead] == [2], [issue.message for issue in error.value.issues]
    assert "still to come, today is 2026-11-10" in ahead[0].message


def test_neither_an_outcome_nor_an_epic_nor_a_wait_ends_on_a_day_to_come(company, tech_leader):
    store = company.store
    ends = (
        lambda: loop.close(store, tech_leader, Closure(KEY, TOMORROW, Ending.WRITTEN_OFF, reason="no more")),
        lambda: epics.end_epic(
            store, tech_leader, epics.EpicEnd("guided-setup", TOMORROW, Ending.CANCELLED, "no more")
        ),
        lambda: waits.record_wait(store, tech_leader, Wait("guided-setup", "", "a licence", TOMORROW)),
    )
    for end in ends:
        with pytest.raises(RefusedError, match="still to come") as error:
            end()
        assert "ahead" in codes(error)


def test_work_that_has_not_begun_is_cancelled_as_of_its_own_days(company, tech_leader):
    """No day of it has come: it may be ended on its first one, and it would be refused on every earlier."""
    text = (
        "epic,name,team,kind,started,planned_share\nplanned,Planned work,onboarding,feature,2027-01-11,50%\n"
    )
    lists.import_list(company.store, tech_leader, "epics", text.encode(), "list.csv")
    first = date(2027, 1, 11)
    with pytest.raises(RefusedError, match="would end before it started") as error:
        epics.end_epic(
            company.store, tech_leader, epics.EpicEnd("planned", TODAY, Ending.CANCELLED, "no need")
        )
    assert error.value.issues[0].expected == "2027-01-11 or a later day"
    assert epics.end_epic(
        company.store, tech_leader, epics.EpicEnd("planned", first, Ending.CANCELLED, "no need")
    ).change_id


def test_what_ended_ahead_before_this_rule_can_still_be_changed(company, tech_leader, monkeypatch):
    def bring(more, its):
        text = (
            f"epic,name,team,kind,started,planned_share,ended_on,ended_by,ended_because{more}\n"
            f"guided-setup,Guided setup,onboarding,feature,2026-01-05,50%,{TOMORROW},cancelled,no more"
            f"{its}\n"
        )
        lists.import_list(company.store, tech_leader, "epics", text.encode(), "list.csv")

    monkeypatch.setattr("roi.store.clock.today", lambda _cursor: TOMORROW)
    bring("", "")
    monkeypatch.setattr("roi.store.clock.today", lambda _cursor: TODAY)
    bring(",origin", ",unplanned")


EPICS = (
    "epic,name,team,kind,started,planned_share,delivered\n"
    "guided-setup,Guided setup,onboarding,feature,2026-01-05,50%,2026-02-10\n"
    "search,Better search,checkout,feature,2026-06-01,25%,{day}{more}\n"
)
SENT_AGAIN = {
    "metric_series": "series,month,value,source\npaying,2026-12,4,the shop\npaying,2026-11,{its},the shop\n",
    "epic_effort": "team,month,epic,days\nonboarding,2026-12,guided-setup,3\nonboarding,2026-02,,{its}\n",
    "readings": f"outcome,read_on,actual,{SHARES}\n{KEY},{TOMORROW},2400,E,0,0,0\n"
    f"{KEY},2026-05-01,{{its}},E,0,0,0\n",
}


@pytest.mark.parametrize("kind", sorted(SENT_AGAIN))
def test_a_list_sent_again_may_hold_unchanged_what_was_stored_ahead(company, tech_leader, monkeypatch, kind):
    """A row ahead that is stored word for word changes nothing; the rows beside it are taken."""

    def bring(its):
        text = SENT_AGAIN[kind].format(its=its).replace("2026-12", ahead)
        return lists.import_list(company.store, tech_leader, kind, text.encode(), "list.csv")

    ahead = "2026-12"
    monkeypatch.setattr("roi.store.clock.today", lambda _cursor: date(2026, 12, 1))
    bring(5)
    monkeypatch.setattr("roi.store.clock.today", lambda _cursor: TODAY)
    assert bring(6).change_id == company.store.version
    if kind == "readings":
        return
    ahead = "2027-01"
    with pytest.raises(RefusedError, match="still to come"):
        bring(6)


def test_an_epic_is_delivered_by_today_and_planned_to_be_by_the_day_it_is_due(company, tech_leader):
    """Its value counts from its delivery on, so a plan is none: the list and both forms say so."""
    store, text = company.store, EPICS.format(day=TOMORROW, more="")
    with pytest.raises(RefusedError, match="Better search cannot have been delivered on 2026-11-11") as error:
        lists.import_list(store, tech_leader, "epics", text.encode(), "list.csv")
    (issue,) = error.value.issues
    assert (issue.code, issue.line, issue.column) == ("ahead", 3, "delivered")
    assert issue.fix == "Say the day as due (due_on), and as delivered once it is."
    made = replace(EPIC, delivered=TOMORROW)
    with pytest.raises(RefusedError, match="still to come"):
        epics.save_epic(store, tech_leader, made, EpicPlan(EPIC.key))
    with pytest.raises(RefusedError, match="still to come"):
        new = replace(OUTCOME, epic=EPIC.key)
        anticipating.save_anticipated(store, tech_leader, new, OutcomePlan(new.key), made, EpicPlan(EPIC.key))
    epics.save_epic(store, tech_leader, replace(EPIC, delivered=TODAY), EpicPlan(EPIC.key))


def test_an_epic_delivered_ahead_before_this_rule_can_still_be_changed(company, tech_leader, monkeypatch):
    def bring(more):
        text = EPICS.format(day=TOMORROW, more=more).replace("delivered\n", "delivered,owner\n")
        lists.import_list(company.store, tech_leader, "epics", text.encode(), "list.csv")

    monkeypatch.setattr("roi.store.clock.today", lambda _cursor: TOMORROW)
    bring(",Olga")
    monkeypatch.setattr("roi.store.clock.today", lambda _cursor: TODAY)
    bring(",Oliver")
