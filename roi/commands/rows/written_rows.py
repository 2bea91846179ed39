"""Outcomes whose target stands as it was written: success measures that a list of outcomes brings in (V9).

Where there is no baseline and no range of numbers, nothing of them is made up: such an outcome is shown, and
compared where its target reads as one; it has no part of a promise, and no money.
"""

from collections.abc import Iterator, Sequence
from datetime import date

from roi.commands import initiatives, structure
from roi.commands.rows.list_kinds import Known
from roi.commands.rows.value_merge import epic_key, lines_of, merged
from roi.domain.identity import is_one
from roi.domain.structure import ValueClass
from roi.domain.value import SuccessMeasure
from roi.errors import UNSAVED, Issue, blocker
from roi.ingest.lists import ListRow

WRITTEN = "target_as_written"
"""The column that says so."""

_ONLY = ("actual_as_written", "stated", "initiative")
_TAKEN = frozenset(
    f"outcome epic metric unit direction value_class owner read_on evidence {WRITTEN}".split()
) | {*_ONLY}
"""What such an outcome can say; every other column is about numbers, or about money."""


def is_written(row: ListRow) -> bool:
    """Whether the row gives its target in words."""
    return bool(row.text(WRITTEN))


def made(rows: Sequence[ListRow], known: Known) -> list[SuccessMeasure]:
    """The rows as success measures of their epic or initiative."""
    return [_made(row, known) for row in rows]


def _made(row: ListRow, known: Known) -> SuccessMeasure:
    initiative = known.initiative_key(row.text("initiative")) or row.text("initiative")
    epic, name = epic_key(row, known), row.text("metric")
    key = row.text("outcome") or structure.key_of(f"{epic or initiative} {name}")
    base = known.held.measures.get(key, SuccessMeasure(key, initiative, epic, name))
    day = row.values.get("read_on", base.read_on)
    return merged(
        base,
        row,
        "unit direction stated",
        name=name,
        initiative="" if epic else initiative,
        epic=epic,
        target=row.text(WRITTEN),
        actual=row.text("actual_as_written") if "actual_as_written" in row.values else base.actual,
        read_on=day if isinstance(day, date) else None,
        source=row.text("evidence") if "evidence" in row.values else base.source,
    )


def issues(rows: Sequence[ListRow], known: Known) -> Iterator[Issue]:
    """What is wrong with these rows: beside what any measure must have, money, numbers, another owner."""
    its = made(rows, known)
    yield from initiatives.measure_issues(its, known.held.initiatives, known.held.epics, lines_of(rows))
    for row, one in zip(rows, its, strict=True):
        yield from _row_issues(row, one, known)


def _row_issues(row: ListRow, one: SuccessMeasure, known: Known) -> Iterator[Issue]:
    filled = [name for name, value in row.values.items() if value is not None and name not in _TAKEN]
    if filled:
        said = f"its target stands as it was written, so it has no {', '.join(filled)}"
        yield _blocked(row, filled[0], said, "Leave them empty, or give baseline and targets as numbers.")
    if row.values.get("value_class") is not ValueClass.NOT_FINANCIAL:
        said = "no money is made of a target as it was written"
        yield _blocked(
            row, "value_class", said, "Say not financial, or give baseline and targets as numbers."
        )
    if one.key in known.held.outcomes:
        said = "it is stored with numbers, whose promise stays what it was"
        yield _blocked(row, WRITTEN, said, "Leave the target in words out, or choose another key.")
    owner = _owner(one, known)
    if owner is not None and not is_one(owner, row.text("owner")):
        what = "epic" if one.epic else "initiative"
        said = f"whoever answers for its {what} answers for it: {owner or 'nobody yet'}"
        yield _blocked(row, "owner", said, f"Name that person here, or change the owner of the {what}.")


def _owner(one: SuccessMeasure, known: Known) -> str | None:
    """Who answers for its epic or initiative; None where there is no such thing, which is said elsewhere."""
    if one.epic:
        plan = known.held.epic_plans.get(one.epic)
        return None if one.epic not in known.held.epics else plan.owner if plan is not None else ""
    found = known.held.initiatives.get(one.initiative)
    return None if found is None else found.owner


def left_over(rows: Sequence[ListRow]) -> Iterator[Issue]:
    """Rows with numbers that fill a column which only belongs to a target in words."""
    for row in rows:
        for name in _ONLY:
            if row.values.get(name) is not None:
                said = f"{name} belongs to an outcome whose target stands as it was written"
                yield _blocked(row, name, said, f"Fill {WRITTEN}, or leave it empty.")


def _blocked(row: ListRow, column: str, said: str, fix: str) -> Issue:
    sent = row.values.get(column)
    message = f"Row {row.line}: {row.text('metric')}: {said}. {UNSAVED}"
    return blocker(
        "written", message, line=row.line, column=column, sent="" if sent is None else str(sent), fix=fix
    )
