"""The small company, built once for a whole run and copied for each test that changes it."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from roi.actors import Actor
from roi.store.database import Store
from tests import small_company
from tests.small_company import SmallCompany

NAME = "roi.duckdb"


@pytest.fixture(scope="session")
def built(tmp_path_factory, finance: Actor, tech_leader: Actor) -> tuple[Path, tuple[int, ...]]:
    """The folder of the closed store, and the changes that its imports are."""
    folder = tmp_path_factory.mktemp("built")
    store = Store.open(folder / NAME, purpose="a test")
    imports = small_company.build(store, finance, tech_leader).imports
    store.close()
    return folder, imports


@pytest.fixture
def company(built: tuple[Path, tuple[int, ...]], tmp_path: Path) -> Iterator[SmallCompany]:
    """An open copy of its own."""
    template, imports = built
    folder = tmp_path / "company"
    shutil.copytree(template, folder, ignore=shutil.ignore_patterns("*.lock", "*.spool"))
    store = Store.open(folder / NAME, purpose="a test")
    yield SmallCompany(store, imports)
    store.close()
