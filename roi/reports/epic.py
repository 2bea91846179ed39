"""One epic whole: what was agreed, what it cost, what it should change and did, and is it worth its money?"""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from roi.actors import Actor
from roi.domain.structure import Epic
from roi.domain.value import EpicPlan, Slice, SuccessMeasure
from roi.errors import UnknownKeyError
from roi.reports import moments, obligations
from roi.reports.appraisal import appraised, calibrated, freed, waits
from roi.reports.appraisal.calibrated import Records
from roi.reports.booked import work
from roi.reports.booked.work import Work
from roi.reports.books import history, moved
from roi.reports.cost import tying
from roi.reports.cost.costs import Costs
from roi.reports.cost.efforts import NO_COST
from roi.reports.ground import basis, kept
from roi.reports.ground.basis import Basis
from roi.reports.loop import details, sofar, work_rows, written
from roi.reports.shapes import ChangeRow, EpicReport, Scope
from roi.reports.shapes.value import EpicView, OutcomeDetail, TeamPart
from roi.reports.value.valued import Valued
from roi.store import read
from roi.store.database import Store


def build(store: Store, actor: Actor, scope: Scope, epic_key: str, today: date) -> EpicReport:
    """One epic of the company, whatever value stream is looked at.

    Raises:
        UnknownKeyError: there is no such epic.
    """
    with basis.opened(store, actor, scope) as base:
        costs = tying.load(base)
        jobs = work.load(costs, today)
        epic = jobs.epic_by_key.get(epic_key)
        if epic is None:
            message = f"There is no epic {epic_key!r}."
            raise UnknownKeyError(message)
        return EpicReport(
            base.version,
            base.currency,
            base.span,
            work_rows.epic_row(jobs, epic),
            view(jobs, costs, epic, today),
            changes(base, epic_key),
            obligations.of_epic(jobs, epic, today),
        )


def is_looked_at(store: Store, actor: Actor, scope: Scope, epic_key: str, today: date) -> bool:
    """Whether there is such an epic, of a team of the value stream that is looked at."""
    with basis.opened(store, actor, scope) as base:
        jobs = work.load(tying.load(base), today)
        epic = jobs.epic_by_key.get(epic_key)
        return epic is not None and jobs.is_of(epic, base.shown)


def view(jobs: Work, costs: Costs, epic: Epic, today: date) -> EpicView:
    """What stands beside an epic's row."""
    values, items = jobs.values, jobs.of_epic.get(epic.key, ())
    plan = values.epic_plans.get(epic.key, EpicPlan(epic.key))
    initiative = values.initiatives.get(plan.initiative)
    records = calibrated.load(jobs)
    keys = {"team": epic.team, "epic": epic.key}
    entered = _entered(jobs.basis, epic.key)
    return EpicView(
        plan,
        initiative.name if initiative is not None else "",
        team_parts(jobs, epic),
        _in_order(values.slices.get(epic.key, ())),
        measures(jobs, epic.key),
        moments.of_epic(jobs, epic, today),
        tuple(_detail(jobs, costs, item, today, (records, entered.get(item.outcome.key))) for item in items),
        sofar.confirmed(jobs, items, keys),
        sofar.protected(jobs, items, keys),
        sofar.expected(jobs, items, keys),
        appraised.of_epic(jobs, costs, epic.key, today),
        waits.of_epic(jobs, costs, epic, today),
        tuple(written.rows_of(jobs, today, initiatives=(), epics={epic.key})),
    )


def _detail(
    jobs: Work, costs: Costs, item: Valued, today: date, beside: tuple[Records, date | None]
) -> OutcomeDetail:
    """One outcome whole, with what the capacity that it frees is worth before it lands."""
    return replace(details.of(jobs, item, *beside), freed=freed.of_outcome(jobs, costs, item, today))


def _in_order(slices: Iterable[Slice]) -> tuple[Slice, ...]:
    """What was delivered first stands first, what is to come last."""
    return tuple(sorted(slices, key=lambda one: one.delivered or date.max))


def _entered(base: Basis, epic: str) -> dict[str, date]:
    """On which day the promise of each outcome was told here, whatever day it is said to be frozen from."""
    return kept.once(base, "promises of an epic", (epic,), lambda: _read_entered(base, epic), (kept.VALUE,))


def _read_entered(base: Basis, epic: str) -> dict[str, date]:
    rows = read.rows(base.cursor, "promise_entered", {"epic": epic})
    return {read.text(row["outcome"]): read.day(row["entered_on"]) for row in rows}


def measures(jobs: Work, epic: str) -> tuple[SuccessMeasure, ...]:
    """The success measures of an epic; they stay what they are and are never money."""
    return tuple(one for one in jobs.values.measures if one.epic == epic)


def team_parts(jobs: Work, epic: Epic) -> tuple[TeamPart, ...]:
    """The teams of an epic; their parts are its cost, their effort sums to the whole."""
    found = []
    for one in jobs.teams_of(epic):
        part = jobs.parts.get((epic.key, one.team), NO_COST)
        basis_of = "item-days" if part.by_days else "planned share"
        cost = work_rows.epic_cost(jobs, epic, team=one.team)
        name = work.team_name(jobs, one.team)
        found.append(TeamPart(one.team, name, one.planned_share, one.effort, cost, basis_of))
    return tuple(found)


def changes(base: Basis, epic: str) -> tuple[ChangeRow, ...]:
    """The numbered changes that touched the epic or its outcomes, newest first: the same in every period."""
    return kept.once(base, "changes of an epic", (epic,), lambda: _changes(base, epic))


def _changes(base: Basis, epic: str) -> tuple[ChangeRow, ...]:
    rows = read.rows(base.cursor, "changes_of_epic", {"epic": epic})
    touched = {read.whole(row["change_id"]) for row in rows}
    its = [row for row in history.changes(base.cursor) if row.change_id in touched]
    found = read.rows(base.cursor, "outcomes_of_epic", {"epic": epic})
    outcomes = [read.text(row["outcome"]) for row in found]
    told = moved.of_epic(base.cursor, its[: history.TOLD], epic, outcomes)
    return tuple(replace(row, moved=told.get(row.change_id, ())) for row in its)
