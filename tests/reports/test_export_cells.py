"""S7: no cell of an export is a formula, whatever somebody wrote into a text, and numbers stay numbers."""

import csv
import io
import re
from datetime import date

import pytest

from roi.commands import costs
from roi.commands.changing.requests import CostImport
from roi.reports import export, ledger
from roi.reports.shapes import LedgerFilter, Scope
from roi.store.changes import NewChange, Put, Recorder
from roi.store.database import Store
from roi.ui.views import trace
from tests import house, ledger_lines
from tests.payloads import FORMULAS
from tests.reports.conftest import EPIC, LINE

NOT_HANDED_OUT = {
    "roi/ingest/records.py",
    "roi/ingest/reshaping.py",
    "roi/ingest/workbook.py",
    "roi/ingest/lists.py",
    "roi/demo/files.py",
}
"""What writes CSV for the store to read, templates of our own words, and the demo's own files."""

# A spreadsheet overlooks blanks and control letters before a formula, and many begin a cell at `;`.
ARMED = re.compile(r"(?:^|[;\t\r\n])[\s\x00-\x1f\u200b\ufeff]*[=+\-@＝＋－＠]")  # noqa: RUF001
NUMBER = re.compile(r"-?\d+(\.\d+)?")


def armed(content, but=()):
    """The cells of a CSV file that a spreadsheet would run, outside the columns that hold numbers."""
    rows = csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline=""))
    cells = [(name, cell) for row in rows for name, cell in row.items() if name not in but]
    return [(name, cell) for name, cell in cells if ARMED.search(cell)]


@pytest.mark.parametrize(
    "harmless", ["rent", "a-b", "x=y", "3 - 2", "Müller & Söhne", "", "a;b", "né+1", "10%"]
)
def test_s7_a_text_that_is_no_formula_stays_as_it_is(harmless):
    assert export.safe_text(harmless) == harmless


def test_s7_no_payload_stays_armed_and_nothing_of_it_is_lost():
    assert len(FORMULAS) > 200
    assert all(ARMED.search(text) for text in FORMULAS), "a payload that is none"
    for text in FORMULAS:
        safe = export.safe_text(text)
        assert not ARMED.search(safe), repr(text)
        assert safe.replace("'", "") == text.replace("'", "")
        assert not safe.startswith(("\t", "\r", "\n", "\x00")), repr(text)


@pytest.mark.parametrize(
    ("cell", "safe"),
    [
        ("-12.50", "-12.50"),
        ("+3", "+3"),
        ("-1.234,5", "-1.234,5"),
        ("-1+1", "'-1+1"),
        ("-", "'-"),
        ("=1", "'=1"),
    ],
)
def test_s7_numbers_of_a_corrected_file_stay_numbers(cell, safe):
    assert export.safe_cell(cell) == safe


TAKEN = tuple(text for text in FORMULAS if text.isprintable())
"""Those that an import takes: a cell with a control letter or a break of the line is refused there."""
NAMES = ("category", "supplier", "reference", "description", "cost_centre")


@pytest.fixture(scope="module")
def hostile(tmp_path_factory, finance):
    """Every payload in every text that an export has: through an import where it is taken, else behind it."""
    store = Store.open(tmp_path_factory.mktemp("formulas") / "roi.duckdb", purpose="a test")
    lines = ["month,amount,currency," + ",".join(NAMES)]
    for number in range(len(FORMULAS)):
        text = TAKEN[number % len(TAKEN)].replace('"', '""')
        lines.append(f"2026-01,-{number + 1}.25,USD," + ",".join([f'"{text}"'] * len(NAMES)))
    content = "\n".join((*lines, "")).encode()
    costs.import_costs(store, finance, CostImport(content, "=1+1.csv", "=books"))
    _arm(store, finance)
    yield store
    store.close()


