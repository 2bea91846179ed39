"""Did the work do what its owner said it would, whose reading is due, and how good are our promises?"""

from collections.abc import Sequence
from datetime import date

from roi.actors import Actor
from roi.domain import outcomes as told
from roi.reports import basis, calibrated, kept, loop, obligations, queue, tying, work, work_rows, written
from roi.reports.basis import Basis
from roi.reports.lazy import Rows
from roi.reports.shapes import OutcomesReport, Scope
from roi.reports.shapes_value import PromiseRow
from roi.reports.shapes_work import Listed
from roi.reports.valued import Valued
from roi.reports.work import Work
from roi.store import read
from roi.store.database import Store


def build(store: Store, actor: Actor, scope: Scope, today: date) -> OutcomesReport:
    """Every epic of the teams looked at with its outcomes; what is due, what waits, and the record.

    Calibration is that of the whole company whatever is looked at, because a group below eight read
    forecasts is judged by the group above it.
    """
    with basis.opened(store, actor, scope) as base:
        jobs = work.load(tying.load(base), today)
        return _report(jobs, actor, today)


def _report(jobs: Work, actor: Actor, today: date) -> OutcomesReport:
    base = jobs.basis
    items = jobs.of_teams(base.shown)
    epics = work_rows.newest_first(jobs, base.shown)
    listed = [item for epic in epics for item in jobs.of_epic.get(epic.key, ())]
    promises = calibrated.promises(jobs, items)
    due = loop.due_rows(jobs, today, base.shown)
    unverified = loop.unverified(jobs, today, base.shown)
    cost, value = loop.unverified_sums(jobs, unverified)
    as_written = written.shown(jobs, base.shown, base.value_stream, today)
    return OutcomesReport(
        version=base.version,
        currency=base.currency,
        epics=Rows(epics, lambda epic: work_rows.epic_row(jobs, epic)),
        outcomes=tuple([Listed(item.outcome, item.epic.kind) for item in listed]),
        rows=Rows(listed, lambda item: work_rows.outcome_row(jobs, item)),
        total=len(items),
        read=sum(item.is_read for item in items),
        confirmed=sum(item.state == "confirmed" for item in items),
        overdue=sum(row.is_overdue for row in due),
        landed=sum(row.landed == "met" for row in promises),
        due=due,
        to_come=loop.to_come(jobs, today, base.shown),
        queue=queue.rows(jobs, actor.name, base.shown),
        promises=promises,
        calibration=calibrated.rows(jobs),
        unverified=unverified,
        unverified_cost=cost,
        unverified_value=value,
        overdue_cost=loop.overdue_cost(jobs, due),
        states=loop.states(items),
        landed_by_kind=_landed_by_kind(
            [one for one in items if not jobs.agreed.is_copy(one.claim)], promises
        ),
        farthest=calibrated.farthest(promises),
        told_late=_told_late(base),
        obligations=obligations.rows(jobs, base.shown, today),
        written=as_written,
        written_counts=written.counts(as_written),
    )


def _told_late(base: Basis) -> int:
    """How many promises were told here only when their measure had been read (law T11)."""
    return kept.once(base, "told late", (), lambda: _count_late(base), (kept.VALUE,))


def _count_late(base: Basis) -> int:
    rows = read.rows(base.cursor, "promise_entered", {"epic": None})
    days = ((row["entered_on"], row["first_read"]) for row in rows if row["first_read"] is not None)
    return sum(told.is_hindsight(read.day(entered_on), read.day(first)) for entered_on, first in days)


def _landed_by_kind(
    items: Sequence[Valued], promises: Sequence[PromiseRow]
) -> tuple[tuple[str, int, int], ...]:
    """Kind of work, outcomes that landed, outcomes that are read; kinds with none read are left out.

    Only of `items`: a copy tells nothing more about its kind of work than its origin does.
    """
    kinds = {item.outcome.key: item.epic.kind.value for item in items}
    found: dict[str, tuple[int, int]] = {}
    for row in promises:
        if row.actual is not None and row.outcome in kinds:
            landed, read = found.get(kinds[row.outcome], (0, 0))
            found[kinds[row.outcome]] = landed + (row.landed == "met"), read + 1
    return tuple((kind, *counts) for kind, counts in sorted(found.items()))
