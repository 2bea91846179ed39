"""Fields of the form that start from the draft and write into it."""

from collections.abc import Mapping, Sequence
from datetime import date

import streamlit as st

Values = dict[str, object]


def text(values: Values, key: str, label: str, placeholder: str = "") -> None:
    """A line of text."""
    values[key] = st.text_input(
        label, value=str(values.get(key) or ""), key=f"outcome_{key}", placeholder=placeholder, live=True
    )


def choose(
    values: Values, key: str, label: str, options: Sequence[str], names: Mapping[str, str] | None = None
) -> str:
    """One of a list; the first while nothing was chosen."""
    now = values.get(key)
    index = list(options).index(str(now)) if now in options else 0
    chosen = st.selectbox(
        label, options, index, key=f"outcome_{key}", format_func=lambda one: (names or {}).get(one, one)
    )
    values[key] = str(chosen)
    return str(chosen)


def day(values: Values, key: str, label: str, otherwise: date | None = None) -> None:
    """A day, or none."""
    kept = values.get(key)
    start = kept if isinstance(kept, date) else otherwise
    values[key] = st.date_input(label, start, key=f"outcome_{key}")


def whole(values: Values, key: str, label: str, top: int, otherwise: int | None = None) -> None:
    """A whole number from zero up, or none."""
    kept = values.get(key)
    start = kept if isinstance(kept, int) else otherwise
    values[key] = st.number_input(label, 0, top, start, key=f"outcome_{key}")
