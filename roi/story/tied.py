"""A table of amounts whose printed rows and columns add up, with few digits.

Where honest rounding does not add up, the last printed digit of as few amounts as possible moves by one,
those whose rounding lost most first. What is nought stays nought. The exact amounts stand behind each cell.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from roi.story import words


@dataclass(frozen=True, slots=True)
class Branch:
    """An amount with the amounts that make it up, minor units; None is not known."""

    amount: int | None
    leaves: tuple[int | None, ...] = ()


@dataclass(frozen=True, slots=True)
class Printed:
    """The same in steps of the last printed digit."""

    steps: int | None
    leaves: tuple[int | None, ...] = ()


def scale_for(amounts: Sequence[int | None], currency: str) -> words.Scale:
    """One unit below what the largest amount has, without digits after the point: `$1,698k`, `$8,418k`."""
    largest = words.scale_for(amounts[:1] if len(amounts) == 1 else _largest(amounts), currency)
    smaller = {"B": words.Scale(currency, "M", 0), "M": words.Scale(currency, "k", 0)}
    return smaller.get(largest.unit, words.Scale(currency, "", 0))


def compact(amounts: Sequence[int | None], currency: str) -> words.Scale:
    """The same; below a thousand with every digit that the currency has."""
    found = scale_for(amounts, currency)
    return found if found.unit else words.scale_for([max(one or 0 for one in amounts)], currency)


def _largest(amounts: Sequence[int | None]) -> list[int | None]:
    return [max((abs(amount) for amount in amounts if amount), default=0)]


def printed(scale: words.Scale, total: int | None, branches: Sequence[Branch]) -> tuple[Printed, ...]:
    """The branches so that they print to the total, and the leaves of each so that they print to it."""
    steps = _fit(scale, [branch.amount for branch in branches], total)
    found = []
    for branch, shown in zip(branches, steps, strict=True):
        found.append(Printed(shown, tuple(_fit(scale, branch.leaves, branch.amount, shown))))
    return tuple(found)


def _fit(
    scale: words.Scale, parts: Sequence[int | None], whole: int | None, target: int | None = None
) -> list[int | None]:
    """The parts in steps; moved by one where that makes them add up to the whole in print."""
    steps = [None if part is None else scale.rounded(part) for part in parts]
    if whole is None or sum(part or 0 for part in parts) != whole:
        return steps
    left = (scale.rounded(whole) if target is None else target) - sum(step or 0 for step in steps)
    side = 1 if left > 0 else -1
    order = sorted((i for i, part in enumerate(parts) if part), key=lambda i: -side * _lost(scale, parts[i]))
    for i in order[: abs(left)]:
        steps[i] = (steps[i] or 0) + side
    return steps


def _lost(scale: words.Scale, part: int | None) -> int:
    """How much of an amount its rounding took away, in thousandths of a step."""
    finer = words.Scale(scale.currency, scale.unit, scale.decimals + 3)
    return finer.rounded(part or 0) - 1000 * scale.rounded(part or 0)


def fitted(scale: words.Scale, parts: Sequence[int], target: int) -> tuple[int, ...]:
    """The parts in steps that add up to so many steps."""
    return tuple(step or 0 for step in _fit(scale, parts, sum(parts), target))


def text(scale: words.Scale, steps: int | None, amount: int | None) -> str:
    """An amount by its printed steps; one that would vanish is printed in its own unit."""
    if steps is None or amount is None:
        return words.DASH
    if not steps:
        return scale.text(amount) if amount and not scale.rounded(amount) else scale.text(0)
    symbol = f"{words.sign(steps)}{words.symbol(scale.currency)}"
    return f"{symbol}{Decimal(abs(steps)).scaleb(-scale.decimals):,.{scale.decimals}f}{scale.unit}"


def signed(scale: words.Scale, steps: int | None, amount: int | None) -> str:
    """The same with a plus where it is above nought."""
    shown = text(scale, steps, amount)
    return f"+{shown}" if (steps or 0) > 0 else shown
