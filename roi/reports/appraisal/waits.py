"""What epics wait for, since when, and what a month of it costs (rule V21): recorded, never inferred."""

from collections.abc import Sequence
from datetime import date

import numpy as np

from roi.domain.money import SHARE_WHOLE
from roi.domain.structure import Epic
from roi.domain.value import Wait
from roi.reports.appraisal import delays
from roi.reports.appraisal import flows as flowing
from roi.reports.appraisal.appraised import rate_of
from roi.reports.appraisal.delays import Delay
from roi.reports.appraisal.flows import Asked
from roi.reports.booked import work
from roi.reports.booked.work import Work
from roi.reports.cost.costs import Costs, Teams
from roi.reports.shapes.delay import Waiting, WaitRow
from roi.reports.shapes.value import Decision

END_WAIT = "end a wait"


def of_epic(jobs: Work, costs: Costs, epic: Epic, today: date) -> Waiting:
    """What one epic waits for, and what a month of delay costs it."""
    rows = rows_of(jobs, epic, today)
    if not delays.is_open(jobs, epic):
        return Waiting(rows)
    asked = flowing.asked_for(jobs, costs, today)
    (found,) = delays.of_epics(asked, rate_of(jobs), [epic])
    return Waiting(rows, delays.figure(jobs, found), epic.started if epic.started > today else None)


def rows_of(jobs: Work, epic: Epic, today: date) -> tuple[WaitRow, ...]:
    """The waits of an epic, open ones first, the longest of them before the others."""
    is_over = not delays.is_open(jobs, epic)
    rows = [_row(jobs, one, today, is_over=is_over) for one in jobs.values.waits.get(epic.key, ())]
    return tuple(sorted(rows, key=lambda row: (not row.is_open, -row.days, row.thing)))


def _row(jobs: Work, wait: Wait, today: date, *, is_over: bool) -> WaitRow:
    thing = work.team_name(jobs, wait.team) if wait.team else wait.waits_for
    return WaitRow(wait, thing, wait.days(today), wait.is_open(today) and not is_over)


def waiting(jobs: Work, teams: Teams, today: date) -> list[Epic]:
    """The epics of some teams that wait now: not delivered, not ended, started, no obligation.

    Before its start nothing of an epic is late, so a wait costs nothing yet.
    """
    if not jobs.values.waits:
        return []
    return [
        epic for epic in jobs.epics_of(teams) if epic.key in jobs.values.waits and _waits(jobs, epic, today)
    ]


def _waits(jobs: Work, epic: Epic, today: date) -> bool:
    if epic.is_obligation or epic.started > today or not delays.is_open(jobs, epic):
        return False
    return any(one.is_open(today) for one in jobs.values.waits[epic.key])


def decisions(asked: Asked, rate: int, epics: Sequence[Epic]) -> list[Decision]:
    """Which of these waits to end, each worth its cost of delay a month; dropped if P10 is not above zero."""
    pairs = zip(epics, delays.of_epics(asked, rate, epics), strict=True)
    found = [_decision(asked, epic, delay) for epic, delay in pairs if delay.likely > 0]
    return [one for one in found if (one.per_month.low or 0) > 0]


def unranked(asked: Asked, rate: int, epics: Sequence[Epic]) -> int:
    """How many of these epics wait at a cost that nobody can reckon."""
    return sum(bool(one.why_not) for one in delays.of_epics(asked, rate, epics))


def _decision(asked: Asked, epic: Epic, delay: Delay) -> Decision:
    jobs = asked.work
    plan = jobs.values.epic_plans.get(epic.key)
    chance = round(np.mean(delays.worlds(jobs, delay) > 0).item() * SHARE_WHOLE)
    rows = tuple(row for row in rows_of(jobs, epic, asked.today) if row.is_open)
    return Decision(
        END_WAIT,
        epic.key,
        epic.name,
        work.team_name(jobs, epic.team),
        plan.owner if plan is not None else "",
        delays.figure(jobs, delay),
        "waiting costs money",
        chance,
        waits=rows,
    )
