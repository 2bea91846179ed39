"""Months and spans of months. A month is the integer yyyymm; spans include both ends."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta

MONTH_NAMES = (
    "January February March April May June July August September October November December"
).split()
FIRST_MONTH, LAST_MONTH = 190001, 299912


def month_of(day: date) -> int:
    """The month a day lies in."""
    return day.year * 100 + day.month


def first_day(month: int) -> date:
    """The first day of a month."""
    return date(month // 100, month % 100, 1)


def last_day(month: int) -> date:
    """The last day of a month."""
    return first_day(add_months(month, 1)) - timedelta(days=1)


def quarter_name(month: int) -> str:
    """The calendar quarter of a month: `Q3 2026`."""
    return f"Q{(month % 100 + 2) // 3} {month // 100}"


def is_month(month: int) -> bool:
    """Whether the integer names a calendar month."""
    return FIRST_MONTH <= month <= LAST_MONTH and 1 <= month % 100 <= 12


def add_months(month: int, count: int) -> int:
    """The month `count` months later (earlier when negative)."""
    index = month // 100 * 12 + month % 100 - 1 + count
    return index // 12 * 100 + index % 12 + 1


def months_between(first: int, last: int) -> list[int]:
    """Every month from first to last, both included; empty when last is before first."""
    start = first // 100 * 12 + first % 100 - 1
    end = last // 100 * 12 + last % 100
    if start >= 0 and end <= len(_MONTHS):
        return _MONTHS[start:end]
    return [add_months(first, i) for i in range(max(end - start, 0))]


def in_years(held: Collection[int]) -> tuple[int, ...]:
    """Every month from the first to the last of some months, without the years that hold none of them."""
    years = {month // 100 for month in held}
    return tuple(one for one in months_between(min(held), max(held)) if one // 100 in years) if held else ()


_MONTHS = [index // 12 * 100 + index % 12 + 1 for index in range(3000 * 12)]
"""Every month from year 0 on: a run of months is a part of it."""


def month_name(month: int) -> str:
    """`September 2026`."""
    return f"{MONTH_NAMES[month % 100 - 1]} {month // 100}"


def short_month(month: int) -> str:
    """`Sep 2026`."""
    return f"{MONTH_NAMES[month % 100 - 1][:3]} {month // 100}"


def iso_month(month: int) -> str:
    """`2026-09`."""
    return f"{month // 100:04d}-{month % 100:02d}"


def parse_iso_month(text: str) -> int | None:
    """The month that `2026-09` names, or None."""
    year, dash, number = text.strip().partition("-")
    if not (dash and year.isascii() and year.isdigit() and len(year) == 4):
        return None
    if not (number.isascii() and number.isdigit() and len(number) == 2):
        return None
    month = int(year) * 100 + int(number)
    return month if is_month(month) else None


@dataclass(frozen=True, slots=True)
class Span:
    """A run of months, both ends included."""

    first: int
    last: int

    @property
    def months(self) -> list[int]:
        """Every month of the span."""
        return months_between(self.first, self.last)

    def holds(self, month: int) -> bool:
        """Whether the month lies in the span."""
        return self.first <= month <= self.last

    @property
    def label(self) -> str:
        """`Jan–Sep 2026`, `Sep 2026`, or `Nov 2025–Feb 2026`."""
        if self.first == self.last:
            return short_month(self.first)
        if self.first // 100 == self.last // 100:
            return f"{short_month(self.first)[:3]}–{short_month(self.last)}"
        return f"{short_month(self.first)}–{short_month(self.last)}"

    @property
    def long_label(self) -> str:
        """`January to September 2026`."""
        if self.first == self.last:
            return month_name(self.first)
        start = month_name(self.first)
        if self.first // 100 == self.last // 100:
            start = start.rsplit(" ", 1)[0]
        return f"{start} to {month_name(self.last)}"

    @property
    def key(self) -> str:
        """How the span stands in a link: `2026-01..2026-09`."""
        return f"{iso_month(self.first)}..{iso_month(self.last)}"


def fiscal_year_to(month: int, fiscal_start: int) -> Span:
    """The months of the fiscal year that `month` lies in, up to and with it."""
    return Span(add_months(month, -((month % 100 - fiscal_start) % 12)), month)


def parse_span(text: str) -> Span | None:
    """The span that a link's `2026-01..2026-09` or `2026-09` names, or None."""
    start, _, end = text.partition("..")
    first, last = parse_iso_month(start), parse_iso_month(end or start)
    if first is None or last is None or last < first:
        return None
    return Span(first, last)
