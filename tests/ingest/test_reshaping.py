"""D21: months across columns become lines, debit and credit become one amount; every line keeps its row."""

import csv

import pytest

from roi.domain.importing import Settings
from roi.ingest import reshaping, uploaded
from roi.ingest.month_headers import header_month
from roi.ingest.reshaping import AMOUNT_HEADER, MONTH_HEADER, NET_HEADER


def shaped(tmp_path, text, settings):
    """Headers, (line, cells) and issues of the reshaped table; its spool is gone afterwards."""
    table, issues = uploaded.read(text.encode(), "costs.csv", tmp_path)
    assert not [issue for issue in issues if issue.is_blocker]
    with reshaping.reshaped(table, settings) as found:
        rows = []
        if found.table is not None:
            assert found.table.is_numbered
            with found.table.spool.open(encoding="utf-8", newline="") as file:
                rows = list(csv.reader(file, delimiter=found.table.delimiter))
            assert len(rows) == found.table.records
            assert {len(row) for row in rows} <= {found.table.width + 1}
        made = found
    assert made.table is None or not made.table.spool.exists()
    headers = made.table.headers if made.table else ()
    return headers, [(int(line), cells) for line, *cells in rows], made


@pytest.mark.parametrize(
    ("header", "month"),
    [
        ("2026-01", 202601),
        ("2026/1", 202601),
        ("202612", 202612),
        ("01/2026", 202601),
        ("1.2026", 202601),
        ("Jan 2026", 202601),
        ("January-26", 202601),
        ("SEPT 2026", 202609),
        ("Sep'26", 202609),
        ("Jan", None),
        ("Total 2026", None),
        ("2026-13", None),
        ("20261", None),
        ("2026", None),
        ("Marketing", None),
        ("Team", None),
    ],
)
def test_which_headers_are_months(header, month):
    assert header_month(header) == month


def test_a_month_without_a_year_needs_one():
    assert header_month("Mar", 2025) == 202503
    assert header_month("Mar 2026", 2025) == 202603


WIDE = """Budget of the year
Team;Category;Jan 2026;Feb 2026;Total
Onboarding;Cloud;10,00;;10,00
"Check;out";Salaries;1.000,50;-5,00;995,50
Nobody;Cloud;;-;
Total;;1.010,50;-5,00;1.005,50
"""


def test_each_month_of_a_row_is_a_line_of_that_row(tmp_path):
    headers, rows, found = shaped(tmp_path, WIDE, Settings(months_across=True))
    assert headers == ("Team", "Category", "Total", MONTH_HEADER, AMOUNT_HEADER)
    assert rows == [
        (3, ["Onboarding", "Cloud", "10,00", "2026-01", "10,00"]),
        (4, ["Check;out", "Salaries", "995,50", "2026-01", "1.000,50"]),
        (4, ["Check;out", "Salaries", "995,50", "2026-02", "-5,00"]),
    ]
    assert dict(found.settings.columns) == {"month": MONTH_HEADER, "amount": AMOUNT_HEADER}
    assert [(issue.code, issue.lines, issue.is_blocker) for issue in found.issues] == [
        ("total_line", (6,), False),
        ("no_amount", (5,), False),
    ]


def test_zero_is_an_amount(tmp_path):
    _, rows, _ = shaped(tmp_path, "Team,2026-01,2026-02\nA,0,0.00\n", Settings(months_across=True))
    assert [cells[-1] for _, cells in rows] == ["0", "0.00"]


def test_bare_months_are_of_the_stated_year(tmp_path):
    asked = Settings(months_across=True, stated=(("month", "2025-01"), ("currency", "USD")))
    _, rows, found = shaped(tmp_path, "Team,Jan,Feb\nA,1,2\n", asked)
    assert [cells[-2:] for _, cells in rows] == [["2025-01", "1"], ["2025-02", "2"]]
    assert found.settings.stated == (("currency", "USD"),)


@pytest.mark.parametrize(
    ("text", "settings", "code"),
    [
        ("Team,Amount\nA,1\n", Settings(months_across=True), "no_month_column"),
        ("Team,Jan,Feb\nA,1,2\n", Settings(months_across=True), "no_month_column"),
        ("Team,Jan 2026,2026-01\nA,1,2\n", Settings(months_across=True), "month_twice"),
        ("Team,2026-01,Debit\nA,1,2\n", Settings(months_across=True, debit="Debit"), "shape"),
        ("Team,Debit\nA,1\n", Settings(debit="Debit", credit="Credit"), "missing_header"),
        ("Team,Debit\nA,1\n", Settings(debit="Debit"), "missing_header"),
    ],
)
def test_what_cannot_be_reshaped_is_refused(tmp_path, text, settings, code):
    _, rows, found = shaped(tmp_path, text, settings)
    assert (found.table, rows) == (None, [])
    assert code in [issue.code for issue in found.issues if issue.is_blocker]
    assert len(list(tmp_path.glob("*.csv"))) == 1, "only what reading spooled is left"


@pytest.mark.parametrize(
    ("debit", "credit", "decimal", "net"),
    [
        ("12.50", "", None, "12.50"),
        ("", "12.50", None, "-12.50"),
        ("0.00", "12.50", None, "-12.50"),
        ("12.50", "0,00", None, "12.50"),
        ("", "-12.50", None, "12.50"),
        ("", "(12.50)", None, "12.50"),
        ("", "1.234,50", ",", "-1.234,50"),
        ("1.234,50", "34,50", ",", "1200,00"),
        ("100.00", "250.25", ".", "-150.25"),
        ("$100.00", "250.25 $", ".", "$ -150.25"),
        ("EUR 100.00", "30.00", ".", "EUR 70.00"),
        ("1,000.00", "250.25", None, "749.75"),
        ("", "", None, ""),
        ("", "0", None, "0"),
    ],
)
def test_debit_minus_credit_exactly(tmp_path, debit, credit, decimal, net):
    text = f'Team,Soll,Haben\nA,"{debit}","{credit}"\n'
    asked = Settings(debit="Soll", credit="Haben", decimal=decimal)
    headers, rows, found = shaped(tmp_path, text, asked)
    assert rows == [(2, ["A", debit, credit, net])]
    assert headers[-1] == NET_HEADER
    assert dict(found.settings.columns) == {"amount": NET_HEADER}


def test_a_difference_that_is_not_clear_is_refused_at_its_row(tmp_path):
    """1.234 is about one or about a thousand; nothing is guessed where two amounts make one."""
    asked = Settings(debit="Debit", credit="Credit")
    _, _, found = shaped(tmp_path, "Team,Debit,Credit\nA,$5.00,€2.00\n", asked)
    assert [(issue.code, issue.line) for issue in found.issues] == [("debit_and_credit", 2)]
    _, _, found = shaped(tmp_path, "Team,Debit,Credit\nA,1,\nA,1.234,5.00\n", asked)
    (issue,) = found.issues
    assert (issue.code, issue.line, issue.sent) == ("debit_and_credit", 3, "1.234 and 5.00")


def test_a_table_of_the_usual_shape_stays_as_it_is(tmp_path):
    table, _ = uploaded.read(b"Team,Amount\nA,1\n", "costs.csv", tmp_path)
    asked = Settings(decimal=".")
    with reshaping.reshaped(table, asked) as found:
        assert (found.table, found.settings, found.issues) == (table, asked, ())
    assert table.spool.exists()
