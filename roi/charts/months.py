"""Cost by month: one column a month from zero, gaps where there is no line."""

from roi.charts.spec import Bar, ChartSpec, Role
from roi.domain.periods import short_month
from roi.reports.shapes import TeamReport
from roi.story import words


def cost_by_month(report: TeamReport) -> ChartSpec | None:
    """A team's cost by month; None when it has no cost. A month without a line stays empty, not 0.

    The highest and the last month are printed on the chart, every month in the table behind it.
    """
    known = [amount for amount in report.by_month if amount is not None]
    if not known:
        return None
    scale = words.scale_for(known, report.currency)
    highest = report.by_month.index(max(known))
    labelled = _labelled(report, highest)
    bars, rows = [], []
    for i, (month, amount) in enumerate(zip(report.months, report.by_month, strict=True)):
        told = "no cost line" if amount is None else words.exact(amount, report.currency)
        printed = scale.text(amount) if i in labelled else ""
        hover = f"{short_month(month)}: {told}"
        bars.append(Bar(_axis(month, is_first=i == 0), 0, amount or 0, printed, Role.COST, hover=hover))
        rows.append((short_month(month), told))
    most = f"most in {short_month(report.months[highest])} with {scale.text(max(known))}"
    head = ("Month", f"Cost, {words.currency_name(report.currency)}")
    alt = f"Cost of {report.team.name} by month, {most}."
    return ChartSpec("columns", alt, tuple(bars), (head, *rows), report.currency)


def _labelled(report: TeamReport, highest: int) -> set[int]:
    """The last month with a cost, and the highest one where the two do not touch."""
    last = max(i for i, amount in enumerate(report.by_month) if amount is not None)
    apart = len(report.months) // 4
    return {last} | ({highest} if abs(last - highest) > apart or last == highest else set())


def _axis(month: int, *, is_first: bool) -> str:
    """`Jan`, with its year where one begins."""
    name, year = short_month(month).split()
    return f"{name}\n{year}" if is_first or month % 100 == 1 else name
