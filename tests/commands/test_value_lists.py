"""The lists about value: what each takes, that each is one change, and what it refuses by name."""

from datetime import date
from decimal import Decimal

import pytest

from roi.commands import lists, outcomes, undo
from roi.commands.rows.value_kinds import VALUE_KINDS
from roi.domain.structure import Tick
from roi.errors import NotAllowedError, RefusedError, UnchangedError, UndoRefusedError
from roi.store import read, read_value
from roi.store.database import Store
from tests import sharing
from tests.commands.value_files import LISTS
from tests.kept_company import NAME
from tests.small_company import SmallCompany

MONEY = "find-lessons-learners-who-pay"


@pytest.fixture
def bring(company, una):
    def run(kind, text, actor=una):
        return lists.import_list(company.store, actor, kind, text.encode(), f"{kind}.csv")

    return run


@pytest.fixture(scope="module")
def listed(built, una, tmp_path_factory):
    """The folder of the company with one good list of each kind, closed; brought in once."""
    folder = tmp_path_factory.mktemp("listed")
    sharing.copy(built[0], folder)
    store = Store.open(folder / NAME, purpose="a test")
    for kind, text in LISTS.items():
        lists.import_list(store, una, kind, text.encode(), f"{kind}.csv")
    store.close()
    return folder


@pytest.fixture
def company(request, built, tmp_path):
    """An open copy of its own; with the lists where a test asks for `filled`."""
    template = request.getfixturevalue("listed") if "filled" in request.fixturenames else built[0]
    sharing.copy(template, tmp_path / "company")
    store = Store.open(tmp_path / "company" / NAME, purpose="a test")
    yield SmallCompany(store, built[1])
    store.close()


@pytest.fixture
def filled(company):
    """The company with one good list of each kind."""
    return company.store


@pytest.fixture
def values(company):
    def run():
        with company.store.snapshot() as cursor:
            return read_value.values(cursor)

    return run


def places(refused):
    return {(issue.code, issue.line) for issue in refused.value.issues if issue.is_blocker}


def test_every_kind_is_tried_here():
    assert set(LISTS) == set(VALUE_KINDS)


@pytest.mark.parametrize("kind", VALUE_KINDS)
def test_the_template_on_disk_is_the_contract(project, kind):
    assert (project / "data" / "templates" / f"{kind}.csv").read_text() == lists.template(kind)


def test_t9_each_list_is_one_change_that_comes_once_and_that_undo_takes_back(company, bring, una, state):
    store, before = company.store, {}
    for kind, text in LISTS.items():
        before[store.version + 1] = state(store)
        preview = lists.read_list(store, una, kind, text.encode(), "list.csv")
        counts = (preview.new, preview.changed, preview.unchanged)
        assert (counts, preview.issues) == ((len(text.splitlines()) - 1, 0, 0), ()), kind
        assert bring(kind, text).change_id == store.version
        with pytest.raises(UnchangedError):
            bring(kind, text)
    for change, was in sorted(before.items(), reverse=True):
        undo.undo(store, una, change)
        assert state(store) == was, f"undo of change {change}"


def test_optional_columns_go_to_the_plan_in_the_same_change(filled, values):
    found = values()
    epic, plan = found.epic_plans["find-lessons"], found.plans[MONEY]
    assert (epic.initiative, epic.run_share, epic.launch_minor) == ("learn-sooner", 150_000, 120_050)
    assert "later-lessons" not in found.epic_plans
    assert (plan.line, plan.cell, plan.driver) == ("subscription-margin", "schools", "paying-learner")
    assert (plan.planned_share, plan.agreed_on) == (500_000, date(2025, 12, 20))


def test_columns_that_a_list_does_not_have_leave_the_plan(filled, bring, values):
    head = "epic,metric,unit,direction,baseline,target_low,target_likely,target_high,value_class,owner"
    row = "Find lessons,learners who pay,learners,up,100,110,120,130,revenue"
    before = values().plans[MONEY]
    bring("outcomes", f"{head},confirmer\n{row},Olga Q.,Fred\n")
    after = values().plans[MONEY]
    assert (after.confirmer, after.driver, after.agreed_on) == ("Fred", before.driver, before.agreed_on)


