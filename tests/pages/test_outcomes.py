"""Outcomes and Epic: list, form, reading, three ticks, and what nobody may do."""

from datetime import date, timedelta
from decimal import Decimal

from roi.actors import Actor, Role, local_user
from roi.reports import outcomes as outcomes_report
from roi.reports.shapes import Scope
from roi.story import words
from roi.ui import session
from tests.pages.conftest import LINED, shown
from tests.pages.upload_wizard import press, widget

KEPT = "_outcome_draft"


def report():
    return outcomes_report.build(session.store(), local_user("A test"), Scope(), session.today())


def rows():
    return [row for epic in report().epics for row in epic.outcomes]


def act_as(monkeypatch, name, *roles):
    monkeypatch.setattr(session, "actor", lambda: Actor(name, frozenset(roles)))


def fill(app, **values):
    for key, value in values.items():
        kind = (
            "selectbox"
            if key in {"epic", "team", "kind", "value_class", "currency", "value_basis", "grade"}
            else "text_input"
        )
        widget(app, kind, f"outcome_{key}").set_value(value)
        app.run()
        assert not app.exception, app.exception
    return app


def test_an_empty_store_shows_an_example_and_one_next_step(seed, open_page):
    app = open_page("outcomes")
    page = shown(app)
    assert "No outcome is recorded yet" in page
    assert "Example:" in page
    assert app.button[0].label == "Record an outcome"


def test_without_teams_the_form_leads_to_them(seed, open_page):
    app = open_page("outcomes", state="new")
    assert [button.label for button in app.button] == ["Add teams"]


def test_record_an_outcome_with_its_epic(small, open_page):
    app = open_page("outcomes", state="new")
    assert widget(app, "button", "outcome_save").disabled
    fill(app, epic_name="Guided first lesson", team="onboarding", metric="users who finish", unit="%")
    fill(app, baseline="62", target_low="72", target_likely="80", target_high="85")
    fill(app, value_class="revenue")
    fill(app, unit_value="55", currency="GBP", value_basis="agreed", owner="Olu", grade="B")
    page = shown(app)
    assert "users who finish" in page
    assert "a year" in page
    press(app, "outcome_save")
    (row,) = rows()
    assert row.epic_name == "Guided first lesson"
    assert (row.outcome.owner, row.outcome.target_likely, row.outcome.direction) == ("Olu", Decimal(80), "up")
    assert "Guided first lesson" in shown(app)


def test_an_output_as_target_is_asked_about(small, open_page):
    app = open_page("outcomes", state="new")
    fill(app, metric="launch the new onboarding")
    assert "What changes for customers or costs" in shown(app)


def test_leaving_the_form_keeps_what_was_typed(small, open_page):
    app = open_page("outcomes", state="new")
    fill(app, metric="users who finish", owner="Olu")
    app.switch_page("pages/method.py")
    app.run()
    app.switch_page("pages/outcomes.py")
    app.query_params["state"] = "new"
    app.run()
    assert widget(app, "text_input", "outcome_metric").value == "users who finish"


def test_promise_and_result_are_shown_in_words_and_drawn(small, open_page):
    small.outcome("onboarding", is_confirmed=True)
    page = shown(open_page("outcomes", state="all"))
    assert "from 100 to 120 users (110–130)" in page
    on_phone = page[page.index("phone-note") :].split("</td>")[0]
    assert "product?value_stream=Enrolment" in on_phone
    assert "120, met" in page
    assert 'role="img"' in page or 'role=\\"img\\"' in page


def test_what_is_due_names_owner_cost_and_days(small, open_page):
    small.outcome("onboarding", is_confirmed=False)
    unread = {**OUTCOME_UNREAD, "outcome": "o2"}
    small.rows("outcome", unread)
    page = shown(open_page("outcomes"))
    assert "Two readings to take" in page, (
        "the six-month reading of the one that is read, and the first of the other"
    )
    assert "days late" in page
    assert "Record the actual" in page


