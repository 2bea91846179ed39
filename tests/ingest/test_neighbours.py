"""Neighbours of each kind of bad input: read exactly, or refused in words that a clerk understands."""

import pytest

from roi.actors import Actor, Role
from roi.commands import costs, structure
from roi.commands.changing.requests import CostImport
from roi.domain.structure import Company, Team
from roi.store.database import Store

CLERK = Actor("Clerk", frozenset(Role))
HEADER = "month,team,amount,currency,description,supplier\n"
FIRST = "2025-01,Search,10.25,EUR,x,\n"


@pytest.fixture(scope="module")
def preview(tmp_path_factory):
    """What is said of a file, and what it would add; nothing is stored."""
    store = Store.open(tmp_path_factory.mktemp("clerk") / "roi.duckdb", purpose="a test")
    structure.save_company(store, CLERK, Company("Clerk", "EUR"))
    structure.save_teams(store, CLERK, [Team("search", "Search"), Team("zoe", "Zoë Labs")])

    def previewed(content, name="costs.csv"):
        data = content if isinstance(content, bytes) else content.encode()
        return costs.preview(store, CLERK, CostImport(data, name, "Books"))

    yield previewed
    store.close()


def blockers(found):
    return [issue for issue in found.issues if issue.is_blocker]


CONTAINERS = [
    (b"\xef\xbb\xbf", "is empty"),
    (b"7z\xbc\xaf\x27\x1c" + bytes(40), "(7z)"),
    (b"Rar!\x1a\x07\x00" + bytes(40), "(RAR)"),
    (b"BZh91AY&SY" + bytes(40), "(bzip2)"),
    (rb"{\rtf1 hello}", "(RTF)"),
    (b"SQLite format 3\0" + bytes(80), "(SQLite)"),
    (b"\x28\xb5\x2f\xfd" + bytes(40), "(zstd)"),
    (b'MIME-Version: 1.0\nContent-Type: multipart/related; boundary="x"\n', "(MHTML)"),
    (b'ID;PWXL;N;E\nP;PGeneral\nC;Y1;X1;K"month"\nE\n', "SYLK"),
    (b'[{"month":"2025-01","team":"Search"}]', "a JSON file"),
    (b'{"error":"unauthorized","code":1}', "a JSON file"),
    (b'<?xml version="1.0"?><Workbook></Workbook>', "an XML file"),
    (b"<!-- made by us --><html><table>", "(HTML)"),
    ("\ufeff<html><table><tr><td>month".encode("utf-16-le"), "(HTML)"),
]


@pytest.mark.parametrize(("content", "word"), CONTAINERS)
def test_what_is_no_table_is_called_by_its_name(preview, content, word):
    (only,) = blockers(preview(content))
    assert word in only.message
    assert only.message.endswith("Nothing has been saved.")
    assert only.fix


def test_a_table_of_an_id_and_a_posting_date_is_not_taken_for_sylk(preview):
    found = preview("ID;Posting date;Team;Amount;Currency\n1;2025-01-31;Search;10,25;EUR\n")
    assert "not_csv" not in {issue.code for issue in found.issues}


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be", "utf-32-le"])
def test_unicode_text_without_its_mark_is_told_as_such(preview, encoding):
    (only,) = blockers(preview((HEADER + FIRST).encode(encoding)))
    assert "UTF-16" in only.message


@pytest.mark.parametrize("tail", ["Müller".encode("cp1252"), "Müller €".encode()[:-1]])
def test_two_encodings_in_one_file_are_refused_and_both_lines_named(preview, tail):
    content = (HEADER + "2025-01,Search,5.00,EUR,Überweisung,\n" + FIRST).encode()
    found = preview(content + b"2025-01,Search,6.00,EUR," + tail)
    (only,) = blockers(found)
    assert only.lines == (2, 4)
    assert only.code == "encoding"


def test_one_windows_encoding_is_still_read(preview):
    found = preview(
        (HEADER + FIRST + "2025-01,Zoë Labs,5.00,EUR,Überweisung für Ärzte – “so”,\n").encode("cp1252")
    )
    assert not blockers(found)


def test_the_line_that_names_the_delimiter_is_no_title(preview):
    found = preview(("sep=;\n" + HEADER + FIRST).replace(",", ";"))
    assert [issue.code for issue in found.issues] == []


