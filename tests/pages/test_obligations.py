"""Obligations on Outcomes and on the page of their epic: list, form, empty states, no verdict (rule V15)."""

from datetime import date

from roi.actors import Actor, Role
from roi.store import read_value
from roi.ui import session
from tests.pages.conftest import shown
from tests.pages.test_epic import EPIC
from tests.pages.upload_wizard import widget

MUST = {"epic": "e9", "kind": "law", "deadline": date(2015, 3, 31), "note": "the <b>act</b>"}
NAME = "Save deadline and penalty"


def press(app, name=NAME):
    next(button for button in app.button if button.label == name).click()
    app.run()
    assert not app.exception, app.exception
    return shown(app)


def test_without_an_obligation_the_list_says_how_there_come_to_be_some(seed, open_page):
    app = open_page("outcomes", view="obligations")
    page = shown(app)
    assert "No epic here is marked as an obligation" in page
    assert "What this list will show" in page


def test_v15_the_list_has_date_penalty_and_cost_and_no_verdict(small, open_page):
    small.rows("epic", {**EPIC, "delivered": date(2015, 3, 29)}, {**EPIC, "epic": "e8", "name": "Undated"})
    small.rows("obligation", {**MUST, "penalty_minor": 4_000_000, "currency": "GBP"})
    page = shown(open_page("outcomes", view="obligations"))
    assert "One of two obligations is not met yet; its deadline is not recorded" in page
    assert "met 2 days before" in page
    assert "£40.0k" in page
    assert "no deadline recorded" in page
    assert "<b>Quiet</b>" not in page
    assert "One has no deadline yet: it is recorded on its page." in page


def test_a_deadline_and_a_penalty_are_recorded_on_the_page_of_the_epic(small, open_page):
    small.rows("epic", EPIC)
    app = open_page("epic", epic="e9")
    assert "Obligation: no deadline recorded" in shown(app)
    assert "say by which day it has to be met" in press(app)
    widget(app, "text_input", "must_e9_penalty").set_value("40.005")
    page = press(app)
    assert "Penalty if missed · you gave “40.005” · expected no more than 2 decimals in GBP" in page
    assert "say by which day it has to be met" in page, "all at once"
    widget(app, "text_input", "must_e9_penalty").set_value("-5")
    assert "Penalty if missed · you gave “-5.00”" in press(app)
    widget(app, "text_input", "must_e9_penalty").set_value("40,000")
    widget(app, "date_input", "must_e9_deadline").set_value(date(2015, 3, 31))
    widget(app, "text_input", "must_e9_note").set_value("the <b>act</b>")
    page = press(app)
    assert "Deadline and penalty are saved." in page
    assert "£40.0k" in page
    assert "the <b>act</b>" not in page
    with session.store().snapshot() as cursor:
        one = read_value.values(cursor).obligations["e9"]
    assert (one.deadline, one.penalty_minor, one.currency) == (date(2015, 3, 31), 4_000_000, "GBP")


def test_what_came_of_it_is_recorded_on_the_page_of_the_epic(small, open_page):
    """The penalty is asked for where the deadline is missed; an empty amount is not nought."""
    small.rows("epic", EPIC)
    small.rows("obligation", {**MUST, "penalty_minor": 4_000_000, "currency": "GBP"})
    app = open_page("epic", epic="e9")
    widget(app, "date_input", "came_e9_on").set_value(date(2190, 3, 2))
    widget(app, "text_input", "came_e9_paid").set_value("many")
    page = press(app, "Save what came of it")
    assert "Penalty paid · you gave “many” · expected an amount such as 40,000" in page
    assert "it cannot have been met before its start or after today" in page, "all at once"
    widget(app, "date_input", "came_e9_on").set_value(date(2015, 3, 2))
    widget(app, "text_input", "came_e9_paid").set_value("0")
    page = press(app, "Save what came of it")
    assert "What came of it is saved." in page
    assert "nothing was paid" in page
    assert "accepted on 2 Mar 2015" in page
    with session.store().snapshot() as cursor:
        one = read_value.values(cursor).met["e9"]
    assert (one.met_on, one.paid_minor, one.currency) == (date(2015, 3, 2), 0, "GBP")


def test_an_epic_that_is_none_has_neither_form_nor_section(small, open_page):
    small.rows("epic", {**EPIC, "is_obligation": False})
    app = open_page("epic", epic="e9")
    assert "Obligation:" not in shown(app)
    assert NAME not in [button.label for button in app.button]


def test_s2_who_only_reads_has_no_form(small, open_page, monkeypatch):
    monkeypatch.setattr(session, "actor", lambda: Actor("Eva", frozenset({Role.EXECUTIVE})))
    small.rows("epic", EPIC)
    app = open_page("epic", epic="e9")
    assert "owners and tech leaders record it" in shown(app)
    assert NAME not in [button.label for button in app.button]
