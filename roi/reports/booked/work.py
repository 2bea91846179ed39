"""Epics and outcomes of one version: what each epic cost and what each outcome brings whom.

An outcome's value goes to its epic's teams by frozen effort (rule V3). Value then follows cost (rule V2):
where a serving team's cost passes on to those it serves, its value passes on by the same weights, month by
month. Ranges of any group come from the draws of its parts (rule V19).
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property, reduce
from typing import TypeVar

import numpy as np

from roi.domain.figures import Figure
from roi.domain.periods import Span
from roi.domain.returns import Range
from roi.domain.structure import Confirmation, Epic, Tick, ValueClass
from roi.domain.uncertainty import Draws
from roi.domain.value import EpicTeam, Values
from roi.reports.booked import booking
from roi.reports.booked.booking import (
    ASSUMED,
    CASH,
    CONFIRMED,
    EXPECTED,
    KINDS,
    Booked,
    Brief,
    Name,
    Period,
    Sums,
    Which,
)
from roi.reports.cost import efforts, tying
from roi.reports.cost.costs import Costs, Teams
from roi.reports.cost.efforts import NO_COST, EpicCost, Part
from roi.reports.ground import building, kept
from roi.reports.ground.basis import Basis
from roi.reports.ground.structure import Group
from roi.reports.shapes.lazy import Lazy
from roi.reports.value import agreeing, draws
from roi.reports.value.agreed import Agreed
from roi.reports.value.claims import Claimed
from roi.reports.value.draws import Drawn
from roi.reports.value.valued import Amount, Looked, Valued

OPEN = (ASSUMED, EXPECTED)
"""What the period could still bring: assumed to persist, measured and not confirmed, promised."""

__all__ = [
    "ASSUMED",
    "CONFIRMED",
    "EXPECTED",
    "KINDS",
    "OPEN",
    "Booked",
    "Work",
    "load",
    "team_name",
    "to_date",
]

T = TypeVar("T")


@dataclass(frozen=True)
class Work:
    """All epics with their costs and all outcomes with their values, at one version and period.

    `parts` are an epic's costs by team, `costs` by epic, `months` those of all periods. `period` holds the
    outcomes and, by kind (confirmed, assumed, expected) and team, their months before and after value follows
    cost. The rest is kept for who asks again; `explained` is by epic what its readings explain (see `loop`),
    `judged_costs` by team what read work and all work cost (see `epic_parts`).
    """

    basis: Basis
    agreed: Agreed
    parts: Mapping[Part, EpicCost]
    costs: Mapping[str, EpicCost]
    months: efforts.Known
    period: Period
    today: date | None
    explained: dict[str, Mapping[str, Figure]] = field(default_factory=dict, init=False)
    judged_costs: dict[str, tuple[int, int]] = field(default_factory=dict, init=False)
    known_to_date: list[tuple["Work", Costs]] = field(default_factory=list, init=False)
    _summed: dict[tuple[object, ...], Sums] = field(default_factory=dict, init=False)
    _drawn: dict[tuple[object, ...], tuple[Teams, Draws]] = field(default_factory=dict, init=False)
    _of_teams: dict[int, tuple[Teams, tuple[Valued, ...]]] = field(default_factory=dict, init=False)
    _standing: dict[int, tuple[Teams, tuple[str, ...]]] = field(default_factory=dict, init=False)
    _epics_of: dict[int, tuple[Teams, tuple[Epic, ...]]] = field(default_factory=dict, init=False)

    @property
    def epics(self) -> tuple[Epic, ...]:
        """Every epic, by key."""
        return self.agreed.epics

    @property
    def valued(self) -> tuple[Valued, ...]:
        """Every outcome in the period, by key."""
        return self.period.items

    @property
    def values(self) -> Values:
        """Everything that was agreed about value."""
        return self.agreed.values

    @property
    def ticks(self) -> Mapping[str, Mapping[Tick, Confirmation]]:
        """Every live tick, by outcome."""
        return self.agreed.ticks

    @cached_property
    def draws(self) -> Drawn:
        """The seeded draws that every range of today comes from: what is expected, and whole lives."""
        return draws.of(self.agreed)

    @cached_property
    def of_period(self) -> Drawn:
        """Those of what counts in the period: once it is all closed, in as many worlds as then (V16)."""
        return draws.of(self.agreed, self.agreed.true_ups.outcomes_of(self.basis.span))

    @cached_property
    def by_key(self) -> Mapping[str, Valued]:
        """Every outcome by its key."""
        return _items(self.period, self.agreed.claimed)

    @cached_property
    def item_of(self) -> Mapping[str, Valued]:
        """Every outcome by its key, also those that are gone and that closed months count."""
        gone = self.agreed.true_ups.gone
        every = {**self.agreed.claimed, **gone} if gone else self.agreed.claimed
        return _items(self.period, every)

    @property
    def read_of_epic(self) -> Mapping[str, tuple[int, int]]:
        """How many outcomes of each epic are read, and how many it has."""
        return self.agreed.read_of_epic

    @cached_property
    def of_epic(self) -> Mapping[str, tuple[Valued, ...]]:
        """The outcomes of each epic, the links of a chain in its order (rule V9)."""
        period = self.period
        return Lazy(self.agreed.of_epic, lambda _, keys: tuple([period.item(key) for key in keys]))

    @property
    def epic_by_key(self) -> Mapping[str, Epic]:
        """Every epic by its key."""
        return self.agreed.epic_by_key

    @cached_property
    def team_names(self) -> Mapping[str, str]:
        """What each team is called."""
        return {team.key: team.name for team in self.basis.teams}

    def teams_of(self, epic: Epic) -> tuple[EpicTeam, ...]:
        """The teams of an epic with their planned shares and frozen effort."""
        return self.agreed.teams.get(epic.key) or efforts.teams_of(self.values, epic)

    def of_teams(self, teams: Teams) -> tuple[Valued, ...]:
        """The outcomes of the epics that some teams work on, each once; teams as at the end of the period."""
        if id(teams) in self._of_teams:
            return self._of_teams[id(teams)][1]
        found = tuple(item for epic in self.epics_of(teams) for item in self.of_epic.get(epic.key, ()))
        self._of_teams[id(teams)] = teams, found
        return found

    def epics_of(self, teams: Teams) -> tuple[Epic, ...]:
        """The epics that some teams work on, each once; teams where they stand at the end of the period."""
        if id(teams) not in self._epics_of:
            self._epics_of[id(teams)] = teams, self._theirs(teams)
        return self._epics_of[id(teams)][1]

    def standing(self, teams: Teams) -> tuple[str, ...]:
        """Those of some teams that work on epics, and that belong to them at the end of the period."""
        if len(teams) == 1:
            return self._those(teams)
        if id(teams) not in self._standing:
            self._standing[id(teams)] = teams, self._those(teams)
        return self._standing[id(teams)][1]

    def _those(self, teams: Teams) -> tuple[str, ...]:
        its = self.agreed.epics_by_team
        return tuple([team for team in teams if team in its and self._has(teams, team)])

    def is_of(self, epic: Epic, teams: Teams) -> bool:
        """Whether some teams work on the epic; teams where they stand at the end of the period."""
        return any(one.team in teams and self._has(teams, one.team) for one in self.teams_of(epic))

    def _theirs(self, teams: Teams) -> tuple[Epic, ...]:
        """Of all that is looked at they are kept: most periods have the same teams."""
        standing = self.standing(teams)
        if teams is not self.basis.shown:
            return self._epics_by(standing)
        return kept.once(self.basis, "epics shown", standing, lambda: self._epics_by(standing), (kept.EPICS,))

    def _epics_by(self, teams: Iterable[str]) -> tuple[Epic, ...]:
        found = {epic.key: epic for team in teams for epic in self.agreed.epics_by_team[team]}
        return tuple([found[key] for key in sorted(found)])

    def parts_of(self, teams: Teams) -> Iterator[tuple[Epic, EpicCost]]:
        """Each epic's cost of each of some teams."""
        for team in teams:
            its = self.agreed.epics_by_team.get(team)
            if its and self._has(teams, team):
                for epic in its:
                    yield epic, self.parts.get((epic.key, team), NO_COST)

    def booked_by(self, teams: Teams, kind: str = CONFIRMED) -> list[Booked]:
        """The months of value that some teams book, after serving teams' value has passed on."""
        return self.period.booked_by(self.basis, teams, kind)

    def apart_booked_by(self, teams: Teams, kind: str) -> list[Booked]:
        """The same of the outcomes that stand apart (see `apart`)."""
        return self.period.apart_booked_by(self.basis, teams, kind)

    def summed(self, teams: Teams, kinds: Sequence[str], which: Which, *, own: bool = False) -> Sums:
        """What some teams book by outcome and level (see `booking`); `own`: before it passes on.

        Of all that is looked at, the same is asked for by many figures: it is added once, to be read only.
        """
        if teams is not self.basis.shown:
            return self.period.sums_of(self.basis, kinds, teams, (which, own))
        name = (*kinds, which, own)
        if name not in self._summed:
            self._summed[name] = self.period.sums_of(self.basis, kinds, teams, (which, own))
        return self._summed[name]

    def range_of(self, teams: Teams, kinds: tuple[str, ...], which: Which) -> Range:
        """P10, likely and P90 of what some teams book.

        What can still come is drawn class by class, as it is shown, and with what came it is one sum of both.
        """
        booked = self.summed(teams, kinds, which)
        if kinds == (CONFIRMED,) and self.of_period.count != self.draws.count:
            return self.range_counted(booked)
        if len(booked) == 1 or len(self.draws.apart(booked)) == 1:
            return self.range_in(booked)
        return draws.spread(self._worlds(teams, kinds, which), sum(booked.values()))

    def _worlds(self, teams: Teams, kinds: tuple[str, ...], which: Which) -> Draws:
        """What some teams book in each world: drawn once for all figures of it, to be read only."""
        name = id(teams), kinds, which
        if name not in self._drawn:
            self._drawn[name] = teams, self._made(teams, kinds, which)
        return self._drawn[name][1]

    def _made(self, teams: Teams, kinds: tuple[str, ...], which: Which) -> Draws:
        parts: list[Draws] = []
        if kinds == KINDS:
            parts = [self._worlds(teams, its, which) for its in ((CONFIRMED,), OPEN)]
        elif kinds == OPEN and which == CASH:
            parts = [self._worlds(teams, kinds, (True, one)) for one in ValueClass]
        if parts:
            found: Draws = reduce(np.add, parts)
            return found
        return self.draws.sum(self.summed(teams, kinds, which))

    def brief(self, teams: Teams, kinds: tuple[str, ...], which: Which) -> Brief:
        """What some teams book in all: likely, and what P90 is never above, without a draw."""
        return self.period.brief(self.basis, kinds, teams, (which, self.draws.tails))

    def of_epics(self, epics: Iterable[Epic], name: Name, make: Callable[[Epic], T]) -> Iterator[T]:
        """What rests on each epic, its outcomes and its teams' costs: kept while nothing touches them."""
        rows: booking.Rows = {}
        if self.basis.kept_at is not None:
            rows = self.period.table((*name, *self._seen))
        for epic in epics:
            if epic.key not in rows:
                building.give_way()
                rows[epic.key] = frozenset(one.team for one in self.teams_of(epic)), make(epic)
            yield rows[epic.key][1]

    @cached_property
    def _seen(self) -> tuple[object, ...]:
        return (*self.basis.looked_at, *kept.state(self.basis, efforts.ON))

    def range_in(self, sums: Sums) -> Range:
        """P10, likely and P90 of minor units by outcome and level, as seen today."""
        return self.draws.range(sums, sum(sums.values()))

    def range_counted(self, sums: Sums) -> Range:
        """The same of what counts in the period, which a closed one keeps (V16)."""
        return self.of_period.range(sums, sum(sums.values()))

    def amounts_range(self, item: Valued, amounts: Sequence[Amount], *, counted: bool = True) -> Range:
        """P10, likely and P90 of months of one outcome, that are counted or may still come."""
        sums: Sums = {}
        for one in amounts:
            key = item.outcome.key, one.level
            sums[key] = sums.get(key, 0) + one.amount
        return self.range_counted(sums) if counted else self.range_in(sums)

    def apart(self) -> Sequence[Valued]:
        """The outcomes whose period is reckoned by itself: all where every period is (see `every_month`)."""
        return self._apart

    @cached_property
    def unsure(self) -> Sequence[Valued]:
        """Those of which, being no obligation, nobody can tell what they are still expected to bring."""
        return [item for item in self._apart if not item.epic.is_obligation and item.cannot_tell]

    @cached_property
    def foreign(self) -> Sequence[Valued]:
        """Those that count in the period in another currency, of which it is not known how much that is."""
        currency = self.basis.currency
        if self.agreed.currencies <= {currency}:
            return ()
        foreign = [item for item in self._apart if item.outcome.currency != currency]
        return [item for item in foreign if item.value is None and self._counts(item)]

    def _counts(self, item: Valued) -> bool:
        months, span = item.claim.counted.months, self.basis.span
        return span is not None and any(amount and span.holds(month) for month, amount, _ in months)

    @cached_property
    def _apart(self) -> Sequence[Valued]:
        sliced = self.period.sliced(self.basis)
        return self.valued if sliced is None else [self.period.item(key) for key in sliced.whole.apart]

    def earned(self) -> Mapping[str, int]:
        """What the period's months are known to be worth now, of each outcome that does not stand apart."""
        sliced = self.period.sliced(self.basis)
        return {} if sliced is None else sliced.earned

    @cached_property
    def aside(self) -> "Work":
        """The same with nothing worked out of the period: for rows of an answer that is kept for long.

        What is worked out of a period takes eight times the place of an answer, and few of its rows are
        asked for once it is given.
        """
        its = self.period.looked
        parts, costs = efforts.in_span(self.months, self.basis.span)
        nothing_yet = Period(Looked(its.basis, its.agreed, its.today, {}))
        return replace(self, parts=parts, costs=costs, period=nothing_yet)

    def _has(self, teams: Teams, team: str) -> bool:
        if team not in teams or not isinstance(teams, Group) or teams.months[team] is None:
            return team in teams
        return self.basis.span is None or teams.holds(team, self.basis.span.last)


