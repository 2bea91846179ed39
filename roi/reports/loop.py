"""Whose reading is due, what is overdue, what is still to come, and what nobody has verified.

One row an outcome: a reading serves every earlier date too. Cost that a reading explains is the epic's in
equal parts over its outcomes, so that no sum counts a cost twice.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import NamedTuple

from roi.domain import closing_loop
from roi.domain.closing_loop import Due, LoopState, Milestones
from roi.domain.figures import Figure, unknown
from roi.domain.money import equal_parts
from roi.domain.periods import month_of, months_between
from roi.domain.structure import Epic, ValueClass
from roi.reports import agreed, converting, valued
from roi.reports.costs import Teams
from roi.reports.draws import LATEST, PROMISED
from roi.reports.shapes_value import DueRow, UnverifiedRow
from roi.reports.valued import Valued
from roi.reports.work import Work
from roi.reports.work_rows import epic_cost

STATES = (*(state.value for state in LoopState), valued.SELF_CONFIRMED, valued.DISPUTED)
"""Every word that an outcome's state can be, in the order of the loop."""


NOT_OVERDUE = "no reading is overdue"


@dataclass(frozen=True, slots=True)
class Late:
    """An outcome with what is due of it."""

    item: Valued
    due: Due


def of(work: Work, teams: Teams | None = None) -> tuple[Valued, ...]:
    """The outcomes that are looked at."""
    return work.valued if teams is None else work.of_teams(teams)


def milestones(work: Work, item: Valued) -> Milestones:
    """What happened to an outcome, and when."""
    return valued.milestones(work.agreed, item.claim, item.epic)


class _Waits(NamedTuple):
    """What of an outcome waits: the first reading or renewal that is due, and whether it is unverified.

    `days_late` are those of its first overdue reading, `days_since` those since its delivery.
    """

    due: Due | None
    is_unverified: bool
    days_late: int
    days_since: int


def _waits(work: Work, item: Valued, today: date) -> _Waits:
    """What waits of an outcome by now: the same whatever period is looked at."""
    return agreed.once(work.agreed, ("waits", item.outcome.key, today), lambda: _waiting(work, item, today))


def _waiting(work: Work, item: Valued, today: date) -> _Waits:
    its = milestones(work, item)
    inbox = closing_loop.inbox(its, today)
    late = next((due for due in inbox if due.is_overdue(today)), None)
    days = closing_loop.days_unverified(its, today)
    is_open = days is not None and days > closing_loop.UNVERIFIED_DAYS and _can_be_confirmed(item)
    return _Waits(
        inbox[0] if inbox else None,
        (is_open and its.closed_on is None) or late is not None,
        late.days_late(today) if late is not None else 0,
        (today - its.delivered_on).days if its.delivered_on is not None else 0,
    )


def due_rows(work: Work, today: date, teams: Teams | None = None) -> tuple[DueRow, ...]:
    """Readings and renewals of today and before: overdue first, then by days late × the cost they explain."""
    epics = work.epics if teams is None else work.epics_of(teams)
    of_each = work.of_epics(epics, ("due", today), lambda epic: _due_of(work, epic, today))
    rows = [row for its in of_each for row in its]
    return tuple(sorted(rows, key=lambda row: (not row.is_overdue, -_weight(row), row.due_on, row.outcome)))


def _due_of(work: Work, epic: Epic, today: date) -> list[DueRow]:
    items = work.of_epic.get(epic.key, ())
    late = [Late(item, due) for item in items if (due := _waits(work, item, today).due) is not None]
    return _rows(work, late, today)


def to_come(work: Work, today: date, teams: Teams | None = None) -> tuple[DueRow, ...]:
    """The next reading or renewal of every outcome that has none waiting, the earliest first."""
    coming = []
    for item in of(work, teams):
        following = valued.next_due(work.agreed, item.claim, item.epic)
        if following is not None and following.on > today:
            coming.append(Late(item, following))
    return tuple(sorted(_rows(work, coming, today), key=lambda row: (row.due_on, row.outcome)))


def _weight(row: DueRow) -> int:
    return max(row.days_late, 1) * (row.cost.value or 0)


def _rows(work: Work, late: Sequence[Late], today: date) -> list[DueRow]:
    names = work.team_names
    costs = explained(work, [one.item for one in late])
    return [
        DueRow(
            one.item.outcome.key,
            one.item.outcome.metric,
            one.item.epic.key,
            one.item.epic.name,
            one.item.epic.team,
            names.get(one.item.epic.team, one.item.epic.team),
            one.item.outcome.owner,
            one.due.on,
            max(one.due.days_late(today), 0),
            one.due.is_overdue(today),
            one.due.is_renewal,
            costs[one.item.outcome.key],
        )
        for one in late
    ]


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


