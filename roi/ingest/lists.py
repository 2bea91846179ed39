"""Lists by template (teams, epics, outcomes, cost areas): a small CSV file → typed rows, or every problem.

A contract says the columns; a reader turns one cell into a value or says what was expected.
"""

import csv
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from io import StringIO

from roi.domain import sizes
from roi.domain.money import MINOR_DIGITS, SHARE_WHOLE
from roi.domain.names import fold, tidy
from roi.domain.periods import parse_iso_month
from roi.errors import UNSAVED, Issue, blocker
from roi.ingest import dialect
from roi.ingest.contracts import normal
from roi.ingest.decoding import decode

_LONGEST_CELL = 10_000
MOST_ROWS = 100_000


class UnreadableError(ValueError):
    """A cell that its reader cannot read; the text says what is expected."""


Reader = Callable[[str], object]


@dataclass(frozen=True, slots=True)
class ListField:
    """One column: our name, what it means, how it is read, and whether a row may leave it empty.

    A row that fills the column `unless` may leave a required one empty.
    """

    name: str
    help: str
    reader: Reader
    is_required: bool = False
    default: object = None
    also: tuple[str, ...] = ()
    unless: str = ""


@dataclass(frozen=True, slots=True)
class ListContract:
    """A kind of list, its columns in the order of the template."""

    kind: str
    title: str
    fields: tuple[ListField, ...]

    @property
    def template(self) -> str:
        """The header line of the template."""
        return ",".join(field.name for field in self.fields) + "\n"


@dataclass(frozen=True, slots=True)
class ListRow:
    """A row of the list: the line on which it starts, and a value per field whose column is there."""

    line: int
    values: Mapping[str, object]

    def text(self, name: str) -> str:
        """A text value; empty when the row has none."""
        value = self.values.get(name)
        return "" if value is None else str(value)


def read(content: bytes, name: str, contract: ListContract) -> tuple[tuple[ListRow, ...], tuple[Issue, ...]]:
    """The rows of a list and all that is wrong with it; never raises on a user's data."""
    decoded = decode(content, name)
    if isinstance(decoded, Issue):
        return (), (decoded,)
    layout = dialect.find(decoded.text, [field.name for field in contract.fields])
    if layout is None:
        return (), (*decoded.notes, _no_header(name, contract))
    places, issues = _places(layout.header, contract)
    if any(issue.is_blocker for issue in issues):
        return (), (*decoded.notes, *issues)
    rows: list[ListRow] = []
    try:
        for line, cells in dialect.numbered(decoded.text.decode(), layout.delimiter, strict=True):
            if line >= layout.body_line and any(cell.strip() for cell in cells):
                issues += _ragged(line, cells, len(layout.header))
                values, found = _values(line, cells, places, contract)
                issues += found
                rows.append(ListRow(line, values))
    except dialect.BrokenRecordError as error:
        issues.append(_broken(error.line))
    if not rows:
        issues.append(
            blocker("empty", f"{name} has no row below its header. {UNSAVED}", fix="Fill in one row.")
        )
    return tuple(rows), (*decoded.notes, *issues)


def _no_header(name: str, contract: ListContract) -> Issue:
    return blocker(
        "no_header",
        f"{name} has no header line that we know. {UNSAVED}",
        expected=contract.template.strip(),
        fix="Start from the template.",
    )


def _places(header: Sequence[str], contract: ListContract) -> tuple[dict[str, int], list[Issue]]:
    """Where each field stands in the header; unknown, repeated and missing columns are issues."""
    names = {normal(word): field.name for field in contract.fields for word in (field.name, *field.also)}
    places: dict[str, int] = {}
    issues: list[Issue] = []
    for place, text in enumerate(header):
        name = names.get(normal(text))
        if name is None and text.strip():
            issues.append(
                blocker(
                    "unknown_column",
                    f"The column “{text}” is none of this list. {UNSAVED}",
                    line=1,
                    column=text,
                    sent=text,
                    expected=", ".join(field.name for field in contract.fields),
                    fix="Rename or remove it.",
                )
            )
        elif name in places:
            message = f"The column “{name}” is there twice. {UNSAVED}"
            issues.append(blocker("twice", message, column=name, sent=text, fix="Keep one of them."))
        elif name is not None:
            places[name] = place
    for field in contract.fields:
        if field.is_required and not {field.name, field.unless} & places.keys():
            message = f"The column “{field.name}” is missing. {UNSAVED}"
            issues.append(blocker("missing_column", message, column=field.name, expected=field.help))
    return places, issues


def _ragged(line: int, cells: Sequence[str], width: int) -> Iterator[Issue]:
    if any(cell.strip() for cell in cells[width:]):
        yield blocker(
            "too_many_cells",
            f"Row {line} has {len(cells)} cells, the header {width}. {UNSAVED}",
            line=line,
            fix="Put quotes round a cell that holds the delimiter.",
        )


def _values(
    line: int, cells: Sequence[str], places: Mapping[str, int], contract: ListContract
) -> tuple[dict[str, object], list[Issue]]:
    values: dict[str, object] = {}
    issues: list[Issue] = []
    for field in contract.fields:
        place = places.get(field.name)
        if place is None:
            continue
        sent = cells[place].strip() if place < len(cells) else ""
        values[field.name] = field.default
        try:
            if sent:
                values[field.name] = field.reader(sent)
            elif field.is_required and not _has(cells, places.get(field.unless)):
                issues.append(_unread(line, field, sent, field.help))
        except UnreadableError as error:
            issues.append(_unread(line, field, sent, str(error)))
    return values, issues


