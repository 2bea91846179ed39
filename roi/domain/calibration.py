"""How good were the forecasts of a team or a kind of work, and what does that mean for the next one?

Judged are groups, never a person (decision D32): there is no way to name one here. A forecast is P10, P50 and
P90 as frozen at start (law T11); a later estimate is another forecast. Cancelled work stays in with what it
brought, nothing; what is not read yet stays out and is counted. Below eight read forecasts the group above is
used. Amounts are of one unit within a forecast, in the metric's own currency (rule V18).

Source: Hubbard, How to Measure Anything, chapter 5; Gneiting and Raftery 2007 (interval score); Wilson 1927;
Brier 1950; published cases `cal-*`.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from statistics import NormalDist, fmean, median
from typing import NamedTuple

from roi.domain.answers import Answer, no_answer

FEWEST_READ = 8
"""Below this many read forecasts a group tells nothing about itself."""

INSIDE = 0.8
"""The share of actuals that should lie between P10 and P90."""

PRIOR_COUNT = 10
"""A group's own record weighs n ÷ (n + this) beside that of the group above."""

SURE = 0.05
"""A group is called overconfident when so few hits would be rarer than this by chance."""

FEWEST_FOR_CURVE = 20
"""Below this many forecasts a reliability curve is noise."""


class GroupKind(StrEnum):
    """What may be judged. A person is none of them."""

    TEAM = "team"
    KIND = "kind"
    VALUE_STREAM = "value_stream"
    COMPANY = "company"


class Group(NamedTuple):
    """A team, a kind of work, a value stream or the company."""

    kind: GroupKind
    key: str


class Forecast(NamedTuple):
    """What was promised at start, and what came; None: not read yet. Cancelled work brought 0.

    Counted from the baseline in the good direction, so that more is better. `groups` are all it belongs to.
    `weight` is what was promised in money of one currency, so that forecasts of different metrics can be
    added; None: `likely` itself.
    """

    low: Decimal
    likely: Decimal
    high: Decimal
    actual: Decimal | None
    groups: frozenset[Group] = frozenset()
    weight: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Interval:
    """A share with its likely ends, as fractions, at the level that it was made with."""

    low: float
    share: float
    high: float
    level: float


@dataclass(frozen=True, slots=True)
class Calibration:
    """How a group's forecasts came out; fractions, 1 is as promised.

    `asked` is the group in question, `judged` the one whose record this is (the group above when its own has
    fewer than eight). `realisation` is all that came ÷ all that was promised; `median_ratio` the middle one
    of the single ratios; `bias` the mean of (actual − likely) ÷ likely, below zero: promised too much.
    `interval_score` is relative to what was promised; lower is better, it punishes width as well as misses.
    """

    asked: Group
    judged: Group
    count: int
    pending: int
    realisation: float
    median_ratio: float
    bias: float
    hits: int
    hit_rate: Interval
    is_overconfident: bool
    interval_score: float


def calibration(
    group: Group, forecasts: Sequence[Forecast], above: Mapping[Group, Group]
) -> Answer[Calibration]:
    """The record of a group, or of the nearest group above it that has eight read forecasts.

    Args:
        group: the team or kind in question.
        forecasts: all of the company's, each frozen at its start.
        above: the group above each group; the company has none.
    """
    judged = group
    while len(_read(judged, forecasts)) < FEWEST_READ:
        if judged not in above:
            return no_answer(
                f"fewer than {FEWEST_READ} forecasts are read, also above: "
                f"{len(_read(judged, forecasts))} of {_named(judged)}"
            )
        judged = above[judged]
    pending = sum(judged in forecast.groups and forecast.actual is None for forecast in forecasts)
    return _record((group, judged), _read(judged, forecasts), pending)


def _named(group: Group) -> str:
    if group.kind is GroupKind.COMPANY:
        return "the whole company"
    return f"{group.kind.value.replace('_', ' ')} {group.key}"


def _read(group: Group, forecasts: Sequence[Forecast]) -> list[tuple[Forecast, Decimal]]:
    return [
        (forecast, forecast.actual)
        for forecast in forecasts
        if group in forecast.groups and forecast.actual is not None
    ]


def _record(
    groups: tuple[Group, Group], read: Sequence[tuple[Forecast, Decimal]], pending: int
) -> Answer[Calibration]:
    with_promise = [(forecast, actual) for forecast, actual in read if forecast.likely]
    weights = [
        forecast.likely if forecast.weight is None else forecast.weight for forecast, _ in with_promise
    ]
    promised = sum(weights, Decimal(0))
    if promised <= 0:
        return no_answer("nothing was promised, so there is nothing to compare with")
    came = [
        weight * actual / forecast.likely
        for weight, (forecast, actual) in zip(weights, with_promise, strict=True)
    ]
    ratios = [_fraction(actual / forecast.likely) for forecast, actual in with_promise]
    misses = [
        _fraction((actual - forecast.likely) / abs(forecast.likely)) for forecast, actual in with_promise
    ]
    scores = [_fraction(_relative_score(forecast, actual)) for forecast, actual in with_promise]
    hits = sum(forecast.low <= actual <= forecast.high for forecast, actual in read)
    return Answer(
        Calibration(
            *groups,
            len(read),
            pending,
            _fraction(sum(came, Decimal(0)) / promised),
            median(ratios),
            fmean(misses),
            hits,
            wilson(hits, len(read), INSIDE),
            chance_of_at_most(hits, len(read), INSIDE) < SURE,
            fmean(scores),
        )
    )


