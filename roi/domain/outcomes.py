"""Did an outcome do what its owner said, what is a month of it worth, and is that confirmed?

An outcome moves a metric from a baseline. Its movement counts in the metric's good direction, so that a
fall in churn is a gain. Money is minor units; shares and progress are parts per million.
"""

import unicodedata
from collections.abc import Mapping
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache
from typing import NamedTuple

from roi.domain.identity import is_one
from roi.domain.money import MINOR_DIGITS, SHARE_WHOLE
from roi.domain.periods import add_months, month_of
from roi.domain.returns import Range
from roi.domain.structure import (
    CASH_CLASSES,
    Confirmation,
    Epic,
    Grade,
    Outcome,
    Tick,
    Told,
    ValueBasis,
    ValueClass,
)
from roi.domain.value import LineKind

READ_AFTER_MONTHS = 3
"""When no date is agreed, the reading is due this many months after delivery."""

GRACE_DAYS = 14
"""A reading is overdue when it is later than this."""

DOWN = "down"

NOT_READ = "not read yet"

NAME_A_LINE = (
    "name in its plan the line and the segment on which it shows (where there is none yet, finance adds it "
    "first, on Outcomes under Lines and drivers), then finance confirms it"
)
"""What leads on from where money of a cash class names no finance line."""

NO_LINE = f"it names no finance line: {NAME_A_LINE}; what was confirmed before counts nothing until then"
"""Why money of a cash class counts nowhere while it shows on no line of the company's own results (V8)."""

_FIELDS: dict[Tick, tuple[str, ...]] = {
    Tick.MOVEMENT: ("metric", "unit", "direction", "baseline", "actual", "read_on"),
    Tick.UNIT_VALUE: ("metric", "unit", "unit_value", "currency", "value_class", "value_basis"),
    Tick.SHARE: ("share_low", "share_likely", "share_high", "grade"),
}
_TICK_WORDS = {Tick.MOVEMENT: "the movement", Tick.UNIT_VALUE: "the unit value", Tick.SHARE: "the share"}


class Standing(NamedTuple):
    """How far an outcome's confirmation is: `why_not` is empty when all three ticks hold.

    `to_month` is the last month that they hold for; `own_ticks` are those of the owner's own word.
    """

    why_not: str
    own_ticks: frozenset[Tick]
    to_month: int | None

    @property
    def is_own_word(self) -> bool:
        """Whether an owner confirmed some of it."""
        return bool(self.own_ticks)

    @property
    def is_confirmed(self) -> bool:
        """Whether somebody other than the owner has confirmed movement, unit value and share."""
        return not self.why_not and not self.is_own_word


def movement(outcome: Outcome, actual: Decimal) -> Decimal:
    """How far `actual` lies from the baseline in the metric's good direction; negative is worse."""
    moved = actual - outcome.baseline
    return -moved if outcome.direction == DOWN else moved


def progress(outcome: Outcome) -> int | None:
    """The share of the promised change that came, in parts per million; None before a reading.

    Not clipped: above one is more than promised, below zero is the wrong way. Lower-is-better works by
    itself. Source: OKR scoring, (actual − baseline) ÷ (target − baseline).
    """
    return None if outcome.actual is None else progress_at(outcome, outcome.actual)


def progress_at(outcome: Outcome, level: Decimal) -> int | None:
    """The share of the promised change that a level of the metric is; None where no change was promised."""
    promised = outcome.target_likely - outcome.baseline
    if promised == 0:
        return None
    share = (level - outcome.baseline) / promised * SHARE_WHOLE
    return int(share.to_integral_value(ROUND_HALF_UP))


def score(outcome: Outcome) -> int | None:
    """Progress held between nothing and all of it, as OKR scores are told."""
    share = progress(outcome)
    return None if share is None else min(max(share, 0), SHARE_WHOLE)


def landed(outcome: Outcome) -> str:
    """`met` at or beyond the near end of the promised range, `partly` for less, `not` for none; "" unread."""
    if outcome.actual is None:
        return ""
    came = movement(outcome, outcome.actual)
    if came <= 0:
        return "not"
    near = min(movement(outcome, target) for target in _targets(outcome))
    return "met" if came >= near else "partly"


def _targets(outcome: Outcome) -> tuple[Decimal, Decimal, Decimal]:
    return outcome.target_low, outcome.target_likely, outcome.target_high