def test_a_cell_that_is_far_too_long_does_not_hide_the_header(preview):
    (only,) = blockers(preview(HEADER + FIRST + f"2025-01,Search,5.00,EUR,{'y' * 200_000},\n"))
    assert only.code == "too_long"
    assert len(only.message) < 200


def test_a_broken_line_is_not_also_called_a_file_without_costs(preview):
    found = preview(HEADER + "2025-01,Search,100,50,EUR,x,y\n")
    assert [issue.code for issue in blockers(found)] == ["long_record"]


def test_a_footer_is_one_cell(preview):
    (only,) = blockers(preview(HEADER + FIRST + "3 rows selected.\n"))
    assert "after 1 cell;" in only.message
    assert "remove it" in only.fix


MONTHS = [
    ("45658", "day number"),
    ("P07", "fiscal"),
    ("FY25 P07", "fiscal"),
    ("2025P07", "fiscal"),
    ("Q1 2025", "fiscal"),
    ("########", "too narrow"),
    ("month", "header"),
    ("2025-13", "Correct the month"),
    ("2025-00", "Correct the month"),
    ("25-01", "Correct the month"),
]


@pytest.mark.parametrize(("written", "word"), MONTHS)
def test_a_month_that_is_none_is_refused_with_what_to_do(preview, written, word):
    (only,) = blockers(preview(HEADER + FIRST + f"{written},Search,5.00,EUR,x,\n"))
    assert f"“{written}”" in only.message
    assert word in only.fix


AMOUNTS = [
    ("12.00 CR", "negative"),
    ("CR 12.00", "negative"),
    ("12.00 H", "negative"),
    ("1E+05", "number with decimals"),
    ("#REF!", "formula"),
    ("######", "too narrow"),
    ("5.00 %", "share"),
    ("5k", "in full"),
    ("(-5.00)", "Correct the amount"),
    ("NaN", "Correct the amount"),
    ("1 2", "Correct the amount"),
    ("5.-", "Correct the amount"),
]


@pytest.mark.parametrize(("written", "word"), AMOUNTS)
def test_an_amount_that_is_none_is_refused_with_what_to_do(preview, written, word):
    (only,) = blockers(preview(HEADER + FIRST + f"2025-01,Search,{written},EUR,x,\n"))
    assert f"“{written}”" in only.message
    assert word in only.fix


@pytest.mark.parametrize("written", ["5,--", "5,–-", "(5,--)"])
def test_a_price_without_cents_is_never_a_credit(preview, written):
    """`5,--` is five, as shops write it: read as minus five, it would change a total in silence."""
    found = preview(f"month;team;amount;currency\n2025-01;Search;1,50;EUR\n2025-01;Search;{written};EUR\n")
    assert [issue.code for issue in blockers(found)] == ["amount_unreadable"]


@pytest.mark.parametrize("place", ["Total,", ",TOTAL"])
def test_a_cost_that_says_total_is_kept_and_told(preview, place):
    found = preview(HEADER + FIRST + f"2025-01,Search,10.25,EUR,{place}\n")
    (only,) = found.issues
    assert (only.code, only.line) == ("maybe_total", 3)
    assert [month.amount for month in found.months] == [2050]


@pytest.mark.parametrize("place", ["Total Energies gas,", ",Total Energies"])
def test_a_supplier_called_total_something_is_no_total(preview, place):
    assert preview(HEADER + f"2025-01,Search,10.25,EUR,{place}\n").issues == ()


ALIKE = [("Se\u0430rch", "U+0430"), ("Sea\u200brch", "U+200B"), ("Sear\u00adch", "U+00AD")]


@pytest.mark.parametrize(("written", "sign"), ALIKE)
def test_why_a_name_that_looks_the_same_is_another_is_said(preview, written, sign):
    (only,) = blockers(preview(HEADER + f"2025-01,{written},5.00,EUR,x,\n"))
    assert "Is it Search?" in only.message
    assert sign in only.message


def test_a_very_long_name_is_shown_in_part(preview):
    (only, *_) = blockers(preview(HEADER + f"2025-01,{'S' * 300},5.00,EUR,x,\n"))
    assert len(only.message) < 150


def test_three_identical_lines_are_all_kept_and_said_so(preview):
    (only,) = preview(HEADER + FIRST * 3).issues
    assert "all are kept" in only.message
    assert only.lines == (2, 3, 4)
