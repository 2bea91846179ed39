"""What does one team cost, of what, and what did its work return?"""

from dataclasses import replace
from datetime import date

from roi.actors import Actor
from roi.domain.structure import Team, ValueClass
from roi.errors import UnknownKeyError
from roi.reports import checks, methods, plans
from roi.reports.appraisal import appraised, calibrated, cohorts
from roi.reports.booked import by_stream, returned, work
from roi.reports.booked.booking import CASH
from roi.reports.cost import costs, mixes, parts, roles, tying
from roi.reports.ground import basis
from roi.reports.ground.basis import Basis
from roi.reports.ground.structure import Group
from roi.reports.loop import work_rows
from roi.reports.shapes import Scope, TeamReport
from roi.reports.shapes.team import TeamEpicValue
from roi.store.database import Store


def build(store: Store, actor: Actor, scope: Scope, team_key: str, today: date | None = None) -> TeamReport:
    """One team's cost by month, giver, category, area and intent, and its epics with their outcomes.

    Raises:
        UnknownKeyError: there is no such team.
    """
    with basis.opened(store, actor, scope) as base:
        cost = tying.load(base)
        jobs, team = work.load(cost, today), find(base, team_key)
        return _with_value(cost, jobs, team, _report(cost, jobs, team))


def _with_value(cost: costs.Costs, jobs: work.Work, team: Team, report: TeamReport) -> TeamReport:
    """The report with what is still expected, and which quarter's work the period pays for."""
    its = Group({team.key: None})
    looked = checks.Looked(jobs, its, report.row.cost, cost.basis.keys(team=team.key))
    return replace(
        report,
        cohorts=cohorts.rows(jobs, its, report.row.cost),
        still_expected=checks.expected(looked),
        share_of_results=checks.of_company(jobs, report.row.cost),
        booked=_booked(jobs, its, is_own=report.row.kind in returned.SERVING),
    )


def _booked(jobs: work.Work, its: Group, *, is_own: bool) -> tuple[TeamEpicValue, ...]:
    """What a team books by epic, also of epics of teams that pass their value on to it (rule V2)."""
    cash: dict[str, int] = {}
    beside: dict[str, dict[str, int]] = {}
    for (outcome, _), amount in jobs.summed(its, (work.CONFIRMED,), CASH, own=is_own).items():
        cash[_epic_of(jobs, outcome)] = cash.get(_epic_of(jobs, outcome), 0) + amount
    for one in ValueClass:
        for (outcome, _), amount in jobs.summed(its, (work.CONFIRMED,), (False, one), own=is_own).items():
            of_epic = beside.setdefault(_epic_of(jobs, outcome), {})
            of_epic[one.value] = of_epic.get(one.value, 0) + amount
    names = jobs.agreed.epic_by_key
    return tuple(
        TeamEpicValue(
            key,
            names[key].name if key in names else "What is recorded no longer",
            cash.get(key, 0),
            tuple(beside.get(key, {}).items()),
        )
        for key in sorted({*cash, *beside})
    )


def _epic_of(jobs: work.Work, outcome: str) -> str:
    """The epic of an outcome; empty where it is there no more and closed months count it."""
    item = jobs.by_key.get(outcome)
    return item.epic.key if item is not None else ""


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


def _report(cost: costs.Costs, jobs: work.Work, team: Team) -> TeamReport:
    base, its = cost.basis, Group({team.key: None})
    by = mixes.of_teams(cost, its)
    planned = {row.key: row for row in plans.build(cost, its).rows}
    return TeamReport(
        version=base.version,
        currency=base.currency,
        span=base.span,
        team=team,
        months=cost.months,
        by_month=cost.full_line(its),
        row=by_stream.team_row(cost, jobs, team),
        categories=by.get("category", ()),
        areas=by.get("area", ()),
        intents=by.get("intent", ()),
        epics=work_rows.epic_rows(jobs, {team.key}, team.key),
        rest=work_rows.rest(jobs, cost, team),
        by_month_own=cost.own_line(its),
        givers=parts.givers(cost, its),
        takers=parts.takers(cost, team),
        roles=roles.of_team(base, team),
        treatments=by.get("treatment", ()),
        plan=planned.get(team.key),
        positions=roles.positions(base, team.key),
        method=methods.of_team(cost, team.key),
        people=parts.people(cost, its),
        is_converted=base.is_converted,
        missing_rates=base.missing_rates,
        at_standard_rates=base.at_standard_rates,
        appraisal=None if jobs.today is None else appraised.team(jobs, cost, team, jobs.today),
        calibration=calibrated.of_team(jobs, team.key),
    )
