"""What every test may ask for: a store of its own, people in each role, a small company, the real files."""

import atexit
import os
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from roi.actors import Actor, Role
from roi.demo import home
from roi.store.database import Store
from tests import sharing
from tests.kept_company import built, company

__all__ = ["built", "company"]

PROJECT = Path(__file__).resolve().parents[1]
ROUNDS = int(os.environ.get("ROI_ROUNDS", "1"))
CHECKED, CHECK_SECONDS = os.environ.pop("ROI_CHECKED", ""), 600
"""The file that says that the checks beside `make test` are told; nothing that a test starts waits for it."""
SOAKED: Counter[str] = Counter()
"""What the fault tests of this run went through, by its name."""

# `make test` gives the same examples each time; `make soak` looks further, and at random.
settings.register_profile("steady", deadline=None, derandomize=True, database=None)
settings.register_profile(
    "soak",
    deadline=None,
    max_examples=100 * ROUNDS,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.load_profile("soak" if ROUNDS > 1 else "steady")


@atexit.register
def keep_the_closing_line_last() -> None:
    """Silence what comes after pytest's closing line.

    While the interpreter ends, the engine's Python binding lists what property tests left in caches of
    the interpreter. That is no leak of ours and cannot be turned off from Python.
    """
    sys.stderr.flush()
    os.dup2(os.open(os.devnull, os.O_WRONLY), 2)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: object) -> sharing.Sharing:
    """Two processes share the tests out as `tests/sharing.py` says."""
    config.option.loadscopereorder = False
    return sharing.Sharing(config, log)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """What takes longest comes first where several processes share the tests out."""
    if hasattr(config, "workerinput"):
        items.sort(key=lambda item: sharing.turn(item.nodeid))


@pytest.fixture(scope="session")
def demo_files(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the closed demo company `demo.duckdb`, made once for a whole run; to be copied."""
    return sharing.made_once(tmp_path_factory, "demo", lambda folder: home.make(folder / "demo.duckdb"))


@pytest.fixture(scope="session")
def project() -> Path:
    """The folder of the project."""
    return PROJECT


@pytest.fixture(scope="session")
def rounds() -> int:
    """How many times as many rounds as usual a fault test makes (`make soak`)."""
    return ROUNDS


@pytest.fixture(scope="session")
def soaked() -> Callable[[str, int], None]:
    """Count what a fault test went through, for the report of `make soak`."""

    def count(what: str, number: int) -> None:
        SOAKED[what] += number

    return count


def pytest_sessionfinish(session: pytest.Session) -> None:
    """One of several processes hands over what it counted."""
    if hasattr(session.config, "workeroutput"):
        session.config.workeroutput["soaked"] = dict(SOAKED)


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node: object) -> None:
    """What the processes counted, together."""
    SOAKED.update(getattr(node, "workeroutput", {}).get("soaked", {}))


def wait_for_the_checks() -> None:
    """`make test` tells them before the closing line; nothing waits for ever."""
    limit = time.monotonic() + CHECK_SECONDS
    while CHECKED and not Path(CHECKED).exists() and time.monotonic() < limit:
        time.sleep(0.1)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """After many rounds: what was gone through, counted; the report stays in `test-results`."""
    wait_for_the_checks()
    if ROUNDS == 1 or not SOAKED:
        return
    outcomes = {name: len(terminalreporter.stats.get(name, ())) for name in ("passed", "failed", "skipped")}
    told = [f"Soak of {ROUNDS} rounds, {datetime.now(UTC):%Y-%m-%d %H:%M} UTC"]
    told += [f"{number:>9,}  {what}" for what, number in sorted((*SOAKED.items(), *outcomes.items()))]
    terminalreporter.section("soak")
    terminalreporter.write_line("\n".join(told))
    report = PROJECT / "test-results" / "soak.txt"
    report.parent.mkdir(exist_ok=True)
    report.write_text("\n".join((*told, "")), encoding="utf-8")


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of public files beside the project; tests that need it carry the marker `real`."""
    folder = Path(os.environ.get("ROI_SHARED", PROJECT.parent / "shared"))
    if not (folder / "data" / "real").is_dir():
        pytest.skip(f"NOT TESTED: the real public ledgers are not at {folder} (set ROI_SHARED)")
    return folder


@pytest.fixture(autouse=True)
def keep_own_data_out(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No test reads or writes the data of whoever runs it."""
    monkeypatch.setenv("ROI_DATABASE", str(tmp_path / "roi.duckdb"))


def _make_empty(folder: Path) -> None:
    Store.open(folder / "roi.duckdb", purpose="a test").close()


@pytest.fixture(scope="session")
def empty_files(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a closed store that holds nothing, made once for a whole run; to be copied."""
    return sharing.made_once(tmp_path_factory, "empty", _make_empty)


@pytest.fixture
def store(empty_files: Path, tmp_path: Path) -> Iterator[Store]:
    """An empty store, closed afterwards; it is the one that `ROI_DATABASE` names."""
    sharing.copy(empty_files, tmp_path)
    opened = Store.open(tmp_path / "roi.duckdb", purpose="a test", check=False)
    yield opened
    opened.close()


def _person(name: str, role: Role) -> Actor:
    return Actor(name, frozenset({role}))


@pytest.fixture(scope="session")
def finance() -> Actor:
    """Somebody of finance."""
    return _person("Fiona", Role.FINANCE)


@pytest.fixture(scope="session")
def tech_leader() -> Actor:
    """A technical leader."""
    return _person("Tara", Role.TECH_LEADER)


@pytest.fixture(scope="session")
def executive() -> Actor:
    """An executive."""
    return _person("Eve", Role.EXECUTIVE)


@pytest.fixture(scope="session")
def owner() -> Actor:
    """The owner of an outcome."""
    return _person("Olga", Role.OWNER)


@pytest.fixture(scope="session")
def admin() -> Actor:
    """Whoever keeps the store."""
    return _person("Adam", Role.ADMIN)
