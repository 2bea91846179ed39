"""What has to be done by which day: obligations by deadline and penalty, on date and cost (rule V15)."""

from collections.abc import Sequence

import streamlit as st

from roi.actors import Action
from roi.charts.markup import Child, Html, join, tag
from roi.domain.obligations import Standing
from roi.reports import export
from roi.reports.shapes import EpicReport, OutcomesReport
from roi.reports.shapes.obligations import ObligationRow
from roi.story import obligation_titles, words
from roi.ui import links, parts, session
from roi.ui.outcomes import common
from roi.ui.parts import Cell, Column, Row
from roi.ui.upload.pieces import note

NOT_RECORDED = "none recorded"


def title(report: OutcomesReport) -> str:
    """How many are not met yet, and what is due next."""
    return obligation_titles.obligations(report.obligations).text


def lede(_: OutcomesReport) -> str:
    """What the list is about."""
    return "Work that a law, a contract or security demands: judged on date and cost, with no verdict."


def draw(report: OutcomesReport) -> None:
    """The list, and how to bring in deadlines; without an obligation, how there come to be some."""
    rows = report.obligations
    if not rows:
        _empty()
        return
    parts.section("By deadline, then by penalty", obligation_titles.note(rows))
    parts.graphic_table("obligations", "Obligations", _COLUMNS, [_row(row) for row in rows])
    with st.container(horizontal=True, key="obligation_actions"):
        if session.actor().may(Action.RECORD_OUTCOME):
            parts.open_page("Import deadlines", "data", view="lists", source="obligations")
        _download()


def _empty() -> None:
    if links.kept("vs"):
        parts.no_match("No epic of this value stream is an obligation.")
        return
    parts.section(
        "What this list will show",
        "Work that a law, a contract or an audit demands: by which day, at which penalty, at what cost. "
        "No verdict is given on it.",
    )
    if session.actor().may(Action.RECORD_OUTCOME):
        parts.open_page("Mark epics as obligations", "data", is_primary=True, view="lists", source="epics")
        note("Or tick “An obligation” where an epic is changed; its page then asks for deadline and penalty.")
    else:
        note("Owners and tech leaders mark an epic as an obligation on its page.")


def _download() -> None:
    made = session.ask(export.obligations_csv, session.scope(), session.today())
    st.download_button(
        "Download the list (CSV)",
        made.content,
        file_name=made.file_name,
        mime="text/csv",
        on_click="ignore",
        key="obligations_csv",
    )


_COLUMNS: Sequence[Column] = (
    Column("Obligation", "text"),
    Column("Demanded by", "text", phone=False),
    Column("Team", "text", phone=False),
    Column("Deadline", phone=False),
    Column("On date", "text"),
    Column("Penalty if missed", phone=False),
    Column("Cost so far"),
    Column("Planned share", phone=False, note="of the team's capacity"),
)


def _row(row: ObligationRow) -> Row:
    epic, its = row.epic, row.obligation
    is_late = row.judgement.standing is Standing.OVERDUE or row.planned_late > 0
    cells = (
        Cell(epic.name, phone_note=obligation_titles.in_brief(row)),
        Cell(obligation_titles.demanded_by(row)),
        Cell(row.team_name),
        Cell(words.day(its.deadline) if its is not None else words.DASH),
        Cell(obligation_titles.planned(row), tone="attn" if is_late else ""),
        Cell(penalty(row)),
        Cell(common.shown(row.cost, epic=epic.key)),
        Cell(words.share(epic.planned_share)),
    )
    return Row(cells, "flat", links.href("epic", epic=epic.key))


def penalty(row: ObligationRow) -> Html:
    """The penalty as a button that opens *How we know*; as it was recorded where it cannot be converted."""
    its, figure = row.obligation, row.penalty
    if figure.is_known:
        return common.shown(figure, epic=row.epic.key)
    if its is None or its.penalty_minor is None:
        return tag("span", NOT_RECORDED, class_="neu", title=figure.reason)
    return tag("span", words.money(its.penalty_minor, its.currency), class_="neu", title=figure.reason)


# On the page of its epic


def of_epic(report: EpicReport) -> None:
    """Deadline, penalty, how it stands on date and on cost; and that no verdict is given."""
    row = report.obligation
    if row is None:
        return
    said = obligation_titles.on_date(row)
    parts.section(f"Obligation: {said}", obligation_titles.ON_ITS_PAGE)
    its, epic = row.obligation, row.epic
    pairs: list[tuple[str, Child]] = [
        ("Demanded by", _source(row)),
        ("Deadline", words.day(its.deadline) if its is not None else _how_to_record()),
        ("On date", _date_told(row, said)),
        ("Penalty if missed", _penalty_told(row)),
        *([("Penalty paid", _paid_told(row))] if _is_paid_asked(row) else []),
        ("On cost", _cost_told(row)),
        ("Verdict", "none: judged on date and cost"),
    ]
    parts.facts(pairs, key=f"epic_obligation_{epic.key}")


def _source(row: ObligationRow) -> str:
    its = row.obligation
    if its is None:
        return "nobody has said yet"
    demanded = obligation_titles.demanded_by(row)
    return f"{demanded}: {its.note}" if its.note else demanded


def _how_to_record() -> str:
    if session.actor().may(Action.RECORD_OUTCOME):
        return "not recorded: say it above, under “Deadline and penalty”"
    return "not recorded; owners and tech leaders record it"


def _penalty_told(row: ObligationRow) -> Child:
    its, figure = row.obligation, row.penalty
    if its is None or its.penalty_minor is None:
        return f"{NOT_RECORDED}; it is not taken as nought"
    if its.currency == figure.currency:
        return join(penalty(row), ", in no total")
    recorded = words.money(its.penalty_minor, its.currency)
    if figure.is_known:
        return join(penalty(row), f", recorded as {recorded}; in no total")
    return f"{recorded}; {figure.reason}"


def _date_told(row: ObligationRow, said: str) -> str:
    """How it stands; and on which day it was accepted, where that is not its delivery."""
    day = row.met.met_on if row.met is not None else None
    return f"{said}; accepted on {words.day(day)}" if day is not None else said


def _is_paid_asked(row: ObligationRow) -> bool:
    """Whether a penalty may have been paid: it was said, or the deadline was missed."""
    missed = row.judgement.standing in {Standing.LATE, Standing.OVERDUE}
    return missed or (row.met is not None and row.met.paid_minor is not None)


def _paid_told(row: ObligationRow) -> Child:
    came, figure = row.met, row.paid
    if came is None or came.paid_minor is None or figure is None:
        return "nobody has said yet"
    recorded = words.money(came.paid_minor, came.currency)
    if not came.paid_minor:
        return "nothing was paid"
    if not figure.is_known:
        return f"{recorded}; {figure.reason}"
    also = "" if came.currency == figure.currency else f", recorded as {recorded}"
    return join(common.shown(figure, epic=row.epic.key), f"{also}; in no total")


def _cost_told(row: ObligationRow) -> Child:
    share = words.share(row.epic.planned_share)
    if not row.cost.is_known:
        return f"no cost yet: {row.cost.reason}"
    return join(
        common.shown(row.cost, epic=row.epic.key), f" so far, at a planned {share} of the team; in the total"
    )
