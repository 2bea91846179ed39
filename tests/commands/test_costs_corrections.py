"""Cells that are corrected while a file is checked: never in silence, never in the file, always traceable."""

import json

import pytest

from roi.commands import costs, structure, undo
from roi.commands.changing.requests import CostImport
from roi.domain.importing import Correction, Settings
from roi.domain.structure import Team
from roi.errors import RefusedError
from roi.reports import export, ledger
from roi.reports.shapes import LedgerFilter

HEADER = "month,team,amount,currency\n"
BAD = HEADER + "2025-13,Search,1.00,EUR\n2025-13,Data,2.00,EUR\n2025-02,Data,x,EUR\n2025-02,Data,4.00,EUR\n"
MONTHS = Correction("month", "2025-03", sent="2025-13")
AMOUNT = Correction("amount", "3.50", line=4, sent="x")


@pytest.fixture
def books(store, finance, tech_leader):
    structure.save_teams(store, tech_leader, (Team("search", "Search"), Team("data", "Data")))

    class Books:
        def request(self, text=BAD, *corrections, **more):
            return CostImport(text.encode(), "b.csv", "Books", corrections=corrections, **more)

        def preview(self, text=BAD, *corrections, **more):
            return costs.preview(store, finance, self.request(text, *corrections, **more))

        def take(self, text=BAD, *corrections, **more):
            return costs.import_costs(store, finance, self.request(text, *corrections, **more))

        def lines(self):
            with store.cursor() as cursor:
                query = "select source_row, month, amount_minor, team from live_cost_line order by source_row"
                return cursor.execute(query).fetchall()

    return Books()


def blockers(preview):
    return [(issue.code, issue.line) for issue in preview.blockers]


def test_problems_alike_are_one_and_others_are_told_apart(books):
    found = books.preview(BAD + "2025-14,Data,1.00,EUR\n").blockers
    assert [(issue.code, issue.sent, issue.count) for issue in found] == [
        ("month", "2025-13", 2),
        ("amount_unreadable", "x", 1),
        ("month", "2025-14", 1),
    ]


def test_cells_alike_are_corrected_together_and_one_by_its_line(books):
    preview = books.preview(BAD, MONTHS, AMOUNT)
    assert preview.is_ready
    assert preview.totals == (("EUR", 1050),)
    told = [issue for issue in preview.warnings if issue.code == "corrected"]
    assert [(issue.sent, issue.expected, issue.count) for issue in told] == [
        ("2025-13", "2025-03", 2),
        ("x", "3.50", 1),
    ]
    assert all("stays as it was sent" in issue.message for issue in told)
    books.take(BAD, MONTHS, AMOUNT)
    assert books.lines() == [
        (2, 202503, 100, "search"),
        (3, 202503, 200, "data"),
        (4, 202502, 350, "data"),
        (5, 202502, 400, "data"),
    ]


def test_the_correction_of_a_line_stands_above_one_for_all(books):
    preview = books.preview(BAD, Correction("month", "2025-05", line=3), MONTHS, AMOUNT)
    assert [(one.value, one.lines) for one in preview.corrected if one.field == "month"] == [
        ("2025-03", (2,)),
        ("2025-05", (3,)),
    ]


def test_t9_the_change_keeps_what_was_sent_and_what_was_put_and_the_file_as_it_was(books, store):
    receipt = books.take(BAD, MONTHS, AMOUNT)
    with store.cursor() as cursor:
        ((detail, sha),) = cursor.execute(
            "select detail, source_sha256 from change where change_id = ?", [receipt.change_id]
        ).fetchall()
    assert json.loads(detail)["corrections"] == [
        ["month", "2025-13", "2025-03", "2-3"],
        ["amount", "x", "3.50", "4"],
    ]
    assert (store.upload_folder / sha).read_bytes() == BAD.encode()


def test_t8_a_corrected_line_says_so_wherever_lines_are_read(books, store, finance):
    books.take(BAD, MONTHS, AMOUNT)
    report = ledger.build(store, finance, LedgerFilter())
    told = {line.line: line.corrected for line in report.lines}
    assert told == {
        2: "month: “2025-13” was sent, 2025-03 was put instead",
        3: "month: “2025-13” was sent, 2025-03 was put instead",
        4: "amount: “x” was sent, 3.50 was put instead",
        5: "",
    }
    assert (
        "“x” was sent, 3.50 was put instead"
        in export.ledger_csv(store, finance, LedgerFilter()).content.decode()
    )


