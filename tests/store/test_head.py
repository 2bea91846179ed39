"""D13: the head file is read right whatever a full disk or a kill made of its last line."""

import pytest

from roi.commands import structure
from roi.domain.structure import Team
from roi.errors import StoreDamagedError
from roi.store import head
from roi.store.database import Store


@pytest.mark.parametrize("left", ["1", "99 ", "99 abc", "1" * 70, "\x00\x00", "7 " + "a" * 64])
def test_d13_a_line_left_by_half_never_becomes_part_of_the_next(company, tech_leader, left):
    """A disk that was full in mid-line took only its first letters; the next change is a line of its own."""
    store = company.store
    with store.head_path.open("a") as file:
        file.write(left)
    change = structure.save_teams(store, tech_leader, [Team("", "Late")]).change_id
    assert head.last(store.head_path)[0] == change
    store.close()
    again = Store.open(store.path)
    assert again.version == change
    again.close()


def test_d13_without_its_head_file_a_database_opens_and_starts_one(company):
    path = company.store.path
    company.store.close()
    path.with_suffix(".head").unlink()
    store = Store.open(path)
    assert head.last(store.head_path)[0] == store.head_lost == store.version
    store.close()


def test_d13_an_empty_database_says_so_in_its_head_file_and_its_first_change_follows(store, tech_leader):
    assert head.last(store.head_path) == (0, "0" * 64)
    store.close()
    again = Store.open(store.path)
    structure.save_teams(again, tech_leader, [Team("", "First")])
    assert head.last(again.head_path)[0] == 1
    assert again.head_lost is None
    again.close()


def test_d13_a_first_change_whose_note_was_cut_off_by_a_kill_is_not_a_lost_head(store, tech_leader):
    before = store.head_path.read_text()
    structure.save_teams(store, tech_leader, [Team("", "First")])
    store.close()
    store.head_path.write_text(before)
    again = Store.open(store.path)
    assert again.head_lost is None
    assert head.last(again.head_path)[0] == 1
    again.close()


def test_d13_a_head_that_promises_more_is_a_loud_stop(company):
    path, version = company.store.path, company.store.version
    company.store.close()
    with path.with_suffix(".head").open("a") as file:
        file.write(f"{version + 1} {'a' * 64} 2026-01-01T00:00:00\n")
    with pytest.raises(StoreDamagedError, match=f"ends at change {version}, but change {version + 1}"):
        Store.open(path)
