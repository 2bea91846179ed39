"""Which year's work does the period pay for and harvest: epics by the quarter of their start (rule V22)."""

from collections.abc import Sequence

from roi.domain.figures import Figure, unknown
from roi.domain.periods import month_of
from roi.domain.structure import Epic
from roi.reports import booking, building
from roi.reports.booking import CASH
from roi.reports.costs import Teams
from roi.reports.shapes_value import CohortRow
from roi.reports.sums import Sums, total
from roi.reports.work import CONFIRMED, Work

REST = "Run, unplanned, unassigned"
NOTHING = "no confirmed cash in the period"


def rows(work: Work, teams: Teams, its_cost: Figure) -> tuple[CohortRow, ...]:
    """Cohorts with cost or value in the period, oldest first, then the rest; costs sum to the teams' cost.

    Args:
        work: all epics and outcomes.
        teams: whose cost and value it is, after value followed cost.
        its_cost: what those teams cost.
    """
    costs: dict[int, list[tuple[Epic, Sums]]] = {}
    for epic, part in work.parts_of(teams):
        if part.months_in_period:
            costs.setdefault(_quarter(epic), []).append((epic, part.net_in_period))
    values = _by_quarter(work, teams)
    epics: dict[int, list[Epic]] = {}
    for epic in work.epics_of(teams):
        epics.setdefault(_quarter(epic), []).append(epic)
    found = [
        _row(work, epics.get(first, ()), first, (costs.get(first, []), values.get(first, {})))
        for first in sorted({*costs, *values})
    ]
    return (*found, _rest(work, its_cost, [row.cost for row in found])) if found else ()


def _by_quarter(work: Work, teams: Teams) -> dict[int, booking.Sums]:
    """Confirmed cash by outcome and level, of the epics of each quarter."""
    found: dict[int, booking.Sums] = {}
    for key, amount in work.summed(teams, (CONFIRMED,), CASH).items():
        found.setdefault(_quarter(work.item_of[key[0]].epic), {})[key] = amount
    return found


def is_in(epic: Epic, row: CohortRow) -> bool:
    """Whether the epic started in the cohort's quarter."""
    return _quarter(epic) == row.first_month


def _quarter(epic: Epic) -> int:
    """The first month of the quarter in which it started."""
    month = month_of(epic.started)
    return month - (month % 100 - 1) % 3


def _row(
    work: Work, epics: Sequence[Epic], first: int, its: tuple[Sequence[tuple[Epic, Sums]], booking.Sums]
) -> CohortRow:
    building.give_way()
    costs, values = its
    keys = work.basis.keys(part=str(first))
    items = [item for epic in epics for item in work.of_epic.get(epic.key, ())]
    return CohortRow(
        f"Started in Q{(first % 100 + 2) // 3} {first // 100}",
        first,
        cost(work, total(sums for _, sums in costs), len({epic.key for epic, _ in costs}), keys),
        _value(work, values, keys),
        sum(item.is_read for item in items),
        len(items),
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
    found = work.range_in(values)
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
