"""Which outcomes are to be read, renewed or verified: the same whatever period is looked at.

It is found once for each version of what is agreed, day and teams; what it costs is told by `loop`.
"""

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

import numpy as np

from roi.domain import closing_loop
from roi.domain.closing_loop import Due
from roi.domain.structure import Epic
from roi.reports.booked.work import Work
from roi.reports.cost.costs import Teams
from roi.reports.ground import building, kept
from roi.reports.value import agreed, valued
from roi.reports.value.claims import Claimed


class Awaited(NamedTuple):
    """A reading or renewal of an outcome that is due or to come.

    `place` is the outcome's `among` so many of its epic.
    """

    outcome: str
    epic: str
    place: int
    among: int
    due_on: date
    days_late: int
    is_overdue: bool
    is_renewal: bool


class Unverified(NamedTuple):
    """An outcome that nobody confirmed for more than 90 days, or whose reading is overdue.

    `days_late` are those of its first overdue reading, `days_since` those since its delivery.
    """

    outcome: str
    epic: str
    place: int
    among: int
    days_late: int
    days_since: int


class Found(NamedTuple):
    """All that is due: overdue first, then by day; all that is to come by day; unverified by days late.

    `overdue` is how many of those that are due are overdue; `weights` the days that each of them is late,
    one where it is not.
    """

    due: tuple[Awaited, ...]
    to_come: tuple[Awaited, ...]
    unverified: tuple[Unverified, ...]
    overdue: int
    weights: np.ndarray


class _Waits(NamedTuple):
    """What of an outcome waits by now: the first reading or renewal that is due, and the first overdue one.

    `is_open` says that nobody confirmed it for long; `days_since` are those since its delivery.
    """

    due: Due | None
    late: Due | None
    is_open: bool
    days_since: int


def find(work: Work, today: date, teams: Teams | None = None) -> Found:
    """What is awaited of the outcomes of some teams, None: of all."""
    standing = None if teams is None else work.standing(teams)
    key = today, standing
    return kept.once(work.basis, "awaited", key, lambda: _find(work, today, teams), (kept.VALUE,))


def can_be_confirmed(claim: Claimed) -> bool:
    """Whether there is money in it that finance can confirm."""
    return claim.is_money


def _find(work: Work, today: date, teams: Teams | None) -> Found:
    due: list[Awaited] = []
    to_come: list[Awaited] = []
    unverified: list[Unverified] = []
    for epic in work.epics if teams is None else work.epics_of(teams):
        building.give_way()
        for claim, place, among in _claims(work, epic):
            waits = _waits(work, claim, today)
            its = claim.outcome.key, epic.key, place, among
            if waits.due is not None:
                due.append(_awaited(its, waits.due, today))
            if waits.is_open or waits.late is not None:
                late = waits.late.days_late(today) if waits.late is not None else 0
                unverified.append(Unverified(*its, late, waits.days_since))
            following = valued.next_due(work.agreed, claim, epic)
            if following is not None and following.on > today:
                to_come.append(_awaited(its, following, today))
    due.sort(key=lambda one: (not one.is_overdue, one.due_on, one.outcome))
    return Found(
        tuple(due),
        tuple(sorted(to_come, key=lambda one: (one.due_on, one.outcome))),
        tuple(sorted(unverified, key=lambda one: (-one.days_late, one.outcome))),
        sum([one.is_overdue for one in due]),
        np.array([max(one.days_late, 1) for one in due], dtype=np.int64),
    )


def _claims(work: Work, epic: Epic) -> Iterator[tuple[Claimed, int, int]]:
    keys = work.agreed.of_epic.get(epic.key, ())
    for place, key in enumerate(keys):
        yield work.agreed.claimed[key], place, len(keys)


def _awaited(its: tuple[str, str, int, int], due: Due, today: date) -> Awaited:
    return Awaited(*its, due.on, max(due.days_late(today), 0), due.is_overdue(today), due.is_renewal)


def _waits(work: Work, claim: Claimed, today: date) -> _Waits:
    return agreed.once(work.agreed, ("waits", claim.outcome.key, today), lambda: _waiting(work, claim, today))


def _waiting(work: Work, claim: Claimed, today: date) -> _Waits:
    its = valued.milestones(work.agreed, claim, claim.epic)
    inbox = closing_loop.inbox(its, today)
    days = closing_loop.days_unverified(its, today)
    is_old = days is not None and days > closing_loop.UNVERIFIED_DAYS
    return _Waits(
        inbox[0] if inbox else None,
        next((due for due in inbox if due.is_overdue(today)), None),
        is_old and can_be_confirmed(claim) and its.closed_on is None,
        (today - its.delivered_on).days if its.delivered_on is not None else 0,
    )
