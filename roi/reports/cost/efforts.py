"""What each epic cost each of its teams: a team's month over its running epics and the rest (rules V3, V22).

A month is split by planned shares, or by item-days where a log holds the team's month; what no epic takes is
run, unplanned and unassigned. Nothing is lost; a month whose cost is not known makes the epic's not known.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from roi.domain.benefits import over_teams
from roi.domain.money import SHARE_WHOLE, largest_remainder
from roi.domain.periods import LAST_MONTH, Span, month_of
from roi.domain.returns import split_over_epics
from roi.domain.structure import Epic
from roi.domain.value import EpicTeam, Values
from roi.reports.cost.costs import PASSED_ON, Costs
from roi.reports.ground import kept
from roi.reports.ground.sums import NOTHING, Sums
from roi.reports.shapes.lazy import Lazy

ON = (kept.COST, kept.EPICS)
"""What epics' costs rest on: no reading and no tick moves them."""

Part = tuple[str, str]
"""An epic and one of its teams."""


class EpicCost(NamedTuple):
    """An epic's cost since it started and in the period, with the team's cost of the same months.

    The team's cost is what reached it, serving teams' and overhead included, whether or not it passes on;
    `net_in_period` is what stays with the team. `by_days` counts months split by item-days.
    """

    whole: Sums = NOTHING
    team_whole: int = 0
    months: int = 0
    in_period: Sums = NOTHING
    team_in_period: int = 0
    months_in_period: int = 0
    is_over: bool = False
    net_in_period: Sums = NOTHING
    by_days: int = 0
    last_month: int = 0
    last_cost: int = 0
    by_month: tuple[tuple[int, int], ...] = ()

    def plus(self, other: "EpicCost") -> "EpicCost":
        """Both together, as of two teams of one epic."""
        return EpicCost(
            self.whole.plus(other.whole),
            self.team_whole + other.team_whole,
            max(self.months, other.months),
            self.in_period.plus(other.in_period),
            self.team_in_period + other.team_in_period,
            max(self.months_in_period, other.months_in_period),
            self.is_over or other.is_over,
            self.net_in_period.plus(other.net_in_period),
            max(self.by_days, other.by_days),
            max(self.last_month, other.last_month),
            self.last_cost + other.last_cost,
            _both_months(self.by_month, other.by_month),
        )


NO_COST = EpicCost()


def teams_of(values: Values, epic: Epic) -> tuple[EpicTeam, ...]:
    """The teams of an epic with planned share and frozen effort; its own team alone when none are named."""
    return values.epic_teams.get(epic.key) or (
        EpicTeam(epic.key, epic.team, epic.planned_share, SHARE_WHOLE),
    )


def over(values: Values, epic: Epic, amount: int) -> dict[str, int]:
    """What of an amount each team of the epic counts, by frozen effort; they sum to it (rule V3)."""
    named = values.epic_teams.get(epic.key)
    if not named:
        return {epic.team: amount}
    effort = {one.team: one.effort for one in named}
    found = over_teams(amount, effort)
    return {team or epic.team: part for team, part in found.items()}


def costed(
    costs: Costs, epics: Sequence[Epic], values: Values
) -> tuple[Mapping[Part, EpicCost], Mapping[str, EpicCost]]:
    """What each epic cost each of its teams, and all of them; only months that have cost are counted.

    A month is split once for each version of a store; what a period holds of an epic is added when it is
    asked for, and kept.
    """
    basis, months = costs.basis, every_month(costs, epics, values)
    shown = basis.currency, basis.is_converted, basis.at_standard_rates
    return kept.once(basis, "epic costs", (*shown, basis.span), lambda: in_span(months, basis.span), ON)


def months_of(costs: Costs, epics: Sequence[Epic], values: Values, part: Part) -> Sequence["Month"]:
    """The months with cost of an epic's team, in order of time: also those after the period."""
    return every_month(costs, epics, values).months.get(part, ())


def every_month(costs: Costs, epics: Sequence[Epic], values: Values) -> "Known":
    """Every month with cost of each epic's teams: the same for all periods."""
    basis, source = costs.basis, costs.furthest or costs
    shown = basis.currency, basis.is_converted, basis.at_standard_rates
    ends = source.basis.span.last if source.basis.span else 0
    return kept.once(basis, "epic months", (*shown, ends), lambda: _known(source, epics, values), ON)


