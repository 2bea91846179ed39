"""One epic: what it cost, what it should change, what it did change, and who confirmed it."""

from collections.abc import Sequence
from datetime import date

import streamlit as st

from roi.actors import Action
from roi.charts.loop import time_line
from roi.charts.markup import Child, Html, join, tag
from roi.domain.figures import Figure
from roi.domain.structure import Epic
from roi.domain.value import OutcomePlan
from roi.reports import epic as epic_report
from roi.reports.loop import sofar
from roi.reports.shapes import ChangeRow, EpicReport, EpicRow, OutcomeRow
from roi.reports.shapes.value import TeamPart
from roi.story import delay_titles, section_titles, titles, words
from roi.ui import links, parts, session
from roi.ui.component import markup
from roi.ui.data.common import kind_of
from roi.ui.data.history import on_phone, why
from roi.ui.outcomes import (
    common,
    done,
    draft,
    epic_form,
    epic_outcome,
    fields,
    initiative,
    measures_form,
    money,
    obligation_form,
    obligations,
    promise,
    settled_form,
    slices_form,
    waits_form,
    written,
)
from roi.ui.parts import Cell, Column, Kpi, Row

_HISTORY = 12


def draw() -> None:
    """Sentence, money, time line, each outcome with its chain and evidence, who works on it, history."""
    asked = links.asked("epic")
    fields.of(f"epic {asked}")
    if not session.ask(epic_report.is_looked_at, session.scope(), asked, session.today()):
        parts.eyebrow_and_title(common.here("Epic"), "There is no such epic here")
        where = "It may lie outside this value stream." if asked else "Choose one from the list."
        parts.empty_state(common.no_such("epic", asked), where, ("See outcomes", "outcomes"))
        return
    report = session.ask(epic_report.build, session.scope(), asked, session.today())
    parts.eyebrow_and_title(_crumbs(report.row), titles.epic(report).known, _lede(report))
    done.draw()
    if report.row.outcomes:
        main = _main(report)
        values, unsaid = draft.values_of(main.outcome), "nobody has said how much"
        st.html(draft.sentence(values, _worth(main), is_over=_is_over(main), unsaid=unsaid))
    else:
        parts.callout("note", _without_outcome(report))
    parts.kpi_strip(_kpis(report), key="epic_money")
    if session.actor().may(Action.RECORD_OUTCOME):
        _actions(report)
    elif session.actor().may(Action.CONFIRM_VALUE) and report.row.epic.started <= session.today():
        epic_form.draw(report)
    settled_form.draw(report)
    if report.row.outcomes:
        money.card(report.view.appraisal, report.currency, "epic", epic=asked)
    _moments(report)
    obligations.of_epic(report)
    _waiting(report)
    details = {one.outcome: one for one in report.view.details}
    for row in report.row.outcomes:
        epic_outcome.draw(row, details.get(row.outcome.key), report)
    _agreed(report)
    _history(report.changes)


def _without_outcome(report: EpicReport) -> str:
    if report.view.as_written:
        return "What it should change stands below with targets as they were written: shown, and never money."
    if report.row.epic.is_obligation:
        return "An obligation is judged on date and cost: no outcome is recorded yet, and none is needed."
    cost = "Cost is known, value is not" if report.row.cost.is_known else "Neither cost nor value is known"
    return f"{cost}: no outcome is recorded yet."


def _main(report: EpicReport) -> OutcomeRow:
    """The outcome that most is expected of; the epic's sentence is about it."""
    return max(report.row.outcomes, key=lambda row: (row.expected and row.expected.value) or 0)


def _is_over(row: OutcomeRow) -> bool:
    """Whether what was expected of it should be there by now, or was ended."""
    day = row.outcome.by_when
    return row.state in common.ENDED or (day is not None and day < session.today())


def _worth(row: OutcomeRow) -> Figure | None:
    """What a month of it is expected to bring, as it is told today; none: what was promised stands."""
    is_given_up = row.state == "written off"
    return None if row.counted_with or is_given_up else row.expected


def _actions(report: EpicReport) -> None:
    parts.open_page(
        "Record an outcome",
        "outcomes",
        is_primary=not report.row.outcomes,
        state="new",
        epic=report.row.epic.key,
    )
    epic_form.draw(report)
    obligation_form.draw(report)
    slices_form.draw(report)
    waits_form.draw(report)


def _crumbs(found: EpicRow) -> Html:
    return parts.crumbs(
        [("Teams", links.href("teams")), (found.team_name, links.href("team", team=found.epic.team))],
        found.epic.name,
    )


def _lede(report: EpicReport) -> Html:
    epic, plan = report.row.epic, report.view.plan
    must = " An obligation: judged on date and cost." if epic.is_obligation else ""
    kind = words.sentence(common.KINDS[epic.kind])
    product = join(" in ", common.product_link(report.row.product)) if report.row.product else ""
    said = join(f"{kind} of {report.row.team_name}", product, f", {_dates(epic)}.{must}")
    if plan.ended_on is not None and plan.ended_by is not None:
        because = f": {plan.ended_because.strip().rstrip('.')}" if plan.ended_because else ""
        how = words.sentence(plan.ended_by.word)
        return join(said, " ", tag("b", f"{how} on {words.day(plan.ended_on)}"), f"{because}.")
    return said


