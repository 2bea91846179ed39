"""A small company, built through the one write path, whose every figure is known by hand."""

import shutil
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from hashlib import sha256
from pathlib import Path

import pytest

from roi.actors import Actor
from roi.store.changes import End, NewChange, Put, Recorder
from roi.store.database import Store
from tests import ledger_lines
from tests.reports.valuing import GROWTH, GROWTH_CELL, PLAN

LINE = {
    "source": "erp",
    "period_first": None,
    "period_last": None,
    "team": "",
    "cost_centre": "",
    "pool": "",
    "person_key": "",
    "category": "staff",
    "supplier": "",
    "reference": "",
    "description": "",
    "scenario": "actual",
    "nature": "cash_cost",
    "intent": "grow",
    "treatment": "operating",
    "line_key": "",
    "aside": "",
    "currency": "GBP",
}
OUTCOME = {
    "unit": "learners",
    "direction": "up",
    "baseline": "1000",
    "target_low": "1100",
    "target_likely": "1200",
    "target_high": "1400",
    "by_when": None,
    "value_class": "revenue",
    "unit_value": "10",
    "currency": "GBP",
    "value_basis": "booked",
    "owner": "Olga",
    "grade": "C",
    "evidence": "dashboard 7",
    "actual": "",
    "read_on": None,
    "share_low": 400_000,
    "share_likely": 500_000,
    "share_high": 600_000,
}
EPIC = {"kind": "feature", "delivered": None, "planned_share": 500_000, "is_obligation": False}


class Built:
    """A store and short ways to change it; every method is one numbered change and answers its number."""

    def __init__(self, store: Store, actor) -> None:
        self.store, self.actor = store, actor

    def _change(self, kind: str, work: Callable[[Recorder], None], **about: object) -> int:
        with self.store.write() as cursor:
            recorder = Recorder(cursor, NewChange(self.actor, kind, **about))
            work(recorder)
            return recorder.seal().change_id

    def put(self, table: str, *rows: dict) -> int:
        return self._change(f"save {table}", lambda recorder: recorder.put(Put(table, rows)))

    def touch(self, months: Sequence[int]) -> int:
        """Bring the cost of some months up to date, as a command does that changes who bears it."""
        return self._change("touch", lambda recorder: recorder.touch(list(months)))

    def end(self, table: str, *keys: tuple) -> int:
        return self._change(f"end {table}", lambda recorder: recorder.end(End(table, keys)))

    def map(self, area: str, kind: str, value: str, months: list[int], source: str = "erp") -> int:
        row = {"source": source, "field": "cost_centre", "sent": area, "kind": kind, "value": value}

        def work(recorder: Recorder) -> None:
            recorder.put(Put("value_mapping", (row,)))
            recorder.touch(months)

        return self._change("map areas", work)

    def lines(self, *rows: dict, file: str = "costs.csv") -> int:
        def work(recorder: Recorder) -> None:
            for number, row in enumerate(rows, start=2):
                line = {**LINE, "source_row": number, **row}
                line["period_first"] = line["period_last"] = line["month"]
                ledger_lines.add(recorder.cursor, recorder.change_id, [line])
            recorder.touch(sorted({row["month"] for row in rows}))

        digest = sha256(f"{file}{rows}".encode()).hexdigest()
        return self._change("import costs", work, source_name=file, source_sha256=digest)

    def undo_lines(self, change_id: int, months: list[int]) -> int:
        def work(recorder: Recorder) -> None:
            recorder.cursor.execute(
                "update ledger_line set removed_by = ? where added_by = ? and removed_by = 2147483647",
                [recorder.change_id, change_id],
            )
            recorder.touch(months)

        return self._change("undo", work, undoes=change_id)

    def control(self, first: int, last: int, amount: int, source: str = "erp", currency: str = "GBP") -> int:
        row = {
            "source": source,
            "scenario": "actual",
            "currency": currency,
            "first_month": first,
            "last_month": last,
            "amount_minor": amount,
            "reason": "",
        }
        return self.put("control_total", row)

    def company(self, name: str = "Alder", currency: str = "GBP", fiscal_start: int = 1) -> int:
        pairs = {"company_name": name, "currency": currency, "fiscal_start": str(fiscal_start)}
        return self.put("setting", *({"name": key, "value": value} for key, value in pairs.items()))

    def team(self, key: str, name: str, kind: str = "stream_aligned", stream: str = "") -> int:
        row = {
            "team": key,
            "name": name,
            "kind": kind,
            "value_stream": stream,
            "division": "",
            "starts": None,
            "ends": None,
        }
        return self.put("team", row)

    def epic(self, key: str, team: str, started: date, **more: object) -> int:
        row = {**EPIC, "epic": key, "name": f"Epic {key}", "team": team, "started": started, **more}
        return self.put("epic", row)

    def outcome(self, key: str, epic: str, **more: object) -> int:
        """An outcome that names the line on which its money shows, as cash must to count (rule V8)."""
        row = {**OUTCOME, "metric": f"weekly active {key}", "outcome": key, "epic": epic, **more}

        place = {} if row["currency"] == GROWTH["currency"] else {"line": f"growth {row['currency']}"}

        def work(recorder: Recorder) -> None:
            recorder.put(Put("finance_line", ({**GROWTH, **place, "currency": row["currency"]},)))
            recorder.put(Put("line_cell", ({**GROWTH_CELL, **place},)))
            recorder.put(Put("outcome", (row,)))
            made = {**PLAN, **place, "agreed_on": None, "outcome": key}
            asked = "select line from live_outcome_plan where outcome = ?"
            stored = [line for (line,) in recorder.cursor.execute(asked, [key]).fetchall()]
            if not stored or (stored[0].startswith(GROWTH["line"]) and stored[0] != made["line"]):
                recorder.put(Put("outcome_plan", (made,)))

        return self._change("save outcome", work)

    def confirm(self, outcome: str, by: str = "Fiona", ticks: str = "movement unit_value share") -> int:
        rows = (
            {
                "outcome": outcome,
                "tick": tick,
                "confirmed_by": by,
                "confirmed_on": date(2015, 4, 2),
                "valid_to": None,
            }
            for tick in ticks.split()
        )
        return self.put("confirmation", *rows)


