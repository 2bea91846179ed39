"""The small company, built once for a whole run and copied for each test that changes it."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from roi.actors import Actor
from roi.store.database import Store
from tests import sharing, small_company
from tests.small_company import SmallCompany

NAME = "roi.duckdb"


@pytest.fixture(scope="session")
def built(tmp_path_factory, finance: Actor, tech_leader: Actor) -> tuple[Path, tuple[int, ...]]:
    """The folder of the closed store, and the changes that its imports are."""

    def make(folder: Path) -> None:
        store = Store.open(folder / "store" / NAME, purpose="a test")
        imports = small_company.build(store, finance, tech_leader).imports
        store.close()
        (folder / "imports.json").write_text(json.dumps(imports))

    made = sharing.made_once(tmp_path_factory, "small-company", make)
    return made / "store", tuple(json.loads((made / "imports.json").read_text()))


@pytest.fixture
def company(built: tuple[Path, tuple[int, ...]], tmp_path: Path) -> Iterator[SmallCompany]:
    """An open copy of its own."""
    template, imports = built
    sharing.copy(template, tmp_path / "company")
    store = Store.open(tmp_path / "company" / NAME, purpose="a test")
    yield SmallCompany(store, imports)
    store.close()
