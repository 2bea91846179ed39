"""What other ways to pass on serving teams' cost would say, where they differ by more than 2 %."""

from collections import Counter
from functools import lru_cache

from roi.actors import Actor
from roi.domain import allocation
from roi.domain.allocation import PassedOn
from roi.reports import basis, tying
from roi.reports.costs import TEAM, Costs
from roi.reports.parts import team_names
from roi.reports.shapes import MethodChecks, MethodRow, Scope
from roi.store import marts
from roi.store.database import Store

WORTH_SAYING = 20_000
"""Parts per million: methods that differ by less agree for every purpose (methods note 2)."""

NAMES = ("direct", "step_down", "reciprocal")
Taken = tuple[tuple[str, tuple[tuple[str, int], ...]], ...]
"""Usage of a month: giver, and what each taker took."""


def build(store: Store, actor: Actor, scope: Scope) -> MethodChecks:
    """The comparison alone, for the page about methods."""
    with basis.opened(store, actor, scope) as base:
        return compared(tying.load(base))


def compared(costs: Costs) -> MethodChecks:
    """Direct, step-down and reciprocal amounts, month by month, overhead aside."""
    base = costs.basis
    marts.touch(base.cursor, costs.months)
    usage = list(marts.usage_by_month(base.cursor))
    if not usage:
        return MethodChecks((), (), (), 0, base.currency, "no team is said to serve another")
    sums: dict[str, Counter[str]] = {name: Counter() for name in NAMES}
    kept: dict[str, str] = {}
    every = (costs.furthest or costs).places.get(TEAM, {})
    for month, used in usage:
        own = {team: by[month].amount for team, by in every.items() if month in by}
        taken = tuple((giver, tuple(takers.items())) for giver, takers in used.items())
        for name, passed in _passed(taken):
            sums[name].update(allocation.pass_on(own, passed))
            kept |= dict(passed.kept) if name == "reciprocal" else {}
    names = team_names(base)
    rows = [_row(team, names, sums) for team in sorted(sums["reciprocal"])]
    shown = sorted((row for row in rows if row.apart > WORTH_SAYING), key=lambda row: (-row.apart, row.name))
    return MethodChecks(
        tuple(names.get(team, team) for team in allocation.step_order(usage[-1][1])),
        tuple(shown),
        tuple((names.get(team, team), why) for team, why in sorted(kept.items())),
        sum(row.reciprocal != 0 for row in rows),
        base.currency,
        costs.in_period(TEAM).reason,
    )


@lru_cache(maxsize=128)
def _passed(taken: Taken) -> tuple[tuple[str, PassedOn], ...]:
    """Each way with its weights; months in which everybody takes the same have the same."""
    used = {giver: dict(takers) for giver, takers in taken}
    ways = (allocation.direct(used), allocation.step_down(used), allocation.reciprocal(used))
    return tuple(zip(NAMES, ways, strict=True))


def _row(team: str, names: dict[str, str], sums: dict[str, Counter[str]]) -> MethodRow:
    direct, step_down, reciprocal = (sums[name][team] for name in NAMES)
    widest = max(abs(direct - reciprocal), abs(step_down - reciprocal))
    apart = widest * 1_000_000 // abs(reciprocal) if reciprocal else 0
    return MethodRow(team, names.get(team, team), direct, step_down, reciprocal, apart)
