"""Actual against the current plan, and the outlook to the end of the fiscal year, before reallocation."""

from roi.reports.costs import Costs
from roi.reports.shapes import PlanReport
from roi.reports.structure import Group

NO_PLAN = "no plan"


def build(costs: Costs, teams: Group | None = None) -> PlanReport:
    """Stub."""
    return PlanReport((), "", None, None, (), None, "no plan yet")
