"""What the reports answer about waiting and order (rule V21): expected figures, in no total."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from roi.domain.figures import Figure
from roi.domain.value import Wait


@dataclass(frozen=True, slots=True)
class WaitRow:
    """What an epic waits for or has waited for; `thing` is the team's name, or the words for it."""

    wait: Wait
    thing: str
    days: int
    is_open: bool


@dataclass(frozen=True, slots=True)
class Waiting:
    """All waits of an epic, open ones first, and what a month of delay costs it.

    `delay` is None where delay no longer means anything: it is delivered or has ended. `starts_on` is a start
    that is still to come: nothing is late before it.
    """

    rows: tuple[WaitRow, ...] = ()
    delay: Figure | None = None
    starts_on: date | None = None

    @property
    def open_rows(self) -> tuple[WaitRow, ...]:
        """What it waits for now."""
        return tuple(row for row in self.rows if row.is_open)


@dataclass(frozen=True, slots=True)
class NextUse:
    """Planned work that freed capacity could start, and what a month of its delay costs: in no sum."""

    epic: str
    name: str
    per_month: Figure


@dataclass(frozen=True, slots=True)
class SwapRow:
    """Two epics of a team planned one after the other; months are parts per million of a month."""

    team: str
    first: str
    first_name: str
    second: str
    second_name: str
    first_months: int
    second_months: int
    first_delay: Figure
    second_delay: Figure


@dataclass(frozen=True, slots=True)
class SoonerRow:
    """An epic that freed capacity would bring forward; `months` is parts per million of a month.

    `worth` is None where its cost of delay is not known.
    """

    epic: str
    name: str
    months: int
    delay: Figure
    worth: int | None


Ends = tuple[Decimal, Decimal, Decimal]
"""Low, likely and high, in the unit of a metric."""


@dataclass(frozen=True, slots=True)
class FlowTime:
    """How long work takes, where an outcome that frees capacity measures it (rule V14); never money.

    `promised` are the levels of the target. `actual` is None before a reading. `shorter` is by how much it is
    shorter than without the work, where that was estimated; else the baseline alone stands for it (D31).
    """

    outcome: str
    metric: str
    unit: str
    baseline: Decimal
    promised: Ends
    actual: Decimal | None = None
    read_on: date | None = None
    shorter: Ends | None = None


@dataclass(frozen=True, slots=True)
class FreedCapacity:
    """What the team-weeks that an outcome frees a quarter are worth before it lands (V14); in no total.

    `frees_on` is the day from which they are free; None where no epic is looked at; `worth` says why.
    `has_landed`: it is told as freed, and its worth is told no longer. `flow` is the flow time that it
    shortens, None where none is measured.
    """

    milliweeks: int
    team_name: str
    worth: Figure
    frees_on: date | None = None
    rows: tuple[SoonerRow, ...] = ()
    has_landed: bool = False
    flow: FlowTime | None = None


@dataclass(frozen=True, slots=True)
class LookedAt:
    """What was looked at for decisions beside running epics; `unranked` waits have no cost that is known."""

    waits: int = 0
    unranked: int = 0
    orders: int = 0
