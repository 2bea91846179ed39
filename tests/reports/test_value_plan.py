"""The value plan is what stood when work began, and no later edit moves it (rule V17, law T11).

`learners` of Alder was frozen at 150 more × £10 × share 0.5 = £750 a month; its epic was delivered on 20
January 2015 and it is read. What was agreed beside it stood before the change that froze it.
"""

from datetime import date

import pytest

from roi.commands import undo
from roi.reports import portfolio
from roi.reports.shapes import Scope
from tests.reports import value_rows

TODAY = date(2015, 4, 10)
MONTH = 75_000
PROMISED = {"target_low": "1050", "target_likely": "1150", "target_high": "1200"}
FROZEN = {**value_rows.DEFAULTS["forecast"], **PROMISED, "outcome": "learners"}


def planned(built, actor, today=TODAY):
    checks = portfolio.build(built.store, actor, Scope(), today).checks
    return checks.planned_value.value, checks.planned_actual.value


def due(built, on, epic="lesson", **more):
    value_rows.put(built, "epic_plan", epic=epic, due_on=on, **more)


def slices(built, *parts):
    rows = [
        {"epic": "lesson", "slice": f"s{place}", "name": f"s{place}", "delivered": on, "share": share}
        for place, (on, share) in enumerate(parts)
    ]
    built.put("epic_slice", *rows)


@pytest.mark.parametrize(
    ("agreed", "months"), [(date(2015, 1, 20), 2), (date(2015, 2, 20), 1), (date(2014, 11, 3), 3)]
)
def test_v17_it_is_phased_from_the_day_that_was_agreed_whenever_delivery_came(
    returning, executive, agreed, months
):
    due(returning, agreed)
    returning.put("forecast", FROZEN)
    assert planned(returning, executive) == (months * MONTH, 100_000)


@pytest.mark.parametrize("later", [date(2015, 2, 20), date(2015, 9, 30), None])
def test_t11_a_delivery_date_that_is_edited_later_moves_nothing(returning, executive, later):
    due(returning, date(2015, 1, 20))
    returning.put("forecast", FROZEN)
    due(returning, later)
    assert planned(returning, executive) == (2 * MONTH, 100_000)
    returning.epic("lesson", "onboarding", date(2015, 1, 5), delivered=date(2015, 2, 20))
    assert planned(returning, executive)[0] == 2 * MONTH


def test_t11_a_delivery_that_was_known_at_the_freeze_stays_where_no_day_was_agreed(returning, executive):
    returning.put("forecast", FROZEN)
    assert planned(returning, executive)[0] == 2 * MONTH
    returning.epic("lesson", "onboarding", date(2015, 1, 5), delivered=date(2015, 2, 20))
    due(returning, date(2015, 3, 1))
    assert planned(returning, executive)[0] == 2 * MONTH


def test_v17_it_ends_with_the_horizon_that_was_agreed_and_no_later_one(returning, executive):
    due(returning, date(2015, 1, 20))
    value_rows.put(
        returning, "outcome_plan", outcome="learners", agreed_on=date(2015, 1, 5), horizon_months=1
    )
    returning.put("forecast", FROZEN)
    assert planned(returning, executive)[0] == MONTH
    value_rows.put(returning, "outcome_plan", outcome="learners", agreed_on=date(2015, 1, 5))
    assert planned(returning, executive)[0] == MONTH


def test_v17_a_shorter_horizon_of_the_company_shortens_no_plan_that_is_frozen(returning, executive):
    due(returning, date(2015, 1, 20))
    returning.put("forecast", FROZEN)
    returning.put("setting", {"name": "horizon_months", "value": "1"})
    assert planned(returning, executive)[0] == 2 * MONTH


def test_v17_a_slice_that_was_delivered_by_the_freeze_comes_from_its_own_month(returning, executive):
    due(returning, date(2015, 2, 20))
    slices(returning, (date(2015, 1, 10), 800_000), (None, 200_000))
    returning.put("forecast", FROZEN)
    assert planned(returning, executive)[0] == MONTH * 8 // 10 + MONTH
    slices(returning, (date(2014, 12, 10), 300_000), (None, 700_000))
    assert planned(returning, executive)[0] == MONTH * 8 // 10 + MONTH


def test_t11_a_change_that_freezes_and_edits_at_once_freezes_what_stood_before_it(returning, executive):
    due(returning, date(2015, 1, 20))
    rows = {**value_rows.DEFAULTS["epic_plan"], "epic": "lesson", "due_on": date(2015, 2, 20)}

    def work(recorder):
        from roi.store.changes import Put

        recorder.put(Put("epic_plan", [rows]))
        recorder.put(Put("forecast", [FROZEN]))

    returning._change("save epic", work)
    assert planned(returning, executive)[0] == 2 * MONTH


def test_t9_a_promise_that_was_undone_and_frozen_anew_has_the_terms_of_the_new_one(returning, executive):
    """On one day, as in the demo company always; and an undo that is undone brings its own terms back."""
    due(returning, date(2014, 11, 3))
    first = returning.put("forecast", FROZEN)
    gone = undo.undo(returning.store, returning.actor, first).change_id
    due(returning, date(2015, 2, 20))
    again = returning.put("forecast", FROZEN)
    assert planned(returning, executive)[0] == MONTH
    undo.undo(returning.store, returning.actor, again)
    undo.undo(returning.store, returning.actor, gone)
    assert planned(returning, executive)[0] == 3 * MONTH


# What fell due


@pytest.fixture
def unread(returning):
    """`clicks` of Search's `finder` has a frozen promise of £750 a month from February on and no reading."""
    returning.put("forecast", FROZEN)
    due(returning, date(2015, 1, 20), epic="finder")
    returning.put("forecast", {**FROZEN, "outcome": "clicks"})
    return returning


def test_v17_what_is_not_delivered_has_no_reading_due_and_is_not_compared(unread, executive):
    assert planned(unread, executive) == (2 * MONTH, 100_000)


@pytest.mark.parametrize(("delivered", "months"), [(date(2015, 3, 20), 2), (date(2015, 2, 20), 4)])
def test_v17_unread_value_is_compared_only_once_its_reading_fell_due(unread, executive, delivered, months):
    unread.epic("finder", "search", date(2015, 2, 1), delivered=delivered, planned_share=400_000)
    assert planned(unread, executive) == (months * MONTH, 100_000)


# What is late


def late(built, actor, today=TODAY):
    return portfolio.build(built.store, actor, Scope(), today).checks.planned_late.value


def test_v17_what_late_work_was_promised_to_bring_is_told_apart_and_not_compared(unread, executive):
    assert late(unread, executive) == 2 * MONTH, "£750 in February and in March"
    assert late(unread, executive, date(2015, 1, 21)) == 2 * MONTH
    assert late(unread, executive, date(2015, 1, 20)) is None, "on the agreed day it is not late yet"
    due(unread, date(2015, 9, 30), epic="finder")
    assert late(unread, executive) == 2 * MONTH, "a day that is agreed later makes nothing timely (T11)"
    assert planned(unread, executive) == (2 * MONTH, 100_000)


def test_v17_work_that_is_delivered_is_late_no_more(unread, executive):
    unread.epic("finder", "search", date(2015, 2, 1), delivered=date(2015, 3, 20), planned_share=400_000)
    assert late(unread, executive) is None


def test_v12_work_that_was_ended_before_it_came_stays_late(unread, executive):
    value_rows.put(unread, "closure", outcome="clicks", ended_by="written_off", ended_on=date(2015, 3, 1))
    assert late(unread, executive) == 2 * MONTH
