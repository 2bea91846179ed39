"""One mapping of cost areas: what was looked at, carrying it out, and remembering it for its undo."""

from collections.abc import Sequence
from dataclasses import dataclass

import streamlit as st

from roi.commands import mapping
from roi.commands.requests import Receipt
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
    _told(conflict.draw(_form(source), places), "Placed after looking at what changed")
    conflict.shown(_form(source), version, places)


def _form(source: str) -> str:
    return f"areas_{source}"


def apply(source: str, targets: Sequence[mapping.AreaTarget], told: str) -> None:
    """Carry out one mapping of what was drawn, and draw the page again."""
    _told(conflict.press(_form(source), mapping.map_areas, source, targets), told)


def _told(receipt: Receipt | None, told: str) -> None:
    if receipt is not None:
        st.session_state.pop(SEARCH, None)
        st.session_state[LAST] = (receipt.change_id, f"{told} (change {receipt.change_id}).")
        session.notify(f"{told}.")
        st.rerun()
