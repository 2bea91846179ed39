"""What the value stream or division that is looked at is worth over its life, on the first page."""

import streamlit as st

from roi.reports import life
from roi.reports.shapes import PortfolioReport
from roi.story import portfolio_titles
from roi.ui import parts, session
from roi.ui.outcomes import money

_ASKED = "_life_asked"


def draw(report: PortfolioReport) -> None:
    """Nothing of the whole company; of a large one only when somebody wants it."""
    name = portfolio_titles.chosen(report)
    if not name:
        return
    if not life.is_at_once(report) and st.session_state.get(_ASKED) != name:
        _offer(name)
        return
    found = session.ask(life.build, session.scope(), session.today()).appraisal
    if found is not None:
        money.over_its_life(found, report.currency, name)
        stream = session.scope().value_stream
        if report.grouped_by == "value_stream" and stream:
            parts.open_page(
                f"See {stream} from its start until it is retired", "product", value_stream=stream
            )


def _offer(name: str) -> None:
    parts.section(
        "Over its life", "NPV, ROI, payback and the forward view of all its epics, whatever the period."
    )
    st.button("See what it is worth", key="life", on_click=_ask, args=(name,))


def _ask(name: str) -> None:
    st.session_state[_ASKED] = name
