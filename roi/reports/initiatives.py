"""What did boards approve, what has it cost, and what came of it?"""

from collections.abc import Mapping, Sequence
from datetime import date

from roi.actors import Actor
from roi.domain.figures import Figure, unknown
from roi.domain.periods import month_of
from roi.domain.structure import Epic
from roi.domain.value import Initiative
from roi.reports.booked import work
from roi.reports.booked.work import Work
from roi.reports.cost import tying
from roi.reports.ground import basis, converting, kept
from roi.reports.loop import sofar, work_rows, written
from roi.reports.shapes import InitiativesReport, Scope
from roi.reports.shapes.value import InitiativeRow
from roi.store.database import Store


def build(store: Store, actor: Actor, scope: Scope, today: date) -> InitiativesReport:
    """Every initiative, those due first first; with a value stream, its own only."""
    with basis.opened(store, actor, scope) as base:
        jobs = work.load(tying.load(base), today)
        by_initiative = epics_by_initiative(jobs)
        streams = base.streams_shown
        shown = [one for one in jobs.values.initiatives.values() if written.is_of(streams, one)]
        rows = tuple(row(jobs, one, by_initiative.get(one.key, ())) for one in shown)
        alone = [epic for epic in by_initiative.get("", ()) if epic.team in base.shown]
        without = cost_of(jobs, alone, "without_initiative", {})
        measures = _measures(jobs, shown, by_initiative, today)
    return InitiativesReport(base.version, base.currency, tuple(sorted(rows, key=order)), without, measures)


def _measures(
    jobs: Work, shown: Sequence[Initiative], epics: Mapping[str, tuple[Epic, ...]], today: date
) -> tuple[tuple[str, int], ...]:
    """How many success measures of these initiatives and their epics came out how; a measure counts once."""
    keys = {one.key for one in shown}
    its = {epic.key for key in keys for epic in epics.get(key, ())}
    found = written.counts(written.rows_of(jobs, today, initiatives=keys, epics=its))
    return tuple((word, count) for word, count in found if count)


def order(found: InitiativeRow) -> tuple[date, str]:
    """Those due first come first, those without a date last."""
    return found.initiative.due_on or date.max, found.initiative.key


def epics_by_initiative(jobs: Work) -> Mapping[str, tuple[Epic, ...]]:
    """The epics of each initiative; those of none under "". The same in every period."""
    return kept.once(jobs.basis, "epics by initiative", (), lambda: _by_initiative(jobs), (kept.VALUE,))


def _by_initiative(jobs: Work) -> Mapping[str, tuple[Epic, ...]]:
    known, found = jobs.values.initiatives, dict[str, list[Epic]]()
    for epic in jobs.epics:
        plan = jobs.values.epic_plans.get(epic.key)
        its = plan.initiative if plan is not None and plan.initiative in known else ""
        found.setdefault(its, []).append(epic)
    return {key: tuple(epics) for key, epics in found.items()}


def row(jobs: Work, initiative: Initiative, epics: Sequence[Epic]) -> InitiativeRow:
    """One initiative with what it cost and what finance confirmed of it."""
    items = [item for epic in epics for item in jobs.of_epic.get(epic.key, ())]
    keys = {"initiative": initiative.key}
    return InitiativeRow(
        initiative,
        len(epics),
        sum(epic.delivered is not None for epic in epics),
        cost_of(jobs, epics, "initiative_cost", keys),
        approved(jobs, initiative),
        sofar.confirmed(jobs, items, keys),
        sum(item.is_read for item in items),
        len(items),
        sum(item.state == "overdue" for item in items),
    )


def cost_of(jobs: Work, epics: Sequence[Epic], figure_id: str, keys: Mapping[str, str]) -> Figure:
    """The cost of some epics since they started; what is not known is named, never left out in silence."""
    scope, currency = jobs.basis.keys(**keys), jobs.basis.currency
    costs = [work_rows.epic_cost(jobs, epic) for epic in epics]
    known = [cost.value for cost in costs if cost.value is not None]
    if not known:
        why = costs[0].reason if costs else "no epic belongs to it yet"
        return unknown(figure_id, why, currency=currency, scope=scope)
    whole, missing = sum(known), len(costs) - len(known)
    return Figure(
        figure_id,
        whole,
        f"{missing} of {len(costs)} epics have no cost yet" if missing else "",
        currency=currency,
        inputs=(("epics", len(known)), ("cost", whole)),
        scope=scope,
    )


def approved(jobs: Work, initiative: Initiative) -> Figure:
    """What was approved, in the report's currency at the rate of the month of approval."""
    scope, currency = jobs.basis.keys(initiative=initiative.key), jobs.basis.currency
    its = initiative.currency or currency
    if initiative.approved_minor is None:
        return unknown("approved_cost", "no amount is stated", currency=currency, scope=scope)
    month = month_of(initiative.approved_on or jobs.today or date.min)
    found = converting.at_latest(jobs.basis, initiative.approved_minor, its, month)
    if found is None:
        why = converting.no_rate(jobs.basis, its)
        return unknown("approved_cost", why, currency=currency, scope=scope)
    return Figure("approved_cost", found, currency=currency, inputs=(("approved", found),), scope=scope)
