"""What appraisals assume, for everybody to read and for finance to change."""

import streamlit as st

from roi.actors import Action
from roi.commands import appraisal_settings
from roi.reports.agreed import HALF_LIFE, HORIZON
from roi.reports.appraised import RATE
from roi.reports.assumptions import Assumptions
from roi.story import words
from roi.ui import parts, session

_BASE = "_appraisal_based_on"


def draw(found: Assumptions) -> None:
    """Rate, horizon and half-life with what they do; the form for finance, on the latest version only."""
    parts.section("Assumptions of appraisal", "They stand in every NPV, ROI, payback and forward view.")
    horizon, half_life = (
        words.counted(number, "month") for number in (found.horizon_months, found.half_life_months)
    )
    lasting = "So long after its last confirmed reading half of a benefit is assumed to be left"
    rate = f"{found.discount_rate / 10_000:g}% a year, effective"
    pairs = (
        ("Discount rate", f"{rate}. Money that comes later counts for less. {_by(found, RATE)}"),
        (
            "Horizon",
            f"{horizon}. So long a benefit counts, unless its plan says otherwise. {_by(found, HORIZON)}",
        ),
        ("Half-life", f"{half_life}. {lasting}, unless its plan says otherwise. {_by(found, HALF_LIFE)}"),
    )
    parts.facts(pairs, key="assumptions")
    if not session.actor().may(Action.EDIT_COST_RULES):
        parts.foot("Finance decides these.", key="assumptions_who")
    elif session.scope().as_of is None:
        _form(found)


def _by(found: Assumptions, name: str) -> str:
    return "Set by the company." if name in found.said else "As the program comes; nobody set it."


def _form(found: Assumptions) -> None:
    if "appraisal_rate" not in st.session_state:
        st.session_state[_BASE] = found.version
    with st.expander("Change the assumptions"), st.form("appraisal_form", border=False):
        cells = st.columns(3)
        percent = cells[0].number_input(
            "Discount rate a year, %", 0.0, 100.0, found.discount_rate / 10_000, 0.5, key="appraisal_rate"
        )
        horizon = cells[1].number_input(
            "Horizon, months", 1, 600, found.horizon_months, key="appraisal_horizon"
        )
        half_life = cells[2].number_input(
            "Half-life, months", 1, 600, found.half_life_months, key="appraisal_half_life"
        )
        if st.form_submit_button("Save the assumptions", type="primary", key="appraisal_save"):
            _save(round(percent * 10_000), horizon, half_life)


def _save(rate: int, horizon: int, half_life: int) -> None:
    based_on: int | None = st.session_state.get(_BASE)
    receipt = session.do(appraisal_settings.save_appraisal, rate, horizon, half_life, based_on)
    if receipt is not None:
        st.session_state[_BASE] = receipt.change_id
        session.notify(f"The assumptions are saved (change {receipt.change_id}).")
        st.rerun()
