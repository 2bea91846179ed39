"""The fourth block: one owner, how we will know, when it is read, who confirms; and what is rarely needed."""

from datetime import date

import streamlit as st

from roi.domain.structure import Grade, ValueClass
from roi.reports.choices import ChoicesReport
from roi.reports.shapes import OutcomesReport
from roi.story import words
from roi.ui import parts, session
from roi.ui.outcomes import common, draft, draft_plan, fields
from roi.ui.outcomes.fields import Values
from roi.ui.upload.pieces import note


def draw(values: Values, report: OutcomesReport, choices: ChoicesReport) -> None:
    """Owner, evidence, readings, confirmer, share; the rest folded away."""
    parts.section(
        "4 · Who and how we will know", "One owner answers for it; somebody else in finance confirms it."
    )
    cells = st.columns([1.4, 2, 2])
    with cells[0]:
        if not values.get("owner") and session.actor().name != "You":
            values["owner"] = session.actor().name
        fields.text(values, "owner", "Owner", placeholder="R. Silva")
    with cells[1]:
        grades = {one.value: word for one, word in common.GRADES.items()}
        fields.choose(values, "grade", "How we will know", list(reversed(Grade)), grades)
    with cells[2]:
        fields.text(values, "evidence", "Where it is measured", placeholder="weekly activation report")
    cells = st.columns([1.4, 1.2, 2.8])
    with cells[0]:
        fields.text(values, "confirmer", "Who in finance confirms", placeholder="F. Adeyemi")
    with cells[1]:
        fields.day(values, "agreed_on", "Agreed on (else a draft)")
    with cells[2]:
        fields.text(
            values,
            "learning",
            "How will you learn whether this work did it?",
            placeholder="half of the new users see the old start for six weeks",
        )
    _share(values)
    _readings(values, report)
    with st.expander("Chain, how long it lasts, share of a shared pool"):
        _rarely(values, report, choices)


def _share(values: Values) -> None:
    kept = values.get("share")
    values["share"] = st.slider(
        "How much of the change will be due to this work, % (low to high)",
        0,
        100,
        kept if isinstance(kept, tuple) else (60, 100),
        step=5,
        key=fields.named("outcome_share"),
    )


def _readings(values: Values, report: OutcomesReport) -> None:
    """The days on which it will be read, as they follow from delivery."""
    delivered = _delivered(values, report)
    days = draft_plan.readings(delivered)
    if days:
        note(f"It will be read on {words.listed([words.day(day) for day in days])}.")
    else:
        by_when = values.get("by_when")
        agreed = f", and on {words.day(by_when)}" if isinstance(by_when, date) else ""
        note(f"It will be read 1, 3 and 6 months after it is delivered{agreed}.")
    agreed_on = values.get("agreed_on")
    if delivered is not None and isinstance(agreed_on, date) and agreed_on > delivered:
        note("It is agreed after delivery: what was read before that day counts nothing (rule V12).")


def _delivered(values: Values, report: OutcomesReport) -> date | None:
    """When the epic that is chosen or made was delivered."""
    if values.get("epic") != draft.NEW:
        found = (epic.delivered for epic in report.all_epics if epic.key == values.get("epic"))
        return next(found, None)
    given = values.get("delivered")
    return given if isinstance(given, date) else None


def _rarely(values: Values, report: OutcomesReport, choices: ChoicesReport) -> None:
    left, middle, right = st.columns(3)
    with left:
        names = {"": "nothing else", **{one.outcome.key: one.outcome.metric for one in report.outcomes}}
        fields.choose(values, "leads_to", "It leads to", list(names), names)
    with middle:
        fields.whole(values, "horizon_months", "Months that it counts", 120, 36)
        fields.whole(values, "half_life_months", "Half of it is gone after, months", 120)
    with right:
        fields.whole(values, "pool_share", "Part of a shared pool, %", 100)
        series = {"": "no series", **{key: key for key in choices.series}}
        is_loss = values.get("value_class") == ValueClass.RISK_REDUCED
        label = "Series of its losses from before" if is_loss else "Series of the metric"
        fields.choose(values, "series", label, list(series), series)
    fields.text(
        values,
        "evidence_planned",
        "Evidence planned",
        placeholder="holdout of 10 % until the 3-month reading",
    )
    fields.text(values, "result", "What result, measured how?", placeholder="more pupils reach lesson two")
