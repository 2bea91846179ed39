"""The open decisions about work, and what each is worth a month (rule V21): three kinds, one list.

Pausing: work whose forward view is a loss in at least 8 of 10 worlds; what was spent is sunk and counts for
nothing. Ending a wait is worth its cost of delay (`waits`), swapping an order what today's costs (`swaps`).
Ranked by P50; dropped when P10 is not above zero. Work that had better be paused is not worth un-waiting.
"""

from dataclasses import dataclass
from datetime import date

import numpy as np

from roi.domain import delay
from roi.domain.figures import Figure
from roi.domain.money import SHARE_WHOLE
from roi.domain.structure import Epic
from roi.domain.uncertainty import Draws
from roi.reports.appraisal import flows as flowing
from roi.reports.appraisal import next_uses, swaps, waits
from roi.reports.appraisal.appraised import rate_of
from roi.reports.appraisal.flows import Asked, Flows
from roi.reports.booked.work import Work, team_name
from roi.reports.cost.costs import Costs, Teams
from roi.reports.shapes.delay import LookedAt
from roi.reports.shapes.value import Decision
from roi.reports.value.draws import spread

PAUSE = "pause or reshape"
LOSS_CHANCE = 800_000
"""The chance of a forward loss from which pausing is a decision, parts per million."""


@dataclass(frozen=True, slots=True)
class _Ahead:
    """Present values of what is still to come: cost, likely benefit, and the benefit in every world."""

    cost: int
    benefit: int
    worlds: Draws
    months: int


def build(work: Work, costs: Costs, teams: Teams, today: date | None) -> tuple[Decision, ...]:
    """The open decisions about the work of some teams, the largest first."""
    if today is None:
        return ()
    asked, rate = flowing.asked_for(work, costs, today), rate_of(work)
    running = [epic for epic in work.epics_of(teams) if _is_running(work, epic, today)]
    pauses = work.of_epics(running, ("pause", today), lambda epic: _pause(asked, epic, rate))
    found = next_uses.beside(asked, rate, [one for one in pauses if one is not None])
    paused = {one.epic for one in found}
    waiting = [epic for epic in waits.waiting(work, teams, today) if epic.key not in paused]
    found += waits.decisions(asked, rate, waiting)
    found += swaps.decisions(asked, rate, swaps.pairs(work, teams, today))
    return tuple(sorted(found, key=lambda one: (-(one.per_month.value or 0), one.epic, one.kind)))


def looked_at_beside(work: Work, costs: Costs, teams: Teams, today: date | None) -> LookedAt:
    """What was looked at beside running epics: waits, those without a known cost, and orders."""
    if today is None:
        return LookedAt()
    asked, waiting = flowing.asked_for(work, costs, today), waits.waiting(work, teams, today)
    unranked = waits.unranked(asked, rate_of(work), waiting)
    return LookedAt(len(waiting), unranked, len(swaps.pairs(work, teams, today)))


def looked_at(work: Work, teams: Teams, today: date | None) -> int:
    """How many running epics have an agreed delivery, so that their forward view can be reckoned."""
    return sum(today is not None and _is_running(work, epic, today) for epic in work.epics_of(teams))


def _is_running(work: Work, epic: Epic, today: date) -> bool:
    """Started, not delivered, not ended, no obligation, and with a day that was agreed for its delivery."""
    plan = work.values.epic_plans.get(epic.key)
    if plan is None or plan.due_on is None or plan.ended_on is not None:
        return False
    return epic.delivered is None and epic.started <= today and not epic.is_obligation


def _pause(asked: Asked, epic: Epic, rate: int) -> Decision | None:
    flows = flowing.gather(asked, (epic.key,))
    if flows.why_not or flows.left_out:
        return None
    ahead = _ahead(asked, flows, rate)
    if ahead is None or ahead.cost <= ahead.benefit:
        return None
    chance = round(np.mean(ahead.worlds < ahead.cost).item() * SHARE_WHOLE)
    saved = (ahead.cost - ahead.worlds) / ahead.months
    per_month = spread(saved, (ahead.cost - ahead.benefit) // ahead.months)
    if chance < LOSS_CHANCE or per_month.low <= 0:
        return None
    work = asked.work
    plan = work.values.epic_plans[epic.key]
    inputs = (
        ("saved", ahead.cost),
        ("lost", ahead.benefit),
        ("months", ahead.months),
        ("worth", per_month.likely),
    )
    figure = Figure(
        "pause_worth",
        per_month.likely,
        low=per_month.low,
        high=per_month.high,
        currency=work.basis.currency,
        inputs=inputs,
        scope=work.basis.keys(epic=epic.key),
    )
    return Decision(
        PAUSE,
        epic.key,
        epic.name,
        team_name(work, epic.team),
        plan.owner,
        figure,
        "what is left will not pay back",
        chance,
        ahead.cost,
        ahead.benefit,
    )


def _ahead(asked: Asked, flows: Flows, rate: int) -> _Ahead | None:
    """What is to come from this month on, in money of this month; None when nothing is left to build."""
    left = [month for month, paid in flows.build.items() if month >= flows.now and paid]
    if not left:
        return None
    yearly = rate / SHARE_WHOLE
    cost = delay.worth(flows.costs, flows.now, yearly)
    worlds = np.zeros(asked.work.draws.count)
    benefit = 0
    for part in flows.parts:
        likely = delay.worth(part.months, flows.now, yearly)
        benefit += likely
        worlds = worlds + likely * asked.work.draws.ratio(part.outcome, part.level)
    return _Ahead(cost, benefit, worlds, len(left))
