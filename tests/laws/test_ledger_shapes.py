"""The same ledgers as workbooks, with months across, and as debit beside credit: read back, or refused."""

import csv
import io
import re
from collections import Counter
from dataclasses import replace
from datetime import date
from decimal import Decimal
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from roi.commands import costs
from roi.commands.changing.requests import CostImport
from roi.domain.importing import Settings
from roi.domain.periods import MONTH_NAMES
from tests.laws.ledgers import examples
from tests.laws.test_ledger_files import (
    QUESTIONS,
    areas_of,
    damaged,
    damages,
    dialects,
    lines,
    months_of,
)
from tests.laws.test_ledger_files import amount as written_amount
from tests.workbooks import Raw, Sheet, day, serial, sheet_xml, workbook

EUR = (("currency", "EUR"),)


@pytest.fixture(scope="module")
def preview(tmp_path_factory, finance):
    """Previews a file on a store that stays empty."""
    from roi.store.database import Store

    store = Store.open(tmp_path_factory.mktemp("shapes") / "roi.duckdb", purpose="a test")

    def previewed(content, name="ledger.xlsx", **settings):
        return costs.preview(
            store, finance, CostImport(content, name, "Books", Settings(stated=EUR, **settings))
        )

    yield previewed
    store.close()


def is_read(found, ledger):
    """Whether it was read to the line and cent; else it must have been refused for a question."""
    told = {issue.code for issue in found.blockers}
    assert told <= QUESTIONS, [issue.message for issue in found.blockers]
    if not told:
        assert {one.month: (one.rows, one.amount) for one in found.months} == months_of(ledger)
        assert {one.area: one.amount for one in found.suspense} == areas_of(ledger)
    return not told


books = st.fixed_dictionaries(
    {
        "date": st.sampled_from(("day", "serial text", "text", "time")),
        "number": st.sampled_from(("cell", "seventeen", "text", "formula")),
        "titles": st.integers(0, 2),
        "first_row": st.integers(1, 4),
        "first_column": st.integers(1, 3),
        "is_1904": st.booleans(),
        "has_total": st.booleans(),
        "has_empty_sheet": st.booleans(),
        "hides": st.booleans(),
        "dimension": st.sampled_from(("", "A1", "A1:XFD1048576")),
    }
)


def date_cell(line, book):
    year, month, of_month, *_ = line
    when = date(year, month, of_month)
    if book["date"] == "day":
        return day(when, is_1904=book["is_1904"])
    if book["date"] == "time":
        return Raw(f' s="4"><v>{serial(when, is_1904=book["is_1904"])}.5</v>')
    if book["date"] == "serial text":
        return f"{when:%Y%m%d}"
    return f"{when}"


def number_cell(minor, book):
    value = minor / 100
    if book["number"] == "text":
        return f"{Decimal(minor).scaleb(-2):f}"
    if book["number"] == "seventeen":
        return Raw(f"><v>{value:.17g}</v>")
    if book["number"] == "formula":
        return Raw(f"><f>1*{value!r}</f><v>{value!r}</v>")
    return value


def book_of(ledger, book):
    """The ledger as a workbook of some make."""
    rows = [(("Costs of the year",), ("Printed on Monday",))[number] for number in range(book["titles"])]
    rows.append(("Month", "Cost centre", "Amount", "Description"))
    for line in ledger:
        *_, area, minor, note = line
        rows.append((date_cell(line, book), area, number_cell(minor, book), note or None))
    if book["has_total"]:
        rows.append((None, "Total", number_cell(sum(line[4] for line in ledger), book), None))
    hidden = frozenset({book["first_row"] + book["titles"] + 1} if book["hides"] else ())
    sheet = Sheet("Ledger", rows, book["first_row"], book["first_column"], hidden)
    dimension = f'<dimension ref="{book["dimension"]}"/><sheetData>' if book["dimension"] else "<sheetData>"
    xml = sheet_xml(sheet).replace(b"<sheetData>", dimension.encode())
    others = (Sheet("Empty", []),) if book["has_empty_sheet"] else ()
    return workbook(sheet, *others, is_1904=book["is_1904"], extra={"xl/worksheets/sheet1.xml": xml})


