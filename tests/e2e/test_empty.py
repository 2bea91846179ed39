"""An empty database: every page opens, says what will be there, and is usable by everybody."""

import pytest

from tests.e2e import server as servers
from tests.e2e.conftest import PHONE
from tests.e2e.places import PLACES


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    """A server on an empty database; looking changes nothing, so one serves all."""
    started = servers.start(tmp_path_factory.mktemp("empty") / "roi.duckdb")
    yield started
    started.stop()


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_every_page_of_an_empty_database_opens_and_is_accessible(server, look, theme):
    screen = look(server, theme=theme)
    found = {}
    for name, address in PLACES.items():
        screen.open(address)
        screen.must_be_whole()
        screen.photograph(f"empty-{name}-{theme}")
        if problems := screen.inaccessible() + screen.pale():
            found[name] = problems
    assert found == {}


def test_every_page_of_an_empty_database_fits_a_phone(server, look):
    screen = look(server, size=PHONE)
    wide = {}
    for name, address in PLACES.items():
        screen.open(address)
        screen.must_be_whole()
        screen.photograph(f"empty-{name}-phone")
        if screen.sideways():
            wide[name] = screen.sideways()
    assert wide == {}
