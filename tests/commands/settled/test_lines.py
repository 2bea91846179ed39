"""What finance confirmed stays on its line, in its cell and class, without finance: V6 to V8, V12 and V13."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from roi.commands import anticipating, drivers, finance_lines, lists, loop, undo
from roi.commands.checks import settled
from roi.domain.structure import Tick, ValueBasis, ValueClass
from roi.domain.value import (
    DriverInput,
    FinanceLine,
    LineCell,
    LineKind,
    OutcomePlan,
    ValueDriver,
)
from roi.errors import ClosedMonthError, RefusedError, UndoRefusedError
from tests import saving
from tests.commands.settled.conftest import KEY, PLAN, cash, outcome, plan, reading, ticks


def test_v8_nobody_leaves_a_capped_cell_with_the_ticks_that_were_given_for_it(store, finance, tech_leader):
    assert cash(store, finance) == 1_500_000  # half of what the cell moved
    plan(store, tech_leader, cell="old")
    assert (ticks(store), cash(store, finance)) == ({Tick.MOVEMENT}, None)
    loop.confirm_all(store, finance, KEY, date(2026, 4, 13))
    assert cash(store, finance) == 12_000_000


def loss(store, finance, tech_leader):
    """The measure went the wrong way, and finance has confirmed it."""
    reading(store, tech_leader, 1600, date(2026, 3, 31))
    loop.confirm_all(store, finance, KEY, date(2026, 4, 12))
    return cash(store, finance)


@pytest.mark.parametrize("value_class", [ValueClass.REVENUE, ValueClass.RELEASED_TIME])
def test_v12_cash_that_leaves_its_line_is_refused_once_it_was_read(store, finance, tech_leader, value_class):
    """A loss would vanish, because without a line nobody could confirm it; not with another class too."""
    lost = loss(store, finance, tech_leader)
    assert lost == -12_000_000
    left = replace(outcome(store), value_class=value_class)
    with pytest.raises(RefusedError, match=r"stays on a finance line.*rules V8 and V12") as error:
        anticipating.save_anticipated(store, tech_leader, left, replace(PLAN, line="", cell=""))
    (issue,) = error.value.issues
    assert (issue.column, issue.fix) == ("line", settled.NAME_A_LINE)
    assert (ticks(store), cash(store, finance)) == (set(Tick), lost)


def test_v12_no_other_class_is_a_way_round_its_line(store, finance, tech_leader):
    """Without a line finance can confirm what is not cash; to be cash again it names one at once."""
    loss(store, finance, tech_leader)
    its = replace(PLAN, line="", cell="")
    hours = replace(outcome(store), value_class=ValueClass.RELEASED_TIME, value_basis=ValueBasis.AGREED)
    anticipating.save_anticipated(store, tech_leader, hours, PLAN)
    anticipating.save_anticipated(store, tech_leader, hours, its)
    again = replace(hours, value_class=ValueClass.REVENUE)
    with pytest.raises(RefusedError, match=r"is read, and as revenue it needs a finance line"):
        saving.save_outcomes(store, tech_leader, [again])
    anticipating.save_anticipated(store, tech_leader, again, PLAN)
    loop.confirm_all(store, finance, KEY, date(2026, 4, 13))
    assert cash(store, finance) == -12_000_000


@pytest.mark.parametrize("value_class", [ValueClass.RELEASED_TIME, ValueClass.NOT_FINANCIAL])
def test_v12_earlier_confirmed_months_stay_in_their_class(store, finance, tech_leader, value_class):
    lost = loss(store, finance, tech_leader)
    reading(store, tech_leader, 1700, date(2026, 4, 20))
    with pytest.raises(RefusedError, match=r"earlier readings are confirmed as revenue"):
        saving.save_outcomes(store, tech_leader, [replace(outcome(store), value_class=value_class)])
    assert cash(store, finance) == lost


COST = FinanceLine("hosting", "Hosting", LineKind.COST_OUTSIDE, "USD")
ON_COST = OutcomePlan("hours", line="hosting", cell="all", driver="hour", agreed_on=date(2026, 1, 2))
HOUR = ValueDriver("hour", "An hour", "stated", "USD", ValueBasis.BOOKED, source="books")
WORTH = DriverInput("hour", "amount", Decimal(600), Decimal(600), Decimal(600), "Fiona", "books")


def saved_hosting(store, finance, tech_leader):
    """A saving that the books show: cash as read in March, and read again in April."""
    finance_lines.save_lines(store, finance, [COST], [LineCell("hosting", "all", "All")])
    drivers.save_drivers(store, finance, [HOUR], [WORTH])
    bare = replace(outcome(store), key="hours", metric="hours", actual=None, read_on=None)
    made = replace(bare, value_class=ValueClass.COST_REDUCTION, value_basis=ValueBasis.BOOKED)
    anticipating.save_anticipated(store, tech_leader, made, ON_COST)
    for actual, day in ((2100, date(2026, 3, 31)), (2400, date(2026, 4, 10))):
        reading(store, tech_leader, actual, day, "hours")
        loop.confirm_all(store, finance, "hours", day)
    return made, cash(store, finance)


def test_v7_earlier_confirmed_months_stay_cash_whoever_says_another_basis(store, finance, tech_leader):
    """Not by the outcome, not by its driver, not by a list; the basis of what is no cash line stays free."""
    made, before = saved_hosting(store, finance, tech_leader)
    said = r"earlier readings are confirmed as cash, which .*basis, booked .*rules V6, V7 and V12"
    agreed = replace(HOUR, basis=ValueBasis.AGREED)
    with pytest.raises(ClosedMonthError, match=rf"{said}.*Name it as a restatement"):
        drivers.save_drivers(store, finance, [agreed], [WORTH])
    text = b"driver,name,formula,currency,basis\nhour,An hour,stated,USD,agreed\n"
    (told,) = lists.read_list(store, finance, "value_drivers", text, "d.csv").issues
    assert (told.code, told.is_blocker) == ("confirmed", True)
    assert (told.column, told.fix) == ("value_basis", settled.BACK)
    free = replace(made, value_basis=ValueBasis.AGREED)
    with pytest.raises(RefusedError, match=said):
        anticipating.save_anticipated(store, tech_leader, free, replace(ON_COST, driver=""))
    assert cash(store, finance) == before
    reading(store, tech_leader, 2500, date(2026, 4, 11))
    saving.save_outcomes(store, tech_leader, [replace(outcome(store), value_basis=ValueBasis.AGREED)])


def test_v13_a_line_that_bears_confirmed_money_stays_what_it_is(store, finance, tech_leader):
    """As a line of engineering's own cost it would take the money out of the ratio without a tick."""
    _, before = saved_hosting(store, finance, tech_leader)
    inner = replace(COST, kind=LineKind.ENGINEERING_COST)
    with pytest.raises(ClosedMonthError, match=r"Hosting bears what finance confirmed.*hours"):
        finance_lines.save_lines(store, finance, [inner])
    text = b"line,name,kind,currency\nhosting,Hosting,engineering_cost,USD\n"
    (told,) = lists.read_list(store, finance, "finance_lines", text, "l.csv").issues
    assert (told.code, told.column, told.is_blocker) == ("confirmed", "kind", True)
    assert cash(store, finance) == before
    unused = replace(COST, key="travel", name="Travel")
    finance_lines.save_lines(store, finance, [unused])
    finance_lines.save_lines(store, finance, [replace(unused, kind=LineKind.ENGINEERING_COST)])


