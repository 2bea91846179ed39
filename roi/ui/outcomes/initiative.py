"""One initiative: promised, approved cost beside cost so far, date, value, forward view, epics, measures."""

from collections.abc import Sequence

import streamlit as st

from roi.actors import Action
from roi.charts.loop import time_line
from roi.charts.markup import Child, Html, join, tag
from roi.domain.figures import Figure
from roi.reports import initiative as initiative_report
from roi.reports.loop import sofar
from roi.reports.shapes import InitiativeReport
from roi.reports.shapes.value import MeasureRow
from roi.story import section_titles, titles, words
from roi.ui import links, parts, session
from roi.ui.component import markup
from roi.ui.outcomes import (
    common,
    done,
    fields,
    initiative_epics,
    initiative_form,
    measures_form,
    money,
    written,
)
from roi.ui.parts import Kpi


def draw() -> None:
    """The whole page of the initiative that the address names."""
    key = links.asked("initiative")
    fields.of(f"initiative {key}")
    if not key:
        parts.eyebrow_and_title(_crumbs("Initiative"), "Which initiative?")
        action = ("See outcomes", "outcomes")
        parts.empty_state("The link names no initiative.", "Choose one from the list.", action)
        return
    report = session.ask(initiative_report.build, session.scope(), key, session.today())
    initiative = report.row.initiative
    parts.eyebrow_and_title(_crumbs(initiative.name), titles.initiative(report).known, _lede(report))
    done.draw()
    parts.kpi_strip(_kpis(report), key="initiative_money")
    if session.actor().may(Action.RECORD_OUTCOME):
        initiative_form.change(initiative)
    money.card(report.appraisal, report.currency, "initiative", initiative=key)
    _moments(report)
    _epics(report)
    left, right = st.columns([3, 2], gap="large")
    with left:
        _measures(report.measures, key)
    with right:
        questions(
            (
                ("What problem or behaviour?", initiative.problem),
                ("What result, measured how?", initiative.result),
                ("Which metric?", initiative.measure),
                ("How will we learn?", initiative.learning),
            ),
            "initiative_questions",
        )


def _crumbs(label: str) -> Html:
    steps = [
        ("Outcomes", links.href("outcomes")),
        ("Initiatives", links.href("outcomes", view="initiatives")),
    ]
    return parts.crumbs(steps, label)


def _lede(report: InitiativeReport) -> Html:
    one = report.row.initiative
    approved = (
        f"approved {words.day(one.approved_on)}" if one.approved_on else "no day of approval is recorded"
    )
    due = f"due {words.day(one.due_on)}" if one.due_on else "no due date"
    stream = join(" Value stream ", common.product_link(one.value_stream), ".") if one.value_stream else ""
    rest = f" {_how_many_read(report)}."
    return join("Owned by ", tag("b", one.owner), f", {approved}, {due}.", stream, rest)


def _how_many_read(report: InitiativeReport) -> str:
    if not report.row.outcomes_total:
        return "No outcome with numbers is recorded yet"
    return f"{words.count_of(report.row.outcomes_read, report.row.outcomes_total)} outcomes are read"


def _kpis(report: InitiativeReport) -> list[Kpi]:
    """Approved beside spent, promised beside expected, confirmed."""
    row, key = report.row, report.row.initiative.key
    found: list[tuple[str, Figure, Child]] = [
        ("Cost so far", row.cost, _against(row.cost, row.approved)),
        ("Promised a month", report.promised, _ranged(report.promised, "as frozen at start")),
        ("Expected a month", report.expected, _ranged(report.expected, "as told today")),
        ("Confirmed cash, since start", row.confirmed, _protected(report)),
    ]
    return [
        Kpi(name, _told(one), note, one if one.is_known else None, whose={"initiative": key})
        for name, one, note in found
    ]


def _told(figure: Figure) -> str:
    if sofar.is_none(figure):
        return "none"
    return words.figure(figure) if figure.is_known else words.NOT_KNOWN


def _ranged(figure: Figure, note: str) -> str:
    if not figure.is_known:
        return figure.reason
    return " · ".join(part for part in (common.likely(figure), note) if part)


def _against(cost: Figure, approved: Figure) -> Child:
    if not approved.is_known:
        return "no approved cost is stated"
    if cost.value is not None and approved.value and cost.value > approved.value:
        over = words.money(cost.value - approved.value, cost.currency)
        return f"of {words.figure(approved)} approved: {over} above"
    return f"of {words.figure(approved)} approved"


def _protected(report: InitiativeReport) -> str:
    """The range of what is confirmed, and what stands beside it."""
    likely, beside = common.likely(report.row.confirmed), ""
    if report.protected is not None and report.protected.value:
        beside = f"also protected, not cash: {words.figure(report.protected)}"
    told = " · ".join(one for one in (likely, beside) if one)
    return told or report.row.confirmed.reason or "by finance, cash only"


def _moments(report: InitiativeReport) -> None:
    drawn = time_line(report.moments, session.today())
    if drawn is not None:
        parts.section(
            section_titles.way(report.moments).known,
            "Filled = done or read, ring = to come, orange ring = overdue.",
        )
        markup(drawn, key="initiative_moments")


def _epics(report: InitiativeReport) -> None:
    if not report.epics:
        parts.section("No epic belongs to it yet", "Open an epic and choose this initiative there.")
        return
    delivered = words.count_of(report.row.delivered, report.row.epics)
    parts.section(
        "The epics",
        f"{delivered} delivered. Cost and value stand on the epics alone: theirs add up to the initiative's. "
        "Cost and confirmed cash are since start.",
    )
    initiative_epics.draw(report)


def _measures(measures: Sequence[MeasureRow], initiative: str) -> None:
    """The measures with how they came out, and their form for whoever may record."""
    may = session.actor().may(Action.RECORD_OUTCOME)
    if measures or may:
        told = "They stay what they are and are never money."
        parts.section("Success measures", told if measures else f"{told} None is recorded yet.")
    if measures:
        written.table(measures, "success_measures")
    if may:
        measures_form.draw([one.measure for one in measures], initiative=initiative)


def questions(pairs: Sequence[tuple[str, str]], key: str) -> None:
    """The four questions with their answers; an open one says so."""
    parts.section("The four questions")
    parts.facts([(name, told or "nobody has said yet") for name, told in pairs], key=key)
