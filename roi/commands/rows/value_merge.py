"""A row of a list as a record: columns that the list does not have leave what is stored."""

from collections.abc import Mapping, Sequence
from dataclasses import MISSING, fields, replace
from decimal import Decimal
from functools import cache
from types import UnionType
from typing import TYPE_CHECKING, TypeVar, get_type_hints

from roi.commands.rows.list_kinds import Known
from roi.domain.money import MINOR_DIGITS
from roi.errors import UNSAVED, Issue, blocker
from roi.ingest.lists import ListRow

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

R = TypeVar("R", bound="DataclassInstance")


def merged(base: R, row: ListRow, columns: str, **resolved: object) -> R:
    """The record with what the row says; a column that is there and empty takes the field's default.

    Args:
        base: what is stored, or a record with the fields that have no default.
        row: a row of the list.
        columns: the names of columns that are fields as well.
        resolved: fields whose value was made from a column.
    """
    found = {name: row.values[name] for name in columns.split() if name in row.values}
    defaults = _defaults(type(base))
    named = {name: defaults[name] if value is None else value for name, value in found.items()}
    return replace(base, **named, **resolved)


@cache
def _defaults(kind: type["DataclassInstance"]) -> Mapping[str, object]:
    """What each field is when nothing is said; nothing where that is allowed, else empty text."""
    hints = get_type_hints(kind)
    empty = {name: None if isinstance(hint, UnionType) else "" for name, hint in hints.items()}
    given = {one.name: one.default for one in fields(kind) if one.default is not MISSING}
    return {**empty, **given}


def epic_key(row: ListRow, known: Known, column: str = "epic") -> str:
    """The key of the epic that a cell names by key or name; as it was written when there is none."""
    sent = row.text(column)
    return known.epic_key(sent) or sent


def team_key(row: ListRow, known: Known) -> str:
    """The key of the team that a cell names by key or name; as it was written when there is none."""
    sent = row.text("team")
    return known.team_key(sent) or sent


def outcome_key(row: ListRow, known: Known) -> str:
    """The key of the outcome that a row names by key, or by epic and measure."""
    if row.text("outcome"):
        return row.text("outcome")
    return known.outcome_key(epic_key(row, known), row.text("metric")) or ""


def unknown(row: ListRow, what: str, column: str, sent: str) -> Issue:
    """There is nothing of that name."""
    message = f"Row {row.line}: there is no {what} “{sent}”. {UNSAVED}"
    fix = f"Add the {what} first."
    code = f"unknown_{what.replace(' ', '_')}"
    return blocker(code, message, line=row.line, column=column, sent=sent, fix=fix)


def minor(row: ListRow, column: str, currency: str) -> tuple[int | None, tuple[Issue, ...]]:
    """An amount of the row in minor units of the currency; nothing when the cell is empty or cannot be it."""
    sent = row.values.get(column)
    if not isinstance(sent, Decimal):
        return None, ()
    if currency not in MINOR_DIGITS:
        message = f"Row {row.line}: the amount needs a currency. {UNSAVED}"
        return None, (blocker("currency", message, line=row.line, column="currency", sent=currency),)
    scaled = sent.scaleb(MINOR_DIGITS[currency])
    if scaled != scaled.to_integral_value():
        message = f"Row {row.line}: {sent} has more decimals than {currency} has. {UNSAVED}"
        return None, (blocker("decimals", message, line=row.line, column=column, sent=str(sent)),)
    return int(scaled), ()


def currency_issues(row: ListRow, column: str, stored: tuple[int | None, str]) -> tuple[Issue, ...]:
    """A list changes the currency of a stored amount and does not say the amount: 400 EUR are no 400 JPY.

    Args:
        row: a row of the list.
        column: the column of the amount; a list that has it says the amount, or that there is none.
        stored: the amount that is stored, in minor units, and its currency.
    """
    amount, was = stored
    now = row.values.get("currency", was) or ""
    if column in row.values or amount is None or now == was:
        return ()
    told = f"the stored amount is in {was or 'no currency'}, and in {now or 'no currency'} it is another one"
    message = f"Row {row.line}: {told}. {UNSAVED}"
    fix = f"Give the amount as well, in a column “{column}”, or leave the currency as it is."
    issue = blocker(
        "currency", message, line=row.line, column="currency", sent=str(now), expected=was, fix=fix
    )
    return (issue,)


def lines_of(rows: Sequence[ListRow]) -> list[int]:
    """The lines of a file on which the rows stand."""
    return [row.line for row in rows]