@pytest.mark.parametrize(
    ("column", "same", "other"),
    [("currency", "USD", "EUR"), ("unit_value", "12", "20"), ("value_basis", "agreed", "booked")],
)
def test_v7_a_list_that_says_otherwise_than_the_driver_is_told_so(filled, bring, column, same, other):
    head = "epic,metric,unit,direction,baseline,target_low,target_likely,target_high,value_class,owner,driver"
    row = "Find lessons,learners who pay twice,learners,up,100,110,120,130,revenue,Olga Q.,Paying learner"
    with pytest.raises(RefusedError) as error:
        bring("outcomes", f"{head},{column}\n{row},{other}\n")
    (issue,) = error.value.issues
    assert (issue.column, issue.sent, issue.line) == (column, other, 2)
    assert issue.expected == same
    bring("outcomes", f"{head},{column}\n{row},{same}\n")


def test_t3_a_list_does_not_turn_a_stored_amount_into_as_much_of_another_currency(filled, bring, values):
    row = "Find lessons,Checkout,feature,2026-01-05,40%,JPY"
    epics = f"name,team,kind,started,planned_share,currency\n{row}\n"
    for kind, text in (("epics", epics), ("initiatives", "name,owner,currency\nLearn sooner,Olga,EUR\n")):
        with pytest.raises(RefusedError) as error:
            bring(kind, text)
        assert [issue.column for issue in error.value.issues] == ["currency"]
    assert values().epic_plans["find-lessons"].currency == "USD"


def test_a_list_that_changes_only_plans_is_a_change(filled, una, bring, values):
    changed = LISTS["epics"].replace("dependency", "unplanned")
    preview = lists.read_list(filled, una, "epics", changed.encode(), "epics.csv")
    assert (preview.new, preview.changed, preview.unchanged) == (0, 1, 1)
    bring("epics", changed)
    assert values().epic_plans["find-lessons"].origin == "unplanned"


def test_v11_readings_of_a_file_supersede_one_another_and_none_is_lost(filled, values):
    with filled.snapshot() as cursor:
        outcome = next(one for one in read.outcomes(cursor) if one.key == MONEY)
    assert (outcome.read_on, outcome.actual) == (date(2026, 4, 30), Decimal(118))
    first, second = values().readings[MONEY]
    assert (first.read_on, first.effect_likely, first.also_happened) == (
        date(2026, 3, 31),
        Decimal(11),
        "a campaign",
    )
    assert (second.effect_likely, second.also_happened) == (None, "")


def test_v11_a_confirmed_reading_is_kept_when_a_file_brings_later_ones(company, bring, values):
    head = "outcome,read_on,actual,grade,evidence,share_low,share_likely,share_high"
    days = {"2026-05-31": 2500, "2026-04-30": 2450}
    later = [f"trial-to-paid,{day},{actual},C,series,40%,50%,60%" for day, actual in days.items()]
    bring("readings", "\n".join((head, *later, "")))
    (kept,) = values().confirmed_readings["trial-to-paid"]
    assert (kept.read_on, kept.actual, kept.confirmed_by) == (date(2026, 3, 31), Decimal(2400), "Fiona")
    with company.store.snapshot() as cursor:
        assert [tick.tick for tick in read.confirmations(cursor)] == [Tick.UNIT_VALUE]


def test_teams_of_an_epic_in_a_list_are_all_of_its_teams_and_frozen_since_start(filled, bring, values):
    """V3: what has started keeps its split; what has not may change."""
    with pytest.raises(RefusedError, match="frozen"):
        bring("epic_teams", "epic,team,planned_share,effort\nFind lessons,Checkout,40%,100%\n")
    head = "epic,team,planned_share,effort\n"
    bring("epic_teams", f"{head}Later lessons,Checkout,40%,50%\nLater lessons,Onboarding,40%,50%\n")
    bring("epic_teams", f"{head}Later lessons,Onboarding,40%,100%\n")
    assert [one.team for one in values().epic_teams["later-lessons"]] == ["onboarding"]


def test_a_driver_moves_its_outcomes_and_their_tick(filled, una, bring):
    """V7, V16: a new input is a change of estimate; the tick of the unit value goes stale."""
    outcomes.confirm(filled, una, MONEY, Tick.UNIT_VALUE, date(2026, 5, 4), None)
    outcomes.confirm(filled, una, MONEY, Tick.MOVEMENT, date(2026, 5, 4), None)
    bring("driver_inputs", "driver,input,low,likely,high\nPaying learner,price,20,25,26\n")
    with filled.snapshot() as cursor:
        outcome = next(one for one in read.outcomes(cursor) if one.key == MONEY)
        ticks = [one.tick for one in read.confirmations(cursor) if one.outcome == MONEY]
    assert (outcome.unit_value, ticks) == (Decimal(15), [Tick.MOVEMENT])