def _dates(epic: Epic) -> str:
    """`started 9 Feb 2026, not delivered yet`; `to start on 7 Jun 2027` of what is planned."""
    if epic.started > session.today():
        return f"to start on {words.day(epic.started)}"
    end = f"delivered {words.day(epic.delivered)}" if epic.delivered else "not delivered yet"
    return f"started {words.day(epic.started)}, {end}"


def _kpis(report: EpicReport) -> list[Kpi]:
    """Cost so far, expected a month, confirmed, and what is protected beside it."""
    cost = report.row.cost
    share = _planned(report)
    return [
        Kpi("Cost so far", _told(cost), cost.reason or share, cost, whose=_whose(report)),
        *(_no_value() if _needs_no_outcome(report) else _value(report)),
    ]


def _planned(report: EpicReport) -> str:
    """`planned share of the team: 35%`; of several teams the share of each."""
    found = report.view.teams
    if len(found) < 2:
        return f"planned share of the team: {words.share(report.row.epic.planned_share)}"
    return (
        f"planned: {words.listed([f'{words.share(one.planned_share)} of {one.team_name}' for one in found])}"
    )


def _needs_no_outcome(report: EpicReport) -> bool:
    """An obligation is judged on date and cost; without an outcome it is known to bring nothing (V15)."""
    return report.row.epic.is_obligation and not report.row.outcomes


CONFIRMED, PROTECTED = "Confirmed cash, since start", "Also protected, since start"
"""Of all months since delivery: the period above is that of the pages about money in a period."""


def _no_value() -> list[Kpi]:
    names = ("Expected a month", CONFIRMED, PROTECTED)
    return [Kpi(name, words.NONE, "an obligation: judged on date and cost") for name in names]


def _value(report: EpicReport) -> list[Kpi]:
    view = report.view
    return [
        _expected(report),
        _confirmed(report),
        Kpi(
            PROTECTED,
            _told(view.protected),
            _note(view.protected),
            _opened(view.protected),
            whose=_whose(report),
        ),
    ]


def _expected(report: EpicReport) -> Kpi:
    """A month of it; of a copied promise alone, with which outcome it counts."""
    view, name = report.view, "Expected a month"
    elsewhere = [row.counted_with for row in report.row.outcomes]
    if elsewhere and all(elsewhere):
        return Kpi(name, words.NONE, f"counted once, with {elsewhere[0]}")
    note = _as_read(report) or view.expected.reason
    return Kpi(name, _told(view.expected), note, _opened(view.expected), whose=_whose(report))


def _as_read(report: EpicReport) -> str:
    """At which level a month is told: as it was read, else as it is promised; and its likely range."""
    if not report.view.expected.is_known:
        return ""
    read = [row.outcome.actual is not None for row in report.row.outcomes]
    level = "as read" if all(read) else "as read, else as promised" if any(read) else "as promised"
    return " · ".join(one for one in (level, common.likely(report.view.expected)) if one)


def _whose(report: EpicReport) -> dict[str, str]:
    return {"epic": report.row.epic.key}


def _opened(figure: Figure) -> Figure | None:
    """What opens *How we know*: a number; a word has no formula to show."""
    return figure if figure.is_known else None


def _confirmed(report: EpicReport) -> Kpi:
    figure = report.view.confirmed
    stopped = "by finance, three ticks each" if figure.value else "nothing is confirmed yet"
    return Kpi(
        CONFIRMED,
        _told(figure),
        common.likely(figure) or figure.reason or stopped,
        _opened(figure),
        whose=_whose(report),
    )


def _note(figure: Figure) -> str:
    return common.likely(figure) or figure.reason or "never added to cash"


def _told(figure: Figure) -> str:
    if sofar.is_none(figure):
        return words.NONE
    return words.figure(figure) if figure.is_known else words.NOT_KNOWN


def _moments(report: EpicReport) -> None:
    drawn = time_line(report.view.moments, session.today())
    if drawn is None:
        return
    parts.section(
        section_titles.way(report.view.moments).known,
        "From agreed to closed. Filled = done or read, ring = to come, orange ring = overdue.",
    )
    markup(drawn, key="epic_moments")


def _waiting(report: EpicReport) -> None:
    """What it waits for, since when, and what a month of that costs; what a later delivery would lose."""
    found, epic = report.view.waiting, report.row.epic
    told = [delay_titles.wait_row(row) for row in found.rows]
    cost = found.delay
    if not told and (cost is None or not cost.is_known):
        return
    parts.section(delay_titles.waiting(found).known, delay_titles.waiting_note(found))
    rows: list[tuple[str, Child]] = [*told]
    if cost is not None:
        shown = join(parts.known(words.figure(cost), cost, epic=epic.key), delay_titles.month_later(cost))
        rows.append(("A month later costs", shown if cost.is_known else f"{words.NOT_KNOWN}: {cost.reason}"))
    parts.facts(rows, key="epic_waiting")


