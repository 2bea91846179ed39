"""What is agreed about value beside an epic and an outcome: initiatives, plans, readings, whose money it is.

Shares are parts per million, levels of metrics are decimals in the metric's unit, money is minor units.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from roi.domain import quickly
from roi.domain.obligations import Met, Obligation
from roi.domain.structure import Grade, ValueBasis


class Origin(StrEnum):
    """How work came to a team."""

    ROADMAP = "roadmap"
    DEPENDENCY = "dependency"
    UNPLANNED = "unplanned"


class Ending(StrEnum):
    """How an epic or an outcome ended; a dropped claim keeps its loss and loses its gain (rule V12)."""

    CLOSED = "closed"
    WRITTEN_OFF = "written_off"
    DROPPED = "dropped"
    CANCELLED = "cancelled"

    @property
    def word(self) -> str:
        """The word for it, the same wherever it is said."""
        return self.value.replace("_", " ")


class Landed(StrEnum):
    """Whether an outcome did what was promised, as its owner says when it is closed."""

    MET = "met"
    PARTLY = "partly"
    NOT = "not"
    CANNOT_TELL = "cannot_tell"


class LineKind(StrEnum):
    """What a finance line is: a saving inside the engineering cost base counts nothing beside it (V13)."""

    MARGIN = "margin"
    COST_OUTSIDE = "cost_outside"
    ENGINEERING_COST = "engineering_cost"


@dataclass(frozen=True, slots=True)
class Initiative:
    """What a board approves: the four questions, one owner, what it may cost, when it is due."""

    key: str
    name: str
    owner: str
    value_stream: str = ""
    approved_on: date | None = None
    due_on: date | None = None
    approved_minor: int | None = None
    currency: str = ""
    problem: str = ""
    result: str = ""
    measure: str = ""
    learning: str = ""


@dataclass(frozen=True, slots=True)
class SuccessMeasure:
    """A measure that stays what it is and is never money; target and actual as they were written (V9).

    `stated` is what its owner says came of it (met, not met, not available, to come); empty: it is compared.
    """

    key: str
    initiative: str
    epic: str
    name: str
    unit: str = ""
    direction: str = ""
    target: str = ""
    actual: str = ""
    read_on: date | None = None
    stated: str = ""
    source: str = ""


@quickly.made
@dataclass(frozen=True, slots=True)
class EpicPlan:
    """What was agreed about an epic; `run_share` is run cost a year as a share of build cost (rule V4).

    `ended_by` is written_off or cancelled: its cost stays, its claims count nothing (rule V12).
    """

    epic: str
    initiative: str = ""
    origin: Origin = Origin.ROADMAP
    owner: str = ""
    agreed_on: date | None = None
    due_on: date | None = None
    is_product_oriented: bool = False
    copied_from: str = ""
    ended_on: date | None = None
    ended_by: Ending | None = None
    ended_because: str = ""
    run_share: int | None = None
    launch_minor: int | None = None
    currency: str = ""


@quickly.made
@dataclass(frozen=True, slots=True)
class EpicTeam:
    """A team of an epic: the planned share of its months, and its frozen share of the value (rule V3)."""

    epic: str
    team: str
    planned_share: int
    effort: int


@dataclass(frozen=True, slots=True)
class Slice:
    """A part of an epic that is delivered by itself; `share` is its part of what the epic promises."""

    epic: str
    key: str
    name: str
    delivered: date | None
    share: int


@dataclass(frozen=True, slots=True)
class Wait:
    """What an epic waits for, as somebody recorded it: another team, or what `waits_for` says in words.

    It is never inferred from silence. On the day `ended_on` it waits no more.
    """

    epic: str
    team: str
    waits_for: str
    since: date
    ended_on: date | None = None
    note: str = ""

    def is_open(self, today: date) -> bool:
        """Whether it waits on that day."""
        return self.since <= today and (self.ended_on is None or self.ended_on > today)

    def days(self, today: date) -> int:
        """For how many days it has waited by then, up to its end."""
        return max((min(self.ended_on or today, today) - self.since).days, 0)


def delivered_before(slices: Iterable[Slice], whole: date | None) -> tuple[date, ...]:
    """The days on which parts of an epic were delivered before all of it was (None: it is not yet)."""
    days = {one.delivered for one in slices if one.delivered is not None}
    return tuple(sorted(day for day in days if whole is None or day < whole))


@dataclass(frozen=True, slots=True)
class Effort:
    """A month of a team's work on an epic as a log shows it; epic empty: run and unplanned work."""

    team: str
    month: int
    epic: str
    milli_days: int
    basis: str = "item-days"


@quickly.made
@dataclass(frozen=True, slots=True)
class OutcomePlan:
    """What was agreed about an outcome: whose money, by which driver, how long, who confirms.

    `leads_to` is the next outcome of its chain (rule V9); `planned_share` the frozen claim on its pool;
    `capacity_milliweeks` what speed frees, in thousandths of team-weeks a quarter, never money (rule V14).
    """

    outcome: str
    line: str = ""
    cell: str = ""
    driver: str = ""
    series: str = ""
    leads_to: str = ""
    copied_from: str = ""
    agreed_on: date | None = None
    horizon_months: int | None = None
    half_life_months: int | None = None
    confirmer: str = ""
    evidence_planned: str = ""
    planned_share: int | None = None
    capacity_milliweeks: int | None = None
    problem: str = ""
    result: str = ""
    learning: str = ""


