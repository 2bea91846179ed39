"""How the rows of any list become rows of the store: as they were read, each once, with team and months."""

from collections.abc import Callable, Iterator, Sequence
from enum import StrEnum

from roi.commands.rows.list_kinds import Known, typed
from roi.domain.periods import iso_month
from roi.errors import UNSAVED, Issue, blocker
from roi.ingest.lists import ListRow
from roi.store.changes import Row
from roi.store.tables import TABLES

FOREVER = 299912

Found = tuple[list[Row], list[Issue]]
Build = Callable[[Sequence[ListRow], Known], Found]


def plain(names: str) -> Build:
    """Rows whose cells are stored as they were read, without references to check."""
    columns = names.split()

    def build(rows: Sequence[ListRow], known: Known) -> Found:
        del known
        return [{name: _stored(row.values.get(name)) for name in columns} for row in rows], []

    return build


def _stored(value: object) -> object:
    if isinstance(value, StrEnum):
        return value.value
    return "" if value is None else value


def once(table: str, build: Build) -> Build:
    """The rows as `build` makes them; two rows about the same thing are an issue, not a last word."""

    def build_once(rows: Sequence[ListRow], known: Known) -> Found:
        made, issues = build(rows, known)
        return made, [*issues, *_twice(rows, made, TABLES[table].keys)]

    return build_once


def _twice(rows: Sequence[ListRow], made: Sequence[Row], keys: Sequence[str]) -> Iterator[Issue]:
    seen: dict[tuple[object, ...], int] = {}
    for row, one in zip(rows, made, strict=True):
        key = tuple(one[name] for name in keys)
        if key in seen:
            what = ", ".join(str(one[name]) for name in keys if name != "person_key" and one[name])
            message = f"Row {row.line} is about the same as row {seen[key]}: {what}. {UNSAVED}"
            yield blocker("twice", message, line=row.line, column=keys[0], sent=what, fix="Keep one of them.")
        seen[key] = row.line


def team_key(row: ListRow, known: Known, name: str, issues: list[Issue]) -> str:
    """The key of the team that the row names; an unknown one is an issue."""
    sent = row.text(name)
    key = known.team_key(sent)
    if key is None:
        message = f"Row {row.line}: there is no team “{sent}”. {UNSAVED}"
        issues.append(
            blocker("unknown_team", message, line=row.line, column=name, sent=sent, fix="Add the team first.")
        )
    return key or sent


def months(row: ListRow, issues: list[Issue]) -> tuple[int, int | None]:
    """The first month and the last, where there is one; an end before the start is an issue."""
    first, last = typed(row, "first_month", int), row.values.get("last_month")
    if isinstance(last, int) and last < first:
        message = f"Row {row.line} ends before it starts. {UNSAVED}"
        issues.append(blocker("dates", message, line=row.line, column="last_month", sent=iso_month(last)))
    return first, last if isinstance(last, int) else None


def worst(rows: Sequence[Row], name: str) -> tuple[int, int]:
    """The largest sum of a month, and the first month that has it; a sum only grows where a row starts."""
    found = max((_at(rows, month, name), -month) for month in {number(row["first_month"]) for row in rows})
    return found[0], -found[1]


def _at(rows: Sequence[Row], month: int, name: str) -> int:
    return sum(
        number(row[name])
        for row in rows
        if number(row["first_month"]) <= month <= number(row["last_month"] or FOREVER)
    )


def number(value: object) -> int:
    """A stored whole number."""
    return int(str(value))
