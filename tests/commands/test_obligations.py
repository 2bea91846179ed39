"""Deadline and penalty of an obligation are recorded, changed, taken back; all that is wrong at once."""

from dataclasses import replace
from datetime import date

import pytest

from roi.commands import epics, keeping, lists, obligations, undo
from roi.domain.obligations import Met, Obligation, ObligationKind
from roi.domain.structure import Epic, EpicKind
from roi.domain.value import EpicPlan
from roi.errors import ConflictError, NotAllowedError, RefusedError, StoreDamagedError, UnchangedError
from roi.store import read_value
from tests import kept_company, saving

EPIC = Epic("rules", "The new rules", "checkout", EpicKind.RISK, date(2026, 1, 5), None, 250_000, True)
FREE = replace(EPIC, key="search", name="Better search", is_obligation=False)
MUST = Obligation("rules", ObligationKind.LAW, date(2026, 6, 30), 4_000_000, "EUR", "article 30")


@pytest.fixture(scope="module")
def begun(built, tmp_path_factory, una):
    def grow(store):
        saving.save_epics(store, una, [EPIC, FREE])

    return kept_company.grown(built, tmp_path_factory.mktemp("obligations"), grow)


@pytest.fixture
def store(begun, tmp_path):
    with kept_company.opened(begun, tmp_path / "company") as company:
        yield company.store


def held(store):
    with store.snapshot() as cursor:
        return read_value.values(cursor).obligations


def test_t9_it_is_recorded_and_changed_each_as_a_change_that_undo_takes_back(store, una, state):
    before = state(store)
    first = obligations.record_obligation(store, una, replace(MUST, note=" article 30 "))
    assert held(store) == {"rules": MUST}
    later = replace(MUST, deadline=date(2026, 9, 30), penalty_minor=None)
    last = obligations.record_obligation(store, una, later)
    assert held(store) == {"rules": replace(later, currency="")}
    undo.undo(store, una, last.change_id)
    assert held(store) == {"rules": MUST}
    undo.undo(store, una, first.change_id)
    assert state(store) == before


@pytest.mark.parametrize("row", ["removed_by = 2147483647", "removed_by != 2147483647"])
def test_r11_a_penalty_that_was_edited_on_disk_is_found(store, una, row):
    obligations.record_obligation(store, una, MUST)
    obligations.record_obligation(store, una, replace(MUST, penalty_minor=None))
    keeping.verify(store, una, deep=True)
    with store.cursor() as cursor:
        cursor.execute(f"update obligation set penalty_minor = 1, currency = 'EUR' where {row}")
    with pytest.raises(StoreDamagedError):
        keeping.verify(store, una, deep=True)


def test_who_changes_what_somebody_else_changed_sees_it(store, una):
    opened = obligations.record_obligation(store, una, MUST).change_id
    obligations.record_obligation(store, una, replace(MUST, note="article 31"))
    with pytest.raises(ConflictError):
        obligations.record_obligation(store, una, replace(MUST, note="article 32"), based_on=opened)


def test_s2_who_may_not_plan_work_records_none(store, executive):
    with pytest.raises(NotAllowedError):
        obligations.record_obligation(store, executive, MUST)


WRONG = {
    "an epic that is not there": (replace(MUST, epic="nothing"), {"unknown_epic"}),
    "an epic that is no obligation": (replace(MUST, epic="search"), {"no_obligation"}),
    "no deadline": (replace(MUST, deadline=date.min), {"deadline"}),
    "a day that nobody means": (replace(MUST, deadline=date(3026, 6, 30)), {"deadline"}),
    "a penalty of nothing": (replace(MUST, penalty_minor=0), {"penalty"}),
    "less than nothing": (replace(MUST, penalty_minor=-1), {"penalty"}),
    "more than there is": (replace(MUST, penalty_minor=10**17), {"penalty"}),
    "no currency": (replace(MUST, currency=""), {"currency"}),
    "a currency of nobody": (replace(MUST, currency="XXX"), {"currency"}),
    "a long note": (replace(MUST, note="x" * 301), {"text"}),
    "two lines": (replace(MUST, note="a\nb"), {"text"}),
    "an address": (replace(MUST, note="ask olga@example.org"), {"person"}),
    "all at once": (
        Obligation("nothing", ObligationKind.LAW, date.min, -1, "", "olga@example.org"),
        {"unknown_epic", "deadline", "penalty", "currency", "person"},
    ),
}


