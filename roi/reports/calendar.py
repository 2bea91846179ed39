"""The readings and renewals that are due or to come, as a calendar file to subscribe to or to import."""

from datetime import UTC, date, datetime

from roi.actors import Actor
from roi.domain.calendar_text import Event, calendar
from roi.reports.booked import work
from roi.reports.booked.work import Work
from roi.reports.cost import tying
from roi.reports.ground import basis, kept
from roi.reports.loop import awaited
from roi.reports.loop.awaited import Awaited
from roi.reports.shapes import CalendarReport, Scope
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
    found = awaited.find(jobs, today, base.shown)
    rows = (*found.due, *found.to_come)
    name = f"Readings of {base.company.name}" if base.company is not None else "Readings"
    return calendar(name, [_event(jobs, row) for row in rows], _stamped(base.cursor)), len(rows)


def _event(jobs: Work, row: Awaited) -> Event:
    what, item = "Renew" if row.is_renewal else "Read", jobs.agreed.claimed[row.outcome]
    team = work.team_name(jobs, item.epic.team)
    lines = [f"Epic: {item.epic.name}", f"Team: {team}", f"Owner: {item.outcome.owner}"]
    if row.is_overdue:
        lines.append(f"{row.days_late} days late")
    kind = "renewal" if row.is_renewal else "reading"
    return Event(
        f"{row.outcome}-{kind}@{_DOMAIN}",
        row.due_on,
        f"{what}: {item.outcome.metric}",
        "\n".join(lines),
        (what,),
    )


def _stamped(cursor: read.Cursor) -> datetime:
    """When the latest change was recorded."""
    found = read.rows(cursor, "changes")
    at = found[0]["recorded_at"] if found else None
    moment = at if isinstance(at, datetime) else datetime(2000, 1, 1, tzinfo=UTC)
    return moment if moment.tzinfo is not None else moment.replace(tzinfo=UTC)
