"""What outcomes would count once all that is expected came and was confirmed (rules V8, V10, V12).

What is expected is no more than what confirming it would add: its months are counted *beside* the confirmed
ones, in the same pool and under the same cap, by the same rules. Where a cell is full already, nothing is
expected of whoever comes next; a confirmed claim that would have to make room loses what the other gains.
Claims alone in their pool, on a cell without a cap, are cut by nobody.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import NamedTuple

from roi.domain import counting
from roi.domain.benefits import Cell
from roi.domain.counting import UNREAD, Counted, Counts, Held, Level
from roi.domain.periods import add_months
from roi.reports import ahead as by_itself
from roi.reports import claims
from roi.reports.agreed import Agreed
from roi.reports.ahead import Amount
from roi.reports.claims import Claimed
from roi.reports.evidence import LANDED, LATEST, PROMISED, Evidence

_EVER = (0, 9999_12)

Ahead = tuple[list[Amount], list[Amount]]
"""Months assumed to persist, and months expected."""


class Together(NamedTuple):
    """Outcomes that may cut each other: their months, and their claims and counts as if all of it came."""

    months: Mapping[str, Ahead]
    agreed: Agreed

    @property
    def pools(self) -> tuple[str, ...]:
        """The pools that they claim on."""
        return tuple(sorted(self.agreed.counts.claims))


class _Month(NamedTuple):
    """A month of an outcome as it would be counted.

    `place` is its reading (see `_levels`). `amounts` are what it is ahead by itself (empty: it is confirmed
    already), `is_capped` whether finance set a cap for it.
    """

    month: int
    level: Level
    place: int
    amounts: tuple[Amount, ...] = ()
    is_assumed: bool = False
    is_capped: bool = False


def ahead(
    agreed: Agreed, claim: Claimed, last: int, today: date | None = None, first: int = 0
) -> tuple[list[Amount], list[Amount]]:
    """Months from `first` to `last` that confirming would add: assumed, expected; in the outcome's currency.

    Amounts are below zero where a confirmed month would lose to what is expected beside it.
    """
    found = of(agreed, claim, today)
    if found is None:
        return by_itself.alone(agreed, claim, (first, last), today)
    assumed, expected = found.months[claim.outcome.key]
    return _within(assumed, first, last), _within(expected, first, last)


def _within(months: Iterable[Amount], first: int, last: int) -> list[Amount]:
    return [one for one in months if first <= one.month <= last]


def of(agreed: Agreed, claim: Claimed, today: date | None) -> Together | None:
    """The outcomes that it may be cut with; None where nothing can cut it."""
    keys = _groups(agreed).get(claim.outcome.key)
    if keys is None:
        return None
    kept, name = agreed.landed, (f"outcome {keys[0]}", today)
    if name not in kept:
        kept[name] = _together(agreed, keys, today)
    found: Together = kept[name]
    return found


def otherwise(before: Agreed, now: Agreed, pools: Iterable[str]) -> set[str]:
    """The outcomes of some pools of which another month, or another amount, is expected than before."""
    found = set()
    for key in [key for pool in pools for key in now.counts.claims.get(pool, ())]:
        first = f"outcome {_groups(before).get(key, (key,))[0]}"
        for name, was in [*before.landed.items()]:
            if name[0] == first and isinstance(was, Together):
                its = of(now, now.claimed[key], name[1])
                if its is None or its.months[key] != was.months.get(key):
                    found.add(key)
    return found


def carried(
    before: Agreed, now: Agreed, changed: Collection[str], pools: Iterable[str]
) -> dict[tuple[str, date | None], Together]:
    """Groups as they were before, in which no outcome changed and no pool is among these."""
    beside = {key for pool in pools for one in (before, now) for key in one.counts.claims.get(pool, ())}
    found = {}
    for name, its in [*before.landed.items()]:
        if (
            isinstance(its, Together)
            and beside.isdisjoint(its.months)
            and its.months.keys().isdisjoint(changed)
        ):
            keys = [*its.months]
            if _groups(now).get(keys[0]) == keys:
                seen = replace(now, claimed=its.agreed.claimed, counts=its.agreed.counts)
                found[name] = Together(its.months, seen)
    return found


def _groups(agreed: Agreed) -> Mapping[str, Sequence[str]]:
    """By outcome all that it shares a pool or the cap of a cell with, itself among them."""
    kept = agreed.landed
    if _GROUPS not in kept:
        capped = _caps(agreed)
        found: dict[object, list[str]] = {}
        for pool, keys in agreed.counts.claims.items():
            cell = claims.cell_of(agreed.claimed[keys[0]])
            found.setdefault(cell if cell in capped else pool, []).extend(keys)
        shared = [sorted(keys) for name, keys in found.items() if len(keys) > 1 or name in capped]
        kept[_GROUPS] = {key: keys for keys in shared for key in keys}
    groups: Mapping[str, Sequence[str]] = kept[_GROUPS]
    return groups


def _caps(agreed: Agreed) -> Mapping[tuple[str, str], Mapping[Cell, int]]:
    """The caps of each segment of a line that has any."""
    kept = agreed.landed
    if _CAPS not in kept:
        found: dict[tuple[str, str], dict[Cell, int]] = {}
        for cell, cap in claims.caps(agreed.values).items():
            found.setdefault(cell[:2], {})[cell] = cap
        kept[_CAPS] = found
    caps: Mapping[tuple[str, str], Mapping[Cell, int]] = kept[_CAPS]
    return caps


_GROUPS, _CAPS = ("groups", None), ("caps", None)


def _together(agreed: Agreed, keys: Sequence[str], today: date | None) -> Together:
    caps = _caps(agreed).get(claims.cell_of(agreed.claimed[keys[0]]), {})
    capped = {month for _, _, month in caps}
    its = {key: _unbroken(_months(agreed, agreed.claimed[key], today, capped)) for key in keys}
    counts = _counts({key: (agreed.claimed[key], months) for key, months in its.items()}, caps, capped)
    claimed = {}
    for key, months in its.items():
        by_place = _by_place(counts.by_outcome[key], months)
        claim = agreed.claimed[key]
        claimed[key] = claim._replace(levels=_levels(agreed, claim), counted=by_place)
    found = {key: _ahead(agreed.claimed[key], counts.by_outcome[key], months) for key, months in its.items()}
    return Together(found, replace(agreed, claimed=claimed, counts=counts))


_Its = Mapping[str, tuple[Claimed, Sequence[_Month]]]
"""By outcome its claim and its months."""


def _counts(its: _Its, caps: Mapping[Cell, int], capped: Collection[int]) -> Counts:
    """What all of them count: months under a cap beside each other, the others pool by pool.

    Each month is settled by itself, so the parts are equal to the whole; who is alone in a pool without a
    cap, as most are in the months to come, is then counted a run at a time.
    """
    parts = [
        _part_of(its, caps if is_capped else {}, capped, is_capped=is_capped) for is_capped in (True, False)
    ]
    by_outcome = {key: _both(*(part.by_outcome[key] for part in parts)) for key in its}
    return Counts(by_outcome, {**parts[0].pools, **parts[1].pools}, parts[0].claims)


def _part_of(its: _Its, caps: Mapping[Cell, int], capped: Collection[int], *, is_capped: bool) -> Counts:
    """The count of the months that are under a cap, or of those that are not."""
    places = {
        key: [place for place, one in enumerate(months) if (one.month in capped) == is_capped]
        for key, (_, months) in its.items()
    }
    held = [_held(claim, months, places[key]) for key, (claim, months) in its.items()]
    found = counting.count(held, caps)
    by_outcome = {
        key: _only(counted, places[key], capped, is_capped=is_capped)
        for key, counted in found.by_outcome.items()
    }
    pools = {name: sums for name, sums in found.pools.items() if (name[1] in capped) == is_capped}
    return Counts(by_outcome, pools, found.claims)


def _only(counted: Counted, places: Sequence[int], capped: Collection[int], *, is_capped: bool) -> Counted:
    """Of a count the months of its part, each with its place among all months."""
    its = [one for one in counted.months if (one[0] in capped) == is_capped]
    asked = dict(counted.asked) or {month: amount for month, amount, _ in its}
    removed = dict(counted.removed)
    return counted._replace(
        months=tuple((month, amount, at if at == UNREAD else places[at]) for month, amount, at in its),
        asked=tuple((month, asked[month]) for month, _, _ in its),
        removed=tuple((month, removed[month]) for month, _, _ in its if month in removed),
    )


def _both(capped: Counted, others: Counted) -> Counted:
    """Two parts of one count as one."""
    asked, removed = sorted((*capped.asked, *others.asked)), sorted((*capped.removed, *others.removed))
    claimed = sum(amount for _, amount in asked)
    return Counted(
        tuple(sorted((*capped.months, *others.months))),
        claimed,
        claimed - sum(amount for _, amount in removed),
        tuple(removed),
        capped.why_nothing or others.why_nothing,
        tuple(asked),
    )


def _months(agreed: Agreed, claim: Claimed, today: date | None, capped: Collection[int]) -> Iterator[_Month]:
    """Every month of an outcome, confirmed and ahead, each worth its whole movement."""
    for month, money, place in counting.months_of(claims.held(claim)):
        read = claim.levels[place]
        yield _Month(month, Level(read.read_on, month, money, read.shares[1]), place)
    if not agreed.shares_left[claim.outcome.key]:
        return
    assumed, expected = by_itself.alone(agreed, claim, _EVER, today, by_itself.whole_at)
    by_month: dict[int, list[Amount]] = {}
    for one in (*assumed, *expected):
        by_month.setdefault(one.month, []).append(one)
    are_assumed = {one.month for one in assumed}
    for month, amounts in sorted(by_month.items()):
        level, is_assumed, is_capped = amounts[0].level, month in are_assumed, month in capped
        place = len(claim.levels) + 2 * is_assumed + (not is_capped)
        read_on, share = _read(claim, level)
        its = Level(read_on, month, sum(one.amount for one in amounts), share)
        yield _Month(month, its, place, tuple(amounts), is_assumed, is_capped)


def _unbroken(months: Iterable[_Month]) -> list[_Month]:
    """The same with nought for months that nothing is told of: a level reaches back to the one before it."""
    found: list[_Month] = []
    for one in months:
        before = add_months(one.month, -1)
        if found and found[-1].month < before:
            nothing = Level(one.level.read_on, before, 0, 0)
            found.append(one._replace(month=before, level=nothing, amounts=(Amount(before, 0, PROMISED),)))
        found.append(one)
    return found


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


def _read(claim: Claimed, level: int) -> tuple[date, int]:
    """The day of a reading and its likely share; what is promised or assumed is still to be read."""
    if level == PROMISED:
        return date.max, claims.likely_share(claim)
    read = claim.latest if level == LATEST else claim.levels[level]
    if read is None:
        return date.max, 0
    return read.read_on if level == LATEST else date.max, read.shares[1]


def _held(claim: Claimed, months: Sequence[_Month], places: Sequence[int]) -> Held:
    """A claim with a level for each month at these places, and with every question answered."""
    levels = tuple(months[place].level for place in places)
    first = months[places[0] if places else 0].month if months else None
    return claims.held(claim)._replace(levels=levels, first_month=first, phases=(), is_open=False)


def _by_place(counted: Counted, months: Sequence[_Month]) -> Counted:
    """What an outcome would count, each month with the place of its reading."""
    its = [
        (month, amount, UNREAD if at == UNREAD else months[at].place) for month, amount, at in counted.months
    ]
    return counted._replace(months=tuple(its))


def _coming(agreed: Agreed, claim: Claimed) -> Evidence:
    """What is expected as a reading: the latest one, else the promise kept (read on the last of all days)."""
    its, latest = claim.outcome, claim.latest
    if latest is not None and (not claim.levels or latest.read_on > claim.levels[-1].read_on):
        return latest
    money, share = by_itself.whole_at(agreed, claim, PROMISED) or 0, claims.likely_share(claim)
    return Evidence(date.max, 0, its.target_likely, money, (share, share, share), None, its.grade, (), None)


def _ahead(claim: Claimed, counted: Counted, months: Sequence[_Month]) -> Ahead:
    """What would count less what does; nothing of what is already in lower cost (rule V13)."""
    if claim.treated == claims.MEMO:
        return [], []
    now = {month: (amount, level) for month, amount, level in claim.counted.months}
    assumed: list[Amount] = []
    expected: list[Amount] = []
    for month, amount, at in counted.months:
        its = months[at] if at != UNREAD else None
        was, level = now.pop(month, (0, UNREAD))
        if its is not None and its.amounts:
            expected += _some(Amount(month, -was, level))
            (assumed if its.is_assumed else expected).extend(_parted(its, amount))
        elif was != amount and not claim.is_disputed:
            place = UNREAD if its is None else LANDED - its.place
            expected += [*_some(Amount(month, -was, level)), *_some(Amount(month, amount, place))]
    if not claim.is_disputed:
        expected += [Amount(month, -was, level) for month, (was, level) in now.items() if was]
    return assumed, sorted(expected)


def _some(one: Amount) -> list[Amount]:
    return [one] if one.amount else []


def _parted(its: _Month, amount: int) -> Iterator[Amount]:
    """The amount over what makes up the month, the last of it taking the rest."""
    whole, rest = its.level.money, amount
    for one in its.amounts[:-1]:
        part = amount * one.amount // whole if whole else 0
        rest -= part
        yield from _some(Amount(its.month, part, _landed(its, one.level)))
    yield from _some(Amount(its.month, rest, _landed(its, its.amounts[-1].level)))


def _landed(its: _Month, level: int) -> int:
    return LANDED - its.place if its.is_capped else level
