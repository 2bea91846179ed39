"""The value plan of an outcome: its frozen promise by month, as it was agreed when it was frozen (V17).

The day of delivery, horizon and delivered slices are those that stood before the change that froze the
promise, or as that change made them where they were new: a later edit moves nothing (law T11). Months are
phased as `ahead` phases what is promised: full, because fading begins after a reading.
"""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import NamedTuple

import numpy as np

from roi.domain import counting, persistence
from roi.domain import outcomes as told
from roi.domain.money import SHARE_WHOLE
from roi.domain.periods import add_months, months_between
from roi.domain.value import FrozenForecast
from roi.reports.booked.work import Work
from roi.reports.ground import kept
from roi.reports.value import ahead, evidence
from roi.reports.value.valued import Valued, converted
from roi.store import read


class Terms(NamedTuple):
    """What was agreed beside a promise when it was frozen.

    `delivered` is a delivery that was known by then, `slices` are the parts that were delivered by then, each
    with its share in parts per million.
    """

    due_on: date | None = None
    delivered: date | None = None
    horizon_months: int = persistence.HORIZON_MONTHS
    slices: tuple[tuple[date, int], ...] = ()


class _Promise(NamedTuple):
    """What a month of a promise is worth, in which currency, from when on which part of it, and how long."""

    amount: int
    currency: str
    slices: tuple[tuple[int, int], ...]
    horizon_months: int

    @property
    def is_whole(self) -> bool:
        """Whether all of it comes at once."""
        return self.slices[0][1] >= SHARE_WHOLE


def _promise(work: Work, item: Valued) -> _Promise | None:
    """The frozen promise of an outcome; None: no money or day said."""
    forecast = work.values.forecasts.get(item.outcome.key)
    if forecast is None:
        return None
    terms = _terms(work).get(item.outcome.key, Terms())
    delivered = terms.due_on or terms.delivered or item.epic.delivered
    currency = forecast.currency or item.outcome.currency
    amount = _a_month(forecast, item, currency)
    if delivered is None or amount is None:
        return None
    return _Promise(amount, currency, counting.phases_of(terms.slices, delivered), terms.horizon_months)


def due_on(work: Work, outcome: str) -> date | None:
    """The day that was agreed for the delivery of an outcome's work when its promise was frozen."""
    return _terms(work).get(outcome, Terms()).due_on


def frozen(work: Work, item: Valued) -> int | None:
    """What the frozen promise brings in the period, in the report's currency; None: no money or day said."""
    its, span = _promise(work, item), work.basis.span
    if its is None or span is None:
        return None
    first = its.slices[0][0]
    reach = max(first, span.first), min(add_months(first, its.horizon_months - 1), span.last)
    if its.currency == work.basis.currency and its.is_whole:
        return its.amount * len(months_between(*reach))
    found = converted(work.basis, its.currency, ahead.of_promise(its.amount, reach, its.slices))
    return None if found is None else sum(one.amount for one in found)


class Promises(NamedTuple):
    """Promises by outcome that bring the same in every month from their first to their last.

    They are in the report's currency; the `others` come in slices, or have to be converted.
    """

    keys: tuple[str, ...]
    amounts: tuple[int, ...]
    firsts: np.ndarray
    lasts: np.ndarray
    others: tuple[str, ...]


def promises(work: Work, items: Iterable[Valued]) -> Promises:
    """The frozen promises of some outcomes: the same in every period."""
    even: list[tuple[str, int, int, int]] = []
    others: list[str] = []
    for item in items:
        its = _promise(work, item)
        if its is not None and its.is_whole and its.currency == work.basis.currency:
            first = _number(its.slices[0][0])
            even.append((item.outcome.key, its.amount, first, first + its.horizon_months - 1))
        elif its is not None:
            others.append(item.outcome.key)
    keys, amounts, firsts, lasts = zip(*even, strict=True) if even else ((), (), (), ())
    return Promises(
        keys, amounts, np.array(firsts, dtype=np.int64), np.array(lasts, dtype=np.int64), tuple(others)
    )


def _number(month: int) -> int:
    """Months counted one by one."""
    return month // 100 * 12 + month % 100


def of_period(work: Work, its: Promises) -> dict[str, int]:
    """What promises bring in the period by outcome, of those that bring anything in some month."""
    span = work.basis.span
    if span is None:
        return {}
    firsts = np.maximum(its.firsts, _number(span.first))
    months = np.maximum(np.minimum(its.lasts, _number(span.last)) - firsts + 1, 0).tolist()
    found = {key: amount * count for key, amount, count in zip(its.keys, its.amounts, months, strict=True)}
    for key in its.others:
        amount = frozen(work, work.by_key[key])
        if amount is not None:
            found[key] = amount
    return found


def _a_month(forecast: FrozenForecast, item: Valued, currency: str) -> int | None:
    """The likely promise a month in minor units; None without a unit value."""
    if forecast.unit_value is None:
        return None
    moved = forecast.target_likely - forecast.baseline
    moved = -moved if item.outcome.direction == told.DOWN else moved
    share = SHARE_WHOLE if forecast.share_likely is None else forecast.share_likely
    return evidence.worth(moved, forecast.unit_value, currency) * share // SHARE_WHOLE


class _Known(NamedTuple):
    """The terms of promises by outcome, and the rows of promises and the epics for which they were read."""

    forecasts: Mapping[str, FrozenForecast]
    epics: Mapping[str, str]
    terms: Mapping[str, Terms]


def _terms(work: Work) -> Mapping[str, Terms]:
    """Of every promise that is frozen; read once for each state of what is agreed."""
    return kept.once(work.basis, "frozen terms", (), lambda: _known(work), (kept.VALUE,)).terms


def _known(work: Work) -> _Known:
    """As read before where no promise was frozen and no outcome moved to another epic since.

    The rows of promises are the very ones of before then, and no later edit changes what stood beside them.
    """
    epics = {one.key: one.epic for one in work.agreed.outcomes}
    at = work.basis.kept_at
    if at is None or at.as_of is not None:
        return _Known({}, {}, _read(work.basis.cursor))
    name = at.store_key, "frozen terms"
    before: _Known | None = kept.newest(name)
    if before is not None and before.forecasts is work.values.forecasts and before.epics == epics:
        return before
    found = _Known(work.values.forecasts, epics, _read(work.basis.cursor))
    kept.follow(name, found)
    return found


def _read(cursor: read.Cursor) -> dict[str, Terms]:
    slices: dict[str, list[tuple[date, int]]] = {}
    read.prepare(cursor, "frozen_promise")
    for row in read.rows(cursor, "frozen_slices"):
        on = _day(row["delivered"]) or date.min
        slices.setdefault(read.text(row["outcome"]), []).append((on, read.whole(row["share"])))
    found = {}
    for row in read.rows(cursor, "frozen_terms"):
        key, horizon = read.text(row["outcome"]), read.whole(row["horizon_months"])
        its = tuple(slices.get(key, ()))
        found[key] = Terms(
            _day(row["due_on"]), _day(row["delivered"]), horizon or Terms().horizon_months, its
        )
    return found


def _day(cell: object) -> date | None:
    return cell if isinstance(cell, date) else None
