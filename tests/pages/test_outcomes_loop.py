"""The closed loop on its pages: queue, questions, shares, ends, two editors, initiatives."""

import json
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from roi.actors import Actor, Role, local_user
from roi.commands import closing, initiatives, loop, outcomes, structure
from roi.domain.structure import Grade, Tick
from roi.domain.value import Closure, Ending, Initiative, Landed, Reading
from roi.reports import epic as epic_report
from roi.reports.shapes import Scope
from roi.store import read
from roi.ui import session
from roi.ui.outcomes import closing_note
from tests import saving
from tests.pages.conftest import shown
from tests.pages.test_outcomes import OUTCOME_UNREAD, act_as, fill, rows
from tests.pages.upload_wizard import press, widget

LEADER = Actor("Lee", frozenset({Role.TECH_LEADER}))


@pytest.fixture
def measured(small):
    """One outcome of 2015 that is read and not confirmed."""
    small.outcome("onboarding", is_confirmed=False)
    return small


TICKED = "Confirmed February to March 2015 at 120 users, as read on 31 Mar 2015"
"""What a confirmation says that it has confirmed: months from the one after delivery, and the level."""


def detail():
    report = epic_report.build(session.store(), local_user("A test"), Scope(), "e1", session.today())
    return report.view.details[0]


def put(app, kind, key, value):
    widget(app, kind, key).set_value(value)
    app.run()
    assert not app.exception, app.exception


def test_the_queue_confirms_all_three_in_one_change_and_offers_to_undo_it(measured, open_page, monkeypatch):
    act_as(monkeypatch, "Fay", Role.FINANCE)
    app = open_page("outcomes", view="queue")
    assert "One outcome waits for finance" in shown(app)
    before = session.store().version
    press(app, "queue_all_o1")
    assert session.store().version == before + 1
    assert [name for name, _, _ in rows()[0].ticks] == ["movement", "unit_value", "share"]
    assert f"{TICKED}: Users who finish onboarding." in shown(app)
    assert "Nothing waits for finance" in shown(app)
    press(app, "done_undo")
    assert rows()[0].ticks == ()


def test_an_empty_queue_leads_to_the_readings_that_are_due(measured, open_page, monkeypatch):
    act_as(monkeypatch, "Fay", Role.FINANCE)
    app = open_page("outcomes", view="queue")
    press(app, "queue_all_o1")
    assert "Nothing waits for finance" in shown(app)
    press(app, "queue_to_loop")
    assert not [one for one in app.button if one.key == "queue_to_loop"]
    assert "Nothing waits for finance" not in shown(app)


def test_d25_who_owns_an_outcome_is_not_offered_to_confirm_it_but_hears_who_can(
    measured, open_page, monkeypatch
):
    measured.rows("member", *({"name": name, "roles": "finance"} for name in ("Olu", "Theo")))
    act_as(monkeypatch, "Olu", Role.FINANCE)
    for where in ({"view": "queue"}, {"state": "confirm", "outcome": "o1"}):
        app = open_page("outcomes", **where)
        assert not [one for one in app.button if one.key in {"queue_all_o1", "confirm_all"}]
        assert "confirmed by Theo" in shown(app)
    epic = open_page("epic", epic="e1")
    assert "Confirm" not in [one.label for one in epic.button]
    assert "It waits for finance: Theo." in shown(epic)
    act_as(monkeypatch, "Theo", Role.FINANCE)
    assert "Confirm" in [one.label for one in open_page("epic", epic="e1").button]


def test_v7_an_epic_offers_to_confirm_only_what_can_be_confirmed(measured, open_page, monkeypatch):
    act_as(monkeypatch, "Fay", Role.FINANCE)
    read_on = {"actual": "120", "read_on": date(2015, 3, 31)}
    measured.rows("outcome", {**OUTCOME_UNREAD, **read_on, "value_basis": "assumed"})
    app = open_page("epic", epic="e1")
    assert "Confirm" not in [one.label for one in app.button]
    assert "The unit value is assumed" in shown(app)


def test_owners_see_the_queue_and_cannot_confirm(measured, open_page, monkeypatch):
    act_as(monkeypatch, "Olu", Role.OWNER)
    app = open_page("outcomes", view="queue")
    assert not [button for button in app.button if button.key.startswith("queue_all")]


