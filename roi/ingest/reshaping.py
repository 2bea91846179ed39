"""Two shapes that finance has, made long and net before staging: months across columns, debit beside credit.

Every record keeps its physical line. A cell that holds nothing makes no line; nothing else is left out.
"""

import csv
import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from decimal import Decimal
from uuid import uuid4

from roi.domain.importing import ReadTable, Settings
from roi.domain.periods import iso_month, parse_iso_month
from roi.errors import UNSAVED, Issue, blocker, warning
from roi.ingest import columns
from roi.ingest.month_headers import header_month

MONTH_HEADER, AMOUNT_HEADER, NET_HEADER = "(month of the column)", "(amount of the month)", "(debit − credit)"
_IS_TOTAL = "a total across its columns; left out, or it would count twice."
_IS_EMPTY = "no amount in any month; no line is made of it."
_TOTAL = re.compile(  # as `is_total` of store/staging/3_macros.sql, which sees only rows without a month
    r"((grand|sub|overall|net|gross)[ -]?)?totals?([ :].*)?|sum:?|summe:?|(zwischen|gesamt)summe.*|gesamt:?|"
    r"insgesamt:?|(sous-)?total général.*|sous-total.*|somme:?|suma:?|total(es)?( general)?:?"
)
_PLAIN_TOTAL = re.compile(  # as `is_plain_total` there
    r"((grand|sub|overall|net|gross)[ -]?)?totals?:?|sums?:?|summe:?|(zwischen|gesamt)summe:?|gesamt:?|"
    r"insgesamt:?|(sous-)?total général:?|sous-total:?|somme:?|suma:?|total(es)?( general)?:?"
)
_FEW = 2
_OTHER = {".": ",", ",": "."}
_EMPTY = re.compile(r"[\s\u00a0\u202f]*[-–—]?[\s\u00a0\u202f]*")
_UNIT = r"(?:[A-Z]{3}|[A-Z]{0,2}[€$£¥₹])?"
_PLAIN = re.compile(rf"\s*{_UNIT}\s*([0-9][0-9.,'’\s]*?)\s*{_UNIT}\s*")
_OF_A_NUMBER = re.compile(r"[0-9.,'’\s]")
_GROUPED = {
    mark: re.compile(rf"([0-9]+|[1-9][0-9]{{0,2}}([{other}'’\s])[0-9]{{3}}(\2[0-9]{{3}})*)([{mark}][0-9]+)?")
    for mark, other in ((".", ","), (",", "."))
}
_SIGNED = [re.compile(one) for one in (r"[-−–]([^-−–()+]+)", r"\(([^-−–()+]+)\)", r"([^-−–()+]+)[-−–]")]
_NOTHING = re.compile(rf"\s*[-–—]?\s*|[-–—+(]?\s*{_UNIT}\s*[-–—+]?\s*[.,]?0[0.,'\s]*{_UNIT}\s*[-)]?\s*")


@dataclass(frozen=True, slots=True)
class Reshaped:
    """The table to be read, the settings that fit it, and what was wrong; None when it cannot be made."""

    table: ReadTable | None
    settings: Settings
    issues: tuple[Issue, ...] = ()


@contextmanager
def reshaped(table: ReadTable, settings: Settings) -> Iterator[Reshaped]:
    """The table as staging reads it: as it is, or made long or net in a spool that goes with the block."""
    if not (settings.months_across or settings.debit or settings.credit):
        yield Reshaped(table, settings)
        return
    made = _across(table, settings) if settings.months_across else _net(table, settings)
    try:
        yield made
    finally:
        if made.table is not None:
            made.table.spool.unlink(missing_ok=True)


def as_asked(used: Settings, asked: Settings) -> Settings:
    """The settings that were used, without the columns that only the reshaped table has."""
    made = {MONTH_HEADER, AMOUNT_HEADER, NET_HEADER}
    kept = tuple(pair for pair in used.columns if pair[1] not in made)
    shape = {"months_across": asked.months_across, "debit": asked.debit, "credit": asked.credit}
    return replace(used, columns=kept, **shape)  # type: ignore[arg-type]  # the three have these types


