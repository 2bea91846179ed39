"""Epics and outcomes as pages show them: their figures, states, and why one is missing."""

from roi.domain import outcomes as told
from roi.domain.figures import Figure, unknown
from roi.domain.periods import month_name, month_of, months_between, short_month
from roi.domain.structure import Epic, Team, Tick
from roi.reports.booked import capped
from roi.reports.booked.work import Work, team_name
from roi.reports.cost import efforts
from roi.reports.cost.costs import Costs, Teams, own_cost
from roi.reports.cost.efforts import NO_COST, EpicCost
from roi.reports.loop import ticks
from roi.reports.shapes import EpicRow, OutcomeRow
from roi.reports.value import valued
from roi.reports.value.agreed import once
from roi.reports.value.draws import LATEST, PROMISED
from roi.reports.value.evidence import KEPT
from roi.reports.value.valued import Valued

NOT_BEGUN = "it has not started, so it has no cost yet"
NONE_PLANNED = "no share of a team is planned for it, and no item-days are logged"
OUTSIDE = "no month of the epic lies in the period"
OVER = "planned shares of this team are above 100% in some months and were scaled"
BY_DAYS = "by item-days of its log in {} of {} months, else by planned share"


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
        why = NOT_BEGUN if work.today is not None and epic.started > work.today else why
        return unknown("epic_cost", why, currency=work.basis.currency, scope=keys)
    if cost.unknown:
        return unknown("epic_cost", cost.reason, currency=work.basis.currency, scope=keys)
    if not cost.amount and not found.by_days and not _planned(work, epic, ""):
        return unknown("epic_cost", NONE_PLANNED, currency=work.basis.currency, scope=keys)
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
    every = len(months_between(month_of(epic.started), last))
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


def newest_first(work: Work, teams: Teams) -> list[Epic]:
    """Epics of some teams by start, the newest first."""
    return sorted(work.epics_of(teams), key=lambda epic: (-epic.started.toordinal(), epic.key))


def epic_rows(work: Work, teams: Teams, team: str = "") -> tuple[EpicRow, ...]:
    """Epics of some teams by start, newest first; with `team` its part of their cost in the period."""
    return tuple(epic_row(work, epic, team) for epic in newest_first(work, teams))


def epic_row(work: Work, epic: Epic, team: str = "") -> EpicRow:
    """One epic with its outcomes and its cost; with `team` that team's part of its cost in the period."""
    return EpicRow(
        epic,
        team_name(work, epic.team),
        epic_cost(work, epic),
        tuple(outcome_row(work, item) for item in work.of_epic.get(epic.key, ())),
        epic_cost(work, epic, in_period=True, team=team),
        _product_of(work, epic),
    )


def _product_of(work: Work, epic: Epic) -> str:
    """The value stream in which the epic's team stands in the last month looked at; "" for none (D5)."""
    structure, span = work.basis.structure, work.basis.span
    team = structure.parted.named.get(epic.team)
    return structure.at(team, span.last if span is not None else 0).value_stream if team is not None else ""


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
        measured_month(work, item),
        _month_figure(work, "expected_month", item, PROMISED),
        ticks.stopped(item),
        capped.why_not(work, item.claim) if item.is_read else "",
        _product_of(work, epic),
        epic.delivered,
        item.claim.latest.effect if item.claim.latest is not None else None,
        item.claim.ended_by.word if item.claim.ended_by is not None else "",
    )


def outcome_value(work: Work, item: Valued) -> Figure:
    """The outcome's confirmed value in the period with its range, or why there is none."""
    basis = work.basis
    keys = basis.keys(team=item.epic.team, outcome=item.outcome.key)
    if item.value is None:
        return unknown("outcome_value", item.why_not, currency=basis.currency, scope=keys)
    found = work.amounts_range(item, (*item.by_month, *item.trued_up))
    inputs = (("months", item.months), ("confirmed", item.value))
    return Figure(
        "outcome_value",
        item.value,
        _value_notes(work, item),
        low=found.low,
        high=found.high,
        currency=basis.currency,
        inputs=inputs,
        scope=keys,
    )


def _value_notes(work: Work, item: Valued) -> str:
    """What has to be known of it: where its money comes from, and what of it is about closed months."""
    is_foreign = item.outcome.currency != work.basis.currency
    told_rate = f"from {item.outcome.currency}, each month at its average rate" if is_foreign else ""
    booked = sorted({one.month for one in item.trued_up})
    told_late = f"closed months trued up in {', '.join(map(month_name, booked))}" if booked else ""
    return "; ".join(one for one in (told_rate, told_late, _as_closed(work, item)) if one)


def _as_closed(work: Work, item: Valued) -> str:
    """The months whose range and grade are of their closing, where they are known otherwise now (V16)."""
    true_ups, key = work.agreed.true_ups, item.outcome.key
    months = sorted(
        one.month
        for one in item.by_month
        if one.level <= KEPT and true_ups.at(key, one.level).sure is not None
    )
    if not months:
        return ""
    if len(months) == 1:
        return f"{short_month(months[0])} as sure as when it closed"
    return f"closed months to {short_month(months[-1])} as sure as when they closed"


def measured_month(work: Work, item: Valued) -> Figure:
    """What a month is worth at the level that was read last, in the outcome's own currency."""
    return _month_figure(work, "measured_month", item, LATEST)


def _month_figure(work: Work, figure_id: str, item: Valued, level: int) -> Figure:
    """Measured or expected value of a month: the same in every period."""
    name = figure_id, item.outcome.key, level
    return once(work.agreed, name, lambda: _of_month(work, figure_id, item, level))


def _of_month(work: Work, figure_id: str, item: Valued, level: int) -> Figure:
    keys = (("outcome", item.outcome.key),)
    amount = valued.month_at(work.agreed, item.claim, level)
    if amount is None:
        why = "not read yet" if level == LATEST and not item.is_read else "no unit value or share"
        return unknown(figure_id, why, currency=item.outcome.currency, scope=keys)
    found = work.range_in({(item.outcome.key, level): amount})
    return Figure(
        figure_id,
        amount,
        low=found.low,
        high=found.high,
        currency=item.outcome.currency,
        inputs=(("per_month", amount),),
        scope=keys,
    )
