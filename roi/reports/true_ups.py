"""Closed months keep what was known when they closed; what is learned later counts in the open month (V16).

The value of a closed month is reckoned from the data as they stood at its closing. What is known of it now
and was not then, more or less, is a true-up of the first month after the latest closed one. Over all months
the sums are those of what is known now. Amounts are minor units of the outcome's currency.
"""

import threading
from collections import OrderedDict
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

from roi.domain.counting import UNREAD
from roi.domain.periods import add_months
from roi.reports.claims import Claimed
from roi.reports.evidence import LATEST
from roi.store import read

Then = Callable[[], Mapping[str, Claimed]]
"""Every outcome's claim at the version that the cursor sees when it is called."""


class Earned(NamedTuple):
    """An amount that counts in a month, the month that it was earned in, and the level whose draws it has."""

    month: int
    earned: int
    amount: int
    level: int


class _Known(NamedTuple):
    """What a month was known to count, and the day of the reading behind it (None: an unread loss)."""

    amount: int
    read_on: date | None


_NOTHING = _Known(0, None)
_Line = tuple[int, int, int, date | None]
"""Month in which it counts, month in which it was earned, amount, day of the reading."""


@dataclass(slots=True)
class _Books:
    """What closings have fixed so far, by outcome; `open_month` is the one that true-ups go to."""

    open_month: int = 0
    closed: set[int] = field(default_factory=set)
    known: dict[str, dict[int, _Known]] = field(default_factory=dict)
    lines: dict[str, list[_Line]] = field(default_factory=dict)


_KEPT = 4
_lock = threading.Lock()
_kept: OrderedDict[tuple[object, ...], _Books] = OrderedDict()


def load(
    cursor: read.Cursor, store_key: str, claimed: Mapping[str, Claimed], then: Then
) -> dict[str, tuple[Earned, ...]]:
    """The months that count, of every outcome of which a closed month would count otherwise now.

    Args:
        cursor: sees the version that is asked for.
        store_key: names the store, so that what closings fixed is kept for later versions; empty: not kept.
        claimed: every outcome's claim as it is known now.
        then: gives every outcome's claim as the cursor sees it when it is called.
    """
    closings = _closings(cursor)
    if not closings:
        return {}
    first = min(closings)
    moved = [read.whole(row["change_id"]) for row in _value_changes(cursor, first)]
    if not moved:
        return {}
    closed_by = store_key, tuple((change, *months) for change, months in closings.items())
    books = _books(cursor, closed_by, closings, (moved, claimed, then))
    found = {}
    for key in sorted({*books.known, *claimed}):
        lines = _outcome(books, key, claimed.get(key))
        if lines:
            found[key] = lines
    return found


def _value_changes(cursor: read.Cursor, after: int) -> list[read.Row]:
    return read.rows(cursor, "value_changes", {"change_id": after})


def _closings(cursor: read.Cursor) -> dict[int, list[int]]:
    """The months that each change closed and nobody opened again, oldest first."""
    found: dict[int, list[int]] = {}
    for row in read.table(cursor, "closed_month"):
        found.setdefault(read.whole(row["added_by"]), []).append(read.whole(row["month"]))
    return {change: sorted(found[change]) for change in sorted(found)}


_Moved = tuple[list[int], Mapping[str, Claimed], Then]
_Key = tuple[str, tuple[tuple[int, ...], ...]]
"""The store, and each closing with its months that nobody opened again."""


def _books(cursor: read.Cursor, key: _Key, closings: Mapping[int, list[int]], moved: _Moved) -> _Books:
    """What all closings fixed together; the past stays as it was, so it is kept under its hashes."""
    name = (key, read.hash_of(cursor, max(closings)))
    with _lock:
        if key[0] and name in _kept:
            _kept.move_to_end(name)
            return _kept[name]
    books = _fixed(cursor, closings, moved)
    with _lock:
        if key[0]:
            _kept[name] = books
        while len(_kept) > _KEPT:
            _kept.popitem(last=False)
    return books


def _fixed(cursor: read.Cursor, closings: Mapping[int, list[int]], moved: _Moved) -> _Books:
    """Each closing after the other; where no change of value lies between two, both saw the same."""
    changes, now, then = moved
    books, seen = _Books(), (0, now)
    for change, months in closings.items():
        epoch = max((one for one in changes if one <= change), default=1)
        if epoch == changes[-1]:
            seen = epoch, now
        elif epoch != seen[0]:
            with read.as_at(cursor, change):
                seen = epoch, then()
        _close(books, months, seen[1])
    return books


def _close(books: _Books, months: list[int], claimed: Mapping[str, Claimed]) -> None:
    """Book what is known at a closing: true-ups of months closed before, then the months that close."""
    for key in sorted({*books.known, *claimed}):
        counts = _counts(claimed.get(key))
        lines, known = books.lines.setdefault(key, []), books.known.setdefault(key, {})
        lines += _differences(books, known, counts)
        known.update({month: counts.get(month, _NOTHING) for month in (*books.closed, *months)})
        lines += [(month, month, *counts[month]) for month in months if month in counts]
    books.closed.update(months)
    books.open_month = add_months(max(books.closed), 1)


def _counts(claim: Claimed | None) -> dict[int, _Known]:
    if claim is None:
        return {}
    return {month: _Known(amount, _day(claim, level)) for month, amount, level in claim.counted.months}


def _day(claim: Claimed, level: int) -> date | None:
    return claim.levels[level].read_on if level >= 0 else None


def _differences(books: _Books, known: Mapping[int, _Known], counts: Mapping[int, _Known]) -> list[_Line]:
    """What closed months count otherwise now: the new amount, and the one that it replaces taken back."""
    found: list[_Line] = []
    for month in sorted(books.closed):
        before, after = known.get(month, _NOTHING), counts.get(month, _NOTHING)
        if before.amount != after.amount:
            found.append((books.open_month, month, *after))
            found.append((books.open_month, month, -before.amount, before.read_on))
    return found


def _outcome(books: _Books, key: str, claim: Claimed | None) -> tuple[Earned, ...]:
    """One outcome's months now; empty where every month counts what is known of it now."""
    counts, known = _counts(claim), books.known.get(key, {})
    lines = [*books.lines.get(key, ()), *_differences(books, known, counts)]
    if claim is None or all(month == earned for month, earned, _, _ in lines):
        return ()
    lines += [(month, month, *its) for month, its in counts.items() if month not in books.closed]
    levels = {evidence.read_on: place for place, evidence in enumerate(claim.levels)}
    if claim.latest is not None:
        levels.setdefault(claim.latest.read_on, LATEST)
    return tuple(
        Earned(month, earned, amount, levels.get(read_on, UNREAD) if read_on is not None else UNREAD)
        for month, earned, amount, read_on in sorted(lines, key=lambda one: one[:3])
        if amount or month == earned
    )