def test_the_correction_outlives_undo_and_repeat(books, store, finance):
    receipt = books.take(BAD, MONTHS, AMOUNT)
    undo.undo(store, finance, receipt.change_id)
    assert books.lines() == []
    assert blockers(books.preview()) == [("month", 2), ("amount_unreadable", 4)]
    books.take(BAD, MONTHS, AMOUNT)
    assert len(books.lines()) == 4


def test_the_repaired_file_is_the_same_content_as_the_corrected_one(books):
    first = books.take(BAD, MONTHS, AMOUNT)
    repaired = BAD.replace("2025-13", "2025-03").replace(",x,", ",3.50,")
    assert books.preview(repaired).already.change_id == first.change_id


@pytest.mark.parametrize(
    ("correction", "line"),
    [
        (Correction("month", "2025-03", line=4, sent="2025-13"), 4),
        (Correction("month", "2025-03", line=99), 99),
        (Correction("month", "2025-03", sent="2025-99"), None),
    ],
)
def test_what_was_to_be_corrected_and_is_not_there_is_refused(books, correction, line):
    assert ("correction", line) in blockers(books.preview(BAD, MONTHS, AMOUNT, correction))


@pytest.mark.parametrize(
    "correction",
    [
        Correction("month", "2025-13", line=2),
        Correction("month", "31/03/2025", line=2),
        Correction("month", "2025-02-30", line=2),
        Correction("amount", "1,5", line=4),
        Correction("amount", "1e3", line=4),
        Correction("amount", "٣", line=4),
        Correction("amount", "", line=4),
        Correction("currency", "XXQ", line=2),
        Correction("team", " ", line=2),
        Correction("team", "a\nb", line=2),
        Correction("cost_centre", "A", line=2),
        Correction("person_key", "P1", line=2),
        Correction("nonsense", "P1", line=2),
        Correction("month", "2025-03"),
    ],
)
def test_only_what_has_one_reading_is_put(books, correction):
    with pytest.raises(RefusedError) as refused:
        books.take(BAD, MONTHS, AMOUNT, correction)
    assert "correction" in {issue.code for issue in refused.value.issues}
    assert books.lines() == []


def test_a_total_may_not_swallow_a_corrected_line(books):
    text = HEADER + "2025-01,Search,1.00,EUR\n,Total,1.00,EUR\n"
    assert books.preview(text).is_ready
    assert blockers(books.preview(text, Correction("amount", "2", line=3))) == [("correction", 3)]


def test_a_corrected_amount_has_no_vote_in_the_files_decimal_mark(books):
    text = HEADER.replace(",", ";") + "2025-01;Search;1.050,75;EUR\n2025-01;Data;1.5x;EUR\n"
    preview = books.preview(text, Correction("amount", "1234.5", line=3, sent="1.5x"))
    assert preview.totals == (("EUR", 105075 + 123450),)
    mixed = HEADER + '2025-01,Search,1.25,EUR\n2025-01,Data,"1,25",EUR\n'
    assert ("decimal_mark", 3) in blockers(books.preview(mixed))
    assert books.preview(mixed, Correction("amount", "1.25", line=3)).totals == (("EUR", 250),)


def test_a_corrected_month_has_no_vote_in_the_order_of_dates(books):
    text = HEADER + "05/06/2025,Search,1.00,EUR\n13/06/2025,Data,1.00,EUR\n06/14/2025,Data,1.00,EUR\n"
    assert ("date_order", 4) in blockers(books.preview(text))
    preview = books.preview(text, Correction("month", "2025-06-14", line=4))
    assert [(one.month, one.rows) for one in preview.months] == [(202506, 3)]


def test_an_empty_cell_and_a_word_are_corrected_too(books):
    text = HEADER + "2025-01,Serch,1.00,\n2025-01,Data,1.00,EUR\n"
    preview = books.preview(
        text, Correction("team", "Search", line=2), Correction("currency", "EUR", sent="")
    )
    assert preview.totals == (("EUR", 200),)
    assert [one.sent for one in preview.corrected] == ["", "Serch"]


def test_months_across_are_corrected_by_their_row(books):
    text = "team,2025-01,2025-02\nSearch,1.00,x\nData,2.00,3.00\n"
    settings = Settings(stated=(("currency", "EUR"),), months_across=True)
    preview = books.preview(text, Correction("amount", "5", line=2, sent="x"), settings=settings)
    assert [(one.month, one.amount) for one in preview.months] == [(202501, 300), (202502, 800)]
