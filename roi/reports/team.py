"""What does one team cost, of what, and what did its work return?"""

from datetime import date

from roi.actors import Actor
from roi.domain.structure import Team
from roi.errors import UnknownKeyError
from roi.reports import basis, costs, portfolio, work
from roi.reports.basis import Basis
from roi.reports.shapes import Scope, TeamReport
from roi.store.database import Store


def build(store: Store, actor: Actor, scope: Scope, team_key: str, today: date | None = None) -> TeamReport:
    """One team's cost by month, category, area and intent, and its epics with their outcomes.

    Raises:
        UnknownKeyError: there is no such team.
    """
    with basis.opened(store, actor, scope) as base:
        cost = costs.load(base)
        jobs = work.load(cost, today)
        return _report(base, cost, jobs, find(base, team_key))


def find(base: Basis, team_key: str) -> Team:
    """The team of that key.

    Raises:
        UnknownKeyError: there is none.
    """
    for team in base.teams:
        if team.key == team_key:
            return team
    message = f"There is no team {team_key!r}."
    raise UnknownKeyError(message)


def _report(base: Basis, cost: costs.Costs, jobs: work.Work, team: Team) -> TeamReport:
    row = portfolio.team_row(cost, jobs, team)
    by = costs.attributes(base, {team.key})
    return TeamReport(
        version=base.version,
        currency=base.currency,
        span=base.span,
        team=team,
        months=cost.months,
        by_month=cost.month_line(costs.TEAM, {team.key}),
        row=row,
        categories=by.get("category", ()),
        areas=by.get("area", ()),
        intents=by.get("intent", ()),
        epics=work.epic_rows(jobs, {team.key}),
        rest=work.rest(jobs, team, row.cost),
    )
