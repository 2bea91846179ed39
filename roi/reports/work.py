"""Epics and outcomes of one version: what each epic cost and what each outcome brings whom.

An outcome's value goes to its epic's teams by frozen effort (rule V3). Value then follows cost (rule V2):
where a serving team's cost passes on to those it serves, its value passes on by the same weights, month by
month. Ranges of any group come from the draws of its parts (rule V19).
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from typing import TypeVar

from roi.domain import chains
from roi.domain import outcomes as told
from roi.domain.figures import Figure, unknown
from roi.domain.periods import Span, month_name, month_of
from roi.domain.returns import Range
from roi.domain.structure import Confirmation, Epic, Team, Tick
from roi.domain.value import EpicTeam, Values
from roi.reports import agreeing, booking, draws, efforts, kept, ticks, tying, valued
from roi.reports.agreed import Agreed
from roi.reports.basis import Basis
from roi.reports.booking import ASSUMED, CONFIRMED, EXPECTED, KINDS, Booked, Period, Sums
from roi.reports.costs import Costs, Teams, own_cost
from roi.reports.draws import LATEST, PROMISED, Drawn
from roi.reports.efforts import NO_COST, EpicCost, Part
from roi.reports.shapes import EpicRow, OutcomeRow
from roi.reports.structure import Group
from roi.reports.valued import Amount, Valued

__all__ = [
    "ASSUMED",
    "CONFIRMED",
    "EXPECTED",
    "KINDS",
    "Booked",
    "Work",
    "confirmed_span",
    "epic_cost",
    "epic_row",
    "epic_rows",
    "load",
    "outcome_row",
    "outcome_value",
    "rest",
    "team_name",
    "to_date",
]

T = TypeVar("T")

OUTSIDE = "no month of the epic lies in the period"
OVER = "planned shares of this team are above 100% in some months and were scaled"
BY_DAYS = "by item-days of its log in {} of {} months, else by planned share"


@dataclass(frozen=True)
class Work:
    """All epics with their costs and all outcomes with their values, at one version and period.

    `parts` are an epic's costs by team, `costs` by epic. `period` holds the outcomes and, by kind (confirmed,
    assumed, expected) and team, their months before and after value follows cost. The rest is kept for who
    asks again; `explained` is by epic what its readings explain (see `loop`).
    """

    basis: Basis
    agreed: Agreed
    parts: Mapping[Part, EpicCost]
    costs: Mapping[str, EpicCost]
    period: Period
    today: date | None
    explained: dict[str, Mapping[str, Figure]] = field(default_factory=dict, init=False)
    known_to_date: list[tuple["Work", Costs]] = field(default_factory=list, init=False)
    _of_teams: dict[int, tuple[Teams, tuple[Valued, ...]]] = field(default_factory=dict, init=False)

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
        """The seeded draws that every range comes from."""
        return draws.of(self.agreed)

    @cached_property
    def by_key(self) -> Mapping[str, Valued]:
        """Every outcome by its key."""
        return {item.outcome.key: item for item in self.valued}

    @cached_property
    def of_epic(self) -> Mapping[str, tuple[Valued, ...]]:
        """The outcomes of each epic, the links of a chain in its order (rule V9)."""
        found: dict[str, list[Valued]] = {}
        for item in self.valued:
            found.setdefault(item.epic.key, []).append(item)
        links = {key: plan.leads_to for key, plan in self.values.plans.items() if plan.leads_to}
        return {key: _in_order(items, links) for key, items in found.items()}

    @cached_property
    def epic_by_key(self) -> Mapping[str, Epic]:
        """Every epic by its key."""
        return {epic.key: epic for epic in self.epics}

    @cached_property
    def team_names(self) -> Mapping[str, str]:
        """What each team is called."""
        return {team.key: team.name for team in self.basis.teams}

    @cached_property
    def _epics_by_team(self) -> Mapping[str, tuple[Epic, ...]]:
        found: dict[str, list[Epic]] = {}
        for epic in self.epics:
            for one in self.teams_of(epic):
                found.setdefault(one.team, []).append(epic)
        return {team: tuple(its) for team, its in found.items()}

    def teams_of(self, epic: Epic) -> tuple[EpicTeam, ...]:
        """The teams of an epic with their planned shares and frozen effort."""
        return efforts.teams_of(self.values, epic)

    def of_teams(self, teams: Teams) -> tuple[Valued, ...]:
        """The outcomes of the epics that some teams work on, each once; teams as at the end of the period."""
        if id(teams) in self._of_teams:
            return self._of_teams[id(teams)][1]
        found = tuple(item for epic in self.epics_of(teams) for item in self.of_epic.get(epic.key, ()))
        self._of_teams[id(teams)] = teams, found
        return found

    def epics_of(self, teams: Teams) -> tuple[Epic, ...]:
        """The epics that some teams work on, each once; teams where they stand at the end of the period."""
        found: dict[str, Epic] = {}
        for team in teams:
            its = self._epics_by_team.get(team)
            if its and self._has(teams, team):
                found.update({epic.key: epic for epic in its})
        return tuple(found[key] for key in sorted(found))

    def parts_of(self, teams: Teams) -> Iterator[tuple[Epic, EpicCost]]:
        """Each epic's cost of each of some teams."""
        for team in teams:
            its = self._epics_by_team.get(team)
            if its and self._has(teams, team):
                for epic in its:
                    yield epic, self.parts.get((epic.key, team), NO_COST)

    def booked_by(self, teams: Teams, kind: str = CONFIRMED) -> list[Booked]:
        """The months of value that some teams book, after serving teams' value has passed on."""
        return booking.of_teams(self.period.booked.get(kind, {}), teams)

    def own_of(self, teams: Teams, kind: str = CONFIRMED) -> list[Booked]:
        """The months of value of the teams' own epics, before any of it passes on."""
        return booking.of_teams(self.period.own.get(kind, {}), teams)

    def summed(self, teams: Teams, kinds: Sequence[str], which: str, *, own: bool = False) -> Sums:
        """What some teams book by outcome and level: cash, judged, protected; `own`: before it passes on."""
        books = self.period.own if own else self.period.booked
        return self.period.sums_of([books.get(kind, {}) for kind in kinds], teams, which)

    def of_its_teams(self, epic: Epic, name: tuple[object, ...], make: Callable[[], T]) -> T:
        """What rests on an epic, its outcomes and its teams' costs alone: kept while nothing touches them."""
        basis = self.basis
        teams = frozenset(one.team for one in self.teams_of(epic))
        if basis.kept_at is None:
            return make()
        return self.period.row((teams, (epic.key, *name, *self._seen)), make)

    @cached_property
    def _seen(self) -> tuple[object, ...]:
        return (*self.basis.looked_at, *kept.state(self.basis, efforts.ON))

    def range_in(self, sums: Sums) -> Range:
        """P10, likely and P90 of minor units by outcome and level."""
        return self.draws.range(sums.items(), sum(sums.values()))

    def range_of(self, booked: Iterable[Booked]) -> Range:
        """P10, likely and P90 of months of value, from their draws."""
        found = list(booked)
        likely = sum(one.amount for one in found)
        return self.draws.range(((one.key, one.amount) for one in found), likely)

    def amounts_range(self, item: Valued, amounts: Sequence[Amount]) -> Range:
        """P10, likely and P90 of months of one outcome."""
        likely = sum(one.amount for one in amounts)
        return self.draws.range((((item.outcome.key, one.level), one.amount) for one in amounts), likely)

    def _has(self, teams: Teams, team: str) -> bool:
        if team not in teams or not isinstance(teams, Group) or teams.months[team] is None:
            return team in teams
        return self.basis.span is None or teams.holds(team, self.basis.span.last)