@pytest.fixture
def built(store, finance) -> Built:
    """An empty store that finance works on."""
    return Built(store, finance)


def _alder(built: Built) -> None:
    """Alder in the first quarter of 2015, pounds.

    | month | Onboarding | Search | Platform | excluded | suspense |    all |
    |-------|-----------:|-------:|---------:|---------:|---------:|-------:|
    | Jan   |    1000.00 | 400.00 |   200.00 |    50.00 |    30.00 | 1680.00 |
    | Feb   |    1000.00 |        |   200.00 |          |   -10.01 | 1189.99 |
    | Mar   |    2000.00 | 600.00 |   200.00 |          |     7.00 | 2807.00 |

    Changes: 1 company, 2-4 teams, 5 mapping, 6-8 the three files; a plan line and a euro line in March's.
    """
    built.company()
    built.team("onboarding", "Onboarding", stream="Enrolment")
    built.team("search", "Search", stream="Catalogue")
    built.team("platform", "Platform", kind="platform")
    built.map("Engineering", "team", "onboarding", [])
    built.lines(
        {"month": 201501, "cost_centre": "Engineering", "amount_minor": 60_000, "intent": "run"},
        {"month": 201501, "cost_centre": "Engineering", "amount_minor": 40_000, "description": "=1+1"},
        {"month": 201501, "team": "search", "amount_minor": 40_000},
        {"month": 201501, "team": "platform", "amount_minor": 20_000, "category": "cloud"},
        {"month": 201501, "team": "search", "nature": "severance", "amount_minor": 5_000},
        {"month": 201501, "cost_centre": "Estates", "amount_minor": 3_000},
        file="january.csv",
    )
    built.lines(
        {"month": 201502, "cost_centre": "Engineering", "amount_minor": 100_000, "treatment": "capital"},
        {"month": 201502, "team": "platform", "amount_minor": 20_000, "category": "cloud"},
        {"month": 201502, "cost_centre": "Engineering", "aside": "which team?", "amount_minor": -1_001},
        file="february.csv",
    )
    built.lines(
        {"month": 201503, "cost_centre": "Engineering", "amount_minor": 200_000},
        {"month": 201503, "team": "search", "amount_minor": 60_000},
        {"month": 201503, "team": "platform", "amount_minor": 20_000, "category": "cloud"},
        {"month": 201503, "amount_minor": 700},
        {"month": 201503, "team": "search", "scenario": "plan", "amount_minor": 999_999},
        {"month": 201503, "team": "search", "currency": "EUR", "amount_minor": 12_345},
        file="march.csv",
    )


