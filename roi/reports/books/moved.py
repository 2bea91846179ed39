"""What changes changed, from what to what, of work, value, finance's lines and structure (R11).

Told where the store holds both rows. No table that holds what a person is paid is read, and a long list is
told by its first rows.
"""

from collections.abc import Iterator, Mapping, Sequence

from roi.reports.shapes.data import ChangeRow, Difference
from roi.store import moved, read
from roi.store.moved import MovedRow
from roi.store.tables import TABLES

OF_WORK = ("epic", "epic_plan", "epic_team", "epic_slice", "obligation", "obligation_met")
"""Tables of which the first key is an epic."""

OF_OUTCOMES = ("outcome", "outcome_plan", "closure")
"""Tables of which the first key is an outcome."""

_OTHERS = tuple(
    "initiative product_life success_measure value_driver driver_input finance_line line_cell line_month "
    "team team_structure member cost_centre cost_pool plan_version".split()
)
_COME_AND_GONE = ("epic_team", "confirmation")
"""Rows that say something by being there: a team of an epic, a tick."""

_PER_CHANGE = 6
Differences = Mapping[int, tuple[Difference, ...]]


def of(cursor: read.Cursor, changes: Sequence[ChangeRow]) -> Differences:
    """The differences of each of these changes, the first of each and how many more there are."""
    every, removing = _numbers(changes)
    names = (*OF_WORK, *OF_OUTCOMES, *_OTHERS) if removing else ()
    rows = [row for name in names for row in moved.replaced(cursor, name, removing)]
    rows += [row for name in _COME_AND_GONE for row in moved.come_and_gone(cursor, name, every)]
    return _told(cursor, rows)


def of_epic(
    cursor: read.Cursor, changes: Sequence[ChangeRow], epic: str, outcomes: Sequence[str]
) -> Differences:
    """The same of one epic and its outcomes alone."""
    every, removing = _numbers(changes)
    asked = [(name, (epic,)) for name in OF_WORK] + [(name, outcomes) for name in OF_OUTCOMES if outcomes]
    rows = [row for name, about in asked if removing for row in moved.replaced(cursor, name, removing, about)]
    rows += moved.come_and_gone(cursor, "epic_team", every, (epic,))
    if outcomes:
        rows += moved.come_and_gone(cursor, "confirmation", every, outcomes)
    return _told(cursor, rows)


def _numbers(changes: Sequence[ChangeRow]) -> tuple[list[int], list[int]]:
    """All of the changes, and those that ended rows: only they put one in place of another."""
    return [row.change_id for row in changes], [row.change_id for row in changes if row.rows_removed]


def _told(cursor: read.Cursor, rows: Sequence[MovedRow]) -> Differences:
    names, found = _Names(cursor, rows), dict[int, list[Difference]]()
    for row in rows:
        found.setdefault(row.change_id, []).extend(_differences(row, names))
    return {key: _shortened(its) for key, its in found.items() if its}


def _shortened(its: Sequence[Difference]) -> tuple[Difference, ...]:
    if len(its) <= _PER_CHANGE:
        return tuple(its)
    return (*its[:_PER_CHANGE], Difference(more=len(its) - _PER_CHANGE))


_NAMED = ("epic", "outcome", "team")
"""Columns whose cells are keys of what has a name."""


def _cells(rows: Sequence[MovedRow], column: str) -> set[str]:
    """What some rows hold in a column, as a part of their key or beside it."""
    found = {side.get(column) for row in rows for side in (row.before or {}, row.after or {})}
    for row in rows:
        found |= {cell for name, cell in zip(TABLES[row.table].keys, row.key, strict=True) if name == column}
    return {cell for cell in found if isinstance(cell, str)}


class _Names:
    """Names of the epics, outcomes and teams that some rows are about, by key, read once."""

    def __init__(self, cursor: read.Cursor, rows: Sequence[MovedRow]) -> None:
        self._by = {column: read.names(cursor, column, _cells(rows, column)) for column in _NAMED}

    def of(self, column: str, key: object) -> str:
        """The name that a key has in this column; the key itself where it names nothing else."""
        return str(self._by.get(column, {}).get(str(key), key))


def _differences(row: MovedRow, names: _Names) -> Iterator[Difference]:
    kind, subject = row.table, _subject(row, names)
    before, after = row.before, row.after
    if before is None or after is None:
        yield Difference(kind, subject, "", _whole(before), _whole(after))
        return
    currency = str(after.get("currency") or before.get("currency") or "")
    for column, now in after.items():
        was = before[column]
        if was != now:
            yield Difference(
                kind, subject, column, _named(names, column, was), _named(names, column, now), currency
            )


def _named(names: _Names, column: str, value: object) -> object:
    return names.of(column, value) if isinstance(value, str) else value


def _whole(side: Mapping[str, object] | None) -> object:
    """A row that came or went: what it says by being there, apart from who and when."""
    if side is None:
        return None
    return side.get("planned_share", True)


def _subject(row: MovedRow, names: _Names) -> str:
    keys = TABLES[row.table].keys
    return ", ".join(names.of(column, cell) for column, cell in zip(keys, row.key, strict=True) if cell != "")
