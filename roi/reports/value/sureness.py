"""How sure a month of an outcome is: its grade, and all that its imagined worlds rest on (laws T5, T6; V16).

Of a closed month it is kept as it was when the month closed: the same draws come of it, whatever is said
later.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from roi.domain import drivers
from roi.domain.counting import UNREAD, Counts
from roi.domain.structure import Grade
from roi.domain.value import Values
from roi.reports.value import cut_months
from roi.reports.value.claims import Claimed
from roi.reports.value.cut_months import Entry, Key, Month, Pool
from roi.reports.value.evidence import Effect, Evidence, Shares

Inputs = tuple[tuple[str, Decimal, Decimal, Decimal], ...]
"""The inputs of a formula with low, likely and high."""


class Drawing(NamedTuple):
    """All that the worlds of a reading rest on, before a pool or a cap cuts them.

    `pool` is the movement that an entered `effect` is of (empty without one); `inputs` are those of the
    formula that makes the unit value (None: nobody said how far it is off).
    """

    outcome: str
    shares: Shares
    effect: Effect | None
    pool: str
    driver: str
    inputs: Inputs | None


class Cut(NamedTuple):
    """The months of a reading that a pool or a cap cuts, each so many times, and what is likely left of it.

    Claims are called by what they are drawn from; without it one is a frozen share of a loss.
    """

    likely: int
    months: tuple[tuple[Month["Drawing | None"], int], ...]


@dataclass(frozen=True, slots=True)
class Sure:
    """How sure a month is; without a drawing it is a frozen share of a loss that others read.

    Who confirmed it is told with it, and its own grade, without those that lead to it: neither is a part of
    how sure it is.
    """

    read_on: date | None
    grade: Grade
    drawing: Drawing | None
    cut: Cut | None
    own: Grade = field(compare=False)
    confirmed_by: tuple[str, ...] = field(default=(), compare=False)


def drawing(values: Values, claim: Claimed, evidence: Evidence) -> Drawing:
    """What the worlds of a reading rest on."""
    name = claim.plan.driver if claim.plan is not None else ""
    found = inputs(values, name)
    pool = claim.pool if evidence.effect is not None else ""
    its = name if found is not None else ""
    return Drawing(claim.outcome.key, evidence.shares, evidence.effect, pool, its, found)


def inputs(values: Values, driver: str) -> Inputs | None:
    """The inputs of a driver's formula; None where no driver of the menu makes the unit value (rule V7)."""
    its = values.drivers.get(driver)
    if its is None or its.formula not in drivers.MENU:
        return None
    given = {one.key: one for one in values.inputs.get(driver, ())}
    known = (given[one.key] for one in drivers.MENU[its.formula].inputs if one.key in given)
    return tuple((one.key, one.low, one.likely, one.high) for one in known)


@dataclass(frozen=True, slots=True)
class Reckoned:
    """Every outcome's claim at one version, and how sure its months are; what was worked out is kept."""

    claimed: Mapping[str, Claimed]
    counts: Counts
    values: Values
    _drawings: dict[Key, Drawing] = field(default_factory=dict, init=False)
    _cuts: dict[tuple[str, ...], Mapping[Key, Cut]] = field(default_factory=dict, init=False)

    def sure(self, claim: Claimed, level: int) -> Sure:
        """How sure a month is that counts by this level of an outcome."""
        if level == UNREAD:
            return Sure(None, claim.grade, None, None, claim.outcome.grade)
        its, key = claim.levels[level], (claim.outcome.key, level)
        drawn = self._drawing(key), self._cut(claim).get(key)
        return Sure(its.read_on, claim.grade_at(level), *drawn, its.grade, its.confirmed_by)

    def _drawing(self, key: Key) -> Drawing:
        if key not in self._drawings:
            claim = self.claimed[key[0]]
            self._drawings[key] = drawing(self.values, claim, claim.levels[key[1]])
        return self._drawings[key]

    def _cut(self, claim: Claimed) -> Mapping[Key, Cut]:
        pools = cut_months.beside(self.counts, claim)
        if pools not in self._cuts:
            self._cuts[pools] = self._cut_of(pools) if pools else {}
        return self._cuts[pools]

    def _cut_of(self, pools: tuple[str, ...]) -> Mapping[Key, Cut]:
        likely: dict[Key, int] = {}
        months: dict[Month[Key], int] = {}
        for one in cut_months.months(self, pools, likely):
            months[one] = months.get(one, 0) + 1
        found: dict[Key, list[tuple[Month[Drawing | None], int]]] = {key: [] for key in likely}
        for month, times in months.items():
            its = Month(month.cap, tuple(self._called(pool) for pool in month.pools))
            for entry in (entry for pool in month.pools for entry in pool.entries):
                found[entry.key].append((its, times))
        return {key: Cut(likely[key], tuple(its)) for key, its in found.items()}

    def _called(self, pool: Pool[Key]) -> Pool[Drawing | None]:
        """The same pool with its claims called by what they are drawn from."""
        names = [None if one.key[1] == UNREAD else self._drawing(one.key) for one in pool.entries]
        its = zip(pool.entries, names, strict=True)
        return Pool(pool.moved, tuple(Entry(name, one.asked, one.money) for one, name in its))