WRONG = {
    "initiatives": (
        (
            "name,owner,approved_on,due_on,approved_cost,currency\nA,Olga,2026-02-01,2026-01-01,,\n"
            "B,Olga,,,1.005,USD\nC,Olga,,,5,\n"
        ),
        {("dates", 2), ("decimals", 3), ("currency", 4)},
    ),
    "epics": (
        (
            "name,team,started,planned_share,initiative,copied_from,ended_on,ended_by,ended_because\n"
            "A,Checkout,2026-01-01,10%,nothing,nowhere,,,\n"
            "B,Checkout,2026-01-01,10%,,,2026-02-01,cancelled,\nC,Checkout,2026-01-01,10%,,,2026-02-01,,why\n"
            "D,Checkout,2026-01-01,10%,,,2026-02-01,closed,why\n"
        ),
        {("unknown_initiative", 2), ("unknown_epic", 2), ("reason", 3), ("ended", 4), ("ended", 5)},
    ),
    "epic_teams": (
        "epic,team,planned_share,effort\nnothing,Checkout,10%,100%\nLater lessons,nobody,10%,50%\n",
        {("unknown_epic", 2), ("unknown_team", 3), ("effort", 3)},
    ),
    "epic_slices": (
        "epic,name,delivered,share\nnothing,A,,100%\nFind lessons,A,2025-01-01,50%\n",
        {("unknown_epic", 2), ("dates", 3), ("slices", 3)},
    ),
    "waits": (
        (
            "epic,team,waits_for,since,ended_on\nnothing,Onboarding,,2026-01-12,\n"
            "Find lessons,nobody,,2026-01-12,2026-01-11\nFind lessons,,,2026-01-12,\n"
            "Later lessons,Checkout,,2026-01-12,\nLater lessons,,The price list of the supplier,2026-03-02,\n"
        ),
        {
            ("unknown_epic", 2),
            ("unknown_team", 3),
            ("dates", 3),
            ("for_what", 4),
            ("epic_over", 4),
            ("own_team", 5),
            ("twice", 6),
        },
    ),
    "obligations": (
        (
            "epic,kind,deadline,penalty,currency,note\nnothing,law,2026-03-31,,,\n"
            "Find lessons,law,2026-03-31,,,\nLater lessons,contract,1026-03-31,-5,USD,ask Olga Quist@home\n"
            "later-lessons,security,2026-03-31,5,,\n"
        ),
        {
            ("unknown_epic", 2),
            ("no_obligation", 3),
            ("deadline", 4),
            ("penalty", 4),
            ("person", 4),
            ("currency", 5),
            ("twice", 5),
        },
    ),
    "obligations_met": (
        (
            "epic,met_on,paid,currency\nnothing,,0,EUR\nFind lessons,2026-02-27,,\n"
            "Later lessons,2026-01-05,-5,USD\nlater-lessons,,,EUR\nlater lessons,soon,5,\n"
            "Later lessons,,5,\nLater lessons,,1.001,USD\n"
        ),
        {
            ("unknown_epic", 2),
            ("no_obligation", 3),
            ("met_on", 4),
            ("paid", 4),
            ("nothing_came", 5),
            ("met_on_unread", 6),
            ("currency", 7),
            ("decimals", 8),
            ("twice", 5),
            ("twice", 7),
            ("twice", 8),
        },
    ),
    "product_lives": (
        (
            "value_stream,owner,started,retired,reason\nnothing,Olga,2026-01,,\n"
            "Enrolment,Olga,2026-03,2026-02,\nEnrolment,Olga,,2026-05,ask olga@home\n"
        ),
        {
            ("unknown_stream", 2),
            ("dates", 3),
            ("reason", 3),
            ("person", 4),
            ("twice", 4),
        },
    ),
    "epic_effort": (
        "team,month,epic,days\nnobody,2026-01,nothing,1\nCheckout,2026-01,,-1\nCheckout,2026-02,,1.0005\n",
        {("unknown_team", 2), ("unknown_epic", 2), ("days", 3), ("days", 4)},
    ),
    "success_measures": (
        "name,initiative,epic,actual\nA,,,\nB,nothing,,\nC,Learn sooner,,7\n",
        {("whose", 2), ("unknown_initiative", 3), ("read_on", 4)},
    ),
    "finance_lines": ("name,kind,currency\nSubscription margin,margin,EUR\n", {("currency", 2)}),
    "line_cells": (
        "line,name,segments\nnothing,A,\nSubscription margin,Evening schools,schools\n",
        {("unknown_line", 2), ("cells_overlap", 3)},
    ),
    "line_months": (
        (
            "line,cell,month,baseline,actual\nnothing,A,2026-01,1,2\nsupport-cost,none,2026-01,1,2\n"
            "support-cost,All,2026-01,1.001,2\n"
        ),
        {("unknown_finance_line", 2), ("unknown_cell", 3), ("decimals", 4)},
    ),
    "value_drivers": (
        (
            "name,formula,currency,basis,source\nA,price*2,USD,assumed,\nB,stated,USD,booked,\n"
            "Paying learner,margin_per_unit,EUR,agreed,list\n"
        ),
        {("formula", 2), ("source", 3), ("currency", 4)},
    ),
    "driver_inputs": (
        "driver,input,low,likely,high\nnothing,price,1,1,1\nPaying learner,margin,0.5,0.6,1.2\n",
        {("unknown_value_driver", 2), ("input", 3)},
    ),
    "metric_series": ("series,month,value\nfound,2026-01,1\nfound,2026-01,2\n", {("twice", 3)}),
    "readings": (
        (
            "outcome,read_on,actual,grade,evidence,share_low,share_likely,share_high,effect_low,effect_likely,"
            "effect_high\n"
            f"nothing,2026-03-01,1,E,,1%,2%,3%,,,\n{MONEY},2026-03-01,1,B,,1%,2%,3%,3,2,1\n"
        ),
        {("unknown_outcome", 2), ("evidence", 3), ("effect", 3)},
    ),
    "closures": (
        (
            f"outcome,ended_on,ended_by,landed,learned,reason\nnothing,2026-06-30,dropped,,,why\n"
            f"{MONEY},2026-06-30,closed,,,\ntrial-to-paid,2026-06-30,dropped,,,\n"
        ),
        {("unknown_outcome", 2), ("learned", 3), ("landed", 3), ("reason", 4)},
    ),
}


