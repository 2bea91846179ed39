"""The readings and renewals that are due or to come, as a calendar file to subscribe to or to import."""

from datetime import UTC, date, datetime

from roi.actors import Actor
from roi.domain.calendar_text import Event, calendar
from roi.reports import basis, kept, loop, tying, work
from roi.reports.shapes import CalendarReport, Scope
from roi.reports.shapes_value import DueRow
from roi.reports.work import Work
from roi.store import read
from roi.store.database import Store

_DOMAIN = "engineering-roi"


def build(store: Store, actor: Actor, scope: Scope, today: date) -> CalendarReport:
    """One event for each outcome whose reading or renewal is due, overdue or to come.

    The same data gives the same text; a moved delivery moves the event, because its UID names outcome and
    reading and not the day.
    """
    with basis.opened(store, actor, scope) as base:
        jobs = work.load(tying.load(base), today)
        key = today, tuple([epic.key for epic in jobs.epics_of(base.shown)])
        text, count = kept.once(base, "calendar", key, lambda: _made(jobs, today))
    return CalendarReport(base.version, text, count)


def _made(jobs: Work, today: date) -> tuple[str, int]:
    """The text and how many events it has: of the same epics they are the same in every period."""
    base = jobs.basis
    rows = (*loop.due_rows(jobs, today, base.shown), *loop.to_come(jobs, today, base.shown))
    name = f"Readings of {base.company.name}" if base.company is not None else "Readings"
    return calendar(name, [_event(row) for row in rows], _stamped(base.cursor)), len(rows)


def _event(row: DueRow) -> Event:
    what = "Renew" if row.is_renewal else "Read"
    lines = [f"Epic: {row.epic_name}", f"Team: {row.team_name}", f"Owner: {row.owner}"]
    if row.is_overdue:
        lines.append(f"{row.days_late} days late")
    kind = "renewal" if row.is_renewal else "reading"
    return Event(
        f"{row.outcome}-{kind}@{_DOMAIN}", row.due_on, f"{what}: {row.metric}", "\n".join(lines), (what,)
    )


def _stamped(cursor: read.Cursor) -> datetime:
    """When the latest change was recorded."""
    found = read.rows(cursor, "changes")
    at = found[0]["recorded_at"] if found else None
    moment = at if isinstance(at, datetime) else datetime(2000, 1, 1, tzinfo=UTC)
    return moment if moment.tzinfo is not None else moment.replace(tzinfo=UTC)
