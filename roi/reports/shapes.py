"""What the reports answer with: frozen records that pages, exports and the command line share.

Amounts that stand alone are integer minor units of the report's currency.
"""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from roi.actors import Actor
from roi.domain.figures import Figure
from roi.domain.periods import Span
from roi.domain.structure import Company, Epic, Outcome, Team, Verdict


class Books(StrEnum):
    """Whether the ledger agrees with the control totals that finance stated."""

    EMPTY = "no costs yet"
    NO_CONTROL = "no control total stated"
    PARTLY = "some months have no control total"
    AGREE = "agrees with the books"
    DIFFER = "does not agree with the books"


@dataclass(frozen=True, slots=True)
class Scope:
    """What a report looks at: months, one value stream or all, one currency. None = the default.

    `as_of` is the change at which a past state is read; None = now.
    """

    span: Span | None = None
    value_stream: str | None = None
    currency: str | None = None
    as_of: int | None = None


@dataclass(frozen=True, slots=True)
class ImportRow:
    """One cost import as the list of imports shows it."""

    change_id: int
    at: datetime
    actor: str
    source: str
    file_name: str
    sha256: str
    rows: int
    totals: tuple[tuple[str, int], ...]
    months: tuple[int, ...]
    control: str
    is_live: bool
    undone_by: int | None


@dataclass(frozen=True, slots=True)
class Step:
    """One step of the first hour: key, whether it is done, how long it takes, who can do it, which page."""

    key: str
    title: str
    is_done: bool
    minutes: int
    who: str
    page: str


@dataclass(frozen=True, slots=True)
class ShellReport:
    """What the frame around every page shows; `actors` are the stored members with their roles."""

    version: int
    database: str
    company: Company | None
    span: Span | None
    months: Span | None
    value_streams: tuple[str, ...]
    currencies: tuple[str, ...]
    books: Books
    latest: ImportRow | None
    members: tuple[str, ...]
    steps: tuple[Step, ...]
    actors: tuple[Actor, ...] = ()


@dataclass(frozen=True, slots=True)
class TeamRow:
    """A team (or a sum of teams) with its cost and what its work returned."""

    key: str
    name: str
    kind: str
    cost: Figure
    confirmed: Figure
    protected: Figure
    returned: Figure
    verdict: Verdict
    outcomes_read: int
    outcomes_total: int
    outcomes_overdue: int


@dataclass(frozen=True, slots=True)
class StreamRow:
    """A value stream: its sum and its teams. `key` is empty for teams without a stream."""

    key: str
    name: str
    total: TeamRow
    teams: tuple[TeamRow, ...]


@dataclass(frozen=True, slots=True)
class SuspenseRow:
    """Cost that no team carries yet, by name and reason."""

    source: str
    label: str
    reason: str
    amount: int
    lines: int


@dataclass(frozen=True, slots=True)
class NamedAmount:
    """An amount of one kind: a nature, an intent, a category."""

    name: str
    amount: int
    lines: int = 0


@dataclass(frozen=True, slots=True)
class Trust:
    """The numbers behind the five lines under the headline; None where there is nothing to count."""

    grade_a_to_c: int | None
    confirmers: int
    confirmed_to: int | None
    read_cost_share: int | None
    claims_without_confirmation: int


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


@dataclass(frozen=True, slots=True)
class TeamMonths:
    """A team's cost by month; None where the team has no cost line in that month (not zero)."""

    key: str
    name: str
    kind: str
    value_stream: str
    by_month: tuple[int | None, ...]
    total: Figure
    returned: Figure
    verdict: Verdict


@dataclass(frozen=True, slots=True)
class TeamsReport:
    """What did each team cost, month by month, and does it add up to the ledger?

    With a value stream, `other_teams` and `by_month_other` hold what lies outside the stream, so that
    teams + others + excluded + suspense = ledger in every month.
    """

    version: int
    currency: str
    span: Span | None
    months: tuple[int, ...]
    teams: tuple[TeamMonths, ...]
    team_total: Figure
    excluded: Figure
    suspense: Figure
    ledger: Figure
    difference: Figure
    by_month_teams: tuple[int, ...]
    by_month_excluded: tuple[int, ...]
    by_month_suspense: tuple[int, ...]
    by_month_ledger: tuple[int, ...]
    suspense_rows: tuple[SuspenseRow, ...]
    books: Books
    other_teams: Figure | None = None
    by_month_other: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class EpicRow:
    """An epic with its outcomes and its cost: from its start (`cost`), and in the period (`cost_in_period`).

    The epics' cost in the period and the team's `rest` sum to the team's cost.
    """

    epic: Epic
    team_name: str
    cost: Figure
    outcomes: tuple["OutcomeRow", ...]
    cost_in_period: Figure | None = None