def sum_of(work: Work, figure_id: str, figures: Sequence[Figure], nothing: str) -> Figure:
    """Figures of single outcomes as one; what is not known is left out and named."""
    currency, known = work.basis.currency, [one.value for one in figures if one.value is not None]
    name = "said" if figure_id == "unverified_value" else "explained"
    if not work.valued:
        return unknown(figure_id, "no outcome is recorded yet", currency=currency, scope=work.basis.keys())
    if not figures:
        inputs = (("outcomes", 0), (name, 0))
        return Figure(figure_id, 0, nothing, currency=currency, inputs=inputs, scope=work.basis.keys())
    if not known:
        return unknown(figure_id, figures[0].reason, currency=currency, scope=work.basis.keys())
    missing = len(figures) - len(known)
    return Figure(
        figure_id,
        sum(known),
        f"{missing} of {len(figures)} outcomes are not in it: {_first_reason(figures)}" if missing else "",
        currency=currency,
        inputs=(("outcomes", len(known)), (name, sum(known))),
        scope=work.basis.keys(),
    )


def _first_reason(figures: Sequence[Figure]) -> str:
    return next(one.reason for one in figures if one.value is None)


def overdue_cost(work: Work, rows: Sequence[DueRow]) -> Figure:
    """The cost that overdue readings would explain."""
    late = [row.cost for row in rows if row.is_overdue]
    return sum_of(work, "overdue_cost", late, NOT_OVERDUE)


def overdue_cost_of(work: Work, rows: Sequence[UnverifiedRow]) -> Figure:
    """The same of unverified outcomes: those whose reading is overdue are among them.

    They stand in the order of `due_rows`, so that what is said of missing figures is the same.
    """
    late = [row for row in rows if row.days_late]
    late.sort(key=lambda row: (-row.days_late * (row.cost.value or 0), -row.days_late, row.outcome))
    return sum_of(work, "overdue_cost", [row.cost for row in late], NOT_OVERDUE)


# Unverified value


def unverified(work: Work, today: date, teams: Teams | None = None) -> tuple[UnverifiedRow, ...]:
    """Outcomes that nobody confirmed more than 90 days after delivery, or whose reading is overdue.

    By the cost that they explain. What is not financial is only here while its reading is overdue.
    """
    epics = work.epics if teams is None else work.epics_of(teams)
    of_each = work.of_epics(epics, ("unverified", today), lambda epic: _unverified_of(work, epic, today))
    rows = [row for its in of_each for row in its]
    return tuple(sorted(rows, key=lambda row: (-(row.cost.value or 0), -row.days_late, row.outcome)))


def _unverified_of(work: Work, epic: Epic, today: date) -> list[UnverifiedRow]:
    every = [(item, _waits(work, item, today)) for item in work.of_epic.get(epic.key, ())]
    found = [(item, waits) for item, waits in every if waits.is_unverified]
    costs = explained(work, [item for item, _ in found])
    return [_unverified_row(work, one, costs[one[0].outcome.key], today) for one in found]


def _can_be_confirmed(item: Valued) -> bool:
    return item.outcome.value_class is not ValueClass.NOT_FINANCIAL and not item.claim.is_capacity


def _unverified_row(work: Work, found: tuple[Valued, _Waits], cost: Figure, today: date) -> UnverifiedRow:
    item, waits = found
    return UnverifiedRow(
        item.outcome.key,
        item.outcome.metric,
        item.epic.key,
        work.team_names.get(item.epic.team, item.epic.team),
        item.outcome.owner,
        waits.days_late,
        waits.days_since,
        cost,
        said(work, item, today),
    )


def said(work: Work, item: Valued, today: date) -> Figure:
    """What an outcome would have brought since delivery if nobody looked closer, in the report's currency."""
    basis, outcome, claim = work.basis, item.outcome, item.claim
    scope = basis.keys(team=item.epic.team, outcome=outcome.key)
    level = PROMISED if claim.latest is None else LATEST
    month = valued.month_at(work.agreed, claim, level) if _can_be_confirmed(item) else None
    if month is None or claim.first_month is None:
        why = "it is not financial" if not _can_be_confirmed(item) else "nobody has said what a unit is worth"
        return unknown("said_value", why, currency=basis.currency, scope=scope)
    here = month_of(today)
    each = converting.at_latest(basis, month, outcome.currency, here)
    if each is None:
        why = converting.no_rate(basis, outcome.currency)
        return unknown("said_value", why, currency=basis.currency, scope=scope)
    count = len(months_between(claim.first_month, here))
    inputs = (("per_month", each), ("months", count), ("said", each * count))
    return Figure("said_value", each * count, currency=basis.currency, inputs=inputs, scope=scope)


def unverified_sums(work: Work, rows: Sequence[UnverifiedRow]) -> tuple[Figure, Figure]:
    """What unverified outcomes cost, and what they are said to have brought by now."""
    nothing = "every delivered outcome is confirmed or younger than 90 days"
    return (
        sum_of(work, "unverified_cost", [row.cost for row in rows], nothing),
        sum_of(work, "unverified_value", [row.expected for row in rows], nothing),
    )


# Closing


def why_not_closed(work: Work, item: Valued) -> str:
    """What still stands in the way of closing; finance is not waited for where there is no money."""
    its = milestones(work, item)
    if its.closed_on is not None:
        return "it is closed"
    if item.is_disputed:
        return "finance asked something that nobody has answered yet"
    if not _can_be_confirmed(item) and its.last_reading is not None:
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
