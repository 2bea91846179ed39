"""Epics and outcomes of one version: what each epic cost and how far each outcome's value is confirmed.

Value follows cost (rule V2): where a serving team's cost passes on to those it serves, its outcomes' value
passes on with it, by the same weights, month by month.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from roi.domain import outcomes as told
from roi.domain.figures import Figure, unknown
from roi.domain.money import MINOR_DIGITS
from roi.domain.periods import Span, month_of
from roi.domain.returns import Range, split_over_epics, split_range, total
from roi.domain.structure import Confirmation, Epic, Outcome, Team, Tick, Told
from roi.reports.basis import NO_COSTS, Basis
from roi.reports.costs import Costs, Teams, own_cost
from roi.reports.shapes import EpicRow, OutcomeRow
from roi.reports.structure import Group
from roi.reports.sums import Sums
from roi.store import read

OUTSIDE = "no month of the epic lies in the period"
OVER = "planned shares of this team are above 100% in some months and were scaled"


@dataclass(frozen=True, slots=True)
class Valued:
    """An outcome with its epic, its standing, and its confirmed value in the period.

    `value` is None when nothing counts, and `why_not` says why; `possible` is what one period could
    bring at the high end and is not confirmed yet (None: nobody can tell; 0 once confirmed).
    `by_month` holds the value of each month that counts; they sum to `value`.
    """

    outcome: Outcome
    epic: Epic
    standing: told.Standing
    state: str
    value: Range | None
    months: int
    why_not: str
    possible: int | None
    by_month: tuple[tuple[int, Range], ...] = ()

    @property
    def is_read(self) -> bool:
        """Whether it has a reading."""
        return self.outcome.actual is not None


@dataclass(frozen=True, slots=True)
class Booked:
    """A month of an outcome's confirmed value, with the team that books it."""

    item: Valued
    team: str
    month: int
    value: Range


@dataclass(frozen=True, slots=True)
class EpicCost:
    """An epic's cost since it started and in the period, with the team's cost of the same months.

    The team's cost is what reached it, serving teams' and overhead included, whether or not it passes on.
    """

    whole: Sums
    team_whole: int
    months: int
    in_period: Sums
    team_in_period: int
    months_in_period: int
    is_over: bool


@dataclass(frozen=True, slots=True)
class Work:
    """All epics with their costs and all outcomes with their values, at one version and period."""

    basis: Basis
    epics: tuple[Epic, ...]
    costs: dict[str, EpicCost]
    valued: tuple[Valued, ...]
    ticks: dict[str, dict[Tick, Confirmation]]
    today: date | None
    booked: tuple[Booked, ...] = ()
    weights: dict[str, dict[int, dict[str, int]]] = field(default_factory=dict)

    def of_teams(self, teams: Teams) -> tuple[Valued, ...]:
        """The outcomes of the epics of some teams, where they stand at the end of the period."""
        return tuple(item for item in self.valued if self._has(teams, item.epic.team))

    def epics_of(self, teams: Teams) -> tuple[Epic, ...]:
        """The epics of some teams, where they stand at the end of the period."""
        return tuple(epic for epic in self.epics if self._has(teams, epic.team))

    def booked_by(self, teams: Teams) -> list[Booked]:
        """The months of value that some teams book, after serving teams' value has passed on."""
        if isinstance(teams, Group):
            return [one for one in self.booked if teams.holds(one.team, one.month)]
        return [one for one in self.booked if one.team in teams]

    def _has(self, teams: Teams, team: str) -> bool:
        if team not in teams or not isinstance(teams, Group) or teams.months[team] is None:
            return team in teams
        return self.basis.span is None or teams.holds(team, self.basis.span.last)

    def takers(self, giver: str) -> dict[str, int]:
        """The weights by which a giver passed on last in the period; empty when it keeps what it has."""
        by_month = self.weights.get(giver, {})
        return by_month[max(by_month)] if by_month else {}


