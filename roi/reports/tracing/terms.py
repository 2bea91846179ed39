"""The summands of formulas that differ from figure to figure: a trace fills the formula with them (law T8).

They sum to the figure to the minor unit: what is rounded, cut, trued up or converted otherwise is a summand.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

from roi.domain.definitions import Term
from roi.domain.figures import Figure
from roi.domain.money import SHARE_WHOLE
from roi.domain.periods import Span
from roi.domain.structure import Epic
from roi.reports.booked.work import Work, team_name
from roi.reports.cost import efforts
from roi.reports.cost.costs import Costs
from roi.reports.cost.efforts import Month
from roi.reports.value import valued
from roi.reports.value.valued import Amount, Valued

_PLANNED = "planned share {planned_share} of {team_cost} that reached {whose} in {months} months"
_SCALED = (
    "{amount} of {team_cost} that reached {whose} in {months} months, where shares above 100% were scaled"
)
_BY_DAYS = "{amount} by item-days of {team_cost} that reached {whose} in {months} months"
_ROUNDED = "rounding of each month {amount}"


# Cost of an epic


def months_by_team(
    work: Work, costs: Costs, whose: tuple[Epic, str], span: Span
) -> Mapping[str, Sequence[Month]]:
    """The months of a span in which an epic, or one of its teams, has cost: also those that only a log names.

    Days are logged before its start and after its delivery too; their months are in its cost as well.
    """
    epic, team_alone = whose
    planned = (one.team for one in work.teams_of(epic))
    logged = (team for key, team in work.parts if key == epic.key)
    found = {}
    for team in (team_alone,) if team_alone else dict.fromkeys((*planned, *logged)):
        every = efforts.months_of(costs, work.epics, work.values, (epic.key, team))
        found[team] = [one for one in every if span.holds(one.month)]
    return found


def with_epic_terms(work: Work, epic: Epic, figure: Figure, months: Mapping[str, Sequence[Month]]) -> Figure:
    """The cost of an epic in the months of its teams: a summand a team and way to split it."""
    shares = {one.team: one.planned_share for one in work.teams_of(epic)}
    found: list[Term] = []
    for team, its in months.items():
        found += _of_team(team_name(work, team), shares.get(team, 0), its)
    rest = (figure.value or 0) - sum(term.amount for term in found)
    return replace(figure, terms=(*found, *_said(_ROUNDED, rest)))


def _of_team(whose: str, share: int, months: Sequence[Month]) -> Iterator[Term]:
    days = [one for one in months if one.by_days]
    scaled = [one for one in months if one.is_over and not one.by_days]
    plain = [one for one in months if not one.is_over and not one.by_days]
    if plain and share:
        gross = sum(one.gross.amount for one in plain)
        yield _team_term(_PLANNED, whose, plain, _part(gross, share), share)
    for says, its in ((_SCALED, scaled), (_BY_DAYS, days)):
        if its:
            yield _team_term(says, whose, its, sum(one.part for one in its))


def _team_term(says: str, whose: str, its: Sequence[Month], amount: int, share: int | None = None) -> Term:
    gross = sum(one.gross.amount for one in its)
    shared = () if share is None else (("planned_share", share),)
    return Term(says, amount, (*shared, ("team_cost", gross), ("months", len(its))), whose)


def _part(gross: int, share: int) -> int:
    size = (2 * abs(gross) * share + SHARE_WHOLE) // (2 * SHARE_WHOLE)
    return size if gross >= 0 else -size


def _said(says: str, amount: int) -> tuple[Term, ...]:
    return (Term(says, amount),) if amount else ()


# Confirmed value of an outcome

_MONTHS = "{per_month} a month × {months} months"
_OTHER = "months at another level {amount}"
_OVERLAP = "overlap removed {amount}"
_CLOSED = "what months counted otherwise when they closed {amount}"
_TRUED_UP = "true-up of closed months {amount}"
_CURRENCY = "exchange rates of other months {amount}"


class _Now(NamedTuple):
    """A month of the outcome: what it would count uncut, and the overlap removed; in its own currency."""

    month: int
    uncut: int
    removed: int


def with_outcome_terms(work: Work, item: Valued, figure: Figure) -> Figure:
    """The confirmed value of an outcome as months at its last level, and all that is added or taken away."""
    if figure.value is None:
        return figure
    own = sum(one.amount for one in item.by_month)
    late = sum(one.amount for one in item.trued_up)
    terms = [*_own_months(work, item, own), *_said(_TRUED_UP, late)]
    return replace(figure, terms=tuple(terms) or (Term("{amount}", figure.value),))


def _own_months(work: Work, item: Valued, own: int) -> Iterator[Term]:
    """The months that count in their own month; a month that counts nothing is none of those that do."""
    cut = dict(item.claim.counted.removed)
    now = [
        _Now(month, amount + cut.get(month, 0), cut.get(month, 0))
        for month, amount, _ in item.claim.counted.months
        if any(one.month == month for one in item.by_month) and (amount or cut.get(month, 0))
    ]
    if not now:
        yield from _said(_CLOSED, own)
        return
    last = now[-1]
    each = _converted(work, item, [(last.month, last.uncut)])
    other = _converted(work, item, [(one.month, one.uncut - last.uncut) for one in now])
    removed = _converted(work, item, [(one.month, one.removed) for one in now])
    yield Term(_MONTHS, each * len(now), (("per_month", each), ("months", len(now))))
    yield from _said(_OTHER, other)
    yield from _said(_OVERLAP, -removed)
    yield from _said(*_what_is_left(work, item, own - (each * len(now) + other - removed)))


def _what_is_left(work: Work, item: Valued, rest: int) -> tuple[str, int]:
    """In one currency a month can only differ where it had closed; in another each has its own rate too."""
    is_foreign = item.outcome.currency != work.basis.currency
    return (_CURRENCY if is_foreign else _CLOSED), rest


def _converted(work: Work, item: Valued, amounts: Sequence[tuple[int, int]]) -> int:
    """In the currency of the report, each at the rate of its month."""
    months = [Amount(month, amount, 0) for month, amount in amounts]
    found = valued.converted(work.basis, item.outcome.currency, months)
    return sum(one.amount for one in found or ())
