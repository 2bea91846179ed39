"""Rows as records, a column at a time: each distinct cell is read once, however many rows hold it."""

from collections.abc import Callable, Sequence
from dataclasses import fields
from datetime import date
from decimal import Decimal
from enum import StrEnum
from types import UnionType
from typing import Any, TypeVar, get_args, get_type_hints

T = TypeVar("T")
Reader = Callable[[Any], object]
Cells = tuple[object, ...]


def text(cell: object) -> str:
    """A text cell; nothing is empty text."""
    return "" if cell is None else str(cell)


def whole(cell: object) -> int:
    """A whole-number cell.

    Raises:
        TypeError: the query gave something else, such as a float.
    """
    if not isinstance(cell, int):
        message = f"expected a whole number, the query gave {type(cell).__name__}"
        raise TypeError(message)
    return cell


def day(cell: object) -> date:
    """A date cell.

    Raises:
        TypeError: the query gave something else.
    """
    if not isinstance(cell, date):
        message = f"expected a date, the query gave {type(cell).__name__}"
        raise TypeError(message)
    return cell


def made(kind: type[T], names: Sequence[str], rows: Sequence[Cells], key: str = "key") -> list[T]:
    """Rows with these columns as records; `key` is the column that the record calls its key."""
    if not rows:
        return []
    place = {name: number for number, name in enumerate(names)}
    columns = tuple(zip(*rows, strict=True))
    cells = (
        _column(columns[place[key if name == "key" else name]], reader, plain)
        for name, reader, plain in _readers(kind)
    )
    return list(map(kind, *cells))


def _column(cells: Cells, reader: Reader, plain: frozenset[type]) -> Cells | list[object]:
    """A column's cells as the record has them; where all are of plain types, they are that already."""
    if plain.issuperset(map(type, cells)):
        return cells
    if reader is text:
        return [cell if type(cell) is str else text(cell) for cell in cells]
    known = {cell: reader(cell) for cell in set(cells)}
    return [known[cell] for cell in cells]


_Read = tuple[str, Reader, frozenset[type]]
"""A field, how its cells are read, and the types of cells that are as the record has them."""

_known: dict[type, tuple[_Read, ...]] = {}


def _readers(kind: type) -> tuple[_Read, ...]:
    """The fields of a record with how each is read; looked up once."""
    if kind not in _known:
        hints = get_type_hints(kind)
        its = ((one.name, hints[one.name]) for one in fields(kind))
        _known[kind] = tuple((name, _reader(hint), _plain(hint)) for name, hint in its)
    return _known[kind]


def _plain(hint: object) -> frozenset[type]:
    """The types of cells that need no reading; empty text is nothing where nothing is allowed."""
    parts = get_args(hint) if isinstance(hint, UnionType) else (hint,)
    types = (str, int, date, bool) if len(parts) == 1 else (int, date, bool, type(None))
    return frozenset(part for part in parts if part in types) if set(parts) <= set(types) else frozenset()


def _reader(hint: object) -> Reader:
    """How a cell of this type is read; an empty cell is None where the record allows it."""
    if isinstance(hint, UnionType):
        (inner,) = (part for part in get_args(hint) if part is not type(None))
        given = _reader(inner)
        return lambda cell: None if cell is None or cell == "" else given(cell)
    if hint is Decimal:
        return lambda cell: Decimal(text(cell))
    if hint == frozenset[str]:
        return lambda cell: frozenset(part for part in text(cell).split("|") if part)
    if isinstance(hint, type) and issubclass(hint, StrEnum):
        return lambda cell: hint(text(cell))
    plain: dict[object, Reader] = {str: text, int: whole, date: day, bool: bool}
    return plain[hint]
