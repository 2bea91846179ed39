"""One epic: what it cost, what it should change, what it did change, and who confirmed it."""

import streamlit as st

from roi.actors import Action
from roi.charts.markup import Html, join, tag
from roi.domain.figures import Figure
from roi.reports import data as data_report
from roi.reports.shapes import ChangeRow, EpicRow, OutcomeRow
from roi.story import words
from roi.ui import links, parts, session
from roi.ui.component import markup
from roi.ui.data.common import kind_of
from roi.ui.outcomes import common, epic_form, promise
from roi.ui.parts import Cell, Column, Kpi, Row

_HISTORY = 8
_KINDS = frozenset(
    {"save epics", "save outcomes", "record a reading", "confirm value", "import epics", "import outcomes"}
)


def draw() -> None:
    """Money card, outcomes with their marks, ticks, history."""
    report = common.ask()
    found = next((epic for epic in report.epics if epic.epic.key == links.asked("epic")), None)
    if found is None:
        parts.eyebrow_and_title(common.here("Epic"), "There is no such epic here")
        parts.empty_state(
            "The link names no epic", "It may lie outside this value stream.", ("See outcomes", "outcomes")
        )
        return
    parts.eyebrow_and_title(_crumbs(found), title(found), _lede(found))
    parts.kpi_strip(_money(found), key="epic_money")
    if session.actor().may(Action.RECORD_OUTCOME):
        parts.open_page(
            "Record an outcome", "outcomes", is_primary=not found.outcomes, state="new", epic=found.epic.key
        )
        epic_form.draw(found.epic)
    for row in found.outcomes:
        _outcome(row)
    _history()


def title(found: EpicRow) -> str:
    """What the epic did, in words that its evidence carries (law T12)."""
    name = found.epic.name[:40]
    if not found.outcomes:
        return f"{name}: no outcome is recorded yet"
    read = [row for row in found.outcomes if row.outcome.actual is not None]
    if not read:
        due = sum(common.is_due(row) for row in found.outcomes)
        if due:
            return f"{name}: {words.spelled(due, 'reading')} {'is' if due == 1 else 'are'} due"
        return f"{name}: {'the effect is' if len(found.outcomes) == 1 else 'effects are'} not read yet"
    landed = sum(row.landed == "met" for row in read)
    if len(read) == 1:
        return f"{name}: {_one(read[0])}"
    return f"{name}: {words.count_of(landed, len(read))} read outcomes landed"


def _one(row: OutcomeRow) -> str:
    return {"met": "the promise was met", "partly": "a part of the promise came"}.get(
        row.landed, "the expected effect did not show"
    )


def _crumbs(found: EpicRow) -> Html:
    return parts.crumbs(
        [("Teams", links.href("teams")), (found.team_name, links.href("team", team=found.epic.team))],
        found.epic.name,
    )


def _lede(found: EpicRow) -> str:
    epic = found.epic
    end = f"delivered {words.day(epic.delivered)}" if epic.delivered else "not delivered yet"
    must = " An obligation: judged on date and cost." if epic.is_obligation else ""
    share = words.share(epic.planned_share)
    kind = words.sentence(common.KINDS[epic.kind])
    started = words.day(epic.started)
    return f"{kind} of {found.team_name}, started {started}, {end}; {share} of the team planned.{must}"


def _money(found: EpicRow) -> list[Kpi]:
    """Cost so far, expected a month, measured a month, confirmed."""
    cost = found.cost
    kpis = [Kpi("Cost so far", _shown(cost), cost.reason or "planned share of the team's cost", cost)]
    confirmed = [row.value for row in found.outcomes if row.value.is_known]
    for label, name in (("Expected a month", "expected"), ("Measured a month", "measured")):
        figures = [getattr(row, name) for row in found.outcomes if getattr(row, name) is not None]
        known = [figure for figure in figures if figure.is_known]
        if len(known) == 1:
            told = words.range_of(known[0])
            kpis.append(Kpi(label, words.figure(known[0]), f"likely {told}" if told else "no range"))
        elif known:
            kpis.append(Kpi(label, f"{len(known)} outcomes", "each is told below; they are not added"))
        else:
            kpis.append(Kpi(label, words.NOT_KNOWN, figures[0].reason if figures else "no outcome yet"))
    if len(confirmed) == 1:
        kpis.append(
            Kpi(
                "Confirmed in the period",
                words.figure(confirmed[0]),
                f"likely {words.range_of(confirmed[0])}",
            )
        )
    else:
        told = f"{len(confirmed)} outcomes" if confirmed else "nothing yet"
        kpis.append(Kpi("Confirmed in the period", told, "by finance, three ticks each"))
    return kpis


