"""Finance confirms: three ticks in one place, each with name, date and until when it holds (rule V10)."""

from datetime import date
from functools import partial

import streamlit as st

from roi.actors import Action
from roi.commands import loop
from roi.commands import outcomes as commands
from roi.domain.money import SHARE_WHOLE
from roi.domain.structure import Tick, ValueClass
from roi.reports import epic as epic_report
from roi.reports.shapes import OutcomeRow
from roi.reports.shapes.value import OutcomeDetail
from roi.story import words
from roi.ui import links, parts, session
from roi.ui.outcomes import asking, closed, common, confirmed, deciding, done, fields, promise
from roi.ui.upload.pieces import note

_Terms = tuple[date | None, str]
"""Until when a tick holds, and what was wrong where closed months are restated."""


def draw() -> None:
    """The facts, the three ticks of the outcome that the address names, adjusting, and asking."""
    report = common.ask()
    row = common.find(report, links.asked("outcome"))
    if row is None:
        common.no_such_outcome("Confirm")
        return
    title = f"Does finance agree with “{row.outcome.metric[:50]}”?"
    lede = (
        f"Promised {promise.promised(row.outcome)}. Read: {promise.result(row)}. Owner: {row.outcome.owner}."
    )
    parts.eyebrow_and_title(common.here("Confirm"), title, lede)
    done.draw()
    deciding.begin(row, report.version)
    detail = details(row)
    may = session.actor().may(Action.CONFIRM_VALUE)
    if not may:
        common.only_reads("finance confirms", Action.CONFIRM_VALUE, row.outcome.epic)
    _facts(row, detail)
    if may:
        _confirm(row)
    if detail is not None:
        asking.listed(row.outcome.key, detail.questions)


def details(row: OutcomeRow) -> OutcomeDetail | None:
    """What the epic's report tells about this outcome beside its row."""
    report = session.ask(epic_report.build, session.scope(), row.outcome.epic, session.today())
    found = (detail for detail in report.view.details if detail.outcome == row.outcome.key)
    return next(found, None)


def _confirm(row: OutcomeRow) -> None:
    owner = row.outcome.owner
    is_own = common.is_same(session.actor().name, owner)
    if is_own:
        told = "Your tick would be kept, but it counts as self-confirmed, outside the headline."
        parts.callout(
            "attention", f"You own this outcome: it is confirmed by {common.confirmers(owner)}. {told}"
        )
    parts.section(
        "Three ticks", "Each carries your name and today's date; the value counts when all three hold."
    )
    given = {name for name, _, _ in row.ticks}
    open_ = [tick for tick in Tick if tick.value not in given]
    terms = _until(row.outcome.key), closed.restated(f"confirm_restated_{row.outcome.key}")
    for tick in Tick:
        if tick.value in given:
            _given(row, tick, terms)
    with st.container(horizontal=True, key="confirm_row_open"):
        if not is_own:
            _all(row, terms, open_)
        for tick in open_:
            _tick(row, tick, terms, f"Confirm {common.TICK_NAMES[tick]}")
    stops = [why for tick in open_ if (why := why_not(row, tick))]
    for why in dict.fromkeys((*stops, row.uncapped)):
        note(why)
    if row.why_not and row.outcome.value_class is not ValueClass.NOT_FINANCIAL:
        note(f"It does not count yet: {row.why_not}.")
    left, right = st.columns(2, gap="large")
    with left:
        _adjust(row)
    with right:
        parts.section("Not sure?", "The owner sees the question on the epic and in the loop.")
        asking.ask(row.outcome.key)


def _all(row: OutcomeRow, terms: _Terms, open_: list[Tick]) -> None:
    """One press for every tick that is not given yet."""
    stopped = [tick for tick in open_ if why_not(row, tick)]
    if len(open_) < 2:
        return
    label = "Confirm all three" if len(open_) == len(Tick) else "Confirm both"
    if st.button(label, key="confirm_all", type="primary", disabled=bool(stopped)):
        key, (until, restatement) = row.outcome.key, terms
        command = partial(loop.confirm_all, restatement=restatement)
        receipt = deciding.press(key, command, key, session.today(), until, open_)
        confirmed.tell(receipt, row, open_)


