"""Cost by month: one column a month from zero, gaps where there is no line."""

from roi.charts.spec import Bar, ChartSpec, Role
from roi.domain.periods import short_month
from roi.reports.shapes import TeamReport
from roi.story import words

_LABELLED = 12


def cost_by_month(report: TeamReport) -> ChartSpec | None:
    """A team's cost by month; None when it has no cost. A month without a line stays empty, not 0."""
    known = [amount for amount in report.by_month if amount is not None]
    if not known:
        return None
    scale = words.scale_for(known, report.currency)
    is_labelled = len(report.months) <= _LABELLED
    bars, rows = [], []
    for month, amount in zip(report.months, report.by_month, strict=True):
        name = short_month(month)
        told = "no cost line" if amount is None else words.exact(amount, report.currency)
        printed = scale.text(amount) if is_labelled and amount is not None else ""
        bars.append(Bar(name, 0, amount or 0, printed, Role.COST, hover=f"{name}: {told}"))
        rows.append((name, told))
    most = max(known)
    highest = short_month(report.months[report.by_month.index(most)])
    alt = f"Cost of {report.team.name} by month, most in {highest} with {scale.text(most)}."
    head = ("Month", f"Cost, {words.currency_name(report.currency)}")
    return ChartSpec("columns", alt, tuple(bars), (head, *rows), report.currency)
