"""What the reports answer about work: epics, outcomes, initiatives, and the loop that they close."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from roi.domain import outcomes as told
from roi.domain import quickly
from roi.domain.benefits import COUNTED_ONCE
from roi.domain.closing_loop import LoopState
from roi.domain.figures import Figure
from roi.domain.periods import Span
from roi.domain.structure import Epic, EpicKind, Outcome
from roi.reports.shapes.data import ChangeRow
from roi.reports.shapes.lazy import Rows, no_rows
from roi.reports.shapes.obligations import ObligationRow
from roi.reports.shapes.value import (
    AppraisalView,
    CalibrationRow,
    DueRow,
    EpicView,
    InitiativeRow,
    MeasureRow,
    MomentRow,
    OutcomeDetail,
    PromiseRow,
    QueueRow,
    TeamPart,
    UnverifiedRow,
)


@quickly.made
@dataclass(frozen=True, slots=True)
class OutcomeRow:
    """An outcome with its state and its value.

    `state` is one of: anticipated, reading due, overdue, measured, confirmed, self-confirmed.
    `progress` is the share of the promised change that came (parts per million), None before a reading.
    `landed` is one of: met, partly, not, "" (before a reading). `why_not` says what stops confirmation.
    `value` is confirmed value in the period; `measured` and `expected` are of one month and in no total.
    `stopped` are the ticks that cannot be given now, each with its reason and the next step; `uncapped` says
    why no finance line caps what was read (rule V8). `product` is the value stream of its epic's team.
    `delivered` is when its epic was; `effect` an entered estimate of what its last reading moved (D31);
    `ended_as` is how its claim ended: written off, dropped, or cancelled with its epic (V12).
    """

    outcome: Outcome
    epic_name: str
    team: str
    team_name: str
    state: str
    due_on: date | None
    days_late: int
    progress: int | None
    landed: str
    value: Figure
    ticks: tuple[tuple[str, str, date], ...]
    why_not: str
    measured: Figure | None = None
    expected: Figure | None = None
    stopped: tuple[tuple[str, str], ...] = ()
    uncapped: str = ""
    product: str = ""
    delivered: date | None = None
    effect: tuple[Decimal, Decimal, Decimal] | None = None
    ended_as: str = ""

    @property
    def counted_with(self) -> str:
        """The outcome with which its money counts once already, as `“measure” of epic`; else nothing."""
        is_copy = self.why_not.startswith(COUNTED_ONCE)
        return self.why_not.removeprefix(COUNTED_ONCE) if is_copy else ""

    @property
    def standing(self) -> str:
        """Its state; of what counts with another one that it counts there, and nothing here (law T4).

        Of a claim that ended before its loop was closed it is the word for how it ended.
        """
        if self.counted_with:
            return "counted with another"
        return self.ended_as or self.state if self.state == LoopState.WRITTEN_OFF else self.state


@quickly.made
@dataclass(frozen=True, slots=True)
class EpicRow:
    """An epic with its outcomes and its cost: from its start (`cost`), and in the period (`cost_in_period`).

    The epics' cost in the period and the team's `rest` sum to the team's cost. `product` is the value stream
    in which its team stands in the last month looked at; empty where it stands in none.
    """

    epic: Epic
    team_name: str
    cost: Figure
    outcomes: tuple[OutcomeRow, ...]
    cost_in_period: Figure | None = None
    product: str = ""


class Listed(NamedTuple):
    """An outcome of a list, and what kind of work its epic is."""

    outcome: Outcome
    kind: EpicKind

    @property
    def landed(self) -> str:
        """Whether it came as promised: met, partly, not, "" (before a reading)."""
        return told.landed(self.outcome)


@dataclass(frozen=True, slots=True)
class OutcomesReport:
    """Did the work do what its owner said it would, and whose reading is due?

    `due` are readings and renewals of today and before, the dearest and latest first; `to_come` those of the
    next months. `calibration` begins with the company, then teams, then kinds of work. `states` counts the
    outcomes by their state; `landed_by_kind` is kind, landed, read. `told_late` counts the promises of the
    company that were told here only when they had been read (law T11). `farthest` are the promises with
    changes, those first whose actual is farthest from what was promised. `obligations` are ranked (rule V15).
    Every outcome stands in `outcomes` and at the same place in `rows`, by the start of its epic; every epic
    in `all_epics` and at the same place in `epics`. Rows are made when they are asked for, as a page shows
    few: those of `due` and `to_come` of an `awaited.Awaited`. `written` are outcomes and success measures
    whose target stands as it was written, in no other count here; `written_counts` says how many came out
    how.
    """

    version: int
    currency: str
    epics: Rows[EpicRow]
    total: int
    read: int
    confirmed: int
    overdue: int
    landed: int
    due: Rows[DueRow] = field(default_factory=no_rows)
    to_come: Rows[DueRow] = field(default_factory=no_rows)
    queue: Sequence[QueueRow] = ()
    promises: tuple[PromiseRow, ...] = ()
    calibration: tuple[CalibrationRow, ...] = ()
    unverified: Sequence[UnverifiedRow] = ()
    unverified_cost: Figure | None = None
    unverified_value: Figure | None = None
    overdue_cost: Figure | None = None
    states: tuple[tuple[str, int], ...] = ()
    landed_by_kind: tuple[tuple[str, int, int], ...] = ()
    told_late: int = 0
    farthest: tuple[PromiseRow, ...] = ()
    obligations: Sequence[ObligationRow] = ()
    written: tuple[MeasureRow, ...] = ()
    written_counts: tuple[tuple[str, int], ...] = ()
    outcomes: tuple[Listed, ...] = ()
    rows: Sequence[OutcomeRow] = ()
    all_epics: tuple[Epic, ...] = ()
    latest_read: tuple[Listed, ...] = ()
    places: Mapping[str, int] = field(default_factory=dict)

    def row(self, outcome: str) -> OutcomeRow | None:
        """The row of one outcome."""
        place = self.places.get(outcome)
        return None if place is None else self.rows[place]

    def rows_of(self, listed: Iterable[Listed]) -> list[OutcomeRow]:
        """The rows of some outcomes of the list, in their order."""
        return [self.rows[self.places[one.outcome.key]] for one in listed]


@dataclass(frozen=True, slots=True)
class EpicReport:
    """One epic whole: its cost, what it should change and did, who confirmed it, and its history."""

    version: int
    currency: str
    span: Span | None
    row: EpicRow
    view: EpicView
    changes: tuple[ChangeRow, ...]
    obligation: ObligationRow | None = None

    def about(self, outcome: str) -> tuple[OutcomeRow, OutcomeDetail]:
        """The row of one of its outcomes, and everything beside it."""
        row = next(one for one in self.row.outcomes if one.outcome.key == outcome)
        return row, next(one for one in self.view.details if one.outcome == outcome)


@dataclass(frozen=True, slots=True)
class EpicValue:
    """Of an epic, cash confirmed since start, what is protected, and a month of what is expected."""

    epic: str
    confirmed: Figure
    protected: Figure
    expected: Figure


@dataclass(frozen=True, slots=True)
class InitiativeReport:
    """What a board approved: what was promised, what it cost, what came, and what is still to come.

    `promised` is the value of one month as frozen when its epics started, `expected` as it is told today.
    """

    version: int
    currency: str
    span: Span | None
    row: InitiativeRow
    epics: tuple[EpicRow, ...]
    measures: tuple[MeasureRow, ...]
    promised: Figure
    expected: Figure
    teams: tuple[TeamPart, ...]
    appraisal: AppraisalView
    moments: tuple[MomentRow, ...]
    measure_counts: tuple[tuple[str, int], ...] = ()
    protected: Figure | None = None
    by_epic: tuple[EpicValue, ...] = ()


@dataclass(frozen=True, slots=True)
class InitiativesReport:
    """Every initiative by its due date; `without` is the cost of epics that belong to none.

    `measures` says how many of their success measures, and of their epics', came out how.
    """

    version: int
    currency: str
    rows: tuple[InitiativeRow, ...]
    without: Figure
    measures: tuple[tuple[str, int], ...] = ()


@dataclass(frozen=True, slots=True)
class CalendarReport:
    """The readings and renewals that are due or to come, as the text of a calendar file (RFC 5545)."""

    version: int
    text: str
    events: int
