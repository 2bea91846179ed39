"""What outcomes would count once all that is expected came and was confirmed (rules V8, V10, V12).

What is expected is no more than what confirming it would add: its months are counted *beside* the confirmed
ones, in the same pool and under the same cap, by the same rules (see `landing`). Where a cell is full,
nothing is expected of whoever comes next; a confirmed claim that would have to make room loses what the other
gains. Claims alone in their pool, on a cell without a cap, are cut by nobody.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date

from roi.domain.benefits import Cell
from roi.domain.periods import month_of
from roi.reports.value import ahead as by_itself
from roi.reports.value import claims, landing
from roi.reports.value.agreed import Agreed
from roi.reports.value.ahead import Amount
from roi.reports.value.claims import Claimed
from roi.reports.value.landing import Together

_GROUPS, _CAPS = ("groups", None), ("caps", None)


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
    return None if keys is None else _of(agreed, keys, month_of(today) if today is not None else None)


def _of(agreed: Agreed, keys: Sequence[str], month: int | None) -> Together:
    """The same of all that share something, as seen in a month: late work comes after it.

    Where none of them is late it is the same as seen in no month at all.
    """
    kept, name = agreed.landed, (f"outcome {keys[0]}", month)
    if name not in kept:
        if month is None or any(by_itself.is_late(agreed, agreed.claimed[key], month) for key in keys):
            cell = claims.cell_of(agreed.claimed[keys[0]])
            kept[name] = landing.together(agreed, keys, _caps(agreed).get(cell, {}), month)
        else:
            kept[name] = _of(agreed, keys, None)
    found: Together = kept[name]
    return found


def otherwise(before: Agreed, now: Agreed, pools: Iterable[str]) -> set[str]:
    """The outcomes of some pools of which another month, or another amount, is expected than before."""
    found = set()
    seen: dict[str, list[tuple[int | None, Together]]] = {}
    for (first, month), was in _kept(before):
        seen.setdefault(first, []).append((month, was))
    for key in [key for pool in pools for key in now.counts.claims.get(pool, ())]:
        for month, was in seen.get(f"outcome {_groups(before).get(key, (key,))[0]}", ()):
            keys = _groups(now).get(key)
            if keys is None or _of(now, keys, month).months[key] != was.months.get(key):
                found.add(key)
    return found


def carried(
    before: Agreed, now: Agreed, changed: Collection[str], pools: Iterable[str]
) -> dict[tuple[str, int | None], Together]:
    """Groups as they were before, in which no outcome changed and no pool is among these."""
    beside = {key for pool in pools for one in (before, now) for key in one.counts.claims.get(pool, ())}
    moved = beside.union(changed)
    found = {}
    for name, its in _kept(before):
        keys = [*its.months]
        if moved.isdisjoint(keys) and _groups(now).get(keys[0]) == keys:
            found[name] = its
    return found


def _kept(agreed: Agreed) -> Iterator[tuple[tuple[str, int | None], Together]]:
    """Groups that were counted, by the first of their outcomes and the month in which they are seen."""
    return ((name, its) for name, its in [*agreed.landed.items()] if isinstance(its, Together))


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
