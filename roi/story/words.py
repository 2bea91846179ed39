"""Numbers and phrases, in one place: what a figure looks like on a screen, a slide and a command line.

Three significant digits, the same unit down a column, and printed parts that add up to the printed
total, else one digit more. A true minus. What is missing is a word, never 0.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal

from roi.domain.figures import Definition, Figure, Unit
from roi.domain.money import MINOR_DIGITS, SHARE_WHOLE
from roi.domain.periods import MONTH_NAMES, Span, month_name
from roi.reports.shapes.data import Certainty

MINUS = "−"
DASH = "–"
TWENTY = 20
NOT_READ = "not read yet"
NOT_KNOWN = "not known yet"
NONE = "none"

_SYMBOLS = {"USD": "$", "GBP": "£", "EUR": "€", "JPY": "¥", "INR": "₹", "AUD": "A$", "CAD": "C$"}
_SCOPE_NAMES = {"USD": "US$", "GBP": "£", "EUR": "€"}
_STEPS = (("B", 9), ("M", 6), ("k", 3), ("", 0))
_SMALL = "no one two three four five six seven eight nine ten eleven twelve".split()

Sum = tuple[Sequence[int], int]
"""Parts and the total that they make."""


def symbol(currency: str) -> str:
    """What stands before an amount: `$`, `£`, or the code and a space that does not break."""
    return _SYMBOLS.get(currency, f"{currency}\u00a0")


def currency_name(currency: str) -> str:
    """The currency as the line above a title names it: `US$`, `£`, `CHF`."""
    return _SCOPE_NAMES.get(currency, currency)


@dataclass(frozen=True, slots=True)
class Scale:
    """How amounts of one currency are printed: unit (`M`, `k`, none) and digits after the point."""

    currency: str
    unit: str
    decimals: int

    def rounded(self, minor: int) -> int:
        """The amount in steps of the last printed digit, half away from zero."""
        exponent = MINOR_DIGITS[self.currency] + dict(_STEPS)[self.unit] - self.decimals
        return int(Decimal(minor).scaleb(-exponent).quantize(Decimal(1), ROUND_HALF_UP))

    def digits(self, minor: int) -> str:
        """The amount without sign, symbol and unit: `7.81`."""
        return f"{abs(Decimal(self.rounded(minor)).scaleb(-self.decimals)):,.{self.decimals}f}"

    def text(self, minor: int | None) -> str:
        """`$7.81M`, `−$0.80M`; an amount that would vanish in this unit is printed in its own."""
        if minor is None:
            return DASH
        if minor == 0:
            return f"{symbol(self.currency)}0"
        if self.rounded(minor) == 0:
            return money(minor, self.currency)
        return f"{sign(minor)}{symbol(self.currency)}{self.digits(minor)}{self.unit}"

    def signed(self, minor: int) -> str:
        """`+$0.21M`; zero has no sign."""
        return f"+{self.text(minor)}" if minor > 0 else self.text(minor)


def sign(number: int) -> str:
    """A true minus for what is below zero."""
    return MINUS if number < 0 else ""


def scale_for(amounts: Iterable[int | None], currency: str, sums: Sequence[Sum] = ()) -> Scale:
    """The shortest way to print these amounts so that every printed sum adds up.

    One more digit, up to the second after the point, is printed when that gives even the smallest amount
    three digits, or keeps it from vanishing.

    Args:
        amounts: minor units; None is left out.
        sums: parts with their total; with the exact digits each of them adds up.
    """
    sizes = [abs(amount) for amount in amounts if amount]
    scales = list(_longer_and_longer(max(sizes, default=0), currency))
    fitting = [scale for scale in scales if all(_adds_up(scale, *one) for one in sums)]
    chosen, longer = fitting[0], fitting[min(1, len(fitting) - 1)]
    if chosen == scales[0] and longer == scales[1] and longer.decimals <= _MOST_DECIMALS:
        smallest = min(sizes, default=0)
        short, long = chosen.rounded(smallest), longer.rounded(smallest)
        if short < _THREE_DIGITS <= long or short == 0 < long:
            return longer
    return chosen


_THREE_DIGITS, _MOST_DECIMALS = 100, 2


def _adds_up(scale: Scale, parts: Sequence[int], total: int) -> bool:
    return sum(map(scale.rounded, parts)) == scale.rounded(total)


def _longer_and_longer(largest: int, currency: str) -> Iterator[Scale]:
    first = _three_digits(largest, currency)
    yield first
    yield Scale(currency, first.unit, first.decimals + 1) if first.unit else first
    if first.unit in {"B", "M"}:
        yield Scale(currency, "k", 0)
    yield Scale(currency, "", 0)
    yield Scale(currency, "", MINOR_DIGITS[currency])


def _three_digits(largest: int, currency: str) -> Scale:
    major = Decimal(largest).scaleb(-MINOR_DIGITS[currency])
    for unit, exponent in _STEPS:
        size = major.scaleb(-exponent)
        decimals = _decimals(size)
        least = Decimal("0.9995") if unit else Decimal(0)
        if size >= least:
            is_plain = unit == "" and decimals > 0
            return Scale(currency, unit, MINOR_DIGITS[currency] if is_plain else decimals)
    raise AssertionError(largest)


def _decimals(size: Decimal) -> int:
    """How many digits after the point make three digits of it."""
    return 2 if size < Decimal("9.995") else 1 if size < Decimal("99.95") else 0


def money(minor: int | None, currency: str) -> str:
    """One amount that stands alone: `$7.81M`, `$410k`, `$0`."""
    return DASH if minor is None else scale_for([minor], currency).text(minor)


def exact(minor: int, currency: str) -> str:
    """The amount with all its digits: `£478,552,886.89`."""
    return f"{sign(minor)}{symbol(currency)}{plain(minor, currency)}"


def certainty(sure: Certainty, currency: str) -> str:
    """`likely £400.00–£600.00, grade C`, or the grade alone where there is no range."""
    graded = f"grade {sure.grade.value}"
    if sure.low == sure.high:
        return graded
    between = " to " if sure.low < 0 else DASH  # a dash beside a minus sign is misread
    return f"likely {exact(sure.low, currency)}{between}{exact(sure.high, currency)}, {graded}"


_MOST_WRITTEN = 4
"""A unit value with more digits after the point than this was divided, not entered."""


def unit_worth(value: Decimal, currency: str) -> str:
    """What one unit is worth, which may be less than a cent: `$4.10`, `$600`, `$0.003`; divided, in cents."""
    if currency not in MINOR_DIGITS or value == value.to_integral_value():
        return f"{symbol(currency)}{value:,.0f}"
    least = MINOR_DIGITS[currency]
    its = -int(value.normalize().as_tuple().exponent)
    digits = least if abs(value) >= 1 and its > _MOST_WRITTEN else max(least, its)
    return f"{symbol(currency)}{value:,.{digits}f}"


def unit_range(low: Decimal, high: Decimal, currency: str) -> str:
    """How far what one unit is worth may be off: `$3.50–$4.80`; nothing where it is not."""
    return "" if low == high else f"{unit_worth(low, currency)}{DASH}{unit_worth(high, currency)}"


def plain(minor: int, currency: str) -> str:
    """All its digits without sign and symbol, for tables whose currency is said above them."""
    return f"{abs(Decimal(minor).scaleb(-MINOR_DIGITS[currency])):,f}"


def per_unit(ratio: int, currency: str) -> str:
    """Money back for each 1 spent, from parts per million: `$0.90`; `<$0.01` where it rounds to none."""
    digits = ratio_digits(ratio)
    if ratio and digits == "0.00":
        return f"{sign(ratio)}<{symbol(currency)}0.01"
    return f"{sign(ratio)}{symbol(currency)}{digits}"


def ratio_digits(ratio: int) -> str:
    """A ratio without its symbol: `0.90`, `12.3`."""
    value = abs(Decimal(ratio) / SHARE_WHOLE)
    places = "0.01" if value < Decimal("9.995") else "0.1"
    return str(value.quantize(Decimal(places), ROUND_HALF_UP))


def share(parts: int) -> str:
    """A share from parts per million: `12%`; `<1%` and `>99%` where rounding would say none or all."""
    percent = int((Decimal(parts) / 10_000).quantize(Decimal(1), ROUND_HALF_UP))
    if percent == 0 and parts > 0:
        return "<1%"
    if percent == 100 and parts < SHARE_WHOLE:
        return ">99%"
    return f"{sign(percent)}{abs(percent)}%"


def apart(parts: int) -> str:
    """How far one amount is from another, from parts per million: `+3.3%`, `−12%`, `+<0.1%`."""
    tenths = (Decimal(parts) / 10_000).quantize(Decimal("0.1"), ROUND_HALF_UP)
    plus = "+" if parts > 0 else ""
    if not tenths and parts:
        return f"{plus}{sign(parts)}<0.1%"
    shown = f"{abs(tenths):.1f}" if abs(tenths) < 10 else f"{abs(tenths).quantize(Decimal(1), ROUND_HALF_UP)}"
    return f"{plus}{sign(parts)}{shown}%"


def count_of(part: int, whole: int) -> str:
    """`18 of 27`."""
    return f"{part:,} of {whole:,}"


def counted(number: int, singular: str, plural: str = "") -> str:
    """`2,273 lines`, `1 line`."""
    return f"{number:,} {singular if number == 1 else plural or singular + 's'}"


def group(by: str) -> str:
    """What teams roll up to: `value stream`, `division`."""
    return by.replace("_", " ")


def spelled(number: int, singular: str, plural: str = "") -> str:
    """`three teams`; above twelve in digits."""
    word = _SMALL[number] if 0 <= number < len(_SMALL) else f"{number:,}"
    return f"{word} {singular if number == 1 else plural or singular + 's'}"


def sentence(words: str) -> str:
    """The words with a capital at the start."""
    return words[:1].upper() + words[1:]


def listed(names: Sequence[str], conjunction: str = "and") -> str:
    """`a, b and c`."""
    if len(names) < 2:
        return "".join(names)
    return f"{', '.join(names[:-1])} {conjunction} {names[-1]}"


def months(named: Sequence[int]) -> str:
    """`March to May 2026`; with gaps `March 2026 and May 2026`."""
    run = Span(min(named), max(named))
    return run.long_label if run.months == sorted(named) else listed([month_name(one) for one in named])


def day(when: date | datetime) -> str:
    """`12 Nov 2026`."""
    return f"{when.day} {MONTH_NAMES[when.month - 1][:3]} {when.year}"


def moment(when: datetime) -> str:
    """`12 Nov 2026, 14:05 UTC`."""
    return f"{day(when)}, {when:%H:%M} UTC"


def heads(parts: int) -> str:
    """Heads from parts per million, without noughts at the end: `7.5`, `0.25`, `24`; `<0.01` for less."""
    shown = (Decimal(parts) / SHARE_WHOLE).quantize(Decimal("0.01"), ROUND_HALF_UP)
    if not shown and parts:
        return f"{sign(parts)}<0.01"
    return f"{sign(parts)}{abs(shown):,f}".rstrip("0").rstrip(".") if shown else "0"


def heads_counted(parts: int) -> str:
    """Heads with their word: `1 head`, `0.5 heads`, `24 heads`."""
    shown = heads(parts)
    return f"{shown} {'head' if shown == '1' else 'heads'}"


def level(amount: Decimal) -> str:
    """A level of a metric without its unit: `1,200`, `3.5`, `−2`."""
    shown = f"{amount:,f}"
    return (shown.rstrip("0").rstrip(".") if "." in shown else shown).replace("-", MINUS)


def value_of(number: int, unit: Unit, currency: str) -> str:
    """A figure's number in its unit."""
    if unit is Unit.HEADS:
        return heads(number)
    if unit is Unit.MONEY:
        return money(number, currency)
    if unit is Unit.PER_UNIT:
        return per_unit(number, currency)
    if unit is Unit.MONTHS:
        return counted(number, "month")
    return share(number) if unit is Unit.SHARE else f"{number:,}"