@dataclass(frozen=True, slots=True)
class OutcomeRow:
    """An outcome with its state and its value.

    `state` is one of: anticipated, reading due, overdue, measured, confirmed, self-confirmed.
    `progress` is the share of the promised change that came (parts per million), None before a reading.
    `landed` is one of: met, partly, not, "" (before a reading). `why_not` says what stops confirmation.
    `value` is confirmed value in the period; `measured` and `expected` are of one month and in no total.
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


@dataclass(frozen=True, slots=True)
class OutcomesReport:
    """Did the work do what its owner said it would, and whose reading is due?"""

    version: int
    currency: str
    epics: tuple[EpicRow, ...]
    total: int
    read: int
    confirmed: int
    overdue: int
    landed: int


@dataclass(frozen=True, slots=True)
class TeamReport:
    """What does one team cost, of what, and what did its work return?"""

    version: int
    currency: str
    span: Span | None
    team: Team
    months: tuple[int, ...]
    by_month: tuple[int | None, ...]
    row: TeamRow
    categories: tuple[NamedAmount, ...]
    areas: tuple[NamedAmount, ...]
    intents: tuple[NamedAmount, ...]
    epics: tuple[EpicRow, ...]
    rest: Figure | None = None


@dataclass(frozen=True, slots=True)
class CoverageCell:
    """One source in one month. `state`: agrees, differs, no control, missing."""

    state: str
    amount: int | None
    lines: int


@dataclass(frozen=True, slots=True)
class CoverageRow:
    """One source and scenario in one currency over all months."""

    source: str
    scenario: str
    currency: str
    cells: tuple[CoverageCell, ...]


@dataclass(frozen=True, slots=True)
class ControlRow:
    """A control total that finance stated, and what the ledger holds for the same months."""

    source: str
    scenario: str
    currency: str
    span: Span
    stated: int
    ledger: int
    reason: str
    change_id: int

    @property
    def difference(self) -> int:
        """Ledger minus stated."""
        return self.ledger - self.stated


@dataclass(frozen=True, slots=True)
class AreaRow:
    """One cost area of a source: what it cost, where it goes, and what its name suggests."""

    source: str
    area: str
    lines: int
    amount: int
    currency: str
    target_kind: str
    target: str
    suggestion: str


@dataclass(frozen=True, slots=True)
class ChangeRow:
    """One numbered change as the history shows it."""

    change_id: int
    at: datetime
    actor: str
    kind: str
    reason: str
    rows_added: int
    rows_removed: int
    undoes: int | None
    undone_by: int | None


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


@dataclass(frozen=True, slots=True)
class LedgerFilter:
    """Which ledger lines to show; None = all. `placed` is one of team, suspense, excluded or None.

    `scenario` is actual unless another one is named, so that sums are those of the cost figures.
    """

    span: Span | None = None
    source: str | None = None
    team: str | None = None
    area: str | None = None
    currency: str | None = None
    placed: str | None = None
    change_id: int | None = None
    scenario: str | None = "actual"


@dataclass(frozen=True, slots=True)
class LedgerLine:
    """One ledger line with the file and the line it came from."""

    change_id: int
    file_name: str
    line: int
    month: int
    source: str
    area: str
    team: str
    placed: str
    reason: str
    category: str
    supplier: str
    description: str
    scenario: str
    nature: str
    intent: str
    treatment: str
    currency: str
    amount: int


@dataclass(frozen=True, slots=True)
class LedgerReport:
    """The ledger lines that a filter names, their count and their exact sum per currency."""

    version: int
    total_lines: int
    totals: tuple[tuple[str, int], ...]
    lines: tuple[LedgerLine, ...]


@dataclass(frozen=True, slots=True)
class FileShare:
    """How much of a figure came from one file."""

    change_id: int
    file_name: str
    sha256: str
    at: datetime
    actor: str
    lines: int
    amount: int


@dataclass(frozen=True, slots=True)
class TraceReport:
    """Where does this number come from? Formula with its numbers, files, and (for finance) lines.

    The files' amounts sum to the figure when it is cost, else to the cost in its formula, and the outcomes'
    values to the confirmed value in it; `sums_agree` says so. `lines_hidden` says why lines are not shown.
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


@dataclass(frozen=True, slots=True)
class StartReport:
    """How far is this company in its first hour, and what does it consist of?"""

    version: int
    company: Company | None
    teams: tuple[Team, ...]
    value_streams: tuple[str, ...]
    divisions: tuple[str, ...]
    steps: tuple[Step, ...]
