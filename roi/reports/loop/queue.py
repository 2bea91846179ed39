"""What waits for finance: measured outcomes with the ticks that are missing and what was asked (rule V10)."""

from collections.abc import Mapping

from roi.domain.identity import is_one
from roi.domain.structure import Confirmation, Tick, ValueClass
from roi.domain.value import Ending
from roi.reports.booked import capped
from roi.reports.booked.work import Work, team_name
from roi.reports.cost.costs import Teams
from roi.reports.ground import kept
from roi.reports.loop import inbox, ticks
from roi.reports.loop.work_rows import measured_month
from roi.reports.shapes.lazy import Rows
from roi.reports.shapes.value import QueueRow
from roi.reports.value import valued
from roi.reports.value.draws import LATEST
from roi.reports.value.valued import Valued


def rows(work: Work, who: str, teams: Teams | None = None) -> Rows[QueueRow]:
    """The queue, the dearest month first; what nobody can value stands last.

    Args:
        work: all outcomes at one version.
        who: the name of whoever looks, to say which outcomes are their own.
        teams: whose outcomes; None for all.
    """
    key = (None if teams is None else work.standing(teams),)
    order = kept.once(work.basis, "queue", key, lambda: _order(work, teams), (kept.VALUE,))
    its = work.aside
    return Rows(order, lambda outcome: _row(its, its.by_key[outcome], who))


def _order(work: Work, teams: Teams | None) -> tuple[str, ...]:
    """The outcomes that wait, in the order of what a month of them is worth as read."""
    found = []
    for item in inbox.of(work, teams):
        if waits(work, item):
            month = valued.month_at(work.agreed, item.claim, LATEST)
            found.append((month is None, -abs(month or 0), item.outcome.key))
    return tuple([key for *_, key in sorted(found)])


def waits(work: Work, item: Valued) -> bool:
    """Whether finance has something to do: money that was read and is not confirmed, or a question."""
    outcome = item.outcome
    closure = work.values.closures.get(outcome.key)
    is_over = item.claim.ended_on is not None or (closure is not None and closure.ended_by is Ending.CLOSED)
    if outcome.value_class is ValueClass.NOT_FINANCIAL or item.claim.is_capacity or is_over:
        return False
    return item.is_read and (bool(item.claim.why_not) or item.is_disputed)


def _row(work: Work, item: Valued, who: str) -> QueueRow:
    outcome, stopped, asked_for = item.outcome, ticks.stopped(item), missing(work, item)
    return QueueRow(
        outcome.key,
        outcome.metric,
        item.epic.name,
        team_name(work, item.epic.team),
        outcome.owner,
        item.plan.confirmer if item.plan is not None else "",
        outcome.read_on or work.today or item.epic.started,
        item.claim.grade.value,
        asked_for,
        work.values.questions.get(outcome.key, ()),
        item.claim.why_not or item.why_not,
        measured_month(work, item),
        is_one(outcome.owner, who),
        stopped,
        bool(asked_for) and not {tick for tick, _ in stopped} & set(asked_for),
        capped.why_not(work, item.claim),
    )


def missing(work: Work, item: Valued) -> tuple[str, ...]:
    """The ticks that finance has not given, or gave for other numbers, or that are the owner's own."""
    held: Mapping[Tick, Confirmation] = work.ticks.get(item.outcome.key, {})
    valid = held.keys() - item.standing.own_ticks
    if len(valid) == len(Tick) and "needs a new tick" in item.standing.why_not:
        return (Tick.MOVEMENT.value,)
    return tuple(tick.value for tick in Tick if tick not in valid)
