"""Which cash no line of the company's own results caps, and what has to be done about it (rule V8)."""

from collections.abc import Iterable, Sequence

from roi.domain.periods import Span, month_name, month_of
from roi.reports.booked.work import Work
from roi.reports.ground import kept
from roi.reports.value.claims import Claimed

_SAYS = "nothing caps what it counts (V8)"


def why_not(work: Work, claim: Claimed, span: Span | None = None) -> str:
    """Why nothing caps an outcome's cash, and the next step; empty where its line does, or it is no cash.

    With a `span` that is asked of the months that it counts within it; of what counts late, of all.
    """
    plan = claim.plan
    if not claim.is_cash or claim.is_capacity or plan is None or not plan.line:
        return ""  # without a line nothing is confirmed, so nothing counts
    capped, months = _capped(work), _months(claim, span)
    free = [month for month in months if (plan.line, plan.cell, month) not in capped]
    if not free:
        return ""
    named = work.values.lines.get(plan.line)
    line, month = named.name if named is not None else plan.line, month_name(free[-1])
    return f"Finance has not set what {line} moved to {month}, so {_SAYS}: bring in its months."


def uncapped(work: Work, outcomes: Iterable[str]) -> int:
    """How many of these, all of which count cash, count months of the period that no line caps."""
    span = work.basis.span
    return sum(bool(why_not(work, work.agreed.claim_of(key), span)) for key in outcomes)


def _months(claim: Claimed, span: Span | None) -> Sequence[int]:
    """The months that it counts, or that of its reading while nothing counts."""
    every = [month for month, _, _ in claim.counted.months]
    if not every:
        return [month_of(claim.outcome.read_on)] if claim.outcome.read_on is not None else []
    return [month for month in every if span is not None and span.holds(month)] or every


def _capped(work: Work) -> frozenset[tuple[str, str, int]]:
    """Line, cell and month of every cap."""
    return kept.once(
        work.basis,
        "capped months",
        (),
        lambda: frozenset((one.line, one.cell, one.month) for one in work.values.line_months),
        (kept.VALUE,),
    )
