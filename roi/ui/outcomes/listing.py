"""Did the work do what we said it would? Whose reading is due?"""

from collections.abc import Callable

import streamlit as st

from roi.actors import Action
from roi.charts.markup import Html
from roi.domain.figures import Figure
from roi.domain.structure import EpicKind, ValueClass
from roi.reports.shapes import EpicRow, OutcomeRow, OutcomesReport
from roi.story import titles, words
from roi.ui import links, parts, session
from roi.ui.outcomes import common, promise
from roi.ui.parts import Cell, Column, Row
from roi.ui.upload.pieces import note

_STATES = ("due", "soon", "read", "all")


def draw() -> None:
    """Title, states, what is due, promise against result, finance's queue."""
    report = common.ask()
    parts.eyebrow_and_title(_eyebrow(report), titles.outcomes(report).text, _lede(report))
    _actions()
    if not report.epics:
        _nothing_yet()
        return
    if not report.total:
        _epics_only(report)
        return
    with st.container(horizontal=True, vertical_alignment="bottom", key="outcome_filters"):
        states = st.container(width="content")
        kind = _kind_filter(report)
    shown = [row for row in common.rows(report) if kind is None or _kind(report, row) is kind]
    with states:
        state = _state_filter(shown)
    if state == "due":
        _due(report, [row for row in shown if common.is_due(row)])
    elif state == "soon":
        _due(report, [row for row in shown if common.is_soon(row, session.today())])
    else:
        wanted = [row for row in shown if state == "all" or row.outcome.actual is not None]
        _promises(wanted, state)
    _queue(report)


def _eyebrow(report: OutcomesReport) -> str:
    span = session.scope().span
    period = span.long_label if span else "all months"
    currency = f" · {words.currency_name(report.currency)}" if report.currency else ""
    return f"Outcomes · {period}{currency}"


def _lede(report: OutcomesReport) -> str:
    if not report.total:
        return "An outcome says what a piece of work should change, what that is worth, and how we will know."
    told = f"Finance has confirmed **{report.confirmed}** of {words.counted(report.total, 'outcome')}."
    late = [row for row in common.rows(report) if row.state == "overdue"]
    carried = _carried(report, late)
    return f"{told} Overdue readings carry {carried} of cost." if late and carried else told


def _carried(report: OutcomesReport, late: list[OutcomeRow]) -> str:
    """The cost of the epics whose effect nobody has read; each epic once."""
    keys = {row.outcome.epic for row in late}
    costs = [epic.cost for epic in report.epics if epic.epic.key in keys]
    known = [cost.value for cost in costs if cost.value is not None]
    return words.money(sum(known), report.currency) if known else ""


def _actions() -> None:
    may = session.actor().may(Action.RECORD_OUTCOME)
    with st.container(horizontal=True, key="outcome_actions"):
        if may:
            parts.open_page("Record an outcome", "outcomes", is_primary=True, state="new")
        if may or session.actor().may(Action.EDIT_STRUCTURE):
            parts.open_page("Import a list of outcomes", "data", view="lists", source="outcomes")
    if not may:
        note(f"{session.actor().name} reads here; owners and tech leaders record outcomes.")


def _nothing_yet() -> None:
    parts.section(
        "What this page will show", "One line for each outcome, promised beside read. This one is an example."
    )
    columns = [Column("Outcome", "text"), Column("Promised", "text", phone=False), Column("Read", "text")]
    ghost = Row(
        (
            Cell("Example: learners who finish onboarding"),
            Cell("from 62% to 80% (72%–85%)"),
            Cell("not read yet"),
        ),
        "note",
    )
    parts.graphic_table("outcomes_ghost", "An example of an outcome", columns, [ghost])


def _epics_only(report: OutcomesReport) -> None:
    parts.section(
        f"{words.sentence(words.spelled(len(report.epics), 'epic'))} without an outcome",
        "Cost is known, value is not: say what each of them should change.",
    )
    _epic_table(report.epics)


def _epic_table(epics: tuple[EpicRow, ...]) -> None:
    columns = [
        Column("Epic", "text"),
        Column("Team", "text"),
        Column("Kind", "text", phone=False),
        Column("Cost so far"),
    ]
    rows = [
        Row(
            (
                Cell(epic.epic.name),
                Cell(epic.team_name),
                Cell(common.KINDS[epic.epic.kind]),
                _figure(epic.cost),
            ),
            "flat",
            links.href("epic", epic=epic.epic.key),
        )
        for epic in epics
    ]
    parts.graphic_table("epics", "Epics", columns, rows)


def _figure(figure: Figure, outcome: str = "") -> Cell:
    if not figure.is_known:
        return Cell(words.DASH, tone="quiet")
    return Cell(parts.known(words.figure(figure), figure, outcome=outcome))


def _kind(report: OutcomesReport, row: OutcomeRow) -> EpicKind | None:
    return next((epic.epic.kind for epic in report.epics if epic.epic.key == row.outcome.epic), None)


def _kind_filter(report: OutcomesReport) -> EpicKind | None:
    kinds = sorted({epic.epic.kind for epic in report.epics if epic.outcomes})
    if len(kinds) < 2:
        return None
    return st.pills(
        "Kind of work",
        kinds,
        format_func=lambda kind: common.KINDS[kind],
        key="outcome_kind",
        label_visibility="collapsed",
    )