@pytest.mark.parametrize("said", WRONG)
def test_all_that_is_wrong_is_told_at_once_and_nothing_is_saved(store, una, said):
    wrong, expected = WRONG[said]
    version = store.version
    with pytest.raises(RefusedError) as error:
        obligations.record_obligation(store, una, wrong)
    assert {issue.code for issue in error.value.issues} == expected
    assert store.version == version
    assert all(issue.fix or issue.expected for issue in error.value.issues)


def test_a_penalty_at_its_bounds_is_taken(store, una):
    for penalty in (1, 10**17 - 1):
        obligations.record_obligation(store, una, replace(MUST, penalty_minor=penalty))
        assert held(store)["rules"].penalty_minor == penalty


def test_a_list_changes_what_is_stored_and_a_column_that_is_missing_leaves_it(store, una):
    obligations.record_obligation(store, una, MUST)
    text = "epic,kind,deadline\nThe new rules,contract,2026-07-31\n"
    lists.import_list(store, una, "obligations", text.encode(), "obligations.csv")
    assert held(store)["rules"] == replace(MUST, kind=ObligationKind.CONTRACT, deadline=date(2026, 7, 31))
    text = "epic,kind,deadline,penalty,currency\nrules,contract,2026-07-31,,\n"
    lists.import_list(store, una, "obligations", text.encode(), "obligations.csv")
    assert held(store)["rules"].penalty_minor is None


def test_t3_a_list_does_not_turn_a_stored_penalty_into_as_much_of_another_currency(store, una):
    obligations.record_obligation(store, una, MUST)
    for currency in ("JPY", "USD", ""):
        text = f"epic,kind,deadline,currency\nrules,law,2026-06-30,{currency}\n"
        with pytest.raises(RefusedError) as error:
            lists.import_list(store, una, "obligations", text.encode(), "obligations.csv")
        assert "currency" in {issue.column for issue in error.value.issues}
    assert held(store) == {"rules": MUST}
    text = "epic,kind,deadline,penalty,currency\nrules,law,2026-06-30,4000000,JPY\n"
    lists.import_list(store, una, "obligations", text.encode(), "obligations.csv")
    assert held(store)["rules"] == replace(MUST, currency="JPY")


def test_a_refused_penalty_is_said_as_it_was_sent(store, una):
    text = "epic,kind,deadline,penalty,currency\nrules,law,2026-06-30,-40.50,EUR\n"
    with pytest.raises(RefusedError) as error:
        lists.import_list(store, una, "obligations", text.encode(), "obligations.csv")
    assert [issue.sent for issue in error.value.issues] == ["-40.50"]


CAME = Met("rules", date(2026, 2, 27), 1_250_000, "EUR")


def came(store):
    with store.snapshot() as cursor:
        return read_value.values(cursor).met


def test_v15_what_came_of_it_is_recorded_changed_and_taken_back_by_owners_and_by_finance(
    store, una, finance, executive, state
):
    obligations.record_obligation(store, una, MUST)
    before = state(store)
    first = obligations.record_met(store, finance, CAME)
    assert came(store) == {"rules": CAME}
    obligations.record_met(store, una, replace(CAME, paid_minor=0))
    assert came(store)["rules"].paid_minor == 0, "nothing was paid is known, and not the same as not said"
    last = obligations.record_met(store, una, Met("rules"))
    assert came(store) == {}
    with pytest.raises(NotAllowedError):
        obligations.record_met(store, executive, CAME)
    for change in (last.change_id, last.change_id - 1, first.change_id):
        undo.undo(store, finance, change)
    assert state(store) == before


