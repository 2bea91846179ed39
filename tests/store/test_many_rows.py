"""Many rows at once are put as one by one: the same rows, hashes and conflicts."""

import shutil
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from roi.commands import outcomes, undo
from roi.domain.structure import Epic, EpicKind, Outcome, ValueClass
from roi.errors import ConflictError
from roi.store import changes, verify
from roi.store.database import Store
from tests.commands.conftest import state_of

MANY = 320
EPIC = Epic("search", "Better search", "checkout", EpicKind.FEATURE, date(2026, 1, 5), None, 250_000)
NUMBERS = tuple(Decimal(number) for number in (1, 2, 3, 4))


def promises():
    """Outcomes with empty and filled cells in every column that may be empty."""
    kind, first = ValueClass.REVENUE, EPIC.started
    return [
        Outcome(
            *(f"o{place}", "search", f"measure {place}", "users", "up", *NUMBERS, kind, "Olga"),
            by_when=None if place % 3 else first,
            **dict.fromkeys(("share_low", "share_likely", "share_high"), None if place % 2 else 400_000),
        )
        for place in range(MANY)
    ]


def twice(store, actor):
    """All of them new, then every second one changed."""
    outcomes.save_epics(store, actor, [EPIC])
    outcomes.save_outcomes(store, actor, promises())
    changed = [replace(one, owner="Oskar") if place % 2 else one for place, one in enumerate(promises())]
    return outcomes.save_outcomes(store, actor, changed)


def test_t9_at_once_or_one_by_one_the_rows_and_their_hash_are_the_same(
    company, tech_leader, monkeypatch, built
):
    store = company.store
    folder = store.path.parent.with_name("other")
    shutil.copytree(built[0], folder, ignore=shutil.ignore_patterns("*.lock", "*.spool"))
    at_once = twice(store, tech_leader)
    monkeypatch.setattr(changes, "_FEW", 10**9)
    other = Store.open(folder / store.path.name, purpose="a test")
    one_by_one = twice(other, tech_leader)
    assert (at_once.rows_added, at_once.rows_removed) == (MANY // 2, MANY // 2)
    assert at_once.content_sha256 == one_by_one.content_sha256
    assert state_of(store) == state_of(other)
    with store.snapshot() as cursor:
        verify.deep(cursor, store.head_path, store.upload_folder)
    other.close()


def test_undo_takes_many_rows_back(company, tech_leader):
    outcomes.save_epics(company.store, tech_leader, [EPIC])
    before = state_of(company.store)
    made = outcomes.save_outcomes(company.store, tech_leader, promises())
    undo.undo(company.store, tech_leader, made.change_id)
    assert state_of(company.store) == before


def test_a_conflict_among_many_is_named(company, tech_leader, owner):
    store = company.store
    outcomes.save_epics(store, tech_leader, [EPIC])
    outcomes.save_outcomes(store, tech_leader, promises())
    seen = store.version
    outcomes.save_outcomes(store, owner, [replace(promises()[7], owner="Olga Q.")])
    version = store.version
    with pytest.raises(ConflictError, match=r"Olga changed outcome o7 .*owner is “Olga Q.”"):
        outcomes.save_outcomes(
            store, tech_leader, [replace(one, unit="%") for one in promises()], based_on=seen
        )
    assert store.version == version
