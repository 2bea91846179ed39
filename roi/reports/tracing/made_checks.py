"""The parts that make what a careful reader checks: harvest, results, plan, true-ups, cohorts (law T8).

What the teams book is added by the same function as in the figure, of the outcomes that the figure is about.
"""

from collections.abc import Callable, Iterable, Sequence

from roi.domain.periods import month_of
from roi.domain.structure import Epic
from roi.domain.value import LineKind
from roi.reports import checks
from roi.reports.booked.booking import CASH, ORIGIN, TRUE_UP, Sums, Which
from roi.reports.booked.work import CONFIRMED
from roi.reports.checks import Looked
from roi.reports.shapes import PartRow
from roi.reports.tracing import made
from roi.reports.tracing.asked import Asked
from roi.reports.value.valued import Amount, Valued, converted


def _every(_item: Valued) -> bool:
    return True


def summed(
    asked: Asked, kinds: Sequence[str], which: Which, holds: Callable[[Valued], bool] = _every
) -> Sums:
    """What the teams book, of the outcomes for which it holds."""
    sums, item_of = asked.jobs.summed(asked.teams, kinds, which), asked.jobs.item_of
    return {key: amount for key, amount in sums.items() if holds(item_of[key[0]])}


def by_item(term: str, amount: Callable[[Valued], int]) -> Callable[[Asked], Iterable[PartRow]]:
    """An amount that each outcome says of itself."""

    def parts(asked: Asked) -> Iterable[PartRow]:
        amounts = {item.outcome.key: amount(item) for item in asked.jobs.of_teams(asked.teams)}
        return made.of_outcomes(
            asked.jobs, amounts, term, "pool_overlap" if term == "removed" else "outcome_value"
        )

    return parts


def old(asked: Asked) -> Iterable[PartRow]:
    """Confirmed cash of work that was delivered before the period (rule V22)."""
    span = asked.base.span

    def is_old(item: Valued) -> bool:
        its = item.epic.delivered
        return span is not None and its is not None and month_of(its) < span.first

    return made.of_sums(asked.jobs, summed(asked, (CONFIRMED,), CASH, is_old), "confirmed")


def started(asked: Asked) -> Iterable[PartRow]:
    """Confirmed cash and cost of the work that started in the period: both numbers of the ratio."""
    span = asked.base.span

    def is_started(its: Epic) -> bool:
        return span is not None and span.holds(month_of(its.started))

    sums = summed(asked, (CONFIRMED,), CASH, lambda item: is_started(item.epic))
    return (*made.of_sums(asked.jobs, sums, "confirmed"), *net_costs(asked, is_started))


def net_costs(asked: Asked, holds: Callable[[Epic], bool]) -> tuple[PartRow, ...]:
    """What epics cost the teams in the period, after cost passed on."""
    sums: dict[str, int] = {}
    for its, part in asked.jobs.parts_of(asked.teams):
        if holds(its):
            sums[its.key] = sums.get(its.key, 0) + part.net_in_period.amount
    by_key = asked.jobs.epic_by_key
    return tuple(made.of_epic(by_key[key], amount, "cost") for key, amount in sums.items() if amount)


def trued_up(asked: Asked) -> Iterable[PartRow]:
    """What each outcome counts of months that had closed before it was known (rule V16)."""
    return made.of_sums(asked.jobs, summed(asked, (CONFIRMED,), TRUE_UP), "confirmed")


def planned(asked: Asked, looked: Looked) -> Iterable[PartRow]:
    """What each frozen promise brings in the period, of outcomes whose reading fell due (rule V17)."""
    return made.of_outcomes(asked.jobs, checks.planned(looked)[0], "planned", "promised_month")


def planned_late(asked: Asked, looked: Looked) -> Iterable[PartRow]:
    """What each frozen promise brings in the period, of work that is late (rule V17)."""
    return made.of_outcomes(asked.jobs, checks.late(looked), "planned", "promised_month")


def planned_actual(asked: Asked, looked: Looked) -> Iterable[PartRow]:
    """What is confirmed of the same outcomes and months."""
    return made.of_outcomes(asked.jobs, checks.planned(looked)[1], "confirmed")


def true_up_ahead(asked: Asked, looked: Looked) -> Iterable[PartRow]:
    """What is known of closed months and counts after the period (rule V16)."""
    return made.of_outcomes(asked.jobs, checks.ahead(looked), "confirmed")


def results(asked: Asked) -> Iterable[PartRow]:
    """Claims of the months that the company's own result lines cover, and how far each line moved."""
    jobs, moved = asked.jobs, list[tuple[str, Amount]]()
    for row in jobs.values.line_months:
        line = jobs.values.lines.get(row.line)
        is_looked_at = asked.base.span is not None and asked.base.span.holds(row.month)
        if line is not None and line.kind is not LineKind.ENGINEERING_COST and is_looked_at:
            its = converted(asked.base, line.currency, [Amount(row.month, row.movement(line.kind), 0)]) or ()
            moved += [(line.name, one) for one in its]
    months = {one.month for _, one in moved}
    counted = [one for one in jobs.booked_by(asked.teams) if one.item.origin is None]
    claims = [one for one in (*counted, *jobs.booked_by(asked.teams, ORIGIN)) if one.is_cash]
    sums: Sums = {}
    for one in claims:
        sums[one.key] = sums.get(one.key, 0) + sum(amount for month, amount in one.months if month in months)
    lines = dict.fromkeys(name for name, _ in moved)
    results = [
        PartRow(made.RECORDED, name, sum(one.amount for its, one in moved if its == name), term="results")
        for name in lines
    ]
    return (*made.of_sums(jobs, sums, "confirmed"), *results)
