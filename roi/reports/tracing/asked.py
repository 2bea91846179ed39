"""What a trace is asked for, and what answers it."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cached_property
from typing import TypeVar

from roi.domain.figures import Figure
from roi.domain.periods import add_months
from roi.domain.structure import Epic, Team
from roi.errors import UnknownKeyError
from roi.reports import portfolio
from roi.reports.booked import by_stream, work
from roi.reports.cost import costs
from roi.reports.cost.lines import Wanted
from roi.reports.ground.basis import Basis
from roi.reports.ground.structure import Group
from roi.reports.shapes import PartRow, TeamRow

T = TypeVar("T")

PERIOD = "period"
"""The part of an epic's cost that lies in the period, which a team's page shows."""


@dataclass(frozen=True)
class Asked:
    """The figure asked for, and all that may answer it."""

    base: Basis
    cost: costs.Costs
    jobs: work.Work
    team: Team | None
    outcome: str | None
    epic: Epic | None
    part: str | None = None
    initiative: str | None = None
    today: date | None = None

    @cached_property
    def teams(self) -> Group:
        """The team asked for, else those of the scope."""
        if self.team is None:
            return self.base.shown
        return Group({self.team.key: self.base.shown.months.get(self.team.key)})

    @cached_property
    def row(self) -> TeamRow:
        """The row of the team, the stream or the company, as every page shows it but for its verdict."""
        if self.team is None:
            return portfolio.unjudged_row(self.cost, self.jobs)
        return by_stream.team_row(self.cost, self.jobs, self.team, self.base.shown)

    @cached_property
    def _costs(self) -> tuple[Figure | None, Figure]:
        """The row's own cost, and all of it; without its value, which takes long to reckon."""
        if self.team is not None:
            return by_stream.team_costs(self.cost, self.team, self.base.shown)
        if self.is_company:
            return costs.company_own(self.cost), costs.company_cost(self.cost)
        return self.row.own, self.row.cost

    @property
    def own_cost(self) -> Figure | None:
        """The row's own cost."""
        return self._costs[0]

    @property
    def its_cost(self) -> Figure:
        """The row's cost."""
        return self._costs[1]

    @property
    def day(self) -> date:
        """The day on which it is asked; without one, the last day of the newest month with cost."""
        if self.today is not None:
            return self.today
        months = self.base.months
        last = add_months(months.last, 1) if months is not None else 200001
        return date(last // 100, last % 100, 1) - timedelta(days=1)

    @property
    def is_company(self) -> bool:
        """Whether the whole company is asked for, whose sums are exact for everybody."""
        return self.team is None and self.base.value_stream is None


@dataclass(frozen=True, slots=True)
class Found:
    """A figure, the lines and parts behind it, what they must sum to, and the outcomes by key.

    `cost_sum` is None where the cost is not known; nothing is shown behind it then. `rest` names what is left
    outside finance after files without pay.
    """

    figure: Figure
    wanted: tuple[Wanted, ...] = ()
    cost_sum: int | None = 0
    parts: tuple[PartRow, ...] = ()
    outcomes: Sequence[str] = ()
    value_sum: int = 0
    rest: str = field(default="")


def needed(found: T | None, what: str) -> T:
    """What the link has to name.

    Raises:
        UnknownKeyError: it names none.
    """
    if found is None:
        message = f"This figure belongs to one {what}; the link names none."
        raise UnknownKeyError(message)
    return found
