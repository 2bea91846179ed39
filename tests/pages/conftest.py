"""A small company in the store that a page opens, and the page as a headless run of it."""

import json
import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path

import pytest
from streamlit.components.v2 import manifest_scanner
from streamlit.runtime.pages_manager import PagesManager
from streamlit.testing.v1 import AppTest, local_script_runner

from roi.actors import Actor, local_user
from roi.domain.money import SHARE_WHOLE
from roi.store.changes import NewChange, Put, Recorder, record_rows
from roi.store.database import Store
from roi.store.tables import COST_LINE_COLUMNS
from roi.ui import session
from tests import ledger_lines, sharing
from tests.reports.valuing import GROWTH, GROWTH_CELL, PLAN

PROJECT = Path(__file__).resolve().parents[2]
NOBODY = local_user("A test")
LINED = (
    ("finance_line", [GROWTH]),
    ("line_cell", [GROWTH_CELL]),
    ("outcome_plan", [{**PLAN, "agreed_on": None, "outcome": "o1"}]),
)
"""The line on which its money shows: without one nothing of a cash class is confirmed (rule V8)."""


@dataclass
class Seed:
    """Writes rows through the one write path, then lets go of the file so that the page can open it."""

    path: Path
    actor: Actor = field(default_factory=lambda: NOBODY)

    @contextmanager
    def _open(self) -> Iterator[Store]:
        """Whoever opens the page checks."""
        store = Store.open(self.path, purpose="a test", check=False)
        yield store
        store.close()

    def rows(self, table: str, *rows: dict[str, object], months: Sequence[int] = ()) -> None:
        self.changes((table, rows), months=months)

    def changes(self, *made: tuple[str, Sequence[dict[str, object]]], months: Sequence[int] = ()) -> None:
        """Rows of some tables, a change each."""
        with self._open() as store:
            for table, rows in made:
                with store.write() as cursor:
                    record_rows(
                        cursor, NewChange(self.actor, "test"), [Put(table, tuple(rows))], months=months
                    )

    def company(self, name: str = "Alder Learning", currency: str = "GBP") -> None:
        pairs = {"company_name": name, "currency": currency, "fiscal_start": "1"}
        self.rows("setting", *({"name": key, "value": value} for key, value in pairs.items()))

    def team(self, key: str, name: str, stream: str = "", kind: str = "stream_aligned") -> None:
        self.rows(
            "team",
            {
                "team": key,
                "name": name,
                "kind": kind,
                "value_stream": stream,
                "division": "",
                "starts": None,
                "ends": None,
            },
        )

    def costs(self, *lines: tuple[int, str, str, int], currency: str = "GBP") -> None:
        """Lines of (month, team, cost centre, minor units)."""
        detail = {"source": "books", "mode": "add"}
        with self._open() as store, store.write() as cursor:
            new = NewChange(self.actor, "import costs", source_name="costs.csv", detail=detail)
            recorder = Recorder(cursor, new)
            for number, line in enumerate(lines, start=2):
                ledger_lines.add(cursor, recorder.change_id, [_cost_line(number, line, currency)])
            recorder.touch(sorted({line[0] for line in lines}))
            recorder.seal()

    def outcome(
        self, team: str, *, is_confirmed: bool, value_class: str = "revenue", has_line: bool = True
    ) -> None:
        """An epic of the team whose one outcome is read, and confirmed by finance if asked."""
        epic = {
            "epic": "e1",
            "name": "Guided first lesson",
            "team": team,
            "kind": "feature",
            "started": date(2015, 1, 1),
            "delivered": date(2015, 1, 31),
            "planned_share": SHARE_WHOLE // 2,
            "is_obligation": False,
        }
        given = {"outcome": "o1", "confirmed_by": "Fay", "confirmed_on": date(2015, 4, 1), "valid_to": None}
        ticks = [{**given, "tick": tick} for tick in ("movement", "unit_value", "share")]
        self.changes(
            ("epic", [epic]),
            ("outcome", [{**_outcome(), "value_class": value_class}]),
            *(LINED if has_line else ()),
            *((("confirmation", [tick]) for tick in ticks) if is_confirmed else ()),
        )


def _cost_line(number: int, line: tuple[int, str, str, int], currency: str) -> dict[str, object]:
    month, team, centre, amount = line
    given = {
        "source_row": number,
        "source": "books",
        "month": month,
        "period_first": month,
        "period_last": month,
        "team": team,
        "cost_centre": centre,
        "category": "salaries",
        "supplier": "=cmd()",
        "scenario": "actual",
        "nature": "cash_cost",
        "currency": currency,
        "amount_minor": amount,
    }
    return {name: given.get(name, "") for name in COST_LINE_COLUMNS}


