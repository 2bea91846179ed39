"""One epic: money, marks and ticks, history, and the states without them."""

import re
from datetime import date

from roi.actors import Actor, Role, local_user
from roi.commands import closing
from roi.domain.money import SHARE_WHOLE
from roi.domain.value import EpicPlan
from roi.reports import data as data_report
from roi.reports import outcomes as outcomes_report
from roi.reports.shapes import Scope
from roi.store import read, read_value
from roi.ui import session
from tests.pages.conftest import placed, shown
from tests.pages.test_outcomes import OUTCOME_UNREAD, act_as
from tests.pages.upload_wizard import press, widget

EPIC = {
    "epic": "e9",
    "name": "<b>Quiet</b> work",
    "team": "search",
    "kind": "risk",
    "started": date(2015, 1, 1),
    "delivered": None,
    "planned_share": SHARE_WHOLE // 4,
    "is_obligation": True,
}


def test_an_epic_shows_money_marks_and_ticks(small, open_page):
    small.outcome("onboarding", is_confirmed=True)
    app = open_page("epic", epic="e1")
    page = shown(app)
    assert "Guided first lesson has cost £5.00k; one reading is overdue" in page
    assert "Cost so far" in page
    assert "Fay, 1 Apr 2015" in page
    assert '"status">We expected <b>' in page, "its day has passed"
    offered = {button.label for button in app.button} & {"Confirm", "Look closer, adjust or ask"}
    assert not offered, "it is overdue, confirmed as far as it is read, and waits for no tick"


PRODUCT = 'href="product?value_stream={0}" data-go="product?value_stream={0}" target="_self">{0}</a>'


def test_an_epic_and_the_list_of_outcomes_lead_to_the_product_that_it_is_for(small, open_page):
    small.outcome("onboarding", is_confirmed=True)
    for page in (open_page("epic", epic="e1"), open_page("outcomes", state="all")):
        assert PRODUCT.format("Enrolment") in placed(page)


def test_d5_it_is_the_product_in_which_its_team_stands_in_the_last_month_looked_at(small, open_page):
    small.outcome("onboarding", is_confirmed=True)
    place = {"kind": "stream_aligned", "value_stream": "Catalogue", "division": ""}
    small.rows("team_structure", {"team": "onboarding", "first_month": 201503, **place})
    assert PRODUCT.format("Catalogue") in placed(open_page("epic", epic="e1"))
    before = placed(open_page("epic", epic="e1", period="2015-01..2015-02"))
    assert "value_stream=Enrolment" in before and "value_stream=Catalogue" not in before


def test_the_result_that_nobody_put_into_words_is_the_promise_and_how_it_is_measured(small, open_page):
    small.outcome("onboarding", is_confirmed=True)
    page = shown(open_page("epic", epic="e1"))
    at = page.index("What result, measured how?")
    told = page[at : page.index("How will we learn?")]
    assert "from " in told
    assert "; measured by: " in told
    assert "nobody has said yet" not in told


def test_what_was_written_off_is_told_as_it_was_promised_and_expects_nothing(small, open_page):
    """“Worth about £0 a year” was no promise that anybody gave."""
    small.outcome("onboarding", is_confirmed=False)
    small.rows(
        "closure",
        {
            "outcome": "o1",
            "ended_on": date(2015, 6, 1),
            "ended_by": "written_off",
            "landed": "not",
            "learned": "Nobody asked for it.",
            "reason": "It did not help.",
        },
    )
    page = shown(open_page("epic", epic="e1"))
    assert ", worth about <b>£" in page
    assert ", worth about <b>£0 a year" not in page
    assert "its outcome was written off" in page
    assert "nothing more of it is expected" in page
    assert "no outcome says what it should bring" not in page


def test_an_epic_without_an_outcome_leads_to_the_first(small, open_page):
    small.rows("epic", EPIC)
    app = open_page("epic", epic="e9")
    page = shown(app)
    assert "no outcome is recorded yet" in page
    assert "An obligation" in page
    assert "<b>Quiet</b>" not in page
    assert "Record an outcome" in [button.label for button in app.button]


def test_an_epic_that_is_planned_is_to_start_and_has_not_started(small, open_page):
    small.rows("epic", {**EPIC, "started": date(2099, 6, 7)})
    page = shown(open_page("epic", epic="e9"))
    assert "to start on 7 Jun 2099." in page
    assert "Next on 7 Jun 2099: start<" in page
    assert "start planned" in page
    assert "started" not in page.replace("has not started, so it has no cost yet", "")


