"""Months that an outcome by itself is still to bring: assumed to persist, measured, or promised (rule V11).

What others of its pool and its cell's cap leave of them, `landed` says.

An epic may deliver in slices: what is promised comes by the part that is delivered, the rest after the day
that was agreed for the epic's delivery, on top of what was read before it.
"""

from collections.abc import Callable, Iterable
from datetime import date
from typing import NamedTuple

from roi.domain import counting, persistence
from roi.domain import outcomes as told
from roi.domain.money import MINOR_DIGITS, SHARE_WHOLE
from roi.domain.periods import LAST_MONTH, add_months, month_of, months_between
from roi.reports.value import claims
from roi.reports.value.agreed import Agreed, once
from roi.reports.value.claims import Claimed
from roi.reports.value.evidence import LATEST, PROMISED, worth


class Amount(NamedTuple):
    """A month's likely amount in minor units, and the level (see `draws`) whose draws belong to it."""

    month: int
    amount: int
    level: int


Worth = Callable[[Agreed, Claimed, int], int | None]
"""What one month is worth at a level."""

Phases = tuple[tuple[int, int], ...]
"""From which month on which part of an epic is delivered, parts per million; empty: all of it, at once."""


def alone(
    agreed: Agreed,
    claim: Claimed,
    reach: tuple[int, int],
    today: date | None = None,
    worth_at: Worth | None = None,
) -> tuple[list[Amount], list[Amount]]:
    """Months after the last confirmed one within `reach`, in the outcome's own currency: assumed, expected.

    Assumed months follow a confirmed reading and fade by its half-life; expected ones follow a reading that
    nobody has confirmed, or a promise. Both end with the horizon, and where all of the epic's work is of a
    retired product with its last month (see `Agreed.retired`); an ended or memo claim has none.
    `worth_at` is what a month of it is worth (None: its likely share, see `month_at`).
    """
    first = _first(agreed, claim, today)
    if first is None or claim.ended_on is not None or claim.treated == claims.MEMO or claim.is_capacity:
        return [], []
    plan = claim.plan
    horizon = (plan.horizon_months if plan else None) or agreed.horizon_months
    ends = (reach[1], add_months(first, horizon - 1), agreed.retired.get(claim.outcome.epic, LAST_MONTH))
    last = min(ends)
    counted_to = max((one.to_month for one in claim.levels), default=0)
    begin = max(first, add_months(counted_to, 1) if counted_to else first, reach[0])
    if begin > last:
        return [], []
    its = _Its(agreed, claim, _phases(agreed, claim, today), worth_at or month_at)
    latest = claim.latest
    is_newer = latest is not None and (not claim.levels or latest.read_on > claim.levels[-1].read_on)
    if latest is not None and is_newer:
        read_in = month_of(latest.read_on)
        found = _fading(its, (begin, last, read_in), LATEST)
        return [], [*_read_by(its.phases, found, read_in), *_rest(its, (begin, last), read_in)]
    if claim.levels:
        assumed = _fading(its, (begin, last, counted_to), len(claim.levels) - 1)
        return assumed, _rest(its, (begin, last), month_of(claim.levels[-1].read_on))
    return [], of_promise(its.at(PROMISED) or 0, (begin, last), its.phases)


class _Its(NamedTuple):
    """An outcome of which months are told."""

    agreed: Agreed
    claim: Claimed
    phases: Phases
    worth_at: Worth

    def at(self, level: int) -> int | None:
        """What a month of it is worth at a level."""
        return self.worth_at(self.agreed, self.claim, level)


def of_promise(amount: int, reach: tuple[int, int], phases: Phases) -> list[Amount]:
    """Months of a promise from the first to the last of `reach`, each for the part that is delivered by then.

    None of them fades: fading begins after a reading (rule V11).
    """
    months = [Amount(month, amount, PROMISED) for month in months_between(*reach)] if amount else []
    return _scaled(months, lambda month: _part_in(phases, month)) if phases else months


def _first(agreed: Agreed, claim: Claimed, today: date | None) -> int | None:
    """The first month of benefit: after delivery, else after the day that was agreed for it."""
    return claim.first_month if claim.first_month is not None else _agreed_first(agreed, claim, today)


