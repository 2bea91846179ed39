"""Was a success measure met? Numbers, percents, ranges and bounds are compared; sentences are only shown.

Targets and results stay as people wrote them: `85%`, `10-15`, `at least 90%`, `no more than 5 days`.
Only what reads as one number with one unit, or a range of it, is compared; nothing is guessed and no money is
made of it (rule V9). Source of the words: results reporting of public departments.
"""

import re
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from enum import StrEnum


class Success(StrEnum):
    """How a measure came out."""

    MET = "met"
    NOT_MET = "not met"
    NOT_AVAILABLE = "not available"
    TO_COME = "to come"
    CANNOT_COMPARE = "cannot be compared"


class Stated(StrEnum):
    """What an owner may say came of a measure; a comparison is the product's own."""

    MET = "met"
    NOT_MET = "not met"
    NOT_AVAILABLE = "not available"
    TO_COME = "to come"


@dataclass(frozen=True, slots=True)
class Compared:
    """How a measure came out, and why where it is not plain."""

    success: Success
    why: str = ""


@dataclass(frozen=True, slots=True)
class Bounds:
    """What a target asks for: at least `low`, at most `high`; None: no bound; `is_open` excludes the ends."""

    low: Decimal | None
    high: Decimal | None
    unit: str
    is_open: bool = False


_NUMBER = r"[-+−–]?\(?(?:[$£€]\s?)?\d[\d,  ]*(?:\.\d+)?\)?"
_PLAIN = re.compile(rf"({_NUMBER})\s*(.*)", re.DOTALL)
_BETWEEN = re.compile(
    rf"(?:between\s+|from\s+)?({_NUMBER})\s*(%?)\s*(?:-|–|—|\bto\b|\band\b)\s*({_NUMBER})\s*(.*)", re.DOTALL
)
_LEAST = (
    "at least",
    "no less than",
    "not less than",
    "a minimum of",
    "minimum of",
    "minimum",
    "min.",
    "greater than or equal to",
    "equal to or greater than",
    ">=",
    "≥",
)
_MOST = (
    "at most",
    "no more than",
    "not more than",
    "a maximum of",
    "maximum of",
    "maximum",
    "max.",
    "up to",
    "less than or equal to",
    "equal to or less than",
    "<=",
    "≤",
)
_ABOVE = ("more than", "greater than", "above", "over", "exceeds", ">")
_BELOW = ("less than", "fewer than", "below", "under", "<")
_EXACT = ("exactly", "=")
_AFTER_LEAST = ("or more", "or higher", "or greater", "or above", "or better", "minimum", "and above", "+")
_AFTER_MOST = ("or less", "or fewer", "or lower", "or below", "maximum", "and below")
_NOTHING = frozenset(
    "|n/a|na|n.a.|not available|not applicable|unavailable|-|–|—|none|nil|no data|data not available|"
    "not yet available|suppressed".split("|")
)
_COMING = frozenset(
    "|tbd|tbc|to be determined|to be confirmed|to be established|to be set|to come|pending".split("|")
)
_PERCENT = frozenset({"%", "percent", "per cent", "pct", "percentage", "pct."})


def compare(
    target: str, actual: str, direction: str = "", due: date | None = None, today: date | None = None
) -> Compared:
    """How a result compares with its target.

    Args:
        target: as it was written.
        actual: as it was written; empty: nothing was read yet.
        direction: `up`, `down` or empty; a bare number as target then means at least or at most, and
            without a direction at least.
        due: the day on which the result is read.
        today: to tell a result that is still to come from one that is missing.

    Returns:
        What came out. Ranges count as met inside both ends, both included.
    """
    wanted, came = _tidy(target), _tidy(actual)
    if came.lower() in _NOTHING | _COMING:
        return _without_result(came.lower(), due, today)
    if not wanted or wanted.lower() in _NOTHING | _COMING:
        return Compared(Success.CANNOT_COMPARE, "no target is set")
    bounds = read_target(wanted, direction)
    if bounds is None:
        return Compared(Success.CANNOT_COMPARE, "the target is a sentence: shown, not scored")
    found = read_level(came)
    if found is None:
        return Compared(Success.CANNOT_COMPARE, "the result is not one number: shown, not scored")
    level, unit = found
    if not _same_unit(bounds.unit, unit):
        return Compared(Success.CANNOT_COMPARE, f"target in {_named(bounds.unit)}, result in {_named(unit)}")
    return Compared(Success.MET if _holds(bounds, level) else Success.NOT_MET)


def judge(
    target: str, actual: str, direction: str, days: tuple[date | None, date], stated: str = ""
) -> Compared:
    """What its owner states, else what a comparison says; where the two differ both are told.

    Args:
        target: as it was written.
        actual: as it was written.
        direction: `up`, `down` or empty.
        days: when the result is read, and today.
        stated: a word of `Stated`; empty: nobody stated anything.
    """
    found = compare(target, actual, direction, *days)
    if not stated:
        return found
    said = Success(Stated(stated).value)
    if said is found.success:
        return found
    return Compared(said, f"as stated; compared with its target it is: {found.success.value}")


