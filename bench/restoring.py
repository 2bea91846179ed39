"""Restoring a backup (R12): a million imported lines back in place, verified in full, within five minutes.

A restore opens a copy, checks every row, hash and figure of it, and only then puts it in place. Beside it
stands the engine's own copy of the same database, which is what a backup is.
"""

import gc
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from statistics import median
from typing import NamedTuple

from bench import ledger
from bench.importing import SOURCE, WHO, empty_store
from bench.rebuild import peak_mb
from roi.commands import costs, keeping
from roi.commands.changing.requests import CostImport
from roi.domain.importing import UNLIMITED, Mode
from roi.store.database import Store

SECONDS_BUDGET = 300.0
RATIO_BUDGET = 8.0
"""Restoring with its check ≤ this many times the processor time of the engine's own copy."""
MEMORY_BUDGET_MB = 2560


class Took(NamedTuple):
    """Seconds of the clock, and processor seconds of all threads."""

    wall: float
    cpu: float


def measure(lines: int, rounds: int, seed: int, out: Path) -> bool:
    """Import, back up, restore; print, and answer whether the budgets are kept."""
    path = ledger.write(out / f"ledger-{lines}-{seed}.csv", lines, seed)
    print(f"restore: a backup of {lines:,} imported lines, seed {seed}, {rounds} rounds")
    copies, restores = [], []
    with tempfile.TemporaryDirectory(dir=out) as folder:
        database = Path(folder) / "roi.duckdb"
        version = _imported(database, path)
        for _ in range(rounds):
            store = Store.open(database, purpose="bench")
            copies.append(_took(partial(keeping.backup, store, WHO)))
            backup = keeping.backups(store, WHO)[0]
            store.close()
            restores.append(_took(partial(keeping.restore, database, backup)))
            print(f"  restore {restores[-1].wall:.1f} s, {restores[-1].cpu:.1f} s CPU; ", end="")
            print(f"the engine's copy {copies[-1].wall:.1f} s, {copies[-1].cpu:.1f} s CPU")
            assert _version(database) == version, "another state came back"
    return _verdict(restores, copies, lines)


def _imported(database: Path, path: Path) -> int:
    store = empty_store(database)
    request = CostImport(path.read_bytes(), path.name, SOURCE, mode=Mode.ADD, limits=UNLIMITED)
    assert costs.import_costs(store, WHO, request).rows_added > 0
    version = store.version
    store.close()
    return version


def _version(database: Path) -> int:
    store = Store.open(database, purpose="bench")
    version = store.version
    store.close()
    return version


def _took(work: Callable[[], object]) -> Took:
    gc.collect()
    wall, cpu = time.monotonic(), time.process_time()
    work()
    return Took(time.monotonic() - wall, time.process_time() - cpu)


def _verdict(restores: list[Took], copies: list[Took], lines: int) -> bool:
    counts, peak = lines >= 1_000_000, peak_mb()
    told = "budget" if counts else "budget at a million lines, not judged here"
    seconds = max(one.wall for one in restores)
    ratio = median(one.cpu for one in restores) / median(one.cpu for one in copies)
    print(f"  slowest restore {seconds:.1f} s ({told}: {SECONDS_BUDGET:.0f})")
    print(f"  {ratio:.1f} times the engine's own copy ({told}: {RATIO_BUDGET:.0f})")
    print(f"  peak memory of the process {peak:.0f} MB ({told}: {MEMORY_BUDGET_MB})")
    kept = seconds <= SECONDS_BUDGET and ratio <= RATIO_BUDGET and peak <= MEMORY_BUDGET_MB
    return not counts or kept