def test_finance_asks_the_claim_is_disputed_and_the_owner_answers(measured, open_page, monkeypatch):
    act_as(monkeypatch, "Fay", Role.FINANCE)
    app = open_page("outcomes", state="confirm", outcome="o1")
    put(app, "text_input", "ask_text_o1", "Which segment?")
    press(app, "ask_save")
    assert rows()[0].state == "disputed"
    act_as(monkeypatch, "Olu", Role.OWNER)
    app = open_page("epic", epic="e1")
    assert "Which segment?" in shown(app)
    (key,) = [one.key for one in app.text_input if one.key.startswith("answer_o1")]
    put(app, "text_input", key, "All schools")
    press(app, f"{key}_save")
    assert detail().questions[0].answer == "All schools"
    assert rows()[0].state != "disputed"


def test_finance_adjusts_the_share_with_its_reason(measured, open_page, monkeypatch):
    act_as(monkeypatch, "Fay", Role.FINANCE)
    app = open_page("outcomes", state="confirm", outcome="o1")
    assert widget(app, "button", "adjust_save").disabled, "a reason is asked for"
    put(app, "number_input", "adjust_low_o1", 20)
    put(app, "number_input", "adjust_likely_o1", 40)
    put(app, "number_input", "adjust_high_o1", 60)
    put(app, "text_input", "adjust_reason_o1", "prices rose in March")
    press(app, "adjust_save")
    outcome = rows()[0].outcome
    assert (outcome.share_low, outcome.share_likely, outcome.share_high) == (200_000, 400_000, 600_000)
    assert "prices rose in March" in outcome.evidence


def test_what_was_typed_for_one_outcome_is_not_sent_for_the_next(measured, open_page, monkeypatch):
    act_as(monkeypatch, "Fay", Role.FINANCE)
    app = open_page("outcomes", state="confirm", outcome="o1")
    (row,) = rows()
    saving.save_outcomes(session.store(), LEADER, [replace(row.outcome, key="o2")])
    by_label = {one.label: one for one in (*app.number_input, *app.text_input, *app.date_input)}
    said = {"Low, %": 5, "Why": "prices rose", "Ask the owner": "Which segment?"}
    until = {"Valid until (open when left empty)": date(2030, 1, 1)}
    for label, value in {**said, **until}.items():
        by_label[label].set_value(value)
    app.run()
    app.query_params["outcome"] = "o2"
    app.run()
    now = {one.label: one.value for one in (*app.number_input, *app.text_input, *app.date_input)}
    assert now["Why"] == now["Ask the owner"] == ""
    assert now["Low, %"] != 5
    assert now["Valid until (open when left empty)"] is None


def test_closing_asks_for_learning_and_makes_a_note(measured, open_page):
    app = open_page("outcomes", state="close", outcome="o1")
    press(app, "close_save")
    assert "what was learned" in shown(app)
    assert detail().closure is None
    put(app, "text_area", "close_learned_o1", "The video did it")
    put(app, "text_input", "close_reason_o1", "the product is retired")
    press(app, "close_save")
    assert detail().closure.learned == "The video did it"
    assert "The loop is closed" in shown(app)
    assert [button.label for button in app.get("download_button")] == ["Download the closing note"]
    page = shown(open_page("epic", epic="e1"))
    assert "What we learned" in page
    assert "The video did it" in page


def test_v6_the_closing_note_sums_up_every_month_whatever_is_looked_at(
    measured, open_page, monkeypatch, finance
):
    loop.confirm_all(session.store(), finance, "o1", session.today())
    ended = Closure("o1", session.today(), Ending.CLOSED, Landed.MET, "It helped", "it is over")
    loop.close(session.store(), LEADER, ended)
    notes, page = [], closing_note.page
    monkeypatch.setattr(closing_note, "page", lambda *of: notes.append(page(*of)) or notes[-1])
    for period in ("2015-01", "2015-03"):
        open_page("epic", epic="e1", period=period)
    open_page("outcomes", state="close", outcome="o1")
    assert len(notes) == 3
    assert len(set(notes)) == 1
    assert "Value counts January to March 2015" in notes[0]
    assert "Confirmed value since delivery" in notes[0]
    assert "Cost of the epic since its start" in notes[0]


def test_v12_a_claim_is_written_off_with_a_reason_and_opened_again(measured, open_page):
    app = open_page("outcomes", state="close", outcome="o1")
    press(app, "close_end")
    assert "Say why" in shown(app)
    put(app, "text_input", "close_because_o1", "the market is gone")
    press(app, "close_end")
    assert rows()[0].state == "written off"
    put(app, "text_input", "reopen_reason_o1", "it came back")
    press(app, "reopen_save")
    assert detail().closure is None


