"""The first two blocks: which work solves which problem, and what changes when it is done."""

from collections.abc import Sequence
from datetime import date

import streamlit as st

from roi.commands.checks.outcome_checks import output_word
from roi.domain.periods import add_months
from roi.domain.structure import EpicKind, Team
from roi.domain.value import Origin
from roi.reports import choices as choices_report
from roi.reports.shapes import OutcomesReport
from roi.ui import links, parts, session
from roi.ui.outcomes import common, draft, draft_plan, fields
from roi.ui.outcomes.fields import Values
from roi.ui.upload.pieces import note


def problem(values: Values, report: OutcomesReport, teams: Sequence[Team]) -> None:
    """Which problem or behaviour, and which epic should make the difference."""
    parts.section("1 · The problem", "What problem or behaviour, and which work should make the difference?")
    fields.text(
        values,
        "problem",
        "What problem or behaviour?",
        placeholder="a third of new users leave before their first lesson",
    )
    known = {team.key: team.name for team in teams}
    names = {epic.key: f"{epic.name} · {known.get(epic.team, epic.team)}" for epic in report.all_epics}
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
        key=fields.named("outcome_epic"),
    )
    if values["epic"] == draft.NEW:
        _new_epic(values, teams)


def _new_epic(values: Values, teams: Sequence[Team]) -> None:
    names = {team.key: team.name for team in teams}
    kinds = {kind.value: word for kind, word in common.KINDS.items()}
    left, middle, right = st.columns(3)
    with left:
        fields.text(values, "epic_name", "Name of the epic", placeholder="Guided first lesson")
        fields.day(values, "started", "Work starts", session.today())
    with middle:
        fields.choose(values, "team", "Team", list(names), names)
        fields.day(values, "delivered", "Delivered (leave open if not yet)")
    with right:
        fields.choose(values, "kind", "Kind of work", list(EpicKind), kinds)
        fields.whole(values, "planned_share", "Planned share of the team's capacity, %", 100, 25)
    with st.expander("Initiative, origin, obligation"):
        left, middle, right = st.columns(3)
        with left:
            known = session.ask(choices_report.build).initiatives
            initiatives = {"": "none", **{one.key: one.name for one in known}}
            fields.choose(values, "initiative", "Initiative", list(initiatives), initiatives)
        with middle:
            origins = {one.value: word for one, word in common.ORIGINS.items()}
            fields.choose(values, "origin", "How it came", list(Origin), origins)
        with right:
            for key, label in _CHECKS.items():
                values[key] = st.checkbox(label, bool(values.get(key)), key=fields.named(f"outcome_{key}"))


DRAFT = "_outcome_draft"
"""Where what was typed is kept."""

_CHECKS = {
    "is_obligation": "An obligation: law, contract or security",
    "is_product_oriented": "Product-oriented",
}


def change(values: Values, report: OutcomesReport) -> None:
    """The metric from where it stands to its target, by when; debt is told as what it changes."""
    parts.section("2 · What changes", "For customers, costs or risk: not what is shipped.")
    if kind_of(values, report) == EpicKind.TECHNICAL_DEBT:
        _debt(values)
    left, right = st.columns([3, 1])
    with left:
        fields.text(values, "metric", "What changes", placeholder="users finishing onboarding in 7 days")
    with right:
        fields.text(values, "unit", "Unit", placeholder="%, days, $")
    output = output_word(str(values.get("metric") or ""))
    if output:
        note(f"“{output}” is work done. What changes for customers or costs when this is done?")
    cells = st.columns(5)
    targets = (
        ("baseline", "Stands now", "62"),
        ("target_low", "Target, low end", "72"),
        ("target_likely", "Target, likely", "80"),
        ("target_high", "Target, high end", "85"),
    )
    for cell, (key, label, example) in zip(cells, targets, strict=False):
        with cell:
            fields.text(values, key, label, placeholder=example)
    with cells[4]:
        fields.day(values, "by_when", "By when", _in_three_months())


def kind_of(values: Values, report: OutcomesReport) -> str:
    """The kind of the epic that is chosen or made."""
    if values.get("epic") == draft.NEW:
        return str(values.get("kind") or "")
    found = (epic.kind for epic in report.all_epics if epic.key == values.get("epic"))
    return next(found, EpicKind.FEATURE)


def _debt(values: Values) -> None:
    """Pick what the debt is for; it fills in the measure to ask for."""
    helpers = draft_plan.DEBT
    before = str(values.get("debt") or "")
    chosen = st.pills(
        "What is it for?",
        list(helpers),
        default=before if before in helpers else None,
        format_func=lambda key: helpers[key].name,
        key=fields.named("outcome_debt"),
    )
    if chosen is None:
        return
    helper = helpers[chosen]
    if before != chosen:
        values.update(debt=chosen, metric=helper.metric, unit=helper.unit, value_class=helper.value_class)
        st.session_state[DRAFT] = values
        fields.anew()
        st.rerun()
    note(helper.hint)
    if chosen == "faster":
        fields.text(values, "capacity_weeks", "Team-weeks a quarter it frees", placeholder="6")


def _in_three_months() -> date:
    now = session.today()
    month = add_months(now.year * 100 + now.month, 3)
    return date(month // 100, month % 100, min(now.day, 28))
