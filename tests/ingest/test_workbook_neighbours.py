"""Workbooks of every make: what Excel means by a cell is what is read, and what is no workbook is named."""

import io
import zipfile
from datetime import date

import pytest

from roi.actors import Actor, Role
from roi.commands import costs, structure
from roi.commands.changing.requests import CostImport
from roi.domain.importing import Settings
from roi.domain.structure import Company, Team
from roi.ingest import sheet_parts
from roi.store.database import Store
from tests.workbooks import MAIN, TIME, Raw, Sheet, error, formula, packed, percent, relations, sheet_xml
from tests.workbooks import workbook as made

CLERK = Actor("Clerk", frozenset(Role))
HEADER = ("month", "team", "amount", "currency")
LINE = ("2025-01", "Search", 5.25, "EUR")
SHEET = Sheet("Costs", [HEADER, LINE])
GOOD = made(SHEET)


@pytest.fixture(scope="module")
def preview(tmp_path_factory):
    """What is said of a workbook, and what it would add; nothing is stored."""
    store = Store.open(tmp_path_factory.mktemp("books") / "roi.duckdb", purpose="a test")
    structure.save_company(store, CLERK, Company("Clerk", "EUR"))
    structure.save_teams(store, CLERK, [Team("search", "Search")])

    def previewed(content, name="costs.xlsx", **settings):
        return costs.preview(store, CLERK, CostImport(content, name, "Books", Settings(**settings)))

    yield previewed
    store.close()


def amounts(found):
    assert not found.blockers, found.blockers
    return [(one.month, one.currency, one.amount) for one in found.months]


def line(*, month="2025-01", team="Search", amount=5.25, currency="EUR"):
    return made(Sheet("Costs", [HEADER, (month, team, amount, currency)]))


READ = {
    "a day with its time": (line(month=Raw(f' s="{TIME}"><v>45678.75</v>')), 202501, "EUR", 525),
    "numbers as text": (line(amount="1,234.50"), 202501, "EUR", 123450),
    "numbers as text, the other way": (line(amount="1.234,50"), 202501, "EUR", 123450),
    "a formula with its result": (line(amount=formula("1+1", "2")), 202501, "EUR", 200),
    "a text from a formula": (
        line(month=Raw(' t="str"><f>TEXT(A9,"yyyy-mm")</f><v>2025-01</v>')),
        202501,
        "EUR",
        525,
    ),
    "binary noise": (line(amount=Raw("><v>1234567.1100000001</v>")), 202501, "EUR", 123456711),
    "seventeen digits": (line(amount=Raw("><v>0.30000000000000004</v>")), 202501, "EUR", 30),
    "an exponent": (line(amount=Raw("><v>1.2345E3</v>")), 202501, "EUR", 123450),
    "three decimals of a dinar": (line(amount=5.125, currency="KWD"), 202501, "KWD", 5125),
    "letters in different looks": (
        line(team=Raw(' t="inlineStr"><is><r><t>Sea</t></r><r><t>rch</t></r></is>')),
        202501,
        "EUR",
        525,
    ),
}


@pytest.mark.parametrize("kind", READ)
def test_a_cell_is_read_as_excel_means_it(preview, kind):
    content, *wanted = READ[kind]
    assert amounts(preview(content)) == [tuple(wanted)]


REFUSED = {
    "a day number that is a number": (line(month=45678), "month", "day number"),
    "a day number that is a text": (line(month="45678"), "month", "day number"),
    "a percentage": (line(amount=percent("0.5")), "amount", "share"),
    "three decimals of a euro": (line(amount=5.125), "amount", "decimals"),
    "a truth": (line(amount=True), "amount", "Correct"),
    "a day as an amount": (line(amount=date(2025, 1, 3)), "amount", "Correct"),
    "a failed amount": (line(amount=error("#N/A")), "amount", "formula"),
    "a failed month": (line(month=error("#REF!")), "month", "Correct"),
    "a merged month": (
        made(Sheet("Costs", [HEADER, LINE, (None, "Search", 1, "EUR")])),
        "month",
        "Complete",
    ),
}


@pytest.mark.parametrize("kind", REFUSED)
def test_a_cell_that_means_no_cost_is_refused_by_field_and_repair(preview, kind):
    content, field, word = REFUSED[kind]
    (only,) = preview(content).blockers
    assert only.column == field
    assert word in f"{only.expected} {only.fix}"
    assert only.line in {2, 3}
    assert only.message.endswith("Nothing has been saved.")


def test_numbers_of_a_workbook_are_no_question_of_marks(preview):
    """To Excel 1.234 is a number; that the source's other files have a decimal comma does not change it."""
    book = made(
        Sheet("Costs", [HEADER, ("2025-01", "Search", 1.234, "KWD"), ("2025-01", "Search", 2, "KWD")])
    )
    for mark in (None, ",", "."):
        assert amounts(preview(book, decimal=mark)) == [(202501, "KWD", 3234)]
    mixed = made(
        Sheet("Costs", [HEADER, ("2025-01", "Search", 1.234, "KWD"), ("2025-01", "Search", "1.5", "KWD")])
    )
    assert amounts(preview(mixed)) == [(202501, "KWD", 2734)]


def test_numbers_across_and_beside_each_other_are_no_question_of_marks(preview):
    across = made(Sheet("Plan", [("team", "currency", "Jan 2025", "Feb 2025"), ("Search", "KWD", 1.234, 2)]))
    assert amounts(preview(across, months_across=True, decimal=",")) == [
        (202501, "KWD", 1234),
        (202502, "KWD", 2000),
    ]
    sides = made(
        Sheet("L", [("month", "team", "currency", "Dr", "Cr"), ("2025-01", "Search", "KWD", 1.234, 0.111)])
    )
    assert amounts(preview(sides, debit="Dr", credit="Cr", decimal=",")) == [(202501, "KWD", 1123)]


