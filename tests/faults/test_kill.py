"""R1: killed at any moment of import, mapping and undo, the store holds the old state or the new one."""

import random
import time

import pytest

from roi.commands import keeping
from roi.errors import RefusedError
from roi.store.database import Store
from tests.faults import worker
from tests.faults.conftest import drain

pytestmark = pytest.mark.faults
CHANGES = 4
"""After so many changes the child begins anew: import, map, and both undone."""


def test_r1_killed_at_random_moments_nothing_is_lost_doubled_or_left_by_half(
    company, child, finance, rounds, soaked
):
    path = company.store.path
    company.store.close()
    chance, seen = random.Random(1), set()
    for turn in range(12 * rounds):
        with child(worker.go_on, path) as (process, told):
            # Counting changes, not seconds alone, meets other moments also where the machine is slow.
            for _ in range(1 + turn % CHANGES):
                assert told.poll(120), "the child did not start, or got stuck"
                told_last = told.recv()
            time.sleep(chance.uniform(0, 0.6))
            process.kill()
            process.join()
            told_last = (drain(told) or [told_last])[-1]
        store = Store.open(path, purpose="the next start")
        try:
            found = keeping.verify(store, finance, deep=True)
            assert store.version in {told_last, told_last + 1}, turn  # the last one may be committed, untold
            lines = worker.held(store)
            assert lines in {0, worker.LINES}, turn
            assert found.lines % worker.LINES == 21, turn
            assert list(store.spool_folder.iterdir()) == [], turn
            assert [file for file in store.upload_folder.iterdir() if file.suffix] == [], turn
            seen.add((lines, store.version == told_last))
        finally:
            store.close()
    soaked("kills at random moments of import, mapping and undo", 12 * rounds)
    assert len(seen) > 1, "every kill met the same moment: the test looks at too little"


def test_f9_what_was_committed_but_never_told_is_known_when_it_comes_again(company, child, finance):
    """Killed between commit and answer: the user uploads again and hears that it is there."""
    path = company.store.path
    company.store.close()
    with child(worker.go_on, path) as (process, told):
        assert told.poll(120)
        told.recv()
        assert told.poll(120)
        told.recv()
        process.kill()
        process.join()
    store = Store.open(path)
    if worker.held(store):
        with pytest.raises(RefusedError, match="already imported by You"):
            worker.bring_in(store)
    else:
        worker.bring_in(store)
    assert worker.held(store) == worker.LINES
    store.close()


@pytest.mark.parametrize("work", [worker.no_room_for_the_upload, worker.no_room_for_the_ledger])
def test_f8_on_a_full_disk_nothing_is_imported_and_work_goes_on_when_there_is_room(
    company, child, finance, work
):
    path = company.store.path
    company.store.close()
    with child(work, path) as (_, told):
        said = []
        while told.poll(60) and len(said) < 3:
            said.append(told.recv())
    assert said[0] == "The disk is full. Free some space, then repeat the last step."
    assert said[1:] == [(0, 0), 1]
    store = Store.open(path)
    keeping.verify(store, finance, deep=True)
    assert worker.held(store) == worker.LINES
    store.close()
