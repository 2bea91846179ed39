"""Which cash no line of the company's own results caps, and what has to be done about it (rule V8)."""

from collections.abc import Iterable

from roi.domain.periods import month_of
from roi.reports import kept
from roi.reports.valued import Valued
from roi.reports.work import Work

_SAYS = "nothing caps what it counts (V8)"


def why_not(work: Work, item: Valued) -> str:
    """Why nothing caps an outcome's cash, and the next step; empty where its line does, or it is no cash."""
    plan = item.plan
    if not item.is_cash or item.claim.is_capacity:
        return ""
    if plan is None or not plan.line:
        return f"It names no finance line, so {_SAYS}: name the line and the segment on which it shows."
    months = [one.month for one in item.by_month]
    if not months and item.outcome.read_on is not None:
        months = [month_of(item.outcome.read_on)]
    capped = _capped(work)
    if all((plan.line, plan.cell, month) in capped for month in months):
        return ""
    named = work.values.lines.get(plan.line)
    line = named.name if named is not None else plan.line
    which = "these months" if len(months) > 1 else "this month"
    return f"Finance has not set what {line} moved in {which}, so {_SAYS}: bring in its months."


def uncapped(work: Work, items: Iterable[Valued]) -> int:
    """How many of these count cash that nothing caps."""
    return sum(bool(item.value) and bool(why_not(work, item)) for item in items)


def _capped(work: Work) -> frozenset[tuple[str, str, int]]:
    """Line, cell and month of every cap."""
    return kept.once(
        work.basis,
        "capped months",
        (),
        lambda: frozenset((one.line, one.cell, one.month) for one in work.values.line_months),
        (kept.VALUE,),
    )
