"""Builds the small company and prints every figure of it: in another time zone, language or year."""

import contextlib
import io
import json
import locale
import os
import sys
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from hashlib import sha256
from pathlib import Path

from roi.actors import Actor, Role
from roi.cli import main as program
from roi.reports import calendar, epic, export, outcomes, portfolio, teams
from roi.reports.shapes import LedgerFilter, Scope
from roi.store import backups, clock, lockfile, migrations, statements
from roi.store.changes import NewChange, Put, Recorder
from roi.store.database import Store
from tests import small_company

YEARS = int(sys.argv[2]) if __name__ == "__main__" else 0


class Clock(datetime):
    """A clock that is some years off."""

    @classmethod
    def now(cls, tz=None):
        """The time that it shows."""
        return datetime.now(tz) + timedelta(days=365 * YEARS)


READS_THE_CLOCK = (backups, clock, lockfile, migrations)
"""The modules below the screen that ask what time it is; `test_surroundings` finds others."""
DAY = date(2026, 5, 1)
"""The company's own day, as the demo company has one: what is frozen and due goes by it, not by the clock."""


def main(folder: Path) -> None:
    """Build, answer, print."""
    for module in READS_THE_CLOCK:
        module.datetime = Clock
    language = locale.setlocale(locale.LC_ALL, "")
    finance, leader = Actor("F", frozenset({Role.FINANCE})), Actor("T", frozenset({Role.TECH_LEADER}))
    store = Store.open(folder / "roi.duckdb", purpose="a child")
    with store.write() as cursor:
        recorder = Recorder(cursor, NewChange(finance, "say the day"))
        recorder.put(Put("setting", ({"name": clock.OWN_DAY, "value": DAY.isoformat()},)))
        recorder.seal()
    small_company.build(store, finance, leader)
    told = figures(store, finance)
    with store.snapshot() as cursor:
        # A change bears the company's own day; the steps of the schema bear the clock's.
        (year,) = cursor.execute("select max(year(recorded_at)) from schema_version").fetchall()[0]
    store.close()
    told["command line"] = said(folder / "roi.duckdb")
    print(json.dumps({"figures": told, "year": year, "now": datetime.now(UTC).year, "language": language}))


def figures(store: Store, finance: Actor) -> dict[str, str]:
    """Every figure and every file, as text."""
    today, scope = store.today, Scope()
    with store.snapshot() as cursor:
        marts = cursor.execute(statements.query("marts_fingerprint")).fetchall()
    its = outcomes.build(store, finance, scope, today)
    return {
        # What changed lately goes by the day on which it did, and is no figure.
        "portfolio": repr(replace(portfolio.build(store, finance, scope, today), since=None)),
        "teams": repr(teams.build(store, finance, scope, today)),
        "outcomes": repr(its),
        "epics": repr([epic.build(store, finance, scope, one.epic.key, today) for one in its.epics]),
        "calendar": repr(calendar.build(store, finance, scope, today)),
        "team costs": export.team_cost_csv(store, finance, scope).sha256,
        "obligations": export.obligations_csv(store, finance, scope, today).sha256,
        "ledger": sha256(export.ledger_csv(store, finance, LedgerFilter()).content).hexdigest(),
        "marts": repr(marts),
    }


def said(database: Path) -> str:
    """What `show` says, which opens the store by itself."""
    os.environ |= {"ROI_DATABASE": str(database), "ROI_COMPANY": "own"}
    words = io.StringIO()
    with contextlib.redirect_stdout(words):
        assert program.main(["show", "--json"]) == 0, words.getvalue()
    return words.getvalue()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