def load(costs: Costs, today: date | None = None) -> Work:
    """Read epics, outcomes and ticks, cost the epics and value the outcomes."""
    basis = costs.basis
    epics = read.epics(basis.cursor)
    by_key = {epic.key: epic for epic in epics}
    ticks: dict[str, dict[Tick, Confirmation]] = {}
    for tick in read.confirmations(basis.cursor):
        ticks.setdefault(tick.outcome, {})[tick.tick] = tick
    then = read.told_when_confirmed(basis.cursor)
    valued = []
    for outcome in read.outcomes(basis.cursor):
        epic, its_ticks = by_key[outcome.epic], ticks.get(outcome.key, {})
        its_then = {tick: then[outcome.key, tick] for tick in its_ticks if (outcome.key, tick) in then}
        standing = told.standing(Told(outcome, epic.delivered), its_ticks, its_then)
        valued.append(_value(basis, _in_company_currency(basis, outcome), epic, standing, today))
    weights = _weights(basis)
    booked = tuple(one for item in valued for one in _booked(item, weights.get(item.epic.team, {})))
    return Work(basis, epics, _epic_costs(costs, epics), tuple(valued), ticks, today, booked, weights)


def _weights(basis: Basis) -> dict[str, dict[int, dict[str, int]]]:
    """Giver, month, receiver: the weights by which cost, and so value, passes on in the period."""
    found: dict[str, dict[int, dict[str, int]]] = {}
    if basis.span is None:
        return found
    params = {"first": basis.span.first, "last": basis.span.last}
    for row in read.rows(basis.cursor, "platform_weights", params):
        by_month = found.setdefault(read.text(row["giver"]), {})
        takers = by_month.setdefault(read.whole(row["month"]), {})
        takers[read.text(row["receiver"])] = read.whole(row["weight"])
    return found


def _booked(item: Valued, weights: dict[int, dict[str, int]]) -> Iterator[Booked]:
    for month, value in item.by_month:
        takers = weights.get(month)
        if not takers:
            yield Booked(item, item.epic.team, month, value)
            continue
        for team, part in zip(takers, split_range(value, list(takers.values())), strict=True):
            yield Booked(item, team, month, part)


def _in_company_currency(basis: Basis, outcome: Outcome) -> Outcome:
    """A unit value without a currency is in the company's."""
    if outcome.currency or basis.company is None:
        return outcome
    return replace(outcome, currency=basis.company.currency)


def _value(basis: Basis, outcome: Outcome, epic: Epic, standing: told.Standing, today: date | None) -> Valued:
    state = told.state(outcome, epic, standing, today)
    last = standing.to_month or 0
    months = told.months_of_benefit(epic, last, basis.span) if basis.span else []
    why = _why_not(basis, outcome, epic, standing, months)
    month = None if why else told.measured_month(outcome)
    by_month = _by_month(basis, month, outcome.currency, months) if month else None
    if month and by_month is None:
        why = next(
            basis.rates.missing(outcome.currency, one)
            for one in months
            if basis.rates.amount(0, outcome.currency, one) is None
        )
    value = total(found for _, found in by_month) if by_month else None
    possible = 0 if standing.is_confirmed else _possible(basis, outcome, epic)
    return Valued(outcome, epic, standing, state, value, len(months), why, possible, tuple(by_month or ()))


def _by_month(
    basis: Basis, month: Range, currency: str, months: Sequence[int]
) -> list[tuple[int, Range]] | None:
    """A month's value in each month, in the report's currency; None where a rate is missing."""
    if currency == basis.currency:
        return [(one, month) for one in months]
    found = []
    for one in months:
        ends = [basis.rates.amount(end, currency, one) for end in (month.low, month.likely, month.high)]
        low, likely, high = ends
        if low is None or likely is None or high is None:
            return None
        found.append((one, Range(low, likely, high)))
    return found


def _why_not(
    basis: Basis, outcome: Outcome, epic: Epic, standing: told.Standing, months: Sequence[int]
) -> str:
    """Why an outcome has no confirmed value in this period; empty when it has."""
    if standing.why_not:
        return standing.why_not
    if standing.is_own_word:
        return "self-confirmed: the owner confirmed it; somebody else in finance has to"
    if outcome.currency != basis.currency and not (basis.is_converted and outcome.currency in MINOR_DIGITS):
        named = outcome.currency or "no currency"
        return f"its value is in {named}, which is not converted to {basis.currency} yet"
    if basis.span is None:
        return NO_COSTS
    if epic.delivered is None:
        return "its epic is not delivered yet"
    return "" if months else f"no confirmed month lies in {basis.span.label}"


