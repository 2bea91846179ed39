"""What outcomes brought since delivery, and what a month of them is promised and expected to bring.

Beside cost since the start stands value since delivery, never that of one period; ranges come from draws.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal

import numpy as np

from roi.domain import outcomes as told
from roi.domain.figures import Figure, unknown
from roi.domain.periods import month_of
from roi.domain.structure import Outcome, ValueClass
from roi.domain.uncertainty import Draws, Estimate
from roi.reports.appraisal.calibrated import as_promised
from roi.reports.booked.booking import Sums
from roi.reports.booked.returned import is_open, why_nothing
from roi.reports.booked.work import Work
from roi.reports.ground import converting
from roi.reports.loop.work_rows import NOT_BEGUN
from roi.reports.value import valued
from roi.reports.value.claims import MEMO
from roi.reports.value.draws import LATEST, PROMISED, spread
from roi.reports.value.valued import Amount, Valued

NOT_CASH = "none of it is cash"
NO_SUCH = "no outcome of this kind"
LOWER_COST = "what it saves is in lower cost already, and counts once"
GIVEN_UP = "what was promised was given up: nothing more of it is expected"
RETIRED = "its product is retired: nothing more of it is expected"
NOT_MONEY = "not financial: it is measured, never counted as money"
"""Why there is none where it is known that there is none; elsewhere nobody can tell yet (T3, V13)."""


_OF_FINANCE = frozenset(
    {"outcome_value", "confirmed_so_far", "protected_so_far", "confirmed_cash", "protected_value"}
)


def is_none(figure: Figure) -> bool:
    """Whether it is known that there is nothing of it, so that it is *none* and not *not known yet*.

    What finance has confirmed is none where it was read and is not confirmed, given up, or counts elsewhere.
    """
    if figure.is_known:
        return False
    is_told = figure.figure_id in _OF_FINANCE and is_answer(figure.reason)
    return is_told or figure.reason in {NO_SUCH, LOWER_COST, NOT_MONEY, NOT_BEGUN, GIVEN_UP, RETIRED}


def is_answer(why: str) -> bool:
    """Whether the reason why finance has confirmed nothing says that there is none."""
    return bool(why) and not is_open(why)


def confirmed(work: Work, items: Sequence[Valued], keys: Mapping[str, str]) -> Figure:
    """Cash that finance confirmed for every month since delivery."""
    cash = [item for item in items if item.is_cash]
    found = _counted(work, cash, ("confirmed_so_far", "confirmed"), keys, items)
    is_saved = any(item.claim.treated == MEMO and item.claim.counted.months for item in items)
    return replace(found, reason=LOWER_COST) if found.reason == NO_SUCH and is_saved else found


def protected(work: Work, items: Sequence[Valued], keys: Mapping[str, str]) -> Figure:
    """Confirmed value that is not cash, for every month since delivery; capacity is no money."""
    apart = [
        item
        for item in items
        if not item.is_cash
        and item.claim.treated == "protected"
        and not item.claim.is_capacity
        and item.outcome.value_class is not ValueClass.NOT_FINANCIAL
    ]
    return _counted(work, apart, ("protected_so_far", "protected"), keys, items)


def _counted(
    work: Work,
    items: Sequence[Valued],
    named: tuple[str, str],
    keys: Mapping[str, str],
    every: Sequence[Valued],
) -> Figure:
    figure_id, name = named
    scope, currency = work.basis.keys(**keys), work.basis.currency
    sums: Sums = {}
    count, waiting = 0, ""
    for item in items:
        amounts = [Amount(*one) for one in item.claim.counted.months if one[1]]
        found = valued.converted(work.basis, item.outcome.currency, amounts)
        if found is None:
            waiting = converting.no_rate(work.basis, item.outcome.currency)
            continue
        count += bool(found)
        for one in found:
            key = item.outcome.key, one.level
            sums[key] = sums.get(key, 0) + one.amount
    if not sums:
        why = waiting or why_nothing(items, every)
        return unknown(figure_id, why, currency=currency, scope=scope)
    ends = work.range_in(sums)
    return Figure(
        figure_id,
        ends.likely,
        f"without what waits: {waiting}" if waiting else "",
        low=ends.low,
        high=ends.high,
        currency=currency,
        inputs=(("outcomes", count), (name, ends.likely)),
        scope=scope,
    )


# A month of it


def expected(work: Work, items: Sequence[Valued], keys: Mapping[str, str]) -> Figure:
    """One month at the level that was read, else as promised today; cash, or else what is not cash."""
    if items and all(item.claim.ended_on is not None for item in items):
        scope = work.basis.keys(**keys)
        return unknown("expected_sum", GIVEN_UP, currency=work.basis.currency, scope=scope)
    if items and all(is_over(work, item) for item in items):
        scope = work.basis.keys(**keys)
        return unknown("expected_sum", RETIRED, currency=work.basis.currency, scope=scope)

    def month(item: Valued) -> tuple[int | None, str, Draws]:
        level = PROMISED if item.claim.latest is None else LATEST
        amount = valued.month_at(work.agreed, item.claim, level)
        return amount, item.outcome.currency, work.draws.ratio(item.outcome.key, level)

    found = [(item, *month(item)) for item in items if not is_over(work, item) and not item.claim.is_capacity]
    return _month(work, found, ("expected_sum", "expected"), keys)


def promised(work: Work, items: Sequence[Valued], keys: Mapping[str, str]) -> Figure:
    """One month as it was frozen when work started; also of what was given up since."""
    found = []
    for item in items:
        outcome = as_promised(work, item.outcome)
        amount = told.expected_month(outcome)
        ratio = _frozen_ratio(work, outcome, item.pool)
        found.append((item, amount.likely if amount else None, outcome.currency, ratio))
    return _month(work, found, ("promised_month", "promised"), keys)


def is_over(work: Work, item: Valued) -> bool:
    """Whether nothing more is expected of it: it was given up, or its product is retired by now."""
    last = work.agreed.retired.get(item.epic.key)
    return item.claim.ended_on is not None or (last is not None and last < _now(work))


def _now(work: Work) -> int:
    """The month in which it is asked: today's, else the last one looked at."""
    if work.today is not None:
        return month_of(work.today)
    return work.basis.span.last if work.basis.span else 0