def _state_filter(shown: list[OutcomeRow]) -> str:
    """Due now, due soon, read, all: with their counts; the address may say which."""
    tests: dict[str, Callable[[OutcomeRow], bool]] = {
        "due": common.is_due,
        "soon": lambda row: common.is_soon(row, session.today()),
        "read": lambda row: row.outcome.actual is not None,
        "all": lambda _: True,
    }
    counts = {state: sum(map(test, shown)) for state, test in tests.items()}
    names = {"due": "Due now", "soon": "Due in 30 days", "read": "Read", "all": "All"}
    asked = links.asked("state")
    first = asked if asked in _STATES else "due" if counts["due"] else "all"
    chosen = st.segmented_control(
        "Which outcomes",
        list(_STATES),
        default=first,
        format_func=lambda state: f"{names[state]} {counts[state]}",
        key="outcome_state",
        label_visibility="collapsed",
        required=True,
    )
    return chosen or first


def _due(report: OutcomesReport, due: list[OutcomeRow]) -> None:
    """Whose reading is due, the latest and dearest first, with the spend it explains."""
    if not due:
        parts.section("Nothing is due", "Every reading that should be there is there.")
        return
    costs = {epic.epic.key: epic.cost for epic in report.epics}
    due = sorted(due, key=lambda row: (-row.days_late, -(costs[row.outcome.epic].value or 0)))
    total = words.spelled(len(due), "reading")
    parts.section(
        f"{words.sentence(total)} to take",
        "Latest first. Cost is that of the epic whose effect is not known.",
    )
    columns = [
        Column("Outcome", "text"),
        Column("Team", "text", phone=False),
        Column("Owner", "text", phone=False),
        Column("Due", "text"),
        Column("Cost it explains", phone=False),
        Column("", "text"),
    ]
    may = session.actor().may(Action.RECORD_OUTCOME)
    rows = []
    for row in due:
        late = f"{row.days_late} days late" if row.state == "overdue" else common.due_words(row)
        link = parts.link(
            "Record the actual", links.href("outcomes", state="reading", outcome=row.outcome.key)
        )
        cells = (
            Cell(_name(row), phone_note=f"{row.team_name}, {row.outcome.owner}"),
            Cell(row.team_name),
            Cell(row.outcome.owner),
            Cell(late, tone="attn" if row.state == "overdue" else ""),
            _figure(costs[row.outcome.epic]),
            Cell(link if may else ""),
        )
        rows.append(Row(cells, "flat"))
    parts.graphic_table("due", "Readings that are due", columns, rows)


def _name(row: OutcomeRow) -> Html:
    return parts.link(row.outcome.metric, links.href("epic", epic=row.outcome.epic))


def _promises(shown: list[OutcomeRow], state: str) -> None:
    """One row an outcome: the promised range and what was read, on a share of the promise."""
    if not shown:
        parts.section("No outcome is read yet", "Readings appear here beside their promise.")
        return
    parts.section(
        "Promise and result"
        if state == "all"
        else f"{words.sentence(words.spelled(len(shown), 'outcome'))} read",
        "Band = promised range, dashed = the whole promise, dot = reading (filled = confirmed by finance).",
    )
    columns = [
        Column("Outcome", "text"),
        Column("Team", "text", phone=False),
        Column("Promised", "text", phone=False),
        Column("0 to 100% of the promise", "graphic", phone=False),
        Column("Read", "text"),
        Column("State", "text"),
        Column("Confirmed value", phone=False),
    ]
    parts.graphic_table("promises", "Promise and result", columns, [_promise_row(row) for row in shown])


def _promise_row(row: OutcomeRow) -> Row:
    tone = "attn" if row.state == "overdue" else ""
    cells = (
        Cell(_name(row), phone_note=promise.promised(row.outcome)),
        Cell(row.team_name),
        Cell(promise.promised(row.outcome)),
        Cell(promise.drawing(row)),
        Cell(promise.short_result(row)),
        Cell(row.state, tone=tone),
        _figure(row.value, row.outcome.key),
    )
    return Row(cells, "flat")


def _queue(report: OutcomesReport) -> None:
    """What was measured and waits for finance."""
    waiting = [
        row
        for row in common.rows(report)
        if row.state in {"measured", "self-confirmed"}
        and row.outcome.value_class is not ValueClass.NOT_FINANCIAL
    ]
    if not waiting:
        return
    may = session.actor().may(Action.CONFIRM_VALUE)
    parts.section(
        f"{words.sentence(words.spelled(len(waiting), 'outcome'))} measured, not confirmed",
        "Finance confirms movement, unit value and share; only then does it count.",
    )
    columns = [
        Column("Outcome", "text"),
        Column("Measured a month", phone=False),
        Column("What stops it", "prose"),
        Column("", "text"),
    ]
    rows = []
    for row in waiting:
        address = links.href("outcomes", state="confirm", outcome=row.outcome.key)
        measured = row.measured if row.measured is not None else row.value
        cells = (
            Cell(_name(row), phone_note=row.outcome.owner),
            Cell(f"{words.figure(measured)} {_ranged(measured)}".strip()),
            Cell(words.sentence(row.why_not or row.state)),
            Cell(parts.link("Confirm", address) if may else ""),
        )
        rows.append(Row(cells, "flat"))
    parts.graphic_table("confirm_queue", "Outcomes that wait for finance", columns, rows)


def _ranged(figure: Figure) -> str:
    told = words.range_of(figure)
    return f"({told})" if told else ""
