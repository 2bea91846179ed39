"""Closed months keep what was known when they closed; what is learned later counts in the open month (V16).

The value of a closed month is reckoned from the data as they stood at its closing, also its currency, its
class, the teams that book it, and how sure it was: its likely range and its grade. What is known of it now
and was not then, more or less, is a true-up of the first month after the latest closed one, in every world
the difference of both; where it counts as something else now, it is taken back there as what it was and
booked as what it is. Where the amount stays nothing is booked: what is said of its range or its grade counts
from the open month on. Only a change that is named a restatement, because what was known was wrong, moves
closed months of the outcomes that it changes, and both numbers stay (V16). Over all months the amounts are
those of what is known now. Amounts are minor units of the currency of their terms.
"""

import threading
from collections import OrderedDict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from roi.domain.counting import UNREAD
from roi.domain.periods import add_months
from roi.domain.structure import Grade
from roi.reports.claims import Claimed, Terms
from roi.reports.evidence import KEPT
from roi.reports.sureness import Reckoned, Sure
from roi.store import read

Then = Callable[[], Reckoned]
"""Every outcome's claim at the version that the cursor sees when it is called."""


class Earned(NamedTuple):
    """An amount that counts in a month, the month it was earned in, the level of its draws, and its terms."""

    month: int
    earned: int
    amount: int
    level: int
    terms: Terms


class Kept(NamedTuple):
    """A level of closed months that no reading has now: how sure they were, or of a true-up the `parts`.

    Parts are amounts by level that make up the true-up: what is known now, less what was. `grade` is the one
    that was known, of a true-up that of what is known now.
    """

    grade: Grade
    sure: Sure | None = None
    parts: tuple[tuple[int, int], ...] = ()

    @property
    def confirmed_by(self) -> tuple[str, ...]:
        """Who confirmed the reading, as it was known; of a true-up its parts say it."""
        return self.sure.confirmed_by if self.sure is not None else ()


class TrueUps(NamedTuple):
    """The months that count of every outcome of which a closed month would be told otherwise now.

    `gone` holds the claims of outcomes that closed months count and that are there no more; `restated` is
    what named restatements moved in closed months; `kept` are the levels that no reading has now.
    """

    months: Mapping[str, tuple[Earned, ...]]
    gone: Mapping[str, Claimed]
    restated: tuple["Restated", ...] = ()
    kept: Mapping[str, tuple[Kept, ...]] = {}

    def at(self, outcome: str, level: int) -> Kept:
        """Such a level of an outcome."""
        return self.kept[outcome][KEPT - level]

    def differing(self, other: "TrueUps") -> set[str]:
        """The outcomes of which these months, or how sure they are, are not the same in both."""
        pairs = ((self.months, other.months), (self.kept, other.kept))
        return {key for one, its in pairs for key in {*one, *its} if one.get(key) != its.get(key)}


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
    """What a month was known to count, how sure that was (of nothing: None), and its terms."""

    amount: int
    sure: Sure | None
    terms: Terms | None


_NOTHING = _Known(0, None, None)


class _Line(NamedTuple):
    """What is known of the month in which it was earned, and the month in which that counts."""

    month: int
    earned: int
    known: _Known


class _Sum(NamedTuple):
    """What an outcome counts in a month, of the month in which it was earned, under the same terms."""

    month: int
    earned: int
    amount: int
    terms: Terms
    parts: tuple[tuple[int, Sure], ...]


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


