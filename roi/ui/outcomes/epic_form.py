"""Change an epic: name, kind, dates, owner, initiative, teams; above all the day it was delivered."""

from dataclasses import replace

import streamlit as st

from roi.actors import Action
from roi.commands import epics as commands
from roi.domain.money import SHARE_WHOLE
from roi.domain.structure import Epic, EpicKind
from roi.domain.value import EpicPlan, EpicTeam, Origin
from roi.reports import choices as choices_report
from roi.reports import start as start_report
from roi.reports.shapes import EpicReport
from roi.story import words
from roi.ui import session
from roi.ui.outcomes import common, conflict, done, epic_end, fields, ticked
from roi.ui.upload.pieces import note

_MOST_TEAMS = 4


def draw(report: EpicReport) -> None:
    """The fields of the epic, folded away, and the button that saves them as one change; and its end."""
    epic, plan = report.row.epic, report.view.plan
    form = f"epic_{epic.key}"
    conflict.begin(form, fields.named("epic_name"))
    done.tell(conflict.draw(form, texts(epic, plan)), "Epic saved over the other text.")
    epic_end.begin(report, texts(epic, plan))
    is_recorder = session.actor().may(Action.RECORD_OUTCOME)
    label = _label(epic, is_recorder=is_recorder)
    with st.expander(label):
        with st.form(f"epic_form_{epic.key}", border=False):
            typed = _epic(epic)
            agreed = _agreed(plan)
            teams = _teams(report)
            _frozen_note(report, is_recorder=is_recorder)
            ticked.of_an_epic(report)
            is_pressed = st.form_submit_button("Save", type="primary")
        if is_pressed:
            _save(form, typed, agreed, teams)
    epic_end.draw(report)


def _label(epic: Epic, *, is_recorder: bool) -> str:
    if not is_recorder:
        return "Restate its start, delivery, planned share or teams"
    return "Change this epic" if epic.delivered else "Change this epic, or say when it was delivered"


def _frozen_note(report: EpicReport, *, is_recorder: bool) -> None:
    """That cost and value are split by what stood at the start, and who may restate it (rule V3)."""
    epic, teams = report.row.epic, report.view.teams
    said = any(one.planned_share or one.basis == "item-days" for one in teams) or len(teams) > 1
    if epic.started > session.today() or not (epic.planned_share or said):
        return
    who = "Where one was wrong, finance restates it" if is_recorder else "Where one was wrong, restate it"
    note(
        "Since it started, its start, planned shares, teams and their effort are frozen, and so is a "
        f"delivery by which closed months gain or lose its cost. {who}, with the reason; what nobody has "
        "said yet may be said."
    )


def texts(epic: Epic, plan: EpicPlan) -> dict[str, str]:
    """What stands in each field, for two editors side by side."""
    return {
        "Name": epic.name,
        "Kind": common.KINDS[epic.kind],
        "Started": words.day(epic.started),
        "Delivered": words.day(epic.delivered) if epic.delivered else "",
        "Planned share": words.share(epic.planned_share),
        "Owner": plan.owner,
        "Initiative": plan.initiative,
        "How it came": common.ORIGINS[plan.origin],
        "Due": words.day(plan.due_on) if plan.due_on else "",
    }


def _epic(epic: Epic) -> Epic:
    left, middle, right = st.columns(3)
    with left:
        name = st.text_input("Name", epic.name, key=fields.named("epic_name"))
        kind = _kind(epic.kind)
    with middle:
        started = fields.day_or_none("Started", epic.started, fields.named("epic_started"))
        delivered = fields.day_or_none("Delivered", epic.delivered, fields.named("epic_delivered"))
    with right:
        share = _share("Planned share of the team, %", epic.planned_share, fields.named("epic_share"))
        must = st.checkbox(
            "An obligation",
            epic.is_obligation,
            key=fields.named("epic_must"),
            help="Without the mark its deadline and penalty end too; undo brings them back."
            if epic.is_obligation
            else "A law, a contract or security demands it; its page then asks for deadline and penalty.",
        )
    return Epic(
        epic.key, (name or "").strip(), epic.team, kind, started or epic.started, delivered, share, must
    )


def _kind(now: EpicKind) -> EpicKind:
    kinds, names = list(EpicKind), common.KINDS
    return st.selectbox(
        "Kind", kinds, kinds.index(now), format_func=lambda one: names[one], key=fields.named("epic_kind")
    )


