"""An empty company with three teams, made once and copied for each example."""

import shutil
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from roi.commands import structure
from roi.domain.structure import Company, Team
from roi.store.database import Store
from tests.laws.ledgers import TEAMS

STREAMS = {"onboarding": "Enrolment", "checkout": "Enrolment", "course-delivery": "Learning"}


@pytest.fixture(scope="session")
def founded(tmp_path_factory, tech_leader) -> Path:
    """The closed store of the empty company."""
    folder = tmp_path_factory.mktemp("founded")
    store = Store.open(folder / "roi.duckdb", purpose="a test")
    structure.save_company(store, tech_leader, Company("Brightwater Courses", "USD"))
    made = [Team(key, name, value_stream=STREAMS[key]) for key, name in TEAMS.items()]
    structure.save_teams(store, tech_leader, made)
    store.close()
    return folder


@pytest.fixture(scope="session")
def fresh(founded: Path) -> Callable[[], AbstractContextManager[Store]]:
    """A store of its own for one example."""

    @contextmanager
    def opened() -> Iterator[Store]:
        with TemporaryDirectory() as folder:
            for file in founded.glob("roi.*"):
                if file.is_file() and file.suffix != ".lock":
                    shutil.copy(file, folder)
            store = Store.open(Path(folder) / "roi.duckdb", purpose="a test", check=False)
            try:
                yield store
            finally:
                store.close()

    return opened