def test_v15_what_came_of_it_comes_as_a_list_too_by_owners_and_by_finance_alone(
    store, una, finance, tech_leader, executive, state
):
    def bring(text, actor=finance):
        return lists.import_list(store, actor, "obligations_met", text.encode(), "met.csv")

    obligations.record_obligation(store, una, MUST)
    before = state(store)
    text = "epic,met_on,paid,currency\nThe new rules,2026-02-27,12500.00,EUR\n"
    first = bring(text)
    assert came(store) == {"rules": CAME}
    with pytest.raises(UnchangedError):
        bring(text, tech_leader)
    bring("epic,met_on\nrules,2026-03-02\n", tech_leader)
    assert came(store)["rules"] == replace(CAME, met_on=date(2026, 3, 2)), (
        "a column that is missing leaves it"
    )
    last = bring("epic,paid,currency\nrules,0,EUR\n")
    assert came(store)["rules"].paid_minor == 0
    with pytest.raises(NotAllowedError):
        bring(text, executive)
    for change in (last.change_id, last.change_id - 1, first.change_id):
        undo.undo(store, finance, change)
    assert state(store) == before


def test_t3_a_list_of_what_came_does_not_turn_what_was_paid_into_as_much_of_another_currency(store, finance):
    obligations.record_met(store, finance, CAME)
    with pytest.raises(RefusedError) as error:
        lists.import_list(store, finance, "obligations_met", b"epic,currency\nrules,JPY\n", "met.csv")
    assert [issue.code for issue in error.value.issues] == ["currency"]
    assert came(store) == {"rules": CAME}


@pytest.mark.parametrize(
    ("wrong", "expected"),
    [
        (replace(CAME, epic="search"), {"no_obligation"}),
        (replace(CAME, epic="nothing"), {"unknown_epic"}),
        (replace(CAME, met_on=date(2026, 1, 4)), {"met_on"}),
        (replace(CAME, met_on=date(2199, 1, 1)), {"met_on"}),
        (replace(CAME, currency="XXX"), {"currency"}),
        (replace(CAME, paid_minor=-1), {"paid"}),
    ],
    ids=["no obligation", "no epic", "before its start", "ahead", "no currency", "less than nothing"],
)
def test_what_cannot_have_come_of_it_is_refused(store, finance, wrong, expected):
    with pytest.raises(RefusedError) as error:
        obligations.record_met(store, finance, wrong)
    assert {issue.code for issue in error.value.issues} == expected
    assert came(store) == {}


UNMARKED = {
    "a form": lambda store, una: epics.save_epic(store, una, replace(EPIC, is_obligation=False), PLAN),
    "a list": lambda store, una: lists.import_list(store, una, "epics", UNMARKED_ROW, "epics.csv"),
}
PLAN = EpicPlan("rules", owner="Olga")
UNMARKED_ROW = (
    b"epic,name,team,started,planned_share,is_obligation\nrules,The new rules,Checkout,2026-01-05,25%,no\n"
)


@pytest.mark.parametrize("way", UNMARKED)
def test_with_the_mark_its_deadline_and_penalty_end_in_the_same_change_and_come_back_by_undo(
    store, una, state, way
):
    obligations.record_obligation(store, una, MUST)
    obligations.record_met(store, una, CAME)
    before = state(store)
    change = UNMARKED[way](store, una)
    assert (held(store), came(store)) == ({}, {})
    undo.undo(store, una, change.change_id)
    assert (held(store), state(store)) == ({"rules": MUST}, before)


def test_a_list_says_that_it_ends_a_deadline_with_the_mark(store, una):
    obligations.record_obligation(store, una, MUST)
    (issue,) = lists.read_list(store, una, "epics", UNMARKED_ROW, "epics.csv").issues
    assert (issue.code, issue.line, issue.is_blocker) == ("ends_obligation", 2, False)


def test_an_epic_that_stays_an_obligation_keeps_its_deadline(store, una):
    obligations.record_obligation(store, una, MUST)
    epics.save_epic(store, una, replace(EPIC, name="The newest rules"), PLAN)
    assert held(store) == {"rules": MUST}


def test_d11_what_came_of_an_obligation_is_restated_by_finance_alone_also_by_undo(store, finance, owner, una):
    obligations.record_obligation(store, una, MUST)
    told = obligations.record_met(store, finance, CAME)
    with pytest.raises(NotAllowedError):
        undo.undo(store, owner, told.change_id, restatement="because I say so")
    undo.undo(store, owner, told.change_id)
