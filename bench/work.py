"""Made-up epics and outcomes for a company of `bench.company`, written by SQL as one change."""

from datetime import date
from pathlib import Path

from bench import company
from bench.company import FIRST, WHO, Scale
from roi.domain.periods import add_months
from roi.store.changes import NewChange, Recorder
from roi.store.database import Store

EPICS_A_TEAM, OUTCOMES_AN_EPIC = 20, 2
_SQL = (Path(__file__).parent / "work.sql").read_text()


def last_day(scale: Scale) -> date:
    """The day on which this company is looked at: some days before its last month ends."""
    return date(scale.last_month // 100, scale.last_month % 100, 28)


def fill(store: Store, scale: Scale) -> None:
    """Add epics and outcomes to the company that is in the store."""
    with store.write() as cursor:
        recorder = Recorder(cursor, NewChange(WHO, "bench"))
        known = {
            "change": recorder.change_id,
            "teams": scale.teams,
            "epics": scale.teams * EPICS_A_TEAM,
            "months": scale.months,
            "month_list": [add_months(FIRST, number) for number in range(scale.months)],
            "first_day": date(FIRST // 100, FIRST % 100, 2),
            "last_day": last_day(scale),
            "pools": scale.teams * 8 // 5,
        }
        for name, value in known.items():
            cursor.execute(f"set variable {name} = $value", {"value": value})
        cursor.execute(_SQL)
        recorder.seal()


def make(folder: str, scale: Scale) -> Path:
    """The database of the company with its work in this folder, closed: a server opens it."""
    database = Path(folder) / "roi.duckdb"
    store = Store.open(database, purpose="bench")
    company.fill(store, scale)
    fill(store, scale)
    store.close()
    return database


def told(scale: Scale) -> str:
    """How much work the company has."""
    epics = scale.teams * EPICS_A_TEAM
    return f"{epics:,} epics, {epics * OUTCOMES_AN_EPIC:,} outcomes"
