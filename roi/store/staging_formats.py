"""How a file writes dates and decimals: as was said, else as the whole file decides, else a question."""

from collections.abc import Mapping
from dataclasses import dataclass

import duckdb

from roi.domain.importing import DateOrder, StagingPlan
from roi.domain.periods import parse_iso_month
from roi.errors import Issue
from roi.store import staging_issues_formats as say
from roi.store import statements

Cursor = duckdb.DuckDBPyConnection


@dataclass(frozen=True, slots=True)
class Formats:
    """How dates and decimals are read, and the questions that stay open."""

    order: DateOrder | None
    decimal: str
    is_decimal_told: bool
    issues: tuple[Issue, ...]

    @property
    def is_open(self) -> bool:
        """Whether the date order is a question."""
        return any(issue.code == "date_order" for issue in self.issues)


def stated_month(plan: StagingPlan) -> int | None:
    """The month that was stated for the whole file, yyyymm."""
    return parse_iso_month(dict(plan.stated).get("month", ""))


def survey(cursor: Cursor, plan: StagingPlan) -> Formats:
    """Date order and decimal mark: as stated, else as the whole file decides, else a question."""
    result = cursor.execute(statements.staging("6_survey"), {"stated_month": stated_month(plan)})
    names = [column[0] for column in result.description or ()]
    seen = dict(zip(names, result.fetchall()[0], strict=True))
    order, date_issues = _date_order(plan, seen)
    decimal, mark_issues = _decimal(plan, seen)
    is_told = plan.decimal is not None or bool(seen["dot_votes"] or seen["comma_votes"])
    return Formats(order, decimal, is_told, (*date_issues, *mark_issues))


def _date_order(plan: StagingPlan, seen: Mapping[str, object]) -> tuple[DateOrder | None, tuple[Issue, ...]]:
    day, month, either = (_count(seen[name]) for name in ("only_day_first", "only_month_first", "either"))
    if plan.date_order is not None:
        first, other = (month, day) if plan.date_order is DateOrder.MONTH_FIRST else (day, month)
        is_contrary = plan.date_order is not DateOrder.ISO and other and not first
        return plan.date_order, (say.contrary_dates(plan.date_order.value, seen),) if is_contrary else ()
    if day and month:
        return None, (say.mixed_dates(seen),)
    if not either:
        return (DateOrder.DAY_FIRST if day else DateOrder.MONTH_FIRST if month else None), ()
    if day and not month:
        return DateOrder.DAY_FIRST, (say.inferred_dates("day", seen),)
    if month and not day:
        return DateOrder.MONTH_FIRST, (say.inferred_dates("month", seen),)
    if stated_month(plan) and bool(seen["day_first_fits"]) != bool(seen["month_first_fits"]):
        is_day = bool(seen["day_first_fits"])
        order = DateOrder.DAY_FIRST if is_day else DateOrder.MONTH_FIRST
        return order, (say.fitting_dates("day" if is_day else "month", seen),)
    return None, (say.which_dates(seen),)


def _decimal(plan: StagingPlan, seen: Mapping[str, object]) -> tuple[str, tuple[Issue, ...]]:
    dots, commas, either = (_count(seen[name]) for name in ("dot_votes", "comma_votes", "either_mark"))
    if plan.decimal is not None:
        is_contrary = (commas and not dots) if plan.decimal == "." else (dots and not commas)
        return plan.decimal, (say.contrary_mark(plan.decimal, seen),) if is_contrary else ()
    if dots and commas:
        return ".", (say.mixed_marks(seen),)
    if commas:
        return ",", (say.inferred_comma(seen),)
    if either and not dots:
        return ".", (say.which_mark(seen),)
    return ".", ()


def _count(value: object) -> int:
    return int(str(value or 0))
