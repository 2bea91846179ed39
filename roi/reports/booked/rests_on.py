"""What the headline rests on: evidence, confirmers, how far it reaches, and what is read at all."""

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

import numpy as np

from roi.domain.identity import person
from roi.domain.returns import ratio
from roi.domain.structure import Grade
from roi.reports.booked import epic_parts, tallies
from roi.reports.booked.slices import Sliced
from roi.reports.booked.work import Work
from roi.reports.cost.costs import Teams
from roi.reports.ground import kept
from roi.reports.shapes import Trust
from roi.reports.value.agreed import Agreed
from roi.reports.value.draws import Key
from roi.reports.value.true_ups import Earned
from roi.reports.value.valued import Amount, Valued
from roi.store import read

GOOD_GRADES = frozenset({Grade.A, Grade.B, Grade.C})


class _Counted(NamedTuple):
    """What counts as confirmed: outcomes with amounts, the levels of their months, and the last month.

    `months` are those of outcomes of which closed months count otherwise than they would now (rule V16).
    """

    amounts: Sequence[tuple[str, int]]
    levels: Iterable[Key]
    last: int | None
    months: Mapping[str, Sequence[Earned]] = {}


def trust(work: Work, teams: Teams, *, only_cash: bool = True) -> Trust:
    """What the headline rests on; `only_cash` False: the headline with what is not cash."""
    counted = _counted(work, teams, only_cash=only_cash)
    people = _confirmers(work.agreed, counted.levels)
    read_cost, epic_cost = epic_parts.read_and_whole(work, teams)
    return Trust(
        grade_a_to_c=_good_share(work, counted),
        confirmers=len(people),
        confirmed_to=counted.last,
        read_cost_share=ratio(read_cost, epic_cost) if epic_cost > 0 else None,
        claims_without_confirmation=tallies.of(work, teams).unconfirmed,
        confirmers_not_here=len(people - members) if (members := _members(work)) else 0,
    )


def _counted(work: Work, teams: Teams, *, only_cash: bool) -> _Counted:
    """What counts of the outcomes of some teams; of a slice only what stands apart is asked one by one."""
    sliced = work.period.sliced(work.basis)
    items = work.of_teams(teams) if sliced is None else _theirs(work, teams)
    kept = _kept(work, [*items, *_gone(work, teams)], only_cash=only_cash)
    its = [item for item in items if item.value is not None and (item.is_cash or not only_cash)]
    its = [item for item in its if not item.kept]
    last = [item.by_month[-1].month for item in its if item.by_month and work.basis.span is not None]
    last += [one.month for found in kept.values() for one in found if one.month == one.earned]
    amounts = [(item.outcome.key, item.value or 0) for item in its]
    amounts += [(key, sum(one.amount for one in found)) for key, found in kept.items()]
    levels = {(item.outcome.key, one.level) for item in its for one in (*item.by_month, *item.trued_up)}
    levels |= {(key, one.level) for key, found in kept.items() for one in found}
    if sliced is None:
        return _Counted(amounts, levels, max(last, default=None), kept)
    plain = _of_slice(work, sliced, teams, only_cash=only_cash)
    last += [plain.last] if plain.last is not None else []
    return _Counted([*plain.amounts, *amounts], [*plain.levels, *levels], max(last, default=None), kept)


def _kept(work: Work, items: Iterable[Valued], *, only_cash: bool) -> dict[str, Sequence[Earned]]:
    """The months of outcomes of which closed ones are kept, each as what it counts (rule V16)."""
    found: dict[str, Sequence[Earned]] = {}
    for item in items if work.agreed.true_ups.months else ():
        its = [one for one in item.kept if one.terms.is_cash or not only_cash]
        if its:
            found[item.outcome.key] = its
    return found


def _gone(work: Work, teams: Teams) -> list[Valued]:
    """Outcomes that are there no more and that closed months of some teams count."""
    lines = work.agreed.true_ups.months
    return [
        item
        for item in work.period.gone
        if any(team in teams for one in lines[item.outcome.key] for team, _ in one.terms.effort)
    ]


def _theirs(work: Work, teams: Teams) -> list[Valued]:
    return [item for item in work.apart() if work.is_of(item.epic, teams)]


def _of_slice(work: Work, sliced: Sliced, teams: Teams, *, only_cash: bool) -> _Counted:
    """Of the outcomes that do not stand apart."""
    registers, counted = sliced.whole.registers, sliced.counted
    key = work.today, work.standing(teams)
    is_wanted = kept.once(work.basis, "are theirs", key, lambda: _are_theirs(work, sliced, teams))
    if only_cash:
        is_wanted = is_wanted & sliced.whole.is_cash
    chosen = is_wanted[counted.outcomes]
    if not chosen.any():
        return _Counted((), (), None)
    levels = counted.levels[is_wanted[counted.of_levels]]
    outcomes = [registers.outcomes.things[one] for one in counted.outcomes[chosen].tolist()]
    return _Counted(
        list(zip(outcomes, counted.amounts[chosen].tolist(), strict=True)),
        [registers.keys.things[one] for one in levels.tolist()],
        int(counted.last[chosen].max()),
    )


def _are_theirs(work: Work, sliced: Sliced, teams: Teams) -> np.ndarray:
    """Of each outcome by number whether some teams have it: the same in every period of a version."""
    outcomes = sliced.whole.registers.outcomes
    found = np.zeros(len(outcomes), dtype=bool)
    found[tallies.numbers(work, teams, outcomes)] = True
    return found


def _confirmers(agreed: Agreed, levels: Iterable[Key]) -> set[str]:
    """Who confirmed what counts, by name as persons are told apart."""
    names = {name for key in levels for name in agreed.confirmed_by(*key)}
    return {person(name) for name in names}


def _members(work: Work) -> set[str]:
    """Who belongs to the company now, as persons are told apart."""
    return {person(member.name) for member in read.members(work.basis.cursor)}


def _good_share(work: Work, counted: _Counted) -> int | None:
    """How much of the numerator is graded A to C (rule V20), by size of the amounts."""
    whole = sum([abs(amount) for _, amount in counted.amounts])
    if not whole:
        return None
    good = [_good(work, key, abs(amount), counted.months.get(key)) for key, amount in counted.amounts]
    return ratio(sum(good), whole)


def _good(work: Work, outcome: str, amount: int, months: Sequence[Amount | Earned] | None) -> int:
    """What of an outcome's amount is graded A to C: each month as the reading that it counts by (V9, V20)."""
    if months is None:
        claim = work.agreed.claim_of(outcome)
        are_good = {claim.grade_at(place) in GOOD_GRADES for place in range(max(len(claim.levels), 1))}
        if len(are_good) == 1:  # as with nearly all: its months need not be asked
            return amount if are_good.pop() else 0
        counts = work.by_key[outcome].counts
        months = (*counts.by_month, *counts.trued_up)
    sizes = [(abs(one.amount), work.agreed.grade_at(outcome, one.level)) for one in months]
    whole = sum([size for size, _ in sizes])
    return amount * sum([size for size, grade in sizes if grade in GOOD_GRADES]) // whole if whole else 0
