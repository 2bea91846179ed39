"""Teams of which no value is told, in outline: what each costs, added for all of them at once."""

from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass

from roi.domain.structure import Team, TeamKind, Verdict
from roi.reports.costs import HOPS, TEAM, Costs
from roi.reports.returned import SERVING
from roi.reports.shapes import TeamOutline
from roi.reports.structure import Group
from roi.reports.sums import NOTHING, Sums
from roi.reports.work import Work


@dataclass(frozen=True, slots=True)
class OfCost:
    """What each team costs in the period: own, received, overhead, passed on; and the teams with value.

    Of teams with value (an outcome, or value that passes on to them) an outline is not of cost alone.
    """

    costs: Costs
    own: Mapping[str, Sums]
    hops: Sequence[Mapping[str, Sums]]
    is_shared: bool
    with_value: Set[str]

    def of(self, team: Team, kind: TeamKind, months: frozenset[int] | None) -> TeamOutline:
        """The outline of a team without value, in these months of the period or in all of it."""
        own, hops = self._sums(team.key, months)
        its_own = own.amount if (own.lines or own.amount) and not own.unknown else None
        full = _full(its_own, own, hops) if self.is_shared else its_own
        verdict = Verdict.NONE if kind in SERVING or full is None else Verdict.TOO_EARLY
        return TeamOutline(team.key, team.name, kind.value, verdict, its_own, full)

    def _sums(self, team: str, months: frozenset[int] | None) -> tuple[Sums, list[Sums]]:
        if months is None:
            return self.own.get(team, NOTHING), [hop.get(team, NOTHING) for hop in self.hops]
        its = Group({team: months})
        return self.costs.in_period(TEAM, its), [self.costs.hop_in_period(hop, its) for hop in HOPS]


def _full(its_own: int | None, own: Sums, hops: Sequence[Sums]) -> int | None:
    """Own + received + overhead − passed on; None where a part is not known, or where there is nothing."""
    if own.unknown or any(hop.unknown for hop in hops):
        return None
    received, overhead, passed_on = (hop.amount for hop in hops)
    if its_own is None and not (received or overhead or passed_on):
        return None
    return own.amount + received + overhead - passed_on


def of_cost(costs: Costs, jobs: Work) -> OfCost:
    """What of teams' outlines rests on cost, and the teams of which value is told."""
    with_value = {one.team for epic in jobs.epics if epic.key in jobs.of_epic for one in jobs.teams_of(epic)}
    with_value |= {team.key for team in costs.basis.teams if jobs.books_any(team.key)}
    hops = [costs.hop_of_each(hop) for hop in HOPS]
    return OfCost(costs, costs.of_each(TEAM), hops, costs.is_shared, with_value)
