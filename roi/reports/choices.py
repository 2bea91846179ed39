"""What a form about outcomes can choose from and begin with: drivers, finance lines, plans, series."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from roi.actors import Actor
from roi.domain.value import (
    DriverInput,
    EpicPlan,
    FinanceLine,
    Initiative,
    LineCell,
    LineMonth,
    OutcomePlan,
    ValueDriver,
)
from roi.reports.ground import basis
from roi.reports.shapes import Scope
from roi.reports.value import agreeing
from roi.store import read
from roi.store.database import Store


@dataclass(frozen=True, slots=True)
class ChoicesReport:
    """Everything by key, as it is held now; `cells` and `line_months` by the finance line that they cut.

    `last_closed` is the latest closed month, None while none is. Initiatives stand by their due date.
    """

    version: int
    drivers: Mapping[str, ValueDriver]
    inputs: Mapping[str, tuple[DriverInput, ...]]
    lines: Mapping[str, FinanceLine]
    cells: Mapping[str, tuple[LineCell, ...]]
    series: tuple[str, ...]
    plans: Mapping[str, OutcomePlan]
    epic_plans: Mapping[str, EpicPlan]
    line_months: Mapping[str, tuple[LineMonth, ...]]
    measures: frozenset[str]
    last_closed: int | None = None
    initiatives: tuple[Initiative, ...] = ()


def build(store: Store, actor: Actor) -> ChoicesReport:
    """What there is to choose from at the current version."""
    with basis.opened(store, actor, Scope()) as base:
        held = agreeing.load(base, base.company.currency if base.company is not None else "").values
        version = base.version
        closed = [read.whole(row["month"]) for row in read.table(base.cursor, "closed_month")]
    cells: dict[str, tuple[LineCell, ...]] = {}
    for (line, _), cell in held.cells.items():
        cells[line] = (*cells.get(line, ()), cell)
    months: dict[str, list[LineMonth]] = {}
    for one in sorted(held.line_months, key=lambda one: (one.cell, one.month)):
        months.setdefault(one.line, []).append(one)
    return ChoicesReport(
        version,
        held.drivers,
        held.inputs,
        held.lines,
        cells,
        tuple(sorted(held.series)),
        held.plans,
        held.epic_plans,
        {line: tuple(its) for line, its in months.items()},
        frozenset(one.key for one in held.measures),
        max(closed, default=None),
        tuple(sorted(held.initiatives.values(), key=lambda one: (one.due_on or date.max, one.key))),
    )
