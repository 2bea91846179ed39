"""What is agreed about value at one version of the store, kept for every reader and filter.

Nothing here depends on who asks or on what is looked at, so it is read and settled once for each version.
"""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, TypeVar

import numpy as np

from roi.domain import appraisal, chains, persistence
from roi.domain import outcomes as told
from roi.domain.closing_loop import Milestones
from roi.domain.counting import Counts
from roi.domain.periods import month_of
from roi.domain.products import NO_RETIREMENTS, Retirements
from roi.domain.structure import Confirmation, Epic, Grade, Outcome, Tick, Told
from roi.domain.value import EpicTeam, OutcomePlan, Values
from roi.reports.cost import efforts
from roi.reports.ground import building
from roi.reports.value import claims, true_ups
from roi.reports.value.claims import Claimed
from roi.reports.value.evidence import KEPT
from roi.reports.value.sureness import Reckoned
from roi.reports.value.true_ups import NO_TRUE_UPS, TrueUps
from roi.store import read, read_value, remembered
from roi.store.remembered import Remembered

HALF_LIFE, HORIZON = "half_life_months", "horizon_months"
"""The settings that say how long a benefit lasts when nobody said so of the outcome itself."""

RUN_COST = "run_cost_share"
"""The setting that says what running a feature costs a year, as a share of its build cost (rule V4)."""

T = TypeVar("T")


