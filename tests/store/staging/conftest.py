"""Stages a text: the file is read, planned and typed, and nothing is stored."""

import pytest

from roi.domain.importing import Settings
from roi.ingest import planning, uploaded
from roi.ingest.planning import Asked
from roi.store import staging
from roi.store.changes import NewChange, Put, record_rows
from roi.store.database import Store
from tests.store.staging.staged import TEAMS


@pytest.fixture(scope="module")
def store(tmp_path_factory):
    """One store for all: staging leaves nothing in it."""
    opened = Store.open(tmp_path_factory.mktemp("staging") / "roi.duckdb", purpose="a test")
    yield opened
    opened.close()


@pytest.fixture(scope="module")
def teams(store, finance):
    rows = tuple(
        {
            "team": name.lower().replace(" ", "-"),
            "name": name,
            "kind": "stream_aligned",
            "value_stream": "",
            "division": "",
            "starts": None,
            "ends": None,
        }
        for name in TEAMS
    )
    with store.write() as cursor:
        record_rows(cursor, NewChange(finance, "teams"), [Put("team", rows)])


@pytest.fixture(scope="module")
def stage(store, teams):
    """Stages a text and answers with what was found and the typed lines."""

    def stage_it(text, aside=(), **said):
        table, issues = uploaded.read(text.encode(), "costs.csv", store.spool_folder)
        assert not [issue for issue in issues if issue.is_blocker], issues
        planned = planning.plan(table, Asked("Books", Settings(**said), aside))
        assert planned.plan, planned.issues
        with store.snapshot() as cursor:
            found = staging.stage(cursor, planned.plan, lambda key: f"hidden-{len(key)}")
            result = cursor.execute("select * from staged_line order by source_row")
            names = [column[0] for column in result.description]
            lines = [dict(zip(names, row, strict=True)) for row in result.fetchall()]
        return found, lines

    return stage_it
