"""Fields of the form that start from the draft and write into it."""

from collections.abc import Mapping, Sequence
from datetime import date

import streamlit as st

Values = dict[str, object]
FIRST_DAY, LAST_DAY = date(1990, 1, 1), date(2199, 12, 31)
"""What a field of a day takes: by itself it drops in silence what lies ten years from where it starts."""
_ANEW, _AGAIN, _OF = "_fields_anew", "_fields_again", "_fields_of"


def named(key: str) -> str:
    """The key of a field; another one after `anew`, because a browser keeps what was typed under a key."""
    kept: dict[str, int] = st.session_state.get(_ANEW, {})
    count = sum(kept.get(kind, 0) for kind in ("", _kind(key)))
    return f"{key}~{count}" if count else key


def anew(form: str = "") -> None:
    """Let the fields of this kind of form, or of all, start again from what is held, whatever was typed.

    The kind is the first word of a form's name, and of its fields' keys: `epic_name` is of `epic_search`.
    """
    kept: dict[str, int] = st.session_state.setdefault(_ANEW, {})
    kept[_kind(form)] = kept.get(_kind(form), 0) + 1


def _kind(name: str) -> str:
    return name.partition("_")[0].partition("~")[0]


def of(thing: str) -> None:
    """Say whose fields the page has: those of another epic or outcome start from what is held of it.

    A page that leads to itself keeps its fields; so one epic would have been saved with another's name.
    """
    if st.session_state.get(_OF, thing) != thing:
        anew()
    st.session_state[_OF] = thing


def stem(form: str) -> str:
    """How the keys of a form's fields begin; another way after `again`."""
    kept: dict[str, int] = st.session_state.get(_AGAIN, {})
    return f"{form}~{kept[form]}" if form in kept else form


def again(form: str) -> None:
    """Let the fields of one form start from what is held: what was typed into them is saved."""
    kept: dict[str, int] = st.session_state.setdefault(_AGAIN, {})
    kept[form] = kept.get(form, 0) + 1


def text(values: Values, key: str, label: str, placeholder: str = "") -> None:
    """A line of text."""
    values[key] = st.text_input(
        label,
        value=str(values.get(key) or ""),
        key=named(f"outcome_{key}"),
        placeholder=placeholder,
        live=True,
    )


def choose(
    values: Values, key: str, label: str, options: Sequence[str], names: Mapping[str, str] | None = None
) -> str:
    """One of a list; the first while nothing was chosen."""
    now = values.get(key)
    index = list(options).index(str(now)) if now in options else 0
    chosen = st.selectbox(
        label,
        options,
        index,
        key=named(f"outcome_{key}"),
        format_func=lambda one: (names or {}).get(one, one),
    )
    values[key] = str(chosen)
    return str(chosen)


def day_or_none(label: str, start: date | None, key: str) -> date | None:
    """A day near or far, or none."""
    typed: object = st.date_input(label, start, min_value=FIRST_DAY, max_value=LAST_DAY, key=key)
    return typed if isinstance(typed, date) else None


def day(values: Values, key: str, label: str, otherwise: date | None = None) -> None:
    """A day, or none."""
    kept = values.get(key)
    start = kept if isinstance(kept, date) else otherwise
    values[key] = day_or_none(label, start, named(f"outcome_{key}"))


def whole(values: Values, key: str, label: str, top: int, otherwise: int | None = None) -> None:
    """A whole number from zero up, or none."""
    kept = values.get(key)
    start = kept if isinstance(kept, int) else otherwise
    values[key] = st.number_input(label, 0, top, start, key=named(f"outcome_{key}"))
