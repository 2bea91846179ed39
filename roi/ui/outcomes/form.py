"""Record an anticipated outcome: one page, four blocks, and the sentence that they make (ux.md 9)."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

import streamlit as st

from roi.actors import Action
from roi.commands import outcomes as commands
from roi.commands.outcome_checks import output_word
from roi.domain.money import MINOR_DIGITS
from roi.domain.periods import add_months
from roi.domain.structure import EpicKind, Grade, Team, ValueBasis, ValueClass
from roi.reports import start as start_report
from roi.reports.shapes import OutcomeRow, OutcomesReport, StartReport
from roi.story import words
from roi.ui import links, parts, session
from roi.ui.outcomes import common, draft
from roi.ui.upload.pieces import note

_KEPT, _EDITED = "_outcome_draft", "_outcome_edited"


def draw() -> None:
    """The blocks, the live sentence, and the button."""
    report = common.ask_all()
    edited = common.find(report, links.asked("outcome")) if links.asked("state") == "edit" else None
    label, title = _HEADS[edited is not None]
    parts.eyebrow_and_title(common.here(label), title, "Four short blocks, about four minutes.")
    acting = session.actor()
    if not acting.may(Action.RECORD_OUTCOME):
        parts.callout("note", f"{acting.name} reads here; owners and tech leaders record outcomes.")
        return
    company = session.ask(start_report.build)
    if not company.teams:
        parts.empty_state("An outcome belongs to a team", "Add your teams first.", ("Add teams", "start"))
        return
    place = st.empty()
    _begin(edited)
    values = dict(st.session_state.get(_KEPT, {}))
    _problem(values, report, company.teams)
    _change(values)
    _worth(values, company)
    _who(values)
    st.session_state[_KEPT] = values
    place.html(draft.sentence(values))
    _save(values, report, edited)


_HEADS = {
    False: ("Record an outcome", "What should this work change?"),
    True: ("Change the promise", "What should this work change now?"),
}


def _begin(edited: OutcomeRow | None) -> None:
    """Start from the outcome that is changed, or from the draft; never from another outcome's fields."""
    key = edited.outcome.key if edited else ""
    if st.session_state.get(_EDITED, "") == key:
        return
    forget()
    st.session_state[_EDITED] = key
    if edited is not None:
        st.session_state[_KEPT] = draft.values_of(edited.outcome)


def _field(values: dict[str, object], key: str, label: str, placeholder: str = "") -> None:
    """A line of text that starts from the draft."""
    values[key] = st.text_input(
        label, value=str(values.get(key) or ""), key=f"outcome_{key}", placeholder=placeholder, live=True
    )


def _problem(values: dict[str, object], report: OutcomesReport, teams: Sequence[Team]) -> None:
    parts.section("1 · The work", "Which epic should make the difference?")
    names = {epic.epic.key: f"{epic.epic.name} · {epic.team_name}" for epic in report.epics}
    options = [*names, draft.NEW]
    first = links.asked("epic") if links.asked("epic") in names else values.get("epic")
    if not names:
        first = draft.NEW
    values["epic"] = st.selectbox(
        "Epic",
        options,
        index=options.index(str(first)) if first in options else None,
        format_func=lambda key: names.get(key, "A new epic"),
        placeholder="choose the epic, or a new one",
        key="outcome_epic",
    )
    if values["epic"] == draft.NEW:
        _new_epic(values, teams)


def _new_epic(values: dict[str, object], teams: Sequence[Team]) -> None:
    left, middle, right = st.columns(3)
    names = {team.key: team.name for team in teams}
    with left:
        _field(values, "epic_name", "Name of the epic", placeholder="Guided first lesson")
        values["started"] = st.date_input(
            "Work starts", _day(values, "started") or session.today(), key="outcome_started"
        )
    with middle:
        values["team"] = _choose(values, "team", "Team", list(names), names)
        values["delivered"] = st.date_input(
            "Delivered (leave open if not yet)", _day(values, "delivered"), key="outcome_delivered"
        )
    with right:
        kinds = {kind.value: word for kind, word in common.KINDS.items()}
        values["kind"] = _choose(values, "kind", "Kind of work", list(EpicKind), kinds)
        percent = values.get("planned_share")
        values["planned_share"] = st.number_input(
            "Planned share of the team's capacity, %",
            0,
            100,
            percent if isinstance(percent, int) else 25,
            key="outcome_planned_share",
        )
    values["is_obligation"] = st.checkbox(
        "An obligation: law, contract or security",
        bool(values.get("is_obligation")),
        key="outcome_is_obligation",
    )


def _choose(
    values: dict[str, object], key: str, label: str, options: Sequence[str], names: dict[str, str]
) -> str:
    now = values.get(key)
    index = list(options).index(str(now)) if now in options else 0
    return str(
        st.selectbox(label, options, index, key=f"outcome_{key}", format_func=lambda one: names.get(one, one))
    )


def _day(values: dict[str, object], key: str) -> date | None:
    kept = values.get(key)
    return kept if isinstance(kept, date) else None