def test_record_the_actual_and_see_it_beside_the_promise(small, open_page):
    small.outcome("onboarding", is_confirmed=False)
    small.rows("outcome", {**OUTCOME_UNREAD, "outcome": "o2"})
    app = open_page("outcomes", state="reading", outcome="o2")
    widget(app, "text_input", "reading_actual").set_value("95")
    app.run()
    assert "did not move the promised way" in shown(app)
    assert widget(app, "button", "reading_save").disabled, "grade B needs its source"
    widget(app, "text_input", "reading_evidence").set_value("activation report, week 12")
    app.run()
    press(app, "reading_save")
    row = next(row for row in rows() if row.outcome.key == "o2")
    assert (row.outcome.actual, row.landed) == (Decimal(95), "not")
    assert "Reading recorded; it waits for finance." in shown(app)


def test_v10_a_reading_that_finance_cannot_confirm_does_not_wait_for_it(small, open_page):
    small.outcome("onboarding", is_confirmed=False)
    small.rows("outcome", {**OUTCOME_UNREAD, "outcome": "o2", "grade": "E"})
    app = open_page("outcomes", state="reading", outcome="o2")
    widget(app, "text_input", "reading_actual").set_value("120")
    app.run()
    press(app, "reading_save")
    assert "Reading recorded. Close the loop" in shown(app)


def test_v10_finance_gives_three_ticks(small, open_page, monkeypatch):
    small.outcome("onboarding", is_confirmed=False)
    act_as(monkeypatch, "Fay", Role.FINANCE)
    small.changes(*LINED)
    app = open_page("outcomes", state="confirm", outcome="o1")
    told = []
    for tick in ("movement", "unit_value", "share"):
        press(app, f"confirm_{tick}")
        told.append(shown(app))
    assert (
        "The movement is confirmed at 120 users, as read on 31 Mar 2015. Still open: the unit value and"
        in told[0]
    )
    assert "The unit value is confirmed at £50 a month. Still open: the share." in told[1]
    assert (
        "Confirmed February to March 2015 at 120 users, as read on 31 Mar 2015: Users who finish" in told[2]
    )
    (row,) = rows()
    assert f"It counts {words.figure(row.value)} in this period" in told[2], "as Portfolio has it"
    assert [name for name, _, _ in row.ticks] == ["movement", "unit_value", "share"]
    assert row.why_not == "", "all three hold; the next reading is asked for all the same"


def test_r7_a_tick_that_would_end_before_it_starts_says_what_is_expected(small, open_page, monkeypatch):
    small.outcome("onboarding", is_confirmed=False)
    act_as(monkeypatch, "Fay", Role.FINANCE)
    app = open_page("outcomes", state="confirm", outcome="o1")
    ends = session.today() - timedelta(days=9)
    widget(app, "date_input", "confirm_until_o1").set_value(ends)
    press(app, "confirm_movement")
    page = shown(app)
    assert f"you gave “{ends}” · expected {session.today()} or later" in page
    assert "Give a later day, or none" in page


def test_v11_a_confirmation_of_which_no_month_counts_says_so(small, open_page, monkeypatch):
    small.outcome("onboarding", is_confirmed=False)
    late = {"epic": "e1", "name": "Guided first lesson", "team": "onboarding", "kind": "feature"}
    days = {"started": date(2015, 1, 1), "delivered": date(2015, 3, 31)}
    small.rows("epic", {**late, **days, "planned_share": 500_000, "is_obligation": False})
    act_as(monkeypatch, "Fay", Role.FINANCE)
    app = open_page("outcomes", state="confirm", outcome="o1")
    press(app, "confirm_all")
    page = shown(app)
    assert "The movement is confirmed at 120 users, as read on 31 Mar 2015." in page
    assert "No month of “Users who finish onboarding” counts by it yet" in page


def test_v8_cash_without_a_line_cannot_be_ticked_and_says_where_to_name_one(small, open_page, monkeypatch):
    small.outcome("onboarding", is_confirmed=False, has_line=False)
    act_as(monkeypatch, "Fay", Role.FINANCE)
    app = open_page("outcomes", state="confirm", outcome="o1")
    assert "It names no finance line: name in its plan the line and the segment" in shown(app)
    stopped = [one.key for one in app.button if one.disabled and (one.key or "").startswith("confirm_")]
    assert stopped == ["confirm_all", "confirm_unit_value", "confirm_share"], "the movement alone can be"