@pytest.mark.parametrize("state", ["new", "reading", "close"])
def test_whoever_only_reads_hears_who_may_and_where_to_go_on(measured, open_page, monkeypatch, state):
    structure.save_member(session.store(), session.local(), "Lee", LEADER.roles)
    act_as(monkeypatch, "Fay", Role.FINANCE)
    app = open_page("outcomes", state=state, outcome="o1")
    assert "Here that is Lee." in shown(app)
    assert [one.label for one in app.button] == ["See outcomes" if state == "new" else "See its epic"]


def test_v11_a_second_reading_of_a_month_says_that_the_month_counts_once(small, open_page):
    small.outcome("onboarding", is_confirmed=True)
    first = {"outcome": "o2", "actual": "115", "read_on": date(2026, 3, 2)}
    small.rows("outcome", {**OUTCOME_UNREAD, **first})
    for tick in Tick:
        given = {"outcome": "o2", "tick": tick.value, "confirmed_by": "Fay", "valid_to": None}
        small.rows("confirmation", {**given, "confirmed_on": date(2026, 4, 1)})
    told = "Read twice in March 2026"
    app = open_page("outcomes", state="reading", outcome="o2")
    put(app, "date_input", "reading_on", date(2026, 4, 1))
    assert told not in shown(app)
    put(app, "date_input", "reading_on", date(2026, 3, 20))
    assert told in shown(app), "where the second is recorded"
    shares = {"share_low": 500_000, "share_likely": 800_000, "share_high": 1_000_000}
    again = {"actual": Decimal(125), "read_on": date(2026, 3, 20), "grade": Grade.B, "evidence": "week 12"}
    outcomes.record_reading(session.store(), LEADER, Reading("o2", **again, **shares))
    assert told in shown(open_page("epic", epic="e1")), "where both are shown"


def test_v16_an_error_in_closed_months_is_named_where_finance_confirms(measured, open_page, monkeypatch):
    act_as(monkeypatch, "Fay", Role.FINANCE)
    app = open_page("outcomes", state="confirm", outcome="o1")
    assert "confirm_restated_o1" not in [one.key for one in app.text_input], "no month is closed"
    closing.close_months(session.store(), local_user("A test"), [201501])
    app = open_page("outcomes", state="confirm", outcome="o1")
    put(app, "text_input", "confirm_restated_o1", "the wrong report")
    press(app, "confirm_all")
    with session.store().snapshot() as cursor:
        details = [json.loads(str(row["detail"])) for row in read.rows(cursor, "changes")]
    assert [one["outcome"] for one in details if one.get("restatement") == "the wrong report"] == ["o1"]
    assert "the wrong report" in shown(open_page("epic", epic="e1")), "its reason stands in the history"


def test_v16_who_may_not_restate_a_closed_month_hears_who_can_and_where(measured, open_page, monkeypatch):
    measured.rows("member", {"name": "Theo", "roles": "finance"})
    act_as(monkeypatch, "Lee", Role.TECH_LEADER)
    for state in ("reading", "edit"):
        assert "is closed" not in shown(open_page("outcomes", state=state, outcome="o1"))
    closing.close_months(session.store(), local_user("A test"), [201501])
    for state in ("reading", "edit"):
        page = shown(open_page("outcomes", state=state, outcome="o1"))
        assert "January 2015 is closed." in page
        assert "Then Theo can restate it" in page
        assert "state=confirm&amp;outcome=o1" in page


def test_a_new_formula_becomes_a_driver_and_gives_the_unit_value(small, open_page):
    app = open_page("outcomes", state="new")
    fill(app, value_class="revenue")
    widget(app, "selectbox", "outcome_driver").set_value("*new*")
    app.run()
    assert "Price × contribution margin" in shown(app)
    for name, ends in {"price": ("40", "50", "60"), "margin": ("", "0.5", "")}.items():
        for end, typed in zip(("low", "likely", "high"), ends, strict=True):
            put(app, "text_input", f"outcome_driver_margin_per_unit_{name}_{end}", typed)
    assert "One unit is worth £25 a month (£20–£30)" in shown(app)
    put(app, "text_input", "outcome_driver_margin_per_unit_price_low", "few")
    app.run()
    assert "Price: the low cannot be read." in shown(app)
    assert "One unit is worth" not in shown(app), "the likely end does not stand in for it unsaid"
    put(app, "text_input", "outcome_driver_margin_per_unit_price_low", "40")
    put(app, "text_input", "driver_name", "Margin of a course")
    press(app, "driver_save")
    assert widget(app, "selectbox", "outcome_driver~1").value == "margin-of-a-course"


def test_debt_is_told_as_what_it_changes(small, open_page):
    app = open_page("outcomes", state="new")
    fill(app, epic_name="New queue", team="onboarding", kind="technical_debt")
    app.get("button_group")[-1].set_value("outages")
    app.run()
    assert widget(app, "text_input", "outcome_metric~1").value == "hours of outage a month"
    assert widget(app, "selectbox", "outcome_value_class~1").value == "cost_avoided"


