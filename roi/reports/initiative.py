"""One initiative: what was approved and promised, what it cost, what came, and is it worth going on?"""

from collections.abc import Sequence
from datetime import date

from roi.actors import Actor
from roi.domain.figures import Figure
from roi.domain.money import SHARE_WHOLE, largest_remainder
from roi.domain.structure import Epic
from roi.errors import UnknownKeyError
from roi.reports import epic as one_epic
from roi.reports import initiatives, moments
from roi.reports.appraisal import appraised
from roi.reports.booked import work
from roi.reports.booked.work import Work
from roi.reports.cost import tying
from roi.reports.cost.costs import Costs
from roi.reports.ground import basis
from roi.reports.loop import sofar, work_rows, written
from roi.reports.shapes import InitiativeReport, Scope
from roi.reports.shapes.value import TeamPart
from roi.reports.shapes.work import EpicValue
from roi.store.database import Store


def build(store: Store, actor: Actor, scope: Scope, initiative_key: str, today: date) -> InitiativeReport:
    """One initiative with its epics, measures, teams and appraisal.

    Raises:
        UnknownKeyError: there is no such initiative.
    """
    with basis.opened(store, actor, scope) as base:
        costs = tying.load(base)
        jobs = work.load(costs, today)
        if initiative_key not in jobs.values.initiatives:
            message = f"There is no initiative {initiative_key!r}."
            raise UnknownKeyError(message)
        return _report(jobs, costs, initiative_key, today)


def _report(jobs: Work, costs: Costs, key: str, today: date) -> InitiativeReport:
    initiative = jobs.values.initiatives[key]
    epics = initiatives.epics_by_initiative(jobs).get(key, ())
    items = [item for epic in epics for item in jobs.of_epic.get(epic.key, ())]
    keys = {"initiative": key}
    its = {epic.key for epic in epics}
    measures = tuple(written.rows_of(jobs, today, initiatives={key}, epics=its))
    return InitiativeReport(
        jobs.basis.version,
        jobs.basis.currency,
        jobs.basis.span,
        initiatives.row(jobs, initiative, epics),
        tuple(
            work_rows.epic_row(jobs, epic) for epic in sorted(epics, key=lambda one: (one.started, one.key))
        ),
        measures,
        sofar.promised(jobs, items, keys),
        sofar.expected(jobs, items, keys),
        team_parts(jobs, epics),
        appraised.of_initiative(jobs, costs, (key, [epic.key for epic in epics]), today),
        moments.of_initiative(initiative, epics, today),
        written.counts(measures),
        sofar.protected(jobs, items, keys),
        tuple(value_of(jobs, epic) for epic in epics),
    )


def value_of(jobs: Work, epic: Epic) -> EpicValue:
    """What came of an epic and is expected of it: confirmed cash of all is that of the initiative."""
    items, keys = jobs.of_epic.get(epic.key, ()), {"epic": epic.key}
    return EpicValue(
        epic.key,
        sofar.confirmed(jobs, items, keys),
        sofar.protected(jobs, items, keys),
        sofar.expected(jobs, items, keys),
    )


def team_parts(jobs: Work, epics: Sequence[Epic]) -> tuple[TeamPart, ...]:
    """The teams that work on it, the dearest first; their parts are its cost."""
    costs: dict[str, list[Figure]] = {}
    shares: dict[str, int] = {}
    names: dict[str, str] = {}
    by_days: dict[str, bool] = {}
    for epic in epics:
        for part in one_epic.team_parts(jobs, epic):
            costs.setdefault(part.team, []).append(part.cost)
            shares[part.team] = max(shares.get(part.team, 0), part.planned_share)
            names[part.team] = part.team_name
            by_days[part.team] = by_days.get(part.team, False) or part.basis == "item-days"
    sums = {team: sum(one.value or 0 for one in its) for team, its in costs.items()}
    efforts = _shares_of(sums)
    rows = [
        TeamPart(
            team,
            names[team],
            shares[team],
            efforts[team],
            _part_cost(jobs, team, its),
            "item-days" if by_days[team] else "planned share",
        )
        for team, its in costs.items()
    ]
    return tuple(sorted(rows, key=lambda row: (-(row.cost.value or 0), row.team)))


def _shares_of(sums: dict[str, int]) -> dict[str, int]:
    """Each team's part of the cost so far, parts per million; they sum to the whole."""
    weights = [max(amount, 0) for amount in sums.values()]
    if not sum(weights):
        return dict.fromkeys(sums, 0)
    return dict(zip(sums, largest_remainder(SHARE_WHOLE, weights), strict=True))


def _part_cost(jobs: Work, team: str, costs: Sequence[Figure]) -> Figure:
    known = [one.value for one in costs if one.value is not None]
    whole, missing = sum(known), len(costs) - len(known)
    return Figure(
        "team_part_cost",
        whole if known else None,
        (costs[0].reason if not known else f"{missing} of {len(costs)} epics have no cost yet")
        if missing
        else "",
        currency=jobs.basis.currency,
        inputs=(("cost", whole),) if known else (),
        scope=jobs.basis.keys(team=team),
    )
