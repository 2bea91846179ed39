"""What appraisals assume, for everybody to read and for finance to change."""

import streamlit as st

from roi.actors import Action
from roi.commands import appraisal_settings
from roi.commands.changing.requests import Receipt
from roi.reports.appraisal.appraised import RATE
from roi.reports.assumptions import Assumptions
from roi.reports.value.agreed import HALF_LIFE, HORIZON, RUN_COST
from roi.story import words
from roi.ui import parts, session
from roi.ui.outcomes import conflict, fields

_FORM = "appraisal"


def draw(found: Assumptions) -> None:
    """Rate, horizon, half-life, run cost and what they do; a form for finance, on the latest version only."""
    told = "They stand in every NPV, ROI, payback and forward view."
    parts.section("Assumptions of appraisal", told, "assumptions")
    horizon, half_life = (
        words.counted(number, "month") for number in (found.horizon_months, found.half_life_months)
    )
    lasting = "So long after its last confirmed reading half of a benefit is assumed to be left"
    run_cost = f"{found.run_cost_share / 10_000:g}% of its build cost a year after delivery"
    rate = f"{found.discount_rate / 10_000:g}% a year, effective"
    pairs = (
        ("Discount rate", f"{rate}. Money that comes later counts for less. {_by(found, RATE)}"),
        (
            "Horizon",
            f"{horizon}. So long a benefit counts, unless its plan says otherwise. {_by(found, HORIZON)}",
        ),
        ("Half-life", f"{half_life}. {lasting}, unless its plan says otherwise. {_by(found, HALF_LIFE)}"),
        ("Run cost of a feature", f"{run_cost}, unless its plan says otherwise. {_by(found, RUN_COST)}"),
    )
    parts.facts(pairs, key="assumptions")
    if not session.actor().may(Action.EDIT_COST_RULES):
        parts.foot("Finance decides these.", key="assumptions_who")
    elif session.scope().as_of is None:
        _form(found)


def _by(found: Assumptions, name: str) -> str:
    return "Set by the company." if name in found.said else "As the program comes; nobody set it."


def _form(found: Assumptions) -> None:
    conflict.begin(_FORM, fields.named("appraisal_rate"))
    held = (found.discount_rate, found.horizon_months, found.half_life_months, found.run_cost_share)
    _saved(conflict.draw(_FORM, _texts(*held)))
    with st.expander("Change the assumptions"), st.form("appraisal_form", border=False):
        cells = st.columns(4)
        percent = cells[0].number_input(
            "Discount rate a year, %",
            0.0,
            100.0,
            found.discount_rate / 10_000,
            0.5,
            key=fields.named("appraisal_rate"),
        )
        horizon = cells[1].number_input(
            "Horizon, months", 1, 600, found.horizon_months, key=fields.named("appraisal_horizon")
        )
        half_life = cells[2].number_input(
            "Half-life, months", 1, 600, found.half_life_months, key=fields.named("appraisal_half_life")
        )
        run_cost = cells[3].number_input(
            "Run cost a year, %",
            0.0,
            100.0,
            found.run_cost_share / 10_000,
            0.5,
            key=fields.named("appraisal_run_cost"),
        )
        if st.form_submit_button("Save the assumptions", type="primary", key="appraisal_save"):
            _save(round(percent * 10_000), horizon, half_life, round(run_cost * 10_000))


def _texts(rate: int, horizon: int, half_life: int, run_cost: int) -> dict[str, str]:
    """What stands in each field, for two editors side by side."""
    months = words.counted(horizon, "month"), words.counted(half_life, "month")
    return {
        "Discount rate": f"{rate / 10_000:g}% a year",
        "Horizon": months[0],
        "Half-life": months[1],
        "Run cost": f"{run_cost / 10_000:g}% a year",
    }


def _save(rate: int, horizon: int, half_life: int, run_cost: int) -> None:
    mine = (rate, horizon, half_life, run_cost)
    save = appraisal_settings.save_appraisal
    _saved(conflict.save(_FORM, _texts(*mine), save, *mine[:3], run_cost_share=run_cost))
    if conflict.is_kept(_FORM):
        st.rerun()


def _saved(receipt: Receipt | None) -> None:
    if receipt is not None:
        session.notify(f"The assumptions are saved (change {receipt.change_id}).")
        st.rerun()
