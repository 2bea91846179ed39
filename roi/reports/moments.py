"""The time line of an epic and of an initiative: agreed, started, delivered, each reading, closed."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from roi.domain import closing_loop
from roi.domain.closing_loop import READING_MONTHS, RENEWAL_MONTHS, Due, Milestones
from roi.domain.obligations import Judgement, Standing, judge
from roi.domain.periods import first_day, last_day, month_of
from roi.domain.products import ProductLife
from roi.domain.structure import Epic
from roi.domain.value import Ending, Initiative
from roi.reports import obligations
from roi.reports.booked.work import Work
from roi.reports.loop import inbox
from roi.reports.shapes.value import MomentRow

DONE, READ, DUE, OVERDUE, TO_COME, ENDED = "done", "read", "due", "overdue", "to come", "ended"


def of_epic(work: Work, epic: Epic, today: date) -> tuple[MomentRow, ...]:
    """Everything that happened or is due, in order of time; what several outcomes share stands once."""
    found = [*_of_work(work, epic, today)]
    for item in work.of_epic.get(epic.key, ()):
        its = inbox.milestones(work, item)
        found += _of_readings(its, today, item.outcome.key)
        found += _of_end(work, item.outcome.key)
    return _once(found)


def _of_work(work: Work, epic: Epic, today: date) -> Iterator[MomentRow]:
    plan = work.values.epic_plans.get(epic.key)
    if plan is not None and plan.agreed_on is not None:
        yield MomentRow(plan.agreed_on, "agreed", DONE)
    begun = epic.started <= today
    yield MomentRow(epic.started, "started" if begun else "start planned", DONE if begun else TO_COME)
    for part in work.values.slices.get(epic.key, ()):
        if part.delivered is not None:
            yield MomentRow(part.delivered, f"slice: {part.name}", _when(part.delivered, today))
    if epic.delivered is not None:
        yield MomentRow(epic.delivered, "delivered", _when(epic.delivered, today))
    elif plan is not None and plan.due_on is not None and plan.ended_on is None:
        state = TO_COME if plan.due_on >= today else OVERDUE
        yield MomentRow(plan.due_on, "delivery agreed", state)
    if plan is not None and plan.ended_on is not None:
        word = (plan.ended_by or Ending.CANCELLED).value.replace("_", " ")
        yield MomentRow(plan.ended_on, word, ENDED)
    yield from _of_deadline(work, epic, today)
    last = work.agreed.retired.get(epic.key)
    if last is not None:
        yield _retired(last, "product ", today)


def _of_deadline(work: Work, epic: Epic, today: date) -> Iterator[MomentRow]:
    """The day by which an obligation has to be met: overdue until it is, over when it was given up (V15)."""
    its = work.values.obligations.get(epic.key) if epic.is_obligation else None
    if its is None:
        return
    plan = work.values.epic_plans.get(epic.key)
    ended = plan.ended_on if plan is not None else None
    found = judge(its.deadline, obligations.met_on(work, epic), ended, today)
    if found.standing is Standing.ENDED:
        yield MomentRow(its.deadline, "deadline", ENDED)
    elif found.is_open:
        yield MomentRow(its.deadline, "deadline", OVERDUE if found.standing is Standing.OVERDUE else TO_COME)
    else:
        yield MomentRow(its.deadline, "deadline, met late" if _is_late(found) else "deadline", DONE)


def _is_late(found: Judgement) -> bool:
    return found.standing is Standing.LATE


def _when(day: date, today: date) -> str:
    return DONE if day <= today else TO_COME


def _of_readings(its: Milestones, today: date, outcome: str) -> Iterator[MomentRow]:
    for day in its.readings:
        yield MomentRow(day, "read", READ, outcome)
    waiting = (*closing_loop.open_readings(its), *closing_loop.open_renewals(its))
    for due in waiting:
        yield MomentRow(due.on, _label(its, due), _state(due, today), outcome)


def _state(due: Due, today: date) -> str:
    if due.on > today:
        return TO_COME
    return OVERDUE if due.is_overdue(today) else DUE


def _label(its: Milestones, due: Due) -> str:
    if its.delivered_on is not None:
        for months in (*READING_MONTHS, *RENEWAL_MONTHS):
            if closing_loop.months_after(its.delivered_on, months) == due.on:
                return f"{months}-month {'renewal' if due.is_renewal else 'reading'}"
    return "agreed reading"


def _of_end(work: Work, outcome: str) -> Iterator[MomentRow]:
    closure = work.values.closures.get(outcome)
    if closure is not None:
        is_closed = closure.ended_by is Ending.CLOSED
        word = closure.ended_by.value.replace("_", " ")
        yield MomentRow(closure.ended_on, word, DONE if is_closed else ENDED, outcome)


def _once(found: Iterable[MomentRow]) -> tuple[MomentRow, ...]:
    """The same thing on one day stands once; then it leads to no single outcome."""
    by_key: dict[tuple[date, str, str], MomentRow] = {}
    for one in found:
        key = one.on, one.label, one.state
        held = by_key.get(key)
        is_other = held is not None and held.outcome != one.outcome
        by_key[key] = MomentRow(*key) if is_other else one
    return tuple(sorted(by_key.values(), key=lambda one: (one.on, one.label)))


def of_initiative(initiative: Initiative, epics: Sequence[Epic], today: date) -> tuple[MomentRow, ...]:
    """Approval, the start of work, each delivery, and the day it is due."""
    found = []
    if initiative.approved_on is not None:
        found.append(MomentRow(initiative.approved_on, "approved", _when(initiative.approved_on, today)))
    if epics:
        first = min(epic.started for epic in epics)
        word = "started" if first <= today else "to start"
        found.append(MomentRow(first, f"first epic {word}", _when(first, today)))
    found += [
        MomentRow(epic.delivered, f"delivered: {epic.name}", _when(epic.delivered, today))
        for epic in epics
        if epic.delivered is not None
    ]
    if initiative.due_on is not None:
        is_done = bool(epics) and all(epic.delivered is not None for epic in epics)
        late = OVERDUE if initiative.due_on < today and not is_done else TO_COME
        found.append(MomentRow(initiative.due_on, "due", DONE if is_done else late))
    return _once(found)


def of_product(life: ProductLife | None, started: int | None, today: date) -> tuple[MomentRow, ...]:
    """Its start, and its retirement with the last day of its last month."""
    found = []
    if started is not None:
        word = "started" if started <= month_of(today) else "to start"
        found.append(MomentRow(first_day(started), word, _when(first_day(started), today)))
    if life is not None and life.retired is not None:
        found.append(_retired(life.retired, "", today))
    return _once(found)


def _retired(month: int, what: str, today: date) -> MomentRow:
    """With the last day of a product's last month nothing more is expected of its work."""
    day = last_day(month)
    is_over = day < today
    return MomentRow(day, f"{what}{'retired' if is_over else 'to be retired'}", ENDED if is_over else TO_COME)
