"""Twelve real months: each figure leads to the line of the file as Python's own CSV reader finds it."""

import csv
import io
from decimal import Decimal

import pytest

from roi.commands.changing.requests import CostImport
from roi.commands.costs import import_costs
from roi.commands.mapping import AreaTarget, map_areas
from roi.commands.structure import save_company, save_teams
from roi.commands.undo import undo
from roi.domain.importing import DateOrder, Settings
from roi.domain.structure import Company, Team
from roi.reports import data, ledger, portfolio, teams, trace
from roi.reports.shapes import LedgerFilter, Scope
from roi.store.database import Store

pytestmark = pytest.mark.real

TOTAL, LINES = 47_855_288_689, 2_273
AREA = "GDS ID ASSURANCE"
SETTINGS = Settings(
    columns=(
        ("month", "Date"),
        ("amount", "Amount"),
        ("cost_centre", "Expense Area"),
        ("supplier", "Supplier"),
    ),
    stated=(("currency", "GBP"), ("scenario", "actual")),
    date_order=DateOrder.DAY_FIRST,
)


@pytest.fixture(scope="module")
def files(shared):
    folder = shared / "data" / "real" / "uk_cabinet_office_spend_2015"
    return {path.name: path.read_bytes() for path in sorted(folder.glob("*.csv"))}


@pytest.fixture(scope="module")
def cabinet(files, finance, tmp_path_factory):
    store = Store.open(tmp_path_factory.mktemp("cabinet") / "roi.duckdb", purpose="a test")
    save_company(store, finance, Company("Cabinet Office", "GBP"))
    save_teams(store, finance, [Team("id-assurance", "ID Assurance", value_stream="Identity")])
    for name, content in files.items():
        import_costs(store, finance, CostImport(content, name, "spend over 25k", SETTINGS))
    map_areas(store, finance, "spend over 25k", [AreaTarget(AREA, "team", "id-assurance")])
    yield store
    store.close()


@pytest.fixture(scope="module")
def by_hand(files):
    """File and line to amount and area, read without any of our code."""
    return {(name, line): cells for name, content in files.items() for line, cells in _records(content)}


def _records(content):
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = content.decode("cp1252")
    reader = csv.reader(io.StringIO(text, newline=""))
    columns, line = None, 1
    for cells in reader:
        tidy = [cell.strip() for cell in cells]
        if columns is None and "Amount" in tidy:
            columns = tidy.index("Amount"), tidy.index("Expense Area")
        elif columns is not None and any(tidy):
            amount = Decimal(tidy[columns[0]].replace(",", "").replace("£", ""))
            yield line, (int(amount * 100), tidy[columns[1]])
        line = reader.line_num + 1


def test_t1_twelve_months_to_the_penny(cabinet, executive):
    report = portfolio.build(cabinet, executive, Scope())
    assert report.ledger.value == TOTAL
    assert dict(report.ledger.inputs)["lines"] == LINES
    assert report.cost.value + report.suspense.value == TOTAL
    assert report.difference.value == report.excluded.value == 0
    assert sum(row.amount for row in report.suspense_rows) == report.suspense.value
    assert sum(teams.build(cabinet, executive, Scope()).by_month_ledger) == TOTAL
    assert len(data.build(cabinet, executive, Scope()).imports) == 12


def test_t8_every_ledger_line_stands_in_the_file_where_we_say(cabinet, finance, by_hand):
    report = ledger.build(cabinet, finance, LedgerFilter(), limit=10_000)
    found = {(line.file_name, line.line): (line.amount, line.area) for line in report.lines}
    assert len(found) == len(by_hand) == LINES
    assert {key: amount for key, (amount, _) in found.items()} == {
        key: amount for key, (amount, _) in by_hand.items()
    }
    assert {area for _, area in found.values()} == {area for _, area in by_hand.values()}


def test_t8_a_team_s_cost_is_its_area_s_lines(cabinet, finance, by_hand):
    report = trace.build(cabinet, finance, Scope(), "team_cost", team="id-assurance")
    own = [amount for amount, area in by_hand.values() if area == AREA]
    assert (report.figure.value, report.total_lines) == (sum(own), len(own))
    assert report.sums_agree


def test_t9_undoing_one_month_takes_exactly_its_lines_away(cabinet, finance, by_hand):
    newest = data.build(cabinet, finance, Scope()).imports[0]
    undo(cabinet, finance, newest.change_id)
    rest = [amount for (name, _), (amount, _) in by_hand.items() if name != newest.file_name]
    after = ledger.build(cabinet, finance, LedgerFilter(), limit=0)
    assert (dict(after.totals)["GBP"], after.total_lines) == (sum(rest), len(rest))
    undo(cabinet, finance, cabinet.version)
    assert dict(ledger.build(cabinet, finance, LedgerFilter(), limit=0).totals)["GBP"] == TOTAL
    assert data.build(cabinet, finance, Scope()).imports[0].is_live