def _possible(basis: Basis, outcome: Outcome, epic: Epic) -> int | None:
    """The high end of what the period could still bring if everything that is open came and was confirmed."""
    if not told.is_cash(outcome) or basis.span is None:
        return 0
    month = told.measured_month(outcome) if outcome.actual is not None else told.expected_month(outcome)
    if month is None or not (basis.is_converted or outcome.currency == basis.currency):
        return None
    months = told.months_of_benefit(epic, basis.span.last, basis.span)
    found = _by_month(basis, month, outcome.currency, months)
    return None if found is None else max(total(value for _, value in found).high, 0)


def _epic_costs(costs: Costs, epics: tuple[Epic, ...]) -> dict[str, EpicCost]:
    """Each team's month over its epics and the rest; only months that have cost are counted.

    A month whose cost is not known makes the epic's cost not known (law T3).
    """
    found = {epic.key: EpicCost(Sums(), 0, 0, Sums(), 0, 0, is_over=False) for epic in epics}
    for team in sorted({epic.team for epic in epics}):
        own = [epic for epic in epics if epic.team == team]
        for month, sums in sorted(costs.gross_by_month({team}).items()):
            running = [epic for epic in own if _runs_in(epic, month)]
            if running:
                split = split_over_epics(sums.amount, [epic.planned_share for epic in running])
                for epic, part in zip(running, split.parts, strict=True):
                    is_in = costs.basis.span is not None and costs.basis.span.holds(month)
                    found[epic.key] = _plus(
                        found[epic.key],
                        Sums(part, sums.lines, sums.unknown),
                        sums.amount,
                        is_in=is_in,
                        is_over=split.is_over,
                    )
    return found


def _runs_in(epic: Epic, month: int) -> bool:
    return month_of(epic.started) <= month and (epic.delivered is None or month <= month_of(epic.delivered))


def _plus(cost: EpicCost, part: Sums, team: int, *, is_in: bool, is_over: bool) -> EpicCost:
    """The epic's cost with one month more."""
    return EpicCost(
        cost.whole.plus(part),
        cost.team_whole + team,
        cost.months + 1,
        cost.in_period.plus(part) if is_in else cost.in_period,
        cost.team_in_period + team * is_in,
        cost.months_in_period + is_in,
        cost.is_over or is_over,
    )


def epic_cost(work: Work, epic: Epic, *, in_period: bool = False) -> Figure:
    """The epic's cost since it started, or in the period; unknown when its team has no cost in its months."""
    found = work.costs[epic.key]
    cost, team, months = (
        (found.in_period, found.team_in_period, found.months_in_period)
        if in_period
        else (found.whole, found.team_whole, found.months)
    )
    keys = work.basis.keys(team=epic.team, epic=epic.key)
    if not months:
        why = OUTSIDE if in_period and found.months else "its team has no cost in the epic's months"
        return unknown("epic_cost", why, currency=work.basis.currency, scope=keys)
    if cost.unknown:
        return unknown("epic_cost", cost.reason, currency=work.basis.currency, scope=keys)
    inputs = (
        ("planned_share", epic.planned_share),
        ("team_cost", team),
        ("months", months),
        ("epic_cost", cost.amount),
    )
    reason = OVER if found.is_over else _gaps(work.basis, epic, found.months)
    return Figure("epic_cost", cost.amount, reason, currency=work.basis.currency, inputs=inputs, scope=keys)


def _gaps(basis: Basis, epic: Epic, months: int) -> str:
    """That some months of the epic have no cost of its team yet; empty when all have."""
    if basis.span is None:
        return ""
    last = basis.span.last if epic.delivered is None else min(month_of(epic.delivered), basis.span.last)
    every = len(Span(month_of(epic.started), last).months)
    return f"its team has cost in {months} of the epic's {every} months" if months < every else ""


