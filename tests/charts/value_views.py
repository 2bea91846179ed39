"""Hand-made answers about value, as few numbers as a chart or a view looks at."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

from roi.domain.figures import Figure, unknown
from roi.domain.structure import Grade, Outcome, ValueClass
from roi.reports.appraisal import calibrated
from roi.reports.shapes.value import AppraisalView, CashRow, MomentRow, PromiseRow
from roi.reports.shapes.work import OutcomeRow

ONE, CODE = 1_000_000, "USD"
TODAY = date(2026, 11, 12)


def money(value: int | None, low: int | None = None, high: int | None = None) -> Figure:
    if value is None:
        return unknown("epic_cost", "not known", currency=CODE)
    return Figure("epic_cost", value, "", low, high, CODE)


def cash(place: int, net: int, spread: int, *, is_past: bool) -> CashRow:
    year, quarter = 2026 + place // 4, place % 4
    return CashRow(
        year * 100 + quarter * 3 + 1, f"Q{quarter + 1} {year}", 100_000_00 if place < 2 else 0, 0,
        50_000_00, net, net - spread, net + spread, is_past,
    )  # fmt: skip


def appraisal(**changes: object) -> AppraisalView:
    """Half a year of cost, then benefit: back above zero in the fourth quarter."""
    sums = (-200_000_00, -300_000_00, -100_000_00, 100_000_00, 400_000_00, 700_000_00)
    rows = tuple(cash(i, net, max(i - 1, 0) * 80_000_00, is_past=i < 2) for i, net in enumerate(sums))
    view = AppraisalView(
        npv=money(620_000_00, 100_000_00, 1_100_000_00),
        roi=Figure("placed_share", 1_250_000),
        payback=Figure("epic_cost", 11, "", 8, 16, CODE),
        irr=unknown("placed_share", "the flows change sign more than once"),
        forward_npv=money(900_000_00, 400_000_00, 1_400_000_00),
        chance=800_000,
        forward_loss_chance=50_000,
        payback_on=date(2026, 11, 15),
        rate=100_000,
        valued_on=date(2026, 1, 1),
        horizon_months=36,
        seed=7,
        draws=10_000,
        rows=rows,
    )
    return replace(view, **changes)


def outcome(key: str, baseline: int = 60, target: int = 80, **changes: object) -> Outcome:
    made = Outcome(
        key, "e1", f"Share of {key}", "%", "up", Decimal(baseline), Decimal(target - 5), Decimal(target),
        Decimal(target + 5), ValueClass.REVENUE, "R. Silva", grade=Grade.B,
    )  # fmt: skip
    return replace(made, **changes)


def outcome_row(key: str, **changes: object) -> OutcomeRow:
    row = OutcomeRow(
        outcome(key), "Guided first lesson", "onboarding", "Onboarding", "measured", date(2026, 9, 30), 0,
        ONE, "met", money(100_000_00, 80_000_00, 120_000_00), (), "",
    )  # fmt: skip
    return replace(row, **changes)


def promise(key: str, actual: int | None, *, is_confirmed: bool = True, **stood: int) -> PromiseRow:
    landed = "" if actual is None else "met" if actual >= 750_000 else "partly" if actual > 0 else "not"
    changes = calibrated.changes(outcome(key, **stood), actual)
    return PromiseRow(key, f"Share of {key}", "e1", 750_000, 1_250_000, actual, landed, is_confirmed, changes)


MOMENTS = (
    MomentRow(date(2026, 1, 5), "agreed", "done"),
    MomentRow(date(2026, 6, 30), "delivered", "done"),
    MomentRow(date(2026, 7, 30), "1 month", "read", "o1"),
    MomentRow(date(2026, 9, 30), "3 months", "overdue", "o1"),
    MomentRow(date(2026, 12, 30), "6 months", "to come", "o1"),
)
