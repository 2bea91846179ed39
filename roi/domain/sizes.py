"""How large may a number be? Beyond it nothing is real, and sums would not fit the store's whole numbers."""

from decimal import Decimal

from roi.domain.money import MINOR_DIGITS
from roi.domain.outcomes import movement
from roi.domain.structure import Outcome

MOST = Decimal(10**14)
"""No number that is typed is as large, of a measure or of money in major units; a cost neither."""

EXPECTED = f"less than {MOST:,f}"
"""How the limit is said."""

_MOST_DECIMALS = 30

FINEST = f"of at most {_MOST_DECIMALS} decimals"
"""How the limit to the other side is said."""


def is_too_large(number: Decimal | None) -> bool:
    """Whether a number is beyond the limit, to either side, or so fine that it holds more than is written."""
    if number is None or not number.is_finite():
        return False
    return abs(number) >= MOST or _is_too_fine(number)


def beyond(number: Decimal) -> tuple[str, str]:
    """What a number that is not real is too much of, and what is expected instead."""
    if number.is_finite() and abs(number) < MOST and _is_too_fine(number):
        return "too fine", FINEST
    return "too large", EXPECTED


def _is_too_fine(number: Decimal) -> bool:
    return -int(number.as_tuple().exponent) > _MOST_DECIMALS


def is_too_much(minor: int, currency: str) -> bool:
    """Whether an amount in minor units of its currency is beyond the limit."""
    return Decimal(abs(minor)).scaleb(-MINOR_DIGITS[currency]) >= MOST


def is_worth_too_much(outcome: Outcome, moved: tuple[Decimal | None, ...], months: int) -> bool:
    """Whether the outcome's value over so many months is beyond the limit.

    Args:
        outcome: its targets, its reading and what one unit is worth a month.
        moved: further movements that are told of it, such as an estimate of its effect.
        months: for how many months it is reckoned with.
    """
    levels = (outcome.target_low, outcome.target_likely, outcome.target_high, outcome.actual)
    every = [movement(outcome, level) for level in levels if level is not None and level.is_finite()]
    every += [one for one in moved if one is not None and one.is_finite()]
    unit = outcome.unit_value
    if unit is None or not unit.is_finite() or not outcome.baseline.is_finite():
        return False
    return max((abs(one) for one in every), default=Decimal(0)) * unit * months >= MOST
