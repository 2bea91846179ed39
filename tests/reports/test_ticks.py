"""Rules V7, V9, V10, V14: *Confirm* is offered where it can be given; the queue says what comes first."""

from dataclasses import replace
from datetime import date

import pytest

from roi.commands import loop
from roi.commands.changing import consequences
from roi.domain.structure import Tick
from roi.errors import RefusedError
from roi.reports import outcomes
from roi.reports.shapes import Scope
from roi.store.changes import End
from tests.reports import value_rows

TODAY = date(2015, 4, 10)
EVERY = {tick.value for tick in Tick}
CASES = {
    "measured": ({}, set(), ""),
    "assumed": ({"value_basis": "assumed"}, {"unit_value"}, "booked or agreed with finance first"),
    "stated": ({"grade": "E"}, {"share"}, "then read it again"),
    "risk without losses": ({"value_class": "risk_reduced"}, {"share"}, "bring in its losses"),
    "no unit value": ({"unit_value": ""}, {"unit_value"}, "what one unit is worth"),
}


def read(built, **more):
    built.outcome("learners", "lesson", actual="1100", read_on=date(2015, 3, 31), **more)
    built.end("confirmation", *(("learners", tick) for tick in EVERY))


def row(built, actor):
    report = outcomes.build(built.store, actor, Scope(), TODAY)
    return next(one for epic in report.epics for one in epic.outcomes if one.outcome.key == "learners")


def queued(built, actor):
    report = outcomes.build(built.store, actor, Scope(), TODAY)
    return next((one for one in report.queue if one.outcome == "learners"), None)


@pytest.mark.parametrize("name", CASES)
def test_what_the_queue_offers_is_what_the_command_takes(returning, executive, finance, name):
    more, stopped, step = CASES[name]
    read(returning, **more)
    found = queued(returning, executive)
    assert {tick for tick, _ in found.stopped} == stopped
    assert found.can_confirm is (not stopped)
    assert all(step in why for _, why in found.stopped)
    assert row(returning, executive).stopped == found.stopped
    for tick in sorted(Tick):
        if tick.value in stopped:
            with pytest.raises(RefusedError):
                loop.confirm_all(returning.store, finance, "learners", TODAY, ticks=(tick,))
        else:
            loop.confirm_all(returning.store, finance, "learners", TODAY, ticks=(tick,))


def test_an_open_question_stops_every_tick_until_it_is_answered(returning, executive, finance):
    read(returning)
    value_rows.put(returning, "question", outcome="learners")
    found = queued(returning, executive)
    assert ({tick for tick, _ in found.stopped}, found.can_confirm) == (EVERY, False)
    with pytest.raises(RefusedError):
        loop.confirm_all(returning.store, finance, "learners", TODAY)


def test_v9_a_link_that_is_only_stated_stops_the_share_of_the_money(returning, executive, finance):
    read(returning)
    returning.outcome("clicks", "finder", value_class="not_financial", unit_value="", grade="E")
    value_rows.put(returning, "outcome_plan", outcome="clicks", leads_to="learners")
    (stopped,) = queued(returning, executive).stopped
    assert stopped[0] == "share"
    assert "read that with evidence first" in stopped[1]
    with pytest.raises(RefusedError):
        loop.confirm_all(returning.store, finance, "learners", TODAY)


def test_v9_v14_a_link_without_losses_from_before_stops_the_share_of_the_money(returning, executive, finance):
    read(returning)
    clicks = {"value_class": "risk_reduced", "grade": "C", "actual": "1050", "read_on": date(2015, 3, 31)}
    returning.outcome("clicks", "finder", **clicks)
    value_rows.put(returning, "outcome_plan", outcome="clicks", leads_to="learners")
    ((tick, why),) = queued(returning, executive).stopped
    assert tick == "share"
    assert "a series of losses from before" in why
    with pytest.raises(RefusedError, match="series of losses"):
        loop.confirm_all(returning.store, finance, "learners", TODAY)


def test_v10_an_outcome_handed_on_waits_for_finance_again_where_its_owner_had_ticked(
    returning, executive, finance
):
    read(returning)
    loop.confirm_all(returning.store, replace(finance, name="Olga"), "learners", TODAY)
    assert row(returning, executive).state == "self-confirmed"
    returning.outcome("learners", "lesson", actual="1100", read_on=date(2015, 3, 31), owner="Otto")
    assert row(returning, executive).state == "self-confirmed"
    assert set(queued(returning, executive).missing) == EVERY
    loop.confirm_all(returning.store, finance, "learners", TODAY)
    assert row(returning, executive).state == "confirmed"
    assert queued(returning, executive) is None


def test_v10_who_owned_it_when_it_was_read_does_not_confirm_it_after_handing_it_on(returning, finance):
    read(returning)
    returning.outcome("learners", "lesson", actual="1100", read_on=date(2015, 3, 31), owner="Otto")
    with pytest.raises(RefusedError, match="when it was read") as refused:
        loop.confirm_all(returning.store, replace(finance, name="Olga"), "learners", TODAY)
    assert [(one.sent, bool(one.fix)) for one in refused.value.issues] == [("Olga", True)]
    loop.confirm_all(returning.store, finance, "learners", TODAY)


def test_v10_who_owned_it_before_it_was_read_confirms_as_anybody_of_finance(returning, executive, finance):
    returning.outcome("learners", "lesson")
    returning.outcome("learners", "lesson", actual="1150", read_on=date(2015, 3, 31), owner="Otto")
    loop.confirm_all(returning.store, replace(finance, name="Olga"), "learners", TODAY)
    assert row(returning, executive).state == "confirmed"


@pytest.mark.parametrize("is_capacity", [False, True])
def test_what_is_no_money_is_offered_to_nobody(returning, executive, finance, is_capacity):
    read(returning, **({} if is_capacity else {"value_class": "not_financial", "unit_value": ""}))
    if is_capacity:
        value_rows.put(returning, "outcome_plan", outcome="learners", capacity_milliweeks=2_000)
    assert queued(returning, executive) is None
    assert {tick for tick, _ in row(returning, executive).stopped} == EVERY
    for tick in Tick:
        with pytest.raises(RefusedError):
            loop.confirm_all(returning.store, finance, "learners", TODAY, ticks=(tick,))


def test_v10_many_ended_ticks_are_told_by_the_first_few_and_the_sum_of_the_others(returning):
    """Each of £500 a month: three sentences, and one of the two that are left."""
    keys = [f"o{place}" for place in range(5)]
    for key in keys:
        returning.outcome(key, "lesson", actual="1100", read_on=date(2015, 3, 31))
        returning.confirm(key)
    ended = End("confirmation", tuple((key, tick) for tick in sorted(EVERY) for key in keys))
    with returning.store.snapshot() as cursor:
        notes = consequences.of(cursor, (), (ended,))
    assert [note.startswith("Ends 3 ticks of finance on weekly active o") for note in notes] == [True] * 3 + [
        False
    ]
    assert notes[-1] == (
        "And ticks of 2 more outcomes: together 1,000.00 GBP a month, "
        "which counts nothing until finance ticks it anew."
    )
