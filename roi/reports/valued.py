"""One outcome in the period that is looked at: where it stands, what counts of it, what is still expected."""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import NamedTuple

from roi.domain import closing_loop, value
from roi.domain import outcomes as told
from roi.domain.benefits import COUNTED_ONCE
from roi.domain.closing_loop import LoopState, Milestones
from roi.domain.money import MINOR_DIGITS
from roi.domain.periods import Span, add_months, month_of
from roi.domain.structure import Epic, Outcome
from roi.domain.value import Ending, OutcomePlan, Reading
from roi.reports import building, claims
from roi.reports.agreed import Agreed, once
from roi.reports.ahead import Amount, ahead, month_at
from roi.reports.basis import NO_COSTS, Basis
from roi.reports.claims import Claimed
from roi.reports.draws import LATEST, PROMISED
from roi.reports.true_ups import Earned

__all__ = [
    "Amount",
    "Valued",
    "ahead",
    "build",
    "converted",
    "gone",
    "milestones",
    "month_at",
    "next_due",
    "state",
]

DISPUTED, SELF_CONFIRMED = "disputed", "self-confirmed"
UNDONE = "undone"
GONE = "it is there no more; what closed months counted of it is taken back in the open month"
MEMO_WHY = "already in lower cost: what it saves lies inside engineering's own cost and counts once"


class Valued(NamedTuple):
    """An outcome in the period, its amounts in the report's currency.

    `value` is what counts as confirmed (None: nothing does, and `why_not` says why): the sum of `by_month`
    and of `trued_up`, which was learned after its months had closed and counts in the open month (V16).
    `earned` is what the period's own months are known to be worth now, wherever they count.
    `assumed_by_month` are months after the last confirmed reading, fading (V11); `expected_by_month` what is
    measured and not confirmed, or promised and not read. Neither is in any confirmed total.
    `cannot_tell` says that nobody can tell what is still expected. `memo` is what is already in lower cost
    (V13), `removed` the overlap removed (V8). Where closed months would count otherwise now, `kept` are the
    months that count, each under the terms that it counts under, and `origin` what is known of the period's
    own months now, wherever that counts (None: `by_month` says it).
    """

    outcome: Outcome
    epic: Epic
    claim: Claimed
    standing: told.Standing
    state: str
    value: int | None
    why_not: str
    by_month: tuple[Amount, ...] = ()
    assumed_by_month: tuple[Amount, ...] = ()
    expected_by_month: tuple[Amount, ...] = ()
    cannot_tell: bool = False
    memo: int = 0
    removed: int = 0
    readings: tuple[Reading, ...] = ()
    trued_up: tuple[Amount, ...] = ()
    earned: int = 0
    kept: tuple[Earned, ...] = ()
    origin: tuple[Amount, ...] | None = None

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
    def months(self) -> int:
        """How many months of the period count."""
        return len(self.by_month)

    @property
    def expected(self) -> int:
        """What the period could still bring as likely: expected and assumed months."""
        return sum(one.amount for one in (*self.expected_by_month, *self.assumed_by_month))


def milestones(agreed: Agreed, claim: Claimed, epic: Epic) -> Milestones:
    """What happened to an outcome, and when; kept, because it is asked for in every report."""
    kept = agreed.milestones
    if claim.outcome.key not in kept:
        kept[claim.outcome.key] = _milestones(agreed, claim, epic)
    return kept[claim.outcome.key]


def _milestones(agreed: Agreed, claim: Claimed, epic: Epic) -> Milestones:
    outcome, plan = claim.outcome, claim.plan
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
    )


