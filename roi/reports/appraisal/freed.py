"""What are the team-weeks that an outcome frees worth at today's cost of delay, before it lands (rule V14)?

One quarter of them brings forward what waits in the same team's own plan: epics that are planned, not
delivered, and due after the capacity frees. Capacity is no money: the figure is expected, never confirmed and
in no total, and with the delivery it ends, because the money then appears in the epics that it is spent on.
"""

from dataclasses import dataclass
from datetime import date

import numpy as np

from roi.domain import capacity
from roi.domain.figures import Figure, unknown
from roi.domain.money import SHARE_WHOLE
from roi.domain.structure import Epic
from roi.reports.appraisal import delays, flow_times
from roi.reports.appraisal import flows as flowing
from roi.reports.appraisal.appraised import rate_of
from roi.reports.appraisal.delays import Delay
from roi.reports.appraisal.flows import Asked
from roi.reports.booked.work import Work, team_name
from roi.reports.cost.costs import Costs, Teams
from roi.reports.shapes.delay import FreedCapacity, SoonerRow
from roi.reports.value.draws import spread
from roi.reports.value.valued import Valued

ID = "speed_worth"
LANDED = "it has landed: the money appears in the epics that the freed weeks are spent on"
ENDED = "it has ended, so it frees nothing more"
NO_DAY = "no day is agreed for its delivery, so nobody knows from when on it frees them"
NOTHING_WAITS = "nothing else that waits in its team's plan is due after it, so nothing would come sooner"
NO_DUE = "no day is agreed for the delivery of what waits in its team's plan"


_PER_MILLI = SHARE_WHOLE // 1000


@dataclass(frozen=True, slots=True)
class _Waiting:
    """What waits in the team's plan: epics with how much sooner each comes and its cost of delay.

    `undated` is how many wait without a day for their delivery: nobody knows how much sooner they come.
    """

    asked: Asked
    epics: tuple[Epic, ...]
    months: dict[str, int]
    delays: tuple[Delay, ...]
    undated: int

    @property
    def known(self) -> list[Delay]:
        """Those whose cost of delay can be reckoned."""
        return [one for one in self.delays if not one.why_not]

    @property
    def pieces(self) -> dict[str, int]:
        """What each is worth sooner, by epic."""
        return capacity.worth({one.epic: one.likely for one in self.known}, self.months)


def of_outcome(jobs: Work, costs: Costs, item: Valued, today: date) -> FreedCapacity | None:
    """What a quarter of what it frees is worth; None for outcomes that free no capacity."""
    weeks = item.plan.capacity_milliweeks if item.plan is not None else None
    if not weeks:
        return None
    named = weeks, team_name(jobs, item.epic.team)
    scope = jobs.basis.keys(epic=item.epic.key, outcome=item.outcome.key)
    plan = jobs.values.epic_plans.get(item.epic.key)
    due_on = plan.due_on if plan is not None else None
    why = _why_not(item)
    if why or due_on is None:
        none = unknown(ID, why or NO_DAY, currency=jobs.basis.currency, scope=scope)
        return FreedCapacity(*named, none, has_landed=why == LANDED, flow=flow_times.of_outcome(jobs, item))
    frees_on = max(due_on, today)
    found = _waiting(flowing.asked_for(jobs, costs, today), item.epic, frees_on, weeks)
    flow = flow_times.of_outcome(jobs, item)
    return FreedCapacity(*named, _figure(found, scope, weeks), frees_on, _rows(found), flow=flow)


def ahead(jobs: Work, costs: Costs, teams: Teams, today: date | None) -> tuple[FreedCapacity, ...]:
    """What outcomes of some teams should free and have not yet, one by one: they are never summed."""
    if today is None:
        return ()
    planned = [item for item in jobs.of_teams(teams) if item.claim.is_capacity and not _why_not(item)]
    found = (of_outcome(jobs, costs, item, today) for item in planned)
    return tuple(one for one in found if one is not None)


def _why_not(item: Valued) -> str:
    if item.claim.ended_on is not None:
        return ENDED
    return LANDED if item.is_read or item.epic.delivered is not None else ""


def _waiting(asked: Asked, freeing: Epic, frees_on: date, weeks: int) -> _Waiting:
    """What is planned in the same team, not delivered, and due after the capacity frees."""
    jobs = asked.work
    dated: dict[str, date] = {}
    undated = 0
    for epic in jobs.epics:
        if epic.team == freeing.team and epic.key != freeing.key and _is_planned(asked, epic):
            due_on = jobs.values.epic_plans[epic.key].due_on
            undated += due_on is None
            if due_on is not None and due_on > frees_on:
                dated[epic.key] = due_on
    epics = tuple(jobs.epic_by_key[key] for key in sorted(dated, key=lambda key: (dated[key], key)))
    months = {key: capacity.sooner((due_on - frees_on).days, weeks) for key, due_on in dated.items()}
    return _Waiting(asked, epics, months, tuple(delays.of_epics(asked, rate_of(jobs), epics)), undated)


def _is_planned(asked: Asked, epic: Epic) -> bool:
    """Neither delivered nor ended, running or agreed, and no obligation: that has its own date (rule V15)."""
    plan = asked.work.values.epic_plans.get(epic.key)
    if plan is None or epic.is_obligation or not delays.is_open(asked.work, epic):
        return False
    return plan.agreed_on is not None or epic.started <= asked.today


def _figure(found: _Waiting, scope: tuple[tuple[str, str], ...], weeks: int) -> Figure:
    jobs, known = found.asked.work, found.known
    currency = jobs.basis.currency
    if not known:
        return unknown(ID, _why_unknown(found), currency=currency, scope=scope)
    drawn = sum(delays.worlds(jobs, one) * (found.months[one.epic] / SHARE_WHOLE) for one in known)
    ends = spread(np.asarray(drawn), sum(found.pieces.values()))
    inputs = (("team_weeks", weeks * _PER_MILLI), ("epics", len(known)), ("worth", ends.likely))
    return Figure(
        ID,
        ends.likely,
        _left_out(len(found.epics) - len(known) + found.undated),
        low=ends.low,
        high=ends.high,
        currency=currency,
        inputs=inputs,
        scope=scope,
    )


def _why_unknown(found: _Waiting) -> str:
    """The reason why no worth can be told; it is never nought (law T3)."""
    if not found.epics:
        return NO_DUE if found.undated else NOTHING_WAITS
    which = "the epic" if len(found.epics) == 1 else f"any of the {len(found.epics)} epics"
    return f"the cost of delay of {which} that would come sooner is not known: {found.delays[0].why_not}"


def _left_out(count: int) -> str:
    if not count:
        return ""
    which = "one waiting epic has" if count == 1 else f"{count} waiting epics have"
    return f"{which} no day or no cost of delay that is known, and counts nothing here"


def _rows(found: _Waiting) -> tuple[SoonerRow, ...]:
    jobs, pieces = found.asked.work, found.pieces
    return tuple(
        SoonerRow(
            epic.key,
            epic.name,
            found.months[epic.key],
            delays.figure(jobs, one),
            pieces.get(epic.key),
        )
        for epic, one in zip(found.epics, found.delays, strict=True)
    )
