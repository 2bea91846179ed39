"""Did the work do what we said it would? Whose reading is due?"""

from collections.abc import Callable, Collection, Sequence

import streamlit as st

from roi.actors import Action
from roi.domain.structure import EpicKind
from roi.reports import calendar as calendar_report
from roi.reports.shapes import EpicRow, OutcomesReport
from roi.reports.shapes.work import Listed
from roi.story import section_titles, titles, words
from roi.ui import links, parts, session
from roi.ui.outcomes import common, done, inbox, initiatives, obligations, promises, queue, worth, written
from roi.ui.parts import Cell, Column, Row
from roi.ui.upload.pieces import note

_STATES = ("due", "soon", "read", "all")
_MOST = 60
_VIEWS = ("loop", "queue", "initiatives", "obligations", "worth")


def draw() -> None:
    """Title, what can be done, and the view: the loop, finance's queue, or the initiatives."""
    report = common.ask()
    title = _TITLES.get(_asked(), _claim)
    parts.eyebrow_and_title(
        _eyebrow(report), title(report), parts.emphasis(_LEDES.get(_asked(), _lede)(report))
    )
    done.draw()
    if _asked() == "loop":
        _actions(report)
    view = _view(report)
    if view in _WITHOUT_EPICS:
        _WITHOUT_EPICS[view]()
    elif view == "obligations":
        obligations.draw(report)
    elif view == "queue" and report.total:
        queue.draw(report)
    else:
        _first(report)
        written.draw(report)


def _first(report: OutcomesReport) -> None:
    """The loop; before there is one, what is there already or what is to come."""
    if report.total:
        _loop(report)
    elif report.epics:
        _epics_only(report)
    elif not report.written:
        _nothing_yet()


def _claim(report: OutcomesReport) -> str:
    return titles.outcomes(report).known


def _loop(report: OutcomesReport) -> None:
    """What is due first; promise and result under it; what nobody has confirmed last."""
    with st.container(horizontal=True, vertical_alignment="bottom", key="outcome_filters"):
        states = st.container(width="content")
        kind = _kind_filter(report)
    shown: Sequence[Listed] = report.outcomes
    due, coming = report.due, inbox.soon(report)
    keys: Collection[str] | None = None
    if kind is not None:
        shown = [one for one in shown if one.kind is kind]
        its = {one.outcome.epic for one in shown}
        due, coming = (rows.those(lambda one: one.epic in its) for rows in (due, coming))
        keys = {row.outcome.key for row in shown}
    read = [row for row in shown if row.outcome.actual is not None]
    with states:
        state = _state_filter({"due": len(due), "soon": len(coming), "read": len(read), "all": len(shown)})
    lists: dict[str, Callable[[], None]] = {
        "due": lambda: inbox.due(due),
        "soon": lambda: inbox.to_come(coming),
        "read": lambda: promises.table(report, read, _count_read(read)),
        "all": lambda: promises.table(report, shown, section_titles.promises(shown).text),
    }
    lists[state]()
    if state in {"due", "soon"}:
        promises.beside(report, len(read), keys)
        inbox.unverified(report)
    elif read:
        left, _ = st.columns([3, 2])
        with left:
            promises.scatter(report, keys)
        promises.record(report)


def _count_read(read: Sequence[Listed]) -> str:
    return f"{words.sentence(words.spelled(len(read), 'outcome'))} read"


def _eyebrow(report: OutcomesReport) -> str:
    span = session.scope().span
    pieces = ("Outcomes", span.long_label if span else "", words.currency_name(report.currency))
    return " · ".join(piece for piece in pieces if piece)


def _lede(report: OutcomesReport) -> str:
    if not report.total:
        return "An outcome says what a piece of work should change, what that is worth, and how we will know."
    read = words.count_of(report.read, report.total)
    said = f"finance has confirmed **{report.confirmed}** of them with all three ticks"
    return f"{read} outcomes are read; {said}."


def _actions(report: OutcomesReport) -> None:
    may = session.actor().may(Action.RECORD_OUTCOME)
    with st.container(horizontal=True, key="outcome_actions"):
        if may:
            parts.open_page("Record an outcome", "outcomes", is_primary=True, state="new")
        if may or session.actor().may(Action.EDIT_STRUCTURE):
            parts.open_page("Import a list of outcomes", "data", view="lists", source="outcomes")
        if may:
            parts.open_page("Import from a tracker", "data", view="tracker")
        if report.total:
            _calendar()
    if not may:
        note(f"{session.actor().name} reads here; owners and tech leaders record outcomes.")


