"""A plain file in columns is typed column by column, and says the same as when the engine types it."""

import duckdb
import pyarrow as pa
import pytest

from roi.store import arrow, staging_counted, staging_texts, staging_typed, statements
from tests.store.staging.staged import HEADER

LINES = "2025-01,Search,1.00,EUR\n2025-02,Core Infra,-2.50,EUR\n2025-01,Search,0.25,EUR\n"
WORDED = "month,team,amount,currency,supplier,reference,description\n"
TEXTS = (
    *("", " ", "Total", " total ", "total\u2003", "Summe:", "x" * 40, "sous-total général:", "\u00a0Öl AG"),
    *("Acme", "Acme ", "\tAcme", "Gesamt", "GRAND TOTAL", "Grösse", "to", "Zwischensumme", "Rent, May", "é"),
    *("totales general:", "Insgesamt", "net total", "Öl", "somme", "sub-total", "a\u2003", "overall sums"),
)


@pytest.fixture
def in_both_ways(stage, monkeypatch):
    """What is staged of a text by column and by the engine, and whether columns were the way."""

    def stage_it(text, **said):
        ways, put = [], staging_typed.put
        monkeypatch.setattr(arrow, "MANY", 1)
        with monkeypatch.context() as patched:
            patched.setattr(staging_typed, "put", lambda *told: ways.append(put(*told)) or ways[-1])
            by_column = stage(text, **said)
        monkeypatch.setattr(arrow, "MANY", 50_000)
        return by_column, stage(text, **said), ways[0]

    return stage_it


def test_plain_lines_are_typed_by_column(in_both_ways):
    by_column, by_engine, is_by_column = in_both_ways(HEADER + LINES)
    assert is_by_column
    assert by_column == by_engine
    assert [line["amount_minor"] for line in by_column[1]] == [100, -250, 25]


@pytest.mark.parametrize("texts", [TEXTS[::2], TEXTS[1::2], TEXTS])
def test_texts_with_blanks_and_signs_beyond_ascii_are_the_same(in_both_ways, texts):
    lines = "".join(f'2025-01,Search,1.00,EUR,"{one}","{one[::-1]}","{one}"\n' for one in texts)
    by_column, by_engine, is_by_column = in_both_ways(WORDED + lines)
    assert is_by_column
    assert by_column == by_engine


@pytest.mark.parametrize(
    ("module", "name"),
    [
        *((staging_typed, "FEW_KEYS"), (staging_counted, "FEW_KEYS")),
        *((staging_typed, "_MOST_SUMS"), (staging_typed, "_LARGEST_SUM")),
    ],
)
def test_many_keys_and_large_sums_are_the_same(in_both_ways, monkeypatch, module, name):
    monkeypatch.setattr(module, name, 1)
    by_column, by_engine, is_by_column = in_both_ways(HEADER + LINES)
    assert is_by_column
    assert by_column == by_engine


@pytest.mark.parametrize(
    "line",
    [
        *("2025-01,Search,1.5,EUR", "2025-01,Search,1.00,JPY", ",Search,1.00,EUR", "2025-13,Search,1.00,EUR"),
        *("2025-01,Search,1.00,XXX", ",Total,1.00,EUR", "2025-01,Search,,EUR"),
    ],
)
def test_what_is_not_plain_is_typed_by_the_engine(in_both_ways, line):
    by_column, by_engine, is_by_column = in_both_ways(f"{HEADER}{LINES}{line}\n")
    assert not is_by_column
    assert by_column == by_engine


def test_every_plain_total_and_every_blank_end_is_seen_at_the_bytes():
    column = pa.array(TEXTS)
    with duckdb.connect() as connection:
        connection.execute(statements.staging("3_macros"))
        query = "select is_plain_total(text), trim(text) = text from (select unnest($texts) as text)"
        rows = connection.execute(query, {"texts": list(TEXTS)}).fetchall()
    may = staging_texts.may_be_totals(column)
    assert all(may[place] for place, (is_total, _) in enumerate(rows) if is_total)
    assert not may[TEXTS.index("Rent, May")]
    for text, (_, is_trimmed) in zip(TEXTS, rows, strict=True):
        assert is_trimmed or not staging_texts.are_trimmed(pa.array([text]))
    assert staging_texts.are_trimmed(pa.array(["Acme", "", "a b"]))


@pytest.mark.parametrize(
    ("line", "code"),
    [
        (f"2025-01,Search,1.00,EUR,{'a' * 201},r,d\n", "too_long"),
        (f"2025-01,Search,1.00,EUR,s,{'é' * 101},d\n", ""),
        (f"2025-01,Search,1.00,EUR,s,r,{'d' * 10_001}\n", "too_long"),
        ("2025-01,Search,-1000000000.00,EUR,s,r,d\n", "large_amount"),
        ("2025-01,Search,999999999.99,EUR,s,r,d\n", ""),
    ],
)
def test_what_is_to_be_said_of_long_texts_and_large_amounts_is_the_same(in_both_ways, line, code):
    by_column, by_engine, is_by_column = in_both_ways(WORDED + "2025-01,Search,1.00,EUR,,,\n" + line)
    assert is_by_column
    assert by_column == by_engine
    assert [issue.code for issue in by_column[0].issues] == ([code] if code else [])


def test_a_month_that_is_not_the_stated_one_is_told_of_columns(in_both_ways):
    by_column, by_engine, is_by_column = in_both_ways(HEADER + LINES, stated=(("month", "2025-01"),))
    assert is_by_column
    assert by_column == by_engine
    assert [(issue.column, issue.count) for issue in by_column[0].issues] == [("month", 1)]


@pytest.mark.parametrize(
    "text",
    [
        "month,team,amount,currency,period_start,period_end\n2025-01,Search,1.00,EUR,01/02/2025,\n",
        "month,team,amount,currency,period_end\n2025-02,Search,2.00,EUR,03/13/2025\n2025-03,Search,2.00,EUR,\n",
        "date,team,amount,currency\n01/02/2025,Search,1.00,EUR\n13/02/2025,,2.00,EUR\n,Total,3.00,\n",
        "team,amount,currency,category\nSearch,1.00,EUR,\nSearch,1.00,EUR,Cloud\n,Total,2.00,\n",
    ],
)
def test_dates_and_bookings_are_counted_as_by_the_engine(in_both_ways, text):
    stated = () if "month" in text or "date" in text else (("month", "2025-01"),)
    by_column, by_engine, _ = in_both_ways(text, stated=stated)
    assert by_column == by_engine
