"""A product's cost over its life: one column a quarter, or a year where there are many quarters."""

from collections.abc import Callable

from roi.charts.spec import Bar, ChartSpec, Role
from roi.domain.periods import Span, quarter_name
from roi.reports.shapes.product import ProductReport
from roi.story import words

_MOST_QUARTERS = 16
"""Above so many quarters there is a column a year: their names would not fit on a phone."""

_Step = tuple[str, Span, list[int], list[int]]
"""A column: its name, its months, and what each of these cost in full and by itself."""


def cost_by_step(report: ProductReport) -> ChartSpec | None:
    """Cost by quarter or year from the first cost on; None where nothing has cost."""
    steps = _steps(report)
    sums = [sum(full) for _, _, full, _ in steps]
    if not any(sums):
        return None
    scale = words.scale_for(sums, report.currency)
    most = sums.index(max(sums))
    printed = {most, len(steps) - 1}
    bars = tuple(
        _bar(report, step, _axis(step[0], is_first=not place), is_printed=place in printed)
        for place, step in enumerate(steps)
    )
    alt = (
        f"Cost of {report.name} by {step_name(report)}, from {steps[0][0]} to {steps[-1][0]}: most in "
        f"{steps[most][0]} with {scale.text(sums[most])}."
    )
    return ChartSpec("columns", alt, bars, _table(report, steps), report.currency)


def step_name(report: ProductReport) -> str:
    """`quarter` or `year`."""
    return "year" if len(_grouped(_with_cost(report), quarter_name)) > _MOST_QUARTERS else "quarter"


def _with_cost(report: ProductReport) -> list[int]:
    """The months from the first with a cost line to the last."""
    known = [place for place, amount in enumerate(report.cost_by_month) if amount is not None]
    return list(report.months[known[0] : known[-1] + 1]) if known else []


def _year(month: int) -> str:
    return str(month // 100)


def _grouped(months: list[int], name: Callable[[int], str]) -> dict[str, list[int]]:
    found: dict[str, list[int]] = {}
    for month in months:
        found.setdefault(name(month), []).append(month)
    return found


def _steps(report: ProductReport) -> list[_Step]:
    groups = _grouped(_with_cost(report), _year if step_name(report) == "year" else quarter_name)
    full = dict(zip(report.months, report.cost_by_month, strict=True))
    own = dict(zip(report.months, report.by_month_own, strict=True))
    return [
        (
            name,
            Span(its[0], its[-1]),
            [amount for month in its if (amount := full[month]) is not None],
            [amount for month in its if (amount := own[month]) is not None],
        )
        for name, its in groups.items()
    ]


def _bar(report: ProductReport, step: _Step, label: str, *, is_printed: bool) -> Bar:
    name, span, full, _ = step
    amount = sum(full)
    hover = f"{name}: {words.exact(amount, report.currency) if full else 'no cost line'}"
    leads = (
        *("trace", "figure", report.cost.figure_id),
        *("vs", report.name, "period", span.key),
    )
    printed = words.money(amount, report.currency) if is_printed else ""
    return Bar(label, 0, amount, printed, Role.COST, hover=hover, leads=leads)


def _axis(name: str, *, is_first: bool) -> str:
    """`Q1` with its year where one begins."""
    quarter = name.partition(" ")[0]
    return name.replace(" ", "\n") if is_first or quarter == "Q1" else quarter


def last_so_far(report: ProductReport) -> str:
    """That the last column has not all of its months; empty when it has."""
    steps = _steps(report)
    size = 12 if step_name(report) == "year" else 3
    if not steps or len(steps[-1][1].months) == size:
        return ""
    return f"{steps[-1][0]} has {len(steps[-1][1].months)} of {size} months."


def _table(report: ProductReport, steps: list[_Step]) -> tuple[tuple[str, ...], ...]:
    unit = words.currency_name(report.currency)
    is_shared = report.cost_by_month != report.by_month_own
    head = (
        step_name(report).title(),
        *((f"Own cost, {unit}", f"Full cost, {unit}") if is_shared else (f"Cost, {unit}",)),
    )
    rows = []
    for name, _, full, own in steps:
        columns = (own, full) if is_shared else (full,)
        rows.append(
            (name, *(words.exact(sum(one), report.currency) if one else words.DASH for one in columns))
        )
    return (head, *rows)
