"""Workbooks as finance has them: what is read is what Excel means, and what nobody sees is said."""

import csv
import io
import re
from datetime import date

import pytest

from roi.errors import Issue
from roi.ingest import workbook
from tests.workbooks import MONTH, TIME, Raw, Sheet, day, error, formula, percent, sheet_xml
from tests.workbooks import workbook as made

HEADER = ("month", "team", "amount", "currency")


def read(content, wanted=(None, ())):
    found = workbook.read(content, "costs.xlsx", wanted)
    assert not isinstance(found, Issue), found
    return found


def rows(content, wanted=(None, ())):
    return list(csv.reader(io.StringIO(read(content, wanted).text.decode())))


def codes(found):
    return [issue.code for issue in found.notes]


def only(*cells):
    return rows(made(Sheet("Costs", [HEADER, cells])))[1]


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        (12, "12"),
        (12.5, "12.5"),
        (0.1 + 0.2, "0.3"),
        (1234567.1 + 0.01, "1234567.11"),
        (-0.0, "-0"),
        (1e15, "1000000000000000"),
        (123456789012345, "123456789012345"),
        (Raw("><v>1E-7</v>"), "0.0000001"),
        (Raw("><v>1e400</v>"), "not a number"),
        (Raw("><v>nan</v>"), "not a number"),
        (True, "TRUE"),
        ("00123", "00123"),
        (" kept  as given ", " kept  as given "),
        ("=1+2", "=1+2"),
        (percent("0.125"), "12.5%"),
        (percent("0.5"), "50%"),
        (percent("1"), "100%"),
        (percent("0.07"), "7%"),
        (percent("-0.0000005"), "-0.00005%"),
        (date(2026, 2, 28), "2026-02-28"),
        (day(date(2026, 3, 1), style=MONTH), "2026-03-01"),
        (Raw(f' s="{TIME}"><v>46023.5</v>'), "2026-01-01 12:00:00"),
        (Raw(' t="d"><v>2026-01-31</v>'), "2026-01-31"),
        (formula("A1*2", "24"), "24"),
        (Raw(' t="str"><f>A1</f><v>text</v>'), "text"),
        (Raw(' t="str"><f>A1</f><v></v>'), ""),
        (None, ""),
    ],
)
def test_a_cell_is_what_excel_means_by_it(cell, text):
    assert only("2026-01", "Web", cell, "EUR")[2] == text


@pytest.mark.parametrize("left_out", [rb'(<c) r="[A-Z]+[0-9]+"', rb'(<(?:row|c)) r="[A-Z]*[0-9]+"'])
def test_cells_without_a_place_are_what_they_are_with_one(left_out):
    """Places may be left out: a cell counts on from the one before it, a row from the last."""
    lines = [
        ("2026-01", "Web", percent("0.125"), error("#N/A")),
        ("2026-02", "Web", formula("1+1", None), percent("0.5")),
    ]
    sheet = Sheet("S", [HEADER, *lines])
    bare = {"xl/worksheets/sheet1.xml": re.sub(left_out, rb"\1", sheet_xml(sheet))}
    read = rows(made(sheet, extra=bare))
    assert read == rows(made(sheet))
    assert read[1][2:] == ["12.5%", "#N/A"]


def test_days_of_a_book_that_counts_from_1904():
    sheet = Sheet("S", [HEADER, (day(date(2026, 4, 30), is_1904=True), "Web", 1, "EUR")])
    assert rows(made(sheet, is_1904=True))[1][0] == "2026-04-30"


@pytest.mark.parametrize(
    ("cell", "shown"),
    [
        (error("#N/A"), "#N/A"),
        (error("#REF!"), "#REF!"),
        (formula("B2*C2", None), "=B2*C2 (not worked out)"),
        (Raw("><f>B2*C2</f><v></v>"), "=B2*C2 (not worked out)"),
        (Raw('><f t="shared" si="0"/>'), "=… (not worked out)"),
    ],
)
def test_a_formula_without_a_result_is_never_an_empty_cell(cell, shown):
    found = read(made(Sheet("S", [HEADER, ("2026-01", "Web", cell, "EUR")])))
    assert list(csv.reader(io.StringIO(found.text.decode())))[1][2] == shown
    assert codes(found) == ["formula_errors"]
    assert "row 2" in found.notes[0].message


def test_a_failed_formula_outside_the_other_cells_is_shown_where_it_stands():
    sheet = Sheet(
        "S", [HEADER, ("2026-01", "Web", 5, "EUR"), (), (None, None, None, None, None, error("#N/A"))]
    )
    found = rows(made(sheet))
    assert found[3] == ["", "", "", "", "", "#N/A"]
    assert found[1] == ["2026-01", "Web", "5", "EUR", "", ""]


