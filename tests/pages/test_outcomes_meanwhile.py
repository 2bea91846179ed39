"""What somebody else did while a page about an outcome was open is shown; nothing is decided unseen."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from roi.actors import Actor, Role
from roi.commands import epics, loop, outcomes
from roi.domain.structure import Grade, Tick
from roi.domain.value import EpicPlan, Reading
from roi.store import read
from roi.ui import session
from tests import saving
from tests.pages.conftest import shown
from tests.pages.test_outcomes import act_as, fill, rows
from tests.pages.test_outcomes_loop import LEADER, detail, put
from tests.pages.test_outcomes_loop import measured as measured  # noqa: PLC0414 - pytest finds a fixture by its name
from tests.pages.upload_wizard import press, widget


def test_two_editors_see_both_texts_and_mine_is_saved_only_on_purpose(measured, open_page):
    app = open_page("outcomes", state="edit", outcome="o1")
    fill(app, owner="Bea")
    (row,) = rows()
    saving.save_outcomes(session.store(), LEADER, [replace(row.outcome, owner="Cy")])
    press(app, "outcome_save")
    page = shown(app)
    assert "Saved meanwhile" in page
    assert "Lee" in page, "it says who"
    assert rows()[0].outcome.owner == "Cy"
    press(app, "conflict_mine")
    assert rows()[0].outcome.owner == "Bea"


def test_taking_what_is_saved_fills_the_form_with_it(measured, open_page):
    app = open_page("outcomes", state="edit", outcome="o1")
    fill(app, owner="Bea")
    (row,) = rows()
    saving.save_outcomes(session.store(), LEADER, [replace(row.outcome, owner="Cy")])
    press(app, "outcome_save")
    press(app, "conflict_theirs")
    assert widget(app, "text_input", "outcome_owner~1").value == "Cy"
    assert rows()[0].outcome.owner == "Cy"


def read_anew(level="130"):
    """Somebody else records another reading while the page is open."""
    said = {
        "actual": Decimal(level),
        "read_on": date(2015, 12, 1),
        "grade": Grade.D,
        "evidence": "a later week",
    }
    shares = {"share_low": 1, "share_likely": 2, "share_high": 3}
    outcomes.record_reading(session.store(), LEADER, Reading("o1", **said, **shares))


@pytest.mark.parametrize(
    ("where", "button"),
    [
        ({"view": "queue"}, "queue_all_o1"),
        ({"state": "confirm", "outcome": "o1"}, "confirm_all"),
        ({"state": "confirm", "outcome": "o1"}, "confirm_movement"),
    ],
)
def test_v10_a_tick_is_for_what_was_on_the_screen(measured, open_page, monkeypatch, where, button):
    act_as(monkeypatch, "Fay", Role.FINANCE)
    app = open_page("outcomes", **where)
    read_anew()
    press(app, button)
    page = shown(app)
    assert "Lee changed outcome o1" in page
    assert "You saw" in page
    assert "It is now" in page
    assert "a later week" in page
    assert rows()[0].ticks == ()
    press(app, "conflict_theirs")
    assert "It is now" not in shown(app)
    press(app, button)
    assert rows()[0].ticks, "having looked, finance confirms what stands there now"


def delivered_again():
    """Somebody else says another day of delivery while the page is open."""
    with session.store().snapshot() as cursor:
        (epic,) = read.epics(cursor)
    saving.save_epics(session.store(), LEADER, [replace(epic, delivered=date(2015, 1, 5))])


def estimated():
    """Somebody else records the same reading with an estimate of what it moved."""
    (row,) = rows()
    its = row.outcome
    said = {name: getattr(its, name) for name in ("actual", "read_on", "evidence")} | {"grade": Grade.B}
    shares = {name: getattr(its, name) for name in ("share_low", "share_likely", "share_high")}
    effect = {"effect_low": Decimal(70), "effect_likely": Decimal(80), "effect_high": Decimal(90)}
    outcomes.record_reading(session.store(), LEADER, Reading("o1", **said, **shares, **effect))


@pytest.mark.parametrize(
    ("meanwhile", "told"),
    [
        (delivered_again, ("Delivered", "5 Jan 2015")),
        (estimated, ("Estimate of the effect", "80 users (70 to 90)")),
    ],
)
def test_v10_a_tick_is_for_the_delivery_and_the_estimate_on_the_screen(
    measured, open_page, monkeypatch, meanwhile, told
):
    act_as(monkeypatch, "Fay", Role.FINANCE)
    app = open_page("outcomes", view="queue")
    meanwhile()
    press(app, "queue_all_o1")
    page = shown(app)
    assert rows()[0].ticks == ()
    assert all(one in page for one in ("It is now", *told))
    press(app, "conflict_mine")
    assert rows()[0].ticks


def test_v10_a_reading_takes_no_tick_away_that_finance_gave_meanwhile_unseen(measured, open_page, finance):
    app = open_page("outcomes", state="reading", outcome="o1")
    put(app, "text_input", "reading_actual", "119")
    put(app, "text_input", "reading_evidence", "the same week")
    put(app, "date_input", "reading_on", rows()[0].outcome.read_on)
    loop.confirm_all(session.store(), finance, "o1", session.today())
    press(app, "reading_save")
    page = shown(app)
    assert len(rows()[0].ticks) == len(Tick)
    assert "Confirmed" in page
    assert "by Fiona" in page
    press(app, "conflict_theirs")
    assert len(rows()[0].ticks) == len(Tick)


def test_a_press_on_what_has_left_the_queue_is_answered(measured, open_page, monkeypatch):
    act_as(monkeypatch, "Fay", Role.FINANCE)
    app = open_page("outcomes", view="queue")
    theo = Actor("Theo", frozenset({Role.FINANCE}))
    loop.confirm_all(session.store(), theo, "o1", session.today(), None, list(Tick))
    press(app, "queue_all_o1")
    assert "had left the queue before you pressed: somebody else was first" in shown(app)
    app.run()
    assert "had left the queue" not in shown(app), "it is said once"


def test_nobody_asks_adjusts_or_closes_what_was_read_anew_unseen(measured, open_page):
    app = open_page("outcomes", state="confirm", outcome="o1")
    put(app, "text_input", "ask_text_o1", "Which segment?")
    read_anew()
    press(app, "ask_save")
    assert "Lee changed outcome o1" in shown(app)
    assert rows()[0].state != "disputed"
    press(app, "conflict_mine")
    assert rows()[0].state == "disputed", "on purpose it is done all the same"
    app = open_page("outcomes", state="close", outcome="o1")
    put(app, "text_area", "close_learned_o1", "The video did it")
    put(app, "text_input", "close_reason_o1", "the product is retired")
    read_anew("140")
    press(app, "close_save")
    assert "It is now" in shown(app)
    assert detail().closure is None


def test_an_epic_that_was_changed_meanwhile_is_not_ended_unseen(measured, open_page):
    app = open_page("epic", epic="e1")
    put(app, "text_input", "epic_end_because", "the market is gone")
    with session.store().snapshot() as cursor:
        (epic,) = read.epics(cursor)
    plan = EpicPlan("e1", owner="Cy")
    epics.save_epic(session.store(), LEADER, epic, plan)
    press(app, "epic_end")
    page = shown(app)
    assert "Lee changed the plan of epic e1" in page
    assert "Cy" in page
    press(app, "conflict_mine")
    assert "Cancelled on" in shown(app)
