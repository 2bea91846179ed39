"""Whose reading is due, which come next, and what nobody has confirmed for more than 90 days."""

from collections.abc import Sequence
from datetime import timedelta

from roi.actors import Action
from roi.charts.markup import Html, join, tag
from roi.reports.shapes import OutcomesReport
from roi.reports.shapes.lazy import Rows
from roi.reports.shapes.value import DueRow, UnverifiedRow
from roi.story import titles, words
from roi.ui import links, parts, session
from roi.ui.component import markup
from roi.ui.outcomes import common
from roi.ui.parts import Cell, Column, Row

SOON_DAYS = 30
_MOST = 25


def soon(report: OutcomesReport) -> Rows[DueRow]:
    """What falls due within thirty days."""
    now = session.today()
    last = now + timedelta(days=SOON_DAYS)
    return report.to_come.those(lambda one: now < one.due_on <= last)


def due(rows: Rows[DueRow]) -> None:
    """Readings that should be there, as the report orders them: days late × the spend they explain."""
    if not rows:
        parts.section("Nothing is due", "Every reading that should be there is there.")
        return
    renewals = len(rows.those(lambda one: one.is_renewal))
    told = words.sentence(words.spelled(len(rows) - renewals, "reading"))
    also = f" and {words.spelled(renewals, 'renewal')}" if renewals else ""
    parts.section(f"{told}{also} to take", "Longest late and dearest first. Cost is that of the epic.")
    _table("due", "Readings that are due", rows)


def to_come(rows: Sequence[DueRow]) -> None:
    """What falls due soon."""
    if not rows:
        parts.section("Nothing falls due in 30 days", "The next readings come later.")
        return
    title = f"{words.sentence(words.spelled(len(rows), 'reading'))} in the next 30 days"
    parts.section(title, "Prepare the source now; a reading up to two weeks early counts.")
    _table("soon", "Readings of the next 30 days", rows)


def _table(key: str, caption: str, rows: Sequence[DueRow]) -> None:
    columns = [
        Column("Outcome", "text"),
        Column("Team", "text", phone=False),
        Column("Owner", "text", phone=False),
        Column("Due", "text"),
        Column("Cost it explains", phone=False),
        Column("", "text"),
    ]
    may = session.actor().may(Action.RECORD_OUTCOME)
    parts.graphic_table(key, caption, columns, [_row(row, may=may) for row in rows[:_MOST]])
    if len(rows) > _MOST:
        parts.foot(f"{len(rows) - _MOST:,} more; narrow by kind or value stream.", key=f"{key}_more")


def _row(row: DueRow, *, may: bool) -> Row:
    label = "Renew" if row.is_renewal else "Record the actual"
    address = links.href("outcomes", state="reading", outcome=row.outcome)
    when = common.late_words(row.days_late, row.due_on, is_overdue=row.is_overdue)
    cells = (
        Cell(
            common.epic_link(words.sentence(row.metric), row.epic), phone_note=f"{row.team_name}, {row.owner}"
        ),
        Cell(row.team_name),
        Cell(row.owner),
        Cell(
            f"renewal, {when}" if row.is_renewal else when,
            phone_note=f"{words.figure(row.cost)} of cost" if row.cost.is_known else "",
            tone="attn" if row.is_overdue else "",
        ),
        Cell(common.shown(row.cost, epic=row.epic)),
        Cell(parts.link(label, address) if may else ""),
    )
    return Row(cells, "flat")


def unverified(report: OutcomesReport) -> None:
    """What was delivered more than 90 days ago and nobody confirmed, with its cost and what was said."""
    rows = report.unverified
    if not rows:
        return
    value = report.unverified_value
    said = f" It is said to have brought {words.figure(value)} by now." if value and value.is_known else ""
    parts.section(
        words.sentence(titles.unverified(report).known),
        f"Overdue, or delivered more than 90 days ago and not confirmed. Each epic's cost once.{said}",
    )
    markup(tag("div", *(_item(row) for row in rows[:_MOST]), class_="rows"), key="unverified")


def _item(row: UnverifiedRow) -> Html:
    late = (
        tag("span", f"{words.counted(row.days_late, 'day')} late", class_="attn")
        if row.days_late > 0
        else f"delivered {words.counted(row.days_since_delivery, 'day')} ago"
    )
    expected = f"said {words.figure(row.expected)}" if row.expected.is_known else ""
    return tag(
        "div",
        tag("span", common.epic_link(words.sentence(row.metric), row.epic), class_="n"),
        tag("span", common.shown(row.cost, epic=row.epic), class_="x"),
        tag("span", join(f"{row.team_name} · {row.owner} · ", late), class_="o"),
        tag("span", expected, class_="r"),
    )