def test_the_plan_is_saved_with_outcome_and_epic_in_one_change(small, open_page):
    app = open_page("outcomes", state="new")
    before = session.store().version
    fill(app, problem="half of them leave", epic_name="Guided lesson", team="onboarding", metric="users")
    fill(app, unit="%", baseline="62", target_low="72", target_likely="80", target_high="85")
    fill(app, value_class="not_financial", owner="Olu", confirmer="Fay", learning="a holdout")
    press(app, "outcome_save")
    assert session.store().version == before + 1
    page = shown(app)
    assert "half of them leave" in page
    assert "a holdout" in page
    assert "Outcome recorded." in page


def test_an_epic_is_cancelled_with_a_reason_and_says_so(measured, open_page):
    app = open_page("epic", epic="e1")
    put(app, "text_input", "epic_end_because", "the market is gone")
    press(app, "epic_end")
    page = shown(open_page("epic", epic="e1"))
    assert "Cancelled on" in page
    assert "the market is gone" in page


def test_unsure_is_an_answer_and_is_told_to_finance(measured, open_page):
    app = open_page("outcomes", state="reading", outcome="o1")
    put(app, "text_input", "reading_actual", "118")
    put(app, "radio", "reading_how", "Unsure")
    assert "Finance sees that it is unsure" in shown(app)
    put(app, "text_input", "reading_also", "a price change in May")
    press(app, "reading_save")
    outcome = rows()[0].outcome
    assert (outcome.actual, outcome.share_low, outcome.share_high) == (Decimal(118), 100_000, 1_000_000)
    assert detail().readings[-1].also_happened == "a price change in May"


def test_the_readings_can_be_carried_into_a_calendar(measured, open_page):
    app = open_page("outcomes")
    assert "Readings for my calendar" in [button.label for button in app.get("download_button")]


# Initiatives


def test_without_an_initiative_the_list_says_what_it_is_and_takes_the_first(small, open_page):
    small.outcome("onboarding", is_confirmed=True)
    app = open_page("outcomes", view="initiatives")
    assert "No initiative is recorded yet" in shown(app)
    widget(app, "text_input", "initiative_amount").set_value("lots")
    (save,) = [one for one in app.button if one.label == "Record this initiative"]
    save.click()
    page = shown(app.run())
    told = ("The approved cost cannot be read", "The initiative has no name", "The initiative has no owner")
    assert [one for one in told if one not in page] == [], "all at once"
    widget(app, "text_input", "initiative_name").set_value("Grow dual enrolment")
    widget(app, "text_input", "initiative_owner").set_value("Rae")
    widget(app, "text_input", "initiative_amount").set_value("1,200,000")
    (save,) = [one for one in app.button if one.label == "Record this initiative"]
    save.click()
    app.run()
    assert not app.exception, app.exception
    page = shown(app)
    assert "Grow dual enrolment" in page
    assert "£1.20M" in page
    assert "no epic belongs to it yet" in page


def test_an_initiative_shows_cost_beside_what_was_approved(measured, open_page):
    app = open_page("epic", epic="e1")
    made = Initiative("grow", "Grow enrolment", "Rae", approved_minor=1_000_000, currency="GBP")
    initiatives.save_initiatives(session.store(), LEADER, [made])
    app = open_page("epic", epic="e1")
    widget(app, "selectbox", "epic_initiative").set_value("grow")
    widget(app, "date_input", "epic_due").set_value(date(2015, 6, 30))
    next(one for one in app.button if one.label == "Save").click()
    app.run()
    assert not app.exception, app.exception
    page = shown(open_page("initiative", initiative="grow"))
    assert "Guided first lesson" in page
    assert "£10.0k approved" in page
    listed = shown(open_page("outcomes", view="initiatives"))
    assert "Grow enrolment" in listed


def test_an_initiative_that_is_not_there_says_so(small, open_page):
    assert "Which initiative?" in shown(open_page("initiative"))
    assert "There is nothing here" in shown(open_page("initiative", initiative="zz"))


def test_an_empty_store_opens_every_view(seed, open_page):
    for query in ({"view": "queue"}, {"view": "initiatives"}, {"state": "close"}, {"state": "confirm"}):
        open_page("outcomes", **query)
    labels = [button.label for button in open_page("outcomes", view="queue").button]
    assert "Record an outcome" in labels, "an empty queue says what comes first"
    open_page("initiative")
    open_page("epic")
