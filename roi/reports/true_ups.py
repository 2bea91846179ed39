"""Closed months keep what was known when they closed; what is learned later counts in the open month (V16).

The value of a closed month is reckoned from the data as they stood at its closing, also its currency, its
class and the teams that book it. What is known of it now and was not then, more or less, is a true-up of the
first month after the latest closed one; where it counts as something else now, it is taken back there as what
it was and booked as what it is. Only a change that is named a restatement, because what was known was wrong,
moves closed months of the outcomes that it changes, and both numbers stay (V16). Over all months the sums are
those of what is known now. Amounts are minor units of the currency of their terms.
"""

import threading
from collections import OrderedDict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

from roi.domain.counting import UNREAD
from roi.domain.periods import add_months
from roi.reports.claims import Claimed, Terms
from roi.reports.evidence import LATEST
from roi.store import read

Then = Callable[[], Mapping[str, Claimed]]
"""Every outcome's claim at the version that the cursor sees when it is called."""


class Earned(NamedTuple):
    """An amount that counts in a month, the month it was earned in, the level of its draws, and its terms."""

    month: int
    earned: int
    amount: int
    level: int
    terms: Terms


class TrueUps(NamedTuple):
    """The months that count of every outcome of which a closed month would count otherwise now.

    `gone` holds the claims of outcomes that closed months count and that are there no more; `restated` is
    what named restatements moved in closed months.
    """

    months: Mapping[str, tuple[Earned, ...]]
    gone: Mapping[str, Claimed]
    restated: tuple["Restated", ...] = ()


class Restated(NamedTuple):
    """What a closed month counted of an outcome before and after a restatement, under these terms."""

    change: int
    claim: Claimed
    month: int
    terms: Terms
    before: int
    after: int


NO_TRUE_UPS = TrueUps({}, {})


class _Known(NamedTuple):
    """What a month was known to count, the day of the reading behind it (None: an unread loss), its terms."""

    amount: int
    read_on: date | None
    terms: Terms | None


_NOTHING = _Known(0, None, None)


class _Line(NamedTuple):
    """What is known of the month in which it was earned, and the month in which that counts."""

    month: int
    earned: int
    known: _Known


@dataclass(slots=True)
class _Books:
    """What closings have fixed so far, by outcome, with its claim at the last of them that saw it.

    `open_month` is the one that true-ups go to.
    """

    open_month: int = 0
    closed: set[int] = field(default_factory=set)
    known: dict[str, dict[int, _Known]] = field(default_factory=dict)
    lines: dict[str, list[_Line]] = field(default_factory=dict)
    last: dict[str, Claimed] = field(default_factory=dict)
    restated: list[Restated] = field(default_factory=list)


_KEPT = 4
_lock = threading.Lock()
_kept: OrderedDict[tuple[object, ...], _Books] = OrderedDict()


def load(cursor: read.Cursor, store_key: str, claimed: Mapping[str, Claimed], then: Then) -> TrueUps:
    """The months that count, of every outcome of which a closed month would count otherwise now.

    Args:
        cursor: sees the version that is asked for.
        store_key: names the store, so that what closings fixed is kept for later versions; empty: not kept.
        claimed: every outcome's claim as it is known now.
        then: gives every outcome's claim as the cursor sees it when it is called.
    """
    closings = _closings(cursor)
    if not closings:
        return NO_TRUE_UPS
    rows = _value_changes(cursor, min(closings))
    if not rows:
        return NO_TRUE_UPS
    moved = [read.whole(row["change_id"]) for row in rows]
    restated = [read.whole(row["change_id"]) for row in rows if row["is_restated"]]
    events = {change: closings.get(change, []) for change in sorted({*closings, *restated})}
    closed_by = store_key, tuple((change, *months) for change, months in events.items())
    books = _books(cursor, closed_by, events, (moved, claimed, then))
    found = {}
    for key in sorted({*books.known, *claimed}):
        lines = _outcome(books, key, claimed.get(key))
        if lines:
            found[key] = lines
    gone = {key: books.last[key] for key in found if key not in claimed}
    return TrueUps(found, gone, tuple(books.restated))


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
"""The store, each closing with its months that nobody opened again, and each restatement without any."""


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
    """Each closing and restatement after the other; where no value changed between two, both saw the same."""
    changes, now, then = moved
    books = _Books()
    seen: tuple[int, Mapping[str, Claimed]] = (0, now)

    def at(change: int) -> Mapping[str, Claimed]:
        nonlocal seen
        epoch = max((one for one in changes if one <= change), default=1)
        if epoch == changes[-1]:
            seen = epoch, now
        elif epoch != seen[0]:
            with read.as_at(cursor, change):
                seen = epoch, then()
        return seen[1]

    for change, months in closings.items():
        if months:
            _close(books, months, at(change))
        else:
            _restate(books, change, at(change - 1), at(change))
    return books