@dataclass(frozen=True, slots=True)
class Known:
    """Every month of each epic's teams up to a last one, and the teams of each epic that have some.

    `ended` keeps the cost of those that end before a period begins.
    """

    months: Mapping[Part, Sequence["Month"]]
    teams: Mapping[str, Sequence[str]]
    last: int
    ended: dict[Part, EpicCost] = field(default_factory=dict)

    def of(self, part: Part, span: Span | None) -> EpicCost:
        """The cost of a part up to the end of the period, and in it."""
        its = self.months[part]
        if its and span is not None and its[-1].month >= span.first:
            return _tallied(its, span) if its[0].month <= span.last else NO_COST
        if part not in self.ended:
            self.ended[part] = _tallied(its, None)
        return self.ended[part]


def _known(costs: Costs, epics: Sequence[Epic], values: Values) -> Known:
    months = _months(costs, epics, values)
    teams: dict[str, list[str]] = {epic.key: [] for epic in epics}
    for epic, team in months:
        teams[epic].append(team)
    return Known(months, teams, costs.basis.span.last if costs.basis.span else 0)


def in_span(known: Known, span: Span | None) -> tuple[Mapping[Part, EpicCost], Mapping[str, EpicCost]]:
    """What each epic cost each of its teams, and all of them: each is added when it is asked for."""
    parts = Lazy(known.months, lambda part, _: known.of(part, span))
    return parts, Lazy(known.teams, lambda epic, teams: _together([parts[epic, team] for team in teams]))


def _together(parts: Sequence[EpicCost]) -> EpicCost:
    found = NO_COST
    for part in parts:
        found = found.plus(part) if found is not NO_COST else part
    return found


def _tallied(months: Sequence["Month"], span: Span | None) -> EpicCost:
    """The cost of months up to the end of the period (None: of all), and of those in the period."""
    tally = _Tally()
    for one in months:
        if span is None or one.month <= span.last:
            tally.add(one, is_in=span is not None and one.month >= span.first)
    return tally.done()


def _months(costs: Costs, epics: Sequence[Epic], values: Values) -> dict[Part, list["Month"]]:
    """Each epic's and team's months with cost, in order of time."""
    by_key = {epic.key: epic for epic in epics}
    planned: dict[str, list[_Planned]] = {}
    found: dict[Part, list[Month]] = {}
    for epic in epics:
        first, last = month_of(epic.started), last_month(epic, values)
        for one in teams_of(values, epic):
            planned.setdefault(one.team, []).append((epic.key, one.planned_share, first, last))
            found[epic.key, one.team] = []
    days = _days(values)
    for team in sorted({*planned, *days}):
        gross = sorted(costs.gross_by_month({team}).items())
        passed = costs.hop_by_month(PASSED_ON, {team})
        running = _running(planned.get(team, ()), [month for month, _ in gross])
        for month, sums in gross:
            split = _split(sums.amount, running.get(month, ()), days.get(team, {}).get(month, {}), by_key)
            for key, part in _parted(month, sums, passed.get(month, NOTHING), split):
                found.setdefault((key, team), []).append(part)
    return found


def _running(planned: Sequence["_Planned"], months: Sequence[int]) -> dict[int, list[tuple[str, int]]]:
    """The epics that run in each of a team's months, with their planned shares."""
    found: dict[int, list[tuple[str, int]]] = {}
    for key, share, first, last in planned:
        for month in months[bisect_left(months, first) : bisect_right(months, last)]:
            found.setdefault(month, []).append((key, share))
    return found


_Planned = tuple[str, int, int, int]
"""An epic, its planned share of the team, and its first and last month."""


def last_month(epic: Epic, values: Values) -> int:
    """The month in which it was delivered or ended; far away while it runs."""
    plan = values.epic_plans.get(epic.key)
    ends = [day for day in (epic.delivered, plan.ended_on if plan else None) if day is not None]
    return month_of(min(ends)) if ends else LAST_MONTH


