"""Verify, back up, restore: a backup is checked before it takes the database's place."""

import errno
import os
import shutil

import pytest

from roi.commands import keeping, structure, undo
from roi.domain.structure import Team
from roi.errors import NotAllowedError, StoreDamagedError, StoreError, StoreLockedError
from roi.store import backups as copies
from roi.store import head
from roi.store.database import Store
from tests.commands.conftest import state_of


def test_verify_says_what_it_checked(company, executive):
    brief = keeping.verify(company.store, executive)
    assert (brief.changes, brief.lines, brief.months, brief.is_deep) == (company.store.version, 21, 3, False)
    deep = keeping.verify(company.store, executive, deep=True)
    assert (deep.uploads, deep.is_deep) == (3, True)


def test_verify_leaves_the_store_as_it_was(company, executive, finance):
    before = state_of(company.store)
    keeping.verify(company.store, executive, deep=True)
    assert state_of(company.store) == before
    undo.undo(company.store, finance, company.imports[-1])


def test_r12_a_backup_restores_to_the_same_figures(company, finance):
    path, before = company.store.path, state_of(company.store)
    backup = keeping.backup(company.store, finance)
    for change in reversed(company.imports):
        undo.undo(company.store, finance, change)
    company.store.close()
    aside = keeping.restore(path, backup)
    assert aside is not None
    assert aside.exists()
    store = Store.open(path)
    assert state_of(store) == before
    keeping.verify(store, finance, deep=True)
    structure.save_teams(store, finance, [Team("", "After")])
    store.close()


def test_d13_a_restored_database_writes_a_line_of_its_own(company, finance):
    path, version = company.store.path, company.store.version
    backup = keeping.backup(company.store, finance)
    undo.undo(company.store, finance, company.imports[-1])
    company.store.close()
    noted = head.last(path.with_suffix(".head"))
    assert noted is not None
    assert noted[0] == version + 1
    keeping.restore(path, backup)
    noted = head.last(path.with_suffix(".head"))
    assert noted is not None
    assert noted[0] == version
    kept = [file for file in path.parent.iterdir() if ".head-before-" in file.name]
    assert len(kept) == 1


def test_a_backup_put_there_by_hand_is_a_loud_stop(company, finance):
    """Only `restore` writes the line; an old copy swapped in behind its back is found at start (R11)."""
    path = company.store.path
    backup = keeping.backup(company.store, finance)
    undo.undo(company.store, finance, company.imports[-1])
    company.store.close()
    shutil.copy(backup, path)
    with pytest.raises(StoreDamagedError, match="Accepted changes are missing"):
        Store.open(path)


@pytest.mark.parametrize("damage", ["cut", "flipped", "edited", "empty", "text", "missing"])
def test_a_damaged_backup_replaces_nothing(company, finance, damage):
    path, before = company.store.path, state_of(company.store)
    backup = keeping.backup(company.store, finance)
    company.store.close()
    DAMAGES[damage](backup)
    with pytest.raises(StoreDamagedError):
        keeping.restore(path, backup)
    store = Store.open(path)
    assert state_of(store) == before
    store.close()
    assert [file.name for file in path.parent.iterdir() if "before-restore" in file.name] == []


def _flip(path):
    """One bit of a team's name, where it lies in the file."""
    content = bytearray(path.read_bytes())
    content[content.index(b"Course Delivery")] ^= 0x10
    path.write_bytes(content)


def _edit(path):
    copy = Store.open(path, check=False)
    with copy.cursor() as cursor:
        cursor.execute("update ledger_line set amount_minor = amount_minor + 1 where source_row = 2")
    copy.close()
    path.with_suffix(".head").unlink(missing_ok=True)


DAMAGES = {
    "cut": lambda path: path.write_bytes(path.read_bytes()[:20_000]),
    "flipped": _flip,
    "edited": _edit,
    "empty": lambda path: path.write_bytes(b""),
    "text": lambda path: path.write_text("not a database"),
    "missing": lambda path: path.unlink(),
}


def test_nothing_is_restored_under_a_running_program(company, finance):
    backup = keeping.backup(company.store, finance)
    with pytest.raises(StoreLockedError, match="a test"):
        keeping.restore(company.store.path, backup)


def test_s3_a_restore_is_the_first_thing_that_a_program_does_under_the_usual_mask(company, finance):
    """The copy that is checked is private whatever the mask says, or the store refuses to open it."""
    path, before = company.store.path, state_of(company.store)
    backup = keeping.backup(company.store, finance)
    company.store.close()
    mask = os.umask(0o022)
    try:
        keeping.restore(path, backup)
    finally:
        os.umask(mask)
    store = Store.open(path)
    assert state_of(store) == before
    store.close()


def test_a_lost_database_comes_back(company, finance):
    path, before = company.store.path, state_of(company.store)
    backup = keeping.backup(company.store, finance)
    company.store.close()
    path.unlink()
    assert keeping.restore(path, backup) is None
    store = Store.open(path)
    assert state_of(store) == before
    store.close()


def test_d14_seven_backups_are_kept_and_the_newest_comes_first(company, finance):
    made = [keeping.backup(company.store, finance) for _ in range(9)]
    assert keeping.backups(company.store, finance) == made[:1:-1]
    assert {file.stat().st_mode & 0o777 for file in made[2:]} == {0o600}
    assert sorted(file.suffix for file in company.store.backup_folder.iterdir()) == [".duckdb"] * 7


def test_s2_who_may_keep_the_store(company, executive, owner, tech_leader, admin):
    for actor in (executive, owner, tech_leader):
        for command in (keeping.backup, keeping.backups):
            with pytest.raises(NotAllowedError):
                command(company.store, actor)
    assert keeping.backup(company.store, admin).exists()


def test_f8_a_restore_that_the_disk_does_not_take_says_so_and_is_carried_out_by_the_same_command(
    company, finance, monkeypatch
):
    made, path = keeping.backup(company.store, finance), company.store.path
    company.store.close()
    with monkeypatch.context() as full:
        full.setattr(copies, "put_in_place", _no_room)
        with pytest.raises(StoreError, match="The disk is full"):
            keeping.restore(path, made)
    keeping.restore(path, made)
    store = Store.open(path, purpose="a test")
    assert keeping.verify(store, finance, deep=True).lines == 21
    store.close()


def _no_room(_backup, _database):
    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