def _restate(books: _Books, change: int, before: Mapping[str, Claimed], after: Mapping[str, Claimed]) -> None:
    """Closed months of the outcomes that a restatement changes count what is known after it."""
    for key in sorted({*before, *after}):
        was, counts = _counts(before.get(key)), _counts(after.get(key))
        if all(was.get(month, _NOTHING) == counts.get(month, _NOTHING) for month in books.closed):
            continue
        claim, known = after.get(key) or before[key], books.known.setdefault(key, {})
        for line in _differences(books, known, counts):
            books.lines.setdefault(key, []).append(line._replace(month=line.earned))
        for month in sorted(books.closed):
            ends = known.get(month, _NOTHING), counts.get(month, _NOTHING)
            books.restated += _both(change, claim, month, ends)
            known[month] = ends[1]
        books.last[key] = claim


def _both(change: int, claim: Claimed, month: int, ends: tuple[_Known, _Known]) -> Iterator[Restated]:
    """Both numbers of a month, once for each of the terms under which it counted or counts now."""
    for terms in dict.fromkeys(one.terms for one in ends):
        amounts = [one.amount if one.terms == terms else 0 for one in ends]
        if terms is not None and amounts[0] != amounts[1]:
            yield Restated(change, claim, month, terms, *amounts)


def _close(books: _Books, months: list[int], claimed: Mapping[str, Claimed]) -> None:
    """Book what is known at a closing: true-ups of months closed before, then the months that close."""
    for key in sorted({*books.known, *claimed}):
        counts = _counts(claimed.get(key))
        lines, known = books.lines.setdefault(key, []), books.known.setdefault(key, {})
        lines += _differences(books, known, counts)
        known.update({month: counts.get(month, _NOTHING) for month in (*books.closed, *months)})
        lines += [_Line(month, month, counts[month]) for month in months if month in counts]
    books.closed.update(months)
    books.last.update(claimed)
    books.open_month = add_months(max(books.closed), 1)


def _counts(claim: Claimed | None) -> dict[int, _Known]:
    if claim is None:
        return {}
    return {
        month: _Known(amount, _day(claim, level), claim.terms)
        for month, amount, level in claim.counted.months
    }


def _day(claim: Claimed, level: int) -> date | None:
    return claim.levels[level].read_on if level >= 0 else None


def _differences(books: _Books, known: Mapping[int, _Known], counts: Mapping[int, _Known]) -> list[_Line]:
    """What closed months count otherwise now: as it is known, and what that replaces taken back."""
    found: list[_Line] = []
    for month in sorted(books.closed):
        before, after = known.get(month, _NOTHING), counts.get(month, _NOTHING)
        is_other = bool(after.amount) and before.terms != after.terms
        if before.amount != after.amount or is_other:
            taken_back = before._replace(amount=-before.amount)
            its = (one for one in (after, taken_back) if one.amount)
            found += [_Line(books.open_month, month, one) for one in its]
    return found


def _outcome(books: _Books, key: str, claim: Claimed | None) -> tuple[Earned, ...]:
    """One outcome's months now; empty where every month counts what is known of it now."""
    counts, known = _counts(claim), books.known.get(key, {})
    lines = [*books.lines.get(key, ()), *_differences(books, known, counts)]
    if all(one.month == one.earned for one in lines):
        return ()
    lines += [_Line(month, month, its) for month, its in counts.items() if month not in books.closed]
    levels = _levels(claim)
    return tuple(
        Earned(month, earned, amount, levels.get(read_on, UNREAD), terms)
        for month, earned, (amount, read_on, terms) in sorted(
            _merged(lines), key=lambda one: (one.month, one.earned, one.known.amount)
        )
        if terms is not None
    )


def _merged(lines: Sequence[_Line]) -> list[_Line]:
    """A month of its own stands once for each reading and terms: what was restated in it is one number."""
    sums: dict[tuple[int, int, date | None, Terms | None], list[int]] = {}
    for month, earned, (amount, read_on, terms) in lines:
        sums.setdefault((month, earned, read_on, terms), []).append(amount)
    return [
        _Line(month, earned, _Known(sum(amounts), read_on, terms))
        for (month, earned, read_on, terms), amounts in sums.items()
        if sum(amounts) or len(amounts) == 1
    ]


def _levels(claim: Claimed | None) -> dict[date | None, int]:
    """By the day of a reading the level whose draws it has now."""
    if claim is None:
        return {}
    found: dict[date | None, int] = {one.read_on: place for place, one in enumerate(claim.levels)}
    if claim.latest is not None:
        found.setdefault(claim.latest.read_on, LATEST)
    return found