def test_t9_an_epic_is_said_to_be_delivered_by_one_change(small, open_page):
    small.outcome("onboarding", is_confirmed=False)
    app = open_page("epic", epic="e1")
    widget(app, "date_input", "epic_delivered").set_value(date(2015, 2, 28))
    widget(app, "date_input", "epic_due").set_value(date(2061, 6, 30))
    widget(app, "text_input", "epic_name").set_value("Guided start")
    next(button for button in app.button if button.label == "Save").click()
    app.run()
    (epic,) = outcomes_report.build(session.store(), local_user("A test"), Scope(), session.today()).epics
    assert (epic.epic.name, epic.epic.delivered) == ("Guided start", date(2015, 2, 28))
    with session.store().snapshot() as cursor:
        (plan,) = read_value.records(cursor, "epic_plan", EpicPlan, "epic")
    assert plan.due_on == date(2061, 6, 30), "a day far away is a day too"
    assert epic.epic.planned_share == SHARE_WHOLE // 2


def test_r7_all_that_is_wrong_with_an_epic_is_told_at_once_with_what_to_do(small, open_page, monkeypatch):
    small.outcome("onboarding", is_confirmed=False)
    act_as(monkeypatch, "Tess", Role.TECH_LEADER)
    app = open_page("epic", epic="e1")
    widget(app, "text_input", "epic_name").set_value("")
    widget(app, "date_input", "epic_started").set_value(date(2015, 3, 1))
    next(button for button in app.button if button.label == "Save").click()
    page = re.sub("<[^>]+>", "|", shown(app.run()))
    for told in (
        "The epic has no name.",
        "Name · left empty · expected a name of up to 300 letters",
        "The epic was delivered before it started.",
        "Delivered · you gave “2015-01-31” · expected 2015-03-01 or later",
        "Correct the day of its start",
        "If it was wrong, finance restates it with its reason on its page.|",
    ):
        assert told in page, told
    assert page.count("Nothing was changed.") == 1
    assert "--restatement" not in page, "that is for lists"


def test_t9_a_wait_is_recorded_and_ended_on_the_page_of_its_epic(small, open_page):
    small.outcome("onboarding", is_confirmed=False)
    small.rows("epic", {**EPIC, "epic": "e9", "name": "Quiet work", "is_obligation": False})
    app = open_page("epic", epic="e9")
    widget(app, "text_input", "waits_e9_for").set_value("the <b>price</b> ![x](http://x)")
    widget(app, "date_input", "waits_e9_since").set_value(date(2015, 3, 2))
    next(button for button in app.button if button.label == "Record the wait").click()
    app.run()
    page = shown(app)
    assert "The wait is recorded." in page
    assert "for the <b>price</b> list" not in page
    assert "cannot be ranked yet" in page
    ended = next(one for one in app.get("date_input") if one.label.endswith(": ended on"))
    assert "![x]" not in ended.label, "a label is read as Markdown"
    ended.set_value(date(2015, 3, 9))
    next(button for button in app.button if button.label == "End this wait").click()
    app.run()
    assert "It waits for nothing that is recorded" in shown(app)
    with session.store().snapshot() as cursor:
        (wait,) = read_value.values(cursor).waits["e9"]
    assert (wait.waits_for, wait.since, wait.ended_on) == (
        "the <b>price</b> ![x](http://x)",
        date(2015, 3, 2),
        date(2015, 3, 9),
    )


def test_an_epic_may_wait_for_a_team_and_for_words_that_read_like_its_key(small, open_page):
    """Each open wait has a field and a button of its own; two of the same name would end the page."""
    small.rows("epic", {**EPIC, "is_obligation": False})
    wait = {"epic": "e9", "since": date(2015, 3, 2), "ended_on": None, "note": ""}
    small.rows("epic_wait", {**wait, "team": "onboarding", "waits_for": ""})
    small.rows("epic_wait", {**wait, "team": "", "waits_for": "onboarding"})
    app = open_page("epic", epic="e9")
    buttons = [button for button in app.button if button.label == "End this wait"]
    assert len(buttons) == 2
    buttons[-1].click()
    app.run()
    assert "The wait is ended." in shown(app)


