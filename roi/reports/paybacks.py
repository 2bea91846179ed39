"""When is what each team's epics cost paid back? For the table of teams; the rest stands on the Team page."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from roi.actors import Actor
from roi.domain.figures import Figure
from roi.reports.appraisal import appraised
from roi.reports.booked import work
from roi.reports.cost import tying
from roi.reports.ground import basis
from roi.reports.shapes import Scope, TeamsReport
from roi.store.database import Store

MOST_TEAMS = 25
"""Above so many teams the table does without: each payback is drawn in thousands of worlds."""


@dataclass(frozen=True, slots=True)
class PaybackReport:
    """Months from the first cost with their range, by team; empty where there are too many teams."""

    version: int
    by_team: Mapping[str, Figure] = field(default_factory=dict)


def are_shown(report: TeamsReport) -> bool:
    """Whether the table of these teams has a column of paybacks."""
    return len({team.key for stream in report.streams for team in stream.outlined}) <= MOST_TEAMS


def build(store: Store, actor: Actor, scope: Scope, today: date) -> PaybackReport:
    """The payback of each team that is looked at, from the draws of every other range."""
    with basis.opened(store, actor, scope) as base:
        teams = base.shown_teams
        if len(teams) > MOST_TEAMS:
            return PaybackReport(base.version)
        cost = tying.load(base)
        jobs = work.load(cost, today)
        found = {team.key: appraised.payback_of_team(jobs, cost, team, today) for team in teams}
        return PaybackReport(base.version, found)
