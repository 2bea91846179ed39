"""When does an investment pay back: cost and benefit summed up quarter by quarter, with the likely range."""

from itertools import pairwise

from roi.charts.curves import CurveSpec, Step
from roi.charts.spec import Leads
from roi.reports.shapes.value import AppraisalView, CashRow
from roi.story import epic_titles, words


def cash_curve(view: AppraisalView, currency: str) -> CurveSpec | None:
    """The cumulative net of an appraisal; None while there is nothing to sum up.

    It ends at the horizon with the likely amount and its range; where it comes back above zero for good the
    day of payback is named, unless it cannot be said.
    """
    if len(view.rows) < 2:
        return None
    last = view.rows[-1]
    ends = [end for row in view.rows for end in (row.cumulative, row.cumulative_low, row.cumulative_high)]
    scale = words.scale_for([last.cumulative, last.cumulative_low, last.cumulative_high], currency)
    steps = tuple(_step(row, currency) for row in view.rows)
    low, high = scale.text(last.cumulative_low), scale.text(last.cumulative_high)
    lowest = words.money(min(ends), currency)
    between = " to " if last.cumulative_low < 0 else words.DASH
    end = (scale.signed(last.cumulative), f"({low}{between}{high})" if low != high else "")
    alt = (
        f"Cumulative net by quarter: down to {lowest} at the lowest, {end[0]} by {last.label} "
        f"(likely {low}{between}{high}). {epic_titles.payback(view).text}."
    )
    leads = (_leads(view),) * len(steps)
    return CurveSpec(alt, steps, _table(view, currency), currency, end, _crossing(view), leads)


def _leads(view: AppraisalView) -> Leads:
    """To what stands behind the present value of the same work."""
    named = [pair for pair in view.npv.scope if pair[0] in {"epic", "initiative", "team", "product"}]
    return ("trace", "figure", "npv", *(part for pair in named for part in pair))


def _step(row: CashRow, currency: str) -> Step:
    net = words.money(row.cumulative, currency)
    low, high = (words.money(end, currency) for end in (row.cumulative_low, row.cumulative_high))
    between = " to " if row.cumulative_low < 0 else words.DASH
    told = f"{row.label}: {net}" + ("" if low == high else f" (likely {low}{between}{high})")
    return Step(
        row.label,
        row.cumulative,
        row.cumulative_low,
        row.cumulative_high,
        row.is_past,
        told + ("" if row.is_past else ", assumed"),
    )


def _crossing(view: AppraisalView) -> tuple[float, str] | None:
    """Where the line comes above zero for good, between which two quarters, and on which day."""
    if view.payback_on is None:
        return None
    sums = [0, *(row.cumulative for row in view.rows)]
    found = [
        place + before / (before - after)
        for place, (before, after) in enumerate(pairwise(sums))
        if before < 0 <= after
    ]
    return (found[-1], _back(view, words.day(view.payback_on))) if found else None


def _back(view: AppraisalView, day: str) -> str:
    """The day at the line; where confirmed value alone has another one, what this one counts."""
    if not epic_titles.has_two_days(view):
        return f"back {day}"
    return f"with {epic_titles.beside_confirmed(view)}: {day}"


def _table(view: AppraisalView, currency: str) -> tuple[tuple[str, ...], ...]:
    unit = words.currency_name(currency)
    head = (
        "Quarter",
        f"Cost, {unit}",
        f"Confirmed, {unit}",
        f"Assumed, {unit}",
        f"Sum so far, {unit}",
        "Likely range",
    )
    return (head, *(_row(row, currency) for row in view.rows))


def _row(row: CashRow, currency: str) -> tuple[str, ...]:
    amounts = (-row.cost, row.confirmed, row.assumed, row.cumulative)
    low, high = (words.exact(end, currency) for end in (row.cumulative_low, row.cumulative_high))
    shown = "no range" if low == high else f"{low} to {high}"
    return (row.label, *(words.exact(amount, currency) for amount in amounts), shown)