def _alder_returning(company: Built) -> None:
    """Alder with two epics of Onboarding, both delivered in January and read; one epic of Search, unread.

    Onboarding planned 50 % + 25 % in January. `learners`: 100 more × £10 × share 0.4/0.5/0.6 = £400/500/600
    a month, February and March confirmed: £1000 (800–1200). `hours`: avoided cost £250 a month, confirmed.
    """
    _alder(company)
    company.epic("lesson", "onboarding", date(2015, 1, 5), delivered=date(2015, 1, 20))
    company.epic("desk", "onboarding", date(2015, 1, 5), delivered=date(2015, 1, 25), planned_share=250_000)
    company.epic("finder", "search", date(2015, 2, 1), planned_share=400_000)
    company.outcome("learners", "lesson", actual="1100", read_on=date(2015, 3, 31))
    company.outcome(
        "hours", "desk", value_class="cost_avoided", actual="1050", read_on=date(2015, 3, 31), grade="D"
    )
    company.outcome("clicks", "finder")
    company.confirm("learners")
    company.confirm("hours")


def made_once(folder: Path, actor: Actor, make: Callable[[Built], None]) -> Path:
    """The closed files of a company, to be copied for each test: making one takes half a second."""
    store = Store.open(folder / "roi.duckdb", purpose="a test")
    make(Built(store, actor))
    store.close()
    return folder


@pytest.fixture(scope="session")
def alder_files(tmp_path_factory, finance) -> Path:
    return made_once(tmp_path_factory.mktemp("alder"), finance, _alder)


@pytest.fixture(scope="session")
def returning_files(tmp_path_factory, finance) -> Path:
    return made_once(tmp_path_factory.mktemp("returning"), finance, _alder_returning)


def opened_copy(files: Path, folder: Path, actor: Actor) -> Iterator[Built]:
    """An open copy of its own, for one test."""
    copy = shutil.copytree(files, folder / "company")
    store = Store.open(copy / "roi.duckdb", purpose="a test", check=False)
    yield Built(store, actor)
    store.close()


def looked_at(files: Path, folder: Path, actor: Actor) -> Iterator[Built]:
    """An open copy that the tests of a file share, as they only look at it: what is kept is made once."""
    for built in opened_copy(files, folder, actor):
        version = built.store.version
        yield built
        assert built.store.version == version, "a test changed what the tests of its file only look at"


@pytest.fixture(scope="module")
def alder(alder_files, tmp_path_factory, finance) -> Iterator[Built]:
    """See `_alder`; to be looked at only."""
    yield from looked_at(alder_files, tmp_path_factory.mktemp("looked-at"), finance)


@pytest.fixture(scope="module")
def alder_returning(returning_files, tmp_path_factory, finance) -> Iterator[Built]:
    """See `_alder_returning`; to be looked at only."""
    yield from looked_at(returning_files, tmp_path_factory.mktemp("looked-at"), finance)


@pytest.fixture
def company(alder_files, tmp_path, finance) -> Iterator[Built]:
    """See `_alder`."""
    yield from opened_copy(alder_files, tmp_path, finance)


@pytest.fixture
def returning(returning_files, tmp_path, finance) -> Iterator[Built]:
    """See `_alder_returning`."""
    yield from opened_copy(returning_files, tmp_path, finance)
