"""Undo = before for every change about value, in any order; undo in the middle is as if it had never been."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from roi.actors import Actor
from roi.commands import (
    anticipating,
    appraisal_settings,
    drivers,
    epics,
    finance_lines,
    initiatives,
    lists,
    loop,
    obligations,
    outcomes,
    products,
    undo,
    waits,
)
from roi.domain.obligations import Met, Obligation, ObligationKind
from roi.domain.products import ProductLife
from roi.domain.structure import Epic, EpicKind, Grade, Tick, ValueBasis
from roi.domain.value import (
    Closure,
    DriverInput,
    Ending,
    EpicPlan,
    EpicTeam,
    FinanceLine,
    Initiative,
    Landed,
    LineCell,
    LineKind,
    LineMonth,
    OutcomePlan,
    Reading,
    Slice,
    SuccessMeasure,
    ValueDriver,
    Wait,
)
from roi.errors import RoiError, UndoRefusedError
from tests.commands.conftest import state_of
from tests.laws.ledgers import examples
from tests.laws.test_undo import base, figures, outcome

DAY = date(2026, 2, 1)
EPIC = Epic("one-page", "One page", "checkout", EpicKind.FEATURE, date(2025, 11, 3), None, 500_000, True)
LINE = FinanceLine("margin", "Margin", LineKind.MARGIN, "USD")
DRIVER = ValueDriver("payer", "One who pays", "stated", "USD", ValueBasis.AGREED, source="list")
MUST = Obligation("one-page", ObligationKind.LAW, date(2026, 6, 30), 500, "USD", "the act")
WAIT = Wait("one-page", "", "the contract with the card company", date(2025, 12, 1))
TEAMS = (EpicTeam("", "checkout", 500_000, 600_000), EpicTeam("", "onboarding", 100_000, 400_000))


@pytest.fixture(scope="session")
def una(finance, tech_leader) -> Actor:
    """Somebody who may do it all."""
    return Actor("Una", finance.roles | tech_leader.roles)


def read_it(store, una, day, actual, key="paid"):
    return outcomes.record_reading(
        store,
        una,
        Reading(
            key,
            actual=Decimal(actual),
            read_on=day,
            grade=Grade.C,
            evidence="series",
            share_low=300_000,
            share_likely=400_000,
            share_high=500_000,
        ),
    )


def drive(store, una, amount):
    value = DriverInput("payer", "amount", Decimal(amount), Decimal(amount), Decimal(amount))
    return drivers.save_drivers(store, una, [DRIVER], [value])


def anticipate(store, una, **said):
    made = replace(outcome(Decimal(70)), unit_value=None)
    return anticipating.save_anticipated(store, una, made, OutcomePlan("paid", **said))


def bring(store, una, kind, text):
    return lists.import_list(store, una, kind, text.encode(), f"{kind}.csv")


END = Closure("paid", DAY, Ending.CLOSED, Landed.PARTLY, "Ask first", "no more of it")
STEPS = {
    "initiative": lambda store, una: initiatives.save_initiatives(store, una, [Initiative("a", "A", "Olga")]),
    "measure": lambda store, una: initiatives.save_measures(
        store, una, [SuccessMeasure("m", "a", "one-page", "Satisfaction")]
    ),
    "epic": lambda store, una: epics.save_epic(
        store, una, EPIC, EpicPlan("", initiative="a"), TEAMS, [Slice("", "s", "All", DAY, 1_000_000)]
    ),
    "wait": lambda store, una: waits.record_wait(store, una, WAIT),
    "end of wait": lambda store, una: waits.end_wait(store, una, WAIT, date(2026, 1, 10)),
    "obligation": lambda store, una: obligations.record_obligation(store, una, MUST),
    "obligation met": lambda store, una: obligations.record_met(store, una, Met(MUST.epic, DAY, 0, "USD")),
    "life of a product": lambda store, una: products.record_life(
        store, una, ProductLife("Enrolment", 202601, 202701, "the new shop does all of it", "Olga")
    ),
    "epic alone": lambda store, una: epics.save_epic(
        store, una, replace(EPIC, delivered=DAY), EpicPlan(""), None, []
    ),
    "end of epic": lambda store, una: epics.end_epic(
        store, una, epics.EpicEnd("one-page", DAY, Ending.CANCELLED, "too dear")
    ),
    "line": lambda store, una: finance_lines.save_lines(
        store, una, [LINE], [LineCell("margin", "all", "All")]
    ),
    "months": lambda store, una: finance_lines.save_line_months(
        store, una, [LineMonth("margin", "all", 202601, 100, 200)]
    ),
    "driver": lambda store, una: drive(store, una, 5),
    "dearer": lambda store, una: drive(store, una, 6),
    "plan on a line": lambda store, una: anticipate(store, una, line="margin", cell="all"),
    "plan by driver": lambda store, una: anticipate(
        store, una, line="margin", cell="all", driver="payer", planned_share=250_000
    ),
    "agree": lambda store, una: anticipating.agree(store, una, "paid", DAY),
    "first reading": lambda store, una: read_it(store, una, date(2026, 1, 31), 60),
    "earlier reading": lambda store, una: read_it(store, una, date(2026, 1, 15), 58),
    "later reading": lambda store, una: read_it(store, una, date(2026, 3, 31), 66),
    "confirm": lambda store, una: loop.confirm_all(store, una, "paid", date(2026, 4, 2)),
    "confirm share": lambda store, una: loop.confirm_all(
        store, una, "paid", date(2026, 4, 3), ticks=(Tick.SHARE,)
    ),
    "ask": lambda store, una: loop.ask(store, una, "paid", DAY, "Why?"),
    "answer": lambda store, una: loop.answer(store, una, "paid", DAY, DAY, "So."),
    "adjust": lambda store, una: loop.adjust_share(
        store, una, loop.OtherShare("paid", 100_000, 200_000, 300_000, "a campaign")
    ),
    "close": lambda store, una: loop.close(store, una, END),
    "reopen": lambda store, una: loop.reopen(store, una, "paid", "a slip"),
    "appraisal": lambda store, una: appraisal_settings.save_appraisal(store, una, 80_000, 24, 6),
    "list of readings": lambda store, una: bring(
        *(store, una, "readings"),
        "outcome,read_on,actual,grade,evidence,share_low,share_likely,share_high\n"
        "paid,2026-02-28,64,C,series,30%,40%,50%\npaid,2026-04-30,70,C,series,30%,40%,50%\n",
    ),
    "list of effort": lambda store, una: bring(
        store,
        una,
        "epic_effort",
        "team,month,epic,days\nCheckout,2026-01,One page,3.5\nCheckout,2026-01,,1\n",
    ),
}
ORDERED = list(STEPS)


def try_step(store, una, step):
    """The change, or None where this step is refused in this state."""
    try:
        return STEPS[step](store, una).change_id
    except RoiError:
        return None


def test_t9_undoing_all_in_reverse_passes_through_every_state_before(fresh, una):
    """Every step once, in an order in which each is possible; then back to the start, and forth again."""
    with fresh() as store:
        base(store, una)
        states, made = [], []
        for step in ORDERED:
            states.append(state_of(store))
            change = try_step(store, una, step)
            assert change is not None, step
            made.append(change)
        last, undone = state_of(store), []
        for change in reversed(made):
            undone.append(undo.undo(store, una, change).change_id)
            assert state_of(store) == states.pop()
        for change in reversed(undone):
            undo.undo(store, una, change)
        assert state_of(store) == last


@examples(4)
@given(steps=st.lists(st.sampled_from(ORDERED), min_size=4, max_size=9, unique=True), which=st.integers(0, 8))
def test_t9_undo_in_the_middle_is_as_if_it_had_never_been(fresh, una, steps, which):
    """Allowed only where the rest stands without it; then the data are those of the rest alone."""
    with fresh() as store, fresh() as other:
        base(store, una)
        base(other, una)
        ordered = sorted(steps, key=ORDERED.index)
        done = [(step, change) for step in ordered if (change := try_step(store, una, step)) is not None]
        if not done:
            return
        left_out, change = done[which % len(done)]
        before = state_of(store)
        try:
            back = undo.undo(store, una, change).change_id
        except UndoRefusedError:
            assert state_of(store) == before
            return
        for step, _ in done:
            if step != left_out:
                STEPS[step](other, una)
        assert figures(store, una) == figures(other, una)
        undo.undo(store, una, back)
        assert state_of(store) == before
