"""The table in a file: delimiter, header under titles, physical lines, ragged records."""

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from roi.domain.importing import Limits
from roi.ingest import uploaded

HEADER = "month,team,amount,currency,description\n"


def codes(issues):
    return [issue.code for issue in issues]


@pytest.mark.parametrize("mark", [",", ";", "\t", "|"])
def test_each_delimiter_is_found(read, rows, mark):
    table, issues = read((HEADER + "2025-01,Search,5.00,EUR,x\n").replace(",", mark))
    assert issues == ()
    assert table.delimiter == mark
    assert rows(table) == [(2, ["2025-01", "Search", "5.00", "EUR", "x"])]


def test_a_decimal_comma_does_not_look_like_a_delimiter(read):
    table, _ = read("Monat;Team;Betrag;Währung\n2025-01;A;1.050,75;EUR\n2025-01;B;3,10;EUR\n")
    assert table.delimiter == ";"
    assert table.headers == ("Monat", "Team", "Betrag", "Währung")


def test_the_line_that_names_the_delimiter_is_obeyed(read):
    table, _ = read("sep=;\nmonth;team;amount;currency\n2025-01;A,B;5;EUR\n")
    assert table.delimiter == ";"
    assert table.records == 1


def test_title_rows_are_skipped_and_said(read, rows):
    table, issues = read('"EA >£25k, October",,,,\n\nReport FINAL,,,,\n' + HEADER + "2025-01,A,5,EUR,x\n")
    assert codes(issues) == ["title_rows"]
    assert issues[0].lines == (1, 3)
    assert table.header_line == 4
    assert rows(table)[0][0] == 5


def test_a_month_in_a_title_row_is_no_header(read):
    table, _ = read("Organisation,,Partnerships\nMonth,,01.07.2010\n\n" + HEADER + "2025-01,A,5,EUR,x\n")
    assert table.headers[0] == "month"


def test_blank_records_are_dropped_and_counted(read, rows):
    table, issues = read(HEADER + "2025-01,A,5,EUR,x\n,,,,\n \n2025-02,A,6,EUR,y\n,,,,\n")
    assert issues == ()
    assert (table.records, table.blank_records) == (2, 3)
    assert [line for line, _ in rows(table)] == [2, 5]


def test_empty_columns_to_the_right_are_ignored(read, rows):
    table, issues = read(HEADER.strip() + ",,\n2025-01,A,5,EUR,x,,\n2025-02,A,6,EUR,y\n")
    assert issues == ()
    assert [cells[:5] for _, cells in rows(table)] == [
        ["2025-01", "A", "5", "EUR", "x"],
        ["2025-02", "A", "6", "EUR", "y"],
    ]


def test_trailing_delimiters_on_some_records_are_no_error(read):
    table, issues = read(HEADER + "2025-01,A,5,EUR,x,,\n2025-02,A,6,EUR,y\n")
    assert issues == ()
    assert table.records == 2


def test_a_short_record_is_named_with_its_line(read, rows):
    table, issues = read(HEADER + "2025-01,A,5,EUR,x\n2025-02,A\n2025-03,A\n2025-04,A,5,EUR,x\n")
    assert codes(issues) == ["short_record"]
    assert issues[0].is_blocker
    assert (issues[0].line, issues[0].count, issues[0].lines) == (3, 2, (3, 4))
    assert [line for line, _ in rows(table)] == [2, 5]


def test_a_long_record_is_named_with_its_line(read):
    _, issues = read(HEADER + "2025-01,A,5,EUR,x\n2025-02,A,1,234,EUR,x\n")
    assert codes(issues) == ["long_record"]
    assert issues[0].line == 3


def test_a_short_and_a_long_record_do_not_cancel_out(read):
    _, issues = read(HEADER + "2025-01,A,5,EUR\n2025-02,A,5,EUR,x,y\n")
    assert codes(issues) == ["short_record", "long_record"]


def test_lines_are_counted_through_quoted_line_breaks(read, rows):
    table, issues = read(HEADER + '2025-01,A,5,EUR,"a ""b""\nc, d"\n2025-02,A,6,EUR,y\n')
    assert issues == ()
    assert rows(table) == [
        (2, ["2025-01", "A", "5", "EUR", 'a "b"\nc, d']),
        (4, ["2025-02", "A", "6", "EUR", "y"]),
    ]