def _frozen_ratio(work: Work, outcome: Outcome, pool: str) -> Draws:
    """How much more or less than the likely promise the frozen range says, with the draws of its pool."""
    targets = (outcome.target_low, outcome.target_likely, outcome.target_high)
    low, likely, high = sorted(_plain(told.movement(outcome, target)) for target in targets)
    if likely == 0 or low == high:
        return np.ones(work.draws.count)
    drawn = work.draws.sampler.draw(f"target {pool}", Estimate(low, likely, high))
    ratio: Draws = drawn / likely
    return ratio


def _plain(level: Decimal) -> float:
    numerator, denominator = level.as_integer_ratio()
    return numerator / denominator


_Found = tuple[Valued, int | None, str, Draws]


def _month(work: Work, found: Sequence[_Found], named: tuple[str, str], keys: Mapping[str, str]) -> Figure:
    figure_id, name = named
    scope, currency = work.basis.keys(**keys), work.basis.currency
    at = _now(work)
    known = []
    for item, amount, its_currency, ratio in found:
        shown = None if amount is None else converting.at_latest(work.basis, amount, its_currency, at)
        if shown is not None:
            known.append((item, shown, ratio))
    cash = [one for one in known if one[0].is_cash]
    if not known:
        return unknown(figure_id, _why_no_month(found), currency=currency, scope=scope)
    used = cash or known
    whole = np.zeros(work.draws.count)
    for _, amount, ratio in used:
        whole += np.multiply(ratio, amount, dtype=np.float64)
    ends = spread(whole, sum(amount for _, amount, _ in used))
    return Figure(
        figure_id,
        ends.likely,
        "" if cash else NOT_CASH,
        low=ends.low,
        high=ends.high,
        currency=currency,
        inputs=(("outcomes", len(used)), (name, ends.likely)),
        scope=scope,
    )


def _why_no_month(found: Sequence[_Found]) -> str:
    if not found:
        return "no outcome says what it should bring"
    if all(item.outcome.value_class is ValueClass.NOT_FINANCIAL for item, *_ in found):
        return NOT_MONEY
    return "nobody has said what it is worth"
