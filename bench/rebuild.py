"""All figures computed anew, one month of them, and the questions of the pages, beside one plain group by."""

import resource
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import date
from multiprocessing import get_context
from pathlib import Path
from statistics import median
from typing import NamedTuple

from bench.company import SCALES, WHO, fill
from roi.domain.periods import Span, add_months
from roi.reports import portfolio, teams
from roi.reports.ground import kept
from roi.reports.shapes import Scope
from roi.store import marts, read, statements
from roi.store.database import Store

PLAIN = "select month, team, currency, sum(amount_minor) from live_cost_line group by all"
FIGURES = """
select 'team_cost', count(*), bit_xor(hash(f)), sum(cast(hash(f) as hugeint)) from mart_team_cost as f
union all
select 'full_cost', count(*), bit_xor(hash(f)), sum(cast(hash(f) as hugeint)) from mart_full_cost as f
union all
select 'role_month', count(*), bit_xor(hash(f)), sum(cast(hash(f) as hugeint)) from mart_role_month as f
"""
"""Every row of the figures in a few numbers, whatever their order; sorting them would take the memory."""
QUERIES: dict[str, dict[str, object]] = {
    "placed_by_month": {},
    "full_by_month": {"basis": "actual", "by_giver": False},
    "full_sums": {},
    "heads_by_month": {},
    "cost_breakdown": {},
    "suspense_by_name": {"pay": True},
}
"""The six queries of Portfolio and Teams, with what they ask besides a year."""
REBUILD_BUDGET, MONTH_BUDGET, MEMORY_BUDGET_MB = 30.0, 50.0, 2560
_ROUNDS, _FETCHED = 3, 10_000


class Undone(Exception):  # noqa: N818 - not an error: it rolls a measurement back
    """Rolls back what was only measured."""


class Measured(NamedTuple):
    """Processor seconds of each, by the median of the rounds."""

    plain: float
    rebuild: float
    month: float
    questions: tuple[tuple[str, float, float], ...]
    queries: tuple[tuple[str, float], ...]
    is_equal: bool
    memory_mb: float


def peak_mb() -> float:
    """The most memory this process had so far."""
    unit = 1024**2 if sys.platform == "darwin" else 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / unit


def cpu(work: Callable[[], object]) -> float:
    """Processor seconds of all threads of this process."""
    before = time.process_time()
    work()
    return time.process_time() - before


def measure(name: str, out: Path) -> Measured:
    """Fill a company of this scale and measure it."""
    scale = SCALES[name]
    with tempfile.TemporaryDirectory(dir=out) as folder:
        database = Path(folder) / "roi.duckdb"
        filled = _filled_apart(database, name)
        store = Store.open(database, purpose="bench")
        print(f"{name}: {scale.teams:,} teams, {scale.people:,} people, {scale.months} months, ", end="")
        print(f"{scale.lines:,} lines (made in {filled:.1f} s CPU)")
        stored = _again(store, [])[1]
        plains, wholes, months, equal = [], [], [], True
        for _ in range(_ROUNDS if scale.lines < 1_000_000 else 1):
            plains.append(cpu(lambda: _plain(store)))
            for taken, some in ((wholes, None), (months, [scale.last_month])):
                seconds, figures = _again(store, some)
                taken.append(seconds)
                equal = equal and figures == stored
        memory, queries = peak_mb(), tuple(_queries(store, scale.last_month))
        asked = tuple(_questions(store, scale.last_month))
        store.close()
    return Measured(median(plains), median(wholes), median(months), asked, queries, equal, memory)


