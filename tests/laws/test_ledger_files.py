"""A ledger in any dialect is read back to the last line and cent, or refused; damaged bytes never crash."""

import csv
import io
from collections import Counter
from contextlib import suppress
from dataclasses import dataclass
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from roi.commands import costs
from roi.commands.changing.requests import CostImport
from roi.domain.importing import Settings
from roi.domain.periods import MONTH_NAMES
from tests.laws.ledgers import examples

QUESTIONS = {"date_order", "decimal_mark"}
"""The only reasons to refuse a regular ledger: two readings that no line of it decides."""

AREAS = (
    "A100",
    "Straße 7",
    "R&D; Lab",
    'the "new" one',
    "Área, Norte",
    "GDS|PLATFORM",
    "=1+1",
    "Ελλάδα",
    "0042",
)
NOTES = st.text(
    st.characters(
        codec="utf-8", exclude_categories=("Cc", "Cs", "Zl", "Zp"), exclude_characters="\ufeff\ufffd"
    ),
    max_size=12,
)
HEADERS = {
    "month": ("Month", "posting date", "Buchungsmonat", " Date "),
    "area": ("Cost centre", "Expense Area", "KOSTENSTELLE", "centro de coste"),
    "amount": ("Amount", "Betrag", "Importe", " Amount £ "),
    "note": ("Description", "Buchungstext", "libellé"),
}


@dataclass(frozen=True)
class Dialect:
    """How a ledger is written."""

    delimiter: str
    encoding: str
    decimal: str
    thousands: str
    negative: str
    date: str
    line_end: str
    titles: int
    blanks: int
    has_total: bool
    quotes_all: bool
    order: tuple[str, ...]
    names: tuple[tuple[str, str], ...]


DATES = ("iso", "day", "yyyymm", "slashed", "american", "dotted", "named", "worded", "month/year")

dialects = st.builds(
    Dialect,
    delimiter=st.sampled_from(",;\t|"),
    encoding=st.sampled_from(("utf-8", "utf-8-sig", "utf-16", "cp1252")),
    decimal=st.sampled_from(".,"),
    thousands=st.sampled_from(("", "mark", " ", "'", "\u00a0", "’")),
    negative=st.sampled_from(("-x", "(x)", "x-", "−x")),
    date=st.sampled_from(DATES),
    line_end=st.sampled_from(("\n", "\r\n")),
    titles=st.integers(0, 3),
    blanks=st.integers(0, 3),
    has_total=st.booleans(),
    quotes_all=st.booleans(),
    order=st.permutations(("month", "area", "amount", "note")).map(tuple),
    names=st.tuples(
        *(st.tuples(st.just(name), st.sampled_from(options)) for name, options in HEADERS.items())
    ),
)
lines = st.lists(
    st.tuples(
        st.integers(2024, 2026),
        st.integers(1, 12),
        st.integers(1, 28),
        st.sampled_from(AREAS),
        st.one_of(st.integers(-99_999, 99_999), st.integers(-(10**11), 10**11)),
        NOTES,
    ),
    min_size=1,
    max_size=15,
)


def amount(minor, dialect):
    whole, cents = divmod(abs(minor), 100)
    mark = {"mark": "," if dialect.decimal == "." else "."}.get(dialect.thousands, dialect.thousands)
    text = f"{whole:,}".replace(",", mark) + f"{dialect.decimal}{cents:02d}"
    return dialect.negative.replace("x", text) if minor < 0 else text


def written(year, month, day, dialect):
    return {
        "iso": f"{year}-{month:02d}-{day:02d}",
        "day": f"{year}-{month:02d}-{day:02d} 00:00:00",
        "yyyymm": f"{year}{month:02d}",
        "slashed": f"{day:02d}/{month:02d}/{year}",
        "american": f"{month}/{day}/{year}",
        "dotted": f"{day}.{month:02d}.{year % 100:02d}",
        "named": f"{day}-{MONTH_NAMES[month - 1][:3]}-{year % 100:02d}",
        "worded": f"{MONTH_NAMES[month - 1]} {year}",
        "month/year": f"{month:02d}/{year}",
    }[dialect.date]


def file_of(ledger, dialect):
    """The ledger as some system would export it; None where its encoding cannot hold it."""
    out = io.StringIO(newline="")
    quoting = csv.QUOTE_ALL if dialect.quotes_all else csv.QUOTE_MINIMAL
    writer = csv.writer(out, delimiter=dialect.delimiter, lineterminator=dialect.line_end, quoting=quoting)
    for number in range(dialect.titles):
        writer.writerow([("Costs of the year", "Printed on Monday", "")[number]])
    names = dict(dialect.names)
    writer.writerow([names[column] for column in dialect.order])
    for year, month, day, area, minor, note in ledger:
        cells = {
            "month": written(year, month, day, dialect),
            "area": area,
            "amount": amount(minor, dialect),
            "note": note,
        }
        writer.writerow([cells[column] for column in dialect.order])
    if dialect.has_total:
        total = amount(sum(line[4] for line in ledger), dialect)
        writer.writerow([{"amount": total, "area": "Total"}.get(column, "") for column in dialect.order])
    for _ in range(dialect.blanks):
        out.write(dialect.delimiter * 3 + dialect.line_end)
    with suppress(UnicodeEncodeError):
        return out.getvalue().encode(dialect.encoding)
    return None