def figure(found: Figure) -> str:
    """The figure's value, or a dash; its reason stands beside it."""
    if found.value is None:
        return DASH
    return value_of(found.value, found.definition.unit, found.currency)


def range_of(found: Figure) -> str:
    """`$0.78–$1.01`, or nothing where there is no range."""
    if found.low is None or found.high is None:
        return ""
    unit = found.definition.unit
    if unit is Unit.MONEY:
        scale = _beside(found.value, (found.low, found.high), found.currency)
        low, high = scale.text(found.low), scale.text(found.high)
    elif unit is Unit.MONTHS:
        return f"{found.low:,}{DASH}{found.high:,} months" if found.low < found.high else figure(found)
    else:
        low, high = (value_of(end, unit, found.currency) for end in (found.low, found.high))
    between = " to " if found.low < 0 else DASH  # a dash beside a minus sign is misread
    return low if low == high else f"{low}{between}{high}"


_TOO_LONG = 10_000


def _beside(value: int | None, ends: tuple[int, int], currency: str) -> Scale:
    """How the ends of a range are printed: in the unit of the value beside them, unless too long in it."""
    scale = scale_for(ends, currency)
    if not value:
        return scale
    own = scale_for([value], currency)
    largest = Decimal(max(map(abs, ends))).scaleb(-MINOR_DIGITS[currency] - dict(_STEPS)[own.unit])
    if own.unit == scale.unit or largest >= _TOO_LONG:
        return scale
    return Scale(currency, own.unit, _decimals(largest))


def in_twenty(chance: int) -> int:
    """How many of twenty a chance is (parts per million); never all or none unless it is sure."""
    filled = (chance * TWENTY + SHARE_WHOLE // 2) // SHARE_WHOLE
    if 0 < chance < SHARE_WHOLE:
        filled = min(max(filled, 1), TWENTY - 1)
    return filled


def odds(_found: Figure) -> str:
    """How likely the range is to hold: P10 to P90, of the sum of shared draws where it is a sum."""
    return "8 in 10"


def name(definition: Definition, currency: str) -> str:
    """What a figure is called, in the company's money: `Return per £1`."""
    return definition.name.replace("$1", f"{symbol(currency)}1") if currency else definition.name
