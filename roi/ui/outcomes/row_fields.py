"""Several things of one kind in a form: one row each, and blank rows for more; an empty row goes."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

import streamlit as st

from roi.ui.outcomes import fields

Typed = dict[str, object]
"""What stands in the fields of one row: text, a day, or one of the options; `key` is that of what is held."""
Shown = Literal["visible", "collapsed"]


@dataclass(frozen=True, slots=True)
class Field:
    """A field of every row. `options` (with their words) make it a choice; `is_day` a day."""

    key: str
    label: str
    width: float = 1.0
    placeholder: str = ""
    is_day: bool = False
    options: Mapping[str, str] = field(default_factory=dict)


def draw(
    name: str, columns: Sequence[Field], held: Sequence[Mapping[str, object]], blank: int
) -> list[Typed]:
    """The rows as they are typed, empty ones left out.

    A row keeps its fields by the `key` of what is held, wherever others are added or taken away before it.
    """
    blanks = [(f"{name}_new{place}", dict[str, object]()) for place in range(blank)]
    rows = [*((f"{name}_{one['key']}", one) for one in held), *blanks]
    typed = [_row(row, columns, one, "collapsed" if at else "visible") for at, (row, one) in enumerate(rows)]
    return [one for one in typed if any(one[column.key] for column in columns)]


def emptied(opened: Sequence[Typed], typed: Sequence[Mapping[str, object]]) -> list[Typed]:
    """The rows that a form was opened on and whose fields are all empty now: they go."""
    kept = {one["key"] for one in typed}
    return [one for one in opened if one["key"] not in kept]


def one(name: str, columns: Sequence[Field], held: Mapping[str, object]) -> Typed:
    """A single row with its labels."""
    return _row(f"{name}_0", columns, held, "visible")


def first_key(name: str, columns: Sequence[Field]) -> str:
    """The key of the first blank field: absent until the form was drawn."""
    return fields.named(f"{name}_new0_{columns[0].key}")


def _row(name: str, columns: Sequence[Field], held: Mapping[str, object], shown: Shown) -> Typed:
    typed: Typed = {"key": held.get("key", "")}
    cells = st.columns([one.width for one in columns], vertical_alignment="bottom")
    for cell, column in zip(cells, columns, strict=True):
        with cell:
            key = fields.named(f"{name}_{column.key}")
            typed[column.key] = _drawer(column)(column, held.get(column.key), key, shown)
    return typed


def _drawer(column: Field) -> Callable[..., object]:
    return _day if column.is_day else _choice if column.options else _text


def _text(column: Field, now: object, key: str, shown: Shown) -> str:
    typed = st.text_input(
        column.label,
        str(now or ""),
        key=key,
        placeholder=column.placeholder if shown == "visible" else column.label,
        label_visibility=shown,
    )
    return typed.strip()


def _day(column: Field, now: object, key: str, shown: Shown) -> date | None:
    start = now if isinstance(now, date) else None
    typed = st.date_input(
        column.label,
        start,
        min_value=fields.FIRST_DAY,
        max_value=fields.LAST_DAY,
        key=key,
        label_visibility=shown,
    )
    return typed if isinstance(typed, date) else None


def _choice(column: Field, now: object, key: str, shown: Shown) -> str:
    options = list(column.options)
    chosen = st.selectbox(
        column.label,
        options,
        options.index(str(now)) if now in options else 0,
        format_func=lambda one: column.options[one],
        key=key,
        label_visibility=shown,
    )
    return str(chosen)