def test_v16_what_was_wrong_of_a_line_or_a_basis_finance_restates(store, finance, tech_leader):
    """The savings were engineering's own cost: a named restatement takes them out, in words that stay."""
    _, before = saved_hosting(store, finance, tech_leader)
    inner = replace(COST, kind=LineKind.ENGINEERING_COST)
    finance_lines.save_lines(store, finance, [inner], restatement="it is our own hosting")
    after = cash(store, finance)
    assert after < before
    finance_lines.save_lines(store, finance, [COST], restatement="it is not")
    assert cash(store, finance) == before
    agreed = replace(HOUR, basis=ValueBasis.AGREED)
    drivers.save_drivers(store, finance, [agreed], [WORTH], restatement="the books do not show it")
    assert cash(store, finance) == after


def test_v13_no_undo_takes_a_line_back_to_another_kind_than_finance_confirmed_on(store, finance, tech_leader):
    finance_lines.save_lines(store, finance, [replace(COST, kind=LineKind.ENGINEERING_COST)])
    turned = finance_lines.save_lines(store, finance, [COST]).change_id
    _, before = saved_hosting(store, finance, tech_leader)
    with pytest.raises(UndoRefusedError, match="outcome hours"):
        undo.undo(store, finance, turned, "wrong")
    assert cash(store, finance) == before
    renamed = finance_lines.save_lines(store, finance, [replace(COST, name="Rented hosting")])
    undo.undo(store, finance, renamed.change_id, "wrong")


