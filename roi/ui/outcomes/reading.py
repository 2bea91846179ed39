"""Record the actual: what was read, when, on which evidence, and how much of it is due to this work."""

from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

import streamlit as st

from roi.actors import Action
from roi.charts.markup import join, tag
from roi.commands import outcomes as commands
from roi.domain import outcomes as told
from roi.domain.money import SHARE_WHOLE
from roi.domain.structure import Grade
from roi.reports.shapes import OutcomeRow
from roi.ui import links, parts, session
from roi.ui.component import markup
from roi.ui.outcomes import common, draft, promise
from roi.ui.upload.pieces import note

_SURE, _RANGE = "All of it", "A part of it"


def draw() -> None:
    """The form for the outcome that the address names."""
    report = common.ask()
    row = common.find(report, links.asked("outcome"))
    if row is None:
        parts.eyebrow_and_title(common.here("Record the actual"), "There is no such outcome here")
        parts.empty_state(
            "The link names no outcome", "Choose one from the list.", ("See outcomes", "outcomes")
        )
        return
    parts.eyebrow_and_title(
        common.here("Record the actual"),
        f"What did “{_short(row.outcome.metric)}” do?",
        f"Promised: {promise.promised(row.outcome)} by {common.due_words(row)}. Owner: {row.outcome.owner}.",
    )
    if not session.actor().may(Action.RECORD_OUTCOME):
        parts.callout("note", f"{session.actor().name} reads here; owners and tech leaders record readings.")
        return
    _form(row)


def _short(metric: str) -> str:
    return metric if len(metric) <= 60 else f"{metric[:59]}…"


def _form(row: OutcomeRow) -> None:
    """What was read, when, how we know, and how much of it is due to this work."""
    outcome = row.outcome
    left, middle, right = st.columns(3)
    with left:
        typed = st.text_input(
            f"Value read{f' ({outcome.unit})' if outcome.unit else ''}", key="reading_actual"
        )
    with middle:
        read_on = st.date_input("Read on", session.today(), key="reading_on")
    with right:
        grade = _grade(outcome.grade)
    evidence = st.text_input(
        "Source (a link or a note)",
        value=outcome.evidence,
        key="reading_evidence",
        placeholder="activation report, week 39",
    )
    shares = _share(outcome.share_low, outcome.share_high)
    actual = draft.number(typed)
    if typed and actual is None:
        note(f"“{typed[:20]}” is no number.")
    if actual is not None:
        _at_once(row, actual)
    lacks_source = grade is not Grade.E and not (evidence or "").strip()
    if lacks_source:
        note("Name the source, or choose grade E: stated by the owner.")
    is_ready = actual is not None and not lacks_source
    pressed = st.button("Record this reading", key="reading_save", type="primary", disabled=not is_ready)
    if pressed and actual is not None:
        _record(row, _Read(actual, read_on, grade, (evidence or "").strip(), shares))


def _grade(now: Grade) -> Grade:
    grades = list(Grade)
    words_ = common.GRADES
    return st.selectbox(
        "How do we know?", grades, grades.index(now), format_func=lambda one: words_[one], key="reading_grade"
    )


@dataclass(frozen=True, slots=True)
class _Read:
    """What was typed; shares are low and high in parts per million."""

    actual: Decimal
    read_on: date
    grade: Grade
    evidence: str
    shares: tuple[int, int]


def _record(row: OutcomeRow, read: _Read) -> None:
    low, high = read.shares
    receipt = session.do(
        commands.record_reading,
        row.outcome.key,
        actual=read.actual,
        read_on=read.read_on,
        grade=read.grade,
        evidence=read.evidence,
        share_low=low,
        share_likely=(low + high) // 2,
        share_high=high,
    )
    if receipt is not None:
        session.notify(f"Reading recorded (change {receipt.change_id}). It waits for finance.")
        links.go("epic", epic=row.outcome.epic)


def _share(low: int | None, high: int | None) -> tuple[int, int]:
    """The share due to this work, as parts per million."""
    how = st.radio(
        "How much of the change is due to this work?",
        [_SURE, _RANGE],
        index=1,
        horizontal=True,
        key="reading_how",
    )
    if how == _SURE:
        return SHARE_WHOLE, SHARE_WHOLE
    start = (_percent(low, 60), _percent(high, 100))
    first, last = st.slider("From – to, %", 0, 100, start, step=5, key="reading_share")
    return first * SHARE_WHOLE // 100, last * SHARE_WHOLE // 100


def _percent(share: int | None, otherwise: int) -> int:
    return otherwise if share is None else share * 100 // SHARE_WHOLE


def _at_once(row: OutcomeRow, actual: Decimal) -> None:
    """Promise against this reading, before it is saved."""
    read = replace(row.outcome, actual=actual)
    seen = replace(
        row, outcome=read, progress=told.progress(read), landed=told.landed(read), state="measured"
    )
    words_ = tag("span", f" {promise.result(seen)}", class_="neu")
    markup(tag("p", join(promise.drawing(seen), words_), class_="vrow"), key="reading_now")
    if seen.landed == "not":
        note("It did not move the promised way. That is worth as much to know: record it.")
