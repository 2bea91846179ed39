"""What one outcome counts in the period that is looked at, and what it could still bring in it."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import NamedTuple

from roi.domain.benefits import COUNTED_ONCE, why_no_gain
from roi.domain.money import MINOR_DIGITS
from roi.domain.periods import Span
from roi.reports.ground.basis import NO_COSTS, Basis
from roi.reports.value import claims
from roi.reports.value.agreed import Agreed
from roi.reports.value.ahead import Amount, month_at
from roi.reports.value.claims import Claimed
from roi.reports.value.draws import LATEST, PROMISED
from roi.reports.value.landed import ahead
from roi.reports.value.true_ups import Earned

GONE = "it is there no more; what closed months counted of it is taken back in the open month"
MEMO_WHY = "already in lower cost: what it saves lies inside engineering's own cost and counts once"


class Counts(NamedTuple):
    """What an outcome counts in the period and what it could still bring, in the report's currency.

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

    value: int | None
    why_not: str
    by_month: tuple[Amount, ...] = ()
    assumed_by_month: tuple[Amount, ...] = ()
    expected_by_month: tuple[Amount, ...] = ()
    cannot_tell: bool = False
    memo: int = 0
    removed: int = 0
    trued_up: tuple[Amount, ...] = ()
    earned: int = 0
    kept: tuple[Earned, ...] = ()
    origin: tuple[Amount, ...] | None = None


def counted(basis: Basis, agreed: Agreed, claim: Claimed, today: date | None) -> Counts:
    """What an outcome counts in the period looked at, in the report's currency."""
    outcome, span = claim.outcome, basis.span
    months = _period(basis, agreed, claim)
    why = _why_not(basis, agreed, claim, months) or months.missing
    assumed, expected = ahead(agreed, claim, span.last, today, span.first) if span is not None else ([], [])
    later = [converted(basis, outcome.currency, its) if its else () for its in (assumed, expected)]
    cut = _in_span(((*one, 0) for one in claim.counted.removed), span) if claim.counted.removed else ()
    removed = converted(basis, outcome.currency, cut)
    by_month, trued_up, kept = ((), (), ()) if why else (months.own, months.late, months.kept)
    return Counts(
        _sum((*by_month, *trued_up)) if by_month or trued_up else None,
        why or (MEMO_WHY if months.memo and not (by_month or trued_up) else ""),
        by_month,
        later[0] or (),
        later[1] or (),
        cannot_tell(agreed, claim, is_known=None not in later),
        _sum(months.memo) if not why else 0,
        _sum(removed or ()),
        trued_up,
        _sum(months.origin),
        kept,
        months.origin if outcome.key in agreed.true_ups.months else None,
    )


def gone(basis: Basis, agreed: Agreed, claim: Claimed) -> Counts:
    """What an outcome counts in the period that is there no more and that closed months count."""
    span, its = basis.span, agreed.true_ups.months[claim.outcome.key]
    months = _booked(basis, its, span, ()) if span is not None else _NO_MONTHS
    by_month, trued_up, kept = months.own, months.late, months.kept
    if months.missing:
        by_month, trued_up, kept = (), (), ()
    return Counts(
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


def cannot_tell(agreed: Agreed, claim: Claimed, *, is_known: bool = True) -> bool:
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
        return why_no_gain(claim.ended_by)
    if not counted and claim.why_not:
        return _named(agreed, claim.why_not)
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
    epic = agreed.epic_by_key.get(other.outcome.epic)
    return f"{COUNTED_ONCE}“{other.outcome.metric}” of {epic.name if epic else other.outcome.epic}"


def _nothing_in(period: str, months: _Period) -> str:
    if any(one.amount for one in months.origin):
        return f"{period} had closed before it was confirmed: it counts in a later month, as a true-up"
    return f"no confirmed month lies in {period}"