def fits_a_cell(ledger):
    """Notes with letters that no XML may hold stand in no workbook."""
    bad = re.compile("[^\t\n\r -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]|_x[0-9A-Fa-f]{4}_")
    return not any(bad.search(line[5]) for line in ledger)


@given(ledger=lines.filter(fits_a_cell), book=books)
@examples(10)
def test_r6_any_workbook_is_read_back_to_the_line_and_cent(preview, ledger, book):
    found = preview(book_of(ledger, book))
    assert is_read(found, ledger), "nothing in it is a question"
    said = {issue.code for issue in found.warnings}
    assert ("total_line" in said, "hidden_rows" in said) == (book["has_total"], book["hides"])


def pivoted(ledger):
    """One line for each area and month, as it stands with months across."""
    sums: Counter = Counter()
    for year, month, _, area, minor, _ in ledger:
        sums[area, year * 100 + month] += minor
    return sums


def across(ledger, style):
    sums = pivoted(ledger)
    months = sorted({month for _, month in sums})
    heads = [style(month // 100, month % 100) for month in months]
    rows = [
        (area, *(sums.get((area, month)) for month in months))
        for area in dict.fromkeys(area for area, _ in sums)
    ]
    wanted = [(month // 100, month % 100, 1, area, minor, "") for (area, month), minor in sums.items()]
    return heads, rows, wanted


STYLES = {
    "iso": lambda year, month: f"{year}-{month:02d}",
    "named": lambda year, month: f"{MONTH_NAMES[month - 1][:3]} {year}",
    "slash": lambda year, month: f"{month:02d}/{year}",
    "day": lambda year, month: date(year, month, 1),
}


@given(ledger=lines, style=st.sampled_from(sorted(STYLES)), is_book=st.booleans(), dialect=dialects)
@examples(6)
def test_r6_months_across_are_read_back_to_the_cent(preview, ledger, style, is_book, dialect):
    heads, rows, wanted = across(ledger, STYLES[style])
    if is_book:
        cells = [
            (area, *(None if minor is None else minor / 100 for minor in minors)) for area, *minors in rows
        ]
        content = workbook(Sheet("Plan", [("Cost centre", *heads), *cells]))
    else:
        texts = [
            [area, *("" if one is None else written_amount(one, dialect) for one in rest)]
            for area, *rest in rows
        ]
        content = as_text([["Cost centre", *map(str, heads)], *texts], dialect)
    found = preview(content, months_across=True)
    is_read(found, wanted)


def as_text(rows, dialect):
    out = io.StringIO(newline="")
    csv.writer(out, delimiter=dialect.delimiter, lineterminator=dialect.line_end).writerows(rows)
    encoding = dialect.encoding if dialect.encoding != "cp1252" else "utf-8"
    return out.getvalue().encode(encoding)


def sides(ledger, dialect, splits):
    """Each line as a debit, as a credit, or as both with the difference that it is."""
    plain = replace(dialect, negative="-x")
    for (year, month, of_month, area, minor, note), split in zip(ledger, splits, strict=True):
        debit, credit = (max(minor, 0) + split, max(-minor, 0) + split)
        shown = [written_amount(one, plain) if one else "" for one in (debit, credit)]
        yield [f"{year}-{month:02d}-{of_month:02d}", area, *(shown if any(shown) else ["0", ""]), note]


@given(st.data(), lines, dialects)
@examples(6)
def test_r6_debit_beside_credit_is_read_back_to_the_cent(preview, data, ledger, dialect):
    splits = [data.draw(st.sampled_from((0, 0, 0, 50, 123_456))) for _ in ledger]
    rows = [["Date", "Cost centre", "Soll", "Haben", "Text"], *sides(ledger, dialect, splits)]
    found = preview(
        as_text(rows, dialect), "ledger.csv", debit="Soll", credit="Haben", decimal=dialect.decimal
    )
    assert is_read(found, ledger)


def text_of(cell):
    kinds = {None: "v", "n": "v", "inlineStr": "t"}
    if cell.get("t") not in kinds or cell.get("s") not in {None, "0"}:
        raise ValueError
    found = [one for one in cell.iter() if one.tag.endswith("}" + kinds[cell.get("t")])]
    if len(found) != 1 or list(found[0]):
        raise ValueError
    return found[0].text or ""


def book_oracle(xml):
    """Amounts by month as the plainest of readers has them; None where it cannot tell."""
    try:
        rows = list(
            ElementTree.fromstring(xml).iter("{http://schemas.openxmlformats.org/spreadsheetml/2006/main}row")
        )
        cells = [
            {re.fullmatch("[A-D]", one.get("r", "")[:1])[0]: text_of(one) for one in row} for row in rows
        ]
        places = [(row.get("r"), [one.get("r") for one in row]) for row in rows]
        if [place for place, _ in places] != [str(number) for number in range(1, len(rows) + 1)]:
            return None
        if any(
            name != f"{'ABCD'[column]}{row}" for row, names in places for column, name in enumerate(names)
        ):
            return None
        if not cells or cells[0] != dict(zip("ABC", ("Month", "Cost centre", "Amount"), strict=True)):
            return None
        sums: Counter = Counter()
        for row in cells[1:]:
            if not re.fullmatch(r"\d{4}-\d\d-\d\d", row["A"]) or not re.fullmatch(
                r"-?\d{1,13}(\.\d{1,2})?", row["C"]
            ):
                return None
            sums[int(row["A"][:4]) * 100 + int(row["A"][5:7])] += Decimal(row["C"]) * 100
    except (ElementTree.ParseError, ValueError, TypeError, KeyError, ArithmeticError):
        return None
    return sums


@given(ledger=lines, damage=damages)
@examples(10)
def test_r6_damaged_sheets_never_crash_and_never_change_a_total_in_silence(preview, ledger, damage):
    rows = [("Month", "Cost centre", "Amount")]
    rows += [(f"{line[0]}-{line[1]:02d}-{line[2]:02d}", line[3], line[4] / 100) for line in ledger]
    sheet = Sheet("Ledger", rows)
    xml = sheet_xml(sheet)
    for one in damage:
        xml = damaged(xml, one)
    found = preview(workbook(sheet, extra={"xl/worksheets/sheet1.xml": xml}))
    wanted = book_oracle(xml)
    if not found.is_ready:
        assert found.blockers or found.rows == 0
    elif wanted is not None and not {"total_line", "no_cost"} & {issue.code for issue in found.warnings}:
        assert {one.month: one.amount for one in found.months} == dict(wanted)


def sides_oracle(content):
    """Debit less credit by month as the plainest of readers has them; None where it cannot tell."""
    try:
        rows = [row for row in csv.reader(io.StringIO(content.decode(), newline=""), strict=True) if any(row)]
        if rows[0] != ["Date", "Cost centre", "Soll", "Haben"]:
            return None
        sums: Counter = Counter()
        for when, _, *both in rows[1:]:
            if not all(re.fullmatch(r"(\d+(\.\d\d?)?)?", one) for one in both) or not any(both):
                return None
            debit, credit = (Decimal(one or 0) for one in both)
            sums[int(when[:4]) * 100 + int(when[5:7])] += (debit - credit) * 100
    except (ValueError, csv.Error, IndexError):
        return None
    return sums


@given(ledger=lines, damage=damages)
@examples(10)
def test_r6_damaged_debits_and_credits_never_change_a_total_in_silence(preview, ledger, damage):
    rows = [["Date", "Cost centre", "Soll", "Haben"]]
    for year, month, of_month, area, minor, _ in ledger:
        shown = f"{Decimal(abs(minor)).scaleb(-2):f}"
        rows.append(
            [f"{year}-{month:02d}-{of_month:02d}", area, *((shown, "") if minor >= 0 else ("", shown))]
        )
    out = io.StringIO(newline="")
    csv.writer(out, lineterminator="\n").writerows(rows)
    content = out.getvalue().encode()
    for one in damage:
        content = damaged(content, one)
    found = preview(content, "ledger.csv", debit="Soll", credit="Haben")
    wanted = sides_oracle(content)
    if not found.is_ready:
        assert found.blockers or found.rows == 0
    elif wanted is not None and not {"total_line", "no_cost"} & {issue.code for issue in found.warnings}:
        assert {one.month: one.amount for one in found.months} == dict(wanted)