def _series_to(claim: Claimed) -> date | None:
    """The last day of the month up to which a live series upholds the last confirmed reading (rule V11)."""
    last = claim.levels[-1] if claim.levels else None
    if last is None or last.to_month <= month_of(last.read_on):
        return None
    after = add_months(last.to_month, 1)
    return date(after // 100, after % 100, 1) - timedelta(days=1)


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


# In the period


def build(basis: Basis, agreed: Agreed, epic: Epic, claim: Claimed, today: date | None) -> Valued:
    """The outcome in the period looked at, in the report's currency."""
    outcome, span = claim.outcome, basis.span
    months = _period(basis, agreed, claim)
    why = _why_not(basis, agreed, claim, months) or months.missing
    assumed, expected = ahead(agreed, claim, span.last, today, span.first) if span is not None else ([], [])
    later = [converted(basis, outcome.currency, its) if its else () for its in (assumed, expected)]
    cut = _in_span(((*one, 0) for one in claim.counted.removed), span) if claim.counted.removed else ()
    removed = converted(basis, outcome.currency, cut)
    by_month, trued_up, kept = ((), (), ()) if why else (months.own, months.late, months.kept)
    return Valued(
        outcome,
        epic,
        claim,
        agreed.standings[outcome.key],
        state(agreed, claim, epic, today),
        _sum((*by_month, *trued_up)) if by_month or trued_up else None,
        why or (MEMO_WHY if months.memo and not (by_month or trued_up) else ""),
        by_month,
        later[0] or (),
        later[1] or (),
        _cannot_tell(agreed, claim, is_known=None not in later),
        _sum(months.memo) if not why else 0,
        _sum(removed or ()),
        agreed.values.readings.get(outcome.key, ()),
        trued_up,
        _sum(months.origin),
        kept,
        months.origin if outcome.key in agreed.true_ups.months else None,
    )


def gone(basis: Basis, agreed: Agreed, key: str) -> Valued:
    """An outcome that is there no more and that closed months count, with what it counts in the period."""
    claim, span = agreed.true_ups.gone[key], basis.span
    months = _booked(basis, agreed.true_ups.months[key], span, ()) if span is not None else _NO_MONTHS
    by_month, trued_up, kept = months.own, months.late, months.kept
    if months.missing:
        by_month, trued_up, kept = (), (), ()
    return Valued(
        claim.outcome,
        claim.epic,
        claim,
        told.Standing(GONE, is_own_word=False, to_month=None),
        UNDONE,
        _sum((*by_month, *trued_up)) if by_month or trued_up else None,
        months.missing or GONE,
        by_month,
        trued_up=trued_up,
        memo=0 if months.missing else _sum(months.memo),
        kept=kept,
        origin=(),
    )


def _sum(months: Iterable[Amount]) -> int:
    return sum(one.amount for one in months)


class _Period(NamedTuple):
    """Months of an outcome in the period, in the report's currency.

    `own` count in their own month, `late` are true-ups of closed ones, `memo` is already in lower cost;
    `origin` is what the period's own months are known to be worth now. `missing` says which rate is missing
    (then they are in the outcome's own currency). `kept`: see `Valued`.
    """

    own: tuple[Amount, ...] = ()
    late: tuple[Amount, ...] = ()
    memo: tuple[Amount, ...] = ()
    origin: tuple[Amount, ...] = ()
    missing: str = ""
    kept: tuple[Earned, ...] = ()


_NO_MONTHS = _Period()


def _period(basis: Basis, agreed: Agreed, claim: Claimed) -> _Period:
    """What counts in the period; true-ups at the rate of the month that they are about."""
    span, currency = basis.span, claim.outcome.currency
    now = _in_span(claim.counted.months, span)
    found = converted(basis, currency, now)
    is_memo, shown = claim.treated == claims.MEMO, found or ()
    booked = agreed.true_ups.months.get(claim.outcome.key)
    if booked is not None and span is not None:
        return _booked(basis, booked, span, () if is_memo else shown)
    missing = _missing(basis, currency, now) if found is None and _is_shown(basis, currency) else ""
    known = tuple(now) if found is None else found
    return _Period((), (), known, (), missing) if is_memo else _Period(known, (), (), shown, missing)


def _booked(basis: Basis, booked: Iterable[Earned], span: Span, origin: tuple[Amount, ...]) -> _Period:
    """The months that count in the period, each under its own terms."""
    own: list[Amount] = []
    memo: list[Amount] = []
    late: dict[tuple[int, int], int] = {}
    kept: list[Earned] = []
    missing = ""
    for one in booked:
        if not span.holds(one.month) or not _is_shown(basis, one.terms.currency):
            continue
        its = (Amount(one.earned, one.amount, one.level),)
        found = converted(basis, one.terms.currency, its)
        missing = missing or (_missing(basis, one.terms.currency, its) if found is None else "")
        amount = (found or its)[0].amount
        if one.terms.treated == claims.MEMO:
            memo.append(Amount(one.month, amount, one.level))
            continue
        kept.append(one._replace(amount=amount))
        if one.month == one.earned:
            own.append(Amount(one.month, amount, one.level))
        else:
            late[one.month, one.level] = late.get((one.month, one.level), 0) + amount
    after = tuple(Amount(month, amount, level) for (month, level), amount in sorted(late.items()) if amount)
    return _Period(tuple(own), after, tuple(memo), origin, missing, tuple(kept))


def _is_shown(basis: Basis, currency: str) -> bool:
    """Whether a report that converts nothing is in this currency, or one that converts can tell it."""
    return currency == basis.currency or (basis.is_converted and currency in MINOR_DIGITS)


def _cannot_tell(agreed: Agreed, claim: Claimed, *, is_known: bool) -> bool:
    """Whether it is cash that could still come and nobody has said what it is worth."""
    if not claim.is_cash or claim.ended_on is not None or claim.is_capacity or claim.levels:
        return False
    level = PROMISED if claim.latest is None else LATEST
    return month_at(agreed, claim, level) is None or not is_known


def _in_span(months: Iterable[tuple[int, int, int]], span: Span | None) -> list[Amount]:
    if span is None:
        return []
    first, last = span.first, span.last
    return [Amount(month, amount, level) for month, amount, level in months if first <= month <= last]


def converted(basis: Basis, currency: str, months: Sequence[Amount]) -> tuple[Amount, ...] | None:
    """Months in the report's currency, each at its own rate; None where a rate is missing."""
    if currency == basis.currency:
        return tuple(months)
    found = []
    for one in months:
        amount = basis.rates.amount(one.amount, currency, one.month) if basis.is_converted else None
        if amount is None:
            return None
        found.append(Amount(one.month, amount, one.level))
    return tuple(found)


def _missing(basis: Basis, currency: str, months: Sequence[Amount]) -> str:
    return next(
        basis.rates.missing(currency, one.month)
        for one in months
        if basis.rates.amount(0, currency, one.month) is None
    )


def _why_not(basis: Basis, agreed: Agreed, claim: Claimed, months: _Period) -> str:
    """Why an outcome has no confirmed value in this period; empty when it has."""
    counted = (*months.own, *months.late, *months.memo)
    is_nothing = not any(one.amount for one in counted)
    if claim.is_disputed and is_nothing:
        return "disputed: finance asked and nobody has answered yet"
    nothing = _named(agreed, claim.counted.why_nothing)
    if counted and nothing and is_nothing:
        return nothing
    if not counted and claim.ended_on is not None:
        return "written off: its gain counts nothing"
    if not counted and claim.why_not:
        return claim.why_not
    currency = claim.outcome.currency
    if not months.kept and not _is_shown(basis, currency):
        return f"its value is in {currency or 'no currency'}, which is not converted to {basis.currency} yet"
    if basis.span is None:
        return NO_COSTS
    if claim.first_month is None and not counted:
        return "its epic is not delivered yet"
    return "" if counted else _nothing_in(basis.span.label, months)


def _named(agreed: Agreed, nothing: str) -> str:
    """The reason with the measure and epic of the outcome that counts instead, which it names by key."""
    other = agreed.claimed.get(nothing.removeprefix(COUNTED_ONCE))
    if other is None or not nothing.startswith(COUNTED_ONCE):
        return nothing
    name = next((epic.name for epic in agreed.epics if epic.key == other.outcome.epic), other.outcome.epic)
    return f"{COUNTED_ONCE}“{other.outcome.metric}” of {name}"


def _nothing_in(period: str, months: _Period) -> str:
    if any(one.amount for one in months.origin):
        return f"{period} had closed before it was confirmed: it counts in a later month, as a true-up"
    return f"no confirmed month lies in {period}"


def next_due(agreed: Agreed, claim: Claimed, epic: Epic) -> closing_loop.Due | None:
    """The first reading or renewal that is open, due already or to come."""
    building.give_way()
    name = "next", claim.outcome.key
    return once(agreed, name, lambda: closing_loop.next_due(milestones(agreed, claim, epic)))
