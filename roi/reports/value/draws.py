"""The range of any group of outcomes: seeded draws of shares, movements and driver inputs (law T6, rule V19).

A draw is a *ratio*: how much more or less than likely an outcome is worth in each imagined world. A group is
the sum of its amounts times their ratios, so P10 and P90 of parts are never added. The same driver has the
same draws wherever it is used, and claims of one pool are cut to the pool world by world.
"""

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

import numpy as np

from roi.domain import outcomes as told
from roi.domain.counting import UNREAD
from roi.domain.money import SHARE_WHOLE
from roi.domain.returns import Range
from roi.domain.uncertainty import COUNT, Draws, Estimate, Sampler
from roi.reports.ground import building
from roi.reports.value import cut_months, cuts, evidence, landed, landing, sureness
from roi.reports.value.agreed import Agreed
from roi.reports.value.claims import Claimed
from roi.reports.value.cuts import Worlds
from roi.reports.value.evidence import KEPT, Evidence
from roi.reports.value.sureness import Drawing, Inputs, Sure
from roi.reports.value.true_ups import Kept

SEED = 20_150_401
"""The seed of every range; it never changes, so that a figure is the same on every day and machine."""

LATEST = evidence.LATEST
"""The level of a reading that nobody has confirmed yet."""

PROMISED = evidence.PROMISED
"""The level of what is promised and not read."""

_FEWER = ((500, COUNT), (5_000, 2_000))
_FEWEST = 1_000
_LOW, _HIGH = 0.1, 0.9
_ONE = np.ones(1)
"""The factor that changes nothing."""

_AT_ONCE, _MANY_AT_ONCE = 64, 256
"""How many outcomes' draws, and how many sums, are summed at once: as many as stay near the processor."""

Key = tuple[str, int]
"""An outcome, and which of its levels: a confirmed reading by place, or one of the three above."""

Sums = Mapping[Key, int]
"""Minor units by outcome and level."""


def count_for(outcomes: int) -> int:
    """How many worlds are drawn: fewer for a store of many outcomes, whose sums are steadier."""
    return next((draws for most, draws in _FEWER if outcomes <= most), _FEWEST)


