"""Where does an outcome stand on its way from a draft to a closed loop, what is due, and what is late?

draft → agreed → delivered → reading due → measured → confirmed → closed; or written off. Readings are due 1,
3 and 6 months after delivery, renewals of a confirmed benefit after 12 and 24 months (rule V11). Only dates
are asked for; today is handed in.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from functools import lru_cache
from typing import NamedTuple

from roi.domain import quickly

READING_MONTHS = (1, 3, 6)
"""Months after delivery at which an outcome is read."""

RENEWAL_MONTHS = (12, 24)
"""Months after delivery at which a benefit that persists is renewed."""

GRACE_DAYS = 14
"""A reading is overdue when it is later than this; one that is as much early counts for its date."""

UNVERIFIED_DAYS = 90
"""Value that nobody confirmed for longer than this after delivery is a number of its own."""


_KEPT = 65_536
"""How many outcomes' open readings are kept: they are asked for in every report."""


class LoopState(StrEnum):
    """The states of an outcome, in their order; overdue is a reading due for more than two weeks."""

    DRAFT = "draft"
    AGREED = "agreed"
    DELIVERED = "delivered"
    READING_DUE = "reading due"
    OVERDUE = "overdue"
    MEASURED = "measured"
    CONFIRMED = "confirmed"
    CLOSED = "closed"
    WRITTEN_OFF = "written off"


@quickly.made
@dataclass(frozen=True, slots=True)
class Milestones:
    """What happened to an outcome, and when; None: not yet.

    `agreed_reading` is a day that the owner agreed to be read on, beside the usual ones. `series_to` is the
    day up to which a live series upholds what is confirmed, and so renews it (rule V11). `learned` is what
    was learned, which closing asks for. `slices` are the days of parts that were delivered before the whole;
    each has its readings. `retired_on` is the last day of its product: nothing is read of it after that.
    """

    agreed_on: date | None = None
    delivered_on: date | None = None
    agreed_reading: date | None = None
    readings: tuple[date, ...] = ()
    confirmed_on: date | None = None
    closed_on: date | None = None
    written_off_on: date | None = None
    series_to: date | None = None
    learned: str = ""
    slices: tuple[date, ...] = ()
    retired_on: date | None = None

    @property
    def begun_on(self) -> date | None:
        """The day on which the first part was delivered, or all of it."""
        if not self.slices:
            return self.delivered_on
        return min([*self.slices, *([self.delivered_on] if self.delivered_on else [])])

    @property
    def last_reading(self) -> date | None:
        """The day of the latest reading."""
        return max(self.readings, default=None)


class Due(NamedTuple):
    """A reading or a renewal: the day it is due, and the last day on which it is not overdue."""

    on: date
    is_renewal: bool = False

    def days_late(self, today: date) -> int:
        """Days since it was due; below zero it is still to come."""
        return (today - self.on).days

    def is_overdue(self, today: date) -> bool:
        """Whether the two weeks of grace are over."""
        return (today - self.on).days > GRACE_DAYS


