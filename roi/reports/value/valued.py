"""One outcome in the period that is looked at: where it stands, what counts of it, what is still expected."""

from datetime import date
from typing import NamedTuple

from roi.domain import closing_loop, value
from roi.domain import outcomes as told
from roi.domain.closing_loop import LoopState, Milestones
from roi.domain.periods import last_day, month_of
from roi.domain.structure import Epic
from roi.domain.value import Ending, OutcomePlan, Reading
from roi.reports.ground import building
from roi.reports.ground.basis import Basis
from roi.reports.value import claims, in_period
from roi.reports.value.agreed import Agreed, once
from roi.reports.value.ahead import Amount, month_at
from roi.reports.value.claims import Claimed
from roi.reports.value.in_period import GONE, Counts, converted
from roi.reports.value.landed import ahead
from roi.reports.value.true_ups import Earned

__all__ = [
    "Amount",
    "Counts",
    "Looked",
    "Valued",
    "ahead",
    "converted",
    "milestones",
    "month_at",
    "next_due",
    "state",
]

DISPUTED, SELF_CONFIRMED = "disputed", "self-confirmed"
UNDONE = "undone"


class Looked(NamedTuple):
    """The period that is looked at, in which currency, what is agreed, and the day; `counts` are by outcome.

    What an outcome counts is worked out when it is asked for: most pages ask for few.
    """

    basis: Basis
    agreed: Agreed
    today: date | None
    counts: dict[str, Counts]


class Valued:
    """An outcome in the period: what is the same in every period, and what it counts in this one."""

    __slots__ = ("_looked", "claim", "epic", "outcome")

    def __init__(self, claim: Claimed, looked: Looked) -> None:
        self.outcome, self.epic, self.claim = claim.outcome, claim.epic, claim
        self._looked = looked

    @property
    def counts(self) -> Counts:
        """What it counts in the period; worked out once."""
        kept, key = self._looked.counts, self.outcome.key
        found = kept.get(key)
        if found is None:
            building.give_way()
            found = kept[key] = self._count()
        return found

    def _count(self) -> Counts:
        basis, agreed, today, _ = self._looked
        if self.is_gone:
            return in_period.gone(basis, agreed, self.claim)
        return in_period.counted(basis, agreed, self.claim, today)

    @property
    def is_gone(self) -> bool:
        """Whether it is there no more and closed months count it."""
        return self.outcome.key in self._looked.agreed.true_ups.gone

    @property
    def standing(self) -> told.Standing:
        """Whether it is confirmed, beside what stood when it was."""
        if self.is_gone:
            return told.Standing(GONE, own_ticks=frozenset(), to_month=None)
        return self._looked.agreed.standings[self.outcome.key]

    @property
    def state(self) -> str:
        """Its state in a word or two."""
        return (
            UNDONE if self.is_gone else state(self._looked.agreed, self.claim, self.epic, self._looked.today)
        )

    @property
    def readings(self) -> tuple[Reading, ...]:
        """Its readings by day."""
        return () if self.is_gone else self._looked.agreed.values.readings.get(self.outcome.key, ())

    @property
    def is_read(self) -> bool:
        """Whether it has a reading."""
        return self.outcome.actual is not None

    @property
    def is_cash(self) -> bool:
        """Whether its money is cash (rules V6, V13)."""
        return self.claim.treated == claims.CASH

    @property
    def is_disputed(self) -> bool:
        """Whether finance asked something that nobody has answered yet."""
        return self.claim.is_disputed

    @property
    def plan(self) -> OutcomePlan | None:
        """What was agreed about it beside its targets."""
        return self.claim.plan

    @property
    def pool(self) -> str:
        """The measured movement that it claims a share of (law T4)."""
        return self.claim.pool

    @property
    def value(self) -> int | None:
        """What counts as confirmed; None: nothing does."""
        return self.counts.value

    @property
    def why_not(self) -> str:
        """Why nothing counts as confirmed."""
        return self.counts.why_not

    @property
    def by_month(self) -> tuple[Amount, ...]:
        """What counts in its own month."""
        return self.counts.by_month

    @property
    def trued_up(self) -> tuple[Amount, ...]:
        """What is about months that had closed before (V16)."""
        return self.counts.trued_up

    @property
    def origin(self) -> tuple[Amount, ...] | None:
        """Where closed months would count otherwise now, what is known of the period's own months."""
        return self.counts.origin if self.outcome.key in self._looked.agreed.true_ups.months else None

    @property
    def kept(self) -> tuple[Earned, ...]:
        """The months that count under their own terms (see `origin`)."""
        return self.counts.kept if self.outcome.key in self._looked.agreed.true_ups.months else ()

    @property
    def earned(self) -> int:
        """What the period's own months are known to be worth now, wherever they count."""
        return self.counts.earned

    @property
    def assumed_by_month(self) -> tuple[Amount, ...]:
        """Months after the last confirmed reading, fading (V11)."""
        return self.counts.assumed_by_month

    @property
    def expected_by_month(self) -> tuple[Amount, ...]:
        """What is measured and not confirmed, or promised and not read."""
        return self.counts.expected_by_month

    @property
    def memo(self) -> int:
        """What is already in lower cost (V13)."""
        has_any = self.claim.treated == claims.MEMO or self.outcome.key in self._looked.agreed.true_ups.months
        return self.counts.memo if has_any else 0

    @property
    def removed(self) -> int:
        """The overlap removed (V8)."""
        return self.counts.removed if self.claim.counted.removed else 0

    @property
    def cannot_tell(self) -> bool:
        """Whether nobody can tell what is still expected."""
        return self.counts.cannot_tell

    @property
    def months(self) -> int:
        """How many months of the period count."""
        return len(self.counts.by_month)

    @property
    def expected(self) -> int:
        """What the period could still bring as likely: expected and assumed months."""
        its = self.counts
        return sum(one.amount for one in (*its.expected_by_month, *its.assumed_by_month))


