"""Every month of value of one version with the teams that book it, so that no period is reckoned anew.

An outcome counts in a month the same whatever period is looked at, and so a period is a slice of its columns.
The few of which that is not so stand *apart* and are reckoned for each period: those with true-ups (V16),
those with a month that has no exchange rate, and those with months that count nothing for a reason that holds
only while no other month of the period counts.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

import numpy as np

from roi.domain.money import MINOR_DIGITS
from roi.domain.periods import Span
from roi.reports.booked import passing, value_columns
from roi.reports.booked.passing import Passing
from roi.reports.booked.value_columns import Column, Groups, NamesOf, Numbered, Registers
from roi.reports.ground import building, kept
from roi.reports.ground.basis import Basis
from roi.reports.value import in_period
from roi.reports.value.agreed import Agreed
from roi.reports.value.claims import Claimed
from roi.reports.value.draws import Key
from roi.reports.value.valued import Amount, Looked, Valued

TailsOf = Callable[[Sequence[Key]], np.ndarray]
"""The means of the lowest and highest tenth of worlds of some ratios (see `draws`)."""

_MOST = 2.0**62
"""Sums of more minor units than these are left to Python, which knows no largest number."""


@dataclass(frozen=True)
class EveryMonth:
    """The columns of a version from the first month of the ledger to the last.

    `own` is before value follows cost. `apart` are the outcomes that are in no column, by key; `is_cash` says
    of each by number whether its money is cash, `removed` what a pool or a cap takes off them (rule V8).
    """

    span: Span
    registers: Registers
    own: Groups
    booked: Groups
    apart: tuple[str, ...]
    is_cash: np.ndarray
    removed: Groups
    known_tails: list[np.ndarray] = field(default_factory=list, repr=False, compare=False)

    def tails(self, keys: Column, tails_of: TailsOf) -> np.ndarray:
        """The tails of the ratios of some keys by number (see `draws`): the same in every period, kept."""
        known, things = self.known_tails, self.registers.keys.things
        before = known[0] if known else np.zeros((0, 2))
        if len(before) < len(things):
            before = np.concatenate([before, np.full((len(things) - len(before), 2), np.nan)])
        missing = keys[np.isnan(before[keys, 0])]
        if len(missing):
            before[missing] = tails_of([things[key] for key in missing.tolist()])
        known[:] = [before]
        found: np.ndarray = before[keys]
        return found


def load(basis: Basis, agreed: Agreed, today: date | None, names_of: NamesOf) -> EveryMonth | None:
    """Every month of the version looked at; None where a period has to be reckoned by itself."""
    span = basis.months
    if basis.kept_at is None or span is None or basis.span is None:
        return None
    if basis.span.first < span.first or basis.span.last > span.last:
        return None
    key = (basis.currency, basis.is_converted, today, *kept.state(basis, (kept.COST,)))
    if key not in agreed.every_month:
        wide = replace(basis, span=span)
        made = _made(wide, agreed, (today, names_of), agreed.older_months.get(key))
        if len(agreed.every_month) >= _KEPT:
            eldest, *_ = agreed.every_month
            agreed.every_month.pop(eldest, None)
        agreed.every_month[key] = made
        agreed.older_months.pop(key, None)
    found: EveryMonth | None = agreed.every_month[key]
    return found


_KEPT = 3


def _made(
    basis: Basis,
    agreed: Agreed,
    asked: tuple[date | None, NamesOf],
    before: tuple[EveryMonth, Collection[str]] | None,
) -> EveryMonth | None:
    """From nothing, or from what was before, with only the outcomes reckoned anew that may differ since."""
    today, names_of = asked
    apart = tuple(_apart(basis, agreed))
    registers = _registers(basis, agreed, before[0] if before is not None else None)
    out = set(apart)
    keys = [key for key in (agreed.claimed if before is None else sorted(before[1])) if key in agreed.claimed]
    plain = [key for key in keys if key not in out]
    looked = Looked(basis, agreed, today, {})
    books = passing_on(basis, agreed).book(
        agreed.values, (Valued(agreed.claimed[key], looked) for key in plain)
    )
    try:
        own, booked = (value_columns.of_books(its, names_of, registers) for its in (books.own, books.booked))
    except OverflowError:
        return None
    removed = _removed(basis, agreed, registers, plain)
    if before is not None:
        whole, changed = before
        numbers = _renumbered(whole.registers, registers, changed)
        own, booked, removed = (
            value_columns.replaced(was, numbers, now)
            for was, now in ((whole.own, own), (whole.booked, booked), (whole.removed, removed))
        )
    if any(np.abs(its.amounts.astype(np.float64)).sum() >= _MOST for its in (own, booked)):
        return None
    claims = (*agreed.claimed.values(), *agreed.true_ups.gone.values())
    is_cash = np.array([one.is_cash for one in claims], dtype=bool)
    span = basis.span or Span(0, 0)
    return EveryMonth(span, registers, own, booked, apart, is_cash, removed)


def passing_on(basis: Basis, agreed: Agreed) -> Passing:
    """How value passes on in every month, and so in any period; read once for each state of costs."""
    ends = [one for one in (basis.span, basis.months) if one is not None]
    if not ends:
        return Passing({})
    wide = replace(basis, span=Span(min(one.first for one in ends), max(one.last for one in ends)))
    earned = [line.earned for its in agreed.true_ups.months.values() for line in its]
    key = wide.span, min(earned, default=None)
    return kept.once(basis, "every weight", key, lambda: passing.read_from(wide, agreed), (kept.COST,))


def _registers(basis: Basis, agreed: Agreed, before: EveryMonth | None) -> Registers:
    """Outcomes are numbered in their order; all else keeps its number."""
    outcomes = Numbered([*agreed.claimed, *agreed.true_ups.gone])
    if before is None:
        return Registers(Numbered(team.key for team in basis.teams), outcomes, Numbered(), Numbered())
    return before.registers._replace(outcomes=outcomes)


def _renumbered(was: Registers, now: Registers, changed: Collection[str]) -> Column:
    """The number that each outcome has now; -1 where it is gone or may count otherwise."""
    return np.array(
        [-1 if key in changed else now.outcomes.find(key) for key in was.outcomes.things], dtype=np.int64
    )


def _apart(basis: Basis, agreed: Agreed) -> Iterator[str]:
    """The outcomes of which what they count in a month is another in other periods."""
    has_rates = {one: _has_every_rate(basis, one) for one in agreed.currencies}
    for key, claim in agreed.claimed.items():
        building.give_way()
        if _is_apart(agreed, claim) or not has_rates[claim.outcome.currency]:
            yield key


def _is_apart(agreed: Agreed, claim: Claimed) -> bool:
    if claim.outcome.key in agreed.true_ups.months:
        return True
    counted = claim.counted
    return bool(claim.is_disputed or counted.why_nothing) and any(amount for _, amount, _ in counted.months)


def _has_every_rate(basis: Basis, currency: str) -> bool:
    if currency == basis.currency:
        return True
    months = basis.span.months if basis.span is not None else ()
    if not basis.is_converted or currency not in MINOR_DIGITS:
        return False
    return all(basis.rates.amount(0, currency, one) is not None for one in months)


def _removed(basis: Basis, agreed: Agreed, registers: Registers, keys: Iterable[str]) -> Groups:
    """One group an outcome of which something is removed: nought in all where nothing is."""
    places, rows, counts = [], [], []
    for key in keys:
        claim = agreed.claimed[key]
        if claim.counted.removed:
            cut = [Amount(month, amount, 0) for month, amount in claim.counted.removed]
            shown = in_period.converted(basis, claim.outcome.currency, cut) or ()
            places.append(registers.outcomes.of(key))
            counts.append(len(shown))
            rows += [(month, amount) for month, amount, _ in shown]
    return value_columns.groups(places, counts, rows)