def months_of(ledger):
    """Month → lines and amount."""
    rows, sums = Counter(), Counter()
    for year, month, _, _, minor, _ in ledger:
        rows[year * 100 + month] += 1
        sums[year * 100 + month] += minor
    return {month: (rows[month], sums[month]) for month in rows}


def areas_of(ledger):
    sums = Counter()
    for _, _, _, area, minor, _ in ledger:
        sums[area] += minor
    return dict(sums)


def request_of(content, source="Books"):
    return CostImport(content, "ledger.csv", source, Settings(stated=(("currency", "EUR"),)))


@pytest.fixture(scope="module")
def preview(tmp_path_factory, finance):
    """Previews a file on a store that stays empty."""
    from roi.store.database import Store

    store = Store.open(tmp_path_factory.mktemp("files") / "roi.duckdb", purpose="a test")
    yield lambda content: costs.preview(store, finance, request_of(content))
    store.close()


@given(ledger=lines, dialect=dialects)
@examples(40, soak=250)
def test_r6_any_dialect_is_read_back_to_the_line_and_cent_or_refused(preview, ledger, dialect):
    content = file_of(ledger, dialect)
    if content is None:
        return
    found = preview(content)
    told = {issue.code for issue in found.blockers}
    assert told <= QUESTIONS, [issue.message for issue in found.blockers]
    if not told:
        assert {one.month: (one.rows, one.amount) for one in found.months} == months_of(ledger)
        assert {one.area: one.amount for one in found.suspense} == areas_of(ledger)
        assert ("total_line" in {issue.code for issue in found.warnings}) == dialect.has_total


@given(ledger=lines, dialect=dialects)
@examples(4)
def test_r6_what_is_imported_is_what_was_written(store_of, finance, ledger, dialect):
    content = file_of(ledger, dialect)
    if content is None:
        return
    store, source = store_of()
    request = request_of(content, source)
    if not costs.preview(store, finance, request).is_ready:
        return
    costs.import_costs(store, finance, request)
    with store.cursor() as cursor:
        rows = cursor.execute(
            "select month, cost_centre, amount_minor, description from live_cost_line where source = ?",
            [source],
        ).fetchall()
    wanted = [(year * 100 + month, area, minor, note) for year, month, _, area, minor, note in ledger]
    assert Counter(rows) == Counter(wanted)


@pytest.fixture(scope="module")
def store_of(tmp_path_factory):
    """A store, and a source that nothing was imported from yet."""
    from roi.store.database import Store

    store = Store.open(tmp_path_factory.mktemp("imports") / "roi.duckdb", purpose="a test")
    numbers = iter(range(10**6))
    yield lambda: (store, f"Books {next(numbers)}")
    store.close()


PLAIN = Dialect(
    ",", "utf-8", ".", "", "-x", "iso", "\n", 0, 0, has_total=False, quotes_all=False,
    order=("month", "area", "amount", "note"),
    names=tuple((name, words[0]) for name, words in HEADERS.items()),
)  # fmt: skip
Damage = tuple[str, int, int, bytes]
damages = st.lists(
    st.tuples(
        st.sampled_from(("flip", "cut", "put", "twice", "end", "swap")),
        st.integers(0, 2**16),
        st.integers(1, 60),
        st.one_of(
            st.binary(max_size=4), st.sampled_from((b'"', b",", b"\n", b"\r", b";", b"\0", b"\xef\xbb\xbf"))
        ),
    ),
    min_size=1,
    max_size=3,
)


def damaged(content: bytes, damage: Damage) -> bytes:
    kind, place, size, put = damage
    at = place % max(len(content), 1)
    if kind == "flip":
        return (
            content[:at] + bytes(code ^ (1 << size % 8) for code in content[at : at + 1]) + content[at + 1 :]
        )
    if kind == "cut":
        return content[:at] + content[at + size :]
    if kind == "put":
        return content[:at] + put + content[at:]
    if kind == "twice":
        return content[: at + size] + content[at:]
    if kind == "end":
        return content[:at]
    return content[:at] + content[at + size :] + content[at : at + size]


def oracle(content: bytes) -> Counter | None:
    """Amounts by month as the plainest of readers has them; None where it cannot tell."""
    try:
        rows = [row for row in csv.reader(io.StringIO(content.decode(), newline=""), strict=True) if any(row)]
        head = [cell.strip() for cell in rows[0]]
        if head != ["Month", "Cost centre", "Amount", "Description"]:
            return None
        sums: Counter = Counter()
        for month, _, text, _ in rows[1:]:
            value = Decimal(text)
            if not value.is_finite() or "e" in text.lower() or "_" in text:
                return None
            sums[int(month[:4]) * 100 + int(month[5:7])] += value * 100
    except (ValueError, ArithmeticError, csv.Error, IndexError):
        return None
    return sums


@given(ledger=lines, damage=damages)
@examples(40, soak=250)
def test_r6_damaged_bytes_never_crash_and_never_change_a_total_in_silence(preview, ledger, damage):
    content = file_of(ledger, PLAIN)
    for one in damage:
        content = damaged(content, one)
    found = preview(content)
    wanted = oracle(content)
    if not found.is_ready:
        assert found.blockers or found.rows == 0
        assert all(
            "Nothing has been saved" in issue.message for issue in found.blockers if issue.code != "more"
        )
    elif wanted is not None and not {"total_line", "no_cost"} & {issue.code for issue in found.warnings}:
        assert {one.month: one.amount for one in found.months} == dict(wanted)
