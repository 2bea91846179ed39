"""What stands behind a part of a cost: one name in suspense, one intent, treatment, category or cost area.

The rows are found as the pages find them, so a trace says the same number; the lines are those that the same
words name.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from roi.domain.figures import Figure, unknown
from roi.reports.cost import costs, mixes, parts
from roi.reports.cost.lines import Wanted
from roi.reports.ground import hidden, kept
from roi.reports.ground.sums import Sums
from roi.reports.shapes import NamedAmount, SuspenseRow
from roi.reports.tracing.asked import Asked, Found, needed
from roi.reports.tracing.wanting import wants
from roi.store import read

PAY = "pay of it, as one sum"
_UNSAID = (hidden.PEOPLE_AT_STANDARD, hidden.PEOPLE_TOGETHER, hidden.PAY_OFF_TEAMS)
"""Rows that stand for people outside finance: no line of a file is told behind them."""


def suspense(asked: Asked) -> Found:
    """Lines that no team carries yet, of one name and reason."""
    part = needed(asked.part, "name in suspense")
    row = next((one for one in mixes.suspense_rows(asked.cost) if one.part == part), None)
    if row is None:
        return Found(unknown("suspense_part", "nothing of that name waits", currency=asked.base.currency))
    figure = _figure(asked, "suspense_part", asked.cost.in_period(costs.SUSPENSE), row.amount)
    return Found(figure, _in_suspense(asked, row), row.amount, rest=PAY)


def _in_suspense(asked: Asked, row: SuspenseRow) -> tuple[Wanted, ...]:
    if row.label in _UNSAID and not row.source:
        return ()
    places = wants(asked, (costs.SUSPENSE,))
    named = [f"{kind} {row.label}" for kind in ("team", "cost_centre", "pool")]
    booked_on = named if row.label else ["person", "nothing"]
    return tuple(replace(one, source=row.source, reason=row.reason, booked_on=booked_on) for one in places)


def of_cost(asked: Asked) -> Found:
    """Cost of teams of one kind: of the company, of a value stream's teams, or of one team its own."""
    attribute, _, name = needed(asked.part, "part of a cost").partition(":")
    row = next((one for one in _rows(asked).get(attribute, ()) if one.name == name), None)
    if row is None:
        return Found(unknown("cost_part", "no cost is of this kind", currency=asked.base.currency))
    figure = _figure(asked, "cost_part", _whole(asked), row.amount)
    if name == hidden.PEOPLE_AT_STANDARD:
        return Found(figure, (), row.amount, parts.people(asked.cost, asked.teams))
    lines = () if name in _UNSAID else _of_kind(asked, attribute, name)
    return Found(figure, lines, row.amount, rest=PAY)


def _rows(asked: Asked) -> Mapping[str, Sequence[NamedAmount]]:
    if not asked.is_company:
        return mixes.of_teams(asked.cost, asked.teams)
    mix = mixes.load(asked.cost)
    return {"intent": mix.intents, "treatment": mix.treatments}


def _whole(asked: Asked) -> Sums:
    if asked.is_company:
        return asked.cost.of_period(asked.cost.whole)
    return asked.cost.in_period(costs.TEAM, asked.teams)


def _of_kind(asked: Asked, attribute: str, name: str) -> tuple[Wanted, ...]:
    places = (costs.TEAM, costs.OVERHEAD) if asked.is_company else (costs.TEAM,)
    some = wants(asked, places, None if asked.is_company else asked.teams)
    if attribute == "area":
        booked_on = _booked_on(asked, name)
        return tuple(replace(one, booked_on=booked_on) for one in some)
    if attribute == "category":
        return tuple(replace(one, category=name) for one in some)
    if attribute == "treatment":
        return tuple(replace(one, treatment=name) for one in some)
    return tuple(replace(one, intent=name) for one in some)


def _booked_on(asked: Asked, area: str) -> list[str]:
    """What lines of a cost area name: itself, or a pool that is called so; without one a team or nobody."""
    if not area:
        return ["person", "nothing", *(f"team {team}" for team in asked.teams)]
    pools = {read.text(row["pool"]): row["name"] for row in kept.table(asked.base, "cost_pool")}
    named = [key for key, called in pools.items() if called == area] + [area] * (area not in pools)
    return [f"cost_centre {area}", *(f"pool {key}" for key in named)]


def _figure(asked: Asked, figure_id: str, whole: Sums, amount: int) -> Figure:
    """The part, and what is left of the whole without it; of a whole that is not known the part alone."""
    rest = () if whole.unknown else (("whole", whole.amount), ("others", whole.amount - amount))
    team = asked.team.key if asked.team is not None else ""
    scope = asked.base.keys(team=team, part=asked.part or "")
    return Figure(
        figure_id, amount, currency=asked.base.currency, inputs=(*rest, ("part", amount)), scope=scope
    )


FINDERS = {"suspense_part": suspense, "cost_part": of_cost}
