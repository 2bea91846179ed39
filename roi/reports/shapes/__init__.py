"""What the reports answer with: frozen records that pages, exports and the command line share.

Amounts that stand alone are integer minor units of the report's currency.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from roi.actors import Actor
from roi.domain.figures import Figure
from roi.domain.periods import Span
from roi.domain.structure import Company, GroupedBy, Team, Verdict
from roi.reports.shapes.cost import (
    MethodChecks,
    MethodRow,
    NamedAmount,
    PartRow,
    PlanReport,
    PlanRow,
    PlanVersionRow,
    PositionRow,
    RoleMatrix,
    RoleRow,
    Ties,
)
from roi.reports.shapes.data import (
    AreaRow,
    Books,
    CentreRow,
    Certainty,
    ChangeRow,
    ControlRow,
    CoverageCell,
    CoverageRow,
    FileShare,
    ImportRow,
    LedgerFilter,
    LedgerLine,
    LedgerReport,
    ListCount,
    MissingRate,
    Moved,
    Restatement,
    Since,
    TeamCoverage,
)
from roi.reports.shapes.delay import FlowTime, FreedCapacity, LookedAt, WaitRow
from roi.reports.shapes.team import (
    StreamRow,
    SuspenseRow,
    TeamMonths,
    TeamOutline,
    TeamReport,
    TeamRow,
    TeamsReport,
)
from roi.reports.shapes.trace import ClaimTrace
from roi.reports.shapes.value import (
    ClassRow,
    CohortRow,
    Decision,
    UnverifiedRow,
    ValueChecks,
)
from roi.reports.shapes.work import (
    CalendarReport,
    EpicReport,
    EpicRow,
    InitiativeReport,
    InitiativesReport,
    OutcomeRow,
    OutcomesReport,
)

__all__ = [
    "AreaRow",
    "Books",
    "CalendarReport",
    "CentreRow",
    "Certainty",
    "ChangeRow",
    "ControlRow",
    "CoverageCell",
    "CoverageRow",
    "DataReport",
    "EpicReport",
    "EpicRow",
    "FileShare",
    "ImportRow",
    "InitiativeReport",
    "InitiativesReport",
    "LedgerFilter",
    "LedgerLine",
    "LedgerReport",
    "ListCount",
    "MethodChecks",
    "MethodRow",
    "MissingRate",
    "Moved",
    "NamedAmount",
    "OutcomeRow",
    "OutcomesReport",
    "PartRow",
    "PlanReport",
    "PlanRow",
    "PlanVersionRow",
    "PortfolioReport",
    "PositionRow",
    "Restatement",
    "RoleMatrix",
    "RoleRow",
    "Scope",
    "ShellReport",
    "StartReport",
    "Step",
    "StreamRow",
    "SuspenseRow",
    "TeamCoverage",
    "TeamMonths",
    "TeamOutline",
    "TeamReport",
    "TeamRow",
    "TeamsReport",
    "Ties",
    "TraceReport",
    "Trust",
]


@dataclass(frozen=True, slots=True)
class Scope:
    """What a report looks at: months, one group of teams or all, one currency. None = the default.

    No currency: everything, converted to the company's. A named one: only its own lines, unconverted.
    `as_of` is the change at which a past state is read; None = now. `structure` says whether roll-ups follow
    where a team stood in each month, or where it stands today (decision D5); `grouped_by` says whether teams
    roll up to value streams or to divisions, and so what `value_stream` names.
    """

    span: Span | None = None
    value_stream: str | None = None
    currency: str | None = None
    as_of: int | None = None
    structure: Literal["then", "today"] = "then"
    grouped_by: GroupedBy = "value_stream"

    @property
    def roll_up(self) -> "RollUp":
        """To what teams roll up, and by the structure of which time."""
        return self.grouped_by, self.structure


@dataclass(frozen=True, slots=True)
class Step:
    """One step of the first hour: key, whether it is done, how long it takes, who can do it, which page."""

    key: str
    title: str
    is_done: bool
    minutes: int
    who: str
    page: str


RollUp = tuple[GroupedBy, Literal["then", "today"]]
"""To what teams roll up, and by the structure of which time (decision D5)."""


@dataclass(frozen=True, slots=True)
class ShellReport:
    """What the frame around every page shows; `actors` are the stored members with their roles.

    `roll_ups` are the ways in which teams roll up here, each with its groups by name.
    """

    version: int
    database: str
    company: Company | None
    span: Span | None
    months: Span | None
    currencies: tuple[str, ...]
    books: Books
    latest: ImportRow | None
    members: tuple[str, ...]
    steps: tuple[Step, ...]
    actors: tuple[Actor, ...] = ()
    roll_ups: Mapping[RollUp, tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Trust:
    """The numbers behind the five lines under the headline; None where there is nothing to count."""

    grade_a_to_c: int | None
    confirmers: int
    confirmed_to: int | None
    read_cost_share: int | None
    claims_without_confirmation: int
    confirmers_not_here: int = 0
    """Of those who confirmed, how many are no members of the company now; of none where it names none."""


@dataclass(frozen=True, slots=True)
class Widened:
    """The headline with confirmed value that is not cash (rule V6): asked for by a switch, never silently.

    `trust` is that of this sum (V20); there is no verdict, because verdicts are those of cash (V19).
    """

    value: Figure
    returned: Figure
    net: Figure
    trust: Trust


@dataclass(frozen=True, slots=True)
class PortfolioReport:
    """Is engineering money paying back, what did it cost, and what is missing to know?

    With a value stream, cost and value are the stream's; ledger, excluded, suspense and difference stay
    those of the company, and `other_teams` is the cost that lies outside the stream (law T2), else None.
    """

    version: int
    company: Company | None
    currency: str
    span: Span | None
    other_currencies: tuple[NamedAmount, ...]
    ledger: Figure
    cost: Figure
    excluded: Figure
    suspense: Figure
    difference: Figure
    placed_share: Figure
    confirmed: Figure
    protected: Figure
    returned: Figure
    verdict: Verdict
    outcomes_read: int
    outcomes_total: int
    outcomes_overdue: int
    streams: tuple[StreamRow, ...]
    suspense_rows: tuple[SuspenseRow, ...]
    excluded_rows: tuple[NamedAmount, ...]
    intents: tuple[NamedAmount, ...]
    treatments: tuple[NamedAmount, ...]
    trust: Trust
    books: Books
    latest: ImportRow | None
    steps: tuple[Step, ...]
    other_teams: Figure | None = None
    grouped_by: GroupedBy = "value_stream"
    own: Figure | None = None
    overhead: Figure | None = None
    overhead_rows: tuple[PartRow, ...] = ()
    standard_difference: Figure | None = None
    ties: Ties | None = None
    is_converted: bool = False
    originals: tuple[NamedAmount, ...] = ()
    missing_rates: tuple[str, ...] = ()
    at_standard_rates: bool = False
    total: TeamRow | None = None
    decisions: tuple[Decision, ...] = ()
    running_looked_at: int = 0
    looked_at: LookedAt | None = None
    freed_ahead: tuple[FreedCapacity, ...] = ()
    flow_times: tuple[FlowTime, ...] = ()
    wide: Widened | None = None
    unverified: Sequence[UnverifiedRow] = ()
    unverified_cost: Figure | None = None
    overdue_cost: Figure | None = None
    still_expected: Figure | None = None
    net: Figure | None = None
    net_if_lands: Figure | None = None
    classes: tuple[ClassRow, ...] = ()
    checks: ValueChecks | None = None
    cohorts: tuple[CohortRow, ...] = ()
    closed_months: tuple[int, ...] = ()
    seed: int = 0
    draws: int = 0
    since: Since | None = None
    plan: PlanRow | None = None


@dataclass(frozen=True, slots=True)
class DataReport:
    """Do these numbers agree with the books, and what was imported when, by whom?"""

    version: int
    books: Books
    months: tuple[int, ...]
    coverage: tuple[CoverageRow, ...]
    controls: tuple[ControlRow, ...]
    imports: tuple[ImportRow, ...]
    areas: tuple[AreaRow, ...]
    changes: tuple[ChangeRow, ...]
    sources: tuple[str, ...]
    team_months: tuple[int, ...] = ()
    team_coverage: tuple[TeamCoverage, ...] = ()
    closed_months: tuple[int, ...] = ()
    open_months: tuple[int, ...] = ()
    missing_rates: tuple[MissingRate, ...] = ()
    lists: tuple[ListCount, ...] = ()
    centres: tuple[CentreRow, ...] = ()
    restatements: tuple[Restatement, ...] = ()
    hidden: str = ""


@dataclass(frozen=True, slots=True)
class TraceReport:
    """Where does this number come from? Formula with its numbers, files, and (for finance) lines.

    The files' amounts sum to the figure when it is cost, else to the cost in its formula, and the outcomes'
    values to the confirmed value in it; `sums_agree` says so. `lines_hidden` says why lines are not shown.
    `parts` are what of the figure comes from no file of its own: received by giver, overhead by pool, people
    at standard rates, pay as one company total. Files + parts = the cost; outcomes + value parts = the value.
    Of very many lines and outcomes only the largest are in `lines`, `outcomes` and `claims`. Beside a return
    `share_of_results` are the claims beside the company's own results, by which it is settled or not (D30).
    """

    version: int
    figure: Figure
    title: str
    span: Span | None
    currency: str
    files: tuple[FileShare, ...]
    lines: tuple[LedgerLine, ...]
    total_lines: int
    lines_hidden: str
    outcomes: tuple[OutcomeRow, ...]
    books: Books
    sums_agree: bool
    parts: tuple[PartRow, ...] = ()
    claims: tuple[ClaimTrace, ...] = ()
    waits: tuple[WaitRow, ...] = ()
    seed: int = 0
    draws: int = 0
    total_outcomes: int = 0
    outcomes_with_value: int = 0
    share_of_results: Figure | None = None


@dataclass(frozen=True, slots=True)
class StartReport:
    """How far is this company in its first hour, and what does it consist of?"""

    version: int
    company: Company | None
    teams: tuple[Team, ...]
    value_streams: tuple[str, ...]
    divisions: tuple[str, ...]
    steps: tuple[Step, ...]
