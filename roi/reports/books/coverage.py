"""How far each team's months are, what they wait for, and what was restated in closed ones."""

import json

from roi.domain.periods import in_years
from roi.domain.structure import Team
from roi.reports.books import control, history
from roi.reports.cost.parts import team_names
from roi.reports.ground.basis import Basis
from roi.reports.shapes import Certainty, ListCount, MissingRate, Moved, Restatement, TeamCoverage
from roi.reports.value import agreeing, draws
from roi.reports.value.draws import Drawn
from roi.reports.value.sureness import Sure
from roi.store import read

CLOSED, RECONCILED, DRAFT, MISSING = "closed", "reconciled", "draft", "missing"
STANDARD, OWN = "standard", "team"

_LISTS = {
    "teams": "team",
    "team_structure": "team_structure",
    "cost_areas": "value_mapping",
    "roles": "role",
    "standard_rates": "standard_rate",
    "pay_categories": "people_category",
    "assignments": "assignment",
    "planned_positions": "planned_position",
    "cost_pools": "cost_pool",
    "pool_drivers": "pool_driver",
    "platform_usage": "platform_usage",
    "exchange_rates": "exchange_rate",
    "plan_versions": "plan_version",
    "plan_headcount": "plan_headcount",
    "nature_policies": "nature_policy",
    "epics": "epic",
    "outcomes": "outcome",
}
"""List kind to its table, in the order of the Data page."""


def closed_months(base: Basis) -> tuple[int, ...]:
    """The months whose figures move only by a restatement."""
    return tuple(sorted(read.whole(row["month"]) for row in read.table(base.cursor, "closed_month")))


def months(base: Basis) -> tuple[int, ...]:
    """Every month of the years with actual cost, from its first month to its last.

    One stray line of years ago makes no column of each month between.
    """
    return in_years({month for month, _ in base.ledger})


def open_months(base: Basis) -> tuple[int, ...]:
    """The months with actual cost that are not closed: without a line there is nothing to close."""
    return tuple(sorted({month for month, _ in base.ledger}.difference(closed_months(base))))


def of_teams(base: Basis, held: control.Coverage) -> tuple[TeamCoverage, ...]:
    """The state of each team in each month of the ledger."""
    closed, every, agreed = set(closed_months(base)), months(base), _agreed(base, held)
    return tuple(
        TeamCoverage(
            team.key,
            team.name,
            tuple(
                _state(team, month, is_agreed=agreed.get((team.key, month)), is_closed=month in closed)
                for month in every
            ),
        )
        for team in base.teams
    )


def _agreed(base: Basis, held: control.Coverage) -> dict[tuple[str, int], bool]:
    """Team and month with actual cost: whether every source of it agrees with the books."""
    agreeing = sorted(held.agreeing(control.ACTUAL))
    params = {
        "sources": [source for (source, _, _), _ in agreeing],
        "currencies": [currency for (_, _, currency), _ in agreeing],
        "months": [month for _, month in agreeing],
    }
    rows = read.plain_rows(base.cursor, "team_months", params)
    return {(read.text(team), read.whole(month)): bool(is_agreed) for month, team, is_agreed in rows}


def _state(team: Team, month: int, *, is_agreed: bool | None, is_closed: bool) -> str:
    """Of one team in one month; `is_agreed` is None where it has no cost."""
    if is_agreed is None:
        is_alive = (team.starts or 0) <= month <= (team.ends or 299912)
        return MISSING if is_alive else ""
    if is_closed:
        return CLOSED
    return RECONCILED if is_agreed else DRAFT


def missing_rates(base: Basis) -> tuple[MissingRate, ...]:
    """The exchange rates that lines wait for; none while the company has no currency."""
    if base.company is None or not base.company.currency:
        return ()
    return tuple(
        MissingRate(
            read.text(row["currency"]),
            base.company.currency,
            read.whole(row["month"]),
            "average" if row["scenario"] == control.ACTUAL else read.text(row["scenario"]),
            read.whole(row["line_count"]),
        )
        for row in read.rows(base.cursor, "missing_rates")
    )


def lists(base: Basis) -> tuple[ListCount, ...]:
    """How many rows each list has, and the change that touched it last."""
    counted = read.counts(base.cursor)
    return tuple(ListCount(kind, *counted[table]) for kind, table in _LISTS.items())


def restatements(base: Basis) -> tuple[Restatement, ...]:
    """Named changes of closed months with both numbers, newest first; outside finance without pay.

    What teams carry themselves stands before what follows from it, as in the refusal.
    """
    names, value = team_names(base), dict[int, list[Moved]]()
    rows = [(row, json.loads(read.text(row["detail"]) or "{}")) for row in read.rows(base.cursor, "changes")]
    if any(detail.get("restatement") for _, detail in rows):
        value = _of_value(base, names)
    found = []
    for row, detail in rows:
        if detail.get("restatement"):
            listed = [_moved(one, names) for one in detail.get("moved", ())]
            every = [one for one in listed if one.before != one.after]
            every.sort(key=lambda one: one.place != OWN)
            shown = [one for one in every if base.may_see_pay or one.place == STANDARD]
            its = value.get(read.whole(row["change_id"]), [])
            found.append(
                Restatement(
                    read.whole(row["change_id"]),
                    history.at(row),
                    read.text(row["actor"]),
                    "; ".join((str(detail["restatement"]), *detail.get("notes", ()))),
                    (*shown, *its),
                    len(every) - len(shown),
                )
            )
    return tuple(found)


def _of_value(base: Basis, names: dict[str, str]) -> dict[int, list[Moved]]:
    """By change, what restatements moved of the value of closed months, by outcome and team (rule V16).

    A month that keeps its amount is told with both ranges and grades where one of these is another.
    """
    currency = base.company.currency if base.company is not None else ""
    agreed = agreeing.load(base, currency)
    found = dict[int, list[Moved]]()
    for one in agreed.true_ups.restated:
        kind = "" if one.terms.is_cash else f", {one.terms.treated}"
        teams = ", ".join(names.get(team, team) for team, _ in one.terms.effort)
        place = f"value of “{one.claim.outcome.metric}”{kind}, {teams}"
        ends = zip(one.outcomes, (one.before, one.after), one.sures, strict=True)
        sures = [_certainty(draws.of(agreed, then), amount, sure) for then, amount, sure in ends]
        if one.before != one.after or sures[0] != sures[1]:
            moved = Moved(one.month, place, "", "", one.terms.currency, one.before, one.after, *sures)
            found.setdefault(one.change, []).append(moved)
    return found


def _certainty(drawn: Drawn, amount: int, sure: Sure | None) -> Certainty | None:
    """How sure an amount of a closed month is."""
    if sure is None:
        return None
    its = drawn.range_of(sure, amount)
    return Certainty(its.low, its.high, sure.grade)


def _moved(one: dict[str, object], names: dict[str, str]) -> Moved:
    team = read.text(one["team"])
    before, after = one["before"], one["after"]
    return Moved(
        read.whole(one["month"]),
        read.text(one["place"]),
        team,
        names.get(team, team),
        read.text(one["currency"]),
        None if before is None else read.whole(before),
        None if after is None else read.whole(after),
    )