def _share(label: str, now: int, key: str) -> int:
    """A share in parts per million; untouched it stays exact."""
    percent = now * 100 // SHARE_WHOLE
    typed = st.number_input(label, 0, 100, percent, key=key)
    return now if typed == percent else typed * SHARE_WHOLE // 100


def _agreed(plan: EpicPlan) -> EpicPlan:
    left, middle, right = st.columns(3)
    with left:
        owner = st.text_input("Owner", plan.owner, key=fields.named("epic_owner"))
        initiative = _initiative(plan.initiative)
    with middle:
        due = fields.day_or_none("Due", plan.due_on, fields.named("epic_due"))
        origins, names = list(Origin), common.ORIGINS
        origin = st.selectbox(
            "How it came",
            origins,
            origins.index(plan.origin),
            format_func=lambda one: names[one],
            key=fields.named("epic_origin"),
        )
    with right:
        run = _run(plan)
        is_product = st.checkbox(
            "Product-oriented", plan.is_product_oriented, key=fields.named("epic_product")
        )
    return replace(
        plan,
        owner=owner.strip(),
        initiative=initiative,
        due_on=due,
        origin=origin,
        run_share=run,
        is_product_oriented=is_product,
    )


def _run(plan: EpicPlan) -> int | None:
    """Run cost a year as a share of build cost; empty while nobody has said."""
    percent = None if plan.run_share is None else plan.run_share * 100 // SHARE_WHOLE
    typed = st.number_input("Run cost a year, % of build", 0, 100, percent, key=fields.named("epic_run"))
    if typed == percent:
        return plan.run_share
    return None if typed is None else typed * SHARE_WHOLE // 100


def _initiative(now: str) -> str:
    known = session.ask(choices_report.build).initiatives
    names = {"": "none", **{one.key: one.name for one in known}}
    options = list(dict.fromkeys([*names, now]))
    chosen: str = st.selectbox(
        "Initiative",
        options,
        options.index(now),
        format_func=lambda key: names.get(key, key),
        key=fields.named("epic_initiative"),
    )
    return chosen


# Teams beside the first


def _teams(report: EpicReport) -> tuple[EpicTeam, ...] | None:
    """The teams with planned share and part of the value; None where only one team works on it."""
    names = {team.key: team.name for team in session.ask(start_report.build).teams}
    held = [(one.team, one.planned_share, one.effort) for one in report.view.teams]
    chosen = st.multiselect(
        "Teams that work on it",
        list(names),
        [team for team, _, _ in held if team in names],
        format_func=lambda key: names[key],
        key=fields.named("epic_teams_chosen"),
        max_selections=_MOST_TEAMS,
    )
    if len(chosen) < 2:
        return None if len(held) < 2 else ()
    known = {team: (share, effort) for team, share, effort in held}
    if set(chosen) != set(known):
        return _evenly(report, chosen, known)
    columns = st.columns(len(chosen))
    efforts = [
        column_share(
            column,
            f"Part of the value, {names[team]}, %",
            known[team][1],
            fields.named(f"epic_effort_{team}"),
        )
        for column, team in zip(columns, chosen, strict=True)
    ]
    epic = report.row.epic.key
    return tuple(
        EpicTeam(epic, team, known[team][0], effort) for team, effort in zip(chosen, efforts, strict=True)
    )


def column_share(column: object, label: str, now: int, key: str) -> int:
    """A share typed in a column."""
    with column:  # type: ignore[attr-defined]  # a column of Streamlit
        return _share(label, now, key)


def _evenly(report: EpicReport, chosen: list[str], known: dict[str, tuple[int, int]]) -> tuple[EpicTeam, ...]:
    """Newly chosen teams: the value is cut evenly until somebody says otherwise."""
    part, rest = divmod(SHARE_WHOLE, len(chosen))
    note("Saved with equal parts of the value; change them afterwards.")
    planned = report.row.epic.planned_share
    return tuple(
        EpicTeam(report.row.epic.key, team, known.get(team, (planned, 0))[0], part + (place < rest))
        for place, team in enumerate(chosen)
    )


def _save(form: str, epic: Epic, plan: EpicPlan, teams: tuple[EpicTeam, ...] | None) -> None:
    receipt = conflict.save(form, texts(epic, plan), commands.save_epic, epic, plan, teams)
    done.tell(receipt, "Epic changed.")
    if conflict.is_kept(form):
        st.rerun()
