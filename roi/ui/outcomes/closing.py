"""Close the loop: how it landed and what was learned; write it off, drop the claim, open it again."""

from dataclasses import replace

import streamlit as st

from roi.actors import Action
from roi.commands import loop
from roi.domain.value import Closure, Ending, Landed
from roi.reports import epic as epic_report
from roi.reports import shell as shell_report
from roi.reports.shapes import OutcomeRow, Scope
from roi.reports.shapes.value import OutcomeDetail
from roi.story import words
from roi.ui import links, parts, session
from roi.ui.outcomes import closing_note, common, deciding, done, promise
from roi.ui.upload.pieces import note

_LANDED = {"met": Landed.MET, "partly": Landed.PARTLY, "not": Landed.NOT}


def draw() -> None:
    """The form for the outcome that the address names, or its end when it is closed."""
    found = common.ask()
    row = common.find(found, links.asked("outcome"))
    if row is None:
        common.no_such_outcome("Close the loop")
        return
    report = session.ask(epic_report.build, session.scope(), row.outcome.epic, session.today())
    detail = next(one for one in report.view.details if one.outcome == row.outcome.key)
    title = f"What did we learn from “{row.outcome.metric[:50]}”?"
    lede = (
        f"Promised {promise.promised(row.outcome)}. Read: {promise.result(row)}. Owner: {row.outcome.owner}."
    )
    parts.eyebrow_and_title(common.here("Close the loop"), title, lede)
    done.draw()
    deciding.begin(row, found.version)
    if detail.closure is not None:
        ended(row, detail)
    elif not session.actor().may(Action.RECORD_OUTCOME):
        told = "owners and tech leaders close the loop"
        common.only_reads(told, Action.RECORD_OUTCOME, row.outcome.epic)
    else:
        _close(row, detail)
        _give_up(row)


def _close(row: OutcomeRow, detail: OutcomeDetail) -> None:
    """Landed and learned are asked for; before the last reading also why it is closed early."""
    early = detail.why_not_closed if "learned" not in detail.why_not_closed else ""
    if early:
        why = common.with_days(early)
        told = f"It would be closed early: {why}. Say why; later readings are not asked for any more."
        parts.callout("note", told)
    landed = _landed(row)
    learned = st.text_area(
        "What did we learn?",
        key=f"close_learned_{row.outcome.key}",
        placeholder="The short video did it, not the checklist. Next time: test both apart.",
        height=110,
    ).strip()
    reason = (
        st.text_input("Why early?", key=f"close_reason_{row.outcome.key}", live=True).strip() if early else ""
    )
    lacking = [] if learned else ["what was learned"]
    if early and not reason:
        lacking.append("why it is closed early")
    if landed is None:
        lacking.insert(0, "how it landed")
    if not st.button("Close the loop", key="close_save", type="primary"):
        return
    if lacking:
        parts.callout("attention", f"Still to say: {words.listed(lacking)}. Nothing was changed.")
        return
    closure = Closure(row.outcome.key, session.today(), Ending.CLOSED, landed, learned, reason)
    _send(row, closure, "The loop is closed.")


def _landed(row: OutcomeRow) -> Landed | None:
    names = common.LANDINGS
    options = list(Landed)
    read = _LANDED.get(row.landed)
    return st.radio(
        "Did it do what was promised?",
        options,
        index=options.index(read) if read else None,
        format_func=lambda one: names[one],
        key=f"close_landed_{row.outcome.key}",
    )


def _give_up(row: OutcomeRow) -> None:
    """Two other ends: written off, or the claim is dropped; its loss stays, its gain does not count (V12)."""
    with st.expander("Write it off, or drop the claim"):
        told = (
            "Its cost stays in every total and it counts nothing from then on. "
            "A loss that was measured stays: dropping a claim never raises a total."
        )
        note(told)
        names = {Ending.WRITTEN_OFF: "Write it off: the work is given up", Ending.DROPPED: "Drop the claim"}
        how = st.radio(
            "How does it end?",
            list(names),
            format_func=lambda one: names[one],
            key=f"close_how_{row.outcome.key}",
            index=0,
        )
        reason = st.text_input("Why?", key=f"close_because_{row.outcome.key}").strip()
        learned = st.text_input("What did we learn?", key=f"close_lesson_{row.outcome.key}").strip()
        if st.button("End it", key="close_end") and _has_reason(reason):
            closure = Closure(row.outcome.key, session.today(), how, None, learned, reason)
            _send(row, closure, "Written off." if how is Ending.WRITTEN_OFF else "The claim is dropped.")


def _has_reason(reason: str) -> bool:
    if not reason:
        parts.callout("attention", "Say why. Nothing was changed.")
    return bool(reason)


def _send(row: OutcomeRow, closure: Closure, text: str) -> None:
    receipt = deciding.press(row.outcome.key, loop.close, closure)
    if receipt is not None:
        done.say(text, receipt)
        links.go("outcomes", state="close", outcome=row.outcome.key)


# Once it has ended


def ended(row: OutcomeRow, detail: OutcomeDetail) -> None:
    """How it ended, the one page to share, and opening it again."""
    closure = detail.closure
    if closure is None:
        return
    facts = [
        ("Ended", f"{closure.ended_by.word} on {words.day(closure.ended_on)}"),
        ("Landed", promise.judged(row, closure.landed) if closure.landed else words.DASH),
        ("What we learned", closure.learned or "nothing was written down"),
    ]
    if closure.reason:
        facts.append(("Why", closure.reason))
    parts.facts(facts, key=f"closure_{row.outcome.key}")
    download(row)
    if session.actor().may(Action.RECORD_OUTCOME):
        _reopen(row)


def download(row: OutcomeRow) -> None:
    """The closing note as one page that opens in any browser and prints: of every month, in any period."""
    report = session.ask(epic_report.build, _every_month(), row.outcome.epic, session.today())
    st.download_button(
        "Download the closing note",
        closing_note.page(*report.about(row.outcome.key), report),
        file_name=f"closing-note-{row.outcome.key}.html",
        mime="text/html",
        key=f"note_{row.outcome.key}",
        on_click="ignore",
    )


def _every_month() -> Scope:
    """What is looked at, in all months that hold costs: what a closing note sums up has no period."""
    months = session.ask(shell_report.build, Scope()).months
    return session.scope() if months is None else replace(session.scope(), span=months)


def _reopen(row: OutcomeRow) -> None:
    with st.expander("Open it again"):
        reason = st.text_input("Why is it opened again?", key=f"reopen_reason_{row.outcome.key}").strip()
        if st.button("Open it again", key="reopen_save") and _has_reason(reason):
            receipt = deciding.press(row.outcome.key, loop.reopen, row.outcome.key, reason)
            if receipt is not None:
                done.say("Opened again; its readings are asked for.", receipt)
                links.go("epic", epic=row.outcome.epic)
