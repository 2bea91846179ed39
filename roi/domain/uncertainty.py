"""What is the likely range of a figure? Seeded draws of its drivers, and what the draws say (law T6).

An estimate is P10, P50 and P90 (8 in 10 lie between the ends). A driver is drawn by Latin hypercube: one draw
from the middle of each of `count` equally likely strata, in an order that depends on its key and the seed
alone. So the same driver has the same draw wherever it is used, on every machine and in every process, and a
sum of figures that share a driver is a sum of shared draws. Drivers with different keys are independent
unless a correlation is stated. Money is rounded to minor units draw by draw, so a sum has no order.

Source: Hubbard, How to Measure Anything, chapter 6; McKay, Beckman, Conover 1979 (Latin hypercube); Iman and
Conover 1982 (dependence by ranks).
"""

import hashlib
import math
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from statistics import NormalDist

import numpy as np

Draws = np.ndarray
"""One number per draw; draw i of every driver belongs to the same imagined world."""

Z = 1.2816
"""Standard deviations from P50 to P90 of a normal distribution."""

COUNT = 10_000
"""How many worlds are drawn."""

SYMMETRIC_WITHIN = 0.01
"""An estimate whose P50 lies this near the middle, as a share of its range, is symmetric."""

_COMMON = "common cause of all drivers"
_GRID = 4_001
_SMALL = 32_767
"""Up to here an order takes two bytes a draw."""

_KEPT_ORDERS, _KEPT_SHAPES = 20_000, 256
"""How many drivers' orders, and how many estimates' quantiles, are kept."""

_LARGEST_MINOR = 10**15

_DIGITS = 12
"""Decimals that are kept of logarithms and powers: the last ones differ between processors."""


class Shape(StrEnum):
    """The distribution that an estimate is read as."""

    CERTAIN = "certain"
    NORMAL = "normal"
    LOGNORMAL = "lognormal"


@dataclass(frozen=True, slots=True)
class Estimate:
    """P10, P50 and P90 of a driver in its own unit, in this order, and the bounds that it cannot leave.

    Raises:
        ValueError: the three are not in order.
    """

    low: float
    likely: float
    high: float
    lowest: float = -math.inf
    highest: float = math.inf

    def __post_init__(self) -> None:
        """Refuse three numbers that are not in order."""
        if not self.low <= self.likely <= self.high:
            message = "low, likely and high are not in order"
            raise ValueError(message)

    @property
    def shape(self) -> Shape:
        """Normal when symmetric or when it may be negative, lognormal when positive and skewed."""
        if self.low == self.high:
            return Shape.CERTAIN
        skew = (self.high - self.likely) - (self.likely - self.low)
        is_symmetric = abs(skew) / 2 <= SYMMETRIC_WITHIN * (self.high - self.low)
        return Shape.NORMAL if is_symmetric or self.low <= 0 else Shape.LOGNORMAL

    def quantiles(self, count: int) -> Draws:
        """The middles of `count` equally likely strata, lowest first.

        Each side of P50 has its own width, so that all three stated numbers are met; where the two widths are
        equal this is the plain normal or lognormal distribution.
        """
        if self.shape is Shape.CERTAIN:
            return np.full(count, min(max(self.likely, self.lowest), self.highest))
        deviations = _deviations(count)
        if self.shape is Shape.NORMAL:
            below, above = self.likely - self.low, self.high - self.likely
            found: Draws = self.likely + deviations / Z * np.where(deviations < 0, below, above)
        else:
            below, above = math.log(self.likely / self.low), math.log(self.high / self.likely)
            factors = np.exp(deviations / Z * np.where(deviations < 0, below, above))
            found = self.likely * np.round(factors, _DIGITS)
        inside: Draws = np.clip(found, self.lowest, self.highest)
        return inside


@dataclass(frozen=True, slots=True)
class Bounded:
    """Hard bounds and a most likely value: a PERT-beta distribution, mean (a+4m+b) ÷ 6.

    It is not P10, P50, P90: nothing lies outside the bounds. Ask which of the two a person means.

    Raises:
        ValueError: the three are not in order, or there is no range.
    """

    lowest: float
    mode: float
    highest: float

    def __post_init__(self) -> None:
        """Refuse bounds without a range and a mode outside of them."""
        if not self.lowest <= self.mode <= self.highest or self.lowest == self.highest:
            message = "bounds need a range, and the mode must lie inside"
            raise ValueError(message)

    @property
    def mean(self) -> float:
        """The mean of the distribution."""
        return (self.lowest + 4 * self.mode + self.highest) / 6

    @property
    def variance(self) -> float:
        """The exact variance of the beta distribution; ((b−a) ÷ 6)² is only near it."""
        left, right = self._exponents
        span = self.highest - self.lowest
        return left * right / ((left + right) ** 2 * (left + right + 1)) * span**2

    @property
    def _exponents(self) -> tuple[float, float]:
        span = self.highest - self.lowest
        return 1 + 4 * (self.mode - self.lowest) / span, 1 + 4 * (self.highest - self.mode) / span

    def quantiles(self, count: int) -> Draws:
        """The middles of `count` equally likely strata, lowest first; from the density on a fine grid."""
        left, right = self._exponents
        places = np.linspace(0, 1, _GRID)
        density = places ** (left - 1) * (1 - places) ** (right - 1)
        below = np.concatenate([[0.0], np.cumsum((density[1:] + density[:-1]) / 2)])
        found = np.interp(_strata(count), below / below[-1], places)
        inside: Draws = self.lowest + np.round(found, _DIGITS) * (self.highest - self.lowest)
        return inside