def _filled_apart(database: Path, name: str) -> float:
    """Make the company in a process of its own, whose memory is not the figures'; its processor seconds."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    child = get_context("spawn").Process(target=_fill, args=(database, name))
    child.start()
    child.join()
    if child.exitcode:
        message = "the company was not made"
        raise RuntimeError(message)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def _fill(database: Path, name: str) -> None:
    store = Store.open(database, purpose="bench")
    fill(store, SCALES[name])
    store.close()


def _plain(store: Store) -> None:
    """Its rows are fetched some at a time: three million of them kept would be most of the memory."""
    with store.snapshot() as cursor:
        cursor.execute(PLAIN)
        while cursor.fetchmany(_FETCHED):
            pass


def _again(store: Store, months: list[int] | None) -> tuple[float, object]:
    """Bring the figures of these months up to date, all of them for None, and keep nothing of it.

    Answers with the seconds it took, and with a fingerprint of all figures as they then were.
    """
    found: list[tuple[float, object]] = []
    try:
        with store.write() as cursor:
            chosen = marts.all_months(cursor) if months is None else months
            seconds = cpu(lambda: marts.refresh(cursor, chosen))
            found.append((seconds, cursor.execute(FIGURES).fetchall()))
            raise Undone
    except Undone:
        return found[0]


def _queries(store: Store, last: int) -> Iterator[tuple[str, float]]:
    """Each query for the last year on a warm cursor: the median of some rounds, rows fetched."""
    year = {"first": add_months(last, -11), "last": last}
    with store.snapshot() as cursor:
        read.look_in(cursor, "EUR", is_converted=True)
        for name, more in QUERIES.items():
            text = statements.text("queries", name)
            params = {key: value for key, value in {**year, **more}.items() if f"${key}" in text}
            taken = [cpu(lambda name=name, params=params: _fetched(cursor, name, params)) for _ in range(4)]
            yield name, median(taken[1:])


def _fetched(cursor: read.Cursor, name: str, params: dict[str, object]) -> int:
    return len(cursor.execute(statements.query(name), params).fetchall())


def _questions(store: Store, last: int) -> list[tuple[str, float, float]]:
    """What the first two pages ask, each from the stored figures: for the first period, and for others."""
    asked = {"portfolio": portfolio.build, "teams": teams.build}
    answers, today = [], date(2030, 1, 1)
    for name, build in asked.items():
        kept.forget()
        first = cpu(lambda build=build: build(store, WHO, Scope(), today))
        others = [Scope(Span(add_months(last, -back), last)) for back in (0, 1, 2)]
        later = [cpu(lambda build=build, one=one: build(store, WHO, one, today)) for one in others]
        answers.append((name, first, median(later)))
    return answers


def say(name: str, found: Measured) -> bool:
    """Print what was measured; whether it keeps the budgets, which are judged at the large scale."""
    rebuild, month = found.rebuild / found.plain, found.rebuild / found.month
    print(f"  one plain group by {found.plain:.3f} s CPU; ", end="")
    print(f"all figures {found.rebuild:.2f} s, {rebuild:.1f} times")
    print(f"  one month {found.month:.3f} s, {month:.0f} times cheaper than all; equal: {found.is_equal}")
    whole = sum(seconds for _, seconds in found.queries)
    print(f"  the six queries of Portfolio and Teams for a year: {whole * 1000:.0f} ms CPU, ", end="")
    print(f"{whole / found.plain:.2f} of the group by (", end="")
    print(", ".join(f"{query} {seconds * 1000:.0f}" for query, seconds in found.queries), end=")\n")
    for question, first, later in found.questions:
        print(f"  {question}: {first * 1000:.0f} ms CPU at a new version, ", end="")
        print(f"{first / found.plain:.2f} of the group by; ", end="")
        print(f"another period {later * 1000:.0f} ms, {later / found.plain:.2f}")
    print(f"  peak memory of the process, before the questions {found.memory_mb:.0f} MB")
    if name != "large":
        return found.is_equal
    is_cheap = rebuild <= REBUILD_BUDGET and month >= MONTH_BUDGET and found.memory_mb <= MEMORY_BUDGET_MB
    print(f"  budgets: {REBUILD_BUDGET:.0f} times, {MONTH_BUDGET:.0f} times cheaper, {MEMORY_BUDGET_MB} MB")
    return found.is_equal and is_cheap