def _across(table: ReadTable, settings: Settings) -> Reshaped:
    year = (parse_iso_month(settings.value_of("month") or "") or 0) // 100 or None
    months = {cell: month for cell, text in enumerate(table.headers) if (month := header_month(text, year))}
    refused = _unfit(table, settings, months)
    if refused:
        return Reshaped(None, settings, (refused,))
    kept = [cell for cell in range(table.width) if cell not in months]
    empty: list[int] = []
    totals: list[int] = []

    def lines() -> Iterator[tuple[int, list[str]]]:
        for line, cells in _records(table):
            rest = [cells[other] for other in kept]
            if _is_total(rest):
                totals.append(line)
                continue
            filled = [(cell, cells[cell]) for cell in months if not _EMPTY.fullmatch(cells[cell])]
            if not filled:
                empty.append(line)
            for cell, amount in filled:
                yield line, [*rest, iso_month(months[cell]), amount]

    headers = _headers(table, kept)
    made = replace(
        _written(table, lines()),
        headers=(*headers, MONTH_HEADER, AMOUNT_HEADER),
        width=len(kept) + 2,
        number_columns=frozenset({len(kept) + 1} if months.keys() <= table.number_columns else ()),
    )
    stated = tuple(pair for pair in settings.stated if pair[0] != "month")
    chosen = _with(settings, ("month", MONTH_HEADER), ("amount", AMOUNT_HEADER))
    issues = (*_rows("total_line", totals, _IS_TOTAL), *_rows("no_amount", empty, _IS_EMPTY))
    return Reshaped(made, replace(chosen, stated=stated), issues)


def _is_total(cells: Sequence[str]) -> bool:
    """Whether a row says that it is a total and little else: a supplier may be called Total Energies."""
    named = [cell.strip().casefold() for cell in cells if any(letter.isalpha() for letter in cell)]
    is_plain = any(_PLAIN_TOTAL.fullmatch(cell) for cell in named) and len(named) <= _FEW
    return is_plain or (len(named) == 1 and _TOTAL.fullmatch(named[0]) is not None)


def _headers(table: ReadTable, kept: Sequence[int]) -> tuple[str, ...]:
    return tuple(table.headers[cell] if cell < len(table.headers) else "" for cell in kept)


def _with(settings: Settings, *pairs: tuple[str, str]) -> Settings:
    names = {name for name, _ in pairs}
    rest = tuple(pair for pair in settings.columns if pair[0] not in names)
    return replace(settings, columns=(*rest, *pairs))


def _unfit(table: ReadTable, settings: Settings, months: dict[int, int]) -> Issue | None:
    if settings.debit or settings.credit:
        message = f"Months across columns and debit and credit columns do not go together. {UNSAVED}"
        return blocker("shape", message, fix="Say one of the two.")
    if not months:
        message = f"No column of {table.name} is named like a month. {UNSAVED}"
        expected = "headers such as 2026-01 or Jan 2026; for Jan alone, state the first month with its year"
        return blocker("no_month_column", message, column="month", expected=expected)
    twice = [month for month in months.values() if list(months.values()).count(month) > 1]
    if twice:
        message = f"The month {iso_month(twice[0])} stands in two columns. {UNSAVED}"
        return blocker("month_twice", message, column="month", fix="Leave one of the columns out.")
    return None


def _rows(code: str, lines: Sequence[int], told: str) -> Iterator[Issue]:
    """Rows that were left out, by name and reason."""
    if lines:
        which = ", ".join(str(line) for line in lines[:5]) + (", …" if len(lines) > 5 else "")
        where = f"Row {which}" if len(lines) == 1 else f"Rows {which}"
        shown = tuple(lines[:5])
        yield warning(code, f"{where}: {told}", line=lines[0], lines=shown, count=len(lines))


