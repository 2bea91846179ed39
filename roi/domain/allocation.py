"""How the cost of teams that serve others passes on to the teams they serve.

Usage is a quantity that a receiver took from a giver in a month, in the giver's own unit; only shares within
one giver matter. Givers are teams that are passed on; everybody else keeps what reaches them.

Source: Horngren, Datar and Rajan, Cost Accounting, chapter 15 (direct, step-down and reciprocal methods).
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from roi.domain.money import largest_remainder

WEIGHT_WHOLE = 1_000_000_000
"""A giver's weights sum to this, so that a cost of a thousand million keeps its cents (decision D4)."""

_FINE = 10**15

Usage = Mapping[str, Mapping[str, int]]
"""Giver, receiver, quantity in the giver's own unit. Quantities below zero are a caller's mistake."""

Weights = Mapping[str, Mapping[str, int]]
"""Giver, final receiver, integer weight; each giver's weights sum to `WEIGHT_WHOLE`."""


@dataclass(frozen=True, slots=True)
class PassedOn:
    """The final weights of each giver, and the givers whose cost stays where it is, each with the reason."""

    weights: Weights
    kept: Mapping[str, str]


def reciprocal(usage: Usage) -> PassedOn:
    """Final weights when givers also serve each other: the reciprocal method.

    Self-use is dropped: it changes no receiver's total. A giver without usage, and a loop of givers that
    serve only each other, keep their cost and are named; nothing is guessed for them.

    Args:
        usage: what each receiver took from each giver in one month.

    Returns:
        Weights over receivers that are not passed on themselves, whole numbers that sum to `WEIGHT_WHOLE`.
    """
    served = {giver: _positive(giver, takers) for giver, takers in usage.items()}
    kept = _kept(served)
    givers = sorted(giver for giver in served if giver not in kept)
    if not givers:
        return PassedOn({}, kept)
    receivers = sorted({taker for giver in givers for taker in served[giver]} - set(givers))
    between = _shares(served, givers, givers)
    outward = _shares(served, givers, receivers)
    final = np.linalg.solve(np.eye(len(givers)) - between, outward)
    return PassedOn(
        {giver: _whole(receivers, final[i]) for i, giver in enumerate(givers)},
        kept,
    )


def direct(usage: Usage) -> PassedOn:
    """Final weights when what givers take from each other is left out: the direct method."""
    givers = set(usage)
    outside = {
        giver: {taker: quantity for taker, quantity in takers.items() if taker not in givers}
        for giver, takers in usage.items()
    }
    return reciprocal(outside)


def step_down(usage: Usage, order: Sequence[str] | None = None) -> PassedOn:
    """Final weights when givers are closed one after the other: the step-down method.

    The order is part of the result: by default the giver that gives the largest share to other givers first.
    """
    closed: set[str] = set()
    steps: dict[str, dict[str, int]] = {}
    for giver in order or step_order(usage):
        closed.add(giver)
        steps[giver] = {taker: quantity for taker, quantity in usage[giver].items() if taker not in closed}
    return reciprocal(steps)


def step_order(usage: Usage) -> list[str]:
    """Givers by the share that they give to other givers, largest first; ties by name."""

    def given(giver: str) -> float:
        takers = _positive(giver, usage[giver])
        whole = sum(takers.values())
        return sum(quantity for taker, quantity in takers.items() if taker in usage) / whole if whole else 0.0

    return sorted(usage, key=lambda giver: (-given(giver), giver))


def pass_on(costs: Mapping[str, int], passed: PassedOn) -> dict[str, int]:
    """What everybody costs after the givers' cost has been passed on, in minor units; the sum is kept."""
    after = {team: cost for team, cost in costs.items() if team not in passed.weights}
    for giver, weights in passed.weights.items():
        takers = sorted(weights)
        for taker, part in zip(
            takers, largest_remainder(costs.get(giver, 0), [weights[taker] for taker in takers]), strict=True
        ):
            after[taker] = after.get(taker, 0) + part
    return after


def _positive(giver: str, takers: Mapping[str, int]) -> dict[str, int]:
    """What others took, without self-use and without zeros."""
    if any(quantity < 0 for quantity in takers.values()):
        message = f"usage of {giver} is below zero"
        raise ValueError(message)
    return {taker: quantity for taker, quantity in takers.items() if quantity > 0 and taker != giver}


def _kept(served: Mapping[str, Mapping[str, int]]) -> dict[str, str]:
    """Givers from which no final receiver can be reached, each with the reason."""
    reaching = {giver for giver, takers in served.items() if any(taker not in served for taker in takers)}
    while True:
        more = {
            giver
            for giver, takers in served.items()
            if giver not in reaching and reaching.intersection(takers)
        }
        if not more:
            break
        reaching |= more
    lost = [giver for giver in sorted(served) if giver not in reaching]
    return {giver: _reason(giver, served, lost) for giver in lost}


def _reason(giver: str, served: Mapping[str, Mapping[str, int]], lost: Iterable[str]) -> str:
    if not served[giver]:
        return "no usage is known for it"
    loop = " and ".join(name for name in lost if served[name])
    return f"{loop} serve only each other"


def _shares(served: Mapping[str, Mapping[str, int]], givers: list[str], takers: list[str]) -> np.ndarray:
    """One row per giver, one column per taker: the share of the giver's usage that the taker has."""
    place = {taker: column for column, taker in enumerate(takers)}
    shares = np.zeros((len(givers), len(takers)))
    for row, giver in enumerate(givers):
        whole = sum(served[giver].values())
        for taker, quantity in served[giver].items():
            if taker in place:
                shares[row, place[taker]] = quantity / whole
    return shares


def _whole(receivers: Sequence[str], shares: np.ndarray) -> dict[str, int]:
    """Shares as whole weights; receivers that get nothing are left out."""
    fine = [max(round(share * _FINE), 0) for share in shares.tolist()]
    parts = largest_remainder(WEIGHT_WHOLE, fine)
    return {taker: part for taker, part in zip(receivers, parts, strict=True) if part}