def _fraction(value: Decimal) -> float:
    """A ratio for statistics; never money."""
    numerator, denominator = value.as_integer_ratio()
    return numerator / denominator


def _relative_score(forecast: Forecast, actual: Decimal) -> Decimal:
    return interval_score(forecast.low, forecast.high, actual) / abs(forecast.likely)


# Scores


def interval_score(
    low: Decimal, high: Decimal, actual: Decimal, missing: Decimal = Decimal("0.2")
) -> Decimal:
    """Width of the interval + 2 ÷ `missing` × how far the actual lies outside; in the unit of the metric.

    `missing` is the share that should lie outside: 0.2 for P10 to P90. Source: Gneiting and Raftery 2007.
    """
    outside = max(low - actual, actual - high, Decimal(0))
    return (high - low) + 2 / missing * outside


def wilson(hits: int, count: int, level: float) -> Interval:
    """The share of hits with its interval at a level (0.8 is 8 in 10), sensible for few and for none.

    Raises:
        ValueError: nothing was counted.
    """
    if not 0 <= hits <= count or not count:
        message = "hits are some of a count above zero"
        raise ValueError(message)
    z = NormalDist().inv_cdf((1 + level) / 2)
    share, room = hits / count, z * z / count
    middle = (share + room / 2) / (1 + room)
    half = z / (1 + room) * math.sqrt(share * (1 - share) / count + room / (4 * count))
    low = 0.0 if hits == 0 else middle - half
    high = 1.0 if hits == count else middle + half
    return Interval(low, share, high, level)


def chance_of_at_most(hits: int, count: int, share: float) -> float:
    """How likely so few hits are by chance when each comes with this share (binomial), a share inside 0 to 1.

    By logarithms, because the ways to choose among thousands do not fit a float.
    """
    whole, yes, no = math.lgamma(count + 1), math.log(share), math.log1p(-share)
    return math.fsum(
        math.exp(
            whole
            - math.lgamma(found + 1)
            - math.lgamma(count - found + 1)
            + found * yes
            + (count - found) * no
        )
        for found in range(hits + 1)
    )


def brier(came: Sequence[bool], chances: Sequence[float]) -> Answer[float]:
    """Mean squared difference between a stated chance and what came (1 or 0): 0 is perfect, 1 is worst.

    Brier's own form of 1950 sums both categories and is exactly twice this.
    """
    if not came:
        return no_answer("no yes-or-no forecast is read")
    return Answer(fmean((chance - fact) ** 2 for fact, chance in zip(came, chances, strict=True)))


def brier_skill(came: Sequence[bool], chances: Sequence[float]) -> Answer[float]:
    """1 − Brier ÷ Brier of always saying the share that came; 0 is no better than that, 1 is perfect."""
    score = brier(came, chances)
    if score.value is None:
        return score
    share = fmean(came)
    if share in {0, 1}:
        return no_answer("all came out alike, so there is nothing to be skilled about")
    return Answer(1 - score.value / (share * (1 - share)))


@dataclass(frozen=True, slots=True)
class Bin:
    """One point of a reliability curve: how often it came beside the mean of the chances stated."""

    came: float
    stated: float
    count: int


def reliability(
    came: Sequence[bool], chances: Sequence[float], bins: int = 5, fewest: int = FEWEST_FOR_CURVE
) -> Answer[tuple[Bin, ...]]:
    """How often what was given a chance came, in equally wide bins; empty bins are left out."""
    if len(came) < fewest:
        return no_answer(f"{len(came)} forecasts are too few for a curve; it needs {fewest}")
    groups: dict[int, list[tuple[bool, float]]] = {}
    for fact, chance in zip(came, chances, strict=True):
        place = max(math.ceil(chance * bins), 1)
        groups.setdefault(place, []).append((fact, chance))
    return Answer(
        tuple(
            Bin(fmean(fact for fact, _ in group), fmean(chance for _, chance in group), len(group))
            for _, group in sorted(groups.items())
        )
    )


def chance_between_extremes(count: int) -> float:
    """The chance that the median of a population lies between the lowest and highest of a random few.

    Source: Hubbard, the rule of five.
    """
    return 1 - 2 * math.pow(0.5, count)


# The next forecast


@dataclass(frozen=True, slots=True)
class Haircut:
    """By what a new forecast is multiplied: own record and that of the group above, by the own's weight."""

    own: float
    above: float
    weight: float

    @property
    def factor(self) -> float:
        """Own record × weight + the record above × the rest."""
        return self.weight * self.own + (1 - self.weight) * self.above

    def of(self, forecast: Decimal) -> Decimal:
        """The forecast after the haircut, shown beside the raw one and never instead of it."""
        return forecast * Decimal(str(round(self.factor, 6)))


def haircut(own: Calibration, above: Calibration) -> Haircut:
    """A group's realisation drawn towards that of the group above; the weight of its own is n ÷ (n + 10).

    When the group has fewer than eight of its own, its record is the one above already and weighs as such.
    """
    return Haircut(own.realisation, above.realisation, own.count / (own.count + PRIOR_COUNT))
