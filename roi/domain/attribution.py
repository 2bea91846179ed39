"""Who gets how much of one measured effect: by declared claims, or by what groups of deliveries are worth.

By claims is the default: everybody gets the claim, all scaled down together when they sum to more than was
measured, never up; what nobody claimed stays unattributed. Shapley's value is for when the worth of every
group of deliveries is known. Amounts are integer minor units, and parts sum to the effect. Teams get sums of
their epics' parts; a second game on teams would give other totals.

Source: Shapley 1953; Littlechild and Owen 1973 (airport game); Castro, Gomez, Tejada 2009 (sampling).
"""

import hashlib
import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from roi.domain.money import largest_remainder
from roi.domain.returns import Range

EXACT_UP_TO = 12
"""The worth of every group is asked for up to this many players; above, orders are sampled."""

ORDERS = 2_000
"""How many orders are sampled: half of them at random, each also backwards."""


@dataclass(frozen=True, slots=True)
class Attribution:
    """Parts of an effect in minor units; they and `unattributed` sum to it.

    `overlap` is what the claims sum to beyond the effect.
    """

    parts: Mapping[str, int]
    unattributed: int
    claimed: int
    overlap: int


def by_claims(effect: int, claims: Mapping[str, int]) -> Attribution:
    """Each claim × min(1, effect ÷ all claims); a loss is shared by all claims in the same proportion.

    Args:
        effect: what was measured, below zero for a loss.
        claims: what each delivery claims, zero or more.

    Raises:
        ValueError: a claim below zero.
    """
    if any(claim < 0 for claim in claims.values()):
        message = "a claim is zero or more; a loss is an effect below zero"
        raise ValueError(message)
    keys = sorted(claims)
    claimed = sum(claims.values())
    overlap = max(claimed - max(effect, 0), 0)
    if not claimed:
        return Attribution(dict.fromkeys(keys, 0), effect, 0, 0)
    if effect < 0:
        parts = largest_remainder(effect, [claims[key] for key in keys])
    elif overlap:
        taken = largest_remainder(overlap, [claims[key] for key in keys])
        parts = [claims[key] - less for key, less in zip(keys, taken, strict=True)]
    else:
        parts = [claims[key] for key in keys]
    return Attribution(dict(zip(keys, parts, strict=True)), effect - sum(parts), claimed, overlap)


def range_by_claims(effect: Range, claims: Mapping[str, int]) -> dict[str, Range]:
    """What each claim gets when the effect is at its low end, as likely, and at its high end."""
    low, likely, high = (by_claims(end, claims).parts for end in (effect.low, effect.likely, effect.high))
    return {
        key: Range(min(low[key], likely[key]), likely[key], max(likely[key], high[key])) for key in likely
    }


@dataclass(frozen=True, slots=True)
class Shapley:
    """Shapley's value: `parts` are minor units that sum to the worth of all together, `exact` is unrounded.

    `errors` are standard errors of sampling in minor units, zero when every group was asked for.
    """

    parts: Mapping[str, int]
    exact: Mapping[str, Fraction]
    errors: Mapping[str, float]
    orders: int = 0
    seed: int | None = None

    @property
    def is_exact(self) -> bool:
        """Whether every group was asked for."""
        return not self.orders


Worth = Callable[[frozenset[str]], int]
"""What a group of deliveries is worth together, in minor units."""


def shapley(players: Sequence[str], worth: Worth, seed: int = 0, orders: int = ORDERS) -> Shapley:
    """What each delivery adds, averaged over all orders in which they could have come.

    Args:
        players: distinct keys.
        worth: asked once for each group.
        seed: of the sampled orders, used above `EXACT_UP_TO` players only.
        orders: how many orders are sampled, an even number.

    Returns:
        The same for the same players in any order.

    Raises:
        ValueError: a player twice.
    """
    names = sorted(players)
    if len(set(names)) < len(names):
        message = "a player stands there twice"
        raise ValueError(message)
    game = _Game(names, worth, {})
    whole = game.of((1 << len(names)) - 1) - game.of(0)
    if len(names) <= EXACT_UP_TO:
        exact, errors = _over_all_groups(game), [0.0] * len(names)
    else:
        exact, errors = _over_orders(game, _sampled(names, seed, orders))
    sampled = orders if len(names) > EXACT_UP_TO else 0
    return Shapley(
        dict(zip(names, _to_whole(exact, whole), strict=True)),
        dict(zip(names, exact, strict=True)),
        dict(zip(names, errors, strict=True)),
        sampled,
        seed if sampled else None,
    )


@dataclass(frozen=True, slots=True)
class _Game:
    """Players by bit, and the worth of the groups that were asked for."""

    names: Sequence[str]
    worth: Worth
    known: dict[int, int]

    def of(self, group: int) -> int:
        if group not in self.known:
            members = frozenset(name for bit, name in enumerate(self.names) if group >> bit & 1)
            self.known[group] = self.worth(members)
        return self.known[group]


def _over_all_groups(game: _Game) -> list[Fraction]:
    count = len(game.names)
    weights = [math.factorial(size) * math.factorial(count - size - 1) for size in range(count)]
    values = []
    for bit in range(count):
        without = (group for group in range(1 << count) if not group >> bit & 1)
        added = sum(
            weights[group.bit_count()] * (game.of(group | 1 << bit) - game.of(group)) for group in without
        )
        values.append(Fraction(added, math.factorial(count)))
    return values


def _sampled(names: Sequence[str], seed: int, orders: int) -> list[list[int]]:
    digest = hashlib.sha256("\n".join([str(seed), *names]).encode()).digest()
    random = np.random.default_rng(int.from_bytes(digest[:16], "big"))
    return [random.permutation(len(names)).tolist() for _ in range(orders // 2)]


def _over_orders(game: _Game, orders: Sequence[Sequence[int]]) -> tuple[list[Fraction], list[float]]:
    """The mean over orders, each taken forwards and backwards, and the standard error of pairs."""
    pairs = []
    for order in orders:
        forwards, backwards = _added(game, order), _added(game, order[::-1])
        pairs.append([one + other for one, other in zip(forwards, backwards, strict=True)])
    sums = [sum(pair[bit] for pair in pairs) for bit in range(len(game.names))]
    exact = [Fraction(added, 2 * len(pairs)) for added in sums]
    spread = np.std(np.array(pairs) / 2, axis=0, ddof=1) / math.sqrt(len(pairs))
    return exact, spread.tolist()


def _added(game: _Game, order: Sequence[int]) -> list[int]:
    """What each player adds to those before it in one order."""
    added = [0] * len(order)
    group = 0
    for bit in order:
        added[bit] = game.of(group | 1 << bit) - game.of(group)
        group |= 1 << bit
    return added


def _to_whole(exact: Sequence[Fraction], whole: int) -> list[int]:
    """Whole units that sum to the whole: floors, and one more for the largest remainders; ties go first."""
    parts = [math.floor(value) for value in exact]
    order = sorted(range(len(exact)), key=lambda place: (parts[place] - exact[place], place))
    for place in order[: whole - sum(parts)]:
        parts[place] += 1
    return parts
