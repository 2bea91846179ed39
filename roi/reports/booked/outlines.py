"""Teams in outline: what each costs and what came back, added for all of them at once.

No range is drawn of which a folded table tells nothing. Rows of the same teams come from `returned`; a test
holds that both say the same.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from roi.domain.returns import Range, ratio
from roi.domain.structure import Team, TeamKind
from roi.reports.booked import returned, tallies
from roi.reports.booked.booking import CASH, CONFIRMED, PROTECTED
from roi.reports.booked.booking import Sums as Booked
from roi.reports.booked.returned import SERVING
from roi.reports.booked.work import Work
from roi.reports.cost.costs import HOPS, TEAM, Costs
from roi.reports.ground.structure import Group
from roi.reports.ground.sums import NOTHING, Sums
from roi.reports.shapes import TeamOutline


@dataclass(frozen=True, slots=True)
class Outlines:
    """What each team costs in the period: own, received, overhead, passed on; and the value beside it."""

    costs: Costs
    jobs: Work
    own: Mapping[str, Sums]
    hops: Sequence[Mapping[str, Sums]]
    is_shared: bool
    cash: Mapping[str, Booked]
    drawn: Mapping[str, Range]

    def of(self, team: Team, kind: TeamKind, months: frozenset[int] | None) -> TeamOutline:
        """The outline of a team in these months of the period or in all of it."""
        own, hops = self._sums(team.key, months)
        its_own = own.amount if (own.lines or own.amount) and not own.unknown else None
        full = _full(its_own, own, hops) if self.is_shared else its_own
        jobs, its = self.jobs, Group({team.key: months})
        cash = self.cash[team.key] if months is None else jobs.summed(its, (CONFIRMED,), CASH)
        beside = jobs.summed(its, (CONFIRMED,), PROTECTED)
        is_judged = kind not in SERVING and full is not None
        is_whole = is_judged and not returned.left_out(jobs, its, cash=True)
        drawn = self._range(team.key, months, cash) if cash and is_judged else None
        low, high = (drawn.low, drawn.high) if drawn is not None else (None, None)
        is_known = not returned.missing_rate(jobs, its, cash=True)
        likely = sum(cash.values()) if cash and is_known else None
        return TeamOutline(
            team.key,
            team.name,
            kind.value,
            returned.judge(jobs, its, full, kind.value, low),
            its_own,
            full,
            likely,
            sum(beside.values()) if beside and not returned.missing_rate(jobs, its, cash=False) else None,
            _per_unit(high, full) or _per_unit(likely, full) if is_whole else None,
            tallies.of(jobs, its).outcomes,
        )

    def _range(self, team: str, months: frozenset[int] | None, cash: Booked) -> Range:
        return self.drawn[team] if months is None else self.jobs.range_counted(cash)

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


def _per_unit(amount: int | None, cost: int | None) -> int | None:
    return None if amount is None or cost is None or cost <= 0 else ratio(amount, cost)


def of_all(costs: Costs, jobs: Work) -> Outlines:
    """What outlines of teams are made from."""
    hops = [costs.hop_of_each(hop) for hop in HOPS]
    cash = {team.key: jobs.summed(Group({team.key: None}), (CONFIRMED,), CASH) for team in jobs.basis.teams}
    return Outlines(costs, jobs, costs.of_each(TEAM), hops, costs.is_shared, cash, _drawn(jobs, cash))


def _drawn(jobs: Work, cash: Mapping[str, Booked]) -> Mapping[str, Range]:
    """The range of the confirmed cash of each team that has any, for the whole period."""
    some = {team: sums for team, sums in cash.items() if sums}
    return dict(zip(some, jobs.of_period.each([*some.values()]), strict=True))
