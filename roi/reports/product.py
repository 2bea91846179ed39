"""One product over its life until it is retired: what it cost, what came, and is it worth going on?

A product is a value stream. Its life is all that the ledger holds of it, whatever period is looked at.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Literal

from roi.actors import Actor
from roi.domain.figures import Figure, unknown
from roi.domain.periods import month_of
from roi.domain.products import ProductLife
from roi.domain.structure import Epic
from roi.reports import initiative, initiatives, moments, portfolio
from roi.reports.appraisal import appraised, cohorts
from roi.reports.booked import work
from roi.reports.booked.returned import PASSES_ON
from roi.reports.booked.work import Work
from roi.reports.cost import tying
from roi.reports.cost.costs import Costs
from roi.reports.ground import basis
from roi.reports.ground.basis import Basis
from roi.reports.loop import work_rows
from roi.reports.shapes import Scope, TeamRow
from roi.reports.shapes.product import ProductReport
from roi.reports.shapes.value import InitiativeRow
from roi.reports.value import retired
from roi.store.database import Store

MOST_EPICS = 30
"""So many epics of a product are listed, the newest; the others stand on Outcomes."""

NO_WORK = "no work has cost or value yet"


def build(store: Store, actor: Actor, scope: Scope, name: str, today: date) -> ProductReport:
    """A product with its cost over its life, its appraisal, its initiatives and epics.

    Raises:
        UnknownKeyError: no team ever stood in such a value stream.
    """
    with basis.opened(store, actor, _of_stream(scope, name)) as base:
        costs = tying.load(replace(base, span=base.months))
        return _report(work.load(costs, today), costs, today)


def life_of(store: Store, actor: Actor, scope: Scope, name: str) -> Scope:
    """The same scope, looking at a product over its life: where its figures lead to.

    Raises:
        UnknownKeyError: no team ever stood in such a value stream.
    """
    stream = _of_stream(scope, name)
    with basis.opened(store, actor, stream) as base:
        return replace(stream, span=base.months)


def _of_stream(scope: Scope, name: str) -> Scope:
    return replace(scope, value_stream=name, grouped_by="value_stream", span=None)


def _report(jobs: Work, costs: Costs, today: date) -> ProductReport:
    base = jobs.basis
    name, life = base.value_stream or "", retired.lives(base).get(base.value_stream or "")
    row = portfolio.total_row(costs, jobs)
    epics = work_rows.newest_first(jobs, base.shown)
    view = appraised.of_all_shown(jobs, costs, today, product=name)
    started = _started(life, costs, epics)
    last = life.retired if life is not None else None
    return ProductReport(
        base.version,
        base.currency,
        name,
        base.span,
        life,
        started,
        row,
        _run(jobs, row),
        costs.months,
        costs.full_line(base.shown),
        costs.own_line(base.shown),
        view,
        moments.of_product(life, started, today),
        tuple((team.key, team.name) for team in base.shown_teams),
        _initiatives(jobs, epics),
        tuple(work_rows.epic_row(jobs, epic) for epic in epics[:MOST_EPICS]),
        tuple(initiative.value_of(jobs, epic) for epic in epics[:MOST_EPICS]),
        len(epics),
        last is not None and last < month_of(today),
        _going_on(jobs, life, epics),
        base.at_standard_rates,
        view.why_not == PASSES_ON,
        _follows(base),
        _moved(base),
    )


def _follows(base: Basis) -> Literal["then", "today"] | None:
    """Whether its cost follows each month's structure or today's; None where both are one (D5)."""
    if not base.structure.moves:
        return None
    return "then" if base.structure.today is None else "today"


def _moved(base: Basis) -> tuple[str, ...]:
    """Its teams that stood elsewhere in some month of the ledger, by name."""
    dated, months = replace(base.structure, today=None), base.months.months if base.months else ()
    found = []
    for team in base.teams:
        streams = {dated.name_at(team, month) for month in months} if team.key in dated.moves else set()
        if len(streams) > 1 and base.value_stream in streams:
            found.append(team.name)
    return tuple(found)


def _started(life: ProductLife | None, costs: Costs, epics: Sequence[Epic]) -> int | None:
    """The month that was said, else that of its first cost or epic, whichever came first."""
    if life is not None and life.started is not None:
        return life.started
    line = zip(costs.months, costs.full_line(costs.basis.shown), strict=True)
    found = [month for month, amount in line if amount is not None][:1]
    return min([*found, *(month_of(epic.started) for epic in epics)], default=None)


def _run(jobs: Work, row: TeamRow) -> Figure:
    """What no epic takes of its cost: run, unplanned and unassigned work (rule V22)."""
    *_, rest = cohorts.rows(jobs, jobs.basis.shown, row.cost) or (None,)
    if rest is None:
        why = row.cost.reason or NO_WORK
        return unknown("cohort_rest", why, currency=row.cost.currency, scope=row.cost.scope)
    return rest.cost


def _initiatives(jobs: Work, epics: Sequence[Epic]) -> tuple[InitiativeRow, ...]:
    """Those that were approved for it, or that its teams work for; those due first first."""
    by_initiative, its = initiatives.epics_by_initiative(jobs), {epic.key for epic in epics}
    found = [
        initiatives.row(jobs, one, by_initiative.get(one.key, ()))
        for one in jobs.values.initiatives.values()
        if one.value_stream == jobs.basis.value_stream
        or any(epic.key in its for epic in by_initiative.get(one.key, ()))
    ]
    return tuple(sorted(found, key=initiatives.order))


def _going_on(jobs: Work, life: ProductLife | None, epics: Sequence[Epic]) -> tuple[str, ...]:
    """The epics that its retirement does not end, by name: a product that goes on has a part in them."""
    if life is None or life.retired is None:
        return ()
    ends = jobs.agreed.retirements
    return tuple(
        epic.name
        for epic in epics
        if epic.key not in jobs.agreed.retired
        and life.retired in ends.ends_of(month_of(epic.started), jobs.agreed.working_on(epic))
    )