@dataclass(frozen=True, slots=True)
class Drawn:
    """The draws of one version of the store; those that were made are kept with it."""

    agreed: Agreed
    sampler: Sampler

    @property
    def seed(self) -> int:
        """The seed of the draws."""
        return self.sampler.seed

    @property
    def count(self) -> int:
        """How many worlds are drawn."""
        return self.sampler.count

    def ratio(self, outcome: str, level: int) -> Draws:
        """How much more or less than likely the outcome is worth in each world, at one of its levels."""
        kept, key = self.agreed.ratios, (outcome, level, self.count)
        found = kept.get(key)
        if found is None:
            building.give_way()
            claim = self.agreed.claimed.get(outcome)  # None: closed months count it and it is there no more
            if level <= KEPT:
                made = self._kept(outcome, self.agreed.true_ups.at(outcome, level))
            else:
                made = np.ones(self.count) if claim is None else self._ratio(claim, level)
            found = kept[key] = made.astype(np.float32)
        return found

    def _ratios(self, keys: Iterable[Key]) -> list[Draws]:
        """The same of many: nearly all of them are made already."""
        find, count = self.agreed.ratios.get, self.count
        found = [(key, find((*key, count))) for key in keys]
        return [self.ratio(*key) if its is None else its for key, its in found]

    def sum(self, parts: Sums) -> Draws:
        """What amounts in minor units sum to in each world."""
        ratios, amounts = self._ratios(parts), np.array([*parts.values()], dtype=np.float64)
        worlds = np.empty((min(len(ratios), _AT_ONCE) + 1, self.count))
        worlds[0] = 0
        for first in range(0, len(ratios), _AT_ONCE):
            some = ratios[first : first + _AT_ONCE]
            last = len(some) + 1
            np.concatenate(some, out=worlds[1:last].reshape(-1))
            worlds[1:last] *= amounts[first : first + _AT_ONCE, np.newaxis]
            # One after the other, never in pairs: the same sum on every machine, to the last bit.
            worlds[0] = np.add.reduce(worlds[:last], axis=0)
        found: Draws = worlds[0].copy()
        return found

    def each(self, every: Sequence[Sums]) -> list[Range]:
        """The range of each of many small sums: the same as one by one."""
        found: list[Range] = []
        every = [self.apart(sums) for sums in every]
        for first in range(0, len(every), _MANY_AT_ONCE):
            found += self._each(every[first : first + _MANY_AT_ONCE])
        return found

    def _each(self, every: Sequence[Sums]) -> Iterator[Range]:
        worlds = np.zeros((len(every), self.count))
        left = [(place, iter(sums.items())) for place, sums in enumerate(every)]
        while left:  # each its first part, then each its second: in the same order as one by one
            some = [(place, its, part) for place, its in left if (part := next(its, None)) is not None]
            if some:
                amounts = np.array([amount for _, _, (_, amount) in some], dtype=np.float64)
                ratios = np.stack(self._ratios([key for _, _, (key, _) in some]))
                worlds[[place for place, _, _ in some]] += ratios * amounts[:, np.newaxis]
            left = [(place, its) for place, its, _ in some]
        for sums, its in zip(every, worlds, strict=True):
            likely = sum(sums.values())
            yield self.range(sums, likely) if len(sums) == 1 else spread(its, likely)

    def tails(self, keys: Sequence[Key]) -> np.ndarray:
        """The mean of the lowest and of the highest tenth of worlds of each ratio (see `highest`)."""
        kept, names = self.agreed.ratios, [(outcome, ("tails", level), self.count) for outcome, level in keys]
        missing = [place for place, name in enumerate(names) if name not in kept]
        few = max(int(self.count * (1 - _HIGH) + 1 / 2), 1)
        for first in range(0, len(missing), _AT_ONCE):
            some = missing[first : first + _AT_ONCE]
            worlds = np.sort(np.stack([self.ratio(*keys[place]) for place in some]), axis=1)
            ends = [its.mean(axis=1, dtype=np.float64) for its in (worlds[:, :few], worlds[:, -few:])]
            kept.update(zip([names[place] for place in some], np.stack(ends, axis=1), strict=True))
        return np.array([kept[name] for name in names]).reshape(-1, 2)

    def range(self, parts: Sums, likely: int) -> Range:
        """P10 and P90 of the sum around its likely value; of one stated driver they are what was stated."""
        parts = self.apart(parts)
        ends = self._stated(*next(iter(parts))) if len(parts) == 1 else None
        return spread(self.sum(parts), likely) if ends is None else _ranged(likely, ends)

    def range_of(self, sure: Sure, amount: int) -> Range:
        """The range of an amount of a closed month that is, or was once, as sure as this."""
        ends = _ends_of(sure)
        if ends is not None:
            return _ranged(amount, ends)
        return spread(self._sure(sure).astype(np.float32) * np.float64(amount), amount)

    def _stated(self, outcome: str, level: int) -> tuple[float, float] | None:
        """P10 and P90 of a ratio that rests on one estimate alone: no draws are needed to know them."""
        if level <= KEPT:
            return _ends_of(self.agreed.true_ups.at(outcome, level).sure)
        claim = self.agreed.claimed.get(outcome)
        if claim is None:
            return 1, 1
        if not isinstance(self._driver(claim), int):
            return None
        if level in {PROMISED, LATEST} and self._cut(claim, level) is not _ONE:
            return None
        if level == PROMISED:
            its = claim.outcome
            targets = (its.target_low, its.target_likely, its.target_high)
            low, likely, high = sorted(told.movement(its, target) for target in targets)
            return (1, 1) if likely == 0 else (_fraction(low / likely), _fraction(high / likely))
        evidence = self._read_at(claim, level)
        if evidence is None:
            return 1, 1
        if evidence.effect is not None or self._cut(claim, level) is not _ONE:
            return None
        return _share_ends(evidence.shares)

    def apart(self, parts: Sums) -> Sums:
        """The same sums with each true-up of closed months as what it is made of (see `true_ups`)."""
        if not self.agreed.true_ups.kept:
            return parts
        found: dict[Key, int] = {}
        for (outcome, level), amount in parts.items():
            made_of = self.agreed.true_ups.at(outcome, level).parts if level <= KEPT else ()
            whole = sum([part for part, _ in made_of])
            for part, one in made_of if whole == amount else [(amount, level)]:
                found[outcome, one] = found.get((outcome, one), 0) + part
        return {key: amount for key, amount in found.items() if amount} or parts

    def _kept(self, outcome: str, its: Kept) -> Draws:
        """A level of closed months in each world: as it was known, or what is known now less that."""
        if its.sure is not None:
            return self._sure(its.sure)
        whole, worlds = sum([amount for amount, _ in its.parts]), np.zeros(self.count)
        for amount, level in its.parts:
            worlds += self.ratio(outcome, level) * (amount / whole)
        return worlds

    def _sure(self, its: Sure) -> Draws:
        if its.drawing is None:
            return np.ones(self.count)
        read = self._share(its.drawing) * self._movement(its.drawing)
        if its.cut is None:
            return read
        likely: dict[Drawing | None, int] = {its.drawing: its.cut.likely}
        return _times(read, cuts.left(its.cut.months, likely, self._worlds).get(its.drawing, _ONE))

    def _ratio(self, claim: Claimed, level: int) -> Draws:
        if level == PROMISED:
            return _times(self._promised(claim), self._cut(claim, level))
        evidence = self._read_at(claim, level)
        if evidence is None:
            return np.ones(self.count)
        return _times(self._read(claim, evidence), self._cut(claim, level))

    def _read_at(self, claim: Claimed, level: int) -> Evidence | None:
        """The reading of a level; None where none of its own stands behind it."""
        if level >= 0:
            return claim.levels[level]
        its = landed.of(self.agreed, claim, None) if level <= evidence.LANDED else None
        if its is not None:
            return its.claimed[claim.outcome.key].levels[landing.place_of(claim, level)]
        return claim.latest if level == LATEST else None

    def _read(self, claim: Claimed, evidence: Evidence) -> Draws:
        """Share, movement and unit value of a reading, before the pool cuts them."""
        if evidence.read_on == date.max:  # a promise kept (see `landed`)
            return self._promised(claim)
        its = sureness.drawing(self.agreed.values, claim, evidence)
        return self._share(its) * self._movement(its)

    def _moved(self, claim: Claimed, evidence: Evidence) -> Draws | int:
        """Movement and unit value of a reading: what scales the whole pool and not a share of it."""
        if evidence.read_on == date.max:
            return self._promised(claim)
        return self._movement(sureness.drawing(self.agreed.values, claim, evidence))

    def _worlds(self, its: Drawing | None) -> Worlds | None:
        """The same of what was drawn from."""
        if its is None:
            return None
        moved = self._movement(its)
        return Worlds(self._share(its) * moved, moved)

    def _share(self, its: Drawing) -> Draws:
        low, likely, high = its.shares
        if likely <= 0 or low == high:
            return np.ones(self.count)
        ends = Estimate(low / likely, 1, high / likely, 0, SHARE_WHOLE / likely)
        return self.sampler.draw(f"share {its.outcome}", ends)

    def _movement(self, its: Drawing) -> Draws | int:
        if its.effect is None:
            return self._unit(its.driver, its.inputs)
        # Of the pool and not of the claim: what is measured is one movement, whoever claims of it (T4, V19).
        return self._around(f"effect {its.pool}", its.effect) * self._unit(its.driver, its.inputs)

    def _promised(self, claim: Claimed) -> Draws:
        outcome = claim.outcome
        targets = (outcome.target_low, outcome.target_likely, outcome.target_high)
        moved = [told.movement(outcome, target) for target in targets]
        # Of the pool, as what is measured of it is: it moves once, whoever promises a part of it (T4, V19).
        return _times(self._around(f"target {claim.pool}", moved), self._driver(claim))

    def _around(self, key: str, ends: Sequence[Decimal]) -> Draws:
        """Draws of three numbers as ratios of the middle one."""
        low, likely, high = sorted(map(_fraction, ends))
        if likely == 0 or low == high:
            return np.ones(self.count)
        found: Draws = self.sampler.draw(key, Estimate(low, likely, high)) / likely
        return found

    def _driver(self, claim: Claimed) -> Draws | int:
        """What the unit value is in each world, where a driver of the menu makes it (rule V7)."""
        name = claim.plan.driver if claim.plan is not None else ""
        return self._unit(name, sureness.inputs(self.agreed.values, name))

    def _unit(self, driver: str, inputs: Inputs | None) -> Draws | int:
        """A formula multiplies its inputs, so its ratio is the product of theirs."""
        if inputs is None:
            return 1
        kept, key = self.agreed.ratios, ("driver", (self.count, inputs), driver)
        if key not in kept:
            found = np.ones(self.count)
            for name, *ends in inputs:
                found = found * self._around(f"input {driver} {name}", ends)
            kept[key] = found
        return kept[key]

    def _cut(self, claim: Claimed, level: int) -> Draws:
        """How much more than likely its pool and its cell's cap leave of it; `_ONE` where nothing cuts it.

        What is not confirmed is cut as it would be beside all that is expected (see `landed`).
        """
        if level == UNREAD:
            return _ONE
        its = landed.of(self.agreed, claim, None) if level < 0 else None
        if level < 0 and its is None:
            return _ONE
        seen = self.agreed if its is None else its
        word, place = ("cut", level) if its is None else ("landed", landing.place_of(claim, level))
        kept, name = self.agreed.ratios, (word, (claim.outcome.key, place, self.count), claim.pool)
        if name not in kept:
            pools = cut_months.beside(seen.counts, claim) if its is None else its.pools
            found = cuts.of_cell(seen, pools, lambda key: self._worlds_at(seen.claimed, key))
            for one in pools:
                for key in seen.counts.claims[one]:
                    for at in range(len(seen.claimed[key].levels)):
                        kept[word, (key, at, self.count), one] = found.get((key, at), _ONE)
            kept.setdefault(name, _ONE)
        return kept[name]

    def _worlds_at(self, claimed: Mapping[str, Claimed], key: Key) -> Worlds | None:
        """How the reading of a level is drawn."""
        if key[1] == UNREAD:
            return None
        claim = claimed[key[0]]
        its = claim.levels[key[1]]
        return Worlds(self._read(claim, its), self._moved(claim, its))

    def cut_otherwise(self, before: Agreed, pools: Iterable[str]) -> set[str]:
        """The outcomes of some pools that are cut in some world otherwise than they were before.

        What was never cut before, no figure rests on.
        """
        found = set()
        for pool in pools:
            for key in self.agreed.counts.claims.get(pool, ()):
                claim = self.agreed.claimed[key]
                for level in _levels(claim):
                    word, place = ("cut", level) if level >= 0 else ("landed", landing.place_of(claim, level))
                    was = before.ratios.get((word, (key, place, self.count), pool))
                    if was is not None and not np.array_equal(was, self._cut(claim, level)):
                        found.add(key)
        return found


