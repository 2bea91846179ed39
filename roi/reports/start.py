"""How far is this company in its first hour, and what does it consist of?"""

from roi.actors import Actor
from roi.reports.books import steps
from roi.reports.ground import basis
from roi.reports.shapes import Scope, StartReport
from roi.store.database import Store


def build(store: Store, actor: Actor) -> StartReport:
    """Company, teams, streams and divisions as they are now, and the steps."""
    with basis.opened(store, actor, Scope()) as base:
        return StartReport(
            base.version,
            base.company,
            base.teams,
            base.value_streams,
            tuple(sorted({team.division for team in base.teams if team.division})),
            steps.of(base),
        )
