"""The company as finance and technology see it: divisions, value streams, teams, epics, outcomes."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Literal, NamedTuple

from roi.domain import quickly

GroupedBy = Literal["value_stream", "division"]
"""To what teams roll up."""


class TeamKind(StrEnum):
    """Team types. Source: Skelton and Pais, Team Topologies."""

    STREAM_ALIGNED = "stream_aligned"
    PLATFORM = "platform"
    ENABLING = "enabling"
    COMPLICATED_SUBSYSTEM = "complicated_subsystem"


class EpicKind(StrEnum):
    """Flow items. Source: Flow Framework."""

    FEATURE = "feature"
    TECHNICAL_DEBT = "technical_debt"
    DEFECT = "defect"
    RISK = "risk"


class ValueClass(StrEnum):
    """What kind of benefit an outcome is (law T5)."""

    REVENUE = "revenue"
    RETENTION = "retention"
    COST_REDUCTION = "cost_reduction"
    COST_AVOIDED = "cost_avoided"
    RELEASED_TIME = "released_time"
    RISK_REDUCED = "risk_reduced"
    NOT_FINANCIAL = "not_financial"


CASH_CLASSES = frozenset({ValueClass.REVENUE, ValueClass.RETENTION, ValueClass.COST_REDUCTION})
"""The classes that stand in the numerator of return per $1 (rule V6)."""


class ValueBasis(StrEnum):
    """Where the money per unit comes from; an assumed value is never confirmed (rule V7)."""

    BOOKED = "booked"
    AGREED = "agreed"
    ASSUMED = "assumed"


class Grade(StrEnum):
    """Evidence grade: experiment, controlled, interrupted series, before and after, stated (law T5)."""

    A = "A"
    B = "B"
    C = "C"
    D = "D"
    E = "E"


class Verdict(StrEnum):
    """What the range says about break-even (rule V19)."""

    PAST_BREAK_EVEN = "past break-even"
    TOO_CLOSE = "too close to call"
    NOT_THERE_YET = "not there yet"
    TOO_EARLY = "too early"
    NONE = ""


@dataclass(frozen=True, slots=True)
class Team:
    """A cross-functional team; `starts` and `ends` are months, both included."""

    key: str
    name: str
    kind: TeamKind = TeamKind.STREAM_ALIGNED
    value_stream: str = ""
    division: str = ""
    starts: int | None = None
    ends: int | None = None


@dataclass(frozen=True, slots=True)
class Company:
    """Name, reporting currency and first month of the fiscal year (1 to 12)."""

    name: str
    currency: str
    fiscal_start: int = 1


@quickly.made
@dataclass(frozen=True, slots=True)
class Epic:
    """A piece of work that one team delivers; `planned_share` of its capacity in parts per million."""

    key: str
    name: str
    team: str
    kind: EpicKind
    started: date
    delivered: date | None
    planned_share: int
    is_obligation: bool = False


@quickly.made
@dataclass(frozen=True, slots=True)
class Outcome:
    """What an epic should change, what it did change, and what a unit of that is worth.

    `unit_value` is money per unit of the metric per month in major units of `currency`; shares are the
    part of the movement that is due to this work, in parts per million (low P10, likely P50, high P90).
    """

    key: str
    epic: str
    metric: str
    unit: str
    direction: str
    baseline: Decimal
    target_low: Decimal
    target_likely: Decimal
    target_high: Decimal
    value_class: ValueClass
    owner: str
    by_when: date | None = None
    unit_value: Decimal | None = None
    currency: str = ""
    value_basis: ValueBasis = ValueBasis.ASSUMED
    grade: Grade = Grade.E
    evidence: str = ""
    actual: Decimal | None = None
    read_on: date | None = None
    share_low: int | None = None
    share_likely: int | None = None
    share_high: int | None = None


class Tick(StrEnum):
    """The three parts of a confirmation (rule V10)."""

    MOVEMENT = "movement"
    UNIT_VALUE = "unit_value"
    SHARE = "share"


class Told(NamedTuple):
    """What was claimed at one moment: the outcome, and when its epic was delivered."""

    outcome: Outcome
    delivered: date | None


@quickly.made
@dataclass(frozen=True, slots=True)
class Confirmation:
    """One tick on one outcome: who, when, and until when it holds."""

    outcome: str
    tick: Tick
    confirmed_by: str
    confirmed_on: date
    valid_to: date | None = None
