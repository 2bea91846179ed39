"""The demo company, made as `python -m roi demo` makes it."""

import shutil

import pytest

from roi.demo import home


@pytest.fixture(scope="session")
def demo_path(demo_files, tmp_path_factory):
    """The closed database of the demo company."""
    return shutil.copytree(demo_files, tmp_path_factory.mktemp("demo") / "copy") / "demo.duckdb"


@pytest.fixture(scope="session")
def demo(demo_path):
    """The open demo company, to be looked at only."""
    store = home.Store.open(demo_path, purpose="a test")
    yield store
    store.close()
