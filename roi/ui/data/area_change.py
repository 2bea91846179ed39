"""One mapping of cost areas: what was looked at, carrying it out, and remembering it for its undo."""

from collections.abc import Sequence
from dataclasses import dataclass

import streamlit as st

from roi.commands import mapping
from roi.reports.shapes import AreaRow
from roi.ui import session

LAST, SEARCH = "_last_area_change", "areas_search"


@dataclass(frozen=True, slots=True)
class Looked:
    """The areas that are looked at, and what was asked of them."""

    source: str
    found: tuple[AreaRow, ...]
    search: str


def apply(source: str, targets: Sequence[mapping.AreaTarget], told: str) -> None:
    """Carry out one mapping and draw the page again."""
    receipt = session.do(mapping.map_areas, source, targets)
    if receipt is not None:
        st.session_state.pop(SEARCH, None)
        st.session_state[LAST] = (receipt.change_id, f"{told} (change {receipt.change_id}).")
        session.notify(f"{told}.")
        st.rerun()