def _ends_of(its: Sure | None) -> tuple[float, float] | None:
    """P10 and P90 of closed months as they were known, where that rests on one estimate alone."""
    if its is None:
        return None
    drawing = its.drawing
    if drawing is None:
        return 1, 1
    is_plain = drawing.inputs is None and drawing.effect is None and its.cut is None
    return _share_ends(drawing.shares) if is_plain else None


def _ranged(likely: int, ends: tuple[float, float]) -> Range:
    """What these ratios make of an amount."""
    low, high = sorted(round(likely * end) for end in ends)
    return Range(min(low, likely), likely, max(high, likely))


def _share_ends(shares: evidence.Shares) -> tuple[float, float]:
    """The ends of a share as ratios of the likely one."""
    least, likely, most = shares
    return (least / likely, min(most, SHARE_WHOLE) / likely) if likely > 0 else (1, 1)


def _levels(claim: Claimed) -> Iterator[int]:
    """Every level that may be cut."""
    yield from range(len(claim.levels))
    yield from (evidence.LANDED - place for place in range(len(claim.levels) + 3))
    yield LATEST


def _times(draws: Draws, factor: Draws | int) -> Draws:
    """Draws times others; nearly all factors are one and change nothing."""
    found: Draws = draws if factor is _ONE or isinstance(factor, int) else draws * factor
    return found


