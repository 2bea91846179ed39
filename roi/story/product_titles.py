"""Titles of a product: what it cost over its life beside what came back, and when it was retired."""

from roi.domain.periods import short_month
from roi.reports.booked.returned import PASSES_ON
from roi.reports.shapes.product import ProductReport
from roi.story import told, words
from roi.story.epic_titles import short
from roi.story.rules import Rule, Said, always, say

_NAME = 24
_FEW = 3
"""So many teams that moved are named, more are counted."""


def _name(report: ProductReport) -> str:
    return short(report.name, _NAME)


def _cost(report: ProductReport) -> str:
    return told.figure(report.cost, product=report.name)


def _cash(report: ProductReport) -> str:
    return told.figure(report.row.confirmed, product=report.name)


def begins_in_ledger(report: ProductReport) -> int | None:
    """The first month of its cost that is known, where it began before the ledger does."""
    span, started = report.span, report.started
    return span.first if span is not None and started is not None and started < span.first else None


def since(report: ProductReport) -> str:
    """Since when its cost is known: over its life only where the ledger is as old."""
    first = begins_in_ledger(report)
    return "Over its life" if first is None else f"Since {short_month(first)}"


def _retired(report: ProductReport) -> str:
    return f"{_name(report)}, retired in {short_month(report.retired)}," if report.retired else _name(report)


def _is_over(report: ProductReport) -> bool:
    return report.is_retired and report.cost.value is not None


PRODUCT: tuple[Rule[ProductReport], ...] = (
    Rule(
        "product-empty",
        lambda r: r.cost.value is None and not r.epics_total,
        lambda r: f"{_name(r)}: no cost and no epic belongs to it yet",
    ),
    Rule(
        "product-no-cost",
        lambda r: r.cost.value is None,
        lambda r: f"{_name(r)}: what it has cost cannot be said",
    ),
    Rule(
        "product-serves",
        lambda r: r.is_serving,
        lambda r: f"{_name(r)} serves other products, and {PASSES_ON}",
    ),
    Rule(
        "product-retired",
        lambda r: _is_over(r) and bool(r.row.confirmed.value),
        lambda r: f"{_retired(r)} has cost {_cost(r)} and brought {_cash(r)} of confirmed cash",
    ),
    Rule(
        "product-retired-none",
        _is_over,
        lambda r: f"{_retired(r)} has cost {_cost(r)}; finance has confirmed no cash",
    ),
    Rule(
        "product-confirmed",
        lambda r: bool(r.row.confirmed.value),
        lambda r: f"{since(r)} {_name(r)} has cost {_cost(r)}; finance has confirmed {_cash(r)} of cash",
    ),
    Rule(
        "product-none",
        always,
        lambda r: f"{since(r)} {_name(r)} has cost {_cost(r)}; finance has confirmed no cash yet",
    ),
)


def product(report: ProductReport) -> Said:
    """The claim of a product's page."""
    return say(PRODUCT, report)


def _months(report: ProductReport) -> int:
    return sum(amount is not None for amount in report.cost_by_month)


COLUMNS: tuple[Rule[ProductReport], ...] = (
    Rule(
        "product-columns",
        lambda r: r.cost.value is not None and _months(r) > 0,
        lambda r: f"{_name(r)} has cost {_cost(r)} in {words.spelled(_months(r), 'month')}",
    ),
    Rule("product-columns-neutral", always, lambda r: f"What {_name(r)} has cost"),
)


def columns(report: ProductReport) -> Said:
    """What the columns of its cost show."""
    return say(COLUMNS, report)


def structure(report: ProductReport) -> str:
    """Whose structure its cost follows, and what of its teams that moved counts; "" where none ever did."""
    if report.follows is None:
        return ""
    whose = "today's structure" if report.follows == "today" else "the structure of each month"
    return f"Its cost follows {whose}{_of_moved(report)}."


def _of_moved(report: ProductReport) -> str:
    count = len(report.moved)
    if not count:
        return ""
    names = words.listed(report.moved) if count <= _FEW else f"{count} teams"
    if report.follows == "today":
        stands = "it stands" if count == 1 else "they stand"
        return f": every month of {names} counts where {stands} today"
    stood = "counts here only while it stood here" if count == 1 else "count here only while they stood here"
    return f": {names}, which moved, {stood}"


def end(report: ProductReport) -> str:
    """When it ends; nothing while it goes on."""
    if not report.retired:
        return ""
    is_over = "was retired" if report.is_retired else "is to be retired"
    return f"{_name(report)} {is_over} after {short_month(report.retired)}"
