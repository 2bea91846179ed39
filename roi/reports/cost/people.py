"""Heads of teams and what each costs in full: roles and averages, never people."""

from roi.domain.figures import Figure, unknown
from roi.domain.variance import average_heads
from roi.domain.variance import cost_per_head as per_head
from roi.reports.cost.costs import Costs
from roi.reports.ground.structure import Group

NO_HEADS = "no assignment says who works here"


def _average(costs: Costs, teams: Group) -> tuple[int, int, int]:
    """Heads of the months of the period added, how many months, and the mean; each row asks for it twice."""
    if id(teams) not in costs.average:
        by_month = _head_months(costs, teams)
        costs.average[id(teams)] = teams, sum(by_month), len(by_month), average_heads(by_month)
    return costs.average[id(teams)][1:]


def _head_months(costs: Costs, teams: Group) -> list[int]:
    """Heads in each month of the period that has cost; in the others nobody said who worked here."""
    every = (costs.furthest or costs).heads
    return [
        sum(every[team].get(month, 0) for team in teams if team in every and teams.holds(team, month))
        for month in costs.months
        if month in costs.whole
    ]


def heads(costs: Costs, teams: Group, keys: dict[str, str]) -> Figure:
    """Full-time equivalents of some teams, averaged over the months of the period that have cost."""
    head_months, months, found = _average(costs, teams)
    scope = costs.basis.keys(**keys)
    if not head_months:
        return unknown("heads", NO_HEADS, scope=scope)
    inputs = (("head_months", head_months), ("months", months), ("heads", found))
    return Figure("heads", found, inputs=inputs, scope=scope)


def cost_per_head(costs: Costs, teams: Group, its_cost: Figure, keys: dict[str, str]) -> Figure:
    """Full cost of the period for each full-time equivalent of some teams."""
    basis = costs.basis
    average = _average(costs, teams)[2]
    found = None if its_cost.value is None else per_head(its_cost.value, average)
    if its_cost.value is None or found is None:
        why = its_cost.reason or NO_HEADS
        return unknown("cost_per_head", why, currency=basis.currency, scope=basis.keys(**keys))
    inputs = (("full_cost", its_cost.value), ("heads", average), ("per_head", found))
    return Figure("cost_per_head", found, currency=basis.currency, inputs=inputs, scope=basis.keys(**keys))
