"""What was confirmed on no line, or on another, keeps its level where a line is named: V6, V8 and V11."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from roi.commands import (
    anticipating,
    loop,
    records,
    settled,
)
from roi.domain.structure import Grade, Tick, ValueBasis, ValueClass
from roi.domain.value import (
    ConfirmedReading,
    OutcomePlan,
)
from roi.errors import RefusedError
from roi.store import read_value
from roi.store.changes import NewChange, record_rows
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
