"""Did the work do what its owner said it would, and whose reading is due?"""

from datetime import date

from roi.actors import Actor
from roi.reports import basis, tying, work
from roi.reports.shapes import OutcomesReport, Scope
from roi.store.database import Store


def build(store: Store, actor: Actor, scope: Scope, today: date) -> OutcomesReport:
    """Every epic of the teams looked at with its outcomes, and how many are read, confirmed, overdue, met."""
    with basis.opened(store, actor, scope) as base:
        jobs = work.load(tying.load(base), today)
        epics = work.epic_rows(jobs, base.shown)
    rows = [row for epic in epics for row in epic.outcomes]
    return OutcomesReport(
        version=base.version,
        currency=base.currency,
        epics=epics,
        total=len(rows),
        read=sum(row.outcome.actual is not None for row in rows),
        confirmed=sum(row.state == "confirmed" for row in rows),
        overdue=sum(row.state == "overdue" for row in rows),
        landed=sum(row.landed == "met" for row in rows),
    )
