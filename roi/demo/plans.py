"""The demo company's plans, its outlook and its exchange rates, by month."""

from collections.abc import Iterator
from dataclasses import dataclass
from random import Random

from roi.demo import company
from roi.demo.people import everybody

_SEED = 81
PLAN_RATE = 1_085_000_000
"""Dollars per euro in both plans, in billionths."""


@dataclass(frozen=True, slots=True)
class PlanLine:
    """A planned or expected amount of a team in a month, minor units of the team's currency."""

    month: int
    team: str
    category: str
    amount: int
    scenario: str
    plan_version: str


@dataclass(frozen=True, slots=True)
class PlannedHeads:
    """Heads that a plan gives a team in a role, from a month on."""

    plan_version: str
    team: str
    role: str
    share: int


def currency_of(team: str) -> str:
    """The currency in which a team is planned."""
    division = next(found.division for found in company.TEAMS if found.key == team)
    return company.CURRENCY[division]


def plan_lines() -> list[PlanLine]:
    """Both plans for 2026, and the outlook for the two months that have not come."""
    lines = [
        line
        for name, _, is_current in company.PLANS
        for line in _lines("plan", name, company.PLAN_MONTHS, 100 if is_current else 97)
    ]
    return [*lines, *_lines("outlook", "", (202611, 202612), 101)]


def _lines(
    scenario: str, version: str, months: list[int] | tuple[int, ...], percent: int
) -> Iterator[PlanLine]:
    for month in months:
        for team, people in sorted(_people_cost(month).items()):
            yield PlanLine(month, team, "Salaries", people * percent // 100, scenario, version)
            other = company.CONTRACTORS.get(team, (0, ""))[0] * 102 + _pool_part(team)
            yield PlanLine(month, team, "Other", other * percent // 100, scenario, version)


def _people_cost(month: int) -> dict[str, int]:
    """What the people of each team cost at role rates: the plan knows roles, not persons."""
    cost: dict[str, int] = dict.fromkeys(company.TEAM_KEYS, 0)
    for person in everybody():
        if person.last is not None:
            continue
        full = person.base * company.RAISE_PERCENT[2026] // 100
        loaded = full * (100 + company.ON_COST_PERCENT[person.division]) // 100
        for team, share in person.shares:
            cost[team] += loaded * share // 1_000_000 if month else 0
    return cost


def _pool_part(team: str) -> int:
    """The planned part of cloud, by usage, in the team's own currency."""
    monthly = company.POOL_MONTHLY["cloud"][0] * 114
    part = monthly * company.CLOUD_USAGE[team] // sum(company.CLOUD_USAGE.values())
    return part * 1_000_000_000 // PLAN_RATE if currency_of(team) == "EUR" else part


def planned_heads() -> list[PlannedHeads]:
    """Heads of each plan by team and role."""
    heads: dict[tuple[str, str], int] = {}
    for person in everybody():
        if person.last is None:
            for team, share in person.shares:
                heads[team, person.role] = heads.get((team, person.role), 0) + share
    return [
        PlannedHeads(name, team, role, share)
        for name, _, _ in company.PLANS
        for (team, role), share in sorted(heads.items())
    ]


def exchange_rates() -> list[tuple[int, str, int]]:
    """Month, basis and dollars per euro in billionths: the average, the plans' frozen rate, the outlook."""
    dice, rate, rows = Random(_SEED), 1.081, []  # noqa: S311 - a demo, not a secret
    for month in company.MONTHS:
        rate += dice.uniform(-0.011, 0.012)
        rows.append((month, "average", round(rate * 10_000) * 100_000))
    for name, _, _ in company.PLANS:
        rows += [(month, f"plan: {name}", PLAN_RATE) for month in company.PLAN_MONTHS]
    return rows + [(month, "outlook", rows[len(company.MONTHS) - 1][2]) for month in (202611, 202612)]
