"""What reports answer about cost: its parts, its plan, who works where, how it ties to the books.

Amounts that stand alone are integer minor units of the report's currency.
"""

from dataclasses import dataclass
from datetime import date

from roi.domain.figures import Figure
from roi.domain.periods import Span


@dataclass(frozen=True, slots=True)
class NamedAmount:
    """An amount of one kind: a nature, an intent, a category."""

    name: str
    amount: int
    lines: int = 0

    def part(self, attribute: str) -> str:
        """Which part of a cost it is, in the address of its trace: `intent:grow`."""
        return f"{attribute}:{self.name}"


@dataclass(frozen=True, slots=True)
class PartRow:
    """One part of a sum. `kind`: own, received, overhead, passed_on, people, pay, value, epic; `name`: which.

    `key` is that of an epic. `amount` is None where it is not known and `reason` says why. `heads` and `rate`
    (parts per million of a head, minor units a month) stand with people at standard rates.

    A part of a figure about value (outcome, epic, flow, year, sooner, recorded) names by `term` the number of
    the formula that it belongs to; those of one number sum to it. `leads` are the keys of the trace that it
    leads to, or of a page where there is no `figure` among them. `years` are year, amount, and what that is
    worth discounted; `months` how many months are in it, `on` when it was recorded.
    """

    kind: str
    name: str
    amount: int | None
    reason: str = ""
    heads: int | None = None
    rate: int | None = None
    key: str = ""
    term: str = ""
    leads: tuple[tuple[str, str], ...] = ()
    years: tuple[tuple[int, int, int], ...] = ()
    months: int = 0
    on: date | None = None


@dataclass(frozen=True, slots=True)
class Ties:
    """How the cost base ties to the books (rule V1); every sum is exact.

    `ledger` holds the parts of the ledger: teams, each overhead pool, difference to standard rates (outside
    finance), each excluded nature, suspense; `difference` is zero or nothing is shown. `spend` = operating +
    capitalised, `charge` (to profit and loss) = operating + amortisation, as finance itself split its lines.
    """

    ledger: tuple[PartRow, ...]
    spend: Figure
    charge: Figure
    difference: Figure


@dataclass(frozen=True, slots=True)
class PlanVersionRow:
    """A frozen plan by name; the current one is compared."""

    name: str
    frozen_on: date
    is_current: bool


@dataclass(frozen=True, slots=True)
class PlanRow:
    """A team (or all, `key` empty) against the current plan, before reallocation, in the same months.

    `variance` = actual − plan; its inputs hold currency, volume and price, which sum to it (`volume` is
    missing where heads are not known on both sides). `share` is the variance as a share of the plan.
    `outlook` is actual so far + outlook to the end of the fiscal year, beside `plan_year`. `by_month` is the
    plan in each month of the report.
    """

    key: str
    name: str
    actual: Figure
    plan: Figure
    variance: Figure
    share: Figure
    outlook: Figure
    plan_year: Figure
    by_month: tuple[int | None, ...] = ()


@dataclass(frozen=True, slots=True)
class PlanReport:
    """Actual, plan and outlook by team; `span` holds the months compared, `year` the fiscal year."""

    versions: tuple[PlanVersionRow, ...]
    current: str
    span: Span | None
    year: Span | None
    rows: tuple[PlanRow, ...]
    total: PlanRow | None
    reason: str = ""
    difference: PlanRow | None = None


@dataclass(frozen=True, slots=True)
class RoleRow:
    """Heads of a role by team in parts per million; the teams' heads + elsewhere + unassigned = heads.

    `elsewhere` is in teams outside the value stream looked at. `teams_each` is how many teams one of them
    serves on average (parts per million); `warning` is not empty when a shared role serves more than three.
    """

    role: str
    name: str
    is_shared: bool
    by_team: tuple[int, ...]
    elsewhere: int
    unassigned: int
    heads: int
    teams_each: int
    warning: str = ""


@dataclass(frozen=True, slots=True)
class RoleMatrix:
    """Who works where in one month, as roles and never as people."""

    month: int | None
    teams: tuple[tuple[str, str], ...]
    rows: tuple[RoleRow, ...]
    by_team: tuple[int, ...]
    unassigned: int
    heads: int


@dataclass(frozen=True, slots=True)
class PositionRow:
    """A planned position; without an epic no outcome stands behind it."""

    position: str
    team: str
    team_name: str
    role: str
    role_name: str
    starts: int
    share: int
    epic: str
    epic_name: str


@dataclass(frozen=True, slots=True)
class MethodRow:
    """A team whose full cost differs by method: direct, step-down and reciprocal amounts, minor units.

    `apart` is the larger distance from reciprocal in parts per million.
    """

    team: str
    name: str
    direct: int
    step_down: int
    reciprocal: int
    apart: int


@dataclass(frozen=True, slots=True)
class MethodChecks:
    """What other ways to pass on serving teams' cost would say; `rows` only above 2 %, largest first.

    `order` is the step-down order of the newest month; `kept` names serving teams whose cost stays, and why.
    """

    order: tuple[str, ...]
    rows: tuple[MethodRow, ...]
    kept: tuple[tuple[str, str], ...]
    teams: int
    currency: str
    reason: str = ""