def load(cursor: read.Cursor, store_key: str, now: Reckoned, then: Then) -> TrueUps:
    """The months that count, of every outcome of which a closed month would count otherwise now.

    Args:
        cursor: sees the version that is asked for.
        store_key: names the store, so that what closings fixed is kept for later versions; empty: not kept.
        now: every outcome's claim as it is known now.
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
    books = _books(cursor, closed_by, events, (moved, now, then))
    found, kept = {}, {}
    for key in sorted({*books.known, *now.claimed}):
        lines, its = _outcome(books, key, now)
        if lines:
            found[key] = lines
        if its:
            kept[key] = its
    gone = {key: books.last[key] for key in found if key not in now.claimed}
    return TrueUps(found, gone, tuple(books.restated), kept)


def _value_changes(cursor: read.Cursor, after: int) -> list[read.Row]:
    return read.rows(cursor, "value_changes", {"change_id": after})


def _closings(cursor: read.Cursor) -> dict[int, list[int]]:
    """The months that each change closed and nobody opened again, oldest first."""
    found: dict[int, list[int]] = {}
    for row in read.table(cursor, "closed_month"):
        found.setdefault(read.whole(row["added_by"]), []).append(read.whole(row["month"]))
    return {change: sorted(found[change]) for change in sorted(found)}


_Moved = tuple[list[int], Reckoned, Then]
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
    seen: tuple[int, Reckoned] = (0, now)

    def at(change: int) -> Reckoned:
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


def _restate(books: _Books, change: int, before: Reckoned, after: Reckoned) -> None:
    """Closed months of the outcomes that a restatement changes count what is known after it.

    Others keep what they count. Where that is just what was known before it, they are as sure as after it:
    a neighbour, or a measure that leads to them, was wrong.
    """
    for key in sorted({*before.claimed, *after.claimed}):
        was, counts = _counts(before, key), _counts(after, key)
        pairs = {month: (was.get(month, _NOTHING), counts.get(month, _NOTHING)) for month in books.closed}
        if all(one == other for one, other in pairs.values()):
            continue
        is_restated = any(_own(one) != _own(other) for one, other in pairs.values())
        claim = after.claimed.get(key) or before.claimed[key]
        lines, known = books.lines.setdefault(key, []), books.known.setdefault(key, {})
        for month in sorted(books.closed):
            held = known.get(month, _NOTHING)
            if not is_restated and held != pairs[month][0]:
                continue
            ends = held, pairs[month][1]
            if ends[0] != ends[1]:
                lines += _replaced((month, month), *ends)
            books.restated += _both(change, claim, month, ends)
            known[month] = ends[1]
        books.last[key] = claim


def _own(known: _Known) -> tuple[object, ...]:
    """What of a month follows from its own outcome: no neighbour's reading, and no grade that leads to it."""
    return known.amount, known.terms, known.sure.drawing if known.sure is not None else None


def _both(change: int, claim: Claimed, month: int, ends: tuple[_Known, _Known]) -> Iterator[Restated]:
    """Both numbers of a month, once for each of the terms under which it counted or counts now."""
    for terms in dict.fromkeys(one.terms for one in ends):
        amounts = [one.amount if one.terms == terms else 0 for one in ends]
        if terms is not None and amounts[0] != amounts[1]:
            yield Restated(change, claim, month, terms, *amounts)


def _close(books: _Books, months: list[int], seen: Reckoned) -> None:
    """Book what is known at a closing: true-ups of months closed before, then the months that close."""
    for key in sorted({*books.known, *seen.claimed}):
        counts = _counts(seen, key)
        lines, known = books.lines.setdefault(key, []), books.known.setdefault(key, {})
        trued_up = _differences(books, known, counts)
        lines += trued_up
        booked = {one.earned for one in trued_up}
        known.update({month: counts.get(month, _NOTHING) for month in (*booked, *months)})
        lines += [_Line(month, month, counts[month]) for month in months if month in counts]
    books.closed.update(months)
    books.last.update(seen.claimed)
    books.open_month = add_months(max(books.closed), 1)


def _counts(seen: Reckoned, key: str) -> dict[int, _Known]:
    """What each month of an outcome counts, and how sure that is."""
    claim = seen.claimed.get(key)
    if claim is None:
        return {}
    sures = {level: seen.sure(claim, level) for level in {level for _, _, level in claim.counted.months}}
    return {
        month: _Known(amount, sures[level] if amount else None, claim.terms)
        for month, amount, level in claim.counted.months
    }


def _differences(books: _Books, known: Mapping[int, _Known], counts: Mapping[int, _Known]) -> list[_Line]:
    """What closed months count otherwise now: as it is known, and what that replaces taken back."""
    found: list[_Line] = []
    for month in sorted(books.closed):
        before, after = known.get(month, _NOTHING), counts.get(month, _NOTHING)
        is_other = bool(after.amount) and before.terms != after.terms
        if before.amount != after.amount or is_other:
            found += _replaced((books.open_month, month), before, after)
    return found