def _agreed_first(agreed: Agreed, claim: Claimed, today: date | None) -> int | None:
    """The month after the day agreed for the epic's delivery, or after today where that is past."""
    plan = agreed.values.epic_plans.get(claim.outcome.epic)
    if plan is None or plan.due_on is None:
        return None
    due = plan.due_on if today is None else max(plan.due_on, today)
    return add_months(month_of(due), 1)


def is_late(agreed: Agreed, claim: Claimed, month: int) -> bool:
    """Whether some of it was agreed for a month before this one and is not delivered."""
    is_whole = claim.phases[-1][1] >= SHARE_WHOLE if claim.phases else claim.first_month is not None
    plan = None if is_whole else agreed.values.epic_plans.get(claim.outcome.epic)
    return plan is not None and plan.due_on is not None and month_of(plan.due_on) < month


# Slices


def _phases(agreed: Agreed, claim: Claimed, today: date | None) -> Phases:
    """Slices as they were delivered, and what is left on the day that was agreed for all of it."""
    if not claim.phases or claim.phases[-1][1] >= SHARE_WHOLE:
        return claim.phases
    rest_from = _agreed_first(agreed, claim, today)
    return claim.phases if rest_from is None else (*claim.phases, (rest_from, SHARE_WHOLE))


def _part_in(phases: Phases, month: int) -> int:
    return counting.phase(phases, month) if phases else SHARE_WHOLE


def _scaled(months: Iterable[Amount], part_of: Callable[[int], int]) -> list[Amount]:
    found = [one._replace(amount=_part(one.amount, part_of(one.month))) for one in months]
    return [one for one in found if one.amount]


def _read_by(phases: Phases, months: list[Amount], read_in: int) -> list[Amount]:
    """Months at a level that was read, each for the part that was delivered by then of what was read."""
    whole = _part_in(phases, read_in)
    if not phases or not whole:
        return months
    return _scaled(months, lambda month: min(_part_in(phases, month), whole) * SHARE_WHOLE // whole)


def _rest(its: _Its, reach: tuple[int, int], read_in: int) -> list[Amount]:
    """What parts that are delivered after the reading are promised to bring on top of it."""
    if not its.phases:
        return []
    was = _part_in(its.phases, read_in)
    promised = _fading(its, (*reach, reach[1]), PROMISED)
    return _scaled(promised, lambda month: max(_part_in(its.phases, month) - was, 0))


# A month


def _fading(its: _Its, reach: tuple[int, int, int], level: int) -> list[Amount]:
    """Months from the first to the last of `reach`, fading by the half-life after its third."""
    first, last, full_to = reach
    amount, plan = its.at(level), its.claim.plan
    if not amount:
        return []
    half_life = (plan.half_life_months if plan else None) or its.agreed.half_life_months
    before = _distance(full_to, first)
    if before + _distance(first, last) <= 0:
        return [Amount(month, amount, level) for month in months_between(first, last)]
    return [
        Amount(month, _part(amount, persistence.persisting_share(before + place, half_life)), level)
        for place, month in enumerate(months_between(first, last))
    ]


def _distance(first: int, last: int) -> int:
    """How many months the second is after the first."""
    return (last // 100 - first // 100) * 12 + last % 100 - first % 100


def month_at(agreed: Agreed, claim: Claimed, level: int) -> int | None:
    """What one month is worth at a level: its share of the movement, cut to what others leave (law T4)."""
    name = "month", claim.outcome.key, level
    return once(agreed, name, lambda: _month_at(agreed, claim, level))


def _month_at(agreed: Agreed, claim: Claimed, level: int) -> int | None:
    money = whole_at(agreed, claim, level)
    return None if money is None else _part(money, agreed.shares_left[claim.outcome.key])


def whole_at(_: Agreed, claim: Claimed, level: int) -> int | None:
    """What one month of the whole movement is worth at a level, whoever else had a share in it."""
    outcome = claim.outcome
    if level == PROMISED:
        if outcome.unit_value is None or outcome.currency not in MINOR_DIGITS:
            return None
        moved = told.movement(outcome, outcome.target_likely)
        return worth(moved, outcome.unit_value, outcome.currency)
    evidence = claim.latest if level == LATEST else claim.levels[level]
    return None if evidence is None else evidence.money


def _part(amount: int, share: int) -> int:
    size = (2 * abs(amount) * share + SHARE_WHOLE) // (2 * SHARE_WHOLE)
    return size if amount >= 0 else -size
