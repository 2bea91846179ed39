"""Import beside DuckDB's own parse of the same file, and the portfolio beside one plain pass over it."""

import gc
import tempfile
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path
from statistics import median
from typing import ParamSpec

import duckdb
import pyarrow.csv  # noqa: F401 - what a process loads once is counted neither here nor of the yardstick

from bench import ledger
from bench.rebuild import peak_mb
from roi.actors import local_user
from roi.commands import costs, structure
from roi.commands.changing.requests import CostImport
from roi.domain.importing import UNLIMITED, Mode
from roi.domain.structure import Company, Team
from roi.reports import portfolio
from roi.reports.shapes import Scope
from roi.store.database import Store

P = ParamSpec("P")
OUT = Path(__file__).parent / "out"
WHO = local_user("Bench")
SOURCE = "bench"
IMPORT_BUDGET = 6.0
"""Import ≤ 6 times the processor time of DuckDB's own parse of the same file."""
MEMORY_BUDGET_MB = 1024
PARSE = "select max(columns(*)) from read_csv($path, all_varchar = true)"
PLAIN = "select month, team, currency, sum(amount_minor) from cost_line group by all"


def measure(lines: int, rounds: int, seed: int) -> bool:
    """Measure and print; whether the budgets are kept."""
    path = ledger.write(OUT / f"ledger-{lines}-{seed}.csv", lines, seed)
    size = path.stat().st_size / 1e6
    print(f"import: {lines:,} lines, {size:.0f} MB, seed {seed}, {rounds} rounds, CPU seconds")
    imports, parses = [], []
    with tempfile.TemporaryDirectory(dir=OUT) as folder:
        for number in range(rounds):
            store = empty_store(Path(folder) / f"{number}.duckdb")
            content = path.read_bytes()
            looking = _cpu(_look, store, content, path.name)
            imports.append(_cpu(_import, store, content, path.name))
            parses.append(_cpu(_parse, path))
            ratio = imports[-1] / parses[-1]
            print(f"  import {imports[-1]:.2f}   parse {parses[-1]:.2f}   ratio {ratio:.1f}   ", end="")
            print(f"(first look at the file {looking:.2f})")
            if number < rounds - 1:
                store.close()
        _reports(store)
        store.close()
    return _verdict(median(imports) / median(parses), lines)


def _cpu(work: Callable[P, object], *args: P.args, **kwargs: P.kwargs) -> float:
    """Processor seconds of all threads of this process."""
    gc.collect()
    before = time.process_time()
    work(*args, **kwargs)
    return time.process_time() - before


def empty_store(path: Path) -> Store:
    """A company with the ledger's teams and no cost."""
    store = Store.open(path, purpose="bench")
    structure.save_company(store, WHO, Company("Bench", "EUR"))
    structure.save_teams(store, WHO, [Team(_key(name), name) for name in ledger.TEAMS])
    return store


def _key(name: str) -> str:
    return name.lower().replace(" ", "-")


def _look(store: Store, content: bytes, name: str) -> None:
    """What the wizard's first step does: find the table and guess its columns."""
    assert costs.read_file(store, WHO, content, name, SOURCE, limits=UNLIMITED).table is not None


def _import(store: Store, content: bytes, name: str) -> None:
    """Decode, read, check, compare, store, bring the figures up to date: one change."""
    request = CostImport(content, name, SOURCE, mode=Mode.ADD, limits=UNLIMITED)
    assert costs.import_costs(store, WHO, request).rows_added > 0


def _parse(path: Path) -> None:
    with duckdb.connect() as connection:
        connection.execute("set enable_progress_bar = false")
        connection.execute(PARSE, {"path": str(path)}).fetchall()


def _reports(store: Store) -> None:
    """The portfolio's answer from the marts, beside one plain pass over the same lines."""

    def plain() -> None:
        with store.cursor() as cursor:
            cursor.execute(PLAIN).fetchall()

    def report() -> None:
        assert portfolio.build(store, WHO, Scope(), date(2026, 12, 31)).ledger.is_known

    report()
    passes, answers = [], []
    for _ in range(5):
        answers.append(_cpu(report))
        passes.append(_cpu(plain))
    answer, scan = median(answers), median(passes)
    print(f"portfolio report {answer * 1000:.0f} ms CPU; one plain group by {scan * 1000:.0f} ms CPU")


def _verdict(ratio: float, lines: int) -> bool:
    peak, counts = peak_mb(), lines >= 1_000_000
    told = "budget" if counts else "budget at a million lines, not judged here"
    print(f"  import is {ratio:.2f} times the parse ({told}: {IMPORT_BUDGET:.0f})")
    print(f"  peak memory of the process {peak:.0f} MB ({told}: {MEMORY_BUDGET_MB})")
    return not counts or (ratio <= IMPORT_BUDGET and peak <= MEMORY_BUDGET_MB)