@lru_cache(maxsize=_KEPT)
def months_after(day: date, months: int) -> date:
    """The same day of a later month, or that month's last day where it has no such day."""
    index = day.year * 12 + day.month - 1 + months
    first = date(index // 12, index % 12 + 1, 1)
    after = date((index + 1) // 12, (index + 1) % 12 + 1, 1)
    return min(first + timedelta(days=day.day - 1), after - timedelta(days=1))


def schedule(milestones: Milestones) -> tuple[Due, ...]:
    """Every reading that belongs to the outcome, read or not, in order of time."""
    return _schedule(milestones.agreed_reading, (*milestones.slices, milestones.delivered_on))


@lru_cache(maxsize=_KEPT)
def _schedule(agreed: date | None, delivered: tuple[date | None, ...]) -> tuple[Due, ...]:
    """Many outcomes are delivered on one day, as those of an epic are."""
    days = set() if agreed is None else {agreed}
    for part in delivered:
        if part is not None:
            days |= {months_after(part, months) for months in READING_MONTHS}
    return tuple(Due(day) for day in sorted(days))


@lru_cache(maxsize=_KEPT)
def open_readings(milestones: Milestones) -> tuple[Due, ...]:
    """Readings that nobody has made yet, also those to come; none once it is closed or written off.

    A reading serves its own date and every earlier one, also when it is up to two weeks early.
    """
    if milestones.closed_on or milestones.written_off_on or milestones.begun_on is None:
        return ()
    return _not_served(_until_retired(milestones, schedule(milestones)), milestones.last_reading)


def _until_retired(milestones: Milestones, every: tuple[Due, ...]) -> tuple[Due, ...]:
    """Those by the last day of its product; where that came before any, the first, if nothing is read yet.

    What it brought until then is still to be confirmed by that one.
    """
    retired_on = milestones.retired_on
    if retired_on is None:
        return every
    found = tuple(due for due in every if due.on <= retired_on)
    is_to_confirm = milestones.last_reading is None and _lived(milestones, retired_on)
    return found or (every[:1] if is_to_confirm else ())


def _lived(milestones: Milestones, retired_on: date) -> bool:
    """Whether a part of it was delivered while its product was in use."""
    begun_on = milestones.begun_on
    return begun_on is not None and begun_on <= retired_on


def _not_served(every: Iterable[Due], last: date | None) -> tuple[Due, ...]:
    if last is None:
        return tuple(every)
    served_to = last + timedelta(days=GRACE_DAYS)
    return tuple(due for due in every if due.on > served_to)


@lru_cache(maxsize=_KEPT)
def open_renewals(milestones: Milestones) -> tuple[Due, ...]:
    """Renewals of a confirmed benefit that nobody has made yet, also those to come; also after closing."""
    gone = milestones.written_off_on is not None
    if gone or milestones.delivered_on is None or milestones.confirmed_on is None:
        return ()
    known = [day for day in (milestones.last_reading, milestones.series_to) if day is not None]
    days = [months_after(milestones.delivered_on, months) for months in RENEWAL_MONTHS]
    renewals = _until_retired(milestones, tuple(Due(day, is_renewal=True) for day in days))
    return _not_served(renewals, max(known, default=None))


def inbox(milestones: Milestones, today: date) -> tuple[Due, ...]:
    """What has to be read or renewed by now, the longest overdue first."""
    waiting = (*open_readings(milestones), *open_renewals(milestones))
    return tuple(sorted((due for due in waiting if due.on <= today), key=lambda due: due.on))


def next_due(milestones: Milestones) -> Due | None:
    """The first reading or renewal that is open, due already or to come."""
    waiting = (*open_readings(milestones), *open_renewals(milestones))
    return min(waiting, key=lambda due: due.on, default=None)


def state(milestones: Milestones, today: date) -> LoopState:
    """Where the outcome stands today; a reading that is due comes before what was measured earlier."""
    if milestones.written_off_on and milestones.written_off_on <= today:
        return LoopState.WRITTEN_OFF
    if milestones.closed_on and milestones.closed_on <= today:
        return LoopState.CLOSED
    begun_on = milestones.begun_on
    if begun_on is None or begun_on > today:
        return LoopState.AGREED if milestones.agreed_on else LoopState.DRAFT
    due = [reading for reading in open_readings(milestones) if reading.on <= today]
    if due:
        return LoopState.OVERDUE if due[0].is_overdue(today) else LoopState.READING_DUE
    if milestones.delivered_on is None and milestones.last_reading is None:
        return LoopState.AGREED if milestones.agreed_on else LoopState.DRAFT
    return _read_state(milestones)


def _read_state(milestones: Milestones) -> LoopState:
    if milestones.last_reading is None:
        return LoopState.DELIVERED
    is_confirmed = milestones.confirmed_on is not None and milestones.confirmed_on >= milestones.last_reading
    return LoopState.CONFIRMED if is_confirmed else LoopState.MEASURED


def why_not_closed(milestones: Milestones) -> str:
    """What still stands in the way of closing the loop; empty when it can be closed."""
    if milestones.written_off_on is not None:
        return "it has ended"
    if milestones.delivered_on is None:
        return "it is not delivered yet"
    missing = open_readings(milestones)
    if missing:
        return f"the reading of {missing[0].on.isoformat()} is missing"
    if _read_state(milestones) is not LoopState.CONFIRMED:
        return "finance has not confirmed the last reading yet"
    return "" if milestones.learned.strip() else "nobody has said yet what was learned"


# Unverified value


@dataclass(frozen=True, slots=True)
class Expected:
    """What an outcome is said to be worth in minor units, and its milestones."""

    key: str
    amount: int
    milestones: Milestones


def days_unverified(milestones: Milestones, today: date) -> int | None:
    """Days since delivery without any confirmation; None when there is one, or nothing to confirm."""
    gone = milestones.written_off_on is not None or milestones.confirmed_on is not None
    if gone or milestones.delivered_on is None or milestones.delivered_on > today:
        return None
    return (today - milestones.delivered_on).days


def unverified(outcomes: Iterable[Expected], today: date) -> tuple[Expected, ...]:
    """Outcomes that nobody has confirmed more than 90 days after delivery, the longest first."""
    late = [
        (days, outcome)
        for outcome in outcomes
        if (days := days_unverified(outcome.milestones, today)) is not None and days > UNVERIFIED_DAYS
    ]
    return tuple(outcome for _, outcome in sorted(late, key=lambda found: (-found[0], found[1].key)))


def unverified_value(outcomes: Sequence[Expected], today: date) -> int:
    """What those outcomes are said to be worth together, in minor units; losses count as they are said."""
    return sum(outcome.amount for outcome in unverified(outcomes, today))
