"""What an epic waits for: record a wait for a team or a thing, and say on which day it ended."""

from datetime import date

import streamlit as st

from roi.commands import waits as commands
from roi.domain.value import Wait
from roi.reports import start as start_report
from roi.reports.shapes import EpicReport
from roi.reports.shapes.delay import WaitRow
from roi.story import delay_titles, words
from roi.ui import parts, session
from roi.ui.outcomes import conflict, done, fields
from roi.ui.upload.pieces import note

_NO_TEAM = "no team, but this:"


def draw(report: EpicReport) -> None:
    """The form, folded away; the open waits each with the day on which it ended."""
    epic, waiting = report.row.epic, report.view.waiting
    form = f"waits_{epic.key}"
    texts = dict(delay_titles.wait_row(row) for row in waiting.rows)
    conflict.begin(form, _field(form, "for"))
    done.tell(conflict.draw(form, texts), "The wait is saved over the other one.")
    is_over = epic.delivered is not None or report.view.plan.ended_on is not None
    if is_over and not waiting.open_rows:
        return
    with st.expander("What does it wait for?"):
        for row in waiting.open_rows:
            _end(form, row)
        _record(form, report)


def _record(form: str, report: EpicReport) -> None:
    note("Another team, or in a few words a decision or a supplier; nobody's name.")
    names = {"": _NO_TEAM, **_others(report)}
    with st.form(f"form_{form}", border=False):
        left, middle, right = st.columns([2, 3, 1.4], vertical_alignment="bottom")
        with left:
            team = st.selectbox(
                "It waits for",
                list(names),
                format_func=lambda key: names[key],
                key=_field(form, "team"),
            )
        with middle:
            what = st.text_input(
                "or for", placeholder="the contract with the card company", key=_field(form, "for")
            )
        with right:
            since = _day("Since", _field(form, "since"))
        more = st.text_input("What would end it", key=_field(form, "note"))
        if st.form_submit_button("Record the wait", type="primary") and since is not None:
            _save(form, Wait(report.row.epic.key, team, what.strip(), since, None, more.strip()))


def _field(form: str, name: str) -> str:
    return fields.named(f"{fields.stem(form)}_{name}")


def _day(label: str, key: str) -> date | None:
    """A day, today at first."""
    typed: object = st.date_input(
        label, session.today(), min_value=fields.FIRST_DAY, max_value=fields.LAST_DAY, key=key
    )
    return typed if isinstance(typed, date) else None


def _others(report: EpicReport) -> dict[str, str]:
    """Every team but the only one that works on it."""
    its = {one.team for one in report.view.teams}
    teams = session.ask(start_report.build).teams
    return {one.key: one.name for one in teams if len(its) > 1 or one.key not in its}


def _save(form: str, wait: Wait) -> None:
    mine = {wait.team or wait.waits_for: f"since {words.day(wait.since)}"}
    done.tell(conflict.save(form, mine, commands.record_wait, wait), "The wait is recorded.")
    if conflict.is_kept(form):
        st.rerun()


def _end(form: str, row: WaitRow) -> None:
    """One open wait: the day on which it ended, and the button."""
    thing, told = delay_titles.wait_row(row)
    its = f"team_{row.wait.team}" if row.wait.team else f"for_{row.wait.waits_for}"
    name = f"{its}_{row.wait.since.isoformat()}"
    note(f"It waits for {thing} {told}.")
    left, right = st.columns([2, 4.4], vertical_alignment="bottom")
    with left:
        ended = _day(f"{parts.plain(thing)}: ended on", _field(form, f"end_{name}"))
    with right:
        is_pressed = st.button("End this wait", key=f"waits_press_{name}")
    if is_pressed and ended is not None:
        mine = {row.thing: f"ended {words.day(ended)}"}
        done.tell(conflict.save(form, mine, commands.end_wait, row.wait, ended), "The wait is ended.")
        if conflict.is_kept(form):
            st.rerun()