def rest(work: Work, costs: Costs, team: Team) -> Figure:
    """What of the team's cost in the period no epic plans: run, unplanned, unassigned (rule V22)."""
    keys, currency = work.basis.keys(team=team.key), work.basis.currency
    cost = costs.of_period(costs.gross_by_month({team.key}))
    why = cost.reason or ("" if cost.lines or cost.amount else own_cost(costs, {team.key}).reason)
    if why:
        return unknown("unplanned_cost", why, currency=currency, scope=keys)
    planned = sum(work.costs[epic.key].in_period.amount for epic in work.epics_of({team.key}))
    inputs = (("team_cost", cost.amount), ("epic_cost", planned), ("unplanned", cost.amount - planned))
    return Figure("unplanned_cost", cost.amount - planned, currency=currency, inputs=inputs, scope=keys)


def epic_rows(work: Work, teams: Teams) -> tuple[EpicRow, ...]:
    """Epics of some teams by start, newest first, each with its outcomes."""
    names = {team.key: team.name for team in work.basis.teams}
    return tuple(
        EpicRow(
            epic,
            names[epic.team],
            epic_cost(work, epic),
            tuple(outcome_row(work, item) for item in work.valued if item.epic.key == epic.key),
            epic_cost(work, epic, in_period=True),
        )
        for epic in sorted(work.epics_of(teams), key=lambda epic: (-epic.started.toordinal(), epic.key))
    )


def outcome_row(work: Work, item: Valued) -> OutcomeRow:
    """One outcome as pages show it."""
    outcome, epic = item.outcome, item.epic
    names = {team.key: team.name for team in work.basis.teams}
    late = told.days_late(outcome, epic, work.today)
    ticks = work.ticks.get(outcome.key, {})
    return OutcomeRow(
        outcome,
        epic.name,
        epic.team,
        names[epic.team],
        item.state,
        told.due_on(outcome, epic),
        max(late or 0, 0),
        told.progress(outcome),
        told.landed(outcome),
        outcome_value(work.basis, item),
        tuple(
            (tick.value, ticks[tick].confirmed_by, ticks[tick].confirmed_on) for tick in Tick if tick in ticks
        ),
        item.why_not,
        _month_figure("measured_month", item, told.measured_month(outcome)),
        _month_figure("expected_month", item, told.expected_month(outcome)),
    )


def outcome_value(basis: Basis, item: Valued) -> Figure:
    """The outcome's confirmed value in the period with its range, or why there is none."""
    keys = basis.keys(team=item.epic.team, outcome=item.outcome.key)
    month = told.measured_month(item.outcome)
    if item.value is None or month is None:
        return unknown("outcome_value", item.why_not, currency=basis.currency, scope=keys)
    is_foreign = item.outcome.currency != basis.currency
    shown = item.by_month[-1][1].likely if item.by_month else month.likely
    inputs = (("per_month", shown), ("months", item.months), ("confirmed", item.value.likely))
    return Figure(
        "outcome_value",
        item.value.likely,
        f"from {item.outcome.currency}, each month at its average rate" if is_foreign else "",
        low=item.value.low,
        high=item.value.high,
        currency=basis.currency,
        inputs=inputs,
        scope=keys,
    )


def _month_figure(figure_id: str, item: Valued, month: Range | None) -> Figure:
    """Measured or expected value of a month, in the outcome's own currency."""
    keys = (("outcome", item.outcome.key),)
    if month is None:
        why = (
            "not read yet" if figure_id == "measured_month" and not item.is_read else "no unit value or share"
        )
        return unknown(figure_id, why, currency=item.outcome.currency, scope=keys)
    return Figure(
        figure_id,
        month.likely,
        low=month.low,
        high=month.high,
        currency=item.outcome.currency,
        inputs=(("per_month", month.likely),),
        scope=keys,
    )


def confirmed_span(item: Valued, span: Span | None) -> int | None:
    """The last month of the period that this outcome's confirmed value covers."""
    if item.value is None or span is None or item.standing.to_month is None:
        return None
    return min(item.standing.to_month, span.last)
