"""What the headline rests on: evidence, confirmers, how far it reaches, and what is read at all."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

import numpy as np

from roi.domain.identity import person
from roi.domain.returns import ratio
from roi.domain.structure import Grade
from roi.reports import epic_parts, kept, tallies
from roi.reports.agreed import Agreed
from roi.reports.costs import Teams
from roi.reports.draws import Key
from roi.reports.shapes import Trust
from roi.reports.slices import Sliced
from roi.reports.valued import Valued
from roi.reports.work import Work
from roi.store import read

GOOD_GRADES = frozenset({Grade.A, Grade.B, Grade.C})


class _Counted(NamedTuple):
    """What counts as confirmed: outcomes with amounts, the levels of their months, and the last month."""

    amounts: Sequence[tuple[str, int]]
    levels: Iterable[Key]
    last: int | None


def trust(work: Work, teams: Teams, *, only_cash: bool = True) -> Trust:
    """What the headline rests on; `only_cash` False: the headline with what is not cash."""
    counted = _counted(work, teams, only_cash=only_cash)
    people = _confirmers(work.agreed, counted.levels)
    read_cost, epic_cost = epic_parts.read_and_whole(work, teams)
    return Trust(
        grade_a_to_c=_good_share(work, counted.amounts),
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
    its = [item for item in items if item.value is not None and (item.is_cash or not only_cash)]
    last = [item.by_month[-1].month for item in its if item.by_month and work.basis.span is not None]
    amounts = [(item.outcome.key, item.value or 0) for item in its]
    levels = {(item.outcome.key, one.level) for item in its for one in (*item.by_month, *item.trued_up)}
    if sliced is None:
        return _Counted(amounts, levels, max(last, default=None))
    plain = _of_slice(work, sliced, teams, only_cash=only_cash)
    last += [plain.last] if plain.last is not None else []
    return _Counted([*plain.amounts, *amounts], [*plain.levels, *levels], max(last, default=None))


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
    names = {
        name
        for outcome, level in levels
        if level >= 0
        for name in agreed.claim_of(outcome).levels[level].confirmed_by
    }
    return {person(name) for name in names}


def _members(work: Work) -> set[str]:
    """Who belongs to the company now, as persons are told apart."""
    return {person(member.name) for member in read.members(work.basis.cursor)}


def _good_share(work: Work, amounts: Sequence[tuple[str, int]]) -> int | None:
    """How much of the numerator is graded A to C (rule V20), by size of the amounts."""
    whole = sum([abs(amount) for _, amount in amounts])
    if not whole:
        return None
    return ratio(sum([_good(work, key, abs(amount)) for key, amount in amounts]), whole)


def _good(work: Work, outcome: str, amount: int) -> int:
    """What of an outcome's amount is graded A to C: each month as the reading that it counts by (V9, V20)."""
    claim = work.agreed.claim_of(outcome)
    are_good = {claim.grade_at(place) in GOOD_GRADES for place in range(max(len(claim.levels), 1))}
    if len(are_good) == 1:  # as with nearly all: its months need not be asked
        return amount if are_good.pop() else 0
    counts = work.by_key[outcome].counts
    sizes = [(abs(one.amount), claim.grade_at(one.level)) for one in (*counts.by_month, *counts.trued_up)]
    whole = sum([size for size, _ in sizes])
    return amount * sum([size for size, grade in sizes if grade in GOOD_GRADES]) // whole if whole else 0
