"""What was confirmed on no line, or on another, keeps its level where a line is named: V6, V8 and V11."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from roi.commands import anticipating, lists, loop, undo
from roi.commands.changing import records
from roi.commands.checks import settled
from roi.domain.structure import Grade, Tick, ValueBasis, ValueClass
from roi.domain.value import (
    ConfirmedReading,
    OutcomePlan,
)
from roi.errors import RefusedError
from roi.store import read_value
from roi.store.changes import NewChange, record_rows
from tests import saving
from tests.commands.settled.conftest import KEY, PLAN, cash, outcome, plan, reading, ticks


def put(store, actor, *puts):
    """Rows as a store has them from before a rule."""
    with store.write() as cursor:
        record_rows(
            cursor, NewChange(actor, "as it was before"), [records.put(name, its) for name, its in puts]
        )


def lineless(store, finance):
    """As before the rule: a lower reading of March confirmed, a higher one of April, and no finance line."""
    kept = ConfirmedReading(
        *(KEY, date(2026, 3, 31), Decimal(2000), Decimal(2100), Decimal(600), "USD", Grade.C),
        *(400_000, 500_000, 600_000, "Fiona", date(2026, 4, 2)),
    )
    its = replace(PLAN, line="", cell="")
    put(store, finance, ("outcome_plan", [its]), ("confirmed_reading", [kept]))


def test_v8_cash_on_no_line_is_confirmed_once_it_names_one(store, finance, tech_leader):
    """The movement alone agrees with its source whatever the line; whose money it is, nobody can say."""
    put(store, finance, ("outcome_plan", [replace(PLAN, line="", cell="")]))
    assert cash(store, finance) is None
    for given in (Tick.UNIT_VALUE, Tick.SHARE):
        with pytest.raises(RefusedError, match=r"names no finance line") as error:
            loop.confirm_all(store, finance, KEY, date(2026, 4, 13), ticks=(given,))
        (issue,) = error.value.issues
        assert (issue.column, issue.fix) == ("line", settled.NAME_A_LINE)
    loop.confirm_all(store, finance, KEY, date(2026, 4, 13), ticks=(Tick.MOVEMENT,))
    plan(store, tech_leader)
    loop.confirm_all(store, finance, KEY, date(2026, 4, 14))
    assert cash(store, finance) == 1_500_000


def test_v11_the_first_line_keeps_the_level_of_the_months_that_were_confirmed(store, finance, tech_leader):
    """No month rises to a later reading because its line is named after it; the latest is confirmed anew."""
    reading(store, tech_leader, 2400, date(2026, 4, 10))
    lineless(store, finance)
    assert cash(store, finance) is None
    plan(store, tech_leader, cell="old")
    with store.snapshot() as cursor:
        (kept,) = read_value.values(cursor).confirmed_readings[KEY]
    assert kept.actual == Decimal(2100)
    assert not ticks(store) & settled.OF_A_LINE
    assert cash(store, finance) == 3_000_000
    loop.confirm_all(store, finance, KEY, date(2026, 4, 14))
    assert cash(store, finance) == 3_000_000
    with pytest.raises(RefusedError, match=r"earlier readings are confirmed"):
        plan(store, tech_leader)


def test_v11_a_later_reading_keeps_what_was_confirmed_on_no_line_before_the_rule(store, finance, tech_leader):
    reading(store, tech_leader, 2100, date(2026, 3, 31))
    loop.confirm_all(store, finance, KEY, date(2026, 4, 2))
    put(store, finance, ("outcome_plan", [replace(PLAN, line="", cell="")]))
    reading(store, tech_leader, 2400, date(2026, 4, 10))
    assert cash(store, finance) is None
    plan(store, tech_leader, cell="old")
    loop.confirm_all(store, finance, KEY, date(2026, 4, 14))
    assert cash(store, finance) == 3_000_000


def test_v6_what_was_confirmed_as_hours_never_becomes_cash(store, finance, tech_leader):
    """Neither in two steps nor with a line at once: finance confirmed that money as released time."""
    hours = replace(
        outcome(store), key="hours", metric="hours", value_class=ValueClass.RELEASED_TIME, actual=None
    )
    hours = replace(hours, value_basis=ValueBasis.AGREED, read_on=None)
    anticipating.save_anticipated(store, tech_leader, hours, OutcomePlan("hours"))
    for actual, day in ((2100, date(2026, 3, 31)), (2400, date(2026, 4, 10))):
        reading(store, tech_leader, actual, day, "hours")
        loop.confirm_all(store, finance, "hours", day)
    before = cash(store, finance)
    money = replace(hours, value_class=ValueClass.REVENUE, value_basis=ValueBasis.BOOKED)
    for its in (OutcomePlan("hours"), OutcomePlan("hours", line="margin", cell="old")):
        with pytest.raises(RefusedError, match=r"earlier readings are confirmed as released time"):
            anticipating.save_anticipated(store, tech_leader, money, its)
    assert cash(store, finance) == before


def on_no_line(store, finance, tech_leader):
    """As before the rule: a reading of March with three ticks on no finance line."""
    reading(store, tech_leader, 2100, date(2026, 3, 31))
    loop.confirm_all(store, finance, KEY, date(2026, 4, 2))
    put(store, finance, ("outcome_plan", [replace(PLAN, line="", cell="")]))


def on_another(store, finance, tech_leader):
    """Three ticks in the capped cell."""
    reading(store, tech_leader, 2100, date(2026, 3, 31))
    loop.confirm_all(store, finance, KEY, date(2026, 4, 2))


READINGS = "outcome,read_on,actual,grade,evidence,share_low,share_likely,share_high"


def by_list(store, actor, actual, day):
    text = f"{READINGS}\n{KEY},{day.isoformat()},{actual},C,series,0.4,0.5,0.6\n"
    lists.import_list(store, actor, "readings", text.encode(), "r.csv")


def kept(store):
    with store.snapshot() as cursor:
        return read_value.values(cursor).confirmed_readings.get(KEY, ())


APRIL = date(2026, 4, 10)
OF_MARCH = 3_000_000
"""A month at 2,100, of which a half is due to this work: $600 for each user above 2,000."""


@pytest.mark.parametrize("record", [reading, by_list])
@pytest.mark.parametrize("confirmed_before", [on_no_line, on_another])
def test_v11_a_line_named_before_the_next_reading_lifts_no_earlier_month(
    store, finance, tech_leader, confirmed_before, record
):
    """Nothing counts until finance ticks anew; then the months to March count what it confirmed of them."""
    confirmed_before(store, finance, tech_leader)
    plan(store, tech_leader, cell="old")
    assert (ticks(store), cash(store, finance)) == ({Tick.MOVEMENT}, None)
    record(store, tech_leader, 2400, APRIL)
    assert (cash(store, finance), kept(store)) == (None, ())
    loop.confirm_all(store, finance, KEY, date(2026, 4, 14), ticks=(Tick.MOVEMENT, Tick.SHARE))
    assert (cash(store, finance), kept(store)) == (None, ())
    told = loop.confirm_all(store, finance, KEY, date(2026, 4, 14), ticks=(Tick.UNIT_VALUE,))
    assert cash(store, finance) == OF_MARCH
    (its,) = kept(store)
    assert (its.read_on, its.actual, its.confirmed_on) == (date(2026, 3, 31), 2100, date(2026, 4, 2))
    assert any("2026-03-31" in note and "2026-04-02" in note for note in told.notes)
    with pytest.raises(RefusedError, match=r"earlier readings are confirmed"):
        plan(store, tech_leader)


def moved_and_read(store, finance, tech_leader):
    on_another(store, finance, tech_leader)
    moved = plan(store, tech_leader, cell="old")
    reading(store, tech_leader, 2400, APRIL)
    return moved


EDITS = {
    "series": lambda store, actor: plan(store, actor, cell="old", series="another"),
    "unit value": lambda store, actor: saving.save_outcomes(
        store, actor, [replace(outcome(store), unit_value=Decimal(601))]
    ),
    "target": lambda store, actor: saving.save_outcomes(
        store, actor, [replace(outcome(store), target_high=Decimal(3000))]
    ),
}


def test_v11_an_edit_that_was_undone_and_made_once_more_lifts_no_earlier_month(store, finance, tech_leader):
    on_another(store, finance, tech_leader)
    before = cash(store, finance)
    edit = plan(store, tech_leader, cell="old")
    both = replace(finance, roles=finance.roles | tech_leader.roles)
    undone = undo.undo(store, both, edit.change_id)
    assert cash(store, finance) == before
    undo.undo(store, both, undone.change_id)
    reading(store, tech_leader, 2400, APRIL)
    loop.confirm_all(store, finance, KEY, date(2026, 4, 14))
    assert (cash(store, finance), [its.actual for its in kept(store)]) == (OF_MARCH, [2100])


@pytest.mark.parametrize("name", EDITS)
def test_v11_no_edit_before_the_next_reading_lifts_a_month_that_was_confirmed(
    store, finance, tech_leader, name
):
    plan(store, tech_leader, cell="old")
    on_another(store, finance, tech_leader)
    EDITS[name](store, tech_leader)
    reading(store, tech_leader, 2400, APRIL)
    loop.confirm_all(store, finance, KEY, date(2026, 4, 14))
    (its,) = kept(store)
    assert (its.read_on, its.actual) == (date(2026, 3, 31), 2100)
    assert cash(store, finance) == pytest.approx(OF_MARCH, abs=5_000)


def test_v11_what_was_read_again_on_that_day_since_is_confirmed_anew(store, finance, tech_leader):
    """Nobody confirmed 2,050 of March: the reading of April confirms its months, as if it was the first."""
    on_another(store, finance, tech_leader)
    plan(store, tech_leader, cell="old")
    reading(store, tech_leader, 2050, date(2026, 3, 31))
    reading(store, tech_leader, 2400, APRIL)
    loop.confirm_all(store, finance, KEY, date(2026, 4, 14))
    assert (cash(store, finance), kept(store)) == (4 * OF_MARCH, ())


def test_v7_what_finance_confirms_of_a_unit_now_is_what_the_level_of_then_is_worth(
    store, finance, tech_leader
):
    """On another line it may be worth less: nothing counts at a price that finance confirmed of the first."""
    moved_and_read(store, finance, tech_leader)
    saving.save_outcomes(store, tech_leader, [replace(outcome(store), unit_value=Decimal(300))])
    loop.confirm_all(store, finance, KEY, date(2026, 4, 14))
    assert cash(store, finance) == OF_MARCH // 2


def test_v12_another_measure_keeps_nothing(store, finance, tech_leader):
    moved_and_read(store, finance, tech_leader)
    saving.save_outcomes(store, tech_leader, [replace(outcome(store), baseline=Decimal(2200))])
    loop.confirm_all(store, finance, KEY, date(2026, 4, 14))
    assert (cash(store, finance), kept(store)) == (2 * OF_MARCH, ())


def test_v10_what_finance_took_back_does_not_count_again(store, finance, tech_leader):
    """Its confirmation of March was wrong: it is undone, after the line that was named since."""
    reading(store, tech_leader, 2100, date(2026, 3, 31))
    wrong = loop.confirm_all(store, finance, KEY, date(2026, 4, 2))
    moved = plan(store, tech_leader, cell="old")
    undo.undo(store, tech_leader, moved.change_id)
    undo.undo(store, finance, wrong.change_id, "nobody looked")
    plan(store, tech_leader, cell="old")
    reading(store, tech_leader, 2400, APRIL)
    loop.confirm_all(store, finance, KEY, date(2026, 4, 14))
    assert (cash(store, finance), kept(store)) == (4 * OF_MARCH, ())


def test_v11_the_undo_of_the_new_ticks_takes_the_level_back_with_them(store, finance, tech_leader):
    moved_and_read(store, finance, tech_leader)
    anew = loop.confirm_all(store, finance, KEY, date(2026, 4, 14))
    assert cash(store, finance) == OF_MARCH
    undo.undo(store, finance, anew.change_id, "not yet")
    assert (cash(store, finance), kept(store)) == (None, ())


def test_v8_a_line_that_is_named_with_a_reading_at_once_counts_nothing_before_finance(
    store, finance, tech_leader
):
    on_another(store, finance, tech_leader)
    read_anew = replace(outcome(store), actual=Decimal(2400), read_on=APRIL)
    anticipating.save_anticipated(store, tech_leader, read_anew, replace(PLAN, cell="old"))
    assert (cash(store, finance), kept(store)) == (None, ())
    loop.confirm_all(store, finance, KEY, date(2026, 4, 14))
    assert cash(store, finance) == OF_MARCH
