"""R12: a backup taken at any moment of imports and undos restores to a whole state that was really there."""

import random
import threading
import time

import pytest

from roi.commands import keeping, undo
from roi.errors import StoreError
from roi.store.database import Store
from tests.faults import worker

pytestmark = pytest.mark.faults


def test_r12_backups_taken_while_importing_restore_to_a_verified_state(company, finance, rounds, soaked):
    store, stop, failed = company.store, threading.Event(), []

    def go_on():
        while not stop.is_set():
            try:
                undo.undo(store, finance, worker.bring_in(store).change_id)
            except StoreError as error:
                failed.append(error)

    busy, chance, seen, taken = threading.Thread(target=go_on), random.Random(12), set(), 0
    busy.start()
    try:
        for _ in range(3 * rounds):
            time.sleep(chance.uniform(0, 0.4))
            seen.add(restored(keeping.backup(store, finance), finance))
            taken += 1
    finally:
        stop.set()
        busy.join()
    assert failed == []
    assert seen <= {0, worker.LINES}
    assert store.version > 12, "nothing was imported meanwhile: the test looks at nothing"
    keeping.verify(store, finance, deep=True)
    soaked("backups taken while importing, restored and verified", taken)


def restored(backup, finance):
    """The file's lines after the backup was restored to a place of its own, and checked in full."""
    path = backup.parent / "restored" / "roi.duckdb"
    path.parent.mkdir(exist_ok=True, mode=0o700)
    keeping.restore(path, backup)
    store = Store.open(path, purpose="a test")
    try:
        found = keeping.verify(store, finance, deep=True)
        lines = worker.held(store)
        assert found.lines % worker.LINES == 21
        return lines
    finally:
        store.close()