def _in_order(items: Sequence[Valued], links: Mapping[str, str]) -> tuple[Valued, ...]:
    if len(items) < 2:
        return tuple(items)
    by_key = {item.outcome.key: item for item in items}
    return tuple(by_key[key] for key in chains.in_order(by_key, links))


def load(costs: Costs, today: date | None = None) -> Work:
    """Read what is agreed, cost the epics and value the outcomes in the period."""
    basis = costs.basis
    currency = basis.company.currency if basis.company is not None else ""
    agreed = agreeing.load(basis, currency)
    epics = {epic.key: epic for epic in agreed.epics}
    parts, whole = _costed(costs, agreed)
    return Work(basis, agreed, parts, whole, booking.period(basis, agreed, epics, today), today)


def _costed(costs: Costs, agreed: Agreed) -> tuple[dict[Part, EpicCost], dict[str, EpicCost]]:
    """Epics' costs by team, and whole."""
    parts = efforts.costs_by_part(costs, agreed.epics, agreed.values)
    whole: dict[str, EpicCost] = {epic.key: NO_COST for epic in agreed.epics}
    for (epic, _), cost in parts.items():
        whole[epic] = whole[epic].plus(cost) if whole[epic] is not NO_COST else cost
    return parts, whole


def to_date(work: Work, costs: Costs) -> tuple[Work, Costs]:
    """The same with all cost that is known, also of months after the period.

    What an investment is worth, and whether to go on with it, does not depend on the period looked at.
    """
    basis = costs.basis
    if basis.span is None or basis.months is None or basis.span.last >= basis.months.last:
        return work, costs
    if not work.known_to_date:
        every = tying.load(replace(basis, span=Span(basis.span.first, basis.months.last)))
        parts, whole = _costed(every, work.agreed)
        work.known_to_date.append((replace(work, parts=parts, costs=whole), every))
    return work.known_to_date[0]