def due_on(outcome: Outcome, epic: Epic) -> date | None:
    """When the reading is due: the agreed date, else three months after delivery, else not known."""
    if outcome.by_when or epic.delivered is None:
        return outcome.by_when
    month = add_months(month_of(epic.delivered), READ_AFTER_MONTHS)
    after = add_months(month, 1)
    last_day = date(after // 100, after % 100, 1) - timedelta(days=1)
    return last_day.replace(day=min(epic.delivered.day, last_day.day))


def state(outcome: Outcome, epic: Epic, standing: Standing, today: date | None) -> str:
    """The outcome's state in one word or two; without `today` nothing is due."""
    if outcome.actual is not None:
        if standing.is_confirmed:
            return "confirmed"
        return "self-confirmed" if not standing.why_not else "measured"
    late = days_late(outcome, epic, today)
    if late is None or late < 0:
        return "anticipated"
    return "overdue" if late > GRACE_DAYS else "reading due"


def days_late(outcome: Outcome, epic: Epic, today: date | None) -> int | None:
    """Days since the reading was due (negative: still to come); None when read or no date is known."""
    due = due_on(outcome, epic)
    if today is None or due is None or outcome.actual is not None:
        return None
    return (today - due).days


def is_hindsight(entered_on: date | None, first_read: date | None) -> bool:
    """Whether a promise was told here only when its measure had been read, on that day or later (law T11)."""
    return entered_on is not None and first_read is not None and first_read <= entered_on


def monthly_value(outcome: Outcome, actual: Decimal, shares: tuple[int, int, int]) -> Range | None:
    """What one month at `actual` is worth: movement × unit value × share, rounded once to minor units.

    Args:
        outcome: gives baseline, direction, unit value and currency.
        actual: the metric's level.
        shares: low, likely and high share that is due to this work, parts per million.

    Returns:
        Minor units of the outcome's currency; None while no unit value or currency is known.
    """
    if outcome.unit_value is None or outcome.currency not in MINOR_DIGITS:
        return None
    full = (movement(outcome, actual) * outcome.unit_value).scaleb(MINOR_DIGITS[outcome.currency])
    low, likely, high = (_part(full, share) for share in shares)
    return Range(min(low, likely, high), likely, max(low, likely, high))


def _part(full: Decimal, share: int) -> int:
    return int((full * share / SHARE_WHOLE).to_integral_value(ROUND_HALF_UP))


def measured_month(outcome: Outcome) -> Range | None:
    """One month at the level that was read, at the share that was entered; None before a reading."""
    shares = (outcome.share_low, outcome.share_likely, outcome.share_high)
    if outcome.actual is None or None in shares:
        return None
    low, likely, high = (share or 0 for share in shares)
    return monthly_value(outcome, outcome.actual, (low, likely, high))


def expected_month(outcome: Outcome) -> Range | None:
    """One month of what was promised: the targets' range at the likely share, all of it if none is said."""
    share = SHARE_WHOLE if outcome.share_likely is None else outcome.share_likely
    found = [monthly_value(outcome, target, (share, share, share)) for target in _targets(outcome)]
    months = [part.likely for part in found if part]
    likely = found[1]
    return Range(min(months), likely.likely, max(months)) if likely else None


def is_cash(outcome: Outcome) -> bool:
    """Whether its money counts as cash: a cost reduction only when the books show it (rules V6, V13)."""
    if outcome.value_class is ValueClass.COST_REDUCTION:
        return outcome.value_basis is ValueBasis.BOOKED
    return outcome.value_class in CASH_CLASSES


def counts_as_cash(outcome: Outcome, line: LineKind | None) -> bool:
    """Whether its money is cash on a line of this kind (None: on none).

    Outside engineering only what the books show is; a saving is cash nowhere else (rules V6, V7, V13).
    """
    if line is LineKind.ENGINEERING_COST:
        return False
    if line is LineKind.COST_OUTSIDE:
        return outcome.value_basis is ValueBasis.BOOKED and is_cash(outcome)
    return is_cash(outcome) and outcome.value_class is not ValueClass.COST_REDUCTION


def needs_line(outcome: Outcome, line: str) -> bool:
    """Whether its money is of a cash class and names no line of the company's own results (rule V8)."""
    return outcome.value_class in CASH_CLASSES and not line


def standing(
    now: Told,
    ticks: Mapping[Tick, Confirmation],
    when_confirmed: Mapping[Tick, Told],
    line: str,
) -> Standing:
    """Whether movement, unit value and share are confirmed, by whom, and up to which month (rule V10).

    Args:
        now: the outcome and its epic's delivery as they stand.
        ticks: its live confirmations.
        when_confirmed: both as they stood when each tick was given; a later edit is not confirmed, and who
            owned it then gave the word of an owner, whoever owns it now.
        line: the finance line on which its money shows; empty while it names none.

    Returns:
        The first reason that stops it, in the order in which it can be cured.
    """
    outcome = now.outcome
    why_not = _unconfirmable(outcome, line) or _missing_ticks(now, ticks, when_confirmed)
    own = [one for one, given in ticks.items() if _is_own(given, outcome, when_confirmed.get(one))]
    return Standing(why_not, frozenset(own), _last_month(outcome, ticks))


def _is_own(given: Confirmation, outcome: Outcome, then: Told | None) -> bool:
    """Whether who ticks owns the outcome, or did when ticking: handing it on confirms nothing."""
    owners = {outcome.owner, then.outcome.owner if then is not None else outcome.owner}
    return any(is_one(given.confirmed_by, owner) for owner in owners)


def _unconfirmable(outcome: Outcome, line: str) -> str:
    if outcome.value_class is ValueClass.NOT_FINANCIAL:
        return "not financial: it is measured, never counted as money"
    if outcome.actual is None or outcome.read_on is None:
        return NOT_READ
    if outcome.unit_value is None:
        return "no unit value: nobody has said what one unit is worth"
    if needs_line(outcome, line):
        return NO_LINE
    if outcome.share_likely is None:
        return "no share: nobody has said how much is due to this work"
    if outcome.value_basis is ValueBasis.ASSUMED:
        return "the unit value is assumed; finance has to book or agree it first"
    if outcome.grade is Grade.E:
        return "evidence grade E (stated) cannot carry a confirmed share"
    return ""


def _missing_ticks(
    now: Told,
    ticks: Mapping[Tick, Confirmation],
    when_confirmed: Mapping[Tick, Told],
) -> str:
    missing = [_TICK_WORDS[tick] for tick in Tick if tick not in ticks]
    if missing:
        return f"finance has not confirmed {_listed(missing)} yet"
    edited = [_TICK_WORDS[tick] for tick in Tick if _is_other(now, when_confirmed.get(tick), tick)]
    if edited:
        return f"{_listed(edited)} changed after it was confirmed; it needs a new tick"
    return ""


def is_edited(now: Outcome, then: Outcome | None, tick: Tick) -> bool:
    """Whether what the tick is about differs from what it was given for (None: nothing was told then)."""
    return then is None or any(getattr(now, name) != getattr(then, name) for name in _FIELDS[tick])


def _is_other(now: Told, then: Told | None, tick: Tick) -> bool:
    """The delivery counts as part of the movement, because value is counted from the month after it."""
    if then is now:
        return False
    is_moved = tick is Tick.MOVEMENT and then is not None and _counts_otherwise(now, then)
    return is_moved or is_edited(now.outcome, then.outcome if then else None, tick)


def _counts_otherwise(now: Told, then: Told) -> bool:
    """Whether another delivery moves months up to the reading; another day of the same month moves none."""
    return _counted_after(now.delivered, then) != _counted_after(then.delivered, then)


def _counted_after(delivered: date | None, then: Told) -> int | None:
    """The month after which the reading counts; None: it counts no month before its own."""
    read_on = then.outcome.read_on
    if delivered is None or (read_on is not None and month_of(delivered) >= month_of(read_on)):
        return None
    return month_of(delivered)


def stale_ticks(now: Told, then: Told) -> frozenset[Tick]:
    """The ticks that were given for what was told then and do not confirm what is told now."""
    return frozenset(tick for tick in Tick if _is_other(now, then, tick))


def _last_month(outcome: Outcome, ticks: Mapping[Tick, Confirmation]) -> int | None:
    """The month of the reading, or an earlier one in which a tick ends."""
    if outcome.read_on is None:
        return None
    ends = [month_of(tick.valid_to) for tick in ticks.values() if tick.valid_to]
    return min([month_of(outcome.read_on), *ends])


@lru_cache(maxsize=65_536)
def alike(name: str) -> str:
    """A metric or a unit as they are told apart: without case, width and extra blanks."""
    return " ".join(unicodedata.normalize("NFKC", name).casefold().split())


def _listed(names: list[str]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"
