"""Record the actual: what was read, on which evidence, how much is due to this work, what else happened."""

from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

import streamlit as st

from roi.actors import Action
from roi.charts.markup import join, tag
from roi.commands import outcomes as commands
from roi.commands.changing.requests import Receipt
from roi.domain import outcomes as told
from roi.domain.closing_loop import LoopState
from roi.domain.money import SHARE_WHOLE
from roi.domain.periods import month_of
from roi.domain.structure import Grade, Tick, ValueBasis, ValueClass
from roi.domain.value import Reading
from roi.reports.shapes import OutcomeRow
from roi.story import words
from roi.ui import links, parts, session
from roi.ui.component import markup
from roi.ui.outcomes import closed, common, conflict, done, draft, fields, promise
from roi.ui.upload.pieces import note

_ALL, _PART, _UNSURE = "All of it", "A part of it", "Unsure"
_UNSURE_SHARES = (SHARE_WHOLE // 10, SHARE_WHOLE // 2, SHARE_WHOLE)
_ENDED = frozenset({LoopState.CLOSED.value, LoopState.WRITTEN_OFF.value})
_ESTIMATED = frozenset({Grade.A, Grade.B, Grade.C})


@dataclass(frozen=True, slots=True)
class _Read:
    """What was typed; shares are low, likely and high in parts per million, `effect` an entered estimate."""

    actual: Decimal
    read_on: date
    grade: Grade
    evidence: str
    shares: tuple[int, int, int]
    effect: tuple[Decimal, Decimal, Decimal] | None
    also_happened: str
    restatement: str = ""


def draw() -> None:
    """The form for the outcome that the address names."""
    row = common.find(common.ask(), links.asked("outcome"))
    fields.of(f"outcome {links.asked('outcome')}")
    if row is None:
        common.no_such_outcome("Record the actual")
        return
    parts.eyebrow_and_title(
        common.here("Record the actual"),
        f"What did “{_short(row.outcome.metric)}” do?",
        f"Promised: {promise.promised_by(row.outcome)}. Owner: {row.outcome.owner}.",
    )
    if not session.actor().may(Action.RECORD_OUTCOME):
        told = "owners and tech leaders record readings"
        common.only_reads(told, Action.RECORD_OUTCOME, row.outcome.epic)
        return
    form = f"reading_{row.outcome.key}"
    conflict.begin(form, fields.named("reading_actual"))
    saved = conflict.draw(form, _stored(row))
    if saved is not None:
        _leave(row, saved)
    _form(row, form)


def _short(metric: str) -> str:
    return metric if len(metric) <= 60 else f"{metric[:59]}…"


def _form(row: OutcomeRow, form: str) -> None:
    """What was read, when, how we know, how much of it is due to this work, and what else happened."""
    outcome = row.outcome
    left, middle, right = st.columns(3)
    with left:
        unit = f" ({outcome.unit})" if outcome.unit else ""
        typed = st.text_input(f"Value read{unit}", key=fields.named("reading_actual"), live=True)
    with middle:
        read_on = _read_on()
    with right:
        grade = _grade(outcome.grade)
    evidence = st.text_input(
        "Source (a link or a note)",
        value=outcome.evidence,
        key=fields.named("reading_evidence"),
        placeholder="activation report, week 39",
        live=True,
    ).strip()
    shares = _share(outcome.share_low, outcome.share_high)
    effect, is_estimate = _effect(grade, outcome.unit)
    also = st.text_input(
        "What else happened?",
        key=fields.named("reading_also"),
        placeholder="a price change in May; the market grew",
    ).strip()
    actual = draft.number(typed)
    lacking = _lacking(typed, actual, lacks_source=grade is not Grade.E and not evidence)
    if not is_estimate:
        lacking.append("low, likely and high of the estimate, in order")
    if actual is not None:
        _at_once(row, actual)
    pressed = st.button("Record this reading", key="reading_save", type="primary", disabled=bool(lacking))
    if lacking:
        note(f"Still to say: {words.listed(lacking)}.")
    if _is_second(row, read_on):
        note(promise.read_twice([month_of(read_on)]))
    restatement = closed.restated_or_hint(outcome, fields.named("reading_closed"), month_of(read_on))
    if pressed and actual is not None:
        read = _Read(actual, read_on, grade, evidence, shares, effect, also, restatement)
        _record(row, form, read)


def _read_on() -> date:
    """The day of the reading, which is not to come."""
    today, key = session.today(), fields.named("reading_on")
    return st.date_input("Read on", today, min_value=fields.FIRST_DAY, max_value=today, key=key)


def _is_second(row: OutcomeRow, read_on: date) -> bool:
    """Whether finance has confirmed a reading of the same month that stays beside this one."""
    before = row.outcome.read_on
    is_later = before is not None and before < read_on and month_of(before) == month_of(read_on)
    return is_later and len(row.ticks) == len(Tick)


def _lacking(typed: str, actual: Decimal | None, *, lacks_source: bool) -> list[str]:
    lacking = []
    if actual is None:
        lacking.append(draft.no_number(typed) if typed else "the value read")
    if lacks_source:
        lacking.append("the source, or choose grade E: stated by the owner")
    return lacking


def _grade(now: Grade) -> Grade:
    grades = list(Grade)
    names = common.GRADES
    return st.selectbox(
        "How do we know?",
        grades,
        grades.index(now),
        format_func=lambda one: names[one],
        key=fields.named("reading_grade"),
    )


def _effect(grade: Grade, unit: str) -> tuple[tuple[Decimal, Decimal, Decimal] | None, bool]:
    """An estimate of the movement by experiment or comparison (D31), and whether it can be used."""
    if grade not in _ESTIMATED:
        return None, True
    told_ = f"The estimate of the effect{f', {unit}' if unit else ''} (empty: read minus baseline)"
    with st.expander(told_):
        columns = st.columns(3)
        names = ("Low (P10)", "Likely", "High (P90)")
        typed = [
            column.text_input(name, key=fields.named(f"reading_effect_{place}"), live=True)
            for place, (column, name) in enumerate(zip(columns, names, strict=True))
        ]
    if not any(one.strip() for one in typed):
        return None, True
    low, likely, high = (draft.number(one) for one in typed)
    if low is None or likely is None or high is None or not low <= likely <= high:
        return None, False
    return (low, likely, high), True


def _record(row: OutcomeRow, form: str, read: _Read) -> None:
    about = (row.outcome.key, read.read_on, read.actual, read.grade, read.evidence)
    low, likely, high = read.effect or (None, None, None)
    given = Reading(*about, *read.shares, low, likely, high, read.also_happened)
    receipt = conflict.save(
        form, _texts(read, row), commands.record_reading, given, restatement=read.restatement
    )
    if receipt is not None:
        _leave(row, receipt, can_be_confirmed=_can_be_confirmed(row, read.grade))
    elif conflict.is_kept(form):
        st.rerun()


def _can_be_confirmed(row: OutcomeRow, grade: Grade) -> bool:
    """Whether finance can confirm it as it stands: money, neither only stated nor assumed (V7, V10)."""
    outcome = row.outcome
    is_money = outcome.value_class is not ValueClass.NOT_FINANCIAL
    return is_money and grade is not Grade.E and outcome.value_basis is not ValueBasis.ASSUMED


def _leave(row: OutcomeRow, receipt: Receipt, *, can_be_confirmed: bool = False) -> None:
    told = "Reading recorded; it waits for finance." if can_be_confirmed else "Reading recorded."
    done.say(f"{told} Close the loop when it was the last.", receipt)
    links.go("epic", epic=row.outcome.epic)


def _texts(read: _Read, row: OutcomeRow) -> dict[str, str]:
    """What was typed, for two editors side by side."""
    low, likely, high = read.shares
    return {
        "Value read": promise.level(read.actual, row.outcome.unit),
        "Read on": words.day(read.read_on),
        "How we know": common.GRADES[read.grade],
        "Source": read.evidence,
        "Due to this work": f"{words.share(likely)} ({words.share(low)}–{words.share(high)})",
    }


def _stored(row: OutcomeRow) -> dict[str, str]:
    outcome = row.outcome
    if outcome.actual is None or outcome.read_on is None:
        return {}
    shares = (outcome.share_low or 0, outcome.share_likely or 0, outcome.share_high or 0)
    read = _Read(outcome.actual, outcome.read_on, outcome.grade, outcome.evidence, shares, None, "")
    return _texts(read, row) | _since(row)


def _since(row: OutcomeRow) -> dict[str, str]:
    """What others did with it: an end, and finance's ticks, which another reading may take away."""
    given = words.listed([f"{common.TICKS[Tick(name)]} by {who}" for name, who, _ in row.ticks])
    ended = words.sentence(row.standing) if row.state in _ENDED else ""
    return {"Confirmed": given, "State": ended}


def _share(low: int | None, high: int | None) -> tuple[int, int, int]:
    """The share due to this work, in parts per million: all, a range, or unsure (from a tenth up)."""
    how = st.radio(
        "How much of the change is due to this work?",
        [_ALL, _PART, _UNSURE],
        index=1,
        horizontal=True,
        key=fields.named("reading_how"),
    )
    if how == _ALL:
        return SHARE_WHOLE, SHARE_WHOLE, SHARE_WHOLE
    if how == _UNSURE:
        note("Taken as 10 to 100%, likely half. Finance sees that it is unsure.")
        return _UNSURE_SHARES
    start = (_percent(low, 60), _percent(high, 100))
    first, last = st.slider("From – to, %", 0, 100, start, step=5, key=fields.named("reading_share"))
    low, high = first * SHARE_WHOLE // 100, last * SHARE_WHOLE // 100
    return low, (low + high) // 2, high


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
