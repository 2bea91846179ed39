"""What other ways to pass on serving teams' cost would say, where they differ by more than 2 %."""

from collections import Counter
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from roi.actors import Actor
from roi.domain import allocation
from roi.domain.allocation import PassedOn
from roi.reports.cost import tying
from roi.reports.cost.costs import TEAM, Costs, OfTeams
from roi.reports.cost.parts import team_names
from roi.reports.ground import basis, kept
from roi.reports.ground.basis import Basis
from roi.reports.shapes import MethodChecks, MethodRow, Scope
from roi.reports.shapes.lazy import Lazy
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
    base, known = costs.basis, _known(costs)
    months = [month for month in costs.months if month in known.usage]
    if not months:
        return MethodChecks((), (), (), 0, base.currency, "no team is said to serve another")
    sums: dict[str, Counter[str]] = {name: Counter() for name in NAMES}
    kept_back: dict[str, str] = {}
    for month in months:
        for name, amounts in known.passed[month].items():
            sums[name].update(amounts)
        kept_back |= _kept_back(known.usage[month])
    names = team_names(base)
    rows = [_row(team, names, sums) for team in sorted(sums["reciprocal"])]
    shown = sorted((row for row in rows if row.apart > WORTH_SAYING), key=lambda row: (-row.apart, row.name))
    return MethodChecks(
        tuple(names.get(team, team) for team in allocation.step_order(known.usage[months[-1]])),
        tuple(shown),
        tuple((names.get(team, team), why) for team, why in sorted(kept_back.items())),
        sum(row.reciprocal != 0 for row in rows),
        base.currency,
        costs.in_period(TEAM).reason,
    )


def of_team(costs: Costs, team: str) -> MethodRow | None:
    """The amounts of one team alone; None where they are about the same by each way."""
    known = _known(costs)
    sums: dict[str, Counter[str]] = {name: Counter() for name in NAMES}
    for month in costs.months:
        for name, amounts in known.passed.get(month, {}).items():
            sums[name].update({team: amounts[team]} if team in amounts else {})
    row = _row(team, team_names(costs.basis), sums)
    return row if team in sums["reciprocal"] and row.apart > WORTH_SAYING else None


class _Known(NamedTuple):
    """By month who took what from whom, and by way what each team then costs."""

    usage: Mapping[int, marts.Usage]
    passed: Mapping[int, Mapping[str, Mapping[str, int]]]


def _known(costs: Costs) -> _Known:
    """Of all months; a month is passed on when it is first asked for, whatever period it is asked for in."""
    base, source = costs.basis, costs.furthest or costs
    shown = base.currency, base.is_converted, base.at_standard_rates, base.shows_currencies
    months = source.basis.every_month
    key = *shown, *months[:1], *months[-1:]
    return kept.once(
        base,
        "passed on by month",
        key,
        lambda: _every_month(base, months, source.places.get(TEAM, {})),
        tying.ON,
    )


def _every_month(base: Basis, months: Sequence[int], every: OfTeams) -> _Known:
    marts.touch(base.cursor, months)
    usage = dict(marts.usage_by_month(base.cursor))

    def passed(month: int, used: marts.Usage) -> dict[str, dict[str, int]]:
        own = {team: by[month].amount for team, by in every.items() if month in by}
        return {name: allocation.pass_on(own, passed) for name, passed in _passed(_taken(used))}

    return _Known(usage, Lazy(usage, passed))


def _taken(used: marts.Usage) -> Taken:
    return tuple((giver, tuple(takers.items())) for giver, takers in used.items())


def _kept_back(used: marts.Usage) -> dict[str, str]:
    """Serving teams whose cost stays where it is in a month, and why."""
    return dict(dict(_passed(_taken(used)))["reciprocal"].kept)


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
