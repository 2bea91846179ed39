"""What finance has just confirmed: which months count, at which level; or what is still open, or stops it."""

from roi.commands.changing.requests import Receipt
from roi.domain.structure import Tick
from roi.reports import epic as epic_report
from roi.reports.shapes import OutcomeRow
from roi.reports.shapes.value import OutcomeDetail
from roi.story import words
from roi.ui import session
from roi.ui.outcomes import common, done, promise

_LONGEST = 60


def tell(receipt: Receipt | None, before: OutcomeRow, ticks: list[Tick]) -> None:
    """After these ticks of an outcome: say what they mean; None has been told already."""
    if receipt is not None:
        done.tell(receipt, _told(before, ticks))


def _told(before: OutcomeRow, ticks: list[Tick]) -> str:
    report = session.ask(epic_report.build, session.scope(), before.outcome.epic, session.today())
    return _said(*report.about(before.outcome.key), ticks)


def _said(row: OutcomeRow, detail: OutcomeDetail, ticks: list[Tick]) -> str:
    """`Confirmed January to March 2026 at 83%: visitors who sign up`, or which ticks are still open."""
    metric, given = row.outcome.metric[:_LONGEST], {name for name, _, _ in row.ticks}
    if detail.confirmed_months:
        level = _at(row, Tick.MOVEMENT)
        return f"Confirmed {words.months(detail.confirmed_months)}{level}: {metric}.{_counts(row)}"
    each = [f"{words.sentence(common.TICK_NAMES[tick])} is confirmed{_at(row, tick)}." for tick in ticks]
    open_ = [common.TICK_NAMES[tick] for tick in Tick if tick.value not in given]
    if open_:
        return f"{' '.join(each)} Still open: {words.listed(open_)}."
    why = f": {row.why_not}" if row.why_not else ""
    return f"{' '.join(each)} No month of “{metric}” counts by it yet{why}."


def _counts(row: OutcomeRow) -> str:
    """What Portfolio has of it in the period that is looked at; empty where that is nothing."""
    if not row.value.value:
        return ""
    return f" It counts {words.figure(row.value)} in this period."


def _at(row: OutcomeRow, tick: Tick) -> str:
    """At what a tick confirms: the level that was read, what a unit is worth, the share."""
    outcome = row.outcome
    if tick is Tick.MOVEMENT:
        read = promise.level(outcome.actual, outcome.unit) if outcome.actual is not None else ""
        return f" at {read}, as read on {words.day(outcome.read_on)}" if read and outcome.read_on else ""
    told = promise.worth(outcome) if tick is Tick.UNIT_VALUE else promise.due_share(outcome)
    return f" at {told}" if told else ""
