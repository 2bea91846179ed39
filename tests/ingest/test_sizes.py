"""What is far too long or wide is refused with its line; how soon is measured by `make bench`."""

import pytest

from tests.hostile import HEADER, LINE, LONG, LONG_MEGABYTES


@pytest.mark.parametrize("kind", LONG)
def test_a_record_that_is_far_too_long_is_named_by_its_line(read, kind):
    table, issues = read(HEADER + LONG[kind])
    assert (table.width, table.records) == (5, 0)
    (only,) = issues
    assert (only.code, only.line, only.is_blocker) == ("record_too_long", 3, True)
    assert only.message.endswith("Nothing has been saved.")
    assert only.expected
    assert only.fix


def test_line_ends_of_an_old_mac_are_lines_too(read):
    text = (HEADER + LINE * (LONG_MEGABYTES << 16)).replace("\n", "\r")
    table, issues = read(text)
    assert (issues, table.records) == ((), LONG_MEGABYTES << 16)
    _, issues = read((HEADER + LONG["one cell"]).replace("\n", "\r"))
    assert [(issue.code, issue.line) for issue in issues] == [("record_too_long", 3)]


@pytest.mark.parametrize("quotes", ["", '24" '])
def test_empty_cells_past_the_header_take_no_column_each(read, rows, quotes):
    line = f"2025-01,A,5,EUR,{quotes}x"
    table, issues = read(HEADER + line + "," * 100_000 + "\n" + line + ',"", ,""\n')
    assert (issues, table.width) == ((), 5)
    assert [cells for _, cells in rows(table)] == [["2025-01", "A", "5", "EUR", f"{quotes}x"]] * 2


def test_a_cell_past_the_header_that_holds_something_is_never_cut(read):
    _, issues = read(HEADER + LINE + LINE.strip() + "," * 100_000 + "7\n")
    assert [(issue.code, issue.line) for issue in issues] == [("long_record", 3)]
    _, issues = read(HEADER + LINE + LINE.strip() + ',,""""\n')
    assert [(issue.code, issue.line) for issue in issues] == [("long_record", 3)]


SMALL = {
    "": "empty_file",
    "\ufeff": "empty_file",
    "\n": "empty_file",
    " \n \t \n": "empty_file",
    ",,,\n,,,\n": "no_header",
    "month": "no_header",
    "5": "no_header",
    HEADER.strip(): "no_rows",
    HEADER + "\n\n": "no_rows",
}


@pytest.mark.parametrize(("text", "code"), SMALL.items())
def test_next_to_nothing_is_refused(read, text, code):
    _, issues = read(text)
    assert [issue.code for issue in issues] == [code]
    assert "Nothing has been saved." in issues[0].message


def test_ten_thousand_columns_are_refused(read):
    names = ",".join(f"c{number}" for number in range(10_000))
    (only,) = read(f"{names}\n{names}\n")[1]
    assert only.code == "too_many_columns"
    assert "10,000" in only.message
