"""What the reports answer about value: appraisal, the closed loop, calibration, decisions, checks.

Amounts that stand alone are integer minor units of the report's currency; chances and shares are parts per
million.
"""

from dataclasses import dataclass, field
from datetime import date

from roi.domain import outcomes as told
from roi.domain import quickly
from roi.domain.figures import Figure
from roi.domain.value import (
    Closure,
    EpicPlan,
    Initiative,
    OutcomePlan,
    Question,
    Reading,
    Slice,
    SuccessMeasure,
)
from roi.reports.shapes.delay import FreedCapacity, NextUse, SwapRow, Waiting, WaitRow


@quickly.made
@dataclass(frozen=True, slots=True)
class DueRow:
    """A reading or renewal that is due, overdue or to come; `cost` is the epic cost that it explains."""

    outcome: str
    metric: str
    epic: str
    epic_name: str
    team: str
    team_name: str
    owner: str
    due_on: date
    days_late: int
    is_overdue: bool
    is_renewal: bool
    cost: Figure


@dataclass(frozen=True, slots=True)
class QueueRow:
    """A measured outcome that waits for finance: missing ticks, what is asked, what it is worth.

    `stopped` are the ticks that cannot be given now, each with its reason and the next step; `can_confirm`:
    every missing tick can be given, so that *Confirm* is offered. `uncapped` says why no line caps it (V8).
    """

    outcome: str
    metric: str
    epic_name: str
    team_name: str
    owner: str
    confirmer: str
    read_on: date
    grade: str
    missing: tuple[str, ...]
    questions: tuple[Question, ...]
    why_not: str
    measured: Figure
    is_owner_you: bool
    stopped: tuple[tuple[str, str], ...] = ()
    can_confirm: bool = True
    uncapped: str = ""


@quickly.made
@dataclass(frozen=True, slots=True)
class UnverifiedRow:
    """An outcome whose value nobody confirmed for more than 90 days, or whose reading is overdue."""

    outcome: str
    metric: str
    epic: str
    team_name: str
    owner: str
    days_late: int
    days_since_delivery: int
    cost: Figure
    expected: Figure


@dataclass(frozen=True, slots=True)
class CalibrationRow:
    """How the forecasts of a team or a kind of work came out; never a person's (decision D32).

    `judged` names the group whose record this is: the one above when the own is below eight. `answer` is why
    there is none. Fractions are parts per million: `bias` below zero means promised too much. `given_up` of
    the `count` ended before anybody read them: they brought nothing, and are no read outcomes elsewhere.
    """

    kind: str
    key: str
    name: str
    judged: str
    count: int
    pending: int
    hits: int
    bias: int | None
    realisation: int | None
    hit_rate: tuple[int, int, int] | None
    interval_score: int | None
    is_overconfident: bool
    haircut: int | None
    answer: str = ""
    given_up: int = 0


@quickly.made
@dataclass(frozen=True, slots=True)
class PromiseRow:
    """Promised range beside what came, in shares of the promised change (parts per million).

    `changes` are the promised and the actual change in shares of where the metric stood; None where it stood
    at zero, or is not read.
    """

    outcome: str
    metric: str
    epic: str
    low: int
    high: int
    actual: int | None
    landed: str
    is_confirmed: bool
    changes: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True)
class PoolRow:
    """One benefit pool in the period: movement = counted + given back + unclaimed + above the cap (V8)."""

    pool: str
    metric: str
    line: str
    cell: str
    movement: Figure
    counted: Figure
    overlap_removed: Figure
    unclaimed: Figure
    is_capped: bool
    claims: tuple[tuple[str, int, str], ...]
    """Outcome, counted minor units, and why it counts nothing (empty when it counts)."""


@dataclass(frozen=True, slots=True)
class CashRow:
    """A quarter of an investment: cost, benefits by how sure they are, and the sum so far with its range.

    `assumed` follows a confirmed reading, `expected` is measured and not confirmed, or promised and not read.
    """

    first_month: int
    label: str
    cost: int
    confirmed: int
    assumed: int
    cumulative: int
    cumulative_low: int
    cumulative_high: int
    is_past: bool
    expected: int = 0


@dataclass(frozen=True, slots=True)
class AppraisalView:
    """Is it worth its money (methods 5): NPV first, never ranked by IRR. Figures carry their range.

    `payback` is months since the first cost; `payback_on` its day, and `paid_back_on` the past day on which
    what finance confirmed had covered the cost by itself, as it does to date. `chance` is the chance that it
    pays back within the horizon. `forward_npv` leaves sunk cost out. `why_not` says why there is none.
    `build` to `expected` are the undiscounted sums of its flows; `notes` what a reader has to know of them.
    """

    npv: Figure
    roi: Figure
    payback: Figure
    irr: Figure
    forward_npv: Figure
    chance: int | None
    forward_loss_chance: int | None
    payback_on: date | None
    rate: int
    valued_on: date
    horizon_months: int
    seed: int
    draws: int
    rows: tuple[CashRow, ...] = ()
    why_not: str = ""
    build: int = 0
    launch: int = 0
    run: int = 0
    confirmed: int = 0
    assumed: int = 0
    expected: int = 0
    forward_from: date | None = None
    notes: tuple[str, ...] = ()
    paid_back_on: date | None = None


