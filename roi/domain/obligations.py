"""Obligations (law, contract, security): judged on date and cost, ranked by deadline and penalty (rule V15).

No verdict is given on one, and its penalty is in no value, no total, no return and no decision.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class ObligationKind(StrEnum):
    """Who or what demands it."""

    LAW = "law"
    CONTRACT = "contract"
    SECURITY = "security"


@dataclass(frozen=True, slots=True)
class Obligation:
    """What is demanded of an epic: by which day, and what it costs when that day is missed.

    `penalty_minor` is None while nobody has said; it is never nought. `note` says where it stands written.
    """

    epic: str
    kind: ObligationKind
    deadline: date
    penalty_minor: int | None = None
    currency: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Met:
    """What came of an obligation: the day on which it was accepted as met, and the penalty that was paid.

    `met_on` None: the delivery of its epic is that day. `paid_minor` None: nobody has said, 0: nothing was.
    """

    epic: str
    met_on: date | None = None
    paid_minor: int | None = None
    currency: str = ""


class Standing(StrEnum):
    """How an obligation stands to its deadline. Ended: work on it stopped before it was delivered."""

    OVERDUE = "overdue"
    DUE = "due"
    NO_DEADLINE = "no deadline"
    IN_TIME = "in time"
    LATE = "late"
    DELIVERED = "delivered"
    ENDED = "ended"


_OPEN = frozenset({Standing.OVERDUE, Standing.DUE, Standing.NO_DEADLINE})


@dataclass(frozen=True, slots=True)
class Judgement:
    """On date: `days` before the deadline (due, in time) or after it (overdue, late); None without one."""

    standing: Standing
    days: int | None = None

    @property
    def is_open(self) -> bool:
        """Whether it is still to be met."""
        return self.standing in _OPEN

    @property
    def is_met(self) -> bool:
        """Whether it was delivered, in time or not."""
        return not self.is_open and self.standing is not Standing.ENDED


def judge(deadline: date | None, delivered: date | None, ended: date | None, today: date) -> Judgement:
    """How an obligation stands on a day; the day of the deadline itself is in time.

    Args:
        deadline: the day by which it has to be met; None while nobody has recorded it.
        delivered: the day on which it was accepted as met, else that of its epic's delivery, if there is one.
        ended: the day on which work on it was given up, if it was.
        today: the day on which is judged.
    """
    if delivered is None and ended is not None:
        return Judgement(Standing.ENDED)
    if deadline is None:
        return Judgement(Standing.NO_DEADLINE if delivered is None else Standing.DELIVERED)
    days = ((delivered or today) - deadline).days
    if delivered is None:
        return Judgement(Standing.OVERDUE, days) if days > 0 else Judgement(Standing.DUE, -days)
    return Judgement(Standing.LATE, days) if days > 0 else Judgement(Standing.IN_TIME, -days)


Rank = tuple[int, date, bool, int, str]


def rank(judgement: Judgement, deadline: date | None, penalty: int | None, name: str) -> Rank:
    """A key to sort by: what is not met first, by deadline, then the larger penalty; one not known last.

    Without a deadline an obligation stands after those of its group that have one; what was given up is last.

    Args:
        judgement: how it stands.
        deadline: its deadline, if one is recorded.
        penalty: minor units of one currency for all that are ranked; None while it is not known.
        name: what decides between equals.
    """
    group = 0 if judgement.is_open else 1 if judgement.is_met else 2
    return (group, deadline or date.max, penalty is None, -(penalty or 0), name)
