"""Whose reading is due, what is overdue, what is still to come, and what nobody has verified.

One row an outcome: a reading serves every earlier date too. Cost that a reading explains is the epic's in
equal parts over its outcomes, so that no sum counts a cost twice. A row is made when it is asked for: of many
few are shown, and all are ordered and added without one (see `awaited` and `spent`).
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import date
from typing import NamedTuple

from roi.domain import closing_loop
from roi.domain.closing_loop import LoopState, Milestones
from roi.domain.figures import Figure, unknown
from roi.domain.money import equal_parts
from roi.domain.periods import add_months, month_of, months_between
from roi.domain.structure import Epic
from roi.reports.booked.work import Work
from roi.reports.cost.costs import Teams
from roi.reports.ground import converting, kept
from roi.reports.loop import awaited, spent
from roi.reports.loop.awaited import Awaited, Unverified, can_be_confirmed
from roi.reports.loop.work_rows import epic_cost
from roi.reports.shapes.lazy import Rows
from roi.reports.shapes.value import DueRow, UnverifiedRow
from roi.reports.value import valued
from roi.reports.value.claims import Claimed
from roi.reports.value.draws import LATEST, PROMISED
from roi.reports.value.valued import Valued

STATES = (*(state.value for state in LoopState), valued.SELF_CONFIRMED, valued.DISPUTED)
"""Every word that an outcome's state can be, in the order of the loop."""

NOT_OVERDUE = "no reading is overdue"
ALL_CONFIRMED = "every delivered outcome is confirmed or younger than 90 days"


def of(work: Work, teams: Teams | None = None) -> tuple[Valued, ...]:
    """The outcomes that are looked at."""
    return work.valued if teams is None else work.of_teams(teams)


def milestones(work: Work, item: Valued) -> Milestones:
    """What happened to an outcome, and when."""
    return valued.milestones(work.agreed, item.claim, item.epic)


def due_rows(work: Work, today: date, teams: Teams | None = None) -> Rows[DueRow]:
    """Readings and renewals of today and before: overdue first, then by days late × the cost they explain."""
    found = awaited.find(work, today, teams)
    due, late = found.due, found.overdue
    costs = _explained(work, ("due", today, teams), due)
    weights = spent.times(costs.amounts, found.weights)
    first, then = (-weights[:late]).argsort(kind="stable"), (-weights[late:]).argsort(kind="stable")
    order = [*first.tolist(), *(place + late for place in then.tolist())]
    its = work.aside
    return Rows([due[place] for place in order], lambda one: _due_row(its, one))


def to_come(work: Work, today: date, teams: Teams | None = None) -> Rows[DueRow]:
    """The next reading or renewal of every outcome that has none waiting, the earliest first."""
    its = work.aside
    return Rows(awaited.find(work, today, teams).to_come, lambda one: _due_row(its, one))


def overdue(work: Work, today: date, teams: Teams | None = None) -> int:
    """How many readings and renewals are overdue."""
    return awaited.find(work, today, teams).overdue


def _due_row(work: Work, one: Awaited) -> DueRow:
    item = work.by_key[one.outcome]
    return DueRow(
        one.outcome,
        item.outcome.metric,
        one.epic,
        item.epic.name,
        item.epic.team,
        work.team_names.get(item.epic.team, item.epic.team),
        item.outcome.owner,
        one.due_on,
        one.days_late,
        one.is_overdue,
        one.is_renewal,
        explained(work, [item])[one.outcome],
    )


# The cost that a reading explains


def explained(work: Work, items: Iterable[Valued]) -> dict[str, Figure]:
    """For each outcome its equal part of its epic's cost; the parts of all outcomes sum to it."""
    found: dict[str, Figure] = {}
    for epic in {item.epic.key: item.epic for item in items}.values():
        if epic.key not in work.explained:
            outcomes = [one.outcome.key for one in work.of_epic[epic.key]]
            work.explained[epic.key] = _parts(work, epic, outcomes)
        found |= work.explained[epic.key]
    return found


def _explained(
    work: Work, name: tuple[str, date, Teams | None], found: Sequence[Awaited | Unverified]
) -> spent.Costs:
    """What each of these explains, by the end of the period; its `name` says which they are."""
    what, today, teams = name
    if work.basis.span is None:
        return spent.nothing(len(found))
    costs = spent.of(work)
    key = what, today, None if teams is None else work.standing(teams)
    shares = kept.once(work.basis, "shares of cost", key, lambda: costs.shares(found), kept.WHOLE)
    return spent.explained(costs.by(work.basis.span.last), shares)


