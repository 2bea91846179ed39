"""How far a file is read, checked or stored, in words with its rows."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

import streamlit as st

from roi.story import words
from roi.ui import parts, quiet

Tell = Callable[[str, float], None]

_TOLD = {
    "reading": "Reading {rows} of {name}",
    "checking": "Checking {rows} of {name}",
    "comparing": "Comparing {rows} of {name} with the ledger",
    "storing": "Storing {rows} of {name}",
    "figures": "Working out the figures with {rows} of {name}",
    "done": "{name} is done",
}


def told(phase: str, name: str, rows: int | None = None) -> str:
    """`Checking 100,000 rows of costs.csv`, as a label takes it."""
    counted = "the rows" if rows is None else words.counted(rows, "row")
    return parts.plain(_TOLD.get(phase, "Working on {name}").format(name=name, rows=counted))


@contextmanager
def shown(name: str, rows: int | None, turn: tuple[int, int] = (0, 1)) -> Iterator[Tell]:
    """A bar while the block runs; what it yields takes phase and share of this file, `turn` of so many."""
    place, files = turn
    bar = st.progress(place / files, text=told("reading", name, rows))

    def tell(phase: str, share: float) -> None:
        bar.progress(min(1.0, (place + share) / files), text=told(phase, name, rows))

    with quiet.busy():
        yield tell
    bar.empty()