def _shown(figure: Figure) -> str:
    return words.figure(figure) if figure.is_known else words.NOT_KNOWN


def _outcome(row: OutcomeRow) -> None:
    """One outcome: its promise, its marks in time, its ticks, and the next step."""
    outcome = row.outcome
    parts.section(
        outcome.metric,
        f"Owner {outcome.owner} · {common.CLASSES[outcome.value_class]} · {common.GRADES[outcome.grade]}",
    )
    line = tag(
        "p",
        promise.drawing(row),
        tag("span", f"{promise.promised(row.outcome)}; {promise.result(row)}"),
        class_="vrow",
    )
    markup(join(line, _marks(row)), key=f"epic_outcome_{outcome.key}")
    if outcome.evidence:
        st.html(tag("p", f"Source: {outcome.evidence}", class_="sub"))
    with st.container(horizontal=True, key=f"epic_next_{outcome.key}"):
        if session.actor().may(Action.RECORD_OUTCOME):
            label = "Record the actual" if outcome.actual is None else "Record a new reading"
            parts.open_page(label, "outcomes", state="reading", outcome=outcome.key)
            if outcome.actual is None:
                parts.open_page("Change the promise", "outcomes", state="edit", outcome=outcome.key)
        if (
            session.actor().may(Action.CONFIRM_VALUE)
            and outcome.actual is not None
            and row.state != "confirmed"
        ):
            parts.open_page("Confirm", "outcomes", state="confirm", outcome=outcome.key)


def _marks(row: OutcomeRow) -> Html:
    """Due, read, the three ticks: each with a sign, a word and a date."""
    outcome = row.outcome
    given = {name: (who, when) for name, who, when in row.ticks}
    due = "overdue" if row.state == "overdue" else "due"
    marks = [_mark(outcome.actual is not None, "Reading", _read_words(row, due))]
    for tick, name in common.TICKS.items():
        who = given.get(tick.value)
        marks.append(_mark(who is not None, name, f"{who[0]}, {words.day(who[1])}" if who else "open"))
    stops = (
        tag("p", f"It does not count yet: {row.why_not}.", class_="sub")
        if row.why_not and row.state != "confirmed"
        else None
    )
    return join(tag("ol", *marks, class_="marks"), stops)


def _read_words(row: OutcomeRow, due: str) -> str:
    if row.outcome.read_on is not None:
        return words.day(row.outcome.read_on)
    late = f", {row.days_late} days late" if row.state == "overdue" else ""
    return f"{due} {common.due_words(row)}{late}"


def _mark(done: bool, name: str, told: str) -> Html:  # noqa: FBT001 - a mark is done or it is not
    return tag("li", tag("b", "✓ " if done else "○ "), f"{name}: {told}")


def _history() -> None:
    """The latest changes that touch epics and outcomes."""
    changes = session.ask(data_report.build, session.scope()).changes
    found = [change for change in changes if change.kind in _KINDS][:_HISTORY]
    if not found:
        return
    parts.section("History", "The latest changes of epics, outcomes, readings and ticks.")
    columns = [
        Column("Change", "text"),
        Column("When", "text"),
        Column("By", "text"),
        Column("What", "text"),
        Column("Reason", "prose", phone=False),
    ]
    parts.graphic_table("epic_history", "History", columns, [_change(change) for change in found])


def _change(change: ChangeRow) -> Row:
    cells = (
        Cell(str(change.change_id)),
        Cell(words.day(change.at)),
        Cell(change.actor),
        Cell(kind_of(change.kind)),
        Cell(change.reason),
    )
    return Row(cells, "flat undone" if change.undone_by else "flat")
