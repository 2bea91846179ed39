"""Decisions D14 and D15: a backup a day while the program runs, and a kept file that can be forgotten."""

from datetime import UTC, datetime, timedelta

import pytest

from roi.commands import keeping, undo
from roi.errors import NotAllowedError, UndoRefusedError, UnknownKeyError


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
