"""Which ticks finance can give now, and what has to happen first for the others (rules V7, V9, V10, V14)."""

from collections.abc import Iterator

from roi.domain import losses
from roi.domain import outcomes as told
from roi.domain.structure import Grade, Tick, ValueBasis, ValueClass
from roi.reports.value.valued import Valued

Stopped = tuple[tuple[str, str], ...]
"""A tick, and a sentence: why it cannot be given, and the next step where there is one."""

NOT_FINANCIAL = "It is not financial: it is measured, never counted as money."
CAPACITY = "It frees capacity, which is spent in priorities and is never money."
UNREAD = "It is not read yet: record the reading first."
ASKED = "Finance asked something that nobody has answered: the owner answers first."
NO_UNIT_VALUE = "Nobody has said what one unit is worth: say it, and on which basis."
ASSUMED = "The unit value is assumed: have it booked or agreed with finance first."
STATED = (
    "The effect is only stated (grade E): compare it with a period or group without it, then read it again."
)
NO_LOSSES = f"There is {losses.WHY}: bring in its losses by month and name them in its plan."
CHAIN = (
    "A link that leads to it is not read or only stated (grade E): read that with evidence first, and a loss "
    "that it avoids with a series of losses from before the work."
)
NO_LINE = f"{told.NO_LINE[0].upper()}{told.NO_LINE[1:]}."
NO_SHARE = "Nobody has said how much is due to this work: record it with the reading."


def stopped(item: Valued) -> Stopped:
    """The ticks that cannot be given now, each with its reason; the commands decide again."""
    every = _every(item)
    if every:
        return tuple((tick.value, every) for tick in Tick)
    return tuple(_some(item))


def _every(item: Valued) -> str:
    if item.outcome.value_class is ValueClass.NOT_FINANCIAL:
        return NOT_FINANCIAL
    if item.claim.is_capacity:
        return CAPACITY
    if not item.is_read:
        return UNREAD
    return ASKED if item.is_disputed else ""


def _some(item: Valued) -> Iterator[tuple[str, str]]:
    outcome, plan = item.outcome, item.claim.plan
    no_line = NO_LINE if told.needs_line(outcome, plan.line if plan is not None else "") else ""
    if outcome.unit_value is None:
        yield Tick.UNIT_VALUE.value, NO_UNIT_VALUE
    elif outcome.value_basis is ValueBasis.ASSUMED:
        yield Tick.UNIT_VALUE.value, ASSUMED
    elif no_line:
        yield Tick.UNIT_VALUE.value, no_line
    why = STATED if outcome.grade is Grade.E else _grade(item)
    if why or outcome.share_likely is None or no_line:
        yield Tick.SHARE.value, why or no_line or NO_SHARE


def _grade(item: Valued) -> str:
    """Why it is no better than stated although its own reading is."""
    if item.claim.grade is not Grade.E:
        return ""
    return NO_LOSSES if item.claim.why_not == losses.WHY else CHAIN
