"""What the marts do not ask of tables without rows says nothing: all asked, they hold the same."""

import re
from itertools import combinations
from pathlib import Path

import pytest

from roi.commands import structure
from roi.domain.structure import Company, Team, TeamKind
from roi.store import marts, secrets, statements
from tests import sharing
from tests.laws import whole
from tests.laws.whole import Line

PLAIN = ("amortisation", "run", "operating", "actual", "USD", 1_000_001)
LINES = [
    Line(202511, "team", "checkout", "Cloud", "cash_cost", "run", "operating", "actual", "EUR", 77_777),
    Line(202511, "team", "platform", "Salaries", "cash_cost", "grow", "", "outlook", "EUR", 12_345),
    Line(202511, "team", "platform", "Salaries", "recoverable_tax", "", "", "actual", "JPY", 999),
    *(Line(202511, "pool", name, "Rent", *PLAIN) for name in ("office", "rent", "unheard-of")),
    *(Line(202511, "person", name, "Salaries", *PLAIN) for name in ("P1", "P9")),
    *(
        Line(202512, kind, name, "", *PLAIN)
        for kind, name in (("area", "A100"), ("area", "A200"), ("team", "data"))
    ),
]
ALWAYS = """
insert into standard_rate values ('engineer', '', 202511, 'EUR', 500000, 1, 2147483647);
insert into value_mapping values ('books', 'cost_centre', 'A100', 'pool', 'rent', 1, 2147483647)
"""
SELDOM = {
    "assignment": "select person_key, 'checkout', 202511, null, 'engineer', '', 333333, 1, 2147483647 "
    "from coding where person_key != ''",
    "cost_pool": "values ('rent', 'Rent', 'even', false, 1, 2147483647), "
    "('office', 'Office', 'headcount', true, 1, 2147483647)",
    "exchange_rate": "values ('EUR', 'USD', 202511, 'average', 1085000000, '', 1, 2147483647)",
    "nature_policy": "values ('recoverable_tax', 202511, true, 1, 2147483647)",
    "people_category": "values ('Salaries', true, 1, 2147483647)",
    "platform_usage": "values ('platform', 'checkout', 202511, null, 7, 1, 2147483647), "
    "('platform', 'onboarding', 202511, 202511, 13, 1, 2147483647)",
}
"""The tables that seldom have rows, and some for each."""


@pytest.fixture(scope="module")
def ledger(empty_files, tmp_path_factory):
    """A ledger of all that can be named, with none of the rules that share it."""
    folder = tmp_path_factory.mktemp("left-out")
    sharing.copy(empty_files, folder)
    store = whole.Store.open(folder / "roi.duckdb", purpose="a test", check=False)
    structure.save_company(store, whole.EVERYBODY, Company("Brightwater Courses", "USD"))
    made = [Team(key, key.title()) for key in whole.STREAMS]
    made += [Team(key, key.title(), TeamKind.PLATFORM) for key in whole.GIVERS]
    structure.save_teams(store, whole.EVERYBODY, made)
    secrets.person_secret(store.path)
    whole.bring_in(store, LINES)
    yield store
    store.close()


def filled(cursor):
    marts.shadow(cursor)
    held = cursor.execute(statements.query("marts_fingerprint")).fetchall()
    shares = cursor.execute("select * from mart_share order by all").fetchall()
    marts.unshadow(cursor)
    return held, shares


def some_of(sizes):
    return [tables for size in sizes for tables in combinations(SELDOM, size)]


def test_the_tables_are_those_that_the_statements_name():
    folder = Path(statements.__file__).parent / "marts"
    texts = "".join(file.read_text() for file in folder.glob("*.sql"))
    named = {table for found in re.findall("-- only with: (.+)", texts) for table in found.split(", ")}
    assert named == set(marts.SELDOM) == SELDOM.keys()


@pytest.mark.parametrize("tables", some_of((0, 1, 5, 6)), ids=" ".join)
def test_t1_the_marts_are_the_same_as_when_every_table_is_asked(ledger, monkeypatch, tables):
    left_out = statements.marts
    with ledger.snapshot() as cursor:
        cursor.execute(ALWAYS)
        for table in tables:
            cursor.execute(f"insert into {table} {SELDOM[table]}")
        found = filled(cursor)
        monkeypatch.setattr(statements, "marts", lambda _: left_out(frozenset(SELDOM)))
        cursor.execute(statements.mart_macros())
        assert found == filled(cursor)