def test_a_promise_is_changed_under_its_own_key(small, open_page):
    small.outcome("onboarding", is_confirmed=False)
    small.rows("outcome", {**OUTCOME_UNREAD, "outcome": "o2"})
    app = open_page("outcomes", state="edit", outcome="o2")
    assert widget(app, "text_input", "outcome_metric").value == "Users who come back"
    widget(app, "text_input", "outcome_target_likely").set_value("125")
    widget(app, "text_input", "outcome_evidence").set_value("weekly report")
    app.run()
    press(app, "outcome_save")
    (epic,) = outcomes_report.build(session.store(), local_user("A test"), Scope(), session.today()).epics
    assert {row.outcome.key: row.outcome.target_likely for row in epic.outcomes} == {"o1": 120, "o2": 125}


def test_an_epic_offers_nothing_to_who_only_reads(small, open_page, monkeypatch):
    small.outcome("onboarding", is_confirmed=False)
    monkeypatch.setattr(session, "actor", lambda: Actor("Eve", frozenset({Role.EXECUTIVE})))
    labels = [button.label for button in open_page("epic", epic="e1").button]
    assert not {"Record an outcome", "Record a new reading", "Confirm"}.intersection(labels)


def test_v3_what_is_frozen_is_refused_to_its_owner_and_restated_by_finance(small, open_page, monkeypatch):
    """D11: the owner reads why, finance names the restatement with its reason, and the history has both."""
    small.outcome("onboarding", is_confirmed=False)
    for role in (Role.OWNER, Role.FINANCE):
        monkeypatch.setattr(session, "actor", lambda role=role: Actor("Amara", frozenset({role})))
        app = open_page("epic", epic="e1")
        widget(app, "number_input", "epic_share").set_value(10)
        next(button for button in app.button if button.label == "Save").click()
        app.run()
        assert "planned share 50 %, not 10 %" in " ".join(one.value for one in app.markdown) + shown(app)
        assert ("restate" in [button.key for button in app.button]) is (role is Role.FINANCE)
    press(app, "restate")
    assert widget(app, "button", "restate_now").disabled  # until there is a reason
    app.session_state["_restating"].command(restatement="the plan said 10 %")
    page = shown(open_page("epic", epic="e1"))
    assert "planned share 50% → 10%" in page
    assert "the plan said 10 %" in page


FINANCE = Actor("Fay", frozenset({Role.FINANCE}))


def ended():
    with session.store().snapshot() as cursor:
        return read_value.values(cursor).epic_plans.get("e9", EpicPlan("e9"))


def test_d11_finance_alone_restates_an_end_in_closed_months_on_its_page(small, open_page, monkeypatch):
    small.rows("epic", EPIC)
    monkeypatch.setattr(session, "actor", lambda: FINANCE)
    keys = [one.key for one in open_page("epic", epic="e9").button]
    assert "epic_end" not in keys, "no month is closed: when it ends is its owner's to say"
    closing.close_months(session.store(), FINANCE, [201501, 201502, 201503])
    app = open_page("epic", epic="e9")
    assert widget(app, "button", "epic_end").disabled, "until there is a reason"
    assert widget(app, "date_input", "epic_end_on").max == date(2015, 2, 28)
    widget(app, "date_input", "epic_end_on").set_value(date(2015, 1, 20))
    widget(app, "text_input", "epic_end_because").set_value("it stopped in January")
    app.run()
    press(app, "epic_end")
    assert (ended().ended_on, ended().ended_because) == (date(2015, 1, 20), "it stopped in January")
    page = shown(app)
    assert "end none → 2015-01-20" in page
    assert "Undo" in [one.label for one in app.button]
    change = data_report.build(session.store(), FINANCE, Scope()).changes[0]
    assert (change.kind, change.reason) == ("end an epic", "it stopped in January")


def test_d11_finance_alone_restates_a_delivery_in_closed_months_on_its_page(small, open_page, monkeypatch):
    small.outcome("onboarding", is_confirmed=False)
    monkeypatch.setattr(session, "actor", lambda: FINANCE)
    closing.close_months(session.store(), FINANCE, [201501, 201502])
    app = open_page("epic", epic="e1")
    assert "epic_end" not in [one.key for one in app.button], "what was delivered ended by that"
    widget(app, "date_input", "epic_delivered").set_value(date(2015, 2, 20))
    next(button for button in app.button if button.label == "Save").click()
    app.run()
    press(app, "restate")
    app.session_state["_restating"].command(restatement="it was delivered in February")
    with session.store().snapshot() as cursor:
        assert [one.delivered for one in read.epics(cursor)] == [date(2015, 2, 20)]


def test_an_epic_that_is_not_there_says_so(small, open_page):
    told = shown(open_page("epic", epic="nothing"))
    assert "There is no such epic here" in told
    assert "The link names an epic that is not here" in told
    assert "The link names no epic" in shown(open_page("epic"))