@pytest.mark.parametrize(
    ("code", "is_percent"),
    [("0%", True), ("0.00 %;[Red]-0.00 %", True), ('0.00"%"', False), (r"0\%", False), ("[$%-409]0", False)],
)
def test_a_percentage_is_told_by_its_format(code, is_percent):
    styles = (
        f'<styleSheet xmlns="{MAIN}"><numFmts><numFmt numFmtId="170" formatCode="{code}"/></numFmts>'
        '<cellXfs count="2"><xf numFmtId="0"/><xf numFmtId="170"/></cellXfs></styleSheet>'
    ).replace('0.00"%"', "0.00&quot;%&quot;")
    assert (sheet_parts.percent_styles(styles.encode()) == {1}) == is_percent


def with_sheet(find, put):
    return made(SHEET, extra={"xl/worksheets/sheet1.xml": sheet_xml(SHEET).replace(find, put)})


SHAPES = {
    "a dimension that is far too wide": with_sheet(
        b"<sheetData>", b'<dimension ref="A1:XFD1048576"/><sheetData>'
    ),
    "a dimension that is wrong": with_sheet(b"<sheetData>", b'<dimension ref="A1"/><sheetData>'),
    "a dimension that is turned round": with_sheet(b"<sheetData>", b'<dimension ref="ZZ9:A1"/><sheetData>'),
    "titles above": made(Sheet("Costs", [("Costs 2025",), (), ("Printed", 45678), HEADER, LINE])),
    "a chart beside it": made(
        SHEET,
        extra={
            "xl/workbook.xml": (
                f'<workbook xmlns="{MAIN}" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/'
                'relationships"><sheets><sheet name="Costs" sheetId="1" r:id="rId1"/>'
                '<sheet name="Chart1" sheetId="2" r:id="rId2"/></sheets></workbook>'
            ).encode(),
            "xl/chartsheets/sheet1.xml": f'<chartsheet xmlns="{MAIN}"/>'.encode(),
            "xl/_rels/workbook.xml.rels": relations(
                [
                    ("rId1", "worksheet", "worksheets/sheet1.xml"),
                    ("rId2", "chartsheet", "chartsheets/sheet1.xml"),
                    ("rIdStyles", "styles", "styles.xml"),
                ]
            ),
        },
    ),
    "an empty sheet beside it": made(SHEET, Sheet("Empty", [])),
    "a total below": made(Sheet("Costs", [HEADER, LINE, ("Total", None, formula("SUM(C2)", "5.25"), None)])),
    "bytes after its end": GOOD + b"x" * 50,
}


@pytest.mark.parametrize("kind", SHAPES)
def test_a_workbook_of_another_make_is_read_all_the_same(preview, kind):
    assert amounts(preview(SHAPES[kind])) == [(202501, "EUR", 525)]


@pytest.mark.parametrize(
    "name", ["costs.xlsm", "costs.xls", "costs.csv", "costs.ods", "costs", "COSTS.XLSX", "a/b.txt"]
)
def test_a_file_is_what_its_bytes_say_whatever_its_name(preview, name):
    assert amounts(preview(GOOD, name)) == [(202501, "EUR", 525)]
    text = b"month,team,amount,currency\n2025-01,Search,5.25,EUR\n"
    assert amounts(preview(text, name)) == [(202501, "EUR", 525)]


def stored(parts):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return out.getvalue()


NOT_READ = {
    "a zip with the CSV": (packed({"costs.csv": b"month,team\n"}), "no Excel workbook"),
    "a zip with the workbook": (packed({"costs.xlsx": GOOD}), "no Excel workbook"),
    "a text document": (packed({"word/document.xml": b"<x/>"}), "no Excel workbook"),
    "an open document": (stored({"mimetype": b"application/vnd.oasis.opendocument.spreadsheet"}), "(ODS)"),
    "a binary workbook": (packed({"xl/workbook.bin": b"x"}), "(XLSB)"),
    "a workbook with macros": (made(SHEET, extra={"xl/vbaProject.bin": b"x"}), "macros"),
    "an old workbook": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "(XLS)"),
    "half of it": (GOOD[: len(GOOD) // 2], "not whole"),
    "its end lost": (GOOD[:-40], "not whole"),
    "a text that is not there": (line(team=Raw(' t="s"><v>99</v>')), "cannot be read"),
    "a dimension without numbers": (
        with_sheet(b"<sheetData>", b'<dimension ref="garbage"/><sheetData>'),
        "cannot be read",
    ),
    "no sheet": (made(), "No sheet"),
    "an empty sheet": (made(Sheet("Costs", [])), "No sheet"),
    "one cell": (made(Sheet("Costs", [("hello",)])), "no header row"),
    "three hundred sheets": (made(*[Sheet(f"S{n}", [HEADER, LINE]) for n in range(300)]), "300 sheets"),
}


@pytest.mark.parametrize("kind", NOT_READ)
def test_what_is_no_readable_workbook_is_named_and_has_a_way_out(preview, kind):
    content, word = NOT_READ[kind]
    (only,) = preview(content).blockers
    assert word in only.message
    assert "Nothing has been saved." in only.message
    assert ".." not in only.message
    assert only.fix


def test_more_failed_formulas_than_anybody_repairs_are_refused_before_they_fill_the_memory(preview):
    cell = '<c r="{}{}" t="e"><v>#N/A</v></c>'
    rows = "".join(
        f'<row r="{row}">' + "".join(cell.format(column, row) for column in "ABCDEFGHIJ") + "</row>"
        for row in range(2, 12_000)
    )
    (only,) = preview(made(Sheet("Costs", [HEADER], tail=rows))).blockers
    assert "failed" in only.message