def test_quotes_inside_an_unquoted_cell_are_text(read, rows):
    table, issues = read(HEADER + '2025-01,A,5,EUR,24" screen\n2025-02,A,6,EUR,7" pad\n')
    assert issues == ()
    assert [cells[-1] for _, cells in rows(table)] == ['24" screen', '7" pad']


@pytest.mark.parametrize(
    "text",
    [
        '2025-01,A,5,EUR,"never closed\n2025-02,A,6,EUR,y\n',
        '2025-01,A,5,EUR,"one\n2025-02,A,6,EUR,y\n2025-03,A,6,EUR,two"\n',
        '2025-01,A,5,EUR,"one"two\n',
    ],
)
def test_a_stray_quote_swallows_no_lines(read, text):
    _, issues = read(HEADER + text)
    assert "stray_quote" in codes(issues)
    assert next(issue for issue in issues if issue.code == "stray_quote").line == 2


@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
def test_each_line_end_gives_the_same_lines(read, rows, ending):
    table, issues = read((HEADER + "2025-01,A,5,EUR,x\n2025-02,A,6,EUR,y\n").replace("\n", ending))
    assert issues == ()
    assert [(line, cells[-1]) for line, cells in rows(table)] == [(2, "x"), (3, "y")]


def test_mixed_line_ends_are_read(read, rows):
    table, issues = read(HEADER + "2025-01,A,5,EUR,x\r\n2025-02,A,6,EUR,y\n")
    assert issues == ()
    assert [(line, cells[-1]) for line, cells in rows(table)] == [(2, "x"), (3, "y")]


def test_a_missing_last_line_end_loses_nothing(read, rows):
    table, _ = read(HEADER + "2025-01,A,5,EUR,x")
    assert rows(table)[0][1][-1] == "x"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (HEADER, "no_rows"),
        (HEADER + ",,,,\n", "no_rows"),
        ("1,2,3\n4,5,6\n", "no_header"),
        ("just one column\nof text\n", "no_header"),
        (",".join(f"c{i}" for i in range(201)) + "\n", "too_many_columns"),
    ],
)
def test_a_file_without_a_table_is_refused(read, text, code):
    _, issues = read(text)
    assert codes(issues) == [code]
    assert issues[0].is_blocker


def test_limits_of_the_browser_and_none_on_the_command_line(tmp_path):
    content = (HEADER + "2025-01,A,5,EUR,x\n" * 3).encode()
    few = Limits(rows=2)
    _, issues = uploaded.read(content, "c.csv", tmp_path, limits=few)
    assert codes(issues) == ["too_many_rows"]
    _, issues = uploaded.read(content, "c.csv", tmp_path, limits=Limits(content_bytes=10))
    assert codes(issues) == ["too_large"]
    _, issues = uploaded.read(content, "c.csv", tmp_path, limits=Limits(rows=3, content_bytes=len(content)))
    assert issues == ()


CELL = st.text(st.sampled_from([*'ab ,;"\n', "é", "€", "'"]), max_size=6)


@given(st.lists(st.tuples(CELL, CELL, CELL), min_size=1, max_size=8), st.sampled_from(["\n", "\r\n"]))
def test_whatever_a_csv_writer_writes_is_read_back_alike(tmp_path_factory, records, ending):
    """The quick way over bytes and Python's own reader give the same records on the same lines."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator=ending)
    writer.writerow(["month", "team", "amount"])
    writer.writerows(records)
    text = out.getvalue()
    table, issues = uploaded.read(text.encode(), "c.csv", tmp_path_factory.mktemp("spool"))
    if any(issue.code == "stray_quote" for issue in issues):
        assert any("\n" in cell for record in records for cell in record)
        assert text.count(",") > 2 * (len(records) + 1), "cells in quotes hold delimiters"
        return
    expected = []
    reader = csv.reader(io.StringIO(text, newline=""))
    next(reader)
    start = reader.line_num + 1
    for cells in reader:
        if any(cell.strip() for cell in cells):
            expected.append((start, cells))
        start = reader.line_num + 1
    assert table.delimiter == ","
    with table.spool.open(encoding="utf-8", newline="") as file:
        spooled = list(csv.reader(file))
    if table.is_numbered:
        assert [(int(row[0]), row[1:]) for row in spooled] == expected
    else:
        assert [(table.header_line + n, row) for n, row in enumerate(spooled, 1)] == expected
    assert table.records == len(expected)
