"""The months of outcomes that cut each other, counted as if all that is expected of them came (rule V8)."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from roi.domain import counting
from roi.domain.benefits import Cell
from roi.domain.counting import UNREAD, Counted, Counts, Covered, Held, Level
from roi.domain.periods import add_months
from roi.reports.value import ahead as by_itself
from roi.reports.value import claims
from roi.reports.value.agreed import Agreed
from roi.reports.value.ahead import Amount
from roi.reports.value.claims import Claimed
from roi.reports.value.evidence import LANDED, LATEST, PROMISED, Evidence

_EVER = (0, 9999_12)
_PROMISED, _LATEST, _ASSUMED = range(3)
"""What a month that is not confirmed rests on, as a level after the confirmed ones."""

Ahead = tuple[list[Amount], list[Amount]]
"""Months assumed to persist, and months expected."""


class Together(NamedTuple):
    """Outcomes that may cut each other: their months, and their claims and counts as if all of it came."""

    months: Mapping[str, Ahead]
    claimed: Mapping[str, Claimed]
    counts: Counts

    @property
    def pools(self) -> tuple[str, ...]:
        """The pools that they claim on."""
        return tuple(sorted(self.counts.claims))


class _Its(NamedTuple):
    """An outcome with the months that it would cover.

    `ahead` are the amounts of a month that it is to bring by itself (absent: it is confirmed already), `held`
    its claim with a level for what each month rests on. Months under a cap are `capped`.
    """

    claim: Claimed
    held: Held
    covered: Sequence[Covered]
    ahead: Mapping[int, Sequence[Amount]]
    capped: Collection[int]

    def place(self, month: int, at: int) -> int:
        """Where the reading of a month stands among `_levels`, by its level in the count."""
        confirmed = len(self.claim.levels)
        if at < confirmed:  # confirmed, or unread
            return at
        return confirmed + 2 * (at - confirmed == _ASSUMED) + (month not in self.capped)


def together(agreed: Agreed, keys: Sequence[str], caps: Mapping[Cell, int], month: int | None) -> Together:
    """Count outcomes beside each other, late work coming after a month (None: as it was agreed)."""
    capped = {month for _, _, month in caps}
    today = None if month is None else date(month // 100, month % 100, 1)
    its = {key: _its(agreed, agreed.claimed[key], today, capped) for key in keys}
    counts = counting.count(
        [one.held for one in its.values()], caps, {key: one.covered for key, one in its.items()}
    )
    return Together(
        {key: _ahead(one, counts.by_outcome[key]) for key, one in its.items()},
        {key: _landed(agreed, one, counts.by_outcome[key]) for key, one in its.items()},
        counts,
    )


def _its(agreed: Agreed, claim: Claimed, today: date | None, capped: Collection[int]) -> _Its:
    """Every month of an outcome, confirmed and ahead, each worth its whole movement."""
    held, confirmed = claims.held(claim), len(claim.levels)
    covered = [*counting.months_of(held)]
    ahead: dict[int, list[Amount]] = {}
    if agreed.shares_left[claim.outcome.key]:
        assumed, expected = by_itself.alone(agreed, claim, _EVER, today, by_itself.whole_at)
        for one in (*assumed, *expected):
            ahead.setdefault(one.month, []).append(one)
    for month, amounts in sorted(ahead.items()):
        rests_on = {PROMISED: _PROMISED, LATEST: _LATEST}.get(amounts[0].level, _ASSUMED)
        at = confirmed + rests_on
        if covered and covered[-1][0] != add_months(month, -1):
            covered += _between(covered[-1][0], month, at)
        money = amounts[0].amount if len(amounts) == 1 else sum(one.amount for one in amounts)
        covered.append((month, money, at))
    held = held._replace(
        levels=(*held.levels, *_coming_levels(claim)),
        first_month=covered[0][0] if covered else None,
        phases=(),
        is_open=False,
    )
    return _Its(claim, held, covered, ahead, capped)


def _between(last: int, month: int, at: int) -> Iterator[Covered]:
    """The months between two that are told of: they are covered, with nothing."""
    while (last := add_months(last, 1)) < month:
        yield last, 0, at


def _coming_levels(claim: Claimed) -> tuple[Level, ...]:
    """Day and likely share of what is promised, read, and assumed; all but a reading are still to be read."""
    latest, last = claim.latest, claim.levels[-1] if claim.levels else None
    read_on, share = (latest.read_on, latest.shares[1]) if latest is not None else (date.max, 0)
    return (
        Level(date.max, 0, 0, claims.likely_share(claim)),
        Level(read_on, 0, 0, share),
        Level(date.max, 0, 0, last.shares[1] if last is not None else 0),
    )


def _landed(agreed: Agreed, its: _Its, counted: Counted) -> Claimed:
    """The claim with what it would count, each month with the place of its reading."""
    months = tuple([(month, amount, its.place(month, at)) for month, amount, at in counted.months])
    return its.claim._replace(levels=_levels(agreed, its.claim), counted=counted._replace(months=months))


def _levels(agreed: Agreed, claim: Claimed) -> tuple[Evidence, ...]:
    """The confirmed readings; what is expected, in months under a cap and in others; assumed ones likewise.

    Months under a cap have draws of their own: nothing else says how much of them is left in each world.
    """
    coming = _coming(agreed, claim)
    last = claim.levels[-1] if claim.levels else coming
    return *claim.levels, coming, coming, last, last


def place_of(claim: Claimed, level: int) -> int:
    """Where the reading of a level that is not confirmed stands among `_levels`."""
    return LANDED - level if level <= LANDED else len(claim.levels) + 1


def _coming(agreed: Agreed, claim: Claimed) -> Evidence:
    """What is expected as a reading: the latest one, else the promise kept (read on the last of all days)."""
    its, latest = claim.outcome, claim.latest
    if latest is not None and (not claim.levels or latest.read_on > claim.levels[-1].read_on):
        return latest
    money, share = by_itself.whole_at(agreed, claim, PROMISED) or 0, claims.likely_share(claim)
    return Evidence(date.max, 0, its.target_likely, money, (share, share, share), None, its.grade, (), None)


def _ahead(its: _Its, counted: Counted) -> Ahead:
    """What would count less what does; nothing of what is already in lower cost (rule V13)."""
    claim, confirmed = its.claim, len(its.claim.levels)
    if claim.treated == claims.MEMO:
        return [], []
    now = {month: (amount, level) for month, amount, level in claim.counted.months}
    assumed: list[Amount] = []
    expected: list[Amount] = []
    for month, amount, at in counted.months:
        was, level = now.pop(month, (0, UNREAD))
        if at >= confirmed:
            if was:
                expected.append(Amount(month, -was, level))
            if amount:
                lands_at = LANDED - its.place(month, at) if month in its.capped else None
                into = assumed if at - confirmed == _ASSUMED else expected
                into += _parted(its.ahead.get(month, ()), amount, lands_at)
        elif was != amount and not claim.is_disputed:
            place = UNREAD if at == UNREAD else LANDED - at
            expected += [*_some(Amount(month, -was, level)), *_some(Amount(month, amount, place))]
    if not claim.is_disputed:
        expected += [Amount(month, -was, level) for month, (was, level) in now.items() if was]
    return assumed, sorted(expected)


def _some(one: Amount) -> list[Amount]:
    return [one] if one.amount else []


def _parted(amounts: Sequence[Amount], amount: int, level: int | None) -> list[Amount]:
    """The amount over what makes up the month, the last of it taking the rest.

    Under a cap all of it has one `level`; elsewhere (None) each keeps its own.
    """
    if len(amounts) == 1:
        return [Amount(amounts[0].month, amount, amounts[0].level if level is None else level)]
    whole, rest, found = sum(one.amount for one in amounts), amount, []
    for one in amounts[:-1]:
        part = amount * one.amount // whole if whole else 0
        rest -= part
        found.append(one._replace(amount=part))
    found += [one._replace(amount=rest) for one in amounts[-1:]]
    return [one if level is None else one._replace(level=level) for one in found if one.amount]