def test_a_line_is_the_number_of_its_row_wherever_the_sheet_begins():
    found = rows(made(Sheet("S", [HEADER, ("2026-01", "Web", 5, "EUR")], first_row=7, first_column=3)))
    assert found[6] == list(HEADER)
    assert found[7][2] == "5"
    assert all(not any(row) for row in found[:6])


def test_an_error_left_of_everything_keeps_the_columns_together():
    found = rows(made(Sheet("S", [(None, *HEADER), (error("#N/A"), "2026-01", "Web", 5, "EUR")])))
    assert found == [["", *HEADER], ["#N/A", "2026-01", "Web", "5", "EUR"]]


def test_line_breaks_in_a_cell_become_blanks_and_that_is_said():
    found = read(
        made(Sheet("S", [HEADER, ("2026-01", "Web\nMobile", 5, "EUR"), ("2026-01", "Web", 6, "EUR")]))
    )
    assert codes(found) == ["line_breaks"]
    assert found.text.decode().splitlines()[1:] == ["2026-01,Web Mobile,5,EUR", "2026-01,Web,6,EUR"]


def test_hidden_rows_columns_and_sheets_are_said():
    shown = Sheet(
        "Costs",
        [HEADER, ("2026-01", "Web", 5, "EUR"), ("2026-01", "Web", 6, "EUR")],
        hidden_rows=frozenset({3}),
        columns='<cols><col min="2" max="2" hidden="1"/></cols>',
    )
    found = read(made(shown, Sheet("Old", [HEADER, ("2025-01", "Web", 1, "EUR")], state="veryHidden")))
    assert found.sheet == "Costs"
    said = {issue.code: issue.message for issue in found.notes}
    assert "“Old” (hidden)" in said["other_sheets"]
    assert "1 row that was read like the others: row 3" in said["hidden_rows"]
    assert "hidden_columns" in said


def test_the_hidden_rows_are_those_of_the_sheet_that_was_read():
    first = Sheet("Notes", [])
    second = Sheet("Costs", [HEADER, ("2026-01", "Web", 5, "EUR")], hidden_rows=frozenset({2}))
    rels = made(first, second)
    assert "hidden_rows" in codes(read(rels))


def test_several_sheets_are_a_question():
    book = made(Sheet("January", [HEADER]), Sheet("February", [HEADER]), Sheet("Empty", []))
    issue = workbook.read(book, "costs.xlsx")
    assert (issue.code, issue.choices) == ("sheet", ("January", "February"))
    assert "Nothing has been saved" in issue.message
    assert read(book, ("February", ())).sheet == "February"
    assert read(book, (None, ("February", "March"))).sheet == "February"
    assert workbook.read(book, "costs.xlsx", (None, ("January", "February"))).code == "sheet"
    wrong = workbook.read(book, "costs.xlsx", ("March", ()))
    assert (wrong.code, wrong.choices) == ("sheet", ("January", "February"))


def test_a_sheet_that_only_has_formatted_cells_is_empty():
    formatted = Sheet("Formatted", [(Raw(' s="1">'), Raw(' s="2">'))])
    assert read(made(formatted, Sheet("Costs", [HEADER]))).sheet == "Costs"


def test_only_hidden_sheets_are_a_question_and_none_is_no_file():
    issue = workbook.read(made(Sheet("Costs", [HEADER], state="hidden")), "c.xlsx")
    assert (issue.code, issue.choices) == ("sheet", ("Costs",))
    found = read(made(Sheet("Costs", [HEADER], state="hidden")), ("Costs", ()))
    assert "hidden_sheet" in codes(found)
    assert workbook.read(made(Sheet("Costs", [])), "c.xlsx").code == "empty_file"


def test_blank_rows_to_the_end_of_the_sheet_cost_nothing():
    tail = "".join(
        f'<row r="{row}"><c r="A{row}" s="1"/><c r="XFD{row}" s="1"/></row>'
        for row in range(1_048_000, 1_048_577)
    )
    found = rows(made(Sheet("S", [HEADER, ("2026-01", "Web", 5, "EUR")], tail=tail)))
    assert len(found) == 2


def test_names_of_elements_may_carry_a_prefix():
    plain = Sheet("S", [HEADER, ("2026-01", "Web", error("#N/A"), "EUR")], hidden_rows=frozenset({2}))
    from tests.workbooks import sheet_xml

    xml = sheet_xml(plain).decode()
    for name in ("worksheet", "sheetData", "row", "c", "is", "t", "v", "f"):
        xml = (
            xml.replace(f"<{name}>", f"<x:{name}>")
            .replace(f"<{name} ", f"<x:{name} ")
            .replace(f"</{name}>", f"</x:{name}>")
        )
    xml = xml.replace("xmlns=", "xmlns:x=")
    found = read(made(plain, extra={"xl/worksheets/sheet1.xml": xml.encode()}))
    assert found.text.decode().splitlines()[1] == "2026-01,Web,#N/A,EUR"
    assert codes(found) == ["hidden_rows", "formula_errors"]