def _outcome() -> dict[str, object]:
    return {
        "outcome": "o1",
        "epic": "e1",
        "metric": "Users who finish onboarding",
        "unit": "users",
        "direction": "up",
        "baseline": Decimal(100),
        "target_low": Decimal(110),
        "target_likely": Decimal(120),
        "target_high": Decimal(130),
        "by_when": date(2015, 3, 31),
        "value_class": "revenue",
        "unit_value": Decimal(50),
        "currency": "GBP",
        "value_basis": "booked",
        "owner": "Olu",
        "grade": "B",
        "evidence": "controlled comparison",
        "actual": Decimal(120),
        "read_on": date(2015, 3, 31),
        "share_low": 500_000,
        "share_likely": 800_000,
        "share_high": SHARE_WHOLE,
    }


@pytest.fixture
def seed(empty_files: Path, tmp_path: Path) -> Seed:
    """An empty store, closed."""
    sharing.copy(empty_files, tmp_path)
    return Seed(tmp_path / "roi.duckdb")


@pytest.fixture(scope="session")
def small_files(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The closed files of the small company, to be copied for each test, made once for a whole run."""
    return sharing.made_once(tmp_path_factory, "small", _make_small)


def _make_small(folder: Path) -> None:
    seed = Seed(folder / "roi.duckdb")
    seed.company()
    seed.team("onboarding", "Onboarding", "Enrolment")
    seed.team("search", "Catalogue & <b>search</b>", "Enrolment")
    seed.team("platform", "Platform", kind="platform")
    seed.costs(
        (201501, "onboarding", "", 1_000_000),
        (201502, "onboarding", "", 1_100_000),
        (201503, "onboarding", "", 1_200_000),
        (201501, "search", "", 500_000),
        (201503, "search", "", 700_000),
        (201502, "platform", "", 300_001),
        (201502, "", "FACILITIES <i>ELM</i>", 250_050),
    )


@pytest.fixture
def small(small_files: Path, tmp_path: Path) -> Seed:
    """A company with two teams in one stream, one beside it, three months of cost, some of it in suspense."""
    sharing.copy(small_files, tmp_path)
    return Seed(tmp_path / "roi.duckdb")


Open = Callable[..., AppTest]


@pytest.fixture(scope="session", autouse=True)
def _look_for_packages_with_components_once() -> Iterator[None]:
    """A headless run reads what every installed package says of itself: a third of the time of a page."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(
            manifest_scanner, "scan_component_manifests", cache(manifest_scanner.scan_component_manifests)
        )
        yield


@pytest.fixture(scope="session", autouse=True)
def _wait_for_the_script_itself() -> Iterator[None]:
    """A headless run looks a thousand times a second whether its script has ended, which slows the script."""
    look = local_script_runner.require_widgets_deltas

    def wait(runner: local_script_runner.LocalScriptRunner, timeout: float = 3) -> None:
        runner._script_thread.join(timeout)
        look(runner, timeout if runner.script_stopped() else 0)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(local_script_runner, "require_widgets_deltas", wait)
        yield


def _forget_the_folder(monkeypatch: pytest.MonkeyPatch) -> None:
    """A headless run takes each run for the first of a server, in which a page's file is run alone."""
    begin = PagesManager.__init__

    def begin_with_navigation(self: PagesManager, *args: object, **kwargs: object) -> None:
        begin(self, *args, **kwargs)
        PagesManager.uses_pages_directory = False

    monkeypatch.setattr(PagesManager, "__init__", begin_with_navigation)


@pytest.fixture
def open_page(monkeypatch: pytest.MonkeyPatch) -> Iterator[Open]:
    """Run a page through the door, as the browser does; nothing may have gone wrong in it."""
    monkeypatch.chdir(PROJECT)
    _forget_the_folder(monkeypatch)

    def run(page: str = "", **query: str) -> AppTest:
        app = AppTest.from_file(str(PROJECT / "dashboard.py"), default_timeout=60)
        app.query_params.update(query)
        if page:  # known by the name of its file, as it is by an address: no other page is run before
            app.switch_page(f"pages/{page}.py")
        app.run()
        assert not app.exception, app.exception
        assert "could not be drawn" not in shown(app)
        return app

    yield run
    session.close()


HEADING = re.compile(r"<(h1|h2)\b[^>]*>.*?</\1>|<p class=\"lede\">.*?</p>")
TOGETHER = re.compile(r'<span class="nb">([^<]*)</span>')
KNOWN = re.compile(r"</?(?:button|span)[^>]*>")


def placed(app: AppTest) -> str:
    """All markup of a page: what `st.html` and our own component were given, but where no line may end."""
    html = [str(element.proto.body) for element in app.get("html")]
    given = [element.proto.json for element in app.get("bidi_component")]
    ours = [str(json.loads(one)) for one in given if one]  # one that only listens is given nothing
    return TOGETHER.sub(r"\1", "\n".join([*html, *ours]))


def shown(app: AppTest) -> str:
    """All markup of a page; after it its titles once more, as they are read."""
    html = placed(app)
    return "\n".join([html, *(KNOWN.sub("", found[0]) for found in HEADING.finditer(html))])


@pytest.fixture
def wizard(seed, open_page):
    seed.company()
    return open_page("data", view="import")