def _days(values: Values) -> dict[str, dict[int, dict[str, int]]]:
    """Team, month, epic to item-days; epic empty: run and unplanned."""
    found: dict[str, dict[int, dict[str, int]]] = {}
    for one in values.efforts:
        if one.milli_days > 0:
            by_epic = found.setdefault(one.team, {}).setdefault(one.month, {})
            by_epic[one.epic] = by_epic.get(one.epic, 0) + one.milli_days
    return found


class _Parts(NamedTuple):
    """A month of a team over epics: epic and amount."""

    parts: tuple[tuple[str, int], ...]
    is_over: bool = False
    by_days: bool = False


def _split(
    amount: int, running: Sequence[tuple[str, int]], days: Mapping[str, int], known: Collection[str]
) -> _Parts:
    if days:
        keys = sorted(days)
        amounts = largest_remainder(amount, [days[key] for key in keys])
        its = zip(keys, amounts, strict=True)
        return _Parts(tuple((key, part) for key, part in its if key in known), by_days=True)
    if not running:
        return _Parts(())
    split = split_over_epics(amount, [share for _, share in running])
    keyed = zip((key for key, _ in running), split.parts, strict=True)
    return _Parts(tuple(keyed), is_over=split.is_over)


class Month(NamedTuple):
    """A month of an epic's team: the epic's part, what of it stays with the team, and all that reached it."""

    month: int
    part: int
    net: int
    gross: Sums
    is_over: bool
    by_days: bool


def _parted(month: int, gross: Sums, passed: Sums, split: _Parts) -> Iterator[tuple[str, Month]]:
    """The month's parts; what is passed on leaves each part in proportion, and what stays is net."""
    nets = [part for _, part in split.parts]
    if passed.amount and nets:
        whole = [*nets, gross.amount - sum(nets)]
        sizes = [abs(part) for part in whole]
        nets = largest_remainder(gross.amount - passed.amount, sizes)[:-1] if sum(sizes) else nets
    for (epic, part), net in zip(split.parts, nets, strict=True):
        yield epic, Month(month, part, net, gross, split.is_over, split.by_days)


@dataclass(slots=True)
class _Tally:
    """An epic's cost of one team in the making."""

    whole: int = 0
    lines: int = 0
    unknown: tuple[str, ...] = ()
    team_whole: int = 0
    months: int = 0
    in_period: int = 0
    lines_in: int = 0
    unknown_in: tuple[str, ...] = ()
    team_in: int = 0
    months_in: int = 0
    net: int = 0
    is_over: bool = False
    by_days: int = 0
    last_month: int = 0
    last_cost: int = 0
    by_month: list[tuple[int, int]] = field(default_factory=list)

    def add(self, one: Month, *, is_in: bool) -> None:
        """One month more, and whether it lies in the period."""
        gross, part = one.gross, one.part
        self.whole += part
        self.lines += gross.lines
        self.team_whole += gross.amount
        self.months += 1
        if gross.unknown:
            self.unknown = _both(self.unknown, gross.unknown)
        self.last_month, self.last_cost = one.month, part
        self.by_month.append((one.month, part))
        self.is_over = self.is_over or one.is_over
        self.by_days += one.by_days
        if is_in:
            self._add_in(one)

    def _add_in(self, one: Month) -> None:
        self.in_period += one.part
        self.lines_in += one.gross.lines
        self.team_in += one.gross.amount
        self.months_in += 1
        self.net += one.net
        if one.gross.unknown:
            self.unknown_in = _both(self.unknown_in, one.gross.unknown)

    def done(self) -> EpicCost:
        """As it is read."""
        return EpicCost(
            Sums(self.whole, self.lines, self.unknown),
            self.team_whole,
            self.months,
            Sums(self.in_period, self.lines_in, self.unknown_in),
            self.team_in,
            self.months_in,
            self.is_over,
            Sums(self.net, self.lines_in, self.unknown_in),
            self.by_days,
            self.last_month,
            self.last_cost,
            tuple(self.by_month),
        )


def _both(first: tuple[str, ...], second: tuple[str, ...]) -> tuple[str, ...]:
    return first if not second or second == first else tuple(dict.fromkeys((*first, *second)))


def _both_months(
    first: Sequence[tuple[int, int]], second: Sequence[tuple[int, int]]
) -> tuple[tuple[int, int], ...]:
    months = dict(first)
    for month, amount in second:
        months[month] = months.get(month, 0) + amount
    return tuple(sorted(months.items()))