@dataclass(frozen=True, slots=True)
class ChainRow:
    """A link of a chain: leading measure, result, money; each with its own reading and grade (rule V9)."""

    outcome: str
    metric: str
    grade: str
    progress: int | None
    is_money: bool
    is_this: bool


@dataclass(frozen=True, slots=True)
class MomentRow:
    """A point of an epic's time line: agreed, started, delivered, a reading, closed.

    `state` is one of: done, read, due, overdue, to come, ended.
    """

    on: date
    label: str
    state: str
    outcome: str = ""


@dataclass(frozen=True, slots=True)
class OutcomeDetail:
    """Everything about one outcome beside its row.

    `promised_on` is the day from which its promise is frozen, as its owner states it; `entered_on` that on
    which it was told here. `treated` is as what it counts: cash, protected, already in lower cost; of the
    last `memo` is what is saved in the period, in the report's currency and in no total (rule V13).
    `confirmed_months` are those that its latest reading confirms and that count by it; empty until finance
    has confirmed it (rules V10, V11).
    """

    outcome: str
    plan: OutcomePlan | None
    readings: tuple[Reading, ...]
    closure: Closure | None
    questions: tuple[Question, ...]
    chain: tuple[ChainRow, ...]
    pool: PoolRow | None
    promised: tuple[str, str, str]
    promised_on: date | None
    assumed: Figure
    capacity_milliweeks: int | None
    raw_forecast: Figure
    after_haircut: Figure
    haircut_from: str
    why_not_closed: str
    unit_value_words: str = ""
    entered_on: date | None = None
    freed: FreedCapacity | None = None
    treated: str = ""
    memo: int = 0
    confirmed_months: tuple[int, ...] = ()

    @property
    def is_hindsight(self) -> bool:
        """Whether its promise was entered here only after the measure had been read (law T11)."""
        return told.is_hindsight(self.entered_on, min((one.read_on for one in self.readings), default=None))


@dataclass(frozen=True, slots=True)
class TeamPart:
    """A team of an epic: its planned share, its frozen share of the value, its cost."""

    team: str
    team_name: str
    planned_share: int
    effort: int
    cost: Figure
    basis: str


@dataclass(frozen=True, slots=True)
class EpicView:
    """One epic whole: what was agreed, who works on it, its time line, its money."""

    plan: EpicPlan
    initiative_name: str
    teams: tuple[TeamPart, ...]
    slices: tuple[Slice, ...]
    measures: tuple[SuccessMeasure, ...]
    moments: tuple[MomentRow, ...]
    details: tuple[OutcomeDetail, ...]
    confirmed: Figure
    protected: Figure
    expected: Figure
    appraisal: AppraisalView
    waiting: Waiting = field(default_factory=Waiting)
    as_written: tuple["MeasureRow", ...] = ()


@dataclass(frozen=True, slots=True)
class InitiativeRow:
    """An initiative in a list: promised, spent, confirmed, when it is due."""

    initiative: Initiative
    epics: int
    delivered: int
    cost: Figure
    approved: Figure
    confirmed: Figure
    outcomes_read: int
    outcomes_total: int
    outcomes_overdue: int


@dataclass(frozen=True, slots=True)
class MeasureRow:
    """A target as written and how it came out: met, not met, not available, to come, cannot be compared."""

    measure: SuccessMeasure
    status: str
    why: str = ""
    whose: str = ""


@dataclass(frozen=True, slots=True)
class Decision:
    """A decision that money hangs on (rule V21): pause or reshape, end a wait, swap an order.

    `saved` and `lost` are what pausing saves and gives up, `next_use` what its capacity could do next, which
    is not in `per_month`; `waits` what the epic waits for now; of a swap `epic` is the one to go first.
    """

    kind: str
    epic: str
    name: str
    team_name: str
    owner: str
    per_month: Figure
    why: str
    chance: int | None
    saved: int = 0
    lost: int = 0
    waits: tuple[WaitRow, ...] = ()
    swap: SwapRow | None = None
    next_use: NextUse | None = None


@dataclass(frozen=True, slots=True)
class CohortRow:
    """Epics by the quarter of their start; the last row is run, unplanned and unassigned (rule V22)."""

    label: str
    first_month: int | None
    cost: Figure
    confirmed: Figure
    outcomes_read: int
    outcomes_total: int


@dataclass(frozen=True, slots=True)
class ClassRow:
    """Confirmed value of one class, cash first; `expected` is what is still to come in the period."""

    value_class: str
    is_cash: bool
    confirmed: Figure
    expected: Figure


@dataclass(frozen=True, slots=True)
class ValueChecks:
    """What the five lines under the headline rest on beside `Trust`; unknown where nothing is known.

    `true_up_months` are the months after the period in which `true_up_ahead` counts; `uncapped` outcomes
    count cash that no finance line caps (V8).
    """

    share_of_results: Figure
    overlap_removed: Figure
    already_in_lower_cost: Figure
    old_harvest: Figure
    started_in_period: Figure
    unread_started: int
    confirmer_is_owner: int
    planned_value: Figure
    planned_actual: Figure
    planned_late: Figure
    true_up: Figure
    capacity_milliweeks: int
    true_up_ahead: Figure | None = None
    true_up_months: tuple[int, ...] = ()
    uncapped: int = 0