def _net(table: ReadTable, settings: Settings) -> Reshaped:
    places, issues = [], []
    for name, header in (("debit", settings.debit), ("credit", settings.credit)):
        cell = columns.find(table.headers, header) if header else None
        if cell is None:
            message = f"The {name} column “{header}” is not in this file. {UNSAVED}"
            issues.append(blocker("missing_header", message, column=name, sent=header, expected=name))
        else:
            places.append(cell)
    if issues:
        return Reshaped(None, settings, tuple(issues))
    debit, credit = places
    is_number = table.number_columns.issuperset(places)
    decimal = "." if is_number else settings.decimal

    def lines() -> Iterator[tuple[int, list[str]]]:
        for line, cells in _records(table):
            net = _difference(cells[debit], cells[credit], decimal)
            if net is None:
                issues.append(_unclear(line, cells[debit], cells[credit]))
            yield line, [*cells, net or ""]

    made = _written(table, lines())
    if issues:
        made.spool.unlink(missing_ok=True)
        return Reshaped(None, settings, tuple(issues))
    headers = (*_headers(table, range(table.width)), NET_HEADER)
    numbers = frozenset({table.width} if is_number else ())
    made = replace(made, headers=headers, width=table.width + 1, number_columns=numbers)
    return Reshaped(made, _with(settings, ("amount", NET_HEADER)))


def _difference(debit: str, credit: str, decimal: str | None) -> str | None:
    """Debit minus credit as text in the file's own way of writing; None when it is not clear."""
    if _NOTHING.fullmatch(credit):
        return debit if not _EMPTY.fullmatch(debit) else credit
    if _NOTHING.fullmatch(debit):
        return _negated(credit)
    one, other = _number(debit, decimal), _number(credit, decimal)
    units = {unit for text in (debit, credit) if (unit := _OF_A_NUMBER.sub("", text))}
    if one is None or other is None or len(units) > 1:
        return None
    mark = decimal or ("," if re.search(r",\d{1,2}\D*$", debit) else ".")
    return f"{' '.join(units)} {one - other:f}".strip().replace(".", mark)


def _negated(text: str) -> str:
    """The amount with the other sign; more than one sign stays unreadable, and is refused as that."""
    bare = text.strip()
    found = next((match for sign in _SIGNED if (match := sign.fullmatch(bare))), None)
    if found is not None:
        return found[1].strip()
    return f"? {bare}" if re.search(r"[-−–()]", bare) else f"-{bare.lstrip('+').strip()}"


def _number(text: str, decimal: str | None) -> Decimal | None:
    """An exact number, or None where the marks leave two ways to read it."""
    found = _PLAIN.fullmatch(text)
    if found is None:
        return None
    body = found[1]
    marks = [mark for mark in body if mark in ".,"]
    if decimal is None and len(marks) == 1 and re.search(r"[.,]\d{3}$", body):
        return None
    mark = decimal or (
        marks[-1] if marks and marks.count(marks[-1]) == 1 else _OTHER.get("".join(marks[-1:]), ".")
    )
    if not _GROUPED[mark].fullmatch(body):
        return None
    return Decimal(re.sub(rf"[^0-9{mark}]", "", body).replace(mark, "."))


def _unclear(line: int, debit: str, credit: str) -> Issue:
    return blocker(
        "debit_and_credit",
        f"Row {line} has a debit and a credit that cannot be taken from each other. {UNSAVED}",
        line=line,
        column="amount",
        sent=f"{debit} and {credit}",
        fix="Say which mark stands before the decimals, and use one currency in a row.",
    )


def _records(table: ReadTable) -> Iterator[tuple[int, list[str]]]:
    """Every record with its physical line, filled up to the table's width."""
    with table.spool.open(encoding="utf-8", newline="") as file:
        for number, cells in enumerate(csv.reader(file, delimiter=table.delimiter), table.header_line + 1):
            line, rest = (int(cells[0]), cells[1:]) if table.is_numbered else (number, cells)
            yield line, [*rest, *[""] * (table.width - len(rest))]


def _written(table: ReadTable, lines: Iterator[tuple[int, list[str]]]) -> ReadTable:
    """A numbered spool of these records, beside the first one."""
    path, count = table.spool.with_name(f"{uuid4().hex}.csv"), 0
    try:
        with path.open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file, delimiter=table.delimiter, lineterminator="\n")
            for line, cells in lines:
                writer.writerow([line, *cells])
                count += 1
    except BaseException:
        path.unlink(missing_ok=True)
        raise
    return replace(table, spool=path, records=count, is_numbered=True)
