"""Is engineering money paying back, what did it cost, and what is missing to know?"""

from datetime import date

from roi.actors import Actor
from roi.domain.structure import Team
from roi.reports import basis, books, costs, history, returned, steps, work
from roi.reports.basis import Basis
from roi.reports.shapes import PortfolioReport, Scope, StreamRow, TeamRow
from roi.store.database import Store


def build(store: Store, actor: Actor, scope: Scope, today: date | None = None) -> PortfolioReport:
    """Cost, its tie to the ledger, the first return and what it rests on, by value stream and team.

    `today` is needed only to say what is overdue.
    """
    with basis.opened(store, actor, scope) as base:
        cost = costs.load(base)
        jobs = work.load(cost, today)
        return _report(base, cost, jobs)


def _report(base: Basis, cost: costs.Costs, jobs: work.Work) -> PortfolioReport:
    keys = frozenset(team.key for team in base.shown_teams)
    all_of_it = returned.row(cost, jobs, keys, (base.value_stream or "", "", "portfolio"))
    by = costs.attributes(base, keys)
    coverage = books.load(base.cursor)
    return PortfolioReport(
        version=base.version,
        company=base.company,
        currency=base.currency,
        span=base.span,
        other_currencies=base.other_currencies,
        ledger=costs.ledger_total(base),
        cost=all_of_it.cost,
        excluded=costs.excluded(cost),
        suspense=costs.suspense(cost),
        difference=costs.difference(cost),
        placed_share=costs.placed_share(cost),
        confirmed=all_of_it.confirmed,
        protected=all_of_it.protected,
        returned=all_of_it.returned,
        verdict=all_of_it.verdict,
        outcomes_read=all_of_it.outcomes_read,
        outcomes_total=all_of_it.outcomes_total,
        outcomes_overdue=all_of_it.outcomes_overdue,
        streams=streams(base, cost, jobs),
        suspense_rows=costs.suspense_rows(base),
        excluded_rows=costs.excluded_rows(base),
        intents=by.get("intent", ()),
        treatments=by.get("treatment", ()),
        trust=returned.trust(jobs, keys),
        books=books.state(coverage),
        latest=history.latest(base.cursor, coverage),
        steps=steps.build(base.cursor, has_costs=bool(base.ledger)),
        other_teams=costs.other_teams(cost),
    )


def streams(base: Basis, cost: costs.Costs, jobs: work.Work) -> tuple[StreamRow, ...]:
    """Value streams by name, those without one last; within a stream by cost, never by return."""
    names = sorted({team.value_stream for team in base.shown_teams}, key=lambda name: (not name, name))
    return tuple(_stream(name, base, cost, jobs) for name in names)


def _stream(name: str, base: Basis, cost: costs.Costs, jobs: work.Work) -> StreamRow:
    teams = [team for team in base.shown_teams if team.value_stream == name]
    rows = [team_row(cost, jobs, team) for team in teams]
    rows.sort(key=lambda row: (-(row.cost.value or 0), row.name))
    keys = frozenset(team.key for team in teams)
    kind = "value_stream" if any(team.kind not in returned.SERVING for team in teams) else teams[0].kind.value
    total = returned.row(cost, jobs, keys, (name, name, kind))
    return StreamRow(name, name, total, tuple(rows))


def team_row(cost: costs.Costs, jobs: work.Work, team: Team) -> TeamRow:
    """One team's row."""
    return returned.row(cost, jobs, {team.key}, (team.key, team.name, team.kind.value))
