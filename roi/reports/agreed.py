"""What is agreed about value at one version of the store, kept for every reader and filter.

Nothing here depends on who asks or on what is looked at, so it is read and settled once for each version.
"""

import threading
from collections import OrderedDict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeVar

import numpy as np

from roi.domain import appraisal, persistence
from roi.domain import outcomes as told
from roi.domain.closing_loop import Milestones
from roi.domain.counting import Counts
from roi.domain.structure import Confirmation, Epic, Outcome, Tick, Told
from roi.domain.value import Values
from roi.reports import claims, true_ups
from roi.reports.claims import Claimed
from roi.reports.true_ups import NO_TRUE_UPS, TrueUps
from roi.store import read, read_value

HALF_LIFE, HORIZON = "half_life_months", "horizon_months"
"""The settings that say how long a benefit lasts when nobody said so of the outcome itself."""

RUN_COST = "run_cost_share"
"""The setting that says what running a feature costs a year, as a share of its build cost (rule V4)."""

T = TypeVar("T")
_KEPT = 4
_lock = threading.Lock()
_known: OrderedDict[tuple[object, ...], "Agreed"] = OrderedDict()


@dataclass(frozen=True)
class Agreed:
    """Epics, outcomes, ticks and all that belongs to value, with each outcome's claim and count.

    `shares_left` is each outcome's likely share once the shares of its pool are cut to the whole; months
    ahead are reckoned with it. `true_ups` holds the months that count for outcomes of which closed months
    would count otherwise now. `ratios` keeps the draws that were made already (see
    `draws`), `milestones` what happened to each outcome (see `valued`), `periods` the latest
    periods looked at (see `work`), `found` what else no period changes (see `valued`).
    """

    epics: tuple[Epic, ...]
    outcomes: tuple[Outcome, ...]
    ticks: Mapping[str, Mapping[Tick, Confirmation]]
    standings: Mapping[str, told.Standing]
    values: Values
    claimed: Mapping[str, Claimed]
    counts: Counts
    shares_left: Mapping[str, int]
    half_life_months: int
    horizon_months: int
    run_cost_share: int = appraisal.RUN_COST_SHARE
    ratios: dict[tuple[object, ...], np.ndarray] = field(default_factory=dict)
    true_ups: TrueUps = NO_TRUE_UPS
    milestones: dict[str, Milestones] = field(default_factory=dict)
    periods: dict[tuple[object, ...], Any] = field(default_factory=dict)
    found: dict[tuple[object, ...], Any] = field(default_factory=dict)


def once(agreed: Agreed, name: tuple[object, ...], make: Callable[[], T]) -> T:
    """What no period changes, made once; another thread may forget it at any moment."""
    try:
        found: T = agreed.found[name]
    except KeyError:
        found = agreed.found[name] = make()
    return found


def load(cursor: read.Cursor, store_key: str, as_of: int | None, currency: str) -> Agreed:
    """What is agreed at the version that the cursor sees; read once for each version of a store.

    Without a store's key nothing is kept: the cursor may see what is not stored yet.
    """
    if not store_key:
        return _read(cursor, store_key, currency)
    key = (store_key, read.head(cursor), as_of, currency)
    with _lock:
        if key in _known:
            _known.move_to_end(key)
            return _known[key]
    found = _read(cursor, store_key, currency)
    with _lock:
        _known[key] = found
        while len(_known) > _KEPT:
            _known.popitem(last=False)
    return found


def _read(cursor: read.Cursor, store_key: str, currency: str) -> Agreed:
    given = _given(cursor, currency)
    claimed, counts = claims.settle(given)
    settings = read.settings(cursor)
    return Agreed(
        tuple(given.epics.values()),
        given.outcomes,
        given.ticks,
        given.standings,
        given.values,
        claimed,
        counts,
        claims.shares_left(claimed),
        int(settings.get(HALF_LIFE) or persistence.HALF_LIFE_MONTHS),
        given.horizon_months,
        int(settings.get(RUN_COST) or appraisal.RUN_COST_SHARE),
        true_ups=true_ups.load(
            cursor,
            store_key and f"{store_key} {currency}",
            claimed,
            lambda: claims.settle(_given(cursor, _currency(cursor)))[0],
        ),
    )


def _currency(cursor: read.Cursor) -> str:
    company = read.company(cursor)
    return company.currency if company is not None else ""


def _given(cursor: read.Cursor, currency: str) -> claims.Given:
    """What claims are made from, at the version that the cursor sees now."""
    by_key = {epic.key: epic for epic in read.epics(cursor)}
    outcomes = read.outcomes(cursor)
    ticks = _ticks(read.confirmations(cursor))
    then = read.told_when_confirmed(cursor)
    standings = {}
    for outcome in outcomes:
        its = ticks.get(outcome.key, {})
        its_then = {tick: then[outcome.key, tick] for tick in its if (outcome.key, tick) in then}
        standings[outcome.key] = told.standing(Told(outcome, by_key[outcome.epic].delivered), its, its_then)
    outcomes = tuple(claims.in_currency(one, currency) for one in outcomes)
    horizon = int(read.settings(cursor).get(HORIZON) or persistence.HORIZON_MONTHS)
    return claims.Given(outcomes, by_key, standings, ticks, read_value.values(cursor), horizon)


def _ticks(found: Iterable[Confirmation]) -> dict[str, dict[Tick, Confirmation]]:
    ticks: dict[str, dict[Tick, Confirmation]] = {}
    for tick in found:
        ticks.setdefault(tick.outcome, {})[tick.tick] = tick
    return ticks
