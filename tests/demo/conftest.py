"""The demo company, made once as `python -m roi demo` makes it."""

import pytest

from roi.demo import home


@pytest.fixture(scope="session")
def demo_path(tmp_path_factory):
    """The closed database of the demo company."""
    path = tmp_path_factory.mktemp("demo") / "demo.duckdb"
    home.make(path)
    return path


@pytest.fixture(scope="session")
def demo(demo_path):
    """The open demo company, to be looked at only."""
    store = home.Store.open(demo_path, purpose="a test")
    yield store
    store.close()
