"""What each closing of months fixed, and what each restatement moved of them since (rule V16, decision D11).

A closing fixes what its months are known to count, under which terms, and how sure that is; a restatement
moves the closed months of the outcomes that it changes, and what they were told as before stays beside it.
Amounts are minor units of the currency of their terms.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from roi.domain.periods import add_months
from roi.reports.value.claims import Claimed, Terms
from roi.reports.value.sureness import Reckoned, Sure
from roi.store import read

Then = Callable[[], Reckoned]
"""Every outcome's claim at the version that the cursor sees when it is called."""

Moved = tuple[list[int], Reckoned, Then]
"""The changes by which what counts may have moved, all claims as they are now, and as they were then."""


class Restated(NamedTuple):
    """What a closed month counted of an outcome before and after a restatement, under these terms.

    `sures` say how sure both are (None of an amount that is nothing), `outcomes` how many there were then.
    """

    change: int
    claim: Claimed
    month: int
    terms: Terms
    before: int
    after: int
    sures: tuple[Sure | None, Sure | None]
    outcomes: tuple[int, int]


class Known(NamedTuple):
    """What a month was known to count, how sure that was (of nothing: None), and its terms."""

    amount: int
    sure: Sure | None
    terms: Terms | None


NOTHING = Known(0, None, None)


class Line(NamedTuple):
    """What is known of the month in which it was earned, and the month in which that counts."""

    month: int
    earned: int
    known: Known


@dataclass(slots=True)
class Books:
    """What closings have fixed so far, by outcome, with its claim at the last of them that saw it.

    `open_month` is the one that true-ups go to. `outcomes` are how many there were when each month was
    closed, or restated since, in the order in which that was: it is drawn as for so many ever after.
    """

    open_month: int = 0
    closed: set[int] = field(default_factory=set)
    outcomes: dict[int, int] = field(default_factory=dict)
    known: dict[str, dict[int, Known]] = field(default_factory=dict)
    lines: dict[str, list[Line]] = field(default_factory=dict)
    last: dict[str, Claimed] = field(default_factory=dict)
    restated: list[Restated] = field(default_factory=list)


def fixed(cursor: read.Cursor, closings: Mapping[int, list[int]], moved: Moved) -> Books:
    """Each closing and restatement after the other; where no value changed between two, both saw the same."""
    changes, now, then = moved
    books = Books()
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


def _restate(books: Books, change: int, before: Reckoned, after: Reckoned) -> None:
    """Closed months of the outcomes that a restatement changes count what is known after it.

    Others keep what they count. Where that is just what was known before it, they are as sure as after it:
    a neighbour, or a measure that leads to them, was wrong.
    """
    known_then, first = {**books.outcomes}, len(books.restated)
    for key in sorted({*before.claimed, *after.claimed}):
        was, counts = counts_of(before, key), counts_of(after, key)
        pairs = {month: (was.get(month, NOTHING), counts.get(month, NOTHING)) for month in books.closed}
        if all(one == other for one, other in pairs.values()):
            continue
        is_restated = any(_own(one) != _own(other) for one, other in pairs.values())
        claim = after.claimed.get(key) or before.claimed[key]
        lines, known = books.lines.setdefault(key, []), books.known.setdefault(key, {})
        for month in sorted(books.closed):
            held = known.get(month, NOTHING)
            if not is_restated and held != pairs[month][0]:
                continue
            ends = held, pairs[month][1]
            if ends[0] != ends[1]:
                lines += _replaced((month, month), *ends)
            outcomes = known_then[month], len(after.claimed)
            books.restated += _both((change, month, outcomes), claim, ends)
            known[month] = ends[1]
        books.last[key] = claim
    for month in sorted({one.month for one in books.restated[first:]}):
        _draw_as_of(books, month, after)


def _own(known: Known) -> tuple[object, ...]:
    """What of a month follows from its own outcome: no neighbour's reading, and no grade that leads to it."""
    its = known.sure
    return known.amount, known.terms, (its.drawing, its.own) if its is not None else None


def _draw_as_of(books: Books, month: int, seen: Reckoned) -> None:
    """The month is drawn in as many worlds as for the outcomes that there are; it is the latest of all."""
    books.outcomes.pop(month, None)
    books.outcomes[month] = len(seen.claimed)


def _both(
    of: tuple[int, int, tuple[int, int]], claim: Claimed, ends: tuple[Known, Known]
) -> Iterator[Restated]:
    """Both numbers of a month, once for each of the terms under which it counted or counts now."""
    for terms in dict.fromkeys(one.terms for one in ends):
        before, after = (one if one.terms == terms else NOTHING for one in ends)
        if terms is not None and (before.amount, before.sure) != (after.amount, after.sure):
            sures = before.sure, after.sure
            change, month, outcomes = of
            yield Restated(change, claim, month, terms, before.amount, after.amount, sures, outcomes)


def _close(books: Books, months: list[int], seen: Reckoned) -> None:
    """Book what is known at a closing: true-ups of months closed before, then the months that close."""
    for key in sorted({*books.known, *seen.claimed}):
        counts = counts_of(seen, key)
        lines, known = books.lines.setdefault(key, []), books.known.setdefault(key, {})
        trued_up = differences(books, known, counts)
        lines += trued_up
        booked = {one.earned for one in trued_up}
        known.update({month: counts.get(month, NOTHING) for month in (*booked, *months)})
        lines += [Line(month, month, counts[month]) for month in months if month in counts]
    books.closed.update(months)
    for month in months:
        _draw_as_of(books, month, seen)
    books.last.update(seen.claimed)
    books.open_month = add_months(max(books.closed), 1)


def counts_of(seen: Reckoned, key: str) -> dict[int, Known]:
    """What each month of an outcome counts, and how sure that is."""
    claim = seen.claimed.get(key)
    if claim is None:
        return {}
    sures = {level: seen.sure(claim, level) for level in {level for _, _, level in claim.counted.months}}
    return {
        month: Known(amount, sures[level] if amount else None, claim.terms)
        for month, amount, level in claim.counted.months
    }


def differences(books: Books, known: Mapping[int, Known], counts: Mapping[int, Known]) -> list[Line]:
    """What closed months count otherwise now: as it is known, and what that replaces taken back."""
    found: list[Line] = []
    for month in sorted(books.closed):
        before, after = known.get(month, NOTHING), counts.get(month, NOTHING)
        is_other = bool(after.amount) and before.terms != after.terms
        if before.amount != after.amount or is_other:
            found += _replaced((books.open_month, month), before, after)
    return found


def _replaced(place: tuple[int, int], before: Known, after: Known) -> Iterator[Line]:
    """What is known now, and what it replaces taken back as it was, in the month in which both count."""
    taken_back = before._replace(amount=-before.amount)
    return (Line(*place, one) for one in (after, taken_back) if one.amount)