def test_v12_a_confirmed_loss_does_not_become_a_measure_without_money(store, finance, tech_leader):
    lost = loss(store, finance, tech_leader)
    mood = replace(outcome(store), value_class=ValueClass.NOT_FINANCIAL)
    with pytest.raises(RefusedError, match=r"confirmed as revenue"):
        saving.save_outcomes(store, tech_leader, [mood])
    assert cash(store, finance) == lost


def test_v16_a_receipt_says_which_confirmed_readings_end(store, finance, tech_leader):
    reading(store, tech_leader, 2500, date(2026, 4, 20))
    told = saving.save_outcomes(store, tech_leader, [replace(outcome(store), baseline=Decimal(1900))])
    said = "Ends what finance confirmed of trial users who pay with the reading of 2026-03-31"
    assert any(note.startswith(said) for note in told.notes)


def test_v11_another_series_needs_a_new_tick(store, tech_leader):
    plan(store, tech_leader, series="something else")
    assert ticks(store) == {Tick.UNIT_VALUE}


def test_v12_earlier_confirmed_months_stay_in_their_cell(store, finance, tech_leader):
    reading(store, tech_leader, 2500, date(2026, 4, 20))
    with pytest.raises(RefusedError, match=r"earlier readings are confirmed"):
        plan(store, tech_leader, cell="old")
    assert cash(store, finance) == 1_500_000


def test_v12_the_share_of_a_pool_is_frozen_once_it_is_read(store, tech_leader):
    with pytest.raises(RefusedError, match=r"frozen at 50 %, for a gain as for a loss"):
        plan(store, tech_leader, planned_share=0)


@pytest.mark.parametrize(
    ("change", "ended"),
    [
        ({"line": "other"}, {Tick.UNIT_VALUE, Tick.SHARE}),
        ({"cell": "old"}, {Tick.UNIT_VALUE, Tick.SHARE}),
        ({"copied_from": "another"}, {Tick.UNIT_VALUE, Tick.SHARE}),
        ({"series": "another"}, {Tick.MOVEMENT, Tick.SHARE}),
        ({"horizon_months": 24, "problem": "other words"}, set()),
    ],
)
def test_v8_what_a_plan_ends_is_told_to_the_form_by_the_rule_that_ends_it(change, ended):
    assert settled.ended_by_plan(PLAN, replace(PLAN, **change)) == ended


@pytest.mark.parametrize(("column", "value"), [("copied_from", "other"), ("cell", "old")])
def test_v10_a_list_says_beforehand_which_ticks_it_ends(store, tech_leader, column, value):
    """A copy's origin ends ticks as another cell does, and a list says it as the form does."""
    made = replace(outcome(store), key="other", metric="another", actual=None, read_on=None)
    saving.save_outcomes(store, tech_leader, [made])
    before = ticks(store)
    sent = outcome(store)
    head = "key,epic,metric,unit,direction,baseline,target_low,target_likely,target_high,value_class,owner"
    cells = (sent.key, sent.epic, sent.metric, sent.unit, sent.direction, sent.baseline, sent.target_low)
    row = (*cells, sent.target_likely, sent.target_high, sent.value_class.value, sent.owner)
    text = f"{head},{column}\n{','.join(map(str, row))},{value}\n".replace("key,", "outcome,", 1)
    (told,) = lists.read_list(store, tech_leader, "outcomes", text.encode(), "o.csv").issues
    assert (told.code, told.is_blocker) == ("ends_ticks", False)
    assert f"2 ticks of finance: {sent.metric}." in told.message
    lists.import_list(store, tech_leader, "outcomes", text.encode(), "o.csv")
    assert before - ticks(store) == {Tick.UNIT_VALUE, Tick.SHARE}
