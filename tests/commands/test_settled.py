"""What finance confirmed does not move without finance: V3, V8, V10 and V12 against later edits of a plan."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from roi.actors import Actor
from roi.commands import (
    anticipating,
    drivers,
    epics,
    finance_lines,
    lists,
    loop,
    outcomes,
    records,
    settled,
    tracker,
    undo,
)
from roi.domain.money import SHARE_WHOLE
from roi.domain.structure import Grade, Tick, ValueBasis, ValueClass
from roi.domain.value import (
    ConfirmedReading,
    DriverInput,
    EpicPlan,
    EpicTeam,
    FinanceLine,
    LineCell,
    LineKind,
    LineMonth,
    OutcomePlan,
    Slice,
    ValueDriver,
)
from roi.errors import ClosedMonthError, RefusedError, UndoRefusedError
from roi.reports import portfolio
from roi.reports.shapes import Scope
from roi.store import read, read_value
from roi.store.changes import NewChange, record_rows
from tests import kept_company, saving

KEY = "trial-to-paid"
LINE = FinanceLine("margin", "Margin", LineKind.MARGIN, "USD")
CELLS = (LineCell("margin", "new", "New", frozenset({"first"})), LineCell("margin", "old", "Old"))
CAP = LineMonth("margin", "new", 202603, 10_000_000, 13_000_000)  # moved by $30,000, $240,000 are measured
PLAN = OutcomePlan(KEY, line="margin", cell="new", planned_share=500_000, agreed_on=date(2026, 1, 2))


@pytest.fixture(scope="module")
def confirmed(built, tmp_path_factory, finance, tech_leader):
    """The small company with its one outcome on a capped cell, confirmed by finance."""

    def grow(store):
        finance_lines.save_lines(store, finance, [LINE], CELLS)
        finance_lines.save_line_months(store, finance, [CAP])
        anticipating.save_anticipated(store, tech_leader, outcome(store), PLAN)
        loop.confirm_all(store, finance, KEY, date(2026, 4, 12))

    return kept_company.grown(built, tmp_path_factory.mktemp("settled"), grow)


@pytest.fixture
def store(confirmed, tmp_path):
    with kept_company.opened(confirmed, tmp_path / "company") as company:
        yield company.store


def outcome(store):
    with store.snapshot() as cursor:
        return next(one for one in read.outcomes(cursor) if one.key == KEY)


def epic(store):
    with store.snapshot() as cursor:
        return next(one for one in read.epics(cursor) if one.key == "guided-setup")


def ticks(store, key=KEY):
    with store.snapshot() as cursor:
        return {one.tick for one in read.confirmations(cursor) if one.outcome == key}


def cash(store, finance):
    return portfolio.build(store, finance, Scope()).confirmed.value


def plan(store, actor, **changed):
    return anticipating.save_anticipated(store, actor, outcome(store), replace(PLAN, **changed))


def reading(store, actor, actual, day, key=KEY):
    outcomes.record_reading(
        store,
        actor,
        key,
        actual=Decimal(actual),
        read_on=day,
        grade=Grade.C,
        evidence="series",
        share_low=400_000,
        share_likely=500_000,
        share_high=600_000,
    )


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


def test_v16_a_receipt_says_which_confirmed_readings_end(store, finance, tech_leader):
    reading(store, tech_leader, 2500, date(2026, 4, 20))
    told = saving.save_outcomes(store, tech_leader, [replace(outcome(store), baseline=Decimal(1900))])
    said = "Ends what finance confirmed of trial users who pay with the reading of 2026-03-31"
    assert any(note.startswith(said) for note in told.notes)


def test_v8_and_v3_no_undo_moves_what_finance_confirmed_after_the_change(store, finance, tech_leader):
    plan(store, tech_leader, cell="old")
    una = Actor("Una", tech_leader.roles | finance.roles)
    moved = [replace(epic(store), team="checkout")]
    elsewhere = saving.save_epics(store, una, moved, restatement="it was the other team's work")
    capped = plan(store, tech_leader)
    loop.confirm_all(store, finance, KEY, date(2026, 4, 13))
    for change in (elsewhere, capped):
        with pytest.raises(UndoRefusedError, match=rf"has used or replaced outcome {KEY} since"):
            undo.undo(store, tech_leader, change.change_id)
    assert cash(store, finance) == 1_500_000


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


def test_v12_a_confirmed_copy_stays_a_copy(store, finance, tech_leader):
    saved = replace(epic(store), key="before", name="Before")
    saving.save_epics(store, tech_leader, [saved])
    epics.save_epic(store, tech_leader, epic(store), EpicPlan("", copied_from="before"))
    with pytest.raises(RefusedError, match=r"confirmed by finance as a copy of another epic"):
        epics.save_epic(store, tech_leader, epic(store), EpicPlan(""))


def test_v3_confirmed_value_stays_with_its_team(store, tech_leader):
    with pytest.raises(RefusedError, match=r"work of the team that books its value"):
        saving.save_epics(store, tech_leader, [replace(epic(store), team="checkout")])
    split = [EpicTeam("", "checkout", 0, SHARE_WHOLE)]
    with pytest.raises(RefusedError, match=r"work of the team that books its value"):
        epics.save_epic(store, tech_leader, epic(store), EpicPlan(""), split)


def test_v10_no_slice_brings_confirmed_value_into_earlier_months(store, tech_leader):
    early = Slice("", "first", "First", date(2026, 1, 6), SHARE_WHOLE)
    with pytest.raises(RefusedError, match=r"parts that it had before the reading of 2026-03-31"):
        epics.save_epic(store, tech_leader, epic(store), EpicPlan(""), None, [early])
    later = (
        replace(early, delivered=None, share=600_000),
        Slice("", "rest", "Rest", date(2026, 4, 20), 400_000),
    )
    epics.save_epic(store, tech_leader, epic(store), EpicPlan(""), None, later)


def test_v10_no_outcome_more_moves_the_delivery_of_a_confirmed_epic(store, finance, tech_leader):
    """Its other outcomes are asked as well; what finance restates with it is told by the receipt."""
    made = replace(outcome(store), key="more", metric="more of it", actual=None, read_on=None)
    with pytest.raises(RefusedError, match=r"delivered on the day from which its months count"):
        anticipating.save_anticipated(
            store, tech_leader, made, OutcomePlan("more"), replace(epic(store), delivered=date(2026, 3, 2))
        )
    una = Actor("Una", tech_leader.roles | finance.roles)
    restated = replace(epic(store), planned_share=400_000)
    given = (made, OutcomePlan("more"), restated)
    with pytest.raises(ClosedMonthError):
        anticipating.save_anticipated(store, una, *given)
    told = anticipating.save_anticipated(store, una, *given, restatement="the plan said 40 %")
    assert "Restated: Guided setup: planned share 50 % → 40 %." in told.notes


def test_v10_a_delivery_does_not_move_while_earlier_readings_are_confirmed(store, tech_leader):
    reading(store, tech_leader, 2500, date(2026, 4, 20))
    with pytest.raises(RefusedError, match=r"delivered on the day from which its months count"):
        saving.save_epics(store, tech_leader, [replace(epic(store), delivered=date(2026, 1, 10))])


@pytest.fixture
def sliced(store, finance, tech_leader):
    """An epic delivered in part, whose outcome was read and confirmed twice."""
    its = replace(epic(store), key="sliced", name="Sliced", delivered=None)
    epics.save_epic(store, tech_leader, its, EpicPlan(""), None, _slices(None))
    told = replace(
        outcome(store), key="other", epic="sliced", metric="other users", actual=None, read_on=None
    )
    its_plan = OutcomePlan("other", line="growth", cell="all", agreed_on=date(2026, 1, 2))
    anticipating.save_anticipated(store, tech_leader, told, its_plan)
    for day in (date(2026, 2, 20), date(2026, 4, 20)):
        reading(store, tech_leader, 2400, day, "other")
        loop.confirm_all(store, finance, "other", day)
    return its


def _slices(rest):
    return [
        Slice("", "first", "First", date(2026, 1, 20), 600_000),
        Slice("", "rest", "Rest", rest, 400_000),
    ]


def test_v10_the_delivery_of_the_rest_is_no_edit_of_what_was_confirmed_before_it(
    store, sliced, finance, tech_leader
):
    before = cash(store, finance)
    day = date(2026, 5, 10)
    epics.save_epic(store, tech_leader, replace(sliced, delivered=day), EpicPlan(""), None, _slices(day))
    assert cash(store, finance) == before
    assert ticks(store, "other") == set(Tick)


def test_v10_a_delivery_before_confirmed_months_moves_them(store, sliced, tech_leader):
    with pytest.raises(RefusedError, match=r"delivered on the day from which its months count"):
        saving.save_epics(store, tech_leader, [replace(sliced, delivered=date(2026, 1, 25))])


def test_v3_a_confirmed_outcome_stays_with_its_epic(store, tech_leader):
    elsewhere = replace(epic(store), key="elsewhere", name="Elsewhere", team="checkout")
    saving.save_epics(store, tech_leader, [elsewhere])
    with pytest.raises(RefusedError, match=r"confirmed by finance as an outcome of Guided setup"):
        saving.save_outcomes(store, tech_leader, [replace(outcome(store), epic="elsewhere")])


TRACKED = "\n".join(
    (
        "Issue key,Issue Type,Summary,Status,Team,Epic Link,Created,Started,Resolved,Updated",
        "guided-setup,Epic,Guided setup,Done,Onboarding,,2026-01-02,2026-01-05,2026-02-10,2026-03-31",
        "T-1,Story,Words,Done,Checkout,guided-setup,2026-01-02,2026-01-05,2026-01-24,2026-03-31",
        "T-2,Story,Pictures,Done,Onboarding,guided-setup,2026-01-02,2026-01-29,2026-02-02,2026-03-31",
        "",
    )
).encode()


def test_v3_the_undo_of_a_tracker_moves_no_value_that_was_confirmed_since(store, finance, tech_leader):
    plan(store, tech_leader, cell="old")  # ends the ticks, so that the export may split the value
    plan(store, tech_leader)
    split = tracker.import_tracker(store, tech_leader, TRACKED, "x.csv")
    with store.snapshot() as cursor:
        assert {one.team for one in read_value.values(cursor).epic_teams["guided-setup"]} == {
            "checkout",
            "onboarding",
        }
    loop.confirm_all(store, finance, KEY, date(2026, 4, 13))
    confirmed = cash(store, finance)
    with pytest.raises(UndoRefusedError, match=rf"has used or replaced outcome {KEY} since"):
        undo.undo(store, tech_leader, split.change_id)
    assert cash(store, finance) == confirmed


def test_v3_an_export_of_a_tracker_splits_no_confirmed_value(store, tech_leader):
    said = [one.message for one in tracker.read_tracker(store, tech_leader, TRACKED, "x.csv").issues]
    assert any("Finance confirmed value of Guided setup" in one for one in said)
    tracker.import_tracker(store, tech_leader, TRACKED, "x.csv")
    with store.snapshot() as cursor:
        values = read_value.values(cursor)
    assert not values.epic_teams
    assert {one.team for one in values.efforts} == {"checkout", "onboarding"}


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