def _change(values: dict[str, object]) -> None:
    parts.section("2 · What changes", "For customers, costs or risk: not what is shipped.")
    left, right = st.columns([3, 1])
    with left:
        _field(values, "metric", "What changes", placeholder="users finishing onboarding in 7 days")
    with right:
        _field(values, "unit", "Unit", placeholder="%, days, $")
    output = output_word(str(values.get("metric") or ""))
    if output:
        note(f"“{output}” is work done. What changes for customers or costs when this is done?")
    cells = st.columns(5)
    with cells[0]:
        _field(values, "baseline", "Stands now", placeholder="62")
    with cells[1]:
        _field(values, "target_low", "Target, low end", placeholder="72")
    with cells[2]:
        _field(values, "target_likely", "Target, likely", placeholder="80")
    with cells[3]:
        _field(values, "target_high", "Target, high end", placeholder="85")
    with cells[4]:
        values["by_when"] = st.date_input(
            "Read by", _day(values, "by_when") or _in_three_months(), key="outcome_by_when"
        )


def _in_three_months() -> date:
    now = session.today()
    month = add_months(now.year * 100 + now.month, 3)
    return date(month // 100, month % 100, min(now.day, 28))


def _worth(values: dict[str, object], company: StartReport) -> None:
    parts.section(
        "3 · What it is worth",
        "Money for one unit of the metric, each month. Leave it empty if nobody knows.",
    )
    cells = st.columns([2, 1.2, 1, 2])
    with cells[0]:
        names = {one.value: word for one, word in common.CLASSES.items()}
        options = list(ValueClass)
        now = values.get("value_class")
        values["value_class"] = st.selectbox(
            "Kind of benefit",
            options,
            index=options.index(ValueClass(str(now))) if now else None,
            format_func=lambda one: names[one],
            placeholder="choose",
            key="outcome_value_class",
        )
    if values["value_class"] in {None, ValueClass.NOT_FINANCIAL}:
        values["unit_value"] = ""
        return
    with cells[1]:
        _field(values, "unit_value", "One unit, a month", placeholder="5500")
    with cells[2]:
        first = [company.company.currency] if company.company else []
        values["currency"] = _choose(
            values,
            "currency",
            "Currency",
            list(dict.fromkeys([*first, "USD", "EUR", "GBP", *MINOR_DIGITS])),
            {},
        )
    with cells[3]:
        bases = {one.value: word for one, word in common.BASES.items()}
        values["value_basis"] = _choose(
            values, "value_basis", "Basis of the unit value", list(reversed(ValueBasis)), bases
        )


def _who(values: dict[str, object]) -> None:
    parts.section(
        "4 · Who and how we will know", "One owner answers for it; somebody else in finance confirms it."
    )
    cells = st.columns([1.4, 2, 2])
    with cells[0]:
        if not values.get("owner") and session.actor().name != "You":
            values["owner"] = session.actor().name
        _field(values, "owner", "Owner", placeholder="R. Silva")
    with cells[1]:
        grades = {one.value: word for one, word in common.GRADES.items()}
        values["grade"] = _choose(values, "grade", "How we will know", list(reversed(Grade)), grades)
    with cells[2]:
        _field(values, "evidence", "Where it is measured", placeholder="weekly activation report")
    kept = values.get("share")
    values["share"] = st.slider(
        "How much of the change will be due to this work, % (low to high)",
        0,
        100,
        kept if isinstance(kept, tuple) else (60, 100),
        step=5,
        key="outcome_share",
    )


def _save(values: dict[str, object], report: OutcomesReport, edited: OutcomeRow | None) -> None:
    """The button, and why it waits."""
    found = draft.problems(values)
    lacking = draft.missing(values)
    parts.issue_list(found)
    with st.container(horizontal=True, vertical_alignment="center", key="outcome_save_bar"):
        is_ready = not found and not lacking
        label = "Save the change" if edited else "Record this outcome"
        pressed = st.button(label, key="outcome_save", type="primary", disabled=not is_ready)
        if st.button("Clear", key="outcome_clear", type="tertiary"):
            forget()
            st.rerun()
    if lacking:
        note(f"Still to say: {words.listed(lacking)}.")
    if pressed:
        _record(values, report, edited)


def _record(values: dict[str, object], report: OutcomesReport, edited: OutcomeRow | None) -> None:
    epic_key = str(values["epic"])
    if epic_key == draft.NEW:
        epic_key = draft.key_for(str(values["epic_name"]), {epic.epic.key for epic in report.epics})
        if session.do(commands.save_epics, [draft.epic(values, epic_key)]) is None:
            return
        # Should the outcome be refused below, the next try finds the epic that exists now.
        st.session_state[_KEPT] = {**values, "epic": epic_key}
        st.session_state.pop("outcome_epic", None)
    taken = {row.outcome.key for row in common.rows(report)}
    key = edited.outcome.key if edited else draft.key_for(str(values["metric"]), taken)
    made = draft.outcome(values, epic_key, key)
    if made is None:
        return
    if edited is not None:
        made = replace(made, actual=edited.outcome.actual, read_on=edited.outcome.read_on)
    receipt = session.do(commands.save_outcomes, [made])
    if receipt is not None:
        forget()
        done = "changed" if edited else "recorded"
        session.notify(f"Outcome {done} (change {receipt.change_id}).")
        links.go("epic", epic=epic_key)


def forget() -> None:
    """An empty form."""
    st.session_state.pop(_KEPT, None)
    st.session_state.pop(_EDITED, None)
    for key in [key for key in st.session_state if str(key).startswith("outcome_")]:
        del st.session_state[key]
