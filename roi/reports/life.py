"""What is a value stream or division worth over its life: all its epics, so far and ahead, in any period?"""

from dataclasses import dataclass
from datetime import date

from roi.actors import Actor
from roi.reports.appraisal import appraised
from roi.reports.booked import work
from roi.reports.cost import tying
from roi.reports.ground import basis
from roi.reports.shapes import PortfolioReport, Scope
from roi.reports.shapes.value import AppraisalView
from roi.store.database import Store

MOST_AT_ONCE = 100
"""Above so many outcomes a page asks only when somebody wants it: thousands of worlds of each are drawn."""


@dataclass(frozen=True, slots=True)
class LifeReport:
    """The appraisal of the value stream or division that is looked at; None where all of the company is."""

    version: int
    appraisal: AppraisalView | None = None


def is_at_once(report: PortfolioReport) -> bool:
    """Whether it is small enough to be appraised with every look at it."""
    return report.outcomes_total <= MOST_AT_ONCE


def build(store: Store, actor: Actor, scope: Scope, today: date) -> LifeReport:
    """The flows of every epic of its teams together, appraised as those of one epic are."""
    with basis.opened(store, actor, scope) as base:
        if not base.value_stream:
            return LifeReport(base.version)
        costs = tying.load(base)
        return LifeReport(base.version, appraised.of_all_shown(work.load(costs, today), costs, today))
