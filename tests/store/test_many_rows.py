"""Many rows at once are put as one by one: the same rows, hashes and conflicts."""

import shutil
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from roi.commands import undo
from roi.commands.changing import records
from roi.domain.structure import Epic, EpicKind, Outcome, ValueClass
from roi.domain.value import EpicTeam
from roi.errors import ConflictError
from roi.store import changes, moved, tables, verify
from roi.store.changes import NewChange
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


def put(store, actor, table, made, based_on=None):
    """All of them in one change."""
    new, rows = NewChange(actor, "import outcomes"), records.put(table, made, based_on)
    with store.write() as cursor:
        return changes.record_rows(cursor, new, [rows])


def twice(store, actor):
    """All of them new, then every second one changed."""
    put(store, actor, "epic", [EPIC])
    put(store, actor, "outcome", promises())
    changed = [replace(one, owner="Oskar") if place % 2 else one for place, one in enumerate(promises())]
    return put(store, actor, "outcome", changed)


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
    put(company.store, tech_leader, "epic", [EPIC])
    before = state_of(company.store)
    made = put(company.store, tech_leader, "outcome", promises())
    undo.undo(company.store, tech_leader, made.change_id)
    assert state_of(company.store) == before


def test_a_conflict_among_many_is_named(company, tech_leader, owner):
    store = company.store
    put(store, tech_leader, "epic", [EPIC])
    put(store, tech_leader, "outcome", promises())
    seen = store.version
    put(store, owner, "outcome", [replace(promises()[7], owner="Olga Q.")])
    version = store.version
    with pytest.raises(ConflictError, match=r"Olga changed outcome o7 .*owner is “Olga Q.”"):
        put(store, tech_leader, "outcome", [replace(one, unit="%") for one in promises()], based_on=seen)
    assert store.version == version


def test_r11_what_was_replaced_has_neither_come_nor_gone_beside_a_long_list(company, tech_leader):
    """Each half of a pair was cut at its own limit, so an older change of effort seemed to end a team."""
    store, many = company.store, tables.MOST + 100
    put(store, tech_leader, "epic", [EPIC, *(replace(EPIC, key=f"e{place:04}") for place in range(many))])
    first, second = (EpicTeam("search", key, 500_000, 500_000) for key in ("checkout", "onboarding"))
    put(store, tech_leader, "epic_team", [first, second])
    older = put(
        store, tech_leader, "epic_team", [replace(first, effort=600_000), replace(second, effort=400_000)]
    ).change_id
    with store.write() as cursor:
        recorder = changes.Recorder(cursor, NewChange(tech_leader, "take a team off"))
        recorder.end(changes.End("epic_team", (("search", "onboarding"),)))
        recorder.put(records.put("epic_team", [replace(first, effort=1_000_000)]))
        recorder.seal()
    listed = [EpicTeam(f"e{place:04}", "checkout", 1, 1_000_000) for place in range(many)]
    newest = put(store, tech_leader, "epic_team", listed).change_id
    with store.snapshot() as cursor:
        rows = moved.come_and_gone(cursor, "epic_team", range(1, newest + 1))
        pairs = moved.replaced(cursor, "epic_team", (older,))
    assert [row for row in rows if row.change_id == older] == []
    assert [row.key for row in rows if row.after is None] == [("search", "onboarding")]
    assert {row.change_id for row in rows if row.before is None} == {newest}
    assert [(row.before["effort"], row.after["effort"]) for row in pairs] == [
        (500_000, 600_000),
        (500_000, 400_000),
    ]
