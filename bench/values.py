"""Reports of a company with epics and outcomes beside one plain group by of its ledger.

The first report of a fresh process, the first after a change of data, another period, another value stream.
"""

import tempfile
from collections.abc import Callable
from datetime import date
from functools import partial
from pathlib import Path

from bench import company, work
from bench.company import SCALES, WHO, Scale
from bench.rebuild import PLAIN, cpu, peak_mb
from roi.commands import structure
from roi.domain.periods import Span, add_months
from roi.domain.structure import Company
from roi.reports import outcomes, portfolio, team, teams
from roi.reports.shapes import Scope
from roi.store.database import Store

FIRST_BUDGET, PERIOD_BUDGET, STREAM_BUDGET = 50.0, 20.0, 4.0
"""Portfolio beside the group by, middle scale: first after a change, another period, another value stream."""


def measure(name: str, out: Path) -> bool:
    """Make a company of this scale with its work, measure and print; whether the budgets are kept."""
    scale = SCALES[name]
    with tempfile.TemporaryDirectory(dir=out) as folder:
        store = Store.open(Path(folder) / "roi.duckdb", purpose="bench")
        company.fill(store, scale)
        work.fill(store, scale)
        epics = scale.teams * work.EPICS_A_TEAM
        print(f"{name}: reports of {scale.teams:,} teams, {scale.lines:,} lines, {epics:,} epics, ", end="")
        print(f"{epics * work.OUTCOMES_AN_EPIC:,} outcomes")
        kept = _portfolio(store, scale)
        _others(store, scale)
        store.close()
        print(f"  peak memory of the process {peak_mb():.0f} MB")
    return kept


def _portfolio(store: Store, scale: Scale) -> bool:
    today = work.last_day(scale)
    earlier = Scope(span=Span(add_months(scale.last_month, -5), add_months(scale.last_month, -3)))
    fresh = cpu(lambda: portfolio.build(store, WHO, Scope(), today))
    structure.save_company(store, WHO, Company("Bench renamed", "EUR"))
    plain = cpu(lambda: _plain(store))
    found = {
        "first of the process": fresh,
        "first after a change": cpu(lambda: portfolio.build(store, WHO, Scope(), today)),
        "another period": cpu(lambda: portfolio.build(store, WHO, earlier, today)),
        "another value stream": cpu(
            lambda: portfolio.build(store, WHO, Scope(value_stream="stream-3"), today)
        ),
    }
    print(f"  one plain group by {plain:.3f} s CPU")
    for what, seconds in found.items():
        print(f"  portfolio, {what}: {seconds:.2f} s CPU, {seconds / plain:.1f} times")
    budgets = (FIRST_BUDGET, PERIOD_BUDGET, STREAM_BUDGET)
    print("  budgets: after a change {:.0f}, period {:.0f}, value stream {:.0f} times".format(*budgets))
    ratios = [seconds / plain for seconds in found.values()][1:]
    return scale.name != "medium" or all(one <= most for one, most in zip(ratios, budgets, strict=True))


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
