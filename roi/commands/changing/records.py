"""Records of the domain as rows of the store: the counterpart of `roi.store.read_value`.

An empty decimal or word is empty text, an empty day or whole number is nothing; the same number is always the
same text, so that saving it again changes nothing.
"""

from collections.abc import Iterable
from dataclasses import fields
from decimal import Decimal
from enum import StrEnum
from functools import cache
from types import UnionType
from typing import TYPE_CHECKING, get_args, get_type_hints

from roi.store.changes import Put, Row
from roi.store.tables import TABLES

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

_OTHER_NAMES = {
    "finance_line": {"key": "line"},
    "line_cell": {"key": "cell"},
    "value_driver": {"key": "driver"},
    "driver_input": {"key": "input"},
    "epic_slice": {"key": "slice"},
    "success_measure": {"key": "measure"},
    "line_month": {"baseline": "baseline_minor", "actual": "actual_minor"},
}
"""Where a column is called otherwise than the field; elsewhere `key` is the column of the table's name."""


def put(table: str, records: "Iterable[DataclassInstance]", based_on: int | None = None) -> Put:
    """The records as rows to put into their table."""
    return Put(table, tuple(row(table, record) for record in records), based_on)


def row(table: str, record: "DataclassInstance") -> Row:
    """The record as the store holds it, column by column."""
    empty = _empty_text(type(record))
    renamed = _OTHER_NAMES.get(table, {"key": table})
    found = {
        renamed.get(one.name, one.name): _cell(getattr(record, one.name), is_text=one.name in empty)
        for one in fields(record)
    }
    return {name: found[name] for name in TABLES[table].columns}


def number_text(number: Decimal | None) -> str:
    """A number as it is stored: without an exponent and without zeros at its end; nothing is empty."""
    if number is None:
        return ""
    text = f"{number:f}"
    return (text.rstrip("0").rstrip(".") if "." in text else text) or "0"


def _cell(value: object, *, is_text: bool) -> object:
    if value is None:
        return "" if is_text else None
    if isinstance(value, Decimal):
        return number_text(value)
    if isinstance(value, StrEnum):
        return value.value
    if isinstance(value, frozenset):
        return "|".join(sorted(str(part) for part in value))
    return value


@cache
def _empty_text(kind: type) -> frozenset[str]:
    """The fields that are empty text when they hold nothing: decimals and words of an enumeration."""
    hints = get_type_hints(kind)
    return frozenset(one.name for one in fields(kind) if any(map(_is_written, _parts(hints[one.name]))))


def _parts(hint: object) -> tuple[object, ...]:
    return get_args(hint) if isinstance(hint, UnionType) else (hint,)


def _is_written(part: object) -> bool:
    return isinstance(part, type) and issubclass(part, Decimal | StrEnum)