def _parts(work: Work, epic: Epic, outcomes: Sequence[str]) -> dict[str, Figure]:
    whole, currency = epic_cost(work, epic), work.basis.currency
    scopes = {key: work.basis.keys(team=epic.team, epic=epic.key, outcome=key) for key in outcomes}
    if whole.value is None:
        return {
            key: unknown("explained_cost", whole.reason, currency=currency, scope=scopes[key])
            for key in outcomes
        }
    parts = equal_parts(whole.value, len(outcomes))
    return {
        key: Figure(
            "explained_cost",
            part,
            currency=currency,
            inputs=(("epic_cost", whole.value), ("outcomes", len(outcomes)), ("explained", part)),
            scope=scopes[key],
        )
        for key, part in zip(outcomes, parts, strict=True)
    }


class _Summed(NamedTuple):
    """Of so many outcomes those that are known, added up; `why` says why the first of the others is not."""

    figure_id: str
    of: int
    known: int
    amount: int
    why: Callable[[], str]


def _figure(work: Work, its: _Summed, nothing: str) -> Figure:
    """Figures of single outcomes as one; what is not known is left out and named."""
    figure_id, currency, keys = its.figure_id, work.basis.currency, work.basis.keys()
    name = "said" if figure_id == "unverified_value" else "explained"
    if not work.agreed.outcomes:
        return unknown(figure_id, "no outcome is recorded yet", currency=currency, scope=keys)
    if not its.of:
        inputs = (("outcomes", 0), (name, 0))
        return Figure(figure_id, 0, nothing, currency=currency, inputs=inputs, scope=keys)
    if not its.known:
        return unknown(figure_id, its.why(), currency=currency, scope=keys)
    missing = its.of - its.known
    return Figure(
        figure_id,
        its.amount,
        f"{missing} of {its.of} outcomes are not in it: {its.why()}" if missing else "",
        currency=currency,
        inputs=(("outcomes", its.known), (name, its.amount)),
        scope=keys,
    )


def overdue_cost(work: Work, today: date, teams: Teams | None = None) -> Figure:
    """The cost that overdue readings would explain."""
    found = awaited.find(work, today, teams)
    late = found.due[: found.overdue]
    costs = _explained(work, ("overdue", today, teams), late)
    return _figure(work, _cost_of(work, "overdue_cost", late, costs), NOT_OVERDUE)


def _cost_of(
    work: Work, figure_id: str, found: Sequence[Awaited | Unverified], costs: spent.Costs
) -> _Summed:
    """What outcomes explain; they stand in the order of days late, in which the first unknown is named."""

    def why() -> str:
        first = costs.is_known.tolist().index(False)
        item = work.by_key[found[first].outcome]
        return explained(work, [item])[item.outcome.key].reason

    known = int(costs.is_known.sum())
    return _Summed(figure_id, len(found), known, sum(costs.amounts.tolist()), why)


# Unverified value


class UnverifiedRows(Rows[UnverifiedRow]):
    """Outcomes that nobody verified, by the cost that they explain; `costs` are those of what was `found`."""

    def __init__(self, work: Work, today: date, teams: Teams | None) -> None:
        self.found = awaited.find(work, today, teams).unverified
        self.costs = _explained(work, ("unverified", today, teams), self.found)
        self.order = (-self.costs.amounts).argsort(kind="stable")
        self.about, its = (today, teams), work.aside
        super().__init__(
            [self.found[place] for place in self.order.tolist()], lambda one: _unverified_row(its, one, today)
        )


def unverified(work: Work, today: date, teams: Teams | None = None) -> UnverifiedRows:
    """Outcomes that nobody confirmed more than 90 days after delivery, or whose reading is overdue.

    By the cost that they explain. What is not financial is only here while its reading is overdue.
    """
    return UnverifiedRows(work, today, teams)


def unverified_sums(work: Work, rows: UnverifiedRows | tuple[()]) -> tuple[Figure, Figure]:
    """What unverified outcomes cost, and what they are said to have brought by now."""
    if isinstance(rows, tuple):
        none = (_Summed(name, 0, 0, 0, str) for name in ("unverified_cost", "unverified_value"))
        cost, value = (_figure(work, one, ALL_CONFIRMED) for one in none)
        return cost, value
    its = _cost_of(work, "unverified_cost", rows.found, rows.costs)
    return _figure(work, its, ALL_CONFIRMED), _said_by_all(work, rows)


