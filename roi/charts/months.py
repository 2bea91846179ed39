"""Cost by month: one column a month from zero, gaps where there is no line; the plan as an outline."""

from dataclasses import dataclass

from roi.charts.spec import Bar, ChartSpec, Role
from roi.domain.periods import iso_month, short_month
from roi.reports.shapes import TeamReport
from roi.story import words

Line = tuple[int | None, ...]


@dataclass(frozen=True, slots=True)
class _Months:
    """What is drawn (solid), and the plan beside it (outline), in each month."""

    cost: Line
    plan: Line
    full: Line


def cost_by_month(report: TeamReport) -> ChartSpec | None:
    """A team's own cost by month with its plan; None when it has no cost. A month without a line is empty.

    Plan and actual are compared before reallocation; the full cost of each month stands in the table. Where
    nothing is passed on the two are the same. The highest and the last month are printed on the chart.
    """
    months = _drawn(report)
    known = [amount for amount in months.cost if amount is not None]
    if not known:
        return None
    scale = words.scale_for(known, report.currency)
    highest = months.cost.index(max(known))
    labelled = _labelled(months.cost, highest)
    bars = tuple(_bar(report, months, i, scale if i in labelled else None) for i in range(len(months.cost)))
    most = f"most in {short_month(report.months[highest])} with {scale.text(max(known))}"
    planned = ", beside the plan" if any(months.plan) else ""
    alt = f"Cost of {report.team.name} by month{planned}, {most}."
    return ChartSpec("columns", alt, bars, _table(report, months), report.currency)


def _drawn(report: TeamReport) -> _Months:
    none: Line = (None,) * len(report.by_month)
    own = report.by_month_own or report.by_month
    plan = report.plan.by_month if report.plan and report.plan.by_month else none
    return _Months(own, plan, report.by_month if own != report.by_month else none)


def _bar(report: TeamReport, months: _Months, i: int, scale: words.Scale | None) -> Bar:
    cost, plan, month = months.cost[i], months.plan[i], report.months[i]
    hover = f"{short_month(month)}: {_told(cost, report)}"
    if plan is not None:
        hover += f", plan {_told(plan, report)}"
    printed = scale.text(cost) if scale is not None else ""
    label, one = _axis(month, is_first=i == 0), iso_month(month)
    leads = ("trace", "figure", "team_cost", "team", report.team.key, "period", f"{one}..{one}")
    return Bar(label, 0, cost or 0, printed, Role.COST, hover=hover, beside=plan, leads=leads)


def _told(amount: int | None, report: TeamReport) -> str:
    return "no cost line" if amount is None else words.exact(amount, report.currency)


def _table(report: TeamReport, months: _Months) -> tuple[tuple[str, ...], ...]:
    unit = words.currency_name(report.currency)
    columns = [("Own cost" if any(months.full) else "Cost", months.cost)]
    if any(months.plan):
        columns.append(("Plan", months.plan))
    if any(months.full):
        columns.append(("Full cost", months.full))
    head = ("Month", *(f"{name}, {unit}" for name, _ in columns))
    rows = [
        (short_month(month), *(_cell(line[i], report, is_cost=line is months.cost) for _, line in columns))
        for i, month in enumerate(report.months)
    ]
    return (head, *rows)


def _cell(amount: int | None, report: TeamReport, *, is_cost: bool) -> str:
    return words.DASH if amount is None and not is_cost else _told(amount, report)


def _labelled(line: Line, highest: int) -> set[int]:
    """The last month with a cost, and the highest one where the two do not touch."""
    last = max(i for i, amount in enumerate(line) if amount is not None)
    apart = len(line) // 4
    return {last} | ({highest} if abs(last - highest) > apart or last == highest else set())


def _axis(month: int, *, is_first: bool) -> str:
    """`Jan`, with its year where one begins."""
    name, year = short_month(month).split()
    return f"{name}\n{year}" if is_first or month % 100 == 1 else name
