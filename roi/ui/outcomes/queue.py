"""Finance's queue: what was measured and waits for three ticks; one press gives all that are missing."""

from collections.abc import Sequence

import streamlit as st

from roi.actors import Action
from roi.charts.markup import Html, join, tag
from roi.commands import loop
from roi.domain.structure import Tick
from roi.reports.shapes import OutcomeRow, OutcomesReport
from roi.reports.shapes.value import QueueRow
from roi.story import words
from roi.ui import links, parts, session
from roi.ui.component import markup
from roi.ui.outcomes import common, confirmed, deciding

_MOST = 15
_PRESSED = "_queue_pressed"


def draw(report: OutcomesReport) -> None:
    """Each waiting outcome with its ticks, what it is worth, what is asked, and the next step."""
    rows = report.queue
    pressed = st.session_state.pop(_PRESSED, "")
    was = report.row(pressed) if pressed else None
    if was is not None and pressed not in {row.outcome for row in rows}:
        _has_left(was)
    if not rows:
        _empty()
        return
    counts = "Finance confirms the movement, the unit value and the share; only then does it count."
    parts.section("Dearest first", f"{counts} {_ready(rows)}".rstrip())
    for row in rows[:_MOST]:
        its = report.row(row.outcome)
        if its is not None:
            _item(row, its, report.version)
    if len(rows) > _MOST:
        parts.foot(f"{len(rows) - _MOST:,} more wait; confirm these first.", key="queue_more")


def _ready(rows: Sequence[QueueRow]) -> str:
    """How many of them wait for a press alone, where others wait for something else first."""
    ready = sum(row.can_confirm and not row.is_owner_you for row in rows)
    if ready == len(rows):
        return ""
    can = words.spelled(ready, "can be confirmed", "can be confirmed") if ready else "none can be confirmed"
    return f"{words.sentence(can)} now; the others say what comes first."


def _empty() -> None:
    parts.section("The queue is empty", "What is measured next appears here with its three ticks.")
    st.button("See which readings are due", key="queue_to_loop", on_click=_show_loop)


def _show_loop() -> None:
    st.session_state["outcomes_view"] = "loop"
    st.query_params.pop("view", None)


def _has_left(row: OutcomeRow) -> None:
    """What somebody else did took it out of the queue before the button was pressed; that is said."""
    told = f"{words.sentence(row.outcome.metric)} had left the queue before you pressed"
    parts.callout("attention", f"{told}: somebody else was first. Nothing was changed by the press.")
    parts.open_page("See how it stands", "outcomes", state="confirm", outcome=row.outcome.key)


def _press(outcome: str) -> None:
    st.session_state[_PRESSED] = outcome


def title(report: OutcomesReport) -> str:
    """How many wait, as the claim of the page."""
    waiting = len(report.queue)
    if not waiting:
        return "Nothing waits for finance"
    verb = "waits" if waiting == 1 else "wait"
    return f"{words.sentence(words.spelled(waiting, 'outcome'))} {verb} for finance"


def _item(row: QueueRow, outcome: OutcomeRow, version: int) -> None:
    with st.container(key=f"queue_{row.outcome}"):
        deciding.begin(outcome, version)
        markup(tag("div", _told(row), class_="rows"), key=f"queue_told_{row.outcome}")
        _buttons(row, outcome)


def _told(row: QueueRow) -> Html:
    who = (
        f"{row.epic_name} · {row.team_name} · {row.owner} · read {words.day(row.read_on)} · grade {row.grade}"
    )
    own = f" · you own it: it is confirmed by {common.confirmers(row.owner)}" if row.is_owner_you else ""
    return tag(
        "div",
        tag("span", _link(words.sentence(row.metric), row.outcome), class_="n"),
        tag("span", common.shown(row.measured, outcome=row.outcome), " a month", class_="x"),
        tag("span", parts.unbroken(f"{who}{own}"), class_="o"),
        tag("span", common.likely(row.measured), class_="r"),
        tag("span", _ticks(row), class_="o wide"),
    )


def _link(label: str, outcome: str) -> Html:
    return parts.link(label, links.href("outcomes", state="confirm", outcome=outcome))


def _ticks(row: QueueRow) -> Html:
    marks = [
        tag("span", f"{'○' if is_missing(row, tick) else '✓'} {words.sentence(name)}", class_="nb")
        for tick, name in common.TICK_NAMES.items()
    ]
    asked = [question for question in row.questions if question.is_open]
    told = [tag("span", f"asked {words.day(one.asked_on)}: “{one.text}”", class_="attn") for one in asked]
    waits = f"{words.sentence(row.why_not)}." if row.why_not else ""
    stops = " ".join(dict.fromkeys(why for _, why in row.stopped)) or waits
    caps = join(tag("br") if told or stops else None, row.uncapped) if row.uncapped else None
    return join(join(*marks, by=" · "), tag("br"), *told, tag("br") if told and stops else None, stops, caps)


def is_missing(row: QueueRow, tick: Tick) -> bool:
    """Whether this tick is not given yet."""
    return tick.value in row.missing or common.TICK_NAMES[tick] in row.missing


def _buttons(row: QueueRow, outcome: OutcomeRow) -> None:
    if not session.actor().may(Action.CONFIRM_VALUE):
        return
    missing = [tick for tick in Tick if is_missing(row, tick)]
    with st.container(horizontal=True, key=f"queue_bar_{row.outcome}"):
        label = "Confirm all three" if len(missing) == len(Tick) else "Confirm what is missing"
        key = f"queue_all_{row.outcome}"
        may = row.can_confirm and not row.is_owner_you
        if may and st.button(label, key=key, on_click=_press, args=(row.outcome,)):
            _confirm_all(outcome, missing)
        parts.open_page("Look closer, adjust or ask", "outcomes", state="confirm", outcome=row.outcome)


def _confirm_all(row: OutcomeRow, ticks: list[Tick]) -> None:
    """Give these ticks in one change, in the actor's name, until somebody takes them back."""
    key = row.outcome.key
    receipt = deciding.press(key, loop.confirm_all, key, session.today(), None, ticks)
    confirmed.tell(receipt, row, ticks)
