"""What did each team cost, month by month, and does it add up to the ledger?"""

from collections.abc import Collection
from datetime import date

from roi.actors import Actor
from roi.reports import basis, books, costs, portfolio, work
from roi.reports.basis import Basis
from roi.reports.shapes import Scope, TeamMonths, TeamsReport
from roi.store.database import Store


def build(store: Store, actor: Actor, scope: Scope, today: date | None = None) -> TeamsReport:
    """Teams by value stream, then cost; each month's teams, excluded and suspense make its ledger."""
    with basis.opened(store, actor, scope) as base:
        cost = costs.load(base)
        return _report(base, cost, work.load(cost, today))


def _report(base: Basis, cost: costs.Costs, jobs: work.Work) -> TeamsReport:
    shown = frozenset(team.key for team in base.shown_teams)
    others = costs.outside(base)
    return TeamsReport(
        version=base.version,
        currency=base.currency,
        span=base.span,
        months=cost.months,
        teams=_rows(base, cost, jobs),
        team_total=costs.team_cost(cost, shown),
        excluded=costs.excluded(cost),
        suspense=costs.suspense(cost),
        ledger=costs.ledger_total(base),
        difference=costs.difference(cost),
        by_month_teams=_amounts(cost, costs.TEAM, shown),
        by_month_excluded=_amounts(cost, costs.EXCLUDED),
        by_month_suspense=_amounts(cost, costs.SUSPENSE),
        by_month_ledger=tuple(base.ledger.get((month, base.currency), (0, 0))[0] for month in cost.months),
        suspense_rows=costs.suspense_rows(base),
        books=books.state(books.load(base.cursor)),
        other_teams=costs.other_teams(cost),
        by_month_other=_amounts(cost, costs.TEAM, others) if base.value_stream is not None else (),
    )


def _rows(base: Basis, cost: costs.Costs, jobs: work.Work) -> tuple[TeamMonths, ...]:
    by_key = {team.key: team for team in base.shown_teams}
    return tuple(
        TeamMonths(
            row.key,
            row.name,
            row.kind,
            by_key[row.key].value_stream,
            cost.month_line(costs.TEAM, {row.key}),
            row.cost,
            row.returned,
            row.verdict,
        )
        for stream in portfolio.streams(base, cost, jobs)
        for row in stream.teams
    )


def _amounts(cost: costs.Costs, place: str, teams: Collection[str] | None = None) -> tuple[int, ...]:
    return tuple(amount or 0 for amount in cost.month_line(place, teams))
