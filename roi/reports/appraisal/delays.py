"""What a month of delay costs an epic that is not delivered yet, in every world of the draws (rule V21).

The flows are those of its forward view. What a delay moves is what starts with the delivery that is still to
come: of an epic in slices the part that is left. Expected, never confirmed, and in no total.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from roi.domain import delay
from roi.domain.figures import Figure, unknown
from roi.domain.money import SHARE_WHOLE
from roi.domain.periods import add_months, month_of, months_between
from roi.domain.structure import Epic
from roi.domain.uncertainty import Draws
from roi.reports.appraisal import flows as flowing
from roi.reports.appraisal.flows import Asked, Flows, Part
from roi.reports.booked.work import Work
from roi.reports.value.draws import PROMISED, Key, spread

NOTHING_LEFT = "nothing is promised that its delivery would still bring"
ASKED = "a question about what it should bring is open"


@dataclass(frozen=True, slots=True)
class Delay:
    """What the first month after delivery would bring by outcome and level, and its run cost.

    `ahead` is the likely value of all that is still to come, without what is spent already. Minor units of
    this month's money; `why_not` says why it cannot be reckoned.
    """

    epic: str
    lost: tuple[tuple[Key, int], ...] = ()
    run: int = 0
    why_not: str = ""
    ahead: int = 0

    @property
    def benefit(self) -> int:
        """The likely benefit that is lost."""
        return sum(amount for _, amount in self.lost)

    @property
    def likely(self) -> int:
        """The likely cost of a month of delay."""
        return self.benefit - self.run


def is_open(work: Work, epic: Epic) -> bool:
    """Whether delay still means something: neither delivered nor ended."""
    plan = work.values.epic_plans.get(epic.key)
    return epic.delivered is None and (plan is None or plan.ended_on is None)


def of_epics(asked: Asked, rate: int, epics: Iterable[Epic]) -> Iterator[Delay]:
    """The cost of delay of each of these open epics; kept while nothing touches it."""
    return asked.work.of_epics(epics, ("delay", asked.today, rate), lambda epic: _of(asked, rate, epic))


def _of(asked: Asked, rate: int, epic: Epic) -> Delay:
    flows = flowing.gather(asked, (epic.key,))
    if flows.why_not or flows.left_out:
        return Delay(epic.key, why_not=flows.why_not or flows.left_out)
    first = _first(asked, epic)
    yearly = rate / SHARE_WHOLE
    lost: dict[Key, int] = {}
    for part in flows.parts:
        later = delay.cost_of_delay(_started(part, first), flows.now, yearly)
        if later:
            key = part.outcome, part.level
            lost[key] = lost.get(key, 0) + later
    if not lost:
        items = asked.work.of_epic.get(epic.key, ())
        is_disputed = any(item.is_cash and item.is_disputed for item in items)
        return Delay(epic.key, why_not=ASKED if is_disputed else NOTHING_LEFT)
    run = delay.cost_of_delay(_run(flows, first), flows.now, yearly)
    gained, paid = (delay.worth(months, flows.now, yearly) for months in (flows.benefits(), flows.costs))
    return Delay(epic.key, tuple(lost.items()), run, ahead=gained - paid)


def _first(asked: Asked, epic: Epic) -> int:
    """The first month of benefit: after the day agreed for delivery, or after today where that is past."""
    plan = asked.work.values.epic_plans[epic.key]
    return add_months(month_of(max(plan.due_on or asked.today, asked.today)), 1)


def _started(part: Part, first: int) -> dict[int, int]:
    """What starts with the delivery: months from the first on, above what comes without it."""
    if part.level != PROMISED or first not in part.months:
        return {}
    before = part.months.get(add_months(first, -1), 0)
    return {month: part.months.get(month, 0) - before for month in months_between(first, max(part.months))}


def _run(flows: Flows, first: int) -> dict[int, int]:
    return {month: amount for month, amount in flows.run.items() if month >= first}


def worlds(work: Work, found: Delay) -> Draws:
    """The cost of a month of delay in every world."""
    return work.draws.sum(dict(found.lost)) - found.run


def figure(work: Work, found: Delay) -> Figure:
    """The cost of delay a month with its range; unknown with its reason, never nought."""
    scope, currency = work.basis.keys(epic=found.epic), work.basis.currency
    if found.why_not:
        return unknown("cost_of_delay", found.why_not, currency=currency, scope=scope)
    ends = spread(worlds(work, found), found.likely)
    inputs = (("benefits", found.benefit), ("run", found.run), ("delay", ends.likely))
    return Figure(
        "cost_of_delay",
        ends.likely,
        low=ends.low,
        high=ends.high,
        currency=currency,
        inputs=inputs,
        scope=scope,
    )
