"""Reports of a company with epics and outcomes beside one plain group by of its ledger.

The first report of a fresh process, the first after a change of nothing of value and after one reading,
another period, another value stream.
"""

import tempfile
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from functools import partial
from pathlib import Path

from bench import company, work
from bench.company import SCALES, WHO, Scale
from bench.rebuild import PLAIN, cpu, peak_mb
from roi.commands import outcomes as outcome_commands
from roi.commands import structure
from roi.domain.periods import Span, add_months
from roi.domain.structure import Company, Grade
from roi.domain.value import Reading
from roi.reports import outcomes, portfolio, team, teams
from roi.reports.shapes import Scope
from roi.store import read
from roi.store.database import Store

BUDGETS = {
    "after a new name of the company": 3.0,
    "after one reading": 8.0,
    "another period": 13.0,
    "another value stream": 3.0,
}
"""Portfolio beside the group by, middle scale."""


def measure(name: str, out: Path) -> bool:
    """Make a company of this scale with its work, measure and print; whether the budgets are kept."""
    scale = SCALES[name]
    with tempfile.TemporaryDirectory(dir=out) as folder:
        store = Store.open(Path(folder) / "roi.duckdb", purpose="bench")
        company.fill(store, scale)
        work.fill(store, scale)
        print(f"{name}: reports of {scale.teams:,} teams, {scale.lines:,} lines, {work.told(scale)}")
        kept = _portfolio(store, scale)
        _others(store, scale)
        store.close()
        print(f"  peak memory of the process {peak_mb():.0f} MB")
    return kept


def _portfolio(store: Store, scale: Scale) -> bool:
    today = work.last_day(scale)
    earlier = Scope(span=Span(add_months(scale.last_month, -5), add_months(scale.last_month, -3)))
    now = partial(portfolio.build, store, WHO, Scope(), today)
    found = {"first of the process": cpu(now)}
    structure.save_company(store, WHO, Company("Bench renamed", "EUR"))
    plain = min(cpu(lambda: _plain(store)) for _ in range(3))
    found["after a new name of the company"] = cpu(now)
    read_one(store, today)
    found["after one reading"] = cpu(now)
    found["another period"] = cpu(lambda: portfolio.build(store, WHO, earlier, today))
    folded = Scope(span=Span(add_months(scale.last_month, -8), add_months(scale.last_month, -6)))
    found["a third period, teams in outline as the page asks"] = cpu(
        lambda: portfolio.build(store, WHO, folded, today, ())
    )
    found["another value stream"] = cpu(
        lambda: portfolio.build(store, WHO, Scope(value_stream="stream-3"), today)
    )
    print(f"  one plain group by {plain:.3f} s CPU")
    for what, seconds in found.items():
        most = f" (budget {BUDGETS[what]:.0f})" if what in BUDGETS else ""
        print(f"  portfolio, {what}: {seconds:.2f} s CPU, {seconds / plain:.1f} times{most}")
    return scale.name != "medium" or all(found[what] / plain <= most for what, most in BUDGETS.items())


def read_one(store: Store, today: date) -> None:
    """One outcome that was read and shares its pool with others is read again."""
    with store.snapshot() as cursor:
        read_ones = (one for one in read.outcomes(cursor) if one.actual is not None)
        outcome = next(one for one in read_ones if one.metric.startswith("shared"))
    outcome_commands.record_reading(
        store,
        WHO,
        Reading(
            outcome.key,
            actual=Decimal(117),
            read_on=today,
            grade=Grade.B,
            evidence="seen",
            share_low=300_000,
            share_likely=400_000,
            share_high=500_000,
        ),
    )


def _plain(store: Store) -> None:
    with store.snapshot() as cursor:
        cursor.execute(PLAIN).fetchall()


def _others(store: Store, scale: Scale) -> None:
    """The other pages at the same version, each for the first time and for another period."""
    today, earlier = (
        work.last_day(scale),
        Scope(span=Span(add_months(scale.last_month, -8), scale.last_month)),
    )
    asked: dict[str, Callable[[Scope, date], object]] = {
        "teams": lambda scope, day: teams.build(store, WHO, scope, day),
        "a team": lambda scope, day: team.build(store, WHO, scope, "team-3", day),
        "outcomes": lambda scope, day: outcomes.build(store, WHO, scope, day),
    }
    for page, build in asked.items():
        first, again = (cpu(partial(build, scope, today)) for scope in (Scope(), earlier))
        print(f"  {page}: {first:.2f} s CPU, another period {again:.2f} s")