def _agreed(report: EpicReport) -> None:
    """Who works on it, what was agreed about it, and the four questions."""
    left, right = st.columns([3, 2], gap="large")
    with left:
        _teams(report.row.epic.key, report.view.teams)
        _slices(report)
    with right:
        _plan(report)
    plans = [one.plan for one in report.view.details if one.plan is not None]
    plan = next((one for one in plans if one.problem or one.learning), plans[0] if plans else None)
    if report.row.outcomes:
        _questions(report, plan or OutcomePlan(report.row.outcomes[0].outcome.key))
    _measures(report)


def _questions(report: EpicReport, plan: OutcomePlan) -> None:
    """The four questions; a result that nobody put into words is the promise and how it is measured."""
    its = {row.outcome.key: row.outcome for row in report.row.outcomes}.get(plan.outcome)
    measured = plan.evidence_planned or (its.evidence if its else "")
    by = f"; measured by: {measured}" if measured else ""
    result = plan.result or (f"{its.metric} {promise.promised(its)}{by}" if its else "")
    initiative.questions(
        (
            ("What problem or behaviour?", plan.problem),
            ("What result, measured how?", result),
            ("Which metric?", its.metric if its else ""),
            ("How will we learn?", plan.learning),
        ),
        "epic_questions",
    )


def _measures(report: EpicReport) -> None:
    """What is measured beside money, target beside actual."""
    measures, may = report.view.measures, session.actor().may(Action.RECORD_OUTCOME)
    if measures:
        parts.section("Success measures", "They stay what they are and are never money.")
        written.table(report.view.as_written, "epic_measures")
    if may:
        measures_form.draw(measures, epic=report.row.epic.key)


def _teams(epic: str, teams: Sequence[TeamPart]) -> None:
    if not teams:
        return
    parts.section("Who works on it", "Effort is frozen at start; the value goes to the teams by it.")
    columns = [
        Column("Team", "text"),
        Column("Planned share of the team", phone=False),
        Column("Part of the value"),
        Column("Cost so far"),
        Column("Measured by", "text", phone=False),
    ]
    rows = [
        Row(
            (
                Cell(one.team_name),
                Cell(words.share(one.planned_share)),
                Cell(words.share(one.effort)),
                Cell(common.shown(one.cost, epic=epic, team=one.team)),
                Cell(one.basis),
            ),
            "flat",
            links.href("team", team=one.team),
        )
        for one in teams
    ]
    parts.graphic_table("epic_teams", "Teams of the epic", columns, rows)


def _slices(report: EpicReport) -> None:
    if not report.view.slices:
        return
    parts.section(
        "Delivered in slices", "Each slice has its own date; the rest is judged on what it still brings."
    )
    rows = [
        (one.name, f"{words.share(one.share)} of the promise, {_delivered(one.delivered)}")
        for one in report.view.slices
    ]
    parts.facts(rows, key="epic_slices")


def _delivered(day: date | None) -> str:
    return f"delivered {words.day(day)}" if day else "not delivered yet"


def _plan(report: EpicReport) -> None:
    epic, plan = report.row.epic, report.view.plan
    parts.section("What was agreed")
    owner = plan.owner or next((row.outcome.owner for row in report.row.outcomes), "")
    run = "not stated" if plan.run_share is None else f"{words.share(plan.run_share)} of build cost a year"
    pairs = [
        ("Owner", owner or "nobody is named yet"),
        ("Initiative", _initiative(report)),
        ("Kind", common.KINDS[epic.kind] + (", product-oriented" if plan.is_product_oriented else "")),
        ("How it came", common.ORIGINS[plan.origin]),
        ("Due", words.day(plan.due_on) if plan.due_on else "no date"),
        ("Run cost", run),
    ]
    if plan.launch_minor:
        pairs.append(("Launch and change", words.money(plan.launch_minor, plan.currency)))
    parts.facts(pairs, key="epic_plan")


def _initiative(report: EpicReport) -> Html | str:
    plan = report.view.plan
    if not plan.initiative:
        return "none"
    name = report.view.initiative_name or plan.initiative
    return parts.link(name, links.href("initiative", initiative=plan.initiative))


def _history(changes: Sequence[ChangeRow]) -> None:
    """The latest changes of this epic and its outcomes."""
    if not changes:
        return
    parts.section("History", "The latest changes of this epic, its outcomes, readings and ticks.")
    columns = [
        Column("Change", "text"),
        Column("When", "text", phone=False),
        Column("By", "text", phone=False),
        Column("What", "text"),
        Column("What changed, and why", "prose", phone=False),
    ]
    parts.graphic_table(
        "epic_history", "History", columns, [_change(change) for change in changes[:_HISTORY]]
    )


def _change(change: ChangeRow) -> Row:
    cells = (
        Cell(str(change.change_id)),
        Cell(words.day(change.at)),
        Cell(change.actor),
        Cell(kind_of(change.kind), phone_note=on_phone(change)),
        Cell(why(change)),
    )
    return Row(cells, "flat undone" if change.undone_by else "flat")