@dataclass(frozen=True, slots=True)
class Sampler:
    """Draws drivers by key; its seed, count and correlation are recorded beside every figure it made.

    `correlation` is the rank correlation between any two drivers: 0 unless somebody asks *what if 0.5*.

    Raises:
        ValueError: a correlation outside 0 to 1, or no draws.
    """

    seed: int
    count: int = COUNT
    correlation: float = 0.0

    def __post_init__(self) -> None:
        """Refuse what cannot be drawn."""
        if not 0 <= self.correlation <= 1 or self.count < 1:
            message = "a sampler needs at least one draw and a correlation from 0 to 1"
            raise ValueError(message)

    def draw(self, key: str, estimate: Estimate | Bounded) -> Draws:
        """The draws of the driver with this key: the same for the same key, seed, count and correlation."""
        draws: Draws = _quantiles(estimate, self.count).take(self._ranks(key))
        return draws

    def _ranks(self, key: str) -> np.ndarray:
        ranks = _order(self.seed, key, self.count)
        if not self.correlation:
            return ranks
        deviations = _deviations(self.count)
        common = deviations[_order(self.seed, _COMMON, self.count)] * math.sqrt(self.correlation)
        mixed = common + deviations[ranks] * math.sqrt(1 - self.correlation)
        return np.argsort(np.argsort(mixed, kind="stable"), kind="stable")


@lru_cache(maxsize=_KEPT_ORDERS)
def _order(seed: int, key: str, count: int) -> np.ndarray:
    """The order of a driver's draws: kept, because no change of data changes it."""
    digest = hashlib.sha256(f"{seed}\n{key}".encode()).digest()
    chance = np.random.Generator(np.random.PCG64(int.from_bytes(digest[:16], "big")))
    order = chance.permutation(count)
    kept: np.ndarray = order.astype(np.int16 if count <= _SMALL else np.int64)
    kept.setflags(write=False)
    return kept


@lru_cache(maxsize=_KEPT_SHAPES)
def _quantiles(estimate: Estimate | Bounded, count: int) -> Draws:
    """Many drivers are estimated alike, such as a share of 40 to 65 %."""
    return estimate.quantiles(count)


@lru_cache(maxsize=8)
def _strata(count: int) -> Draws:
    middles: Draws = (np.arange(count) + 0.5) / count
    middles.setflags(write=False)
    return middles


@lru_cache(maxsize=8)
def _deviations(count: int) -> Draws:
    standard = NormalDist()
    found = np.array([round(standard.inv_cdf(place), _DIGITS) for place in _strata(count).tolist()])
    found.setflags(write=False)
    return found


# What draws say


def to_minor(draws: Draws) -> Draws:
    """Whole minor units, half to even, draw by draw: sums of them are exact in any order.

    The far tail of a very skewed estimate is cut where sums would no longer fit; no P10 or P90 lies there.
    """
    minor: Draws = np.rint(np.clip(draws, -_LARGEST_MINOR, _LARGEST_MINOR)).astype(np.int64)
    return minor


def total(parts: Iterable[Draws], count: int = COUNT) -> Draws:
    """The sum world by world of draws in minor units; nothing drawn is zero in every world."""
    whole = np.zeros(count, dtype=np.int64)
    for part in parts:
        whole = whole + part
    return whole


@dataclass(frozen=True, slots=True)
class Spread:
    """What the draws of one figure say, in its own unit.

    `chance_below_zero` is a fraction; `mean_error` is the Monte Carlo error of the mean (95 %, not above that
    of plain sampling); `seed` and `count` lead back to the very same draws.
    """

    low: float
    likely: float
    high: float
    mean: float
    mean_error: float
    chance_below_zero: float
    seed: int
    count: int


def spread(draws: Draws, seed: int) -> Spread:
    """P10, P50, P90, mean and the chance of less than zero."""
    low, likely, high = np.quantile(draws, [0.1, 0.5, 0.9]).tolist()
    deviation = np.std(draws).item()
    return Spread(
        low,
        likely,
        high,
        np.mean(draws).item(),
        1.96 * deviation / math.sqrt(len(draws)),
        chance_below(draws, 0),
        seed,
        len(draws),
    )


def chance_below(draws: Draws, level: float) -> float:
    """The share of worlds in which the figure lies below a level."""
    chance: float = np.mean(draws < level).item()
    return chance
