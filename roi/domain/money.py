"""Exact money: integer minor units with their currency, and splits that lose nothing."""

from collections.abc import Sequence
from decimal import Decimal

_NO_MINOR = "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF"
_THREE_MINOR = "BHD IQD JOD KWD LYD OMR TND"
_TWO_MINOR = (
    "AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BGN BMD BND BOB BRL BSD BTN BWP BYN BZD CAD CDF "
    "CHF CNY COP CRC CUP CVE CZK DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GTQ GYD HKD "
    "HNL HTG HUF IDR ILS INR IRR JMD KES KGS KHR KPW KYD KZT LAK LBP LKR LRD LSL MAD MDL MGA MKD MMK "
    "MNT MOP MRU MUR MVR MWK MXN MYR MZN NAD NGN NIO NOK NPR NZD PAB PEN PGK PHP PKR PLN QAR RON RSD "
    "RUB SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TOP TRY TTD TWD TZS "
    "UAH USD UYU UZS VED VES WST XCD YER ZAR ZMW ZWG"
)

MINOR_DIGITS: dict[str, int] = {
    **dict.fromkeys(_TWO_MINOR.split(), 2),
    **dict.fromkeys(_NO_MINOR.split(), 0),
    **dict.fromkeys(_THREE_MINOR.split(), 3),
}
"""Minor digits of every active ISO 4217 currency that has coins or notes. Source: ISO 4217 list one."""

SHARE_WHOLE = 1_000_000
"""Shares are exact integers in parts per million (decision D4)."""


def to_minor(amount: Decimal, currency: str) -> int:
    """The amount in minor units of its currency.

    Raises:
        ValueError: the amount has more decimals than the currency; nothing is rounded.
    """
    scaled = amount.scaleb(MINOR_DIGITS[currency])
    if scaled != scaled.to_integral_value():
        message = f"{amount} has more decimals than {currency} has"
        raise ValueError(message)
    return int(scaled)


def to_decimal(minor: int, currency: str) -> Decimal:
    """The exact amount in major units, with all its digits."""
    return Decimal(minor).scaleb(-MINOR_DIGITS[currency])


def largest_remainder(total: int, weights: Sequence[int]) -> list[int]:
    """Split a whole number by weights so that the parts sum to it.

    Each part gets the floor of its exact share, the units left over go to the largest remainders,
    ties to the earlier part. A negative total is split as its absolute value, then negated.

    Args:
        total: minor units.
        weights: non-negative integers, at least one above zero.

    Returns:
        One part per weight.

    Source: Hamilton's method; `alloc-*` and `cur-*` published cases.
    """
    whole = sum(weights)
    if whole <= 0 or min(weights) < 0:
        message = "weights must be non-negative and one of them above zero"
        raise ValueError(message)
    size = abs(total)
    parts = [size * weight // whole for weight in weights]
    left = size - sum(parts)
    if left:
        rests = [size * weight % whole for weight in weights]
        # Sorting keeps equal remainders in their order, also when it is turned round.
        for i in sorted(range(len(weights)), key=rests.__getitem__, reverse=True)[:left]:
            parts[i] += 1
    return parts if total >= 0 else [-part for part in parts]


def equal_parts(total: int, count: int) -> list[int]:
    """Split a whole number into equal parts, the units left over to the earlier ones: as by equal weights."""
    each, left = divmod(abs(total), count)
    parts = [each + (place < left) for place in range(count)]
    return parts if total >= 0 else [-part for part in parts]


def convert(amount: int, rate_billionths: int, currency: str, target: str) -> int:
    """An amount in another currency, half up, rounded once.

    Args:
        amount: minor units of `currency`.
        rate_billionths: what one major unit of `currency` is in major units of `target`, times 10^9.
        currency: where it comes from.
        target: where it goes.

    Returns:
        Minor units of `target`.
    """
    over = amount * rate_billionths * int(10 ** MINOR_DIGITS[target])
    under = 10**9 * int(10 ** MINOR_DIGITS[currency])
    return (2 * over + under) // (2 * under)