@dataclass(frozen=True)
class Agreed:
    """Epics, outcomes, ticks and all that belongs to value, with each outcome's claim and count.

    `shares_left` is each outcome's likely share once the shares of its pool are cut to the whole; months
    ahead are reckoned with it. `true_ups` holds the months that count for outcomes of which closed months
    would count otherwise now. `ratios` keeps the draws that were made already (see
    `draws`), `milestones` what happened to each outcome (see `valued`), `periods` the latest
    periods looked at (see `work`), `every_month` what periods are slices of, `tallies` how
    many outcomes some teams have, `found` what else no period changes (see `valued`), `landed` what would
    count if all came (see `landed`). `held` are the
    records of the version that it was read at and `head` its hash, `older` the periods of versions before,
    `older_months` their months, each with the outcomes that may differ since (see `agreeing`).
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
    every_month: dict[tuple[object, ...], Any] = field(default_factory=dict)
    older_months: dict[tuple[object, ...], tuple[Any, frozenset[str]]] = field(default_factory=dict)
    tallies: dict[tuple[object, ...], Any] = field(default_factory=dict)
    found: dict[tuple[object, ...], Any] = field(default_factory=dict)
    landed: dict[tuple[str, int | None], Any] = field(default_factory=dict)
    held: Remembered | None = None
    head: str = ""
    older: dict[tuple[object, ...], tuple[Any, frozenset[str]]] = field(default_factory=dict)
    retirements: Retirements = NO_RETIREMENTS

    @cached_property
    def retired(self) -> Mapping[str, int]:
        """The last month in which anything is expected of each epic all of whose teams' product is retired.

        Where teams of a product that goes on work on it too, all of it goes on, and pages say so.
        """
        if not self.retirements.last:
            return {}
        found = {epic.key: self._last_of(epic) for epic in self.epics}
        return {key: last for key, last in found.items() if last is not None}

    def _last_of(self, epic: Epic) -> int | None:
        return self.retirements.last_of(month_of(epic.started), self.working_on(epic))

    def working_on(self, epic: Epic) -> Sequence[str]:
        """The teams that have a part of an epic's value; all of its teams where none has."""
        its = self.teams[epic.key]
        return [one.team for one in its if one.effort] or [one.team for one in its]

    @cached_property
    def teams(self) -> Mapping[str, tuple[EpicTeam, ...]]:
        """The teams of each epic with planned share and frozen effort."""
        return {epic.key: efforts.teams_of(self.values, epic) for epic in self.epics}

    @cached_property
    def epic_by_key(self) -> Mapping[str, Epic]:
        """Every epic by its key."""
        return {epic.key: epic for epic in self.epics}

    @cached_property
    def epics_by_team(self) -> Mapping[str, tuple[Epic, ...]]:
        """The epics that each team works on, by key."""
        found: dict[str, list[Epic]] = {}
        for epic in self.epics:
            for one in self.teams[epic.key]:
                found.setdefault(one.team, []).append(epic)
        return {team: tuple(its) for team, its in found.items()}

    @cached_property
    def read_of_epic(self) -> Mapping[str, tuple[int, int]]:
        """How many outcomes of each epic are read, and how many it has."""
        read = {one.key for one in self.outcomes if one.actual is not None}
        return {epic: (sum([key in read for key in keys]), len(keys)) for epic, keys in self.of_epic.items()}

    @cached_property
    def of_epic(self) -> Mapping[str, tuple[str, ...]]:
        """The outcomes of each epic that has any, the links of a chain in its order (rule V9)."""
        found: dict[str, list[str]] = {}
        for outcome in self.outcomes:
            found.setdefault(outcome.epic, []).append(outcome.key)
        return {epic: _in_order(keys, self.links) for epic, keys in found.items()}

    @cached_property
    def links(self) -> Mapping[str, str]:
        """By outcome the one that it leads to, where it leads to one (rule V9)."""
        return {key: plan.leads_to for key, plan in self.values.plans.items() if plan.leads_to}

    @cached_property
    def currencies(self) -> frozenset[str]:
        """In which currencies outcomes are measured."""
        return frozenset(one.currency for one in self.outcomes)

    @cached_property
    def led_by(self) -> Mapping[str, Sequence[str]]:
        """The outcomes that lead to each one, where some do (rule V9)."""
        found: dict[str, list[str]] = {}
        for plan in self.values.plans.values():
            if plan.leads_to:
                found.setdefault(plan.leads_to, []).append(plan.outcome)
        return found

    @cached_property
    def places(self) -> Mapping[str, Sequence[int]]:
        """By team the places of the outcomes that it may have value of before that follows cost."""
        found: dict[str, list[int]] = {}
        for place, outcome in enumerate(self.outcomes):
            for team in self.teams_booking(outcome.key):
                found.setdefault(team, []).append(place)
        return found

    def teams_booking(self, outcome: str) -> Collection[str]:
        """The teams that have value of an outcome, also of its closed months under the terms of then."""
        claim, kept = self.claimed.get(outcome), self.true_ups.months.get(outcome, ())
        found = {team for line in kept for team, _ in line.terms.effort}
        if claim is not None:
            found |= {claim.epic.team, *(one.team for one in self.teams[claim.epic.key])}
        return found

    def claim_of(self, outcome: str) -> Claimed:
        """The claim of an outcome, also of one that is there no more and that closed months count."""
        return self.claimed.get(outcome) or self.true_ups.gone[outcome]

    def grade_at(self, outcome: str, level: int) -> Grade:
        """The grade by which an outcome's months of a level count, closed ones as they were known (V16)."""
        return (
            self.true_ups.at(outcome, level).grade
            if level <= KEPT
            else self.claim_of(outcome).grade_at(level)
        )

    def confirmed_by(self, outcome: str, level: int) -> Collection[str]:
        """Who confirmed what counts by a level; nobody of what is not confirmed."""
        if level <= KEPT:
            its = self.true_ups.at(outcome, level)
            return {
                *its.confirmed_by,
                *(name for _, one in its.parts for name in self.confirmed_by(outcome, one)),
            }
        return self.claim_of(outcome).levels[level].confirmed_by if level >= 0 else ()

    def is_copy(self, claim: Claimed) -> bool:
        """Whether its promise was made before, of the same metric: no plan and no record holds it twice (T4).

        One that names an origin with another metric made a promise of its own, and is judged by it (V12).
        """
        origin = self.claimed.get(claim.origin)
        return origin is not None and told.alike(origin.outcome.metric) == told.alike(claim.outcome.metric)


def _in_order(keys: Sequence[str], links: Mapping[str, str]) -> tuple[str, ...]:
    """As they came where none of them leads to another."""
    return chains.in_order(keys, links) if any(key in links for key in keys) else tuple(keys)


