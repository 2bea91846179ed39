"""Each month of value with the teams that have it, before and after value follows cost (rules V2, V3)."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from roi.domain.benefits import over_teams
from roi.domain.money import largest_remainder
from roi.domain.structure import ValueClass
from roi.domain.value import Values
from roi.reports.cost import efforts
from roi.reports.ground.basis import Basis
from roi.reports.value.agreed import Agreed
from roi.reports.value.claims import Terms
from roi.reports.value.draws import Key
from roi.reports.value.true_ups import Earned
from roi.reports.value.valued import Amount, Valued
from roi.store import read

CONFIRMED, ASSUMED, EXPECTED = "confirmed", "assumed", "expected"
KINDS = (CONFIRMED, ASSUMED, EXPECTED)
ORIGIN = "origin"
"""What is known now of the period's own months, wherever it counts: of outcomes with true-ups alone."""


class Booked(NamedTuple):
    """Months of an outcome's value that one team books, and what each is worth to it.

    `key` is the outcome with the level that leads to its draws. `is_true_up`: it is about months that had
    closed before it was known (rule V16). `is_cash`: its money is cash (rule V6). `terms` are those under
    which it counts where they may be others than the outcome has now.
    """

    item: Valued
    months: Sequence[tuple[int, int]]
    is_true_up: bool
    is_cash: bool
    key: Key
    terms: Terms | None = None

    @property
    def amount(self) -> int:
        """All of its months."""
        return sum([amount for _, amount in self.months])

    @property
    def value_class(self) -> ValueClass:
        """The class under which it counts."""
        return self.item.outcome.value_class if self.terms is None else self.terms.value_class

    @property
    def is_obligation(self) -> bool:
        """Whether it is value of an obligation, which no verdict stands on (rule V15)."""
        return self.item.epic.is_obligation if self.terms is None else self.terms.is_obligation


ByTeam = dict[str, list[Booked]]


Weights = dict[str, dict[int, dict[str, int]]]
"""Giver, month, receiver: the weights by which cost, and so value, passes on."""


class Books(NamedTuple):
    """By kind and team the months of value, `own` before value follows cost."""

    own: dict[str, ByTeam]
    booked: dict[str, ByTeam]


@dataclass(frozen=True)
class Passing:
    """How value passes on in a period: as the cost of its months does."""

    weights: Weights

    @cached_property
    def _givers(self) -> Mapping[str, set[str]]:
        found: dict[str, set[str]] = {}
        for giver in self.weights:
            for taker in self.takers_of(giver):
                found.setdefault(taker, set()).add(giver)
        return found

    def givers_of(self, team: str) -> Collection[str]:
        """The teams of whose value it books a part in some month."""
        return self._givers.get(team, ())

    def takers_of(self, team: str) -> Collection[str]:
        """The teams that book a part of its value in some month."""
        return {taker for takers in self.weights.get(team, {}).values() for taker in takers}

    def book(self, values: Values, items: Iterable[Valued]) -> Books:
        """Every month of value of some outcomes with its team, in the order of the outcomes."""
        own: dict[str, ByTeam] = {kind: {} for kind in (*KINDS, ORIGIN)}
        booked: dict[str, ByTeam] = {kind: {} for kind in (*KINDS, ORIGIN)}
        for item in items:
            its, origin = item.counts, item.origin
            counted = its.by_month if origin is None else ()
            months = {CONFIRMED: counted, ASSUMED: its.assumed_by_month, EXPECTED: its.expected_by_month}
            if origin:
                months[ORIGIN] = origin
            for kind, amounts in months.items():
                for run in _runs(item, amounts):
                    _book_run(values, run, (own[kind], booked[kind], self.weights))
            for line in item.kept:
                _book_kept(item, line, (own[CONFIRMED], booked[CONFIRMED], self.weights))
        return Books(own, booked)


def read_from(basis: Basis, agreed: Agreed) -> Passing:
    """The weights of the period, and of the earlier months that are trued up in it.

    Value follows the cost of the month that it is about.
    """
    found: Weights = {}
    span = basis.span
    if span is None:
        return Passing(found)
    lines = (line for its in agreed.true_ups.months.values() for line in its)
    earned = [line.earned for line in lines if span.holds(line.month)]
    params = {"first": min([span.first, *earned]), "last": span.last}
    for month, giver, receiver, weight in read.plain_rows(basis.cursor, "platform_weights", params):
        by_month = found.setdefault(read.text(giver), {})
        by_month.setdefault(read.whole(month), {})[read.text(receiver)] = read.whole(weight)
    return Passing(found)


def _runs(item: Valued, months: Iterable[Amount]) -> Iterator[Booked]:
    """The months of each level, before they are shared."""
    by_level: dict[int, list[tuple[int, int]]] = {}
    for month, amount, level in months:
        by_level.setdefault(level, []).append((month, amount))
    for level, its in by_level.items():
        yield Booked(item, its, False, item.is_cash, (item.outcome.key, level))  # noqa: FBT003 - no true-up


def _book_kept(item: Valued, line: Earned, into: tuple[ByTeam, ByTeam, Weights]) -> None:
    """A month under its own terms: to the teams of then, and on by the weights of the month it is about."""
    key, terms = (item.outcome.key, line.level), line.terms
    one = Booked(item, (), line.month != line.earned, terms.is_cash, key, terms)
    _share(one, [(line.month, line.earned, over_teams(line.amount, dict(terms.effort)))], into)


def _book_run(values: Values, one: Booked, into: tuple[ByTeam, ByTeam, Weights]) -> None:
    """Months of a level: whole to the epic's own team where nobody shares in them."""
    own, booked, weights = into
    epic = one.item.epic
    if epic.team not in weights and epic.key not in values.epic_teams:
        own.setdefault(epic.team, []).append(one)
        booked.setdefault(epic.team, []).append(one)
        return
    parts = ((month, month, efforts.over(values, epic, amount)) for month, amount in one.months)
    _share(one, parts, into)


def _share(
    one: Booked, parts: Iterable[tuple[int, int, Mapping[str, int]]], into: tuple[ByTeam, ByTeam, Weights]
) -> None:
    """What teams have of some months, and who books it: each the month it counts in, and that it is about."""
    own, booked, weights = into
    mine: dict[str, list[tuple[int, int]]] = {}
    theirs: dict[str, list[tuple[int, int]]] = {}
    for month, earned, by_team in parts:
        for team, amount in by_team.items():
            mine.setdefault(team, []).append((month, amount))
            for taker, part in _passed_on(weights, team, earned, amount):
                theirs.setdefault(taker, []).append((month, part))
    for books, shared in ((own, mine), (booked, theirs)):
        for team, months in shared.items():
            books.setdefault(team, []).append(one._replace(months=months))


def _passed_on(weights: Weights, team: str, earned: int, amount: int) -> Iterable[tuple[str, int]]:
    """Who books what a team has of a month: value follows the cost of the month it is about (V2)."""
    takers = weights.get(team, {}).get(earned)
    if not takers:
        return ((team, amount),)
    return zip(takers, largest_remainder(amount, list(takers.values())), strict=True)
