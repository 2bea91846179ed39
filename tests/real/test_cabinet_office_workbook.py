"""The twelve real months again as Excel would save them: days and amounts as cells, to the penny."""

import csv
import io
import re
from datetime import date
from decimal import Decimal

import pytest

from roi.commands import costs
from roi.commands.requests import CostImport
from roi.domain.importing import Settings
from tests.real.test_cabinet_office import LINES, MONTHS, TOTAL_PENCE
from tests.workbooks import Sheet, workbook

pytestmark = pytest.mark.real

SOURCE = "Cabinet Office"


def as_cell(text):
    """What Excel makes of a cell of a CSV file: a day, a number, or the text."""
    bare = text.strip()
    if found := re.fullmatch(r"(\d{2})/(\d{2})/(\d{4})", bare):
        return date(int(found[3]), int(found[2]), int(found[1]))
    if re.fullmatch(r"-?[\d,]+\.\d+|-?\d{1,9}", bare):
        return float(bare.replace(",", ""))
    return text or None


def as_workbook(content):
    """The file as a workbook, blank rows and all, with an empty second sheet."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = content.decode("cp1252")
    rows = [[as_cell(cell) for cell in row] for row in csv.reader(io.StringIO(text, newline=""))]
    return workbook(Sheet("Spend", rows), Sheet("Sheet2", []))


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
