"""What is agreed about value at one version of the store, kept for every reader and filter.

Nothing here depends on who asks or on what is looked at, so it is read and settled once for each version.
"""

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
from roi.reports import claims, kept, true_ups
from roi.reports.basis import Basis
from roi.reports.claims import Claimed
from roi.reports.true_ups import Earned
from roi.store import read, read_value

HALF_LIFE, HORIZON = "half_life_months", "horizon_months"
"""The settings that say how long a benefit lasts when nobody said so of the outcome itself."""

RUN_COST = "run_cost_share"
"""The setting that says what running a feature costs a year, as a share of its build cost (rule V4)."""

T = TypeVar("T")


@dataclass(frozen=True)
class Agreed:
    """Epics, outcomes, ticks and all that belongs to value, with each outcome's claim and count.

    `shares_left` is each outcome's likely share once the shares of its pool are cut to the whole; months
    ahead are reckoned with it. `trued_up` holds the months that count for outcomes of which closed months
    would count otherwise now (see `true_ups`). `ratios` keeps the draws that were made already (see
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
    trued_up: Mapping[str, tuple[Earned, ...]] = field(default_factory=dict)
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


def load(basis: Basis, currency: str) -> Agreed:
    """What is agreed at the version looked at; read once for each state of what is agreed.

    Without a store's key nothing is kept: the cursor may see what is not stored yet.
    """
    return kept.once(
        basis,
        "agreed",
        (currency,),
        lambda: _read(basis.cursor, basis.store_key, currency),
        (kept.VALUE,),
    )


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
        int(settings.get(HORIZON) or persistence.HORIZON_MONTHS),
        int(settings.get(RUN_COST) or appraisal.RUN_COST_SHARE),
        trued_up=true_ups.load(
            cursor,
            store_key and f"{store_key} {currency}",
            claimed,
            lambda: claims.settle(_given(cursor, currency))[0],
        ),
    )


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
    return claims.Given(outcomes, by_key, standings, ticks, read_value.values(cursor))


def _ticks(found: Iterable[Confirmation]) -> dict[str, dict[Tick, Confirmation]]:
    ticks: dict[str, dict[Tick, Confirmation]] = {}
    for tick in found:
        ticks.setdefault(tick.outcome, {})[tick.tick] = tick
    return ticks