def once(agreed: Agreed, name: tuple[object, ...], make: Callable[[], T]) -> T:
    """What no period changes, made once; another thread may forget it at any moment."""
    try:
        found: T = agreed.found[name]
    except KeyError:
        found = agreed.found[name] = make()
    return found


def read_whole(
    cursor: read.Cursor, store_key: str, currency: str, retirements: Retirements = NO_RETIREMENTS
) -> Agreed:
    """What is agreed at the version that the cursor sees, read from nothing."""
    held = remembered.read(cursor, read_value.CARRIED, read.version(cursor))
    given = _given(cursor, currency, held)
    claimed, counts = claims.settle(given)
    return Agreed(
        tuple(given.epics.values()),
        given.outcomes,
        given.ticks,
        given.standings,
        given.values,
        claimed,
        counts,
        claims.shares_left(claimed),
        *lasting(cursor),
        true_ups=trued_up(cursor, store_key, currency, Reckoned(claimed, counts, given.values)),
        held=held,
        head=read.head(cursor),
        retirements=retirements,
    )


def lasting(cursor: read.Cursor) -> tuple[int, int, int]:
    """The company's half-life and horizon in months, and its run cost as a share of build cost."""
    settings = read.settings(cursor)
    return (
        int(settings.get(HALF_LIFE) or persistence.HALF_LIFE_MONTHS),
        int(settings.get(HORIZON) or persistence.HORIZON_MONTHS),
        int(settings.get(RUN_COST) or appraisal.RUN_COST_SHARE),
    )


def trued_up(cursor: read.Cursor, store_key: str, currency: str, now: Reckoned) -> TrueUps:
    """The months that count for outcomes of which closed months would count otherwise now."""

    def then() -> Reckoned:
        held = remembered.read(cursor, read_value.CARRIED, read.version(cursor))
        given = _given(cursor, _currency(cursor), held)
        return Reckoned(*claims.settle(given), given.values)

    return true_ups.load(cursor, store_key and f"{store_key} {currency}", now, then)


def _currency(cursor: read.Cursor) -> str:
    company = read.company(cursor)
    return company.currency if company is not None else ""


def _given(cursor: read.Cursor, currency: str, held: Remembered) -> claims.Given:
    """What claims are made from, at the version that the cursor sees now."""
    by_key = {epic.key: epic for epic in held.records("epic")}
    ticks = ticks_of(held.records("confirmation"))
    outcomes: list[Outcome] = held.records("outcome")
    then = read.told_when_confirmed(cursor, only_edited=True)
    values = read_value.values_of(cursor, held)
    standings = {one.key: standing(one, (by_key, values.plans), ticks, then) for one in outcomes}
    shown = tuple(claims.in_currency(one, currency) for one in outcomes)
    _, horizon, _ = lasting(cursor)
    return claims.Given(shown, by_key, standings, ticks, values, horizon)


def standing(
    outcome: Outcome,
    of: tuple[Mapping[str, Epic], Mapping[str, OutcomePlan]],
    ticks: Mapping[str, Mapping[Tick, Confirmation]],
    edited: Mapping[tuple[str, Tick], Told | None],
) -> told.Standing:
    """Whether an outcome is confirmed, beside what stood when each of its ticks was given.

    `of` are the epics and the plans; `edited` holds the ticks of which outcome or epic stand otherwise now.
    """
    building.give_way()
    epics, plan = of[0], of[1].get(outcome.key)
    now, its = Told(outcome, epics[outcome.epic].delivered), ticks.get(outcome.key, {})
    then = ((tick, edited.get((outcome.key, tick), now)) for tick in its)
    when = {tick: one for tick, one in then if one is not None}
    return told.standing(now, its, when, plan.line if plan is not None else "")


def ticks_of(found: Iterable[Confirmation]) -> dict[str, dict[Tick, Confirmation]]:
    """Ticks by outcome."""
    ticks: dict[str, dict[Tick, Confirmation]] = {}
    for tick in found:
        ticks.setdefault(tick.outcome, {})[tick.tick] = tick
    return ticks
