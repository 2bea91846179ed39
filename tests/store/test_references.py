"""Every name leads to something that is there: the list of columns that name rows of other tables."""

import pytest

from roi.errors import UndoRefusedError
from roi.store import references
from roi.store.tables import TABLES


def test_every_line_of_the_list_is_about_tables_that_there_are_and_finds_nothing_in_a_whole_store(company):
    written = [line for line in references._NAMES.splitlines() if line]
    assert len(references._REFERENCES) == len(written) > 30, "a line of the list is not read"
    with company.store.cursor() as cursor:
        references.check(cursor, TABLES, TABLES)


@pytest.mark.parametrize(
    ("gone", "named"),
    [
        ("team", "is still used by cost line and 3 more"),
        ("epic", "is still used by plan of epic guided-setup and 1 more"),
        ("outcome", "is still used by forecast and 3 more"),
    ],
)
def test_what_is_still_named_is_not_let_go(company, gone, named):
    with pytest.raises(UndoRefusedError, match=named), company.store.snapshot() as cursor:
        cursor.execute(f"delete from {gone}")
        references.check(cursor, [gone], [gone])


@pytest.mark.parametrize(("table", "names"), [("epic", "team"), ("outcome", "epic"), ("reading", "outcome")])
def test_a_row_that_is_put_may_only_name_what_is_there(company, table, names):
    with pytest.raises(UndoRefusedError, match="is still used by"), company.store.snapshot() as cursor:
        cursor.execute(f"delete from {names}")
        references.check(cursor, [table], [])


@pytest.mark.parametrize(("query", "parts"), [("references", 3), ("references_value", 8)])
def test_a_part_of_a_query_is_asked_after_every_change_of_a_table_that_it_reads(query, parts):
    read = [tables for tables, _ in references._parts(query)]
    assert len(read) == parts
    for tables in read:
        assert tables
        assert tables <= TABLES.keys()