def _has(cells: Sequence[str], place: int | None) -> bool:
    return place is not None and place < len(cells) and bool(cells[place].strip())


def _unread(line: int, field: ListField, sent: str, expected: str) -> Issue:
    what = f"you sent “{sent}”" if sent else "is empty"
    return blocker(
        f"{field.name}_unread",
        f"Row {line} · {field.name} · {what} · expected {expected}. {UNSAVED}",
        line=line,
        column=field.name,
        sent=sent,
        expected=expected,
        fix=field.help,
    )


def _broken(line: int) -> Issue:
    return blocker(
        "quotes",
        f"Row {line}: a quote is never closed, or text follows it. {UNSAVED}",
        line=line,
        fix='Write a quote inside a cell twice ("").',
    )


def text(sent: str) -> str:
    """Free text, as it was written."""
    if len(sent) > _LONGEST_CELL:
        message = f"at most {_LONGEST_CELL:,} letters"
        raise UnreadableError(message)
    return sent


def name(sent: str) -> str:
    """A name: one line, printable."""
    found = tidy(sent)
    if not found.isprintable() or len(found) > 300:
        message = "one line of up to 300 printable letters"
        raise UnreadableError(message)
    return found


def month(sent: str) -> int:
    """A month such as 2026-04."""
    found = parse_iso_month(sent)
    if found is None:
        message = "a month such as 2026-04"
        raise UnreadableError(message)
    return found


def day(sent: str) -> date:
    """A day such as 2026-04-30."""
    try:
        return datetime.strptime(sent, "%Y-%m-%d").date()  # noqa: DTZ007 - a calendar day has no zone
    except ValueError as error:
        message = "a day such as 2026-04-30"
        raise UnreadableError(message) from error


def number(sent: str) -> Decimal:
    """A number with a decimal point."""
    try:
        found = Decimal(sent) if not set(sent) - set("+-.0123456789") else Decimal("NaN")
    except InvalidOperation:
        found = Decimal("NaN")
    if not found.is_finite():
        message = "a number such as 1250.50, with a point and no thousands marks"
        raise UnreadableError(message)
    if sizes.is_too_large(found):
        message = f"a number {sizes.beyond(found)[1]}"
        raise UnreadableError(message)
    return found


def share(sent: str) -> int:
    """A share as 0.25 or 25%, in parts per million."""
    is_percent = sent.endswith("%")
    parts = number(sent.rstrip("% ")) * (SHARE_WHOLE // 100 if is_percent else SHARE_WHOLE)
    if not 0 <= parts <= SHARE_WHOLE or parts != parts.to_integral_value():
        message = "a share from 0 to 1, or from 0% to 100%, with at most six decimals"
        raise UnreadableError(message)
    return int(parts)


def many(sent: str) -> int:
    """A share that may be above one, as 0.15 or 150%, in parts per million."""
    is_percent = sent.endswith("%")
    parts = number(sent.rstrip("% ")) * (SHARE_WHOLE // 100 if is_percent else SHARE_WHOLE)
    if not 0 <= parts <= 10 * SHARE_WHOLE or parts != parts.to_integral_value():
        message = "a share from 0 to 10, or from 0% to 1000%, with at most six decimals"
        raise UnreadableError(message)
    return int(parts)


def heads(sent: str) -> int:
    """A number of heads such as 3.5, in parts per million of one."""
    parts = number(sent) * SHARE_WHOLE
    if not 0 <= parts < 10**12 or parts != parts.to_integral_value():
        message = "a number of heads from 0, with at most six decimals"
        raise UnreadableError(message)
    return int(parts)


def rate(sent: str) -> int:
    """A positive rate with at most nine decimals, in billionths."""
    parts = number(sent) * 1_000_000_000
    if not 0 < parts < 10**18 or parts != parts.to_integral_value():
        message = "a rate above 0 with at most nine decimals"
        raise UnreadableError(message)
    return int(parts)


def whole(sent: str) -> int:
    """A whole number from zero."""
    found = number(sent)
    if found != found.to_integral_value() or not 0 <= found < 10**15:
        message = "a whole number from 0"
        raise UnreadableError(message)
    return int(found)


def currency(sent: str) -> str:
    """An ISO currency code."""
    found = sent.upper()
    if found not in MINOR_DIGITS:
        message = "an ISO currency code such as USD"
        raise UnreadableError(message)
    return found


def yes_no(sent: str) -> bool:
    """Yes or no."""
    found = {"yes": True, "true": True, "1": True, "no": False, "false": False, "0": False}.get(fold(sent))
    if found is None:
        message = "yes or no"
        raise UnreadableError(message)
    return found


def choice(words: type[StrEnum]) -> Reader:
    """One of the words of an enumeration, in any case, with blanks or underscores."""
    known = {fold(word.value.replace("_", " ")): word for word in words}

    def read_choice(sent: str) -> object:
        found = known.get(fold(sent.replace("_", " ")))
        if found is None:
            message = "one of " + ", ".join(known)
            raise UnreadableError(message)
        return found

    return read_choice


def as_csv(header: Sequence[str], rows: Sequence[Sequence[object]]) -> str:
    """Rows as a CSV text, for a list that is written out again."""
    out = StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(header)
    writer.writerows(rows)
    return out.getvalue()