# Figures


def epic_cost(work: Work, epic: Epic, *, in_period: bool = False, team: str = "") -> Figure:
    """The epic's cost since it started, or in the period; unknown when its teams have no cost in its months.

    With `team`, that team's part of it.
    """
    found = work.parts.get((epic.key, team), NO_COST) if team else work.costs[epic.key]
    cost, teams_cost, months = (
        (found.in_period, found.team_in_period, found.months_in_period)
        if in_period
        else (found.whole, found.team_whole, found.months)
    )
    keys = work.basis.keys(team=team or epic.team, epic=epic.key)
    if not months:
        why = OUTSIDE if in_period and found.months else "its team has no cost in the epic's months"
        return unknown("epic_cost", why, currency=work.basis.currency, scope=keys)
    if cost.unknown:
        return unknown("epic_cost", cost.reason, currency=work.basis.currency, scope=keys)
    inputs = (
        ("planned_share", _planned(work, epic, team)),
        ("team_cost", teams_cost),
        ("months", months),
        ("epic_cost", cost.amount),
    )
    reason = _noted(work, epic, found)
    return Figure("epic_cost", cost.amount, reason, currency=work.basis.currency, inputs=inputs, scope=keys)


def _planned(work: Work, epic: Epic, team: str) -> int:
    its = work.teams_of(epic)
    return sum(one.planned_share for one in its if not team or one.team == team)


def _noted(work: Work, epic: Epic, found: EpicCost) -> str:
    """What has to be known of how the cost was split; empty when nothing has."""
    if found.is_over:
        return OVER
    if found.by_days:
        return BY_DAYS.format(found.by_days, found.months)
    return _gaps(work, epic, found.months)


def _gaps(work: Work, epic: Epic, months: int) -> str:
    """That some months of the epic have no cost of its team yet; empty when all have."""
    span = work.basis.span
    if span is None:
        return ""
    last = min(efforts.last_month(epic, work.values), span.last)
    every = len(Span(month_of(epic.started), last).months)
    return f"its team has cost in {months} of the epic's {every} months" if months < every else ""


def rest(work: Work, costs: Costs, team: Team) -> Figure:
    """What of the team's cost in the period no epic takes: run, unplanned, unassigned (rule V22)."""
    keys, currency = work.basis.keys(team=team.key), work.basis.currency
    cost = costs.of_period(costs.gross_by_month({team.key}))
    why = cost.reason or ("" if cost.lines or cost.amount else own_cost(costs, {team.key}).reason)
    if why:
        return unknown("unplanned_cost", why, currency=currency, scope=keys)
    planned = sum(part.in_period.amount for _, part in work.parts_of({team.key}))
    inputs = (("team_cost", cost.amount), ("epic_cost", planned), ("unplanned", cost.amount - planned))
    return Figure("unplanned_cost", cost.amount - planned, currency=currency, inputs=inputs, scope=keys)


