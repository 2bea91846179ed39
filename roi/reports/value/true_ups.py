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
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from roi.domain.counting import UNREAD
from roi.domain.periods import Span
from roi.domain.structure import Grade
from roi.reports.value import closed_books
from roi.reports.value.claims import Claimed, Terms
from roi.reports.value.closed_books import NOTHING, Books, Known, Line, Moved, Restated, Then
from roi.reports.value.evidence import KEPT
from roi.reports.value.sureness import Reckoned, Sure
from roi.store import read


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
    what named restatements moved in closed months; `kept` are the levels that no reading has now. `outcomes`
    are how many there were when each month was closed or last restated, in the order in which that was; it
    holds nothing while no value changed since.
    """

    months: Mapping[str, tuple[Earned, ...]]
    gone: Mapping[str, Claimed]
    restated: tuple[Restated, ...] = ()
    kept: Mapping[str, tuple[Kept, ...]] = {}
    outcomes: Mapping[int, int] = {}

    def outcomes_of(self, span: Span | None) -> int | None:
        """How many outcomes there were when a span was all closed; None: it is not, or none changed since."""
        if span is None or not all(month in self.outcomes for month in span.months):
            return None
        return next(its for month, its in reversed([*self.outcomes.items()]) if span.holds(month))

    def at(self, outcome: str, level: int) -> Kept:
        """Such a level of an outcome."""
        return self.kept[outcome][KEPT - level]

    def differing(self, other: "TrueUps") -> set[str]:
        """The outcomes of which these months, or how sure they are, are not the same in both."""
        pairs = ((self.months, other.months), (self.kept, other.kept))
        return {key for one, its in pairs for key in {*one, *its} if one.get(key) != its.get(key)}


NO_TRUE_UPS = TrueUps({}, {})


class _Sum(NamedTuple):
    """What an outcome counts in a month, of the month in which it was earned, under the same terms."""

    month: int
    earned: int
    amount: int
    terms: Terms
    parts: tuple[tuple[int, Sure], ...]


_KEPT = 4
_lock = threading.Lock()
_kept: OrderedDict[tuple[object, ...], Books] = OrderedDict()


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
    return TrueUps(found, gone, tuple(books.restated), kept, books.outcomes)


def _value_changes(cursor: read.Cursor, after: int) -> list[read.Row]:
    return read.rows(cursor, "value_changes", {"change_id": after})


def _closings(cursor: read.Cursor) -> dict[int, list[int]]:
    """The months that each change closed and nobody opened again, oldest first."""
    found: dict[int, list[int]] = {}
    for row in read.table(cursor, "closed_month"):
        found.setdefault(read.whole(row["added_by"]), []).append(read.whole(row["month"]))
    return {change: sorted(found[change]) for change in sorted(found)}


_Key = tuple[str, tuple[tuple[int, ...], ...]]
"""The store, each closing with its months that nobody opened again, and each restatement without any."""


def _books(cursor: read.Cursor, key: _Key, closings: Mapping[int, list[int]], moved: Moved) -> Books:
    """What all closings fixed together; the past stays as it was, so it is kept under its hashes."""
    name = (key, read.hash_of(cursor, max(closings)))
    with _lock:
        if key[0] and name in _kept:
            _kept.move_to_end(name)
            return _kept[name]
    books = closed_books.fixed(cursor, closings, moved)
    with _lock:
        if key[0]:
            _kept[name] = books
        while len(_kept) > _KEPT:
            _kept.popitem(last=False)
    return books


def _outcome(books: Books, key: str, now: Reckoned) -> tuple[tuple[Earned, ...], tuple[Kept, ...]]:
    """One outcome's months now, and how sure those are that are known otherwise.

    None where every month counts what is known of it now, as surely.
    """
    counts, known = closed_books.counts_of(now, key), books.known.get(key, {})
    lines = [*books.lines.get(key, ()), *closed_books.differences(books, known, counts)]
    if _are_as_closed(lines, counts):
        return (), ()
    sums = _summed(lines)
    if all(_is_as_known(one, counts) for one in sums):
        return (), ()
    sums += _summed([Line(month, month, its) for month, its in counts.items() if month not in books.closed])
    levels, kept = _levels(now, key), list[Kept]()
    months = []
    for one in sorted(sums, key=lambda one: (one.month, one.earned, one.amount)):
        level = _level(one, levels, kept)
        months.append(Earned(one.month, one.earned, one.amount, level, one.terms))
    return tuple(months), tuple(kept)


def _are_as_closed(lines: Sequence[Line], counts: Mapping[int, Known]) -> bool:
    """Whether every line is what its month counts now, as of most outcomes: they need not be added."""
    alike: dict[tuple[int, ...], bool] = {}
    for month, earned, known in lines:
        its = counts.get(earned, NOTHING)
        if month != earned or known.amount != its.amount:
            return False
        pair = id(known.sure), id(its.sure), id(known.terms), id(its.terms)
        if pair not in alike:
            alike[pair] = known == its
        if not alike[pair]:
            return False
    return len({earned for _, earned, _ in lines}) == len(lines)


def _is_as_known(one: _Sum, counts: Mapping[int, Known]) -> bool:
    its = counts.get(one.earned, NOTHING)
    sure = one.parts[0][1] if len(one.parts) == 1 else None
    return one.month == one.earned and (one.amount, sure, one.terms) == (its.amount, its.sure, its.terms)


def _summed(lines: Sequence[Line]) -> list[_Sum]:
    """Lines of a month about a month under the same terms as one number: what was restated, or trued up."""
    found: dict[tuple[int, int, Terms], list[Known]] = {}
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
