"""The ledger's own lines: finance filters, reads and downloads them; others are told why they do not."""

from hashlib import sha256

import streamlit as st

from roi.actors import Action
from roi.domain.periods import iso_month
from roi.reports import export
from roi.reports import ledger as ledger_report
from roi.reports import start as start_report
from roi.reports.shapes import LedgerFilter, LedgerLine, LedgerReport
from roi.story import words
from roi.ui import links, parts, session
from roi.ui.data import common
from roi.ui.data.common import here
from roi.ui.upload.pieces import sums

_PAGE = 500
_HEIGHT, _FEW = 620, 16
_PLACED = {
    None: "wherever it is placed",
    "team": "on a team",
    "suspense": "in suspense",
    "excluded": "excluded by nature",
}


def draw() -> None:
    """Filters, count and exact sum, lines, download."""
    acting = session.actor()
    if not acting.may(Action.READ_LINES):
        parts.eyebrow_and_title(here("Ledger"), "Ledger lines are read by finance")
        told = f"{acting.name} sees sums, never single lines: a line can show what one person is paid."
        parts.callout("note", f"{told} Every figure still leads to its file and total under How we know.")
        return
    if not common.ask().imports:
        parts.eyebrow_and_title(here("Ledger"), "No cost line is here yet")
        told = "Each line will stand here with its file and line number."
        parts.empty_state("Lines come with the first cost file", told, ("Import costs", "data"))
        return
    place = st.container()
    wanted = _filter()
    report = session.ask(ledger_report.build, wanted, _PAGE, _offset(wanted))
    with place:
        _head(report)
    if not report.total_lines:
        parts.no_match("No line of the ledger matches these filters")
        return
    _lines(report)
    _pages(report, wanted)


def _head(report: LedgerReport) -> None:
    if not report.total_lines:
        parts.eyebrow_and_title(here("Ledger"), "No line matches")
        return
    title = f"{words.counted(report.total_lines, 'line')} make {sums(report.totals)}"
    span = session.scope().span
    when = span.label if span else "All months"
    parts.eyebrow_and_title(
        here("Ledger"), title, f"{when}: live lines, largest first, each with its file and line number."
    )


def _filter() -> LedgerFilter:
    """What is looked at: months and currency from the bar above, the rest here."""
    report = common.ask()
    teams = {team.key: team.name for team in session.ask(start_report.build).teams}
    scope = session.scope()
    cells = st.columns(4)
    source = cells[0].selectbox(
        "Source",
        [None, *report.sources],
        _at(report.sources, links.asked("source")),
        format_func=lambda name: name or "every source",
        key="ledger_source",
    )
    team = cells[1].selectbox(
        "Team",
        [None, *teams],
        _at(tuple(teams), links.asked("team")),
        format_func=lambda key: teams[key] if key else "every team",
        key="ledger_team",
    )
    names = sorted({area.area for area in report.areas})
    area = cells[2].selectbox(
        "Cost area",
        [None, *names],
        _at(tuple(names), links.asked("area")),
        format_func=lambda name: name or "every area",
        key="ledger_area",
    )
    placed = cells[3].selectbox(
        "Placed", list(_PLACED), format_func=lambda key: _PLACED[key], key="ledger_placed"
    )
    return LedgerFilter(scope.span, source, team, area, scope.currency, placed)


def _at(options: tuple[str, ...], asked: str) -> int:
    return options.index(asked) + 1 if asked in options else 0


def _offset(wanted: LedgerFilter) -> int:
    page = st.session_state.get(f"ledger_page_{_key(wanted)}", 1)
    return (page - 1) * _PAGE if isinstance(page, int) else 0


def _pages(report: LedgerReport, wanted: LedgerFilter) -> None:
    pages = -(-report.total_lines // _PAGE)
    with st.container(horizontal=True, vertical_alignment="bottom", key="ledger_foot"):
        if pages > 1:
            st.number_input(f"Page (of {pages:,})", 1, pages, key=f"ledger_page_{_key(wanted)}", width=160)
        st.download_button(
            f"Download {words.counted(report.total_lines, 'line')} (CSV)",
            lambda: export.ledger_csv(session.store(), session.actor(), wanted).content,
            f"ledger-{report.version}-{_key(wanted)}.csv",
            "text/csv",
            key="ledger_download",
            on_click="ignore",
        )


def _key(wanted: LedgerFilter) -> str:
    """A short name of a filter, so that two different downloads never have one file name (note F3)."""
    return sha256(repr(wanted).encode()).hexdigest()[:8]


def _place(line: LedgerLine) -> str:
    """Where a line without a team of its own went, and why."""
    if line.placed == "team" and line.reason:
        return line.reason
    return f"{line.placed}: {line.reason}" if line.reason else line.placed


def _lines(report: LedgerReport) -> None:
    shown = report.lines
    table = {
        "Month": [iso_month(line.month) for line in shown],
        "Amount": [words.exact(line.amount, line.currency) for line in shown],
        "Cost area": [line.area for line in shown],
        "Placed on": [line.team or _place(line) for line in shown],
        "Supplier": [line.supplier for line in shown],
        "File": [line.file_name for line in shown],
        "Line": [line.line for line in shown],
        "Cost type": [line.category for line in shown],
        "Description": [line.description for line in shown],
        "Import": [line.change_id for line in shown],
    }
    if any(line.corrected for line in shown):
        table["Corrected"] = [line.corrected for line in shown]
    st.dataframe(
        table,
        hide_index=True,
        height=_HEIGHT if len(shown) > _FEW else "content",
        column_config={
            "Amount": st.column_config.TextColumn(alignment="right"),
        },
        alt=f"{len(shown)} ledger lines with month, cost area, place, amount, file and line",
    )