def _items(period: Period, every: Mapping[str, Claimed]) -> Mapping[str, Valued]:
    """Outcomes in the period; they hold on to it and not to the work, which goes once nobody asks it."""
    return Lazy(every, lambda key, _: period.item(key))


def load(costs: Costs, today: date | None = None) -> Work:
    """Read what is agreed, cost the epics and value the outcomes in the period."""
    basis = costs.basis
    currency = basis.company.currency if basis.company is not None else ""
    agreed = agreeing.load(basis, currency)
    (parts, whole), months = _costed(costs, agreed)
    return Work(basis, agreed, parts, whole, months, booking.period(basis, agreed, today), today)


def _costed(
    costs: Costs, agreed: Agreed
) -> tuple[tuple[Mapping[Part, EpicCost], Mapping[str, EpicCost]], efforts.Known]:
    """What each epic cost by team and whole, and all the months of it."""
    about = costs, agreed.epics, agreed.values
    return efforts.costed(*about), efforts.every_month(*about)


def to_date(work: Work, costs: Costs) -> tuple[Work, Costs]:
    """The same with all cost that is known, also of months after the period.

    What an investment is worth, and whether to go on with it, does not depend on the period looked at.
    """
    basis = costs.basis
    if basis.span is None or basis.months is None or basis.span.last >= basis.months.last:
        return work, costs
    if not work.known_to_date:
        every = tying.load(replace(basis, span=Span(basis.span.first, basis.months.last)))
        (parts, whole), months = _costed(every, work.agreed)
        work.known_to_date.append((replace(work, parts=parts, costs=whole, months=months), every))
    return work.known_to_date[0]


def team_name(work: Work, key: str) -> str:
    """What a team is called."""
    return work.team_names.get(key, key)