def test_r7_every_problem_of_every_list_is_told_at_once_and_nothing_is_saved(filled, bring):
    version = filled.version
    for kind, (text, expected) in WRONG.items():
        with pytest.raises(RefusedError) as error:
            bring(kind, text)
        assert places(error) == expected, kind
    assert filled.version == version


PLANS = {
    "cell": ("schools", "nowhere", "unknown_cell"),
    "line": ("subscription-margin", "Support cost", "line_kind"),
    "driver": ("Paying learner", "nothing", "unknown_driver"),
    "leads_to": (",found,find-lessons-learners-who-pay", ",found,nothing", "unknown_outcome"),
    "circle": (",found,find-lessons-learners", ",found,find-lessons-searches-that-find", "unknown_outcome"),
    "horizon": (",24,6,", ",0,6,", "horizon_months"),
}


def test_what_a_plan_of_an_outcome_names_has_to_be_there(filled, bring):
    for what, (good, wrong, code) in PLANS.items():
        text = LISTS["outcomes"].replace(good, wrong, 1)
        assert text != LISTS["outcomes"], what
        with pytest.raises(RefusedError) as error:
            bring("outcomes", text)
        assert code in {issue.code for issue in error.value.issues}, what


USED = {
    "initiatives": "learn-sooner",
    "epics": "find-lessons",
    "finance_lines": "support-cost",
    "line_cells": "subscription-margin schools",
    "value_drivers": "paying-learner",
    "driver_inputs": "paying-learner",
    "outcomes": MONEY,
}


def test_undo_is_refused_where_something_names_what_would_go(filled, una, state):
    first = filled.version - len(LISTS) + 1
    before = state(filled)
    for place, kind in enumerate(LISTS):
        if kind in USED:
            with pytest.raises(UndoRefusedError, match=USED[kind]):
                undo.undo(filled, una, first + place)
    assert state(filled) == before


def test_s2_a_list_takes_the_right_of_its_form(company, executive, finance, tech_leader, bring):
    for kind, its in VALUE_KINDS.items():
        may = [actor.may(its.action) for actor in (finance, tech_leader)]
        others = [executive, *(who for who, can in zip((finance, tech_leader), may, strict=True) if not can)]
        for actor in others:
            with pytest.raises(NotAllowedError):
                bring(kind, LISTS[kind], actor)
