"""End an epic that does not go on; where closed months lose its cost by that, finance restates it (D11)."""

from dataclasses import dataclass
from datetime import date, timedelta

import streamlit as st

from roi.actors import Action
from roi.commands import epics as commands
from roi.domain.periods import month_name
from roi.domain.structure import Epic
from roi.domain.value import Ending, EpicPlan
from roi.reports import choices as choices_report
from roi.reports.shapes import EpicReport
from roi.story import words
from roi.ui import session
from roi.ui.outcomes import conflict, done
from roi.ui.upload.pieces import note

_NAMES = {
    Ending.CANCELLED: "Cancel it: it is not delivered",
    Ending.WRITTEN_OFF: "Write it off: delivered in vain",
}


def begin(report: EpicReport, texts: dict[str, str]) -> None:
    """Where somebody changed the epic before its end was pressed: what was seen beside what is now."""
    epic, plan = report.row.epic, report.view.plan
    ended = {"Ended": f"{words.day(plan.ended_on)}: {plan.ended_because}" if plan.ended_on else ""}
    now = {**texts, **ended}
    done.tell(conflict.draw(_form(epic), now), "The epic is ended.")
    conflict.shown(_form(epic), report.version, now)


def draw(report: EpicReport) -> None:
    """For its owner the end, folded away; for finance alone one in closed months, with its reason."""
    epic, plan = report.row.epic, report.view.plan
    if session.actor().may(Action.RECORD_OUTCOME):
        if plan.ended_on is None:
            with st.expander("Cancel this epic, or write it off"):
                note("Its cost stays in every total, and it counts nothing from that day on.")
                _end(epic, _Asked(max(session.today(), epic.started), epic.started, None, "Why?"))
        return
    last = session.ask(choices_report.build).last_closed
    latest = _day_before(last) if last is not None else None
    if last is None or latest is None or latest < epic.started:
        return
    if epic.delivered is not None and plan.ended_on is None:
        return  # what was delivered ended by that; whether it was in vain its owner says
    with st.expander("Restate when it ended"):
        note(
            f"{month_name(last)} is closed. An end before it takes cost out of closed months, so finance "
            "restates it, with the reason; both numbers stand in the history. A later end is its owner's to "
            "say."
        )
        why = "Why is it restated? The reason stands on this page and in the history."
        on = plan.ended_on if plan.ended_on is not None and plan.ended_on <= latest else latest
        _end(epic, _Asked(on, epic.started, latest, why, is_restated=True), plan)


@dataclass(frozen=True, slots=True)
class _Asked:
    """Which days an end may have, the one that is proposed, and what is asked with it."""

    on: date
    first: date | None
    last: date | None
    why: str
    is_restated: bool = False


def _form(epic: Epic) -> str:
    return f"end_{epic.key}"


def _day_before(month: int) -> date:
    """The last day before a month."""
    return date(month // 100, month % 100, 1) - timedelta(days=1)


def _end(epic: Epic, asked: _Asked, plan: EpicPlan | None = None) -> None:
    """It stops: its cost stays in every total and its claims count nothing from then on (rule V12)."""
    left, right = st.columns(2)
    with left:
        kinds = list(_NAMES)
        stood = plan.ended_by if plan is not None and plan.ended_by in kinds else kinds[0]
        how = st.radio(
            "How does it end?",
            kinds,
            kinds.index(stood),
            format_func=lambda one: _NAMES[one],
            key="epic_end_how",
        )
    with right:
        ended = st.date_input("On", asked.on, min_value=asked.first, max_value=asked.last, key="epic_end_on")
    because = st.text_input(asked.why, key="epic_end_because", live=True).strip()
    label = "Restate its end" if asked.is_restated else "End this epic"
    if st.button(label, key="epic_end", disabled=not because):
        more = {"restatement": because} if asked.is_restated else {}
        end = commands.EpicEnd(epic.key, ended, how, because)
        receipt = conflict.press(_form(epic), commands.end_epic, end, **more)
        done.tell(receipt, "The epic is ended.")
