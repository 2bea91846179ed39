"""What the reports answer about products: a value stream over its life, until it is retired."""

from dataclasses import dataclass
from typing import Literal

from roi.domain.figures import Figure
from roi.domain.periods import Span
from roi.domain.products import ProductLife
from roi.reports.shapes.team import TeamRow
from roi.reports.shapes.value import AppraisalView, InitiativeRow, MomentRow
from roi.reports.shapes.work import EpicRow, EpicValue


@dataclass(frozen=True, slots=True)
class ProductReport:
    """What did a product cost and return over its life, and what is still to come until it is retired?

    `span` is all that the ledger holds; `row` is the value stream over it, and `run` the part of its cost
    that no epic takes (rule V22). `started` is the month that was said, else that of its first cost or epic,
    whichever came first. `epics` are the newest of `epics_total`, `by_epic` what came of each. `goes_on` are
    the epics that a retirement does not end, because teams of a product that goes on work on them too. One
    that `is_serving` passes all of its cost on to the products that it serves, and its value with it (V2).
    Its cost `follows` where teams stood in each month, or stand today: None where no team of the company ever
    moved, so that both are the same. `moved` are its teams that once stood elsewhere, by name (decision D5).
    """

    version: int
    currency: str
    name: str
    span: Span | None
    life: ProductLife | None
    started: int | None
    row: TeamRow
    run: Figure
    months: tuple[int, ...]
    by_month: tuple[int | None, ...]
    by_month_own: tuple[int | None, ...]
    appraisal: AppraisalView
    moments: tuple[MomentRow, ...]
    teams: tuple[tuple[str, str], ...]
    initiatives: tuple[InitiativeRow, ...]
    epics: tuple[EpicRow, ...]
    by_epic: tuple[EpicValue, ...]
    epics_total: int
    is_retired: bool
    goes_on: tuple[str, ...] = ()
    at_standard_rates: bool = False
    is_serving: bool = False
    follows: Literal["then", "today"] | None = None
    moved: tuple[str, ...] = ()

    @property
    def cost(self) -> Figure:
        """What it has cost in full; of one that serves others its own cost, before that is passed on."""
        return self.row.own if self.is_serving and self.row.own is not None else self.row.cost

    @property
    def cost_by_month(self) -> tuple[int | None, ...]:
        """The same by month."""
        return self.by_month_own if self.is_serving else self.by_month

    @property
    def retired(self) -> int | None:
        """Its last month, where it is or will be retired."""
        return self.life.retired if self.life is not None else None
