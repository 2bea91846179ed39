"""Readings as evidence: what each says a month is worth, and up to which month it confirms (V10, V11)."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import NamedTuple

from roi.domain import outcomes as told
from roi.domain import persistence
from roi.domain.money import MINOR_DIGITS
from roi.domain.periods import add_months, month_of
from roi.domain.structure import Confirmation, Grade, Outcome, Tick
from roi.domain.value import ConfirmedReading, OutcomePlan, Reading, Values

LATEST = -2
"""The level of a reading that nobody has confirmed yet."""

PROMISED = -3
"""The level of what is promised and not read."""

LANDED = -10
"""Less its place, the level of a confirmed reading once what is expected beside it came (see `landed`)."""

KEPT = -1_000_000
"""Less its place, the level of closed months that are known otherwise than now (see `true_ups`)."""

Shares = tuple[int, int, int]
Effect = tuple[Decimal, Decimal, Decimal]


class Evidence(NamedTuple):
    """A reading with what it says a month is worth: `money` for the whole movement, in minor units.

    `shares` are P10, P50 and P90 in parts per million; `effect` is an entered estimate of the movement with
    its range (None: it is the difference to the baseline). `to_month` is the last month that it confirms.
    """

    read_on: date
    to_month: int
    actual: Decimal
    money: int
    shares: Shares
    effect: Effect | None
    grade: Grade
    confirmed_by: tuple[str, ...]
    confirmed_on: date | None
    ends: int | None = None


def worth(movement: Decimal, unit_value: Decimal, currency: str) -> int:
    """What a movement is worth a month in minor units, rounded once."""
    full = (movement * unit_value).scaleb(MINOR_DIGITS[currency])
    return int(full.to_integral_value(ROUND_HALF_UP))


def latest(
    values: Values, outcome: Outcome, standing: told.Standing, ticks: Mapping[Tick, Confirmation]
) -> Evidence | None:
    """The latest reading as evidence; None without one, or without a unit value or a share."""
    likely = outcome.share_likely
    is_read = outcome.actual is not None and outcome.read_on is not None
    if not is_read or outcome.unit_value is None or likely is None or outcome.currency not in MINOR_DIGITS:
        return None
    reading = _reading_on(values, outcome.key, outcome.read_on)
    return _evidence(
        outcome,
        reading,
        Evidence(
            outcome.read_on or date.min,
            standing.to_month or 0,
            outcome.actual or Decimal(0),
            0,
            _ordered(outcome.share_low, likely, outcome.share_high),
            None,
            outcome.grade,
            tuple(sorted({tick.confirmed_by for tick in ticks.values()})),
            max((tick.confirmed_on for tick in ticks.values()), default=None),
            min((month_of(tick.valid_to) for tick in ticks.values() if tick.valid_to), default=None),
        ),
    )


def confirmed(values: Values, outcome: Outcome, held: ConfirmedReading) -> Evidence:
    """An earlier reading as finance confirmed it."""
    then = replace(outcome, baseline=held.baseline, unit_value=held.unit_value, currency=held.currency)
    ends = [month_of(held.read_on)] + ([month_of(held.valid_to)] if held.valid_to else [])
    reading = _reading_on(values, outcome.key, held.read_on)
    return _evidence(
        then,
        reading,
        Evidence(
            held.read_on,
            min(ends),
            held.actual,
            0,
            _ordered(held.share_low, held.share_likely, held.share_high),
            None,
            held.grade,
            (held.confirmed_by,),
            held.confirmed_on,
            month_of(held.valid_to) if held.valid_to else None,
        ),
    )


def _evidence(outcome: Outcome, reading: Reading | None, bare: Evidence) -> Evidence:
    """With what the movement is worth: the entered estimate of it, else the difference to the baseline."""
    effect = effect_of(reading)
    moved = effect[1] if effect else told.movement(outcome, bare.actual)
    money = worth(moved, outcome.unit_value or Decimal(0), outcome.currency)
    return bare._replace(money=money, effect=effect)


def effect_of(reading: Reading | None) -> Effect | None:
    """The entered estimate of what the work changed, low, likely and high; None where there is none (D31)."""
    if reading is None or reading.effect_likely is None:
        return None
    likely = reading.effect_likely
    low = likely if reading.effect_low is None else reading.effect_low
    high = likely if reading.effect_high is None else reading.effect_high
    return min(low, likely, high), likely, max(low, likely, high)


def _reading_on(values: Values, outcome: str, read_on: date | None) -> Reading | None:
    return next((one for one in values.readings.get(outcome, ()) if one.read_on == read_on), None)


def _ordered(low: int | None, likely: int, high: int | None) -> Shares:
    ends = (likely if low is None else low, likely, likely if high is None else high)
    return min(ends), likely, max(ends)


def upheld(
    values: Values,
    claim: tuple[Outcome, OutcomePlan],
    levels: tuple[Evidence, ...],
    newest: Evidence | None,
    horizon: int,
) -> tuple[Evidence, ...]:
    """Confirmed readings, the last one lengthened by the months in which a live series upholds it (V11).

    None of them lies after `horizon`, the last month in which the benefit counts.
    """
    outcome, plan = claim
    series = values.series.get(plan.series, {})
    if not series or not levels:
        return levels
    last = levels[-1]
    ends = [horizon, *([last.ends] if last.ends is not None else [])]
    if newest is not None and newest.read_on > last.read_on:
        ends.append(add_months(month_of(newest.read_on), -1))
    beyond = {month: _beyond(outcome, last, level) for month, level in series.items()}
    to_month = persistence.upheld_to(last.to_month, beyond, min(ends))
    return (*levels[:-1], last._replace(to_month=to_month))


def _beyond(outcome: Outcome, last: Evidence, level: Decimal) -> Decimal:
    """How far a series lies beyond a confirmed level; what upholds a loss is to be as bad."""
    better = told.movement(replace(outcome, baseline=last.actual), level)
    return better if last.money >= 0 else -better
