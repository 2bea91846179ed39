"""The value plan of an outcome: its frozen promise by month, as it was agreed when it was frozen (V17).

The day of delivery, horizon and delivered slices are those that stood before the change that froze the
promise, or as that change made them where they were new: a later edit moves nothing (law T11). Months are
phased as `ahead` phases what is promised: full, because fading begins after a reading.
"""

from collections.abc import Mapping
from datetime import date
from typing import NamedTuple

from roi.domain import counting, persistence
from roi.domain import outcomes as told
from roi.domain.money import SHARE_WHOLE
from roi.domain.periods import add_months, months_between
from roi.domain.value import FrozenForecast
from roi.reports import ahead, evidence, kept
from roi.reports.valued import Valued, converted
from roi.reports.work import Work
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


def frozen(work: Work, item: Valued) -> int | None:
    """What the frozen promise brings in the period, in the report's currency; None: no money or day said."""
    forecast, span = work.values.forecasts.get(item.outcome.key), work.basis.span
    if forecast is None or span is None:
        return None
    terms = _terms(work).get(item.outcome.key, Terms())
    delivered = terms.due_on or terms.delivered or item.epic.delivered
    currency = forecast.currency or item.outcome.currency
    amount = _a_month(forecast, item, currency)
    if delivered is None or amount is None:
        return None
    slices = counting.phases_of(terms.slices, delivered)
    first = slices[0][0]
    reach = max(first, span.first), min(add_months(first, terms.horizon_months - 1), span.last)
    if currency == work.basis.currency and slices[0][1] >= SHARE_WHOLE:
        return amount * len(months_between(*reach))
    months = ahead.of_promise(amount, reach, slices)
    its = converted(work.basis, currency, months)
    return None if its is None else sum(one.amount for one in its)


def _a_month(forecast: FrozenForecast, item: Valued, currency: str) -> int | None:
    """The likely promise a month in minor units; None without a unit value."""
    if forecast.unit_value is None:
        return None
    moved = forecast.target_likely - forecast.baseline
    moved = -moved if item.outcome.direction == told.DOWN else moved
    share = SHARE_WHOLE if forecast.share_likely is None else forecast.share_likely
    return evidence.worth(moved, forecast.unit_value, currency) * share // SHARE_WHOLE


def _terms(work: Work) -> Mapping[str, Terms]:
    """Of every promise that is frozen; read once for each state of what is agreed."""
    return kept.once(work.basis, "frozen terms", (), lambda: _read(work.basis.cursor), (kept.VALUE,))


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
