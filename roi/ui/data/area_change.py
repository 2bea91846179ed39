"""One change of where cost goes: what was looked at, carrying it out, and remembering it for its undo."""

from collections.abc import Sequence
from dataclasses import dataclass

import streamlit as st

from roi.commands import mapping
from roi.commands.changing.requests import Receipt
from roi.reports.shapes import AreaRow
from roi.ui import session
from roi.ui.outcomes import conflict

LAST, SEARCH = "_last_area_change", "areas_search"


@dataclass(frozen=True, slots=True)
class Looked:
    """The areas that are looked at, and what was asked of them."""

    source: str
    found: tuple[AreaRow, ...]
    search: str


def begin(source: str, version: int, places: dict[str, str]) -> None:
    """Where somebody mapped an area before the button was pressed: what was seen beside what is now.

    `version` and `places` (area to where it goes, in words) are those of what is drawn.
    """
    told(conflict.draw(_form(source), places), "Placed after looking at what changed")
    conflict.shown(_form(source), version, places)


def _form(source: str) -> str:
    return f"areas_{source}"


def apply(source: str, targets: Sequence[mapping.AreaTarget], text: str) -> None:
    """Carry out one mapping of what was drawn, and draw the page again."""
    told(conflict.press(_form(source), mapping.map_areas, source, targets), text)


def told(receipt: Receipt | None, text: str) -> None:
    """After a change: say it with its undo, and draw the page anew. None was refused and is told already."""
    if receipt is not None:
        st.session_state.pop(SEARCH, None)
        st.session_state[LAST] = (receipt.change_id, f"{text} (change {receipt.change_id}).")
        session.notify(f"{text}.")
        st.rerun()
