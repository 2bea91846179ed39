"""What is each delivery worth, when the worth of every group of them is known: Shapley's value.

No figure of the program is made by it: outcomes claim the shares that were frozen at start, and `benefits`
cuts them to what was measured. It is here as the known answer beside that rule, for published games.

Source: Shapley 1953; Littlechild and Owen 1973 (airport game).
"""

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

MOST_PLAYERS = 12
"""The worth of every group is asked for, and there are twice as many with each player."""

Worth = Callable[[frozenset[str]], int]
"""What a group of deliveries is worth together, in minor units."""


@dataclass(frozen=True, slots=True)
class Shapley:
    """Shapley's value: `parts` are minor units that sum to the worth of all, `exact` is unrounded."""

    parts: Mapping[str, int]
    exact: Mapping[str, Fraction]


def shapley(players: Sequence[str], worth: Worth) -> Shapley:
    """What each delivery adds, averaged over all orders in which they could have come.

    Args:
        players: distinct keys, at most twelve.
        worth: asked once for each group.

    Returns:
        The same for the same players in any order.

    Raises:
        ValueError: a player twice, or too many.
    """
    names = sorted(players)
    if len(set(names)) < len(names) or len(names) > MOST_PLAYERS:
        message = f"a player stands there twice, or there are more than {MOST_PLAYERS}"
        raise ValueError(message)
    worths = [
        worth(frozenset(name for bit, name in enumerate(names) if group >> bit & 1))
        for group in range(1 << len(names))
    ]
    exact = [_added(worths, bit, len(names)) for bit in range(len(names))]
    parts = _to_whole(exact, worths[-1] - worths[0])
    return Shapley(dict(zip(names, parts, strict=True)), dict(zip(names, exact, strict=True)))


def _added(worths: Sequence[int], bit: int, count: int) -> Fraction:
    """What this player adds to each group without it, by how many orders have that group before it."""
    without = (group for group in range(1 << count) if not group >> bit & 1)
    added = sum(_orders(group, count) * (worths[group | 1 << bit] - worths[group]) for group in without)
    return Fraction(added, math.factorial(count))


def _orders(group: int, count: int) -> int:
    before = group.bit_count()
    return math.factorial(before) * math.factorial(count - before - 1)


def _to_whole(exact: Sequence[Fraction], whole: int) -> list[int]:
    """Whole units that sum to the whole: floors, and one more for the largest remainders; ties go first."""
    parts = [math.floor(value) for value in exact]
    order = sorted(range(len(exact)), key=lambda place: (parts[place] - exact[place], place))
    for place in order[: whole - sum(parts)]:
        parts[place] += 1
    return parts