def milestones(agreed: Agreed, claim: Claimed, epic: Epic) -> Milestones:
    """What happened to an outcome, and when; kept, because it is asked for in every report."""
    kept = agreed.milestones
    if claim.outcome.key not in kept:
        kept[claim.outcome.key] = _milestones(agreed, claim, epic)
    return kept[claim.outcome.key]


def _milestones(agreed: Agreed, claim: Claimed, epic: Epic) -> Milestones:
    outcome, plan, retired = claim.outcome, claim.plan, agreed.retired.get(epic.key)
    closure = agreed.values.closures.get(outcome.key)
    is_closed = closure is not None and closure.ended_by is Ending.CLOSED
    last = claim.latest if not claim.why_not else claim.levels[-1] if claim.levels else None
    agreed_day = outcome.by_when
    if agreed_day is not None and (epic.delivered is None or agreed_day <= epic.delivered):
        agreed_day = None
    return Milestones(
        agreed_on=plan.agreed_on if plan is not None else None,
        delivered_on=epic.delivered,
        agreed_reading=agreed_day,
        readings=tuple(one.read_on for one in agreed.values.readings.get(outcome.key, ())),
        confirmed_on=last.confirmed_on if last is not None else None,
        closed_on=closure.ended_on if closure is not None and is_closed else None,
        written_off_on=claim.ended_on,
        series_to=_series_to(claim),
        learned=closure.learned if closure is not None else "",
        slices=value.delivered_before(agreed.values.slices.get(epic.key, ()), epic.delivered),
        retired_on=last_day(retired) if retired is not None else None,
    )


def _series_to(claim: Claimed) -> date | None:
    """The last day of the month up to which a live series upholds the last confirmed reading (rule V11)."""
    last = claim.levels[-1] if claim.levels else None
    if last is None or last.to_month <= month_of(last.read_on):
        return None
    return last_day(last.to_month)


def state(agreed: Agreed, claim: Claimed, epic: Epic, today: date | None) -> str:
    """The outcome's state in a word or two; without `today` nothing is due."""
    name = "state", claim.outcome.key, today
    return once(agreed, name, lambda: _state(agreed, claim, epic, today))


def _state(agreed: Agreed, claim: Claimed, epic: Epic, today: date | None) -> str:
    its = milestones(agreed, claim, epic)
    found = closing_loop.state(its, today or _last_day(its))
    if claim.is_disputed and found not in {LoopState.WRITTEN_OFF, LoopState.CLOSED}:
        return DISPUTED
    is_late = found in {LoopState.READING_DUE, LoopState.OVERDUE} and today is None
    if found in {LoopState.MEASURED, LoopState.CONFIRMED} or (is_late and its.last_reading):
        return _measured(agreed, claim)
    return LoopState.DELIVERED.value if is_late else found.value


def _measured(agreed: Agreed, claim: Claimed) -> str:
    standing = agreed.standings[claim.outcome.key]
    if standing.is_own_word and not standing.why_not:
        return SELF_CONFIRMED
    return LoopState.MEASURED.value if claim.why_not else LoopState.CONFIRMED.value


def _last_day(its: Milestones) -> date:
    """A day on which everything that happened has happened."""
    days = (its.delivered_on, its.closed_on, its.written_off_on, its.last_reading)
    return max((day for day in days if day is not None), default=date.max)


def next_due(agreed: Agreed, claim: Claimed, epic: Epic) -> closing_loop.Due | None:
    """The first reading or renewal that is open, due already or to come."""
    building.give_way()
    name = "next", claim.outcome.key
    return once(agreed, name, lambda: closing_loop.next_due(milestones(agreed, claim, epic)))
