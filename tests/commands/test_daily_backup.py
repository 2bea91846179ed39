"""Decisions D14 and D15: a backup a day while the program runs, and a kept file that can be forgotten."""

import errno
import os
from datetime import UTC, datetime, timedelta

import pytest

from roi.commands import keeping, undo
from roi.errors import NotAllowedError, StoreFullError, UndoRefusedError, UnknownKeyError
from roi.store import backups as copies
from roi.store.database import Store


def _now():
    return datetime.now(UTC).replace(tzinfo=None)


def test_d14_an_empty_store_needs_no_backup(store):
    assert keeping.backup_if_due(store, _now() + timedelta(days=9)) is None


def test_d14_a_change_waits_a_day_for_its_backup_and_no_longer(company):
    assert keeping.backup_if_due(company.store, _now() + timedelta(hours=23)) is None
    made = keeping.backup_if_due(company.store, _now() + timedelta(hours=25))
    assert made is not None
    assert made.exists()


def test_d14_what_a_backup_holds_is_not_backed_up_again(company, admin):
    keeping.backup(company.store, admin)
    assert keeping.backup_if_due(company.store, _now() + timedelta(days=30)) is None


def test_d14_a_backup_of_a_wrong_clock_is_neither_the_newest_nor_a_reason_to_make_none(
    company, admin, finance
):
    store = company.store
    made = keeping.backup(store, admin)
    ahead = made.rename(made.with_name(f"2035{made.name[4:]}"))
    undo.undo(store, finance, company.imports[-1])
    assert keeping.backup_if_due(store, _now() + timedelta(hours=25)) is not None
    newest, *_, oldest = keeping.backups(store, admin)
    assert oldest == ahead
    for _ in range(copies.KEPT):
        newest = keeping.backup(store, admin)
    assert keeping.backups(store, admin)[0] == newest
    assert not ahead.exists()


def test_r2_a_backup_that_fails_leaves_nothing_behind(company, admin, monkeypatch):
    """The copy is made and cannot be put under its name: what is left would keep a full disk full."""
    store = company.store
    with monkeypatch.context() as broken:
        broken.setattr(copies.Path, "replace", _no_room)
        with pytest.raises(StoreFullError):
            keeping.backup(store, admin)
    assert list(store.backup_folder.iterdir()) == []
    assert keeping.backup(store, admin).is_file()


def _no_room(*_):
    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


def test_r2_what_a_killed_backup_or_restore_left_is_cleared_at_the_next_start(company):
    store = company.store
    path, folder = store.path, store.backup_folder
    left = [
        folder / "20260101T000000000000Z-backup.partial",
        folder / "20260101T000000000000Z-backup.partial.wal",
    ]
    for one in left:
        one.write_bytes(b"half")
    mine, other = (path.with_name(f"checking-{name}-x1") for name in (path.name, "demo.duckdb"))
    for one in (mine, other):
        one.mkdir()
        (one / "trial.duckdb").write_bytes(b"half")
    store.close()
    Store.open(path, purpose="a test").close()
    assert [one for one in (*left, mine, other) if one.exists()] == [other]


def test_d15_an_upload_is_forgotten_and_the_history_holds(company, finance):
    change, store = company.imports[0], company.store
    kept = list(store.upload_folder.iterdir())
    receipt = keeping.erase_upload(store, finance, change, "names in the descriptions")
    assert len(list(store.upload_folder.iterdir())) == len(kept) - 1
    assert receipt.kind == keeping.ERASE
    assert keeping.verify(store, finance, deep=True).uploads == len(kept) - 1


def test_d15_erasing_is_for_finance_once_and_for_good(company, finance, executive):
    store, change = company.store, company.imports[0]
    with pytest.raises(NotAllowedError):
        keeping.erase_upload(store, executive, change, "curious")
    erased = keeping.erase_upload(store, finance, change, "asked for")
    with pytest.raises(UnknownKeyError, match="keeps no uploaded file"):
        keeping.erase_upload(store, finance, change, "again")
    with pytest.raises(UndoRefusedError, match="cannot come back"):
        undo.undo(store, finance, erased.change_id)