def overdue_cost_of(work: Work, rows: UnverifiedRows | tuple[()]) -> Figure:
    """What those cost whose reading is overdue: they are among the unverified."""
    if isinstance(rows, tuple):
        return _figure(work, _Summed("overdue_cost", 0, 0, 0, str), NOT_OVERDUE)
    return overdue_cost(work, *rows.about)


def _said_by_all(work: Work, rows: UnverifiedRows) -> Figure:
    today, teams = rows.about
    standing = None if teams is None else work.standing(teams)
    key = today, standing, work.basis.currency, work.basis.is_converted
    amounts = kept.once(work.basis, "said", key, lambda: _said_of(work, rows.found, today), kept.WHOLE)
    known = [one for one in amounts if one is not None]

    def why() -> str:
        first = next(place for place in rows.order.tolist() if amounts[place] is None)
        return said(work, work.by_key[rows.found[first].outcome], today).reason

    its = _Summed("unverified_value", len(amounts), len(known), sum(known), why)
    return _figure(work, its, ALL_CONFIRMED)


def _said_of(work: Work, found: Iterable[Unverified], today: date) -> tuple[int | None, ...]:
    amounts = (_said(work, work.agreed.claimed[one.outcome], today) for one in found)
    return tuple([None if isinstance(one, str) else one[0] * one[1] for one in amounts])


def _unverified_row(work: Work, one: Unverified, today: date) -> UnverifiedRow:
    item = work.by_key[one.outcome]
    return UnverifiedRow(
        one.outcome,
        item.outcome.metric,
        one.epic,
        work.team_names.get(item.epic.team, item.epic.team),
        item.outcome.owner,
        one.days_late,
        one.days_since,
        explained(work, [item])[one.outcome],
        said(work, item, today),
    )


def said(work: Work, item: Valued, today: date) -> Figure:
    """What an outcome would have brought if nobody looked closer, in the report's currency; see `_said`."""
    basis, found = work.basis, _said(work, item.claim, today)
    scope = basis.keys(team=item.epic.team, outcome=item.outcome.key)
    if isinstance(found, str):
        return unknown("said_value", found, currency=basis.currency, scope=scope)
    each, count = found
    inputs = (("per_month", each), ("months", count), ("said", each * count))
    return Figure("said_value", each * count, currency=basis.currency, inputs=inputs, scope=scope)


def _said(work: Work, claim: Claimed, today: date) -> tuple[int, int] | str:
    """What a month is said to bring, and how many there are by now; or why nobody can tell."""
    basis, currency = work.basis, claim.outcome.currency
    level = PROMISED if claim.latest is None else LATEST
    if not can_be_confirmed(claim):
        return "it is not financial"
    month = valued.month_at(work.agreed, claim, level)
    if month is None or claim.first_month is None:
        return "nobody has said what a unit is worth"
    here = month_of(today)
    each = converting.at_latest(basis, month, currency, here)
    if each is None:
        return converting.no_rate(basis, currency)
    return each, len(months_said(claim, today))


def months_said(claim: Claimed, today: date) -> list[int]:
    """The months since delivery that finance has not confirmed: those after the last confirmed one (V11)."""
    if claim.first_month is None:
        return []
    confirmed_to = max((one.to_month for one in claim.levels), default=0)
    first = max(claim.first_month, add_months(confirmed_to, 1)) if confirmed_to else claim.first_month
    return months_between(first, month_of(today))


# Closing


def why_not_closed(work: Work, item: Valued) -> str:
    """What still stands in the way of closing; finance is not waited for where there is no money."""
    its = milestones(work, item)
    if its.closed_on is not None:
        return "it is closed"
    if item.is_disputed:
        return "finance asked something that nobody has answered yet"
    if not can_be_confirmed(item.claim) and its.last_reading is not None:
        its = replace(its, confirmed_on=its.last_reading)
    return closing_loop.why_not_closed(replace(its, learned=its.learned or _learning(item)))


def _learning(item: Valued) -> str:
    return item.plan.learning if item.plan is not None else ""


def states(items: Iterable[Valued]) -> tuple[tuple[str, int], ...]:
    """How many outcomes are in each state, in the order of the loop; states without any are left out."""
    counts: dict[str, int] = {}
    for item in items:
        counts[item.state] = counts.get(item.state, 0) + 1
    order = {name: place for place, name in enumerate(STATES)}
    return tuple(sorted(counts.items(), key=lambda one: order.get(one[0], len(order))))
