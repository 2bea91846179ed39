"""The switch that counts what is not cash in the headline too (rule V6): off by default, in the address."""

import streamlit as st

from roi.reports.shapes import PortfolioReport
from roi.ui import links

ADDRESS = "value"
WIDE = "incl-not-cash"
_SWITCH = "value_switch"


def is_on() -> bool:
    """Whether the address asks for it; a word that means nothing is taken out of it, and said."""
    asked = links.asked(ADDRESS)
    if asked and asked != WIDE:
        st.toast(f"The link's choice of “{ADDRESS}” means nothing here and was left out.")
        del st.query_params[ADDRESS]
    return asked == WIDE


def draw(report: PortfolioReport) -> None:
    """The switch, where something that is not cash is confirmed, or where it is on."""
    if report.wide is None and not report.protected.value:
        return
    st.session_state[_SWITCH] = report.wide is not None
    st.toggle("Incl. not cash", key=_SWITCH, on_change=_changed, help=_HELP)


_HELP = (
    "Counts confirmed value that is not cash in the headline too: avoided cost, released time, reduced risk. "
    "Verdicts and the table of teams stay those of cash."
)


def _changed() -> None:
    if st.session_state.get(_SWITCH):
        st.query_params[ADDRESS] = WIDE
    else:
        st.query_params.pop(ADDRESS, None)


def note(report: PortfolioReport) -> str:
    """What the table of teams says while the switch is on: it stays at cash."""
    return "" if report.wide is None else " Cash alone here, as the verdicts are."
