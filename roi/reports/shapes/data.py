"""What reports answer about the books: imports, coverage, lines, files, closed months, history.

Amounts that stand alone are integer minor units of the currency beside them.
"""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from roi.domain.periods import Span
from roi.domain.structure import Grade


class Books(StrEnum):
    """Whether the ledger agrees with the control totals that finance stated."""

    EMPTY = "no costs yet"
    NO_CONTROL = "no control total stated"
    PARTLY = "some months have no control total"
    AGREE = "agrees with the books"
    DIFFER = "does not agree with the books"


@dataclass(frozen=True, slots=True)
class ImportRow:
    """One cost import as the list of imports shows it; `totals` is empty where they would tell pay."""

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
class CoverageCell:
    """One source in one month. `state`: agrees, differs, no control, missing.

    `amount` is None where there is no line, and where it would tell pay to somebody outside finance.
    """

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
    """A control total that finance stated, and what the ledger holds for the same months.

    Outside finance a source that holds pay has no row; `CoverageCell.state` says whether it agrees.
    """

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
class CentreRow:
    """One cost centre of the company: the team that carries it, and the cost that follows it to that team.

    An empty team is not decided yet. `is_said`: somebody gave it a team or mapped an area to it; else it is
    only the name of an area that goes nowhere yet. `held` are sums of lines, before anything is shared out.
    """

    cost_centre: str
    team: str
    is_said: bool
    areas: tuple[str, ...]
    lines: int
    held: tuple[tuple[str, int], ...]

    @property
    def waits(self) -> bool:
        """Whether its cost is in suspense until somebody says which team carries it."""
        return not self.team and self.lines > 0


@dataclass(frozen=True, slots=True)
class AreaRow:
    """One cost area of a source: what it cost, where it goes, and what its name suggests.

    `left_out` names the natures of an area that holds nothing else but what is not cost (rule V1), else it is
    empty; `amount` is then what is left out.
    """

    source: str
    area: str
    lines: int
    amount: int
    currency: str
    target_kind: str
    target: str
    suggestion: str
    left_out: tuple[str, ...] = ()

    @property
    def waits(self) -> bool:
        """Whether its cost is in suspense until somebody says where it goes."""
        return not self.target_kind and not self.left_out


@dataclass(frozen=True, slots=True)
class Difference:
    """What a change made of one thing: a column before and after, or a row that came or went (no column).

    `table` and `column` are the store's; `subject` names the thing; values are as they are stored, with names
    for keys. `more` counts differences that are left out; then nothing else is said.
    """

    table: str = ""
    subject: str = ""
    column: str = ""
    before: object = None
    after: object = None
    currency: str = ""
    more: int = 0


@dataclass(frozen=True, slots=True)
class ChangeRow:
    """One numbered change as the history shows it.

    `notes` is what its receipt said beside it; `moved` is what it changed from what to what, where told.
    """

    change_id: int
    at: datetime
    actor: str
    kind: str
    reason: str
    rows_added: int
    rows_removed: int
    undoes: int | None
    undone_by: int | None
    notes: tuple[str, ...] = ()
    moved: tuple[Difference, ...] = ()


@dataclass(frozen=True, slots=True)
class Since:
    """Live changes by kind from a day on; `closed_to` is the latest month that was closed on that day.

    `closed_to` None: no month was ever closed, and the day lies thirty days back.
    """

    day: date
    closed_to: int | None
    counts: tuple[tuple[str, int], ...]
    restatements: int


@dataclass(frozen=True, slots=True)
class TeamCoverage:
    """A team over the months: each closed, reconciled, draft, missing, or "" outside the team's life.

    Closed: figures move only by a restatement. Reconciled: every source of the month agrees with its control
    total. Draft: there is cost, not reconciled yet. Missing: a month of the team without cost.
    """

    key: str
    name: str
    states: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class MissingRate:
    """An exchange rate that figures wait for, and how many ledger lines."""

    currency: str
    target: str
    month: int
    basis: str
    lines: int


@dataclass(frozen=True, slots=True)
class ListCount:
    """How many rows a list about sharing cost has, and the change that touched it last."""

    kind: str
    rows: int
    change_id: int | None


@dataclass(frozen=True, slots=True)
class Certainty:
    """How sure a value is: its likely range (8 in 10) in minor units, and its evidence grade."""

    low: int
    high: int
    grade: Grade


@dataclass(frozen=True, slots=True)
class Moved:
    """One figure of a closed month with both numbers, minor units of its currency; None is unknown.

    Of a value it is told, too, how sure both are; None of cost, and of a value that is nothing.
    """

    month: int
    place: str
    team: str
    team_name: str
    currency: str
    before: int | None
    after: int | None
    sure_before: Certainty | None = None
    sure_after: Certainty | None = None


@dataclass(frozen=True, slots=True)
class Restatement:
    """A named change of closed months. Outside finance only figures at standard rates are in `moved`."""

    change_id: int
    at: datetime
    actor: str
    reason: str
    moved: tuple[Moved, ...]
    hidden: int = 0


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
    """One ledger line with the file and line it came from; `corrected`: which cell was read otherwise."""

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
    corrected: str = ""


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