def _facts(row: OutcomeRow, detail: OutcomeDetail | None) -> None:
    outcome = row.outcome
    told = detail.unit_value_words if detail is not None else ""
    by = told or common.BASES[outcome.value_basis]
    facts = [
        ("Movement", f"{promise.level(outcome.baseline, outcome.unit)} → {promise.result(row)}"),
        ("Source", outcome.evidence or "none was given"),
        ("Evidence", common.GRADES[outcome.grade]),
        ("One unit is worth", f"{promise.worth(outcome) or words.NOT_KNOWN}; {by}"),
        ("Due to this work", promise.due_share(outcome) or words.NOT_KNOWN),
        ("Measured a month", common.with_range(row.measured)),
    ]
    if detail is not None and detail.pool is not None:
        pool = detail.pool
        place = " · ".join(part for part in (pool.line, pool.cell) if part)
        shared = f"{words.counted(len(pool.claims), 'claim')} on it"
        facts.append(("Whose money", f"{place or 'no finance line yet'}; {shared}"))
    if detail is not None and promise.entered(detail):
        facts.append(("The promise", words.sentence(promise.entered(detail).removeprefix(": "))))
    parts.facts(facts, key="confirm_facts")


def _until(outcome: str) -> date | None:
    when = st.date_input(
        "Valid until (open when left empty)",
        None,
        min_value=fields.FIRST_DAY,
        max_value=fields.LAST_DAY,
        key=f"confirm_until_{outcome}",
        width=260,
    )
    return when if isinstance(when, date) else None


def _given(row: OutcomeRow, tick: Tick, terms: _Terms) -> None:
    """A tick that holds: by whom and when, and giving it anew."""
    who, when = next((who, when) for name, who, when in row.ticks if name == tick.value)
    with st.container(horizontal=True, vertical_alignment="center", key=f"confirm_row_{tick.value}"):
        parts.callout("good", f"{common.TICKS[tick]}: {who}, {words.day(when)}")
        _tick(row, tick, terms, "Tick again")


def _tick(row: OutcomeRow, tick: Tick, terms: _Terms, label: str) -> None:
    """The button of one tick; the hint on it says why it cannot be pressed."""
    why = why_not(row, tick)
    if st.button(parts.plain(label), key=f"confirm_{tick.value}", disabled=bool(why), help=why or None):
        key, (until, restatement) = row.outcome.key, terms
        command = partial(commands.confirm, restatement=restatement)
        receipt = deciding.press(key, command, key, tick, session.today(), until)
        confirmed.tell(receipt, row, [tick])


def why_not(row: OutcomeRow, tick: Tick) -> str:
    """Why a tick cannot be given now, as the report says it; the command decides again."""
    return dict(row.stopped).get(tick.value, "")


def _adjust(row: OutcomeRow) -> None:
    """Another share than the owner's, with the reason; the tick of the share is given anew after it."""
    parts.section("Adjust the share", "The reason stays in the evidence and in the history.")
    key = row.outcome.key
    held = (row.outcome.share_low, row.outcome.share_likely, row.outcome.share_high)
    columns = st.columns(3)
    typed = [
        column.number_input(f"{name}, %", 0, 100, _percent(share), step=5, key=f"adjust_{name.lower()}_{key}")
        for column, name, share in zip(columns, ("Low", "Likely", "High"), held, strict=True)
    ]
    reason = st.text_input(
        "Why", key=f"adjust_reason_{key}", placeholder="a price change in the same month", live=True
    )
    if typed != sorted(typed):
        note("Low, likely and high have to be in this order.")
    is_ready = bool(reason.strip()) and typed == sorted(typed) and row.outcome.actual is not None
    if st.button("Adjust", key="adjust_save", disabled=not is_ready):
        low, likely, high = (percent * SHARE_WHOLE // 100 for percent in typed)
        share = loop.OtherShare(key, low, likely, high, reason.strip())
        receipt = deciding.press(key, loop.adjust_share, share)
        done.tell(receipt, "The share is adjusted; confirm it next.")


def _percent(share: int | None) -> int:
    return 100 if share is None else round(share * 100 / SHARE_WHOLE)
