"""The twelve real months again as Excel would save them: days and amounts as cells, to the penny."""

import csv
import io
import re
from datetime import date
from decimal import Decimal
from xml.sax.saxutils import escape

import pytest

from roi.commands import costs
from roi.commands.changing.requests import CostImport
from roi.domain.importing import Settings
from tests.real.test_cabinet_office import LINES, MONTHS, TOTAL_PENCE
from tests.workbooks import MAIN, Raw, Sheet, relations, sheet_xml, workbook

pytestmark = pytest.mark.real

SOURCE = "Cabinet Office"


def as_cell(text):
    """What Excel makes of a cell of a CSV file: a day, a number, or the text."""
    bare = text.strip()
    if found := re.fullmatch(r"(\d{2})/(\d{2})/(\d{4})", bare):
        return date(int(found[3]), int(found[2]), int(found[1]))
    if re.fullmatch(r"-?[\d,]+\.\d+|-?\d{1,9}", bare):
        return Raw(f"><v>{float(bare.replace(',', '')):.17g}</v>")
    return text or None


def as_workbook(content):
    """The file as Excel saves it, blank rows and all, with an empty second sheet.

    Texts are shared, numbers have seventeen digits, and the sheet says how far it reaches.
    """
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = content.decode("cp1252")
    rows = [[as_cell(cell) for cell in row] for row in csv.reader(io.StringIO(text, newline=""))]
    texts = dict.fromkeys(cell for row in rows for cell in row if isinstance(cell, str))
    place = {one: number for number, one in enumerate(texts)}
    shared = [
        [Raw(f' t="s"><v>{place[cell]}</v>') if cell in place else cell for cell in row] for row in rows
    ]
    sheet = Sheet("Spend", shared)
    items = "".join(f'<si><t xml:space="preserve">{escape(one)}</t></si>' for one in texts)
    parts = {
        "xl/sharedStrings.xml": f'<sst xmlns="{MAIN}" uniqueCount="{len(texts)}">{items}</sst>',
        "xl/worksheets/sheet1.xml": sheet_xml(sheet)
        .decode()
        .replace("<sheetData>", f'<dimension ref="A1:Z{len(rows)}"/><sheetData>'),
        "xl/_rels/workbook.xml.rels": relations(
            [
                ("rId1", "worksheet", "worksheets/sheet1.xml"),
                ("rId2", "worksheet", "worksheets/sheet2.xml"),
                ("rIdStyles", "styles", "styles.xml"),
                ("rIdTexts", "sharedStrings", "sharedStrings.xml"),
            ]
        ),
    }
    extra = {name: part if isinstance(part, bytes) else part.encode() for name, part in parts.items()}
    return workbook(sheet, Sheet("Sheet2", []), extra=extra)


def test_the_year_as_workbooks_to_the_penny(store, finance, shared):
    folder = shared / "data" / "real" / "uk_cabinet_office_spend_2015"
    for number, (name, lines, _, total) in enumerate(MONTHS, start=1):
        content = as_workbook((folder / name).read_bytes())
        book = name.replace(".csv", ".xlsx")
        reading = costs.read_file(store, finance, content, book)
        assert reading.is_known_source == (number > 1)
        settings = Settings(stated=(("currency", "GBP"),)) if number == 1 else reading.settings
        request = CostImport(content, book, SOURCE, settings, control_total=Decimal(total))
        preview = costs.preview(store, finance, request)
        assert preview.is_ready, preview.issues
        assert (preview.rows, [month.month for month in preview.months]) == (lines, [201500 + number])
        assert preview.control.difference == 0
        costs.import_costs(store, finance, request)
    with store.snapshot() as cursor:
        found = cursor.execute("select count(*), sum(amount_minor)::bigint from live_cost_line").fetchall()
    assert found == [(LINES, TOTAL_PENCE)]