def _fraction(level: Decimal) -> float:
    numerator, denominator = level.as_integer_ratio()
    return numerator / denominator


def highest(amounts: np.ndarray, tails: np.ndarray) -> np.ndarray:
    """What each of some amounts adds at most to P90 of their sum.

    P90 is never above the mean of the highest tenth of worlds, and that of a sum never above those of its
    parts together. So what lies above this needs no draw.
    """
    found: np.ndarray = np.maximum(amounts * tails[:, 0], amounts * tails[:, 1])
    return found


def spread(draws: Draws, likely: int) -> Range:
    """P10 and P90 in minor units, the likely value never outside of them."""
    low, high = _quantiles(draws)
    return Range(min(round(low), likely), likely, max(round(high), likely))


def _quantiles(draws: Draws) -> tuple[float, float]:
    """P10 and P90 as `numpy.quantile` reckons them by Hazen's method, without its preparations."""
    inner = np.sort(draws)
    return _between(inner, len(inner) * _LOW + 0.5 - 1), _between(inner, len(inner) * _HIGH + 0.5 - 1)


def _between(inner: Draws, place: float) -> float:
    place = min(max(place, 0), len(inner) - 1)
    before = math.floor(place)
    first, second = inner[[before, min(before + 1, len(inner) - 1)]].tolist()
    part = place - before
    found: float = (
        second - (second - first) * (1 - part) if part >= 1 / 2 else first + (second - first) * part
    )
    return found


def of(agreed: Agreed, outcomes: int | None = None) -> Drawn:
    """The draws of what is agreed: in as many worlds as for so many outcomes (None: those that there are)."""
    return Drawn(agreed, Sampler(SEED, count_for(len(agreed.claimed) if outcomes is None else outcomes)))


def every(agreed: Agreed) -> list[Drawn]:
    """The draws in each number of worlds that some period has: today's, and those of closed months."""
    drawn = [of(agreed), *(of(agreed, its) for its in {*agreed.true_ups.outcomes.values()})]
    return [*{one.count: one for one in drawn}.values()]
