"""Change an epic: its name, kind, dates and planned share; above all the day it was delivered."""

from datetime import date

import streamlit as st

from roi.commands import outcomes as commands
from roi.domain.money import SHARE_WHOLE
from roi.domain.structure import Epic, EpicKind
from roi.ui import session
from roi.ui.outcomes import common


def draw(epic: Epic) -> None:
    """The fields of the epic, folded away, and the button that saves them as one change."""
    told = "Change this epic" if epic.delivered else "Change this epic, or say when it was delivered"
    with st.expander(told), st.form(f"epic_form_{epic.key}", border=False):
        left, middle, right = st.columns(3)
        with left:
            name = st.text_input("Name", epic.name, key="epic_name")
            kind = _kind(epic.kind)
        with middle:
            started = st.date_input("Started", epic.started, key="epic_started")
            delivered = st.date_input("Delivered", epic.delivered, key="epic_delivered")
        with right:
            share = _share(epic.planned_share)
            must = st.checkbox("An obligation", epic.is_obligation, key="epic_must")
        if st.form_submit_button("Save", type="primary"):
            ended = delivered if isinstance(delivered, date) else None
            _save(Epic(epic.key, (name or "").strip(), epic.team, kind, started, ended, share, must))


def _kind(now: EpicKind) -> EpicKind:
    kinds, names = list(EpicKind), common.KINDS
    return st.selectbox("Kind", kinds, kinds.index(now), format_func=lambda one: names[one], key="epic_kind")


def _share(now: int) -> int:
    """The planned share in parts per million; untouched it stays exact."""
    percent = now * 100 // SHARE_WHOLE
    typed = st.number_input("Planned share of the team, %", 0, 100, percent, key="epic_share")
    return now if typed == percent else typed * SHARE_WHOLE // 100


def _save(epic: Epic) -> None:
    receipt = session.do(commands.save_epics, [epic])
    if receipt is not None:
        session.notify(f"Epic changed (change {receipt.change_id}).")
        st.rerun()
