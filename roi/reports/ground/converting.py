"""Amounts of months that have no exchange rate yet, such as those ahead: at the newest rate known."""

from roi.domain.money import MINOR_DIGITS
from roi.reports.ground.basis import Basis
from roi.reports.ground.rates import AVERAGE


def at_latest(basis: Basis, amount: int, currency: str, month: int) -> int | None:
    """The amount in the report's currency at the month's rate, else at the newest one before it, else any.

    None where the currency is not converted, or no rate of it is known at all (law T3).
    """
    if currency == basis.currency:
        return amount
    if not basis.is_converted or currency not in MINOR_DIGITS:
        return None
    found = basis.rates.amount(amount, currency, month)
    if found is not None:
        return found
    newest = newest_rate(basis, currency, month)
    return None if newest is None else basis.rates.amount(amount, currency, newest)


def newest_rate(basis: Basis, currency: str, month: int) -> int | None:
    """The month of the newest known rate up to a month, else of the first one after it."""
    known = [one for kind, its, one in basis.rates.known if kind == AVERAGE and its == currency]
    before = [one for one in known if one <= month]
    return max(before) if before else min(known, default=None)


def no_rate(basis: Basis, currency: str) -> str:
    """Why an amount of this currency is not known in the report's."""
    if not currency:
        return "nobody has said in which currency it is"
    if not basis.is_converted:
        return f"it is in {currency}, which is not converted to {basis.currency}"
    return f"no exchange rate {currency} to {basis.currency} is known"