def _without_result(came: str, due: date | None, today: date | None) -> Compared:
    is_late = due is not None and today is not None and due <= today
    if came in _COMING and came and not is_late:
        return Compared(Success.TO_COME, "the result is still to come")
    if came:
        return Compared(Success.NOT_AVAILABLE, "no result is available")
    if is_late and due is not None:
        return Compared(Success.NOT_AVAILABLE, f"no result, though it was due on {due.isoformat()}")
    return Compared(Success.TO_COME, "the result is still to come")


def _tidy(text: str) -> str:
    return " ".join(text.replace("\u00a0", " ").replace("\u202f", " ").split()).rstrip(".")


def read_target(text: str, direction: str = "") -> Bounds | None:
    """The bounds that a target asks for; None where it is a sentence."""
    words = _tidy(text)
    between = _BETWEEN.fullmatch(words)
    if between:
        return _range(between)
    low = words.lower()
    for starts, make in ((_LEAST, _at_least), (_MOST, _at_most), (_ABOVE, _at_least), (_BELOW, _at_most)):
        start = next((one for one in starts if _begins(low, one)), "")
        found = read_level(words[len(start) :]) if start else None
        if found is not None:
            is_open = starts in {_ABOVE, _BELOW}
            return make(found[0], found[1], is_open=is_open)
    return _ending(words) or _bare(words, direction)


def _begins(text: str, start: str) -> bool:
    rest = text[len(start) :]
    return text.startswith(start) and (not start[-1].isalpha() or rest[:1] in {" ", ""})


def _range(between: re.Match[str]) -> Bounds | None:
    low, high = _number(between[1]), _number(between[3].lstrip("–−-"))
    unit = _unit(between[4])
    if low is None or high is None or unit is None or low > high:
        return None
    if between[2] and unit not in {"", "%"}:
        return None
    return Bounds(low, high, "%" if between[2] else unit)


def _at_least(level: Decimal, unit: str, *, is_open: bool) -> Bounds:
    return Bounds(level, None, unit, is_open)


def _at_most(level: Decimal, unit: str, *, is_open: bool) -> Bounds:
    return Bounds(None, level, unit, is_open)


def _ending(words: str) -> Bounds | None:
    """`90% or more`, `5 days or less`."""
    low = words.lower()
    for ends, make in ((_AFTER_LEAST, _at_least), (_AFTER_MOST, _at_most)):
        end = next((one for one in ends if low.endswith(one)), "")
        found = read_level(words[: -len(end)]) if end else None
        if found is not None:
            return make(found[0], found[1], is_open=False)
    return None


def _bare(words: str, direction: str) -> Bounds | None:
    start = next((one for one in _EXACT if _begins(words.lower(), one)), "")
    found = read_level(words[len(start) :])
    if found is None:
        return None
    level, unit = found
    if start:
        return Bounds(level, level, unit)
    return Bounds(None, level, unit) if direction == "down" else Bounds(level, None, unit)


def read_level(text: str) -> tuple[Decimal, str] | None:
    """One number with its unit (`%`, `days`, `$`, or nothing); None where the text says anything else."""
    words = _tidy(text)
    if words.lower() == "zero":
        return Decimal(0), ""
    found = _PLAIN.fullmatch(words)
    if not found:
        return None
    level, unit = _number(found[1]), _unit(found[2])
    if level is None or unit is None:
        return None
    money = next((sign for sign in "$£€" if sign in found[1]), "")
    return _scaled(level, money, unit)


_LARGE = {"thousand": 3, "k": 3, "million": 6, "m": 6, "billion": 9, "b": 9}


def _scaled(level: Decimal, money: str, unit: str) -> tuple[Decimal, str] | None:
    """`$1.2 million` is a number of dollars; `5 m` alone may be metres and stays a unit."""
    first, _, rest = unit.partition(" ")
    if first in _LARGE and (money or len(first) > 1):
        return level.scaleb(_LARGE[first]), money or rest
    return (level, money) if money and not unit else (None if money else (level, unit))


def _number(text: str) -> Decimal | None:
    bare = text.translate({ord(sign): None for sign in "$£€+ "}).replace("−", "-").replace("–", "-")
    bare = bare.replace("\u202f", "")
    negative = bare.startswith("(") and bare.endswith(")")
    bare = bare.strip("()")
    if "," in bare and not re.fullmatch(r"-?\d{1,3}(,\d{3})+(\.\d+)?", bare):
        return None
    try:
        level = Decimal(bare.replace(",", ""))
    except InvalidOperation:
        return None
    return -level if negative else level


def _unit(text: str) -> str | None:
    """The unit in lower case, at most three words; None where a sentence follows."""
    unit = text.strip().lower()
    if unit in _PERCENT:
        return "%"
    is_sentence = len(unit.split()) > 3 or any(sign.isdigit() or sign in ";:,(" for sign in unit)
    return None if is_sentence else unit


def _same_unit(wanted: str, came: str) -> bool:
    """A result without a unit is in that of its target, except that a bare number is not taken for money."""
    return wanted == came or (not came and wanted not in "$£€") or not wanted


def _named(unit: str) -> str:
    return unit or "no unit"


def _holds(bounds: Bounds, level: Decimal) -> bool:
    if bounds.is_open and level in {bounds.low, bounds.high}:
        return False
    is_low = bounds.low is not None and level < bounds.low
    is_high = bounds.high is not None and level > bounds.high
    return not is_low and not is_high
