"""Months of value in columns: what teams book by outcome and level, of which a period is a slice.

A *group* is what a team books of an outcome at one level; its *rows* are months with minor units. Groups lie
by kind, team and outcome, and within these in the order in which `passing` books them, so that sums and draws
are added in that order. Sums so far make of any run of months two look-ups a group. All are whole numbers.
"""

import threading
from collections.abc import Callable, Collection, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import chain
from typing import Any, Generic, NamedTuple, TypeVar

import numpy as np

from roi.domain.periods import Span
from roi.reports.booked.passing import KINDS, ORIGIN, Booked, ByTeam
from roi.reports.value.draws import Key

Column = np.ndarray[Any, np.dtype[Any]]

_STEP = 1_000_000
"""Above every month yyyymm, so that a group and a month are one number."""
_SHORT = 1 / 2
"""Up to which part of all rows it is quicker to add them than to look up where those of each group end."""
_TEAMS, _OUTCOMES = 22, 26
"""Bits of a place that say which team and which outcome it is."""

KIND_NUMBERS = {kind: number for number, kind in enumerate((*KINDS, ORIGIN))}

NamesOf = Callable[[Booked], tuple[object, ...]]
"""What a group belongs to: the names under which its amounts are asked for."""


T = TypeVar("T", bound=Hashable)
_lock = threading.Lock()


class Numbered(Generic[T]):
    """Things by number, each once, in the order in which they came; only ever added to."""

    def __init__(self, things: Iterable[T] = ()) -> None:
        self.things: list[T] = []
        self._numbers: dict[T, int] = {}
        for one in things:
            self.of(one)

    def of(self, thing: T) -> int:
        """The number of a thing."""
        found = self._numbers.get(thing)
        return self._new(thing) if found is None else found

    def _new(self, thing: T) -> int:
        """One reader at a time: each period may bring keys of its own."""
        with _lock:
            if thing not in self._numbers:
                self.things.append(thing)
                self._numbers[thing] = len(self.things) - 1
            return self._numbers[thing]

    def find(self, thing: T) -> int:
        """The number of a thing, or -1."""
        return self._numbers.get(thing, -1)

    def __len__(self) -> int:
        return len(self.things)


class Registers(NamedTuple):
    """What the numbers in columns stand for; `names` are what a group belongs to (see `booking`)."""

    teams: Numbered[str]
    outcomes: Numbered[str]
    keys: Numbered[Key]
    names: Numbered[tuple[object, ...]]


class Lot(NamedTuple):
    """Groups in the months looked at: those that have any, each with its sum and the last of its months."""

    places: Column
    keys: Column
    names: Column
    amounts: Column
    last: Column

    def only(self, chosen: Column | slice) -> "Lot":
        """Some of them, by mask or number; a mask is looked through once for all columns."""
        if not isinstance(chosen, slice) and chosen.dtype == np.bool_:
            chosen = np.flatnonzero(chosen)
        return Lot(*(column[chosen] for column in self))


def together(lots: Sequence[Lot]) -> Lot:
    """Lots as one, in the order of their places."""
    if len(lots) == 1:
        return lots[0]
    whole = joined(lots)
    return whole.only(np.argsort(whole.places, kind="stable"))


def joined(lots: Sequence[Lot]) -> Lot:
    """Lots one after the other."""
    return (
        lots[0] if len(lots) == 1 else Lot(*(np.concatenate(columns) for columns in zip(*lots, strict=True)))
    )


@dataclass(frozen=True)
class Groups:
    """Groups with their rows; `bounds` says where the rows of each begin, and where the last end."""

    places: Column
    keys: Column
    names: Column
    bounds: Column
    months: Column
    amounts: Column

    @cached_property
    def _codes(self) -> Column:
        numbers = np.arange(len(self.places), dtype=np.int64)
        return np.repeat(numbers * _STEP, np.diff(self.bounds)) + self.months

    @cached_property
    def _so_far(self) -> Column:
        return _summed(self.amounts)

    @cached_property
    def _owners(self) -> Column:
        """The group of each row."""
        return np.repeat(np.arange(len(self.places), dtype=np.int32), np.diff(self.bounds))

    def lot(self, span: Span) -> Lot:
        """What every group has in a run of months: of a short one its rows are added."""
        rows = np.flatnonzero((self.months >= span.first) & (self.months <= span.last))
        if len(rows) > len(self.months) * _SHORT:
            return self._lot(span, slice(0, len(self.places)))
        return self._of_rows(rows)

    def _of_rows(self, rows: Column) -> Lot:
        """What groups have in these rows, which are in their order."""
        owners = self._owners[rows]
        starts = np.flatnonzero(np.diff(owners, prepend=-1))
        its, ends = owners[starts], np.append(starts[1:], len(rows))
        amounts = np.add.reduceat(self.amounts[rows], starts) if len(rows) else self.amounts[:0]
        lasts = self.months[rows[ends[: len(its)] - 1]]
        return Lot(self.places[its], self.keys[its], self.names[its], amounts, lasts)

    def lot_near(self, places: tuple[int, int], span: Span) -> Lot:
        """The same of the groups from one place to before another."""
        return self._lot(span, slice(*np.searchsorted(self.places, places).tolist()))

    def _lot(self, span: Span, its: slice) -> Lot:
        numbers = np.arange(its.start, its.stop, dtype=np.int64) * _STEP
        first = np.searchsorted(self._codes, numbers + span.first)
        last = np.searchsorted(self._codes, numbers + span.last, side="right")
        amounts = self._so_far[last] - self._so_far[first]
        lasts = self.months[np.maximum(last, 1) - 1] if len(self.months) else last
        return Lot(self.places[its], self.keys[its], self.names[its], amounts, lasts).only(last > first)

    def lot_in(self, places: tuple[int, int], span: Span, months: Collection[int]) -> Lot:
        """What the groups from one place to before another have in some months of a run."""
        first, last = self.bounds[np.searchsorted(self.places, places)]
        wanted = [month for month in months if span.holds(month)]
        is_in = np.isin(self.months[first:last], np.array(wanted, dtype=np.int64))
        return self._of_rows(first + np.flatnonzero(is_in))


