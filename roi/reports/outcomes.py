"""Did the work do what its owner said it would, whose reading is due, and how good are our promises?"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from roi.actors import Actor
from roi.domain import outcomes as told
from roi.domain.structure import Epic
from roi.reports import obligations
from roi.reports.appraisal import calibrated
from roi.reports.booked import work
from roi.reports.booked.work import Work
from roi.reports.cost import tying
from roi.reports.ground import basis, kept
from roi.reports.ground.basis import Basis
from roi.reports.loop import inbox, queue, work_rows, written
from roi.reports.shapes import OutcomesReport, Scope
from roi.reports.shapes.lazy import Rows
from roi.reports.shapes.value import MeasureRow, PromiseRow
from roi.reports.shapes.work import Listed
from roi.reports.value.valued import Valued
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


class _Standing(NamedTuple):
    """What is the same in every period: which outcomes there are, how they stand, and their promises.

    `outcomes` are in the order of `listed`, by the start of their epic.
    """

    epics: tuple[Epic, ...]
    outcomes: Sequence[str]
    listed: tuple[Listed, ...]
    confirmed: int
    states: tuple[tuple[str, int], ...]
    promises: tuple[PromiseRow, ...]
    farthest: tuple[PromiseRow, ...]
    landed: int
    landed_by_kind: tuple[tuple[str, int, int], ...]
    written: tuple[MeasureRow, ...]
    written_counts: tuple[tuple[str, int], ...]
    latest_read: tuple[Listed, ...]
    places: Mapping[str, int]


def _stand(jobs: Work, today: date) -> _Standing:
    base = jobs.basis
    key = today, jobs.standing(base.shown), base.value_stream, base.streams_shown
    return kept.once(base, "outcomes", key, lambda: _standing(jobs, today), (kept.VALUE,))


def _standing(jobs: Work, today: date) -> _Standing:
    base = jobs.basis
    items = jobs.of_teams(base.shown)
    epics = tuple(work_rows.newest_first(jobs, base.shown))
    listed = [item for epic in epics for item in jobs.of_epic.get(epic.key, ())]
    promises = calibrated.promises(jobs, items)
    made_first = [one for one in items if not jobs.agreed.is_copy(one.claim)]
    as_written = written.shown(jobs, base.shown, today)
    told_of = tuple([Listed(item.outcome, item.epic.kind) for item in listed])
    return _Standing(
        epics,
        [item.outcome.key for item in listed],
        told_of,
        sum(item.state == "confirmed" for item in items),
        inbox.states(items),
        promises,
        calibrated.farthest(promises),
        sum(row.landed == "met" for row in promises),
        _landed_by_kind(made_first, promises),
        as_written,
        written.counts(as_written),
        _latest_read(told_of),
        {one.outcome.key: place for place, one in enumerate(told_of)},
    )


def _latest_read(listed: Iterable[Listed]) -> tuple[Listed, ...]:
    """Those that are read, the latest first; of the same day in the order of the list."""
    read = [one for one in listed if one.outcome.actual is not None]
    return tuple(sorted(read, key=lambda one: one.outcome.read_on or date.max, reverse=True))


def _report(jobs: Work, actor: Actor, today: date) -> OutcomesReport:
    base, its, aside = jobs.basis, _stand(jobs, today), jobs.aside
    unverified = inbox.unverified(jobs, today, base.shown)
    cost, value = inbox.unverified_sums(jobs, unverified)
    return OutcomesReport(
        version=base.version,
        currency=base.currency,
        epics=Rows(its.epics, lambda epic: work_rows.epic_row(aside, epic)),
        outcomes=its.listed,
        rows=Rows(its.outcomes, lambda key: work_rows.outcome_row(aside, aside.by_key[key])),
        total=len(its.listed),
        read=len(its.latest_read),
        confirmed=its.confirmed,
        overdue=inbox.overdue(jobs, today, base.shown),
        landed=its.landed,
        due=inbox.due_rows(jobs, today, base.shown),
        to_come=inbox.to_come(jobs, today, base.shown),
        queue=queue.rows(jobs, actor.name, base.shown),
        promises=its.promises,
        calibration=calibrated.rows(jobs),
        unverified=unverified,
        unverified_cost=cost,
        unverified_value=value,
        overdue_cost=inbox.overdue_cost(jobs, today, base.shown),
        states=its.states,
        landed_by_kind=its.landed_by_kind,
        told_late=_told_late(base),
        farthest=its.farthest,
        obligations=obligations.rows(jobs, base.shown, today),
        written=its.written,
        written_counts=its.written_counts,
        all_epics=its.epics,
        latest_read=its.latest_read,
        places=its.places,
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