def test_v10_the_owner_is_told_that_it_is_self_confirmed(small, open_page, monkeypatch):
    small.outcome("onboarding", is_confirmed=False)
    act_as(monkeypatch, "Olu", Role.FINANCE, Role.OWNER)
    assert "self-confirmed" in shown(open_page("outcomes", state="confirm", outcome="o1"))


def test_v7_an_assumed_unit_value_cannot_be_ticked(small, open_page):
    small.outcome("onboarding", is_confirmed=False)
    small.rows(
        "outcome", {**OUTCOME_UNREAD, "value_basis": "assumed", "actual": "120", "read_on": date(2015, 3, 31)}
    )
    app = open_page("outcomes", state="confirm", outcome="o1")
    assert widget(app, "button", "confirm_unit_value").disabled
    assert "assumed" in shown(app)


def test_only_finance_confirms_and_executives_only_read(small, open_page, monkeypatch):
    small.outcome("onboarding", is_confirmed=False)
    act_as(monkeypatch, "Eve", Role.EXECUTIVE)
    app = open_page("outcomes", state="confirm", outcome="o1")
    assert not [one for one in app.button if one.key.startswith("confirm_")]
    assert "owners and tech leaders record outcomes" in shown(open_page("outcomes"))


def test_an_outcome_that_is_not_there_says_so(small, open_page):
    told = shown(open_page("outcomes", state="reading", outcome="zz"))
    assert "There is no such outcome here" in told
    assert "The link names an outcome that is not here" in told


def test_the_form_takes_the_epic_of_the_link(small, open_page):
    small.outcome("onboarding", is_confirmed=False)
    app = open_page("outcomes", state="new", epic="e1")
    assert widget(app, "selectbox", "outcome_epic").value == "e1"


OUTCOME_UNREAD = {
    "outcome": "o1",
    "epic": "e1",
    "metric": "Users who come back",
    "unit": "users",
    "direction": "up",
    "baseline": "100",
    "target_low": "110",
    "target_likely": "120",
    "target_high": "130",
    "by_when": date(2015, 3, 31),
    "value_class": "revenue",
    "unit_value": "50",
    "currency": "GBP",
    "value_basis": "booked",
    "owner": "Olu",
    "grade": "B",
    "evidence": "",
    "actual": "",
    "read_on": None,
    "share_low": 500_000,
    "share_likely": 800_000,
    "share_high": 1_000_000,
}


def test_v10_the_form_says_before_saving_which_ticks_of_finance_it_ends(small, open_page, monkeypatch):
    small.outcome("onboarding", is_confirmed=True)
    app = open_page("outcomes", state="edit", outcome="o1")
    assert "Finance has ticked the movement, the unit value and the share." in shown(app)
    assert "Saving this ends" not in shown(app), "nothing is changed yet"
    fill(app, owner="Bea")
    assert "Saving this ends" not in shown(app), (
        "an owner is nothing that finance ticked, nor is a share untouched"
    )
    fill(app, unit_value="56")
    assert "Saving this ends one tick of finance: the unit value, given by" in shown(app)
    assert "The latest reading counts nothing until finance gives it anew" in shown(app)
    fill(app, baseline="90")
    assert "Saving this ends three ticks of finance: the movement, the unit value and the share" in shown(app)
    assert "Each reading so far counts nothing until finance gives them anew" in shown(app)
    press(app, "outcome_save")
    assert rows()[0].ticks == (), "and it ends what it said"
    assert rows()[0].outcome.share_likely == 800_000, (
        "what nobody moved stays exact, not the middle of its ends"
    )


def test_v10_without_ticks_the_form_says_nothing_of_them(small, open_page):
    small.outcome("onboarding", is_confirmed=False)
    assert "Finance has ticked" not in shown(open_page("outcomes", state="edit", outcome="o1"))


def test_the_view_follows_an_address_that_back_and_forward_change(small, open_page):
    """“Four outcomes wait for finance” stood above the loop."""
    page = open_page("outcomes")
    for asked, meant in (("queue", "queue"), ("worth", "worth"), ("", "loop")):
        page.query_params["view"] = asked
        page.run()
        assert page.segmented_control(key="outcomes_view").value == meant
        assert not page.warning