def _replaced(place: tuple[int, int], before: _Known, after: _Known) -> Iterator[_Line]:
    """What is known now, and what it replaces taken back as it was, in the month in which both count."""
    taken_back = before._replace(amount=-before.amount)
    return (_Line(*place, one) for one in (after, taken_back) if one.amount)


def _outcome(books: _Books, key: str, now: Reckoned) -> tuple[tuple[Earned, ...], tuple[Kept, ...]]:
    """One outcome's months now, and how sure those are that are known otherwise.

    None where every month counts what is known of it now, as surely.
    """
    counts, known = _counts(now, key), books.known.get(key, {})
    lines = [*books.lines.get(key, ()), *_differences(books, known, counts)]
    if _are_as_closed(lines, counts):
        return (), ()
    sums = _summed(lines)
    if all(_is_as_known(one, counts) for one in sums):
        return (), ()
    sums += _summed([_Line(month, month, its) for month, its in counts.items() if month not in books.closed])
    levels, kept = _levels(now, key), list[Kept]()
    months = []
    for one in sorted(sums, key=lambda one: (one.month, one.earned, one.amount)):
        level = _level(one, levels, kept)
        months.append(Earned(one.month, one.earned, one.amount, level, one.terms))
    return tuple(months), tuple(kept)


def _are_as_closed(lines: Sequence[_Line], counts: Mapping[int, _Known]) -> bool:
    """Whether every line is what its month counts now, as of most outcomes: they need not be added."""
    alike: dict[tuple[int, ...], bool] = {}
    for month, earned, known in lines:
        its = counts.get(earned, _NOTHING)
        if month != earned or known.amount != its.amount:
            return False
        pair = id(known.sure), id(its.sure), id(known.terms), id(its.terms)
        if pair not in alike:
            alike[pair] = known == its
        if not alike[pair]:
            return False
    return len({earned for _, earned, _ in lines}) == len(lines)


def _is_as_known(one: _Sum, counts: Mapping[int, _Known]) -> bool:
    its = counts.get(one.earned, _NOTHING)
    sure = one.parts[0][1] if len(one.parts) == 1 else None
    return one.month == one.earned and (one.amount, sure, one.terms) == (its.amount, its.sure, its.terms)


def _summed(lines: Sequence[_Line]) -> list[_Sum]:
    """Lines of a month about a month under the same terms as one number: what was restated, or trued up."""
    found: dict[tuple[int, int, Terms], list[_Known]] = {}
    for month, earned, known in lines:
        if known.terms is not None:
            found.setdefault((month, earned, known.terms), []).append(known)
    sums = []
    for (month, earned, terms), its in found.items():
        parts: dict[Sure, int] = {}
        for one in its:
            if one.sure is not None:
                parts[one.sure] = parts.get(one.sure, 0) + one.amount
        amount = sum(parts.values())
        if amount or len(its) == 1:
            left = tuple((its, sure) for sure, its in parts.items() if its)
            sums.append(_Sum(month, earned, amount, terms, left))
    return sums


def _levels(now: Reckoned, key: str) -> dict[Sure, int]:
    """By how sure it is the level that a month would have now."""
    claim = now.claimed.get(key)
    if claim is None:
        return {}
    return {now.sure(claim, level): level for level in (UNREAD, *range(len(claim.levels)))}


def _level(one: _Sum, levels: Mapping[Sure, int], kept: list[Kept]) -> int:
    """The level by which an amount is drawn and graded: of a reading as it is now, or one that is kept."""
    if not one.parts:
        return UNREAD
    its = [
        (amount, levels[sure] if sure in levels else _place(Kept(sure.grade, sure), kept))
        for amount, sure in one.parts
    ]
    if len(its) == 1:
        return its[0][1]
    grades = [sure.grade for _, sure in one.parts if sure in levels] or [sure.grade for _, sure in one.parts]
    return _place(Kept(grades[0], parts=tuple(its)), kept)


def _place(one: Kept, kept: list[Kept]) -> int:
    if one not in kept:
        kept.append(one)
    return KEPT - kept.index(one)