def epic_rows(work: Work, teams: Teams, team: str = "") -> tuple[EpicRow, ...]:
    """Epics of some teams by start, newest first; with `team` its part of their cost in the period."""
    return tuple(
        epic_row(work, epic, team)
        for epic in sorted(work.epics_of(teams), key=lambda epic: (-epic.started.toordinal(), epic.key))
    )


def epic_row(work: Work, epic: Epic, team: str = "") -> EpicRow:
    """One epic with its outcomes and its cost; with `team` that team's part of its cost in the period."""
    return EpicRow(
        epic,
        team_name(work, epic.team),
        epic_cost(work, epic),
        tuple(outcome_row(work, item) for item in work.of_epic.get(epic.key, ())),
        epic_cost(work, epic, in_period=True, team=team),
    )


def team_name(work: Work, key: str) -> str:
    """What a team is called."""
    return work.team_names.get(key, key)


def outcome_row(work: Work, item: Valued) -> OutcomeRow:
    """One outcome as pages show it."""
    outcome, epic = item.outcome, item.epic
    due = valued.next_due(work.agreed, item.claim, epic)
    late = (work.today - due.on).days if due is not None and work.today is not None else 0
    given = work.ticks.get(outcome.key, {})
    return OutcomeRow(
        outcome,
        epic.name,
        epic.team,
        team_name(work, epic.team),
        item.state,
        due.on if due is not None else None,
        max(late, 0),
        told.progress(outcome),
        told.landed(outcome),
        outcome_value(work, item),
        tuple(
            (tick.value, given[tick].confirmed_by, given[tick].confirmed_on) for tick in Tick if tick in given
        ),
        item.why_not,
        _month_figure(work, "measured_month", item, LATEST),
        _month_figure(work, "expected_month", item, PROMISED),
        ticks.stopped(item),
    )


def outcome_value(work: Work, item: Valued) -> Figure:
    """The outcome's confirmed value in the period with its range, or why there is none."""
    basis = work.basis
    keys = basis.keys(team=item.epic.team, outcome=item.outcome.key)
    if item.value is None:
        return unknown("outcome_value", item.why_not, currency=basis.currency, scope=keys)
    found = work.amounts_range(item, (*item.by_month, *item.trued_up))
    each = _per_month(item)
    apart = item.value - each * item.months
    inputs = (("per_month", each), ("months", item.months), ("apart", apart), ("confirmed", item.value))
    return Figure(
        "outcome_value",
        item.value,
        _value_notes(item, basis.currency),
        low=found.low,
        high=found.high,
        currency=basis.currency,
        inputs=inputs,
        scope=keys,
    )


def _per_month(item: Valued) -> int:
    return item.by_month[-1].amount if item.by_month else 0


def _value_notes(item: Valued, currency: str) -> str:
    """What has to be known of it: where its money comes from, and what of it is about closed months."""
    is_foreign = item.outcome.currency != currency
    told_rate = f"from {item.outcome.currency}, each month at its average rate" if is_foreign else ""
    booked = sorted({one.month for one in item.trued_up})
    told_late = f"closed months trued up in {', '.join(map(month_name, booked))}" if booked else ""
    return "; ".join(one for one in (told_rate, told_late) if one)


def _month_figure(work: Work, figure_id: str, item: Valued, level: int) -> Figure:
    """Measured or expected value of a month, in the outcome's own currency."""
    keys = (("outcome", item.outcome.key),)
    amount = valued.month_at(work.agreed, item.claim, level)
    if amount is None:
        why = "not read yet" if level == LATEST and not item.is_read else "no unit value or share"
        return unknown(figure_id, why, currency=item.outcome.currency, scope=keys)
    found = work.draws.range([((item.outcome.key, level), amount)], amount)
    return Figure(
        figure_id,
        amount,
        low=found.low,
        high=found.high,
        currency=item.outcome.currency,
        inputs=(("per_month", amount),),
        scope=keys,
    )


def confirmed_span(item: Valued, span: Span | None) -> int | None:
    """The last month of the period that this outcome's confirmed value covers."""
    return item.by_month[-1].month if item.by_month and span is not None else None
