"""Deadline and penalty of an obligation are recorded, changed, taken back; all that is wrong at once."""

from dataclasses import replace
from datetime import date

import pytest

from roi.actors import Actor
from roi.commands import keeping, lists, obligations, undo
from roi.domain.obligations import Obligation, ObligationKind
from roi.domain.structure import Epic, EpicKind
from roi.errors import ConflictError, NotAllowedError, RefusedError, StoreDamagedError
from roi.store import read_value
from tests import saving

EPIC = Epic("rules", "The new rules", "checkout", EpicKind.RISK, date(2026, 1, 5), None, 250_000, True)
FREE = replace(EPIC, key="search", name="Better search", is_obligation=False)
MUST = Obligation("rules", ObligationKind.LAW, date(2026, 6, 30), 4_000_000, "EUR", "article 30")


@pytest.fixture(scope="session")
def una(finance, tech_leader) -> Actor:
    return Actor("Una", finance.roles | tech_leader.roles)


@pytest.fixture
def store(company, una):
    saving.save_epics(company.store, una, [EPIC, FREE])
    return company.store


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
