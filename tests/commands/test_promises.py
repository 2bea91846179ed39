"""What is agreed about epics and outcomes: T11, V3, V7, V8, V9, V12 to V15, below every page."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from roi.commands import (
    anticipating,
    appraisal_settings,
    drivers,
    epics,
    finance_lines,
    initiatives,
    outcomes,
    undo,
)
from roi.commands.changing.held import Held
from roi.commands.checks import plan_checks
from roi.domain.structure import Epic, EpicKind, Outcome, Tick, ValueBasis, ValueClass
from roi.domain.value import (
    DriverInput,
    Ending,
    EpicPlan,
    EpicTeam,
    FinanceLine,
    Initiative,
    LineCell,
    LineKind,
    LineMonth,
    OutcomePlan,
    Reading,
    Slice,
    SuccessMeasure,
    ValueDriver,
)
from roi.errors import (
    ClosedMonthError,
    ConflictError,
    NotAllowedError,
    RefusedError,
    UnchangedError,
    UndoRefusedError,
    UnknownKeyError,
)
from roi.store import read, read_value
from tests import kept_company, saving

EPIC = Epic("search", "Better search", "checkout", EpicKind.FEATURE, date(2026, 1, 5), None, 250_000)
LATER = replace(EPIC, key="later", name="Later search", started=date(2099, 1, 5))
OUTCOME = Outcome(
    "found",
    "search",
    "learners who pay",
    "learners",
    "up",
    baseline=Decimal(100),
    target_low=Decimal(110),
    target_likely=Decimal(120),
    target_high=Decimal(130),
    value_class=ValueClass.REVENUE,
    owner="Olga",
)
PLAN = OutcomePlan("found")
LINE = FinanceLine("margin", "Margin", LineKind.MARGIN, "USD")
CELLS = (LineCell("margin", "schools", "Schools", frozenset({"schools"})), LineCell("margin", "rest", "Rest"))
DRIVER = ValueDriver("learner", "Paying learner", "margin_per_unit", "USD", ValueBasis.AGREED, source="list")
INPUTS = (
    DriverInput("learner", "price", Decimal(18), Decimal(20), Decimal(22)),
    DriverInput("learner", "margin", Decimal("0.5"), Decimal("0.6"), Decimal("0.7")),
)
TEAMS = (EpicTeam("", "checkout", 250_000, 700_000), EpicTeam("", "onboarding", 100_000, 300_000))


@pytest.fixture(scope="module")
def begun(built, tmp_path_factory, una):
    """The company with a line, a driver, and an epic that has started."""

    def grow(store):
        finance_lines.save_lines(store, una, [LINE], CELLS)
        drivers.save_drivers(store, una, [DRIVER], INPUTS)
        saving.save_epics(store, una, [EPIC, LATER])

    return kept_company.grown(built, tmp_path_factory.mktemp("promises"), grow)


@pytest.fixture
def store(begun, tmp_path):
    with kept_company.opened(begun, tmp_path / "company") as company:
        yield company.store


def values(store):
    with store.snapshot() as cursor:
        return read_value.values(cursor)


def stored(store, key="found"):
    with store.snapshot() as cursor:
        return next(one for one in read.outcomes(cursor) if one.key == key)


def codes(error):
    return {issue.code for issue in error.value.issues if issue.is_blocker}


def save(store, actor, outcome=OUTCOME, plan=PLAN, **more):
    return anticipating.save_anticipated(store, actor, outcome, plan, **more)


# Anticipated outcomes


def test_a_new_epic_its_outcome_and_both_plans_are_one_change(company, una, state):
    store, before = company.store, state(company.store)
    epic_plan = EpicPlan("", owner="Olga", agreed_on=date(2025, 12, 20))
    receipt = save(store, una, plan=replace(PLAN, problem="They give up"), epic=EPIC, epic_plan=epic_plan)
    found = values(store)
    assert (found.epic_plans["search"].owner, found.plans["found"].problem) == ("Olga", "They give up")
    assert receipt.rows_added == 5  # epic, its plan, outcome, its plan, the frozen forecast
    undo.undo(store, una, receipt.change_id)
    assert state(store) == before


def test_v7_the_unit_value_is_that_of_the_driver(store, una):
    save(
        store, una, replace(OUTCOME, unit_value=Decimal(999), currency="EUR"), replace(PLAN, driver="learner")
    )
    found = stored(store)
    assert (found.unit_value, found.currency, found.value_basis) == (Decimal(12), "USD", ValueBasis.AGREED)
    with pytest.raises(UnchangedError):
        saving.save_outcomes(store, una, [replace(found, unit_value=Decimal(13))])


MONEY = {"unit_value": Decimal(5), "currency": "USD"}
WRONG = {
    "unknown_line": ({}, {"line": "nothing", "cell": "rest"}),
    "line": ({}, {"cell": "rest"}),
    "unknown_cell": ({}, {"line": "margin", "cell": "elsewhere"}),
    "currency": ({"unit_value": Decimal(5), "currency": "EUR"}, {"line": "margin", "cell": "rest"}),
    "line_kind": ({"value_class": ValueClass.COST_REDUCTION}, {"line": "margin", "cell": "rest"}),
    "unknown_driver": ({}, {"driver": "nothing"}),
    "unknown_outcome": ({}, {"leads_to": "found"}),
    "capacity_money": (MONEY, {"capacity_milliweeks": 4000}),
    "capacity": ({}, {"capacity_milliweeks": -1}),
    "planned_share": ({}, {"planned_share": 1_000_001}),
    "horizon_months": ({}, {"horizon_months": 0}),
    "half_life_months": ({}, {"half_life_months": 0}),
}


def test_v8_v13_v14_what_a_plan_may_not_say(store, una):
    version = store.version
    for code, (outcome, plan) in WRONG.items():
        with pytest.raises(RefusedError) as error:
            save(store, una, replace(OUTCOME, **outcome), replace(PLAN, **plan))
        assert codes(error) == {code}
    assert store.version == version


def test_v9_a_chain_has_an_end(store, una):
    for key in ("a", "b", "c"):
        save(store, una, replace(OUTCOME, key=key, metric=key), OutcomePlan(key))
    save(store, una, replace(OUTCOME, key="a", metric="a"), OutcomePlan("a", leads_to="b"))
    save(store, una, replace(OUTCOME, key="b", metric="b"), OutcomePlan("b", leads_to="c"))
    with pytest.raises(RefusedError, match="c → a → b → c") as error:
        save(store, una, replace(OUTCOME, key="c", metric="c"), OutcomePlan("c", leads_to="a"))
    assert codes(error) == {"circle"}


def test_v9_an_undo_that_would_close_a_circle_of_three_is_refused_with_its_links(store, una):
    for key in ("a", "b", "c"):
        save(store, una, replace(OUTCOME, key=key, metric=key), OutcomePlan(key))
    save(store, una, replace(OUTCOME, key="a", metric="a"), OutcomePlan("a", leads_to="b"))
    save(store, una, replace(OUTCOME, key="b", metric="b"), OutcomePlan("b", leads_to="c"))
    cut = save(store, una, replace(OUTCOME, key="a", metric="a"), OutcomePlan("a"))
    save(store, una, replace(OUTCOME, key="c", metric="c"), OutcomePlan("c", leads_to="a"))
    before = store.version
    with pytest.raises(UndoRefusedError, match="a → b → c → a"):
        undo.undo(store, una, cut.change_id)
    assert store.version == before


def test_what_is_missing_to_be_measurable_is_said_and_stops_nothing(store, una):
    said = replace(OUTCOME, metric="Ship the search")
    with store.snapshot() as cursor:
        found = list(plan_checks.missing(Held(cursor), said, PLAN))
    assert not any(issue.is_blocker for issue in found)
    assert [issue.column for issue in found] == [
        *("metric", "by_when", "evidence_planned", "agreed_on", "unit_value", "line", "confirmer")
    ]
    whole = replace(OUTCOME, **MONEY, by_when=date(2026, 6, 30), value_basis=ValueBasis.AGREED)
    plan = replace(PLAN, line="margin", cell="rest", evidence_planned="A/B", confirmer="Fiona")
    with store.snapshot() as cursor:
        assert list(plan_checks.missing(Held(cursor), whole, replace(plan, agreed_on=date(2026, 1, 1)))) == []
        own = [
            one.expected for one in plan_checks.missing(Held(cursor), whole, replace(plan, confirmer="olga"))
        ]
    assert own[-1] == "somebody other than the owner who confirms (V10)"


def test_a_look_says_what_is_wrong_and_what_is_missing_and_stores_nothing(store, una, executive):
    version = store.version
    found = anticipating.look(store, una, OUTCOME, replace(PLAN, driver="learner", line="nothing"))
    assert [issue.code for issue in found if issue.is_blocker] == ["unknown_line"]
    assert "missing_unit_value" not in {issue.code for issue in found}
    assert store.version == version
    with pytest.raises(NotAllowedError):
        anticipating.look(store, executive, OUTCOME, PLAN)


# The frozen forecast


def test_t11_the_first_version_is_frozen_when_work_has_started_and_no_edit_moves_it(store, una):
    save(store, una, plan=replace(PLAN, planned_share=400_000, agreed_on=date(2026, 2, 1)))
    frozen = values(store).forecasts["found"]
    assert (frozen.frozen_on, frozen.target_likely, frozen.share_likely) == (
        date(2026, 2, 1),
        Decimal(120),
        400_000,
    )
    save(store, una, replace(OUTCOME, target_likely=Decimal(112)))
    saving.save_outcomes(store, una, [replace(OUTCOME, target_likely=Decimal(111), target_high=Decimal(112))])
    assert stored(store).target_likely == 111
    assert values(store).forecasts["found"] == frozen


def test_t11_a_promise_may_change_until_work_starts_and_is_then_frozen_as_it_stood(store, una, monkeypatch):
    later = replace(OUTCOME, epic="later")
    save(store, una, later)
    save(store, una, replace(later, target_likely=Decimal(115)))
    assert "found" not in values(store).forecasts
    monkeypatch.setattr("roi.store.clock.today", lambda _cursor: date(2099, 1, 5))
    save(store, una, replace(later, target_likely=Decimal(111)))
    frozen = values(store).forecasts["found"]
    assert (frozen.target_likely, frozen.frozen_on) == (Decimal(115), date(2099, 1, 5))


def test_t11_a_start_that_moves_thaws_nothing(store, una, monkeypatch):
    save(store, una, replace(OUTCOME, epic="later"))
    monkeypatch.setattr("roi.store.clock.today", lambda _cursor: date(2099, 2, 1))
    saving.save_epics(store, una, [replace(LATER, started=date(2099, 3, 1))], restatement="begun later")
    save(store, una, replace(OUTCOME, epic="later", target_likely=Decimal(112)))
    assert values(store).forecasts["found"].target_likely == 120


def test_an_outcome_is_agreed_once(store, una):
    save(store, una, replace(OUTCOME, epic="later"))
    anticipating.agree(store, una, "found", date(2026, 1, 2))
    assert values(store).plans["found"].agreed_on == date(2026, 1, 2)
    with pytest.raises(RefusedError, match="agreed on 2026-01-02 already"):
        anticipating.agree(store, una, "found", date(2026, 1, 3))
    with pytest.raises(UnknownKeyError):
        anticipating.agree(store, una, "nothing", date(2026, 1, 3))


# Epics


def test_an_epic_comes_with_plan_teams_and_slices_and_lists_replace_what_is_held(store, una):
    slices = (Slice("", "a", "Words", date(2026, 2, 1), 800_000), Slice("", "b", "Pictures", None, 200_000))
    epics.save_epic(store, una, LATER, EpicPlan("later"), TEAMS)
    epics.save_epic(store, una, EPIC, EpicPlan("search"), TEAMS, slices)
    assert [one.team for one in values(store).epic_teams["search"]] == ["checkout", "onboarding"]
    one = (replace(slices[0], share=1_000_000),)
    epics.save_epic(store, una, EPIC, EpicPlan("search", owner="Olga"), slices=one)
    found = values(store)
    assert [part.key for part in found.slices["search"]] == ["a"]
    assert len(found.epic_teams["search"]) == 2
    epics.save_epic(store, una, LATER, EpicPlan("later"), (replace(TEAMS[0], effort=1_000_000),))
    assert [part.team for part in values(store).epic_teams["later"]] == ["checkout"]


def test_v3_the_split_over_teams_is_frozen_at_start(store, una):
    epics.save_epic(store, una, EPIC, EpicPlan("search"), TEAMS)
    moved = (replace(TEAMS[0], effort=600_000), replace(TEAMS[1], effort=400_000))
    planned = (replace(TEAMS[0], planned_share=500_000), TEAMS[1])
    for teams in (moved, planned):
        with pytest.raises(ClosedMonthError, match="is frozen since"):
            epics.save_epic(store, una, EPIC, EpicPlan("search"), teams)
        epics.save_epic(store, una, EPIC, EpicPlan("search"), teams, restatement="it was written down wrong")


def test_every_problem_of_an_epic_is_told_at_once(store, una):
    teams = (replace(TEAMS[0], team="nobody"), TEAMS[1], replace(TEAMS[1], effort=900_000))
    plan = EpicPlan("", initiative="nothing", copied_from="search", due_on=date(2025, 1, 1), launch_minor=5)
    slices = (Slice("", "a", "Words", date(2025, 1, 1), 300_000),)
    with pytest.raises(RefusedError) as error:
        epics.save_epic(store, una, EPIC, plan, teams, slices)
    assert codes(error) == {
        *(
            "unknown_initiative",
            "unknown_epic",
            "dates",
            "launch",
            "unknown_team",
            "twice",
            "effort",
            "slices",
            "frozen_split",
        )
    }


def test_v12_an_epic_ends_with_a_reason_and_keeps_its_row(store, una):
    with pytest.raises(RefusedError) as error:
        epics.end_epic(store, una, epics.EpicEnd("search", date(2026, 3, 1), Ending.CANCELLED, "  "))
    assert codes(error) == {"reason"}
    with pytest.raises(RefusedError):
        epics.end_epic(store, una, epics.EpicEnd("search", date(2026, 3, 1), Ending.CLOSED, "done"))
    epics.end_epic(
        store, una, epics.EpicEnd("search", date(2026, 3, 1), Ending.WRITTEN_OFF, "nobody used it")
    )
    plan = values(store).epic_plans["search"]
    assert (plan.ended_by, plan.ended_because) == (Ending.WRITTEN_OFF, "nobody used it")
    with store.snapshot() as cursor:
        assert "search" in {epic.key for epic in read.epics(cursor)}


# Initiatives, lines, drivers, settings


def test_initiatives_and_measures_say_what_is_wrong(store, una):
    with pytest.raises(RefusedError) as error:
        wrong = Initiative(
            "a", " ", " ", approved_minor=-1, approved_on=date(2026, 2, 1), due_on=date(2026, 1, 1)
        )
        initiatives.save_initiatives(store, una, [wrong, Initiative("a", "A", "Olga")])
    assert codes(error) == {"name", "owner", "dates", "currency", "approved", "twice"}
    initiatives.save_initiatives(store, una, [Initiative("a", "A", "Olga")])
    with pytest.raises(RefusedError) as error:
        initiatives.save_measures(
            store,
            una,
            [SuccessMeasure("m", "nothing", "", "M"), SuccessMeasure("n", "", "", "N", actual="7")],
        )
    assert codes(error) == {"unknown_initiative", "whose", "read_on"}
    initiatives.save_measures(store, una, [SuccessMeasure("m", "a", "", "M")])


def test_v8_a_segment_lies_in_one_cell(store, una):
    again = LineCell("margin", "rest", "Rest", frozenset({"schools", "firms"}))
    with pytest.raises(RefusedError, match="schools lies in rest and in schools") as error:
        finance_lines.save_lines(store, una, [], [again])
    assert codes(error) == {"cells_overlap"}
    moved = (replace(CELLS[0], segments=frozenset()), again)
    finance_lines.save_lines(store, una, [], moved)
    with pytest.raises(RefusedError):
        finance_lines.save_line_months(store, una, [LineMonth("margin", "nowhere", 202601, 1, 2)])
    with pytest.raises(RefusedError):
        finance_lines.save_line_months(store, una, [LineMonth("nothing", "rest", 202601, 1, 2)])
    finance_lines.save_line_months(store, una, [LineMonth("margin", "rest", 202601, 1, 2)])


def test_v8_undo_puts_no_money_in_two_places(store, una):
    """A segment left one cell, then went into another: the first waits for the second."""
    left = finance_lines.save_lines(store, una, [], [replace(CELLS[0], segments=frozenset())])
    finance_lines.save_lines(store, una, [], [replace(CELLS[1], segments=frozenset({"schools"}))])
    with pytest.raises(UndoRefusedError, match="segment schools"):
        undo.undo(store, una, left.change_id)


def test_v7_an_owner_assumes_and_finance_agrees(store, owner, finance, executive):
    own = replace(DRIVER, key="own", name="My own", basis=ValueBasis.ASSUMED)
    its = [replace(one, driver="own") for one in INPUTS]
    made = drivers.save_drivers(store, owner, [own], its)
    for change in ([replace(own, basis=ValueBasis.AGREED)], []), ([DRIVER], INPUTS), ([], INPUTS):
        with pytest.raises(NotAllowedError):
            drivers.save_drivers(store, owner, *change)
    with pytest.raises(NotAllowedError):
        drivers.save_drivers(store, executive, [own], its)
    undo.undo(store, owner, made.change_id)
    agreed = drivers.save_drivers(store, finance, [replace(DRIVER, name="Learner")], INPUTS)
    with pytest.raises(NotAllowedError):
        undo.undo(store, owner, agreed.change_id)


def test_v16_a_driver_moves_what_uses_it_and_its_tick_goes_stale(store, una):
    save(store, una, plan=replace(PLAN, driver="learner", line="margin", cell="rest"))
    reading = {"read_on": date(2026, 3, 1), "grade": "B", "evidence": "test"}
    shares = {"share_low": 1, "share_likely": 2, "share_high": 3}
    outcomes.record_reading(store, una, Reading("found", actual=Decimal(110), **reading, **shares))
    for tick in Tick:
        outcomes.confirm(store, una, "found", tick, date(2026, 3, 2), None)
    dearer = (replace(INPUTS[0], likely=Decimal(21)), INPUTS[1])
    change = drivers.save_drivers(store, una, [], dearer)
    with store.snapshot() as cursor:
        left = {one.tick for one in read.confirmations(cursor) if one.outcome == "found"}
    assert (stored(store).unit_value, left) == (Decimal("12.6"), {Tick.MOVEMENT, Tick.SHARE})
    undo.undo(store, una, change.change_id)
    assert stored(store).unit_value == 12


def test_a_driver_that_cannot_be_reckoned_is_refused(store, una):
    with pytest.raises(RefusedError) as error:
        drivers.save_drivers(store, una, [replace(DRIVER, source=" ", currency="XXX", name="")], INPUTS[:1])
    assert codes(error) == {"name", "source", "currency", "input"}
    with pytest.raises(UnknownKeyError):
        drivers.save_drivers(store, una, [], [replace(INPUTS[0], driver="nothing")])
    other = replace(DRIVER, formula="stated")
    amount = DriverInput("learner", "amount", Decimal(1), Decimal(2), Decimal(3))
    drivers.save_drivers(store, una, [other], [amount])
    assert [one.key for one in values(store).inputs["learner"]] == ["amount"]


def test_appraisal_is_set_by_finance(store, finance, owner):
    appraisal_settings.save_appraisal(store, finance, 80_000, 48, 24)
    with store.snapshot() as cursor:
        assert read.settings(cursor)["discount_rate"] == "80000"
        assert "run_cost_share" not in read.settings(cursor), "it stays what it was, unsaid"
    with pytest.raises(RefusedError) as error:
        appraisal_settings.save_appraisal(store, finance, 1_000_001, 0, 601, run_cost_share=-1)
    assert codes(error) == {"discount_rate", "horizon_months", "half_life_months", "run_cost_share"}
    with pytest.raises(NotAllowedError):
        appraisal_settings.save_appraisal(store, owner, 80_000, 48, 24)


# Two editors


SAVES = {
    "initiative": lambda store, who, seen: initiatives.save_initiatives(
        store, who, [Initiative("a", f"A by {who.name}", "Olga")], seen
    ),
    "the plan of epic search": lambda store, who, seen: epics.save_epic(
        store, who, EPIC, EpicPlan("search", owner=who.name), based_on=seen
    ),
    "epic team": lambda store, who, seen: epics.save_epic(
        *(store, who, LATER, EpicPlan("later")),
        [replace(TEAMS[0], team="checkout" if who.name == "Una" else "onboarding", effort=1_000_000)],
        based_on=seen,
    ),
    "the plan of outcome found": lambda store, who, seen: save(
        store, who, plan=replace(PLAN, problem=who.name), based_on=seen
    ),
    "finance line": lambda store, who, seen: finance_lines.save_lines(
        store, who, [replace(LINE, name=f"by {who.name}")], based_on=seen
    ),
    "line month": lambda store, who, seen: finance_lines.save_line_months(
        store, who, [LineMonth("margin", "rest", 202601, 1, len(who.name))], seen
    ),
    "value driver": lambda store, who, seen: drivers.save_drivers(
        store, who, [replace(DRIVER, name=f"by {who.name}")], INPUTS, seen
    ),
    "setting discount_rate": lambda store, who, seen: appraisal_settings.save_appraisal(
        store, who, 10_000 + len(who.name), 36, 12, seen
    ),
}


@pytest.mark.parametrize("what", SAVES)
def test_two_who_edit_the_same_the_second_hears_who_was_first(store, una, what):
    seen = store.version
    SAVES[what](store, una, seen)
    other = replace(una, name="Otto Other")
    with pytest.raises(ConflictError, match=f"Una changed {what}.* after you opened it"):
        SAVES[what](store, other, seen)
    if what not in {"epic team"}:
        SAVES[what](store, other, store.version)
