"""Which cash no line of the company's own results caps, and what has to be done about it (rule V8)."""

from collections.abc import Iterable

from roi.domain.periods import month_name, month_of
from roi.reports import kept
from roi.reports.claims import Claimed
from roi.reports.work import Work

_SAYS = "nothing caps what it counts (V8)"


def why_not(work: Work, claim: Claimed) -> str:
    """Why nothing caps an outcome's cash, and the next step; empty where its line does, or it is no cash."""
    plan, last = claim.plan, _last_month(claim)
    if not claim.is_cash or claim.is_capacity:
        return ""
    if plan is None or not plan.line:
        return f"It names no finance line, so {_SAYS}: name the line and the segment on which it shows."
    if last is None or (plan.line, plan.cell, last) in _capped(work):
        return ""
    named = work.values.lines.get(plan.line)
    line, month = named.name if named is not None else plan.line, month_name(last)
    return f"Finance has not set what {line} moved to {month}, so {_SAYS}: bring in its months."


def uncapped(work: Work, outcomes: Iterable[str]) -> int:
    """How many of these, all of which count cash, no line caps."""
    return sum(bool(why_not(work, work.agreed.claim_of(key))) for key in outcomes)


def _last_month(claim: Claimed) -> int | None:
    """The last month that it counts, or that of its reading while nothing counts."""
    if claim.counted.months:
        return claim.counted.months[-1][0]
    return month_of(claim.outcome.read_on) if claim.outcome.read_on is not None else None


def _capped(work: Work) -> frozenset[tuple[str, str, int]]:
    """Line, cell and month of every cap."""
    return kept.once(
        work.basis,
        "capped months",
        (),
        lambda: frozenset((one.line, one.cell, one.month) for one in work.values.line_months),
        (kept.VALUE,),
    )
