"""What the capacity of paused work could do next: its team's planned epic that delay costs most (V21)."""

from collections.abc import Iterable
from dataclasses import replace

from roi.domain.structure import Epic
from roi.reports.appraisal import delays
from roi.reports.appraisal.flows import Asked
from roi.reports.booked.work import Work
from roi.reports.shapes.delay import NextUse
from roi.reports.shapes.value import Decision


def beside(asked: Asked, rate: int, pauses: Iterable[Decision]) -> list[Decision]:
    """These pauses, each with the next-best use of what it frees where one is known.

    It stands beside what pausing is worth and is never added to it: that counts what the capacity costs, and
    the same people are either not paid or at work on the next epic.
    """
    jobs = asked.work
    by_team: dict[str, NextUse | None] = {}
    found = []
    for one in pauses:
        team = jobs.epic_by_key[one.epic].team
        if team not in by_team:
            by_team[team] = _best(asked, rate, team)
        found.append(replace(one, next_use=by_team[team]))
    return found


def _best(asked: Asked, rate: int, team: str) -> NextUse | None:
    jobs = asked.work
    epics = [epic for epic in jobs.epics if epic.team == team and _waits_to_start(jobs, epic, asked)]
    known = [
        (one.likely, epic)
        for epic, one in zip(epics, delays.of_epics(asked, rate, epics), strict=True)
        if not one.why_not and one.likely > 0
    ]
    if not known:
        return None
    _, best = max(known, key=lambda one: (one[0], one[1].key))
    (delay,) = delays.of_epics(asked, rate, [best])
    return NextUse(best.key, best.name, delays.figure(jobs, delay))


def _waits_to_start(jobs: Work, epic: Epic, asked: Asked) -> bool:
    """Planned and not started, with a day agreed for its delivery; an obligation comes anyway (rule V15)."""
    plan = jobs.values.epic_plans.get(epic.key)
    if epic.is_obligation or plan is None or plan.due_on is None:
        return False
    return epic.started > asked.today and delays.is_open(jobs, epic)
