"""Undo = before, in any order of changes; and months may come in any order."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from roi.actors import Actor
from roi.commands import lists, mapping, outcomes, structure, undo
from roi.commands.mapping import AreaTarget, StatedTotal
from roi.domain.importing import Mode
from roi.domain.periods import Span
from roi.domain.structure import (
    Company,
    Epic,
    EpicKind,
    Grade,
    Outcome,
    Team,
    Tick,
    ValueBasis,
    ValueClass,
)
from roi.domain.value import Reading
from roi.errors import RoiError, UndoRefusedError
from roi.reports import data, ledger, portfolio, team, teams
from roi.reports import outcomes as outcomes_report
from roi.reports.shapes import LedgerFilter, Scope
from tests import saving
from tests.commands.conftest import state_of
from tests.laws import ledgers
from tests.laws.ledgers import MONTHS, Line, examples

TODAY = date(2026, 4, 30)
WHOLE = Scope(Span(MONTHS[0], MONTHS[-1]), None, "USD")
AREA = "A100"


@pytest.fixture(scope="session")
def una(finance, tech_leader) -> Actor:
    """Somebody who may do it all."""
    return Actor("Una", finance.roles | tech_leader.roles)


def figures(store, actor):
    """Every report that shows a figure, without what tells of the history itself."""
    shown = portfolio.build(store, actor, WHOLE, TODAY)
    by_team = teams.build(store, actor, WHOLE, TODAY)
    known = data.build(store, actor, WHOLE)
    return [
        replace(shown, version=0, latest=None, since=None),
        replace(by_team, version=0),
        replace(team.build(store, actor, WHOLE, "checkout", TODAY), version=0),
        replace(outcomes_report.build(store, actor, WHOLE, TODAY), version=0),
        (known.books, known.coverage, known.areas),
        [replace(control, change_id=0) for control in known.controls],
        replace(ledger.build(store, actor, LedgerFilter(scenario=None)), version=0, lines=()),
    ]


def everything(store, actor):
    """What a visitor and an auditor see: live rows and marts to the last cell, and all reports."""
    return state_of(store), figures(store, actor)


def base(store, una):
    """Some cost and one outcome to work on."""
    found = [Line(month, "team", "checkout", "", "cash_cost", "actual", "USD", 100_000) for month in MONTHS]
    found += [Line(MONTHS[0], "area", AREA, "", "cash_cost", "actual", "USD", 5_000)]
    ledgers.bring_in(store, una, found)
    epic = Epic("one-page", "One page", "checkout", EpicKind.FEATURE, date(2025, 11, 3), None, 500_000)
    saving.save_epics(store, una, [epic])
    saving.save_outcomes(store, una, [outcome(Decimal(70))])


def outcome(likely):
    return Outcome(
        "paid",
        "one-page",
        "visitors who pay",
        "%",
        "up",
        baseline=Decimal(50),
        target_low=Decimal(55),
        target_likely=likely,
        target_high=Decimal(80),
        value_class=ValueClass.REVENUE,
        owner="Olga",
        unit_value=Decimal(600),
        currency="USD",
        value_basis=ValueBasis.BOOKED,
    )


def read_it(store, una, actual):
    return outcomes.record_reading(
        store,
        una,
        Reading(
            "paid",
            actual=Decimal(actual),
            read_on=date(2026, 1, 31),
            grade=Grade.C,
            evidence="series",
            share_low=300_000,
            share_likely=400_000,
            share_high=500_000,
        ),
    )


def more(month, minor, mode):
    line = Line(month, "area", AREA, "", "cash_cost", "actual", "USD", minor)
    return lambda store, una: ledgers.bring_in(store, una, [line], mode)


STEPS = {
    "add lines": more(MONTHS[1], 77, Mode.ADD),
    "add more lines": more(MONTHS[1], 78, Mode.ADD),
    "replace a month": more(MONTHS[0], 79, Mode.REPLACE),
    "a new month": more(202602, 80, Mode.ASK),
    "map": lambda store, una: mapping.map_areas(
        store, una, ledgers.SOURCE, [AreaTarget(AREA, "team", "onboarding")]
    ),
    "map elsewhere": lambda store, una: mapping.map_areas(
        store, una, ledgers.SOURCE, [AreaTarget(AREA, "cost_centre", "CC-9")]
    ),
    "unmap": lambda store, una: mapping.map_areas(store, una, ledgers.SOURCE, [AreaTarget(AREA, "", "")]),
    "cost centre": lambda store, una: mapping.set_cost_centre(store, una, "CC-9", "course-delivery"),
    "control total": lambda store, una: mapping.state_control_total(
        store,
        una,
        StatedTotal(ledgers.SOURCE, "actual", Span(MONTHS[0], MONTHS[0]), Decimal("1050.00"), "USD"),
    ),
    "company": lambda store, una: structure.save_company(store, una, Company("Other", "USD", 7)),
    "rename a team": lambda store, una: structure.save_teams(
        store, una, [Team("checkout", "Check-out", value_stream="Learning")]
    ),
    "a list of teams": lambda store, una: lists.import_list(
        store, una, "teams", b"name,value_stream\nSearch,Learning\nOnboarding,Learning\n", "teams.csv"
    ),
    "remove a team": lambda store, una: structure.remove_team(store, una, "course-delivery"),
    "target": lambda store, una: saving.save_outcomes(store, una, [outcome(Decimal(75))]),
    "reading": lambda store, una: read_it(store, una, 60),
    "later reading": lambda store, una: read_it(store, una, 66),
    "confirm movement": lambda store, una: outcomes.confirm(
        store, una, "paid", Tick.MOVEMENT, date(2026, 2, 1), None
    ),
    "confirm value": lambda store, una: outcomes.confirm(
        store, una, "paid", Tick.UNIT_VALUE, date(2026, 2, 1), None
    ),
    "confirm share": lambda store, una: outcomes.confirm(
        store, una, "paid", Tick.SHARE, date(2026, 2, 1), None
    ),
}


def try_step(store, una, step):
    """The change, or None where this step is refused in this state."""
    try:
        return STEPS[step](store, una).change_id
    except RoiError:
        return None


@examples(3)
@given(steps=st.lists(st.sampled_from(sorted(STEPS)), min_size=3, max_size=6))
def test_undo_undoing_all_in_reverse_passes_through_every_state_before(fresh, una, steps):
    with fresh() as store:
        base(store, una)
        states, made = [], []
        for step in steps:
            before = everything(store, una)
            change = try_step(store, una, step)
            if change is None:
                assert everything(store, una) == before, f"{step} was refused and yet did something"
            else:
                states.append(before)
                made.append(change)
        last = everything(store, una)
        undone = []
        for change in reversed(made):
            undone.append(undo.undo(store, una, change).change_id)
            assert everything(store, una) == states.pop()
        for change in reversed(undone):
            undo.undo(store, una, change)
        assert everything(store, una) == last


@examples(3)
@given(
    steps=st.lists(st.sampled_from(sorted(STEPS)), min_size=3, max_size=7, unique=True),
    which=st.integers(0, 7),
)
def test_undo_in_the_middle_is_as_if_it_had_never_been(fresh, una, steps, which):
    """Allowed only where the rest stands without it; then figures are those of the rest alone."""
    with fresh() as store, fresh() as other:
        base(store, una)
        base(other, una)
        made = [(step, try_step(store, una, step)) for step in steps]
        done = [(step, change) for step, change in made if change is not None]
        if not done:
            return
        left_out, change = done[which % len(done)]
        before = everything(store, una)
        try:
            back = undo.undo(store, una, change).change_id
        except UndoRefusedError:
            assert everything(store, una) == before
            return
        for step, _ in done:
            if step != left_out:
                STEPS[step](other, una)
        assert figures(store, una) == figures(other, una)
        undo.undo(store, una, back)
        assert everything(store, una) == before


@examples(2)
@given(
    files=st.tuples(*(ledgers.lines(months=[month], currencies=["USD", "JPY"], most=8) for month in MONTHS)),
    company=ledgers.companies(),
)
def test_months_may_be_imported_in_any_order(fresh, una, files, company):
    """Nothing is decided by which month came first, nor by whether the mapping came before or after."""
    seen = []
    for order in list(permutations(range(3)))[::2]:
        with fresh() as store:
            for place in order:
                ledgers.bring_in(store, una, files[place])
                ledgers.apply(store, una, company, files[place])
            found = state_of(store)
            lines = sorted(row[1:] for row in found.pop("cost_line"))
            found.pop("live_hash")
            seen.append((found, lines, figures(store, una)))
    assert all(one == seen[0] for one in seen[1:])