@quickly.made
@dataclass(frozen=True, slots=True)
class FrozenForecast:
    """What was promised as it stood when work started; calibration reads this one (law T11)."""

    outcome: str
    frozen_on: date
    baseline: Decimal
    target_low: Decimal
    target_likely: Decimal
    target_high: Decimal
    by_when: date | None = None
    unit_value: Decimal | None = None
    currency: str = ""
    share_likely: int | None = None


@quickly.made
@dataclass(frozen=True, slots=True)
class Reading:
    """One reading; `effect_*` is an entered estimate of the movement in the good direction (D31)."""

    outcome: str
    read_on: date
    actual: Decimal
    grade: Grade
    evidence: str = ""
    share_low: int | None = None
    share_likely: int | None = None
    share_high: int | None = None
    effect_low: Decimal | None = None
    effect_likely: Decimal | None = None
    effect_high: Decimal | None = None
    also_happened: str = ""


@quickly.made
@dataclass(frozen=True, slots=True)
class ConfirmedReading:
    """An earlier reading as finance confirmed it; it holds for the months up to its own (rule V11)."""

    outcome: str
    read_on: date
    baseline: Decimal
    actual: Decimal
    unit_value: Decimal
    currency: str
    grade: Grade
    share_low: int
    share_likely: int
    share_high: int
    confirmed_by: str
    confirmed_on: date
    valid_to: date | None = None


@dataclass(frozen=True, slots=True)
class Closure:
    """The end of an outcome: how, how it landed, and what was learned."""

    outcome: str
    ended_on: date
    ended_by: Ending
    landed: Landed | None = None
    learned: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Question:
    """What finance asks before it confirms; while it is open the claim is disputed and counts nothing."""

    outcome: str
    asked_on: date
    asked_by: str
    text: str
    answered_on: date | None = None
    answered_by: str = ""
    answer: str = ""

    @property
    def is_open(self) -> bool:
        """Whether nobody has answered yet."""
        return self.answered_on is None


@dataclass(frozen=True, slots=True)
class FinanceLine:
    """A line of the company's own results that value is claimed on (rule V8)."""

    key: str
    name: str
    kind: LineKind
    currency: str
    source: str = ""


@dataclass(frozen=True, slots=True)
class LineCell:
    """A cell of a line's one partition, with the segments that lie in it (rule V8)."""

    line: str
    key: str
    name: str
    segments: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class LineMonth:
    """A month of a cell beside its baseline, minor units of the line's currency."""

    line: str
    cell: str
    month: int
    baseline: int
    actual: int

    def movement(self, kind: LineKind) -> int:
        """How far it moved the good way: up for margin, down for cost. It caps every claim on the cell."""
        moved = self.actual - self.baseline
        return moved if kind is LineKind.MARGIN else -moved


@dataclass(frozen=True, slots=True)
class DriverInput:
    """An input of a driver's formula: low, likely and high with owner, source and date (rule V7)."""

    driver: str
    key: str
    low: Decimal
    likely: Decimal
    high: Decimal
    owner: str = ""
    source: str = ""
    dated: date | None = None


@dataclass(frozen=True, slots=True)
class ValueDriver:
    """What one unit of a metric is worth a month: a formula of the safe menu with its inputs (rule V7)."""

    key: str
    name: str
    formula: str
    currency: str
    basis: ValueBasis
    owner: str = ""
    source: str = ""
    dated: date | None = None


@dataclass(frozen=True, slots=True)
class Values:
    """Everything of one version of the store that value is reckoned from, by key."""

    initiatives: Mapping[str, Initiative]
    measures: tuple[SuccessMeasure, ...]
    epic_plans: Mapping[str, EpicPlan]
    epic_teams: Mapping[str, tuple[EpicTeam, ...]]
    slices: Mapping[str, tuple[Slice, ...]]
    waits: Mapping[str, tuple[Wait, ...]]
    obligations: Mapping[str, Obligation]
    met: Mapping[str, Met]
    efforts: tuple[Effort, ...]
    plans: Mapping[str, OutcomePlan]
    forecasts: Mapping[str, FrozenForecast]
    readings: Mapping[str, tuple[Reading, ...]]
    confirmed_readings: Mapping[str, tuple[ConfirmedReading, ...]]
    closures: Mapping[str, Closure]
    questions: Mapping[str, tuple[Question, ...]]
    lines: Mapping[str, FinanceLine]
    cells: Mapping[tuple[str, str], LineCell]
    line_months: tuple[LineMonth, ...]
    drivers: Mapping[str, ValueDriver]
    inputs: Mapping[str, tuple[DriverInput, ...]]
    series: Mapping[str, Mapping[int, Decimal]]