def _summed(amounts: Column) -> Column:
    """The sum of all before each place, and of all."""
    return np.concatenate([np.zeros(1, dtype=np.int64), np.cumsum(amounts, dtype=np.int64)])


def place(kind: int, team: int, outcome: int = 0) -> int:
    """Where a group lies: by kind, then team, then outcome."""
    return ((kind << _TEAMS) + team << _OUTCOMES) + outcome


def after(first: int) -> int:
    """Where the groups of a kind and team end that begin at this place."""
    return first + (1 << _OUTCOMES)


def outcomes_at(places: Column) -> Column:
    """The outcome of each place."""
    return places & ((1 << _OUTCOMES) - 1)


def teams_at(places: Column) -> Column:
    """The team of each place."""
    return (places >> _OUTCOMES) & ((1 << _TEAMS) - 1)


def ranges(places: Column, kind: int, teams: Column) -> Column:
    """The groups of some teams, one team after the other."""
    wanted = (kind << _TEAMS) + teams << _OUTCOMES
    first = np.searchsorted(places, wanted)
    counts = np.searchsorted(places, wanted + (1 << _OUTCOMES)) - first
    before = np.cumsum(counts) - counts
    return np.repeat(first - before, counts) + np.arange(counts.sum())


def ranges_of(places: Column, kind: int) -> slice:
    """All groups of a kind."""
    first, last = np.searchsorted(places, (place(kind, 0), place(kind + 1, 0)))
    return slice(int(first), int(last))


def runs_of_teams(places: Column) -> list[tuple[int, int, int]]:
    """Each team of a kind by number, with where its groups begin and end."""
    teams = teams_at(places)
    firsts = np.flatnonzero(np.diff(teams, prepend=-1))
    lasts = [*firsts[1:].tolist(), len(teams)][: len(firsts)]
    return list(zip(teams[firsts].tolist(), firsts.tolist(), lasts, strict=True))


def added(lot: Lot, count: int) -> tuple[Column, Column]:
    """Amounts by key, keys in the order in which they come first; `count` is how many keys there are."""
    sums, first = np.zeros(count, dtype=np.int64), np.zeros(count, dtype=np.int64)
    np.add.at(sums, lot.keys, lot.amounts)
    numbers = np.arange(len(lot.keys))
    first[lot.keys[::-1]] = numbers[::-1]
    keys = lot.keys[first[lot.keys] == numbers]
    return keys, sums[keys]


def of_books(by_kind: Mapping[str, ByTeam], names_of: NamesOf, registers: Registers) -> Groups:
    """Groups of what is booked by kind and team."""
    booked: list[Booked] = []
    places: list[int] = []
    for kind, by_team in by_kind.items():
        for team, its in by_team.items():
            at = place(KIND_NUMBERS[kind], registers.teams.of(team))
            places += [at + registers.outcomes.of(one.key[0]) for one in its]
            booked += its
    order = sorted(range(len(places)), key=places.__getitem__)
    ordered = [booked[number] for number in order]
    counts = np.fromiter((len(one.months) for one in ordered), dtype=np.int64, count=len(ordered))
    rows = np.fromiter(
        chain.from_iterable(chain.from_iterable(one.months for one in ordered)), dtype=np.int64
    ).reshape(-1, 2)
    return Groups(
        np.array(places, dtype=np.int64)[order] if order else np.zeros(0, dtype=np.int64),
        np.array([registers.keys.of(one.key) for one in ordered], dtype=np.int64),
        np.array([registers.names.of(names_of(one)) for one in ordered], dtype=np.int64),
        _summed(counts),
        np.ascontiguousarray(rows[:, 0]),
        np.ascontiguousarray(rows[:, 1]),
    )


def replaced(before: Groups, outcomes: Column, fresh: Groups) -> Groups:
    """Groups with some outcomes reckoned anew; `outcomes` are the new numbers of the others, else -1."""
    numbers = outcomes[outcomes_at(before.places)]
    is_left = numbers >= 0
    counts = np.diff(before.bounds)
    rows = np.repeat(is_left, counts)
    kept = before.places[is_left] - outcomes_at(before.places[is_left]) + numbers[is_left]
    places = np.concatenate([kept, fresh.places])
    counts = np.concatenate([counts[is_left], np.diff(fresh.bounds)])
    order = np.argsort(places, kind="stable")
    firsts, ordered = _summed(counts)[:-1][order], counts[order]
    bounds = _summed(ordered)
    at = np.repeat(firsts - bounds[:-1], ordered) + np.arange(bounds[-1])
    return Groups(
        places[order],
        np.concatenate([before.keys[is_left], fresh.keys])[order],
        np.concatenate([before.names[is_left], fresh.names])[order],
        bounds,
        np.concatenate([before.months[rows], fresh.months])[at],
        np.concatenate([before.amounts[rows], fresh.amounts])[at],
    )


def groups(places: Sequence[int], counts: Sequence[int], rows: Sequence[tuple[int, int]]) -> Groups:
    """Groups of one key and name each, in the order of their places, from the rows of all of them."""
    none, columns = np.zeros(len(places), dtype=np.int64), np.array(rows, dtype=np.int64).reshape(-1, 2)
    return Groups(
        np.array(places, dtype=np.int64),
        none,
        none,
        _summed(np.array(counts, dtype=np.int64)),
        columns[:, 0],
        columns[:, 1],
    )
