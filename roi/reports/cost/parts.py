"""What a team's full cost is made of besides its own lines: serving teams, overhead, people at rates."""

from collections.abc import Collection, Sequence
from functools import partial

from roi.domain.structure import Team
from roi.domain.variance import average_heads, cost_per_head
from roi.reports.cost.costs import OVERHEAD, PASSED_ON, RECEIVED, Costs
from roi.reports.ground import kept
from roi.reports.ground.basis import Basis
from roi.reports.ground.structure import Group
from roi.reports.ground.sums import NOTHING, Sums
from roi.reports.shapes import PartRow
from roi.store import read

PEOPLE = "people"
NO_RATE = "no standard rate for this role"


def _basis_name(base: Basis) -> str:
    return "standard" if base.at_standard_rates else "actual"


def team_names(base: Basis) -> dict[str, str]:
    """Team names by key."""
    return {team.key: team.name for team in base.teams}


def month_sets(looked: Collection[int], teams: Group) -> list[tuple[list[str], list[int]]]:
    """The teams that belong in all months, and those that do in each other set of months."""
    found: dict[frozenset[int] | None, list[str]] = {}
    for team, its in teams.months.items():
        found.setdefault(its, []).append(team)
    return [
        (sorted(keys), [one for one in looked if its is None or one in its]) for its, keys in found.items()
    ]


def givers(costs: Costs, teams: Group, months: Sequence[int] | None = None) -> tuple[PartRow, ...]:
    """What the teams received from each serving team, then their part of each overhead pool.

    `months`: other months than those looked at.
    """
    base, names = costs.basis, team_names(costs.basis)
    pools = {read.text(row["pool"]): read.text(row["name"]) for row in kept.table(base, "cost_pool")}
    sums: dict[tuple[str, str], Sums] = {}
    for keys, its in month_sets(costs.months if months is None else months, teams):
        for row in _received(base, keys):
            if row["month"] not in its:
                continue
            kind, giver = read.text(row["hop"]), read.text(row["giver"])
            why = _why_unknown(costs, giver if kind == RECEIVED else "", row["amount"])
            part = Sums(read.whole(row["amount"] or 0), 0, (why,) if why else ())
            sums[kind, giver] = sums.get((kind, giver), NOTHING).plus(part)
    found = [
        PartRow(kind, (names if kind == RECEIVED else pools).get(giver, giver), part.value, part.reason)
        for (kind, giver), part in sums.items()
    ]
    return tuple(sorted(found, key=lambda row: (row.kind == OVERHEAD, -abs(row.amount or 0), row.name)))


def _received(base: Basis, teams: list[str]) -> list[read.Row]:
    """What teams received in every month there is: whoever looks at a team looks at it in several periods."""
    params = {"teams": teams, "basis": _basis_name(base)}
    key = (tuple(teams), base.currency, base.is_converted, base.at_standard_rates)
    made = partial(read.rows, base.cursor, "received_by_giver", params)
    return kept.once(base, "received by giver", key, made, (kept.COST,))


def takers(costs: Costs, team: Team) -> tuple[PartRow, ...]:
    """What a serving team passed on to each team it serves, largest first."""
    base, names = costs.basis, team_names(costs.basis)
    if base.span is None or not any(map(base.span.holds, costs.hop_by_month(PASSED_ON, (team.key,)))):
        return ()
    params = {"basis": _basis_name(base), "giver": team.key, "first": base.span.first, "last": base.span.last}
    found = []
    for row in read.rows(base.cursor, "given_by_taker", params):
        why = _why_unknown(costs, team.key, row["amount"])
        name = names.get(read.text(row["team"]), read.text(row["team"]))
        found.append(PartRow(PASSED_ON, name, None if why else read.whole(row["amount"]), why))
    return tuple(found)


def _why_unknown(costs: Costs, giver: str, amount: object) -> str:
    for month in costs.months:
        if (month, giver) in costs.unpriced:
            return costs.unpriced[month, giver]
    return "" if amount is not None else next(iter(costs.basis.missing_rates), "an exchange rate is missing")


def people(costs: Costs, teams: Group, months: Sequence[int] | None = None) -> tuple[PartRow, ...]:
    """Outside finance: the teams' people as average heads by role × published rate; else nothing."""
    base = costs.basis
    if not base.at_standard_rates:
        return ()
    names = {read.text(row["role"]): read.text(row["name"]) for row in kept.table(base, "role")}
    sums: dict[tuple[str, str], tuple[int, int | None]] = {}
    for keys, its in month_sets(costs.months if months is None else months, teams):
        for row in read.rows(base.cursor, "people_at_standard", {"teams": keys, "months": its}):
            key = read.text(row["role"]), read.text(row["band"])
            share, amount = sums.get(key, (0, 0))
            more = None if row["amount"] is None or amount is None else amount + read.whole(row["amount"])
            sums[key] = share + read.whole(row["share"]), more
    count = len(costs.months if months is None else months)
    return tuple(_people(key, found, names, count) for key, found in sums.items())


def _people(
    key: tuple[str, str], found: tuple[int, int | None], names: dict[str, str], months: int
) -> PartRow:
    (role, band), (share, amount) = key, found
    heads = average_heads([share, *[0] * (months - 1)])
    name = ", ".join(part for part in (names.get(role, role), band) if part)
    if amount is None:
        return PartRow(PEOPLE, name, None, NO_RATE, heads)
    return PartRow(PEOPLE, name, amount, "", heads, cost_per_head(amount, share))
