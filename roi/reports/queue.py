"""What waits for finance: measured outcomes with the ticks that are missing and what was asked (rule V10)."""

from collections.abc import Mapping

from roi.domain import outcomes as told
from roi.domain.figures import Figure
from roi.domain.structure import Confirmation, Tick, ValueClass
from roi.domain.value import Ending
from roi.reports import loop, ticks
from roi.reports.costs import Teams
from roi.reports.shapes_value import QueueRow
from roi.reports.valued import Valued
from roi.reports.work import Work
from roi.reports.work_rows import measured_month


def rows(work: Work, who: str, teams: Teams | None = None) -> tuple[QueueRow, ...]:
    """The queue, the dearest month first; what nobody can value stands last.

    Args:
        work: all outcomes at one version.
        who: the name of whoever looks, to say which outcomes are their own.
        teams: whose outcomes; None for all.
    """
    names = {team.key: team.name for team in work.basis.teams}
    found = [_row(work, item, who, names) for item in loop.of(work, teams) if waits(work, item)]
    return tuple(
        sorted(found, key=lambda row: (row.measured.value is None, -_size(row.measured), row.outcome))
    )


def _size(figure: Figure) -> int:
    return abs(figure.value or 0)


def waits(work: Work, item: Valued) -> bool:
    """Whether finance has something to do: money that was read and is not confirmed, or a question."""
    outcome = item.outcome
    closure = work.values.closures.get(outcome.key)
    is_over = item.claim.ended_on is not None or (closure is not None and closure.ended_by is Ending.CLOSED)
    if outcome.value_class is ValueClass.NOT_FINANCIAL or item.claim.is_capacity or is_over:
        return False
    return item.is_read and (bool(item.claim.why_not) or item.is_disputed)


def _row(work: Work, item: Valued, who: str, names: Mapping[str, str]) -> QueueRow:
    outcome, stopped, asked_for = item.outcome, ticks.stopped(item), missing(work, item)
    return QueueRow(
        outcome.key,
        outcome.metric,
        item.epic.name,
        names.get(item.epic.team, item.epic.team),
        outcome.owner,
        item.plan.confirmer if item.plan is not None else "",
        outcome.read_on or work.today or item.epic.started,
        item.claim.grade.value,
        asked_for,
        work.values.questions.get(outcome.key, ()),
        item.claim.why_not or item.why_not,
        measured_month(work, item),
        told.person(outcome.owner) == told.person(who),
        stopped,
        bool(asked_for) and not {tick for tick, _ in stopped} & set(asked_for),
    )


def missing(work: Work, item: Valued) -> tuple[str, ...]:
    """The ticks that finance has not given, or gave for other numbers, or that are the owner's own."""
    held: Mapping[Tick, Confirmation] = work.ticks.get(item.outcome.key, {})
    owner = told.person(item.outcome.owner)
    valid = {tick for tick, given in held.items() if told.person(given.confirmed_by) != owner}
    if len(valid) == len(Tick) and "needs a new tick" in item.standing.why_not:
        return (Tick.MOVEMENT.value,)
    return tuple(tick.value for tick in Tick if tick not in valid)
