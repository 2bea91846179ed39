"""The rows of an export with nobody in them: by field, with their line, and as they are kept."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from roi.domain.importing import DateOrder
from roi.errors import UNSAVED, Issue, blocker
from roi.ingest.tracker import days
from roi.ingest.tracker.headers import Columns
from roi.ingest.tracker.redaction import People, redact

CHECKED_DAYS = ("created", "started", "resolved", "cancelled", "status_changed", "changed")
"""The fields that hold days; a cell of them that is no day is told."""
UPDATED = "updated"
"""Days that only say until when the file knows."""

SentRow = tuple[int, Sequence[str]]
"""A row as it was sent: its line and all its cells."""


@dataclass(frozen=True, slots=True)
class Record:
    """One row: its line, its place among the rows (from 1), the filled cells of each field, surest first."""

    line: int
    number: int
    values: Mapping[str, tuple[str, ...]]
    is_planned: bool = False

    def first(self, name: str) -> str:
        """The surest value of a field; empty when there is none."""
        found = self.values.get(name, ())
        return found[0] if found else ""

    def all(self, name: str) -> tuple[str, ...]:
        """Every value of a field, of all its columns."""
        return self.values.get(name, ())

    def day(self, name: str, order: DateOrder | None) -> date | None:
        """The first day of a field that can be read."""
        found = (days.written(text).day(order) for text in self.all(name))
        return next((day for day in found if day is not None), None)


def taken_in(
    rows: Sequence[SentRow], columns: Columns, people: People
) -> tuple[list[Record], list[tuple[str, ...]]]:
    """Each row by field and as it is kept; what is dropped or redacted is in neither."""
    places = {cell: place for place, cell in enumerate(columns.kept)}
    fields = {name: [places[cell] for cell in cells] for name, cells in columns.cells.items()}
    fields[UPDATED] = [places[cell] for cell in columns.dated]
    planned = [places[cell] in fields["started"][:1] for cell in columns.planned]
    kept = [redact(cells, columns, people, line) for line, cells in rows]
    records = [
        Record(line, number, _by_field(cells, fields), any(planned))
        for number, ((line, _), cells) in enumerate(zip(rows, kept, strict=True), start=1)
    ]
    return records, kept


def _by_field(cells: Sequence[str], fields: Mapping[str, Sequence[int]]) -> dict[str, tuple[str, ...]]:
    found = {name: tuple(cells[place] for place in places if cells[place]) for name, places in fields.items()}
    return {name: values for name, values in found.items() if values}


def day_cells(records: Iterable[Record], *names: str) -> Iterator[days.Cell]:
    """The written days of these fields."""
    for record in records:
        for name in names:
            for text in record.all(name):
                yield record.line, name, text


def unread_days(records: Sequence[Record], order: DateOrder | None) -> list[Issue]:
    """What is no day, told once for each field: years without their century apart from all else."""
    unread: dict[str, list[days.Cell]] = {}
    cut: dict[str, list[days.Cell]] = {}
    for cell in day_cells(records, *CHECKED_DAYS):
        meant = days.written(cell[2])
        if meant.is_cut:
            cut.setdefault(cell[1], []).append(cell)
        elif not meant.is_missing and meant.day(order) is None:
            unread.setdefault(cell[1], []).append(cell)
    issues = [_unread(cells) for cells in unread.values()]
    return [*issues, *(_cut(cells) for cells in cut.values())]


def _unread(cells: Sequence[days.Cell]) -> Issue:
    line, column, sent = cells[0]
    return blocker(
        f"{column}_unread",
        f"Row {line}{_more(cells)} · {column} · you sent “{sent}” · expected {days.EXPECTED}. {UNSAVED}",
        line=line,
        column=column,
        sent=sent,
        expected=days.EXPECTED,
        fix="Write it as a day, or leave it empty.",
        count=len(cells),
        lines=tuple(cell[0] for cell in cells[:5]),
    )


def _cut(cells: Sequence[days.Cell]) -> Issue:
    line, column, sent = cells[0]
    return blocker(
        "year_cut",
        f"Row {line}{_more(cells)}: the year of “{sent}” has lost its century, as a spreadsheet does it. "
        f"{UNSAVED}",
        line=line,
        column=column,
        sent=sent,
        expected="a year of four digits, such as 2016",
        fix="Export the file again and import it without opening it in a spreadsheet, or correct the year.",
        count=len(cells),
        lines=tuple(cell[0] for cell in cells[:5]),
    )


def _more(cells: Sequence[days.Cell]) -> str:
    return f" and {len(cells) - 1:,} more" if len(cells) > 1 else ""
