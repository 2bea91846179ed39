"""The small company, built once for a whole run and copied for each test that changes it."""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from roi.actors import Actor
from roi.store.database import Store
from tests import sharing, small_company
from tests.small_company import SmallCompany

NAME = "roi.duckdb"
Built = tuple[Path, tuple[int, ...]]
"""The folder of a closed store, and the changes that its imports are."""


@pytest.fixture(scope="session")
def built(tmp_path_factory, finance: Actor, tech_leader: Actor) -> Built:
    """The folder of the closed store, and the changes that its imports are."""

    def make(folder: Path) -> None:
        store = Store.open(folder / "store" / NAME, purpose="a test")
        imports = small_company.build(store, finance, tech_leader).imports
        store.close()
        (folder / "imports.json").write_text(json.dumps(imports))

    made = sharing.made_once(tmp_path_factory, "small-company", make)
    return made / "store", tuple(json.loads((made / "imports.json").read_text()))


def grown(built: Built, folder: Path, grow: Callable[[Store], object]) -> Built:
    """The same as `built`, with what `grow` adds to it: made once for the tests of a file."""
    sharing.copy(built[0], folder)
    store = Store.open(folder / NAME, purpose="a test", check=False)
    grow(store)
    store.close()
    return folder, built[1]


@contextmanager
def opened(built: Built, folder: Path) -> Iterator[SmallCompany]:
    """An open copy of its own; what a start finds out about it is asked elsewhere, of stores that changed."""
    template, imports = built
    sharing.copy(template, folder)
    store = Store.open(folder / NAME, purpose="a test", check=False)
    yield SmallCompany(store, imports)
    store.close()


@pytest.fixture
def company(built: Built, tmp_path: Path) -> Iterator[SmallCompany]:
    """See `opened`."""
    with opened(built, tmp_path / "company") as small:
        yield small
