"""An empty database: every page opens, says what will be there, and is usable by everybody."""

import pytest

from tests.e2e import server as servers
from tests.e2e.places import PLACES
from tests.e2e.walk import walk

THERE = {name: address for name, address in PLACES.items() if "&outcome=" not in address}
"""All but the forms about one outcome: there is none, and they are the page of outcomes then."""


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    """A server on an empty database; looking changes nothing, so one serves all."""
    started = servers.start(tmp_path_factory.mktemp("empty") / "roi.duckdb")
    yield started
    started.stop()


def test_every_page_of_an_empty_database_opens_is_accessible_and_fits_a_phone(server, look):
    assert walk(look(server), "empty-", THERE).faults == {}
