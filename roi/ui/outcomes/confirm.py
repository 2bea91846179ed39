"""Finance confirms: three ticks, each with name, date and until when it holds (rule V10)."""

from datetime import date

import streamlit as st

from roi.actors import Action
from roi.commands import outcomes as commands
from roi.domain.structure import Grade, Tick, ValueBasis
from roi.reports.shapes import OutcomeRow
from roi.story import words
from roi.ui import links, parts, session
from roi.ui.outcomes import common, promise
from roi.ui.upload.pieces import note


def draw() -> None:
    """The three ticks of the outcome that the address names."""
    report = common.ask()
    row = common.find(report, links.asked("outcome"))
    if row is None:
        parts.eyebrow_and_title(common.here("Confirm"), "There is no such outcome here")
        parts.empty_state(
            "The link names no outcome", "Choose one from the list.", ("See outcomes", "outcomes")
        )
        return
    acting = session.actor()
    title = f"Does finance agree with “{row.outcome.metric[:50]}”?"
    lede = (
        f"Promised {promise.promised(row.outcome)}. Read: {promise.result(row)}. Owner: {row.outcome.owner}."
    )
    parts.eyebrow_and_title(common.here("Confirm"), title, lede)
    if not acting.may(Action.CONFIRM_VALUE):
        parts.callout("note", f"{acting.name} reads here; finance confirms.")
        return
    if acting.name == row.outcome.owner:
        told = (
            "You own this outcome. Your tick is kept, but it counts as self-confirmed, outside the headline."
        )
        parts.callout("attention", told)
    _facts(row)
    parts.section(
        "Three ticks", "Each carries your name and today's date; the value counts when all three hold."
    )
    until = _until()
    for tick in Tick:
        _tick(row, tick, until)
    if row.why_not:
        note(f"It does not count yet: {row.why_not}.")


def _facts(row: OutcomeRow) -> None:
    outcome = row.outcome
    unit = (
        words.NOT_KNOWN
        if outcome.unit_value is None
        else f"{outcome.unit_value:,f} {outcome.currency} a month"
    )
    measured = row.measured
    worth = words.NOT_KNOWN if measured is None or not measured.is_known else words.figure(measured)
    told = words.range_of(measured) if measured is not None else ""
    parts.facts(
        (
            ("Movement", f"{promise.level(outcome.baseline, outcome.unit)} → {promise.result(row)}"),
            ("Source", outcome.evidence or "none was given"),
            ("Evidence", common.GRADES[outcome.grade]),
            ("One unit is worth", f"{unit}, {common.BASES[outcome.value_basis]}"),
            ("Due to this work", _share(row)),
            ("Measured a month", f"{worth} {f'(likely {told})' if told else ''}".strip()),
        ),
        key="confirm_facts",
    )


def _share(row: OutcomeRow) -> str:
    low, likely, high = row.outcome.share_low, row.outcome.share_likely, row.outcome.share_high
    if low is None or likely is None or high is None:
        return words.NOT_KNOWN
    return f"{words.share(likely)} ({words.share(low)}–{words.share(high)})"


def _until() -> date | None:
    when = st.date_input("Valid until (open when left empty)", None, key="confirm_until", width=260)
    return when if isinstance(when, date) else None


def _tick(row: OutcomeRow, tick: Tick, until: date | None) -> None:
    """One tick: given by whom and when, or the button, or why it cannot be given."""
    given = {name: (who, when) for name, who, when in row.ticks}.get(tick.value)
    with st.container(horizontal=True, vertical_alignment="center", key=f"confirm_row_{tick.value}"):
        if given:
            parts.callout("good", f"{common.TICKS[tick]}: {given[0]}, {words.day(given[1])}")
        why = why_not(row, tick)
        label = "Tick again" if given else f"Confirm {common.TICK_NAMES[tick]}"
        if st.button(parts.plain(label), key=f"confirm_{tick.value}", disabled=bool(why), help=why or None):
            receipt = session.do(commands.confirm, row.outcome.key, tick, session.today(), until)
            if receipt is not None:
                session.notify(f"{common.TICKS[tick]}: confirmed (change {receipt.change_id}).")
                st.rerun()
        if why:
            note(why)


def why_not(row: OutcomeRow, tick: Tick) -> str:
    """Why a tick cannot be given now; the command decides again."""
    outcome = row.outcome
    if outcome.actual is None:
        return "It is not read yet."
    if tick is Tick.UNIT_VALUE:
        if outcome.unit_value is None:
            return "Nobody has said what one unit is worth."
        return (
            "The unit value is assumed; agree it first." if outcome.value_basis is ValueBasis.ASSUMED else ""
        )
    if tick is Tick.SHARE:
        if outcome.grade is Grade.E:
            return "Evidence grade E (stated) cannot carry a confirmed share."
        return "Nobody has said how much is due to this work." if outcome.share_likely is None else ""
    return ""
