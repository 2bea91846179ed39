"""Builds the small company and prints every figure of it: in another time zone, language or year."""

import json
import sys
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from hashlib import sha256
from pathlib import Path

from roi.actors import Actor, Role
from roi.reports import export, portfolio, teams
from roi.reports.shapes import LedgerFilter, Scope
from roi.store import backups, changes, statements
from roi.store.database import Store
from tests import small_company

YEARS = int(sys.argv[2])


class Clock(datetime):
    """A clock that is some years off."""

    @classmethod
    def now(cls, tz=None):
        """The time that it shows."""
        return datetime.now(tz) + timedelta(days=365 * YEARS)


def main(folder: Path) -> None:
    """Build, answer, print."""
    changes.datetime = backups.datetime = Clock
    finance, leader = Actor("F", frozenset({Role.FINANCE})), Actor("T", frozenset({Role.TECH_LEADER}))
    store = Store.open(folder / "roi.duckdb", purpose="a child")
    small_company.build(store, finance, leader)
    today = date(2026, 5, 1)
    ledger = export.ledger_csv(store, finance, LedgerFilter()).content
    with store.snapshot() as cursor:
        marts = cursor.execute(statements.query("marts_fingerprint")).fetchall()
        (year,) = cursor.execute("select max(year(recorded_at)) from change").fetchall()[0]
    told = {
        # What changed lately goes by the day on which it did, and is no figure.
        "portfolio": repr(replace(portfolio.build(store, finance, Scope(), today), since=None)),
        "teams": repr(teams.build(store, finance, Scope(), today)),
        "team costs": export.team_cost_csv(store, finance, Scope()).sha256,
        "ledger": sha256(ledger).hexdigest(),
        "marts": repr(marts),
    }
    store.close()
    print(json.dumps({"figures": told, "year": year, "now": datetime.now(UTC).year}))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
