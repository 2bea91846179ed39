"""The upload wizard's own work on one file, while somebody else keeps reading: seconds, memory, answers."""

import tempfile
import threading
import time
from collections.abc import Callable
from pathlib import Path

from bench import ledger
from bench.importing import WHO, empty_store
from bench.rebuild import peak_mb
from roi.commands import costs
from roi.commands.changing.requests import CostImport
from roi.domain.importing import Mode
from roi.reports import portfolio
from roi.reports.shapes import Scope
from roi.store.database import Store

SECONDS, MEMORY_MB, ANSWER_SECONDS = 10.0, 1024, 2.0
"""What a step, the process and an answer to another reader may take (ux.md 8, reliability.md 14).

A step is judged by its processor seconds, the reader's among them: on a machine that does nothing else it
takes no longer by the clock.
"""


class Reader:
    """Another session: it asks for the first page again and again until it is told to stop."""

    def __init__(self, store: Store) -> None:
        """Begin at once."""
        self.seconds: list[float] = []
        self._store, self._stop = store, threading.Event()
        self._thread = threading.Thread(target=self._read)
        self._thread.start()

    def stop(self) -> None:
        """Finish the answer at hand."""
        self._stop.set()
        self._thread.join()

    def _read(self) -> None:
        while not self._stop.is_set():
            begun = time.perf_counter()
            assert portfolio.build(self._store, WHO, Scope()).ledger.is_known
            self.seconds.append(time.perf_counter() - begun)


def measure(lines: int, seed: int, out: Path) -> bool:
    """Read, preview and import a file beside as much that is there already; whether all budgets are kept."""
    paths = [ledger.write(out / f"ledger-{lines}-{each}.csv", lines, each) for each in (seed, seed + 1)]
    print(f"wizard: {lines:,} lines beside as many, {paths[1].stat().st_size / 1e6:.0f} MB")
    with tempfile.TemporaryDirectory(dir=out) as folder:
        store = empty_store(Path(folder) / "roi.duckdb")
        costs.import_costs(store, WHO, _request(paths[0]))
        base = peak_mb()
        asked = _request(paths[1])
        steps = (
            ("read", lambda: costs.read_file(store, WHO, asked.content, asked.name, asked.source)),
            ("preview", lambda: costs.preview(store, WHO, asked)),
            ("import", lambda: costs.import_costs(store, WHO, asked)),
        )
        is_kept = min([_step(store, name, work) for name, work in steps])
        store.close()
    peak = peak_mb()
    print(f"  peak memory {peak:.0f} MB (budget {MEMORY_MB}; {base:.0f} MB before the file came)")
    return is_kept and peak <= MEMORY_MB


def _request(path: Path) -> CostImport:
    return CostImport(path.read_bytes(), path.name, "wizard", mode=Mode.ADD)


def _step(store: Store, name: str, work: Callable[[], object]) -> bool:
    reader = Reader(store)
    begun, used = time.perf_counter(), time.process_time()
    work()
    seconds, busy = time.perf_counter() - begun, time.process_time() - used
    reader.stop()
    slowest = max(reader.seconds)
    print(
        f"  {name} {busy:.1f} s of processor with the reader's (budget {SECONDS:.0f}), {seconds:.1f} s "
        f"by the clock; meanwhile {len(reader.seconds)} answers, the slowest in {slowest:.2f} s "
        f"(budget {ANSWER_SECONDS:.0f})"
    )
    return busy <= SECONDS and slowest <= ANSWER_SECONDS
