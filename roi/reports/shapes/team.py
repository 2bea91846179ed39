"""What the reports answer about teams: each with cost and return, all of them by month, and one alone."""

from dataclasses import dataclass

from roi.domain.figures import Figure
from roi.domain.periods import Span
from roi.domain.structure import GroupedBy, Team, Verdict
from roi.reports.shapes.cost import (
    MethodRow,
    NamedAmount,
    PartRow,
    PlanReport,
    PlanRow,
    PositionRow,
    RoleRow,
    Ties,
)
from roi.reports.shapes.data import Books
from roi.reports.shapes.value import AppraisalView, CalibrationRow, CohortRow
from roi.reports.shapes.work import EpicRow


@dataclass(frozen=True, slots=True)
class TeamRow:
    """A team (or a sum of teams) with its cost and what its work returned.

    Two honest views of one total: before reallocation a team costs `own`, and overhead stands apart; after it
    a team costs `full` = own + `received` from serving teams + `overhead` − `passed_on`. `cost` is `full`,
    and what verdict and return stand on (rule V2). `confirmed` is after reallocation too: a share of a
    serving team's value reaches those it serves; `confirmed_own` is the team's own epics alone.
    """

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
    own: Figure | None = None
    received: Figure | None = None
    overhead: Figure | None = None
    passed_on: Figure | None = None
    full: Figure | None = None
    confirmed_own: Figure | None = None
    heads: Figure | None = None
    cost_per_head: Figure | None = None
    read_and_overdue: int = 0


@dataclass(frozen=True, slots=True)
class TeamOutline:
    """What titles and a folded table look at of a team: minor units, None where there is none or not known.

    `cost` is its full cost, `high` where the likely range of its return ends, parts per million.
    """

    key: str
    name: str
    kind: str
    verdict: Verdict
    own: int | None = None
    cost: int | None = None
    confirmed: int | None = None
    protected: int | None = None
    high: int | None = None
    outcomes_total: int = 0

    @classmethod
    def of(cls, row: TeamRow) -> "TeamOutline":
        """The same of a whole row."""
        own = row.own.value if row.own is not None else None
        amounts = own, row.cost.value, row.confirmed.value, row.protected.value
        high = row.returned.high or row.returned.value
        return cls(row.key, row.name, row.kind, row.verdict, *amounts, high, row.outcomes_total)


@dataclass(frozen=True, slots=True)
class StreamRow:
    """A value stream: its sum and its teams. `key` is empty for teams without a stream.

    A report of many teams has the rows of those alone that were asked for; `outlines` are of all of them, in
    the order of rows.
    """

    key: str
    name: str
    total: TeamRow
    teams: tuple[TeamRow, ...]
    outlines: tuple[TeamOutline, ...] = ()

    @property
    def outlined(self) -> tuple[TeamOutline, ...]:
        """Every team of it in outline."""
        return self.outlines or tuple(TeamOutline.of(row) for row in self.teams)


@dataclass(frozen=True, slots=True)
class SuspenseRow:
    """Cost that no team carries yet, by name and reason."""

    source: str
    label: str
    reason: str
    amount: int
    lines: int

    @property
    def part(self) -> str:
        """Which part of suspense it is, in the address of its trace."""
        return " · ".join((self.source, self.label, self.reason))


@dataclass(frozen=True, slots=True)
class TeamMonths:
    """A team's full cost by month; None where the team has no cost in that month (not zero).

    `by_month_own` is the same before reallocation. A team that moved stands once in each value stream, with
    the months in which it stood there.
    """

    key: str
    name: str
    kind: str
    value_stream: str
    by_month: tuple[int | None, ...]
    total: Figure
    returned: Figure
    verdict: Verdict
    by_month_own: tuple[int | None, ...] = ()
    row: TeamRow | None = None
    plan: PlanRow | None = None


@dataclass(frozen=True, slots=True)
class TeamsReport:
    """What did each team cost, month by month, and does it add up to the ledger?

    With a value stream, `other_teams` and `by_month_other` hold what lies outside the stream, so that
    teams + others + excluded + suspense = ledger in every month. `by_month_teams` is the whole cost of the
    teams, overhead included; `by_month_overhead` is the part of it that is overhead before reallocation.
    Outside finance the teams stand at standard rates and `by_month_beyond` is the one difference to them:
    rows of teams + beyond = `by_month_teams`. A month is None where an exchange rate is missing.
    `teams` and `plans` are there only where months were asked for.
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
    by_month_teams: tuple[int | None, ...]
    by_month_excluded: tuple[int | None, ...]
    by_month_suspense: tuple[int | None, ...]
    by_month_ledger: tuple[int | None, ...]
    suspense_rows: tuple[SuspenseRow, ...]
    books: Books
    other_teams: Figure | None = None
    by_month_other: tuple[int | None, ...] = ()
    by_month_overhead: tuple[int | None, ...] = ()
    by_month_beyond: tuple[int | None, ...] = ()
    own_total: Figure | None = None
    overhead: Figure | None = None
    overhead_rows: tuple[PartRow, ...] = ()
    standard_difference: Figure | None = None
    streams: tuple[StreamRow, ...] = ()
    plans: PlanReport | None = None
    intents: tuple[NamedAmount, ...] = ()
    treatments: tuple[NamedAmount, ...] = ()
    excluded_rows: tuple[NamedAmount, ...] = ()
    ties: Ties | None = None
    is_converted: bool = False
    missing_rates: tuple[str, ...] = ()
    at_standard_rates: bool = False
    total: TeamRow | None = None
    share_of_results: Figure | None = None
    grouped_by: GroupedBy = "value_stream"

    @property
    def has_teams(self) -> bool:
        """Whether there is a team at all in what is looked at."""
        return bool(self.teams) or any(stream.outlined for stream in self.streams)

    @property
    def with_cost(self) -> int:
        """How many teams have a cost that is known; one that moved to another value stream is one team."""
        if not self.streams:
            return len({team.key for team in self.teams if team.total.value is not None})
        teams = (team for stream in self.streams for team in stream.outlined)
        return len({team.key for team in teams if team.cost is not None})


@dataclass(frozen=True, slots=True)
class TeamEpicValue:
    """What a team books of an epic: confirmed cash, and confirmed value that is not cash by class (V2, V6).

    Minor units; of a serving team before its value passes on.
    """

    epic: str
    name: str
    cash: int = 0
    protected: tuple[tuple[str, int], ...] = ()


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
    by_month_own: tuple[int | None, ...] = ()
    givers: tuple[PartRow, ...] = ()
    takers: tuple[PartRow, ...] = ()
    roles: tuple[RoleRow, ...] = ()
    treatments: tuple[NamedAmount, ...] = ()
    plan: PlanRow | None = None
    positions: tuple[PositionRow, ...] = ()
    method: MethodRow | None = None
    people: tuple[PartRow, ...] = ()
    is_converted: bool = False
    missing_rates: tuple[str, ...] = ()
    at_standard_rates: bool = False
    appraisal: AppraisalView | None = None
    calibration: CalibrationRow | None = None
    cohorts: tuple[CohortRow, ...] = ()
    still_expected: Figure | None = None
    share_of_results: Figure | None = None
    booked: tuple[TeamEpicValue, ...] = ()
