"""The small company, built once for a whole run and copied for each test that changes it."""

import shutil
from pathlib import Path

from roi.actors import Actor
from roi.store.database import Store
from tests import small_company
from tests.small_company import SmallCompany

NAME = "roi.duckdb"


def build(folder: Path, finance: Actor, tech_leader: Actor) -> tuple[Path, tuple[int, ...]]:
    """Build it and close it; the answer is what `copy` takes."""
    store = Store.open(folder / NAME, purpose="a test")
    imports = small_company.build(store, finance, tech_leader).imports
    store.close()
    return folder, imports


def copy(built: tuple[Path, tuple[int, ...]], folder: Path) -> SmallCompany:
    """An open copy of its own; whoever asked closes it."""
    template, imports = built
    shutil.copytree(template, folder, ignore=shutil.ignore_patterns("*.lock", "spool"))
    return SmallCompany(Store.open(folder / NAME, purpose="a test"), imports)