def _calendar() -> None:
    """The due readings as a file for any calendar."""
    given = session.ask(calendar_report.build, session.scope(), session.today())
    if not given.events:
        return
    st.download_button(
        "Readings for my calendar",
        given.text,
        file_name="readings.ics",
        mime="text/calendar",
        key="calendar",
        on_click="ignore",
        help=f"{words.counted(given.events, 'reading')} and renewals that are due or to come",
    )


def _view(report: OutcomesReport) -> str:
    """The loop, the queue or the initiatives; the address may say which."""
    names = {
        "loop": "Close the loop",
        "queue": f"Finance queue {len(report.queue)}",
        "initiatives": "Initiatives",
        "obligations": f"Obligations {len(report.obligations)}",
        "worth": "Lines and drivers",
    }
    start = _asked()
    picked = st.segmented_control(
        "View",
        list(_VIEWS),
        default=None if links.obey("view", "outcomes_view", _VIEWS) else start,
        required=True,
        format_func=lambda key: names[key],
        key="outcomes_view",
        label_visibility="collapsed",
        on_change=_remember,
    )
    return picked or start


def _asked() -> str:
    asked = links.asked("view")
    return asked if asked in _VIEWS else "loop"


_WITHOUT_EPICS: dict[str, Callable[[], None]] = {"initiatives": initiatives.draw, "worth": worth.draw}
"""Views that have something to do while there is no epic yet."""

_TITLES: dict[str, Callable[[OutcomesReport], str]] = {
    "queue": queue.title,
    "initiatives": lambda _: initiatives.title(),
    "worth": lambda _: worth.title(),
    "obligations": obligations.title,
}
_LEDES: dict[str, Callable[[OutcomesReport], str]] = {"obligations": obligations.lede}


def _remember() -> None:
    picked = st.session_state.get("outcomes_view")
    if picked in _VIEWS and picked != "loop":
        st.query_params["view"] = picked
    else:
        st.query_params.pop("view", None)


def _kind_filter(report: OutcomesReport) -> EpicKind | None:
    kinds = sorted({one.kind for one in report.outcomes})
    if len(kinds) < 2:
        return None
    return st.pills(
        "Kind of work",
        kinds,
        format_func=lambda kind: common.KINDS[kind],
        key="outcome_kind",
        label_visibility="collapsed",
    )


def _state_filter(counts: dict[str, int]) -> str:
    """Due now, due soon, read, all: with their counts; the address may say which."""
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
    if _asked() != "loop" and session.actor().may(Action.RECORD_OUTCOME):
        parts.open_page("Record an outcome", "outcomes", is_primary=True, state="new")


def _epics_only(report: OutcomesReport) -> None:
    its = {row.measure.epic for row in report.written}
    alone = report.epics.those(lambda epic: epic.key not in its)
    if not alone:
        return
    parts.section(
        f"{words.sentence(words.spelled(len(alone), 'epic'))} without an outcome",
        "Cost is known, value is not: say what each of them should change.",
    )
    epic_table(alone[:_MOST], "epics")
    if len(alone) > _MOST:
        parts.foot(f"{len(alone) - _MOST:,} more; narrow by value stream.", key="epics_more")


def epic_table(epics: Sequence[EpicRow], key: str) -> None:
    """Epics with team, kind and cost so far; each leads to its page."""
    columns = [
        Column("Epic", parts.kind_of_names(epic.epic.name for epic in epics)),
        Column("Team", parts.kind_of_names(epic.team_name for epic in epics)),
        Column("Kind", "text", phone=False),
        Column("Cost so far"),
    ]
    rows = [
        Row(
            (
                Cell(epic.epic.name),
                Cell(epic.team_name),
                Cell(common.KINDS[epic.epic.kind]),
                Cell(common.shown(epic.cost, epic=epic.epic.key)),
            ),
            "flat",
            links.href("epic", epic=epic.epic.key),
        )
        for epic in epics
    ]
    parts.graphic_table(key, "Epics", columns, rows)