def _arm(store, finance):
    """Each payload in texts of the ledger, in a team with a line of cost, and in an obligation."""
    with store.write() as cursor:
        for number, text in enumerate(FORMULAS):
            texts = {"row": number + 2, "text": text}
            cursor.execute(
                "update ledger_line set supplier = $text, reference = $text, description = $text "
                "where source_row = $row",
                texts,
            )
        recorder = Recorder(cursor, NewChange(finance, "arm"))
        recorder.put(Put("team", [_team(number, text) for number, text in enumerate(FORMULAS)]))
        recorder.put(Put("epic", [_epic(number, text) for number, text in enumerate(FORMULAS)]))
        recorder.put(Put("obligation", [_obligation(number, text) for number, text in enumerate(FORMULAS)]))
        rows = [
            {
                **LINE,
                "source_row": 1000 + number,
                "team": f"t{number}",
                "month": 202602,
                "amount_minor": 100 + number,
            }
            | {"period_first": 202602, "period_last": 202602, "currency": "USD"}
            for number in range(len(FORMULAS))
        ]
        ledger_lines.add(cursor, recorder.change_id, rows)
        recorder.touch([202601, 202602])
        recorder.seal()


def _team(number, text):
    texts = {"name": text, "value_stream": text, "division": text}
    return {"team": f"t{number}", "kind": "stream_aligned", "starts": None, "ends": None, **texts}


def _epic(number, text):
    row = {"epic": f"e{number}", "name": text, "team": f"t{number}", "started": date(2026, 1, 5)}
    return {**EPIC, **row, "is_obligation": True}


def _obligation(number, text):
    row = {"epic": f"e{number}", "kind": "law", "deadline": date(2026, 9, 1), "penalty_minor": 100}
    return {**row, "currency": "USD", "note": text}


def rows_of(content):
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline="")))


def bare(text):
    """A payload without the apostrophes that were put into it, and without its own."""
    return text.replace("'", "")


BARE = {bare(text) for text in FORMULAS}


def test_s7_the_ledger_export_runs_nothing_and_its_amounts_are_numbers(hostile, finance):
    made = export.ledger_csv(hostile, finance, LedgerFilter())
    assert len(TAKEN) > 90
    assert armed(made.content, but={"amount", "in_suspense"}) == []
    rows = rows_of(made.content)
    assert len(rows) == 2 * len(FORMULAS)
    assert all(NUMBER.fullmatch(row[column]) for row in rows for column in ("amount", "in_suspense"))
    for column in ("description", "supplier"):
        assert {bare(row[column]) for row in rows} >= BARE, column
    assert {bare(row["category"]).strip() for row in rows} >= {bare(text).strip() for text in TAKEN}


def test_s7_the_export_of_team_costs_runs_nothing(hostile, finance):
    made = export.team_cost_csv(hostile, finance, Scope())
    assert armed(made.content, but={"amount"}) == []
    rows = rows_of(made.content)
    for column in ("name", "value_stream"):
        assert {bare(row[column]) for row in rows} >= BARE, column
    assert all(NUMBER.fullmatch(row["amount"]) for row in rows)


def test_s7_the_export_of_obligations_runs_nothing(hostile, finance):
    made = export.obligations_csv(hostile, finance, Scope(), date(2026, 3, 1))
    amounts = {"penalty_recorded", "penalty", "cost", "days", "rank"}
    assert armed(made.content, but=amounts) == []
    rows = rows_of(made.content)
    for column in ("name", "team", "note"):
        assert {bare(row[column]) for row in rows} >= BARE, column


def test_s7_the_lines_behind_a_figure_run_nothing(hostile, finance):
    made = trace.csv_of(ledger.build(hostile, finance, LedgerFilter(), export.EVERYTHING).lines)
    assert armed(made, but={"amount"}) == []
    assert {bare(row["supplier"]) for row in rows_of(made)} >= BARE


def test_s7_every_other_file_that_is_handed_out_is_ours_or_no_table():
    """There is no export as a workbook: nothing writes one. Whatever writes CSV is looked at here.

    Rejected rows are in `tests/ui/test_downloads.py`. Templates hold our own words; the rest is calendar
    text, Markdown of ours, and a page of HTML (S8).
    """
    sources = {house.name(path): path.read_text(encoding="utf-8") for path in house.program_files()}
    writers = {name for name, text in sources.items() if "csv.writer(" in text or "DictWriter(" in text}
    assert writers == {
        "roi/reports/export.py",
        "roi/ui/views/trace.py",
        "roi/ui/upload/problems.py",
        *NOT_HANDED_OUT,
    }
    assert [
        name for name, text in sources.items() if re.search(r"\bWorkbook\(|to_excel|xlsxwriter", text)
    ] == []
