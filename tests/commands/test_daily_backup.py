"""Decisions D14 and D15: a backup a day while the program runs, and a kept file that can be forgotten."""

import errno
import os
from datetime import UTC, date, datetime, timedelta

import pytest

from roi.commands import keeping, undo
from roi.errors import NotAllowedError, StoreFullError, UndoRefusedError, UnknownKeyError
from roi.store import backups as copies
from roi.store import clock
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


def dated(backup, year):
    """The same backup as a clock would have named it that stood in another year."""
    return backup.rename(backup.with_name(f"{year}{backup.name[4:]}"))


def of_an_earlier_release(backup):
    """The same backup under a name as releases gave that did not number them."""
    stamp, *_, label = backup.stem.split("-")
    return backup.rename(backup.with_name(f"{stamp}-{label}.duckdb"))


@pytest.mark.parametrize("year", ["2019", "2035"])
def test_d14_a_wrong_clock_neither_makes_a_backup_the_newest_nor_is_a_reason_to_make_none(
    company, admin, finance, year
):
    store = company.store
    first = dated(keeping.backup(store, admin), year)
    undo.undo(store, finance, company.imports[-1])
    newest = keeping.backup_if_due(store, _now() + timedelta(hours=25))
    assert keeping.backups(store, admin) == [newest, first]
    for _ in range(copies.KEPT):
        newest = dated(keeping.backup(store, admin), "2019")
    assert keeping.backups(store, admin)[0] == newest
    assert len(keeping.backups(store, admin)) == copies.KEPT
    assert not first.exists()


def test_d14_the_newest_is_the_one_made_last_although_the_clock_was_set_back_before_it(company, admin):
    store = company.store
    ahead = dated(keeping.backup(store, admin), "2026")
    behind = dated(keeping.backup(store, admin), "2019")
    assert keeping.backups(store, admin) == [behind, ahead]


def test_d14_changes_recorded_by_a_clock_that_was_years_behind_or_ahead_are_backed_up(
    company, admin, finance
):
    """Set back, a change looks older than the backup that is without it; ahead, as if it were never due."""
    store = company.store
    for day, change in ((date(2019, 5, 1), company.imports[2]), (date(2035, 5, 1), company.imports[1])):
        keeping.backup(store, admin)
        with clock.dated(day):
            undo.undo(store, finance, change)
        assert keeping.backup_if_due(store, _now() + timedelta(minutes=1)) is not None, day
        assert keeping.backup_if_due(store, _now() + timedelta(minutes=1)) is None, day


def test_d14_a_backup_of_another_history_holds_nothing_of_this_one(company, admin, finance):
    """After going back to an old state other changes get the numbers that a backup knows."""
    store = company.store
    old = keeping.backup(store, admin)
    undo.undo(store, finance, company.imports[-1])
    gone = keeping.backup(store, admin)
    store.close()
    keeping.restore(store.path, old)
    again = Store.open(store.path, purpose="a test")
    undo.undo(again, finance, company.imports[0])
    assert again.version == store_version(gone)
    made = keeping.backup_if_due(again, _now() + timedelta(hours=25))
    assert made is not None
    assert keeping.backups(again, admin) == [made, gone, old]
    again.close()


def store_version(backup):
    """The change that a backup's name says."""
    return copies.held(backup)[0]


def test_d14_backups_of_earlier_releases_are_listed_after_those_that_are_numbered(company, admin):
    store = company.store
    future = of_an_earlier_release(dated(keeping.backup(store, admin), "2035"))
    older = of_an_earlier_release(dated(keeping.backup(store, admin), "2025"))
    old = of_an_earlier_release(keeping.backup(store, admin))
    assert keeping.backups(store, admin) == [old, older, future]
    new = dated(keeping.backup(store, admin), "2019")
    assert keeping.backups(store, admin) == [new, old, older, future]
    assert keeping.taken_at(future).year == 2035


def test_d14_a_backup_that_does_not_say_what_it_holds_is_followed_by_one_that_does(company, admin):
    store = company.store
    of_an_earlier_release(keeping.backup(store, admin))
    assert keeping.backup_if_due(store, _now() + timedelta(hours=25)) is not None
    assert keeping.backup_if_due(store, _now() + timedelta(days=30)) is None


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
