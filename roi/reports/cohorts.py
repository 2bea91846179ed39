"""Which year's work does the period pay for and harvest: epics by the quarter of their start (rule V22)."""

from collections.abc import Iterable, Sequence

from roi.domain.figures import Figure, unknown
from roi.domain.periods import month_of
from roi.domain.structure import Epic
from roi.reports import building
from roi.reports.costs import Teams
from roi.reports.returned import of_kind
from roi.reports.shapes_value import CohortRow
from roi.reports.sums import Sums, total
from roi.reports.work import Booked, Work

REST_KEY = "rest"
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
    values: dict[int, list[Booked]] = {}
    for one in of_kind(work.booked_by(teams), cash=True):
        values.setdefault(_quarter(one.item.epic), []).append(one)
    found = [
        _row(work, teams, first, (costs.get(first, []), values.get(first, [])))
        for first in sorted({*costs, *values})
    ]
    return (*found, _rest(work, its_cost, [row.cost for row in found])) if found else ()


def is_in(epic: Epic, row: CohortRow) -> bool:
    """Whether the epic started in the cohort's quarter."""
    return _quarter(epic) == row.first_month


def _quarter(epic: Epic) -> int:
    """The first month of the quarter in which it started."""
    month = month_of(epic.started)
    return month - (month % 100 - 1) % 3


def _row(
    work: Work, teams: Teams, first: int, its: tuple[Sequence[tuple[Epic, Sums]], Sequence[Booked]]
) -> CohortRow:
    building.give_way()
    costs, values = its
    keys = work.basis.keys(part=str(first))
    epics = [epic for epic in work.epics_of(teams) if _quarter(epic) == first]
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


def _value(work: Work, values: Sequence[Booked], keys: tuple[tuple[str, str], ...]) -> Figure:
    if not values:
        return unknown("cohort_value", NOTHING, currency=work.basis.currency, scope=keys)
    found = work.range_of(values)
    return Figure(
        "cohort_value",
        found.likely,
        low=found.low,
        high=found.high,
        currency=work.basis.currency,
        inputs=(("outcomes", outcomes_in(values)), ("confirmed", found.likely)),
        scope=keys,
    )


def outcomes_in(booked: Iterable[Booked]) -> int:
    """How many outcomes the months belong to."""
    return len({one.key[0] for one in booked})


def _rest(work: Work, its_cost: Figure, cohorts: Sequence[Figure]) -> CohortRow:
    """What no epic takes; it claims no value, and makes the rows sum to the cost of teams."""
    keys, currency = work.basis.keys(part=REST_KEY), work.basis.currency
    known = [figure.value for figure in (its_cost, *cohorts) if figure.value is not None]
    if len(known) <= len(cohorts):
        why = its_cost.reason or next(figure.reason for figure in cohorts if figure.value is None)
        rest = unknown("cohort_cost", why, currency=currency, scope=keys)
    else:
        whole, *parts = known
        left = whole - sum(parts)
        rest = Figure(
            "cohort_cost", left, currency=currency, inputs=(("epics", 0), ("cost", left)), scope=keys
        )
    none = unknown("cohort_value", "no value is claimed for it", currency=currency, scope=keys)
    return CohortRow(REST, None, rest, none, 0, 0)
