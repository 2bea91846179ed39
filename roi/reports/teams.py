"""What did each team cost, month by month, against which plan, and does it add up to the ledger?"""

from collections.abc import Collection
from dataclasses import replace
from datetime import date

from roi.actors import Actor
from roi.reports import checks, plans, portfolio
from roi.reports.booked import by_stream, work
from roi.reports.books import control
from roi.reports.cost import costs, mixes, roles, tying
from roi.reports.ground import basis
from roi.reports.ground.structure import Group
from roi.reports.shapes import PlanReport, PositionRow, RoleMatrix, Scope, StreamRow, TeamMonths, TeamsReport
from roi.store.database import Store


def build(store: Store, actor: Actor, scope: Scope, today: date | None = None) -> TeamsReport:
    """Teams by value stream, then cost; each month's teams, excluded and suspense make its ledger."""
    with basis.opened(store, actor, scope) as base:
        cost = tying.load(base)
        jobs = work.load(cost, today)
        streams, planned = by_stream.rows(cost, jobs), plans.build(cost)
        report = _report(cost, jobs, streams)
        return replace(report, teams=_rows(cost, streams, planned), plans=planned)


def in_brief(
    store: Store, actor: Actor, scope: Scope, today: date | None, opened: Collection[str]
) -> TeamsReport:
    """The same without each team's months and plan; `opened` names value streams (see `by_stream.rows`)."""
    with basis.opened(store, actor, scope) as base:
        cost = tying.load(base)
        jobs = work.load(cost, today)
        return _report(cost, jobs, by_stream.rows(cost, jobs, opened))


def people(store: Store, actor: Actor, scope: Scope) -> tuple[RoleMatrix, tuple[PositionRow, ...]]:
    """Who works where as roles, and the positions that are planned; one view asks for them."""
    with basis.opened(store, actor, scope) as base:
        return roles.matrix(base), roles.positions(base)


def _report(cost: costs.Costs, jobs: work.Work, streams: tuple[StreamRow, ...]) -> TeamsReport:
    """Everything but each team's months and plan."""
    base, mix, total = cost.basis, mixes.load(cost), portfolio.total_row(cost, jobs)
    by = {} if base.value_stream is None else mixes.of_teams(cost, base.shown)
    report = TeamsReport(
        version=base.version,
        currency=base.currency,
        span=base.span,
        months=cost.months,
        teams=(),
        team_total=total.cost,
        excluded=costs.excluded(cost),
        suspense=costs.suspense(cost),
        ledger=costs.ledger_total(base),
        difference=costs.difference(cost),
        by_month_teams=_every(cost, _whole(cost)),
        by_month_excluded=_every(cost, cost.by_month(costs.EXCLUDED)),
        by_month_suspense=_every(cost, cost.by_month(costs.SUSPENSE)),
        by_month_ledger=tuple(base.ledger_month(month).value for month in cost.months),
        suspense_rows=mixes.suspense_rows(cost),
        books=control.state(control.of(base)),
        other_teams=costs.other_teams(cost),
        by_month_other=_every(cost, costs.other_by_month(cost)) if base.value_stream is not None else (),
        by_month_overhead=_every(cost, cost.by_month(costs.OVERHEAD)),
        by_month_beyond=_beyond(cost),
        streams=streams,
        intents=by.get("intent", ()) if base.value_stream is not None else mix.intents,
        treatments=by.get("treatment", ()) if base.value_stream is not None else mix.treatments,
        total=total,
        share_of_results=checks.of_company(jobs, total.cost),
    )
    return _complete(cost, mix, report)


def _complete(cost: costs.Costs, mix: mixes.Mix, report: TeamsReport) -> TeamsReport:
    """The report with both views and the ties to the books."""
    base = cost.basis
    return replace(
        report,
        own_total=report.total.own if report.total else None,
        overhead=costs.shown_overhead(cost),
        overhead_rows=mix.overhead,
        standard_difference=costs.standard_difference(cost),
        excluded_rows=mix.excluded,
        ties=mixes.ties(cost, mix),
        is_converted=base.is_converted,
        missing_rates=base.missing_rates,
        at_standard_rates=base.at_standard_rates,
        grouped_by=base.structure.by,
    )


def _whole(cost: costs.Costs) -> costs.Months:
    return cost.whole if cost.basis.value_stream is None else cost.full_by_month(cost.basis.shown)


def _beyond(cost: costs.Costs) -> tuple[int | None, ...]:
    """The difference to standard rates by month: outside finance, for the whole company."""
    is_shown = cost.basis.at_standard_rates and cost.basis.value_stream is None
    return _every(cost, cost.by_month(costs.BEYOND)) if is_shown else ()


def _rows(cost: costs.Costs, streams: tuple[StreamRow, ...], planned: PlanReport) -> tuple[TeamMonths, ...]:
    base, plan_of = cost.basis, {row.key: row for row in planned.rows}
    found = []
    for stream in streams:
        teams = base.structure.group(stream.key, base.every_month)
        for row in stream.teams:
            its = Group({row.key: teams.months.get(row.key)})
            found.append(
                TeamMonths(
                    row.key,
                    row.name,
                    row.kind,
                    stream.key,
                    cost.full_line(its),
                    row.cost,
                    row.returned,
                    row.verdict,
                    by_month_own=cost.own_line(its),
                    row=row,
                    plan=plan_of.get(row.key),
                )
            )
    return tuple(found)


def _every(cost: costs.Costs, by_month: costs.Months) -> tuple[int | None, ...]:
    """One amount per month looked at, nought where there is no line, None where it is not known."""
    return tuple(by_month[month].value if month in by_month else 0 for month in cost.months)
