"""Which year's work does the period pay for and harvest: epics by the quarter of their start (rule V22)."""

from collections.abc import Sequence

from roi.domain.figures import Figure, unknown
from roi.domain.periods import month_of
from roi.domain.structure import Epic
from roi.reports.booked import booking, epic_parts, tallies
from roi.reports.booked.booking import CASH
from roi.reports.booked.work import CONFIRMED, Work
from roi.reports.cost.costs import Teams
from roi.reports.ground import building
from roi.reports.ground.sums import NOTHING as NOTHING_SUMMED
from roi.reports.ground.sums import Sums, total
from roi.reports.shapes.value import CohortRow

REST = "Run, unplanned, unassigned"
NOTHING = "no confirmed cash in the period"


def rows(work: Work, teams: Teams, its_cost: Figure) -> tuple[CohortRow, ...]:
    """Cohorts with cost or value in the period, oldest first, then the rest; costs sum to the teams' cost.

    Args:
        work: all epics and outcomes.
        teams: whose cost and value it is, after value followed cost.
        its_cost: what those teams cost.
    """
    costs, values = _costs(work, teams), _by_quarter(work, teams)
    counts = tallies.of(work, teams).by_quarter
    found = [
        _row(
            work,
            counts.get(first, (0, 0)),
            first,
            (costs.get(first, (0, NOTHING_SUMMED)), values.get(first, {})),
        )
        for first in sorted({*costs, *values})
    ]
    return (*found, _rest(work, its_cost, [row.cost for row in found])) if found else ()


_Cost = tuple[int, Sums]
"""Of how many epics, and what they cost in the period."""


def _costs(work: Work, teams: Teams) -> dict[int, _Cost]:
    """What the epics of each quarter cost that have a month in the period."""
    parts, span = epic_parts.of(work), work.basis.span
    if not parts.is_known or span is None:
        return _costs_one_by_one(work, teams)
    chosen = parts.of_teams(work.standing(teams))
    months, net = (its[chosen] for its in parts.within(span))
    found: dict[int, _Cost] = {}
    epics: dict[int, set[str]] = {}
    for part, amount in zip(chosen[months > 0].tolist(), net[months > 0].tolist(), strict=True):
        epic = parts.epics[part]
        quarter = _quarter(epic)
        epics.setdefault(quarter, set()).add(epic.key)
        before = found.get(quarter, (0, NOTHING_SUMMED))[1].amount
        found[quarter] = len(epics[quarter]), Sums(before + amount)
    return found


def _costs_one_by_one(work: Work, teams: Teams) -> dict[int, _Cost]:
    """The same where a month is not known, with the reason."""
    sums: dict[int, list[tuple[Epic, Sums]]] = {}
    for epic, part in work.parts_of(teams):
        if part.months_in_period:
            sums.setdefault(_quarter(epic), []).append((epic, part.net_in_period))
    return {
        quarter: (len({epic.key for epic, _ in its}), total(one for _, one in its))
        for quarter, its in sums.items()
    }


def _by_quarter(work: Work, teams: Teams) -> dict[int, booking.Sums]:
    """Confirmed cash by outcome and level, of the epics of each quarter."""
    found: dict[int, booking.Sums] = {}
    for key, amount in work.summed(teams, (CONFIRMED,), CASH).items():
        found.setdefault(_quarter(work.agreed.claim_of(key[0]).epic), {})[key] = amount
    return found


def is_in(epic: Epic, row: CohortRow) -> bool:
    """Whether the epic started in the cohort's quarter."""
    return _quarter(epic) == row.first_month


def _quarter(epic: Epic) -> int:
    """The first month of the quarter in which it started."""
    return tallies.quarter_of(month_of(epic.started))


def _row(work: Work, counts: tuple[int, int], first: int, its: tuple[_Cost, booking.Sums]) -> CohortRow:
    building.give_way()
    (epics, sums), values = its
    keys = work.basis.keys(part=str(first))
    return CohortRow(
        f"Started in Q{(first % 100 + 2) // 3} {first // 100}",
        first,
        cost(work, sums, epics, keys),
        _value(work, values, keys),
        *counts,
    )


def cost(work: Work, sums: Sums, epics: int, keys: tuple[tuple[str, str], ...]) -> Figure:
    """What some epics cost in the period, or why it is not known."""
    currency = work.basis.currency
    if sums.unknown:
        return unknown("cohort_cost", sums.reason, currency=currency, scope=keys)
    inputs = (("epics", epics), ("cost", sums.amount))
    return Figure("cohort_cost", sums.amount, currency=currency, inputs=inputs, scope=keys)


def _value(work: Work, values: booking.Sums, keys: tuple[tuple[str, str], ...]) -> Figure:
    if not values:
        return unknown("cohort_value", NOTHING, currency=work.basis.currency, scope=keys)
    found = work.range_counted(values)
    return Figure(
        "cohort_value",
        found.likely,
        low=found.low,
        high=found.high,
        currency=work.basis.currency,
        inputs=(("outcomes", booking.outcomes_in(values)), ("confirmed", found.likely)),
        scope=keys,
    )


def _rest(work: Work, its_cost: Figure, cohorts: Sequence[Figure]) -> CohortRow:
    """What no epic takes; it claims no value, and makes the rows sum to the cost of teams."""
    keys, currency = its_cost.scope, work.basis.currency
    why = next((figure.reason for figure in (its_cost, *cohorts) if figure.value is None), "")
    if why or its_cost.value is None:
        rest = unknown("cohort_rest", why, currency=currency, scope=keys)
    else:
        parts = sum(figure.value or 0 for figure in cohorts)
        left = its_cost.value - parts
        inputs = (("team_cost", its_cost.value), ("cohorts", parts), ("cost", left))
        rest = Figure("cohort_rest", left, currency=currency, inputs=inputs, scope=keys)
    none = unknown("cohort_value", "no value is claimed for it", currency=currency, scope=its_cost.scope)
    return CohortRow(REST, None, rest, none, 0, 0)
