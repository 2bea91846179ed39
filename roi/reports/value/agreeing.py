"""What is agreed, made from what was agreed before: only what a change touched is read and settled again.

A reading, a tick or a plan touches one outcome, its pool, and those that share a cap with the pool. All else
is the same object as before, with its draws and with what was worked out of it. Where more was touched than
rows of a few outcomes and epics, all of it is made from nothing. Both ways give the same, which a test proves
over random histories.
"""

from collections.abc import Collection, Mapping
from dataclasses import replace
from typing import Any

from roi.domain.products import Retirements
from roi.domain.structure import Confirmation, Epic, Outcome, Tick, Told
from roi.domain.uncertainty import Draws
from roi.reports.ground import kept
from roi.reports.ground.basis import Basis
from roi.reports.value import agreed, claims, draws, landed, retired
from roi.reports.value.agreed import Agreed
from roi.reports.value.claims import Given, Settled
from roi.reports.value.sureness import Reckoned
from roi.reports.value.true_ups import TrueUps
from roi.store import read, read_value, remembered
from roi.store.remembered import Remembered

_OF_AN_OUTCOME = (
    "outcome",
    "confirmation",
    "outcome_plan",
    "forecast",
    "reading",
    "confirmed_reading",
    "closure",
    "question",
)
_OF_AN_EPIC = ("epic", "epic_plan", "epic_team", "epic_slice")
_READ_WHOLE = (
    "epic_effort",
    "finance_line",
    "line_cell",
    "line_month",
    "value_driver",
    "driver_input",
    "metric_month",
)

_PERIODS = 4
"""How many periods of versions before are carried on."""

_MOST_TOUCHED, _MOST_ASKED = 400, 20
"""Above so many touched outcomes all is made anew; above so many with ticks, these are asked all at once."""


def load(basis: Basis, currency: str) -> Agreed:
    """What is agreed at the version looked at; made once for each state of what is agreed.

    Without a store's key nothing is kept: the cursor may see what is not stored yet.
    """
    ends = retired.retirements(basis)
    return kept.once(basis, "agreed", (currency, ends), lambda: _made(basis, currency, ends), (kept.VALUE,))


def _made(basis: Basis, currency: str, ends: Retirements) -> Agreed:
    """From what was agreed before where few rows were touched since, else from nothing."""
    if basis.kept_at is None or basis.as_of is not None:
        return agreed.read_whole(basis.cursor, basis.store_key, currency, ends)
    name = basis.store_key, "agreed", currency
    before: Agreed | None = kept.newest(name)
    is_like = before is not None and before.retirements == ends
    found = _since(basis, currency, before) if before is not None and is_like else None
    if found is None:
        found = agreed.read_whole(basis.cursor, basis.store_key, currency, ends)
    kept.follow(name, found)
    return found


def _since(basis: Basis, currency: str, before: Agreed) -> Agreed | None:
    """The same at a later version of the same history; None where it has to be made from nothing."""
    cursor, held = basis.cursor, before.held
    if held is None or not _is_later(cursor, before, held):
        return None
    held = remembered.since(cursor, read_value.CARRIED, read.version(cursor), held)
    touched = _touched(before, held)
    if len(touched) > _MOST_TOUCHED or not _are_worlds_as_many(before, held):
        return None
    given = _given(cursor, currency, (before, held), touched)
    settled = claims.settle_again(given, (before.claimed, before.counts), touched)
    reckoned = Reckoned(settled.claimed, settled.counts, given.values)
    trued_up = agreed.trued_up(cursor, basis.store_key, currency, reckoned)
    if not _are_closed_as_many(before, trued_up, len(settled.claimed)):
        return None
    late = trued_up.differing(before.true_ups)
    changed = settled.changed | touched | late
    found = Agreed(
        tuple(given.epics.values()),
        given.outcomes,
        given.ticks,
        given.standings,
        given.values,
        settled.claimed,
        settled.counts,
        _shares_left(before, settled),
        before.half_life_months,
        before.horizon_months,
        before.run_cost_share,
        true_ups=trued_up,
        held=held,
        head=read.head(cursor),
        retirements=before.retirements,
        **_carried(before, settled, changed),
    )
    found.tallies.update(_tallied(before, found, changed))
    found.landed.update(landed.carried(before, found, changed, settled.beside))
    return _where_cut_otherwise(before, settled, changed, found)


def _tallied(before: Agreed, now: Agreed, changed: frozenset[str]) -> dict[tuple[object, ...], Any]:
    """How many outcomes teams have that have none of those that may differ."""
    touched = {team for one in (before, now) for key in changed for team in one.teams_booking(key)}
    return {name: its for name, its in [*before.tallies.items()] if touched.isdisjoint(its.teams)}


def _where_cut_otherwise(before: Agreed, settled: Settled, changed: frozenset[str], found: Agreed) -> Agreed:
    """Without what rests on outcomes that count as before and are cut or expected otherwise (rule V8)."""
    beside = sorted(settled.beside)
    more = landed.otherwise(before, found, beside)
    for drawn in draws.every(found):
        more |= drawn.cut_otherwise(before, beside)
    if not more:
        return found
    return replace(found, ratios=_ratios(found, more, set()), **_answers(before, changed | more))


def _is_later(cursor: read.Cursor, before: Agreed, held: Remembered) -> bool:
    """Whether the cursor sees the same history later, with nothing moved but rows of outcomes and epics."""
    if read.version(cursor) < held.version or read.hash_of(cursor, held.version) != before.head:
        return False
    latest = read.latest_changes(cursor)
    if any(latest[table] > held.version for table in _READ_WHOLE):
        return False
    return agreed.lasting(cursor) == (before.half_life_months, before.horizon_months, before.run_cost_share)


def _are_worlds_as_many(before: Agreed, held: Remembered) -> bool:
    """Whether as many worlds are drawn as before: else every range is another."""
    return draws.count_for(len(before.claimed)) == draws.count_for(len(held.tables["outcome"]))


def _are_closed_as_many(before: Agreed, now: TrueUps, outcomes: int) -> bool:
    """The same of closed months, which are drawn in as many as when they closed."""
    was = before.true_ups
    if was.outcomes == now.outcomes:
        return True
    every = {outcomes, len(before.claimed), *was.outcomes.values(), *now.outcomes.values()}
    return len({draws.count_for(one) for one in every}) == 1


def _touched(before: Agreed, held: Remembered) -> frozenset[str]:
    """The outcomes of which a row, or a row of their epic, came or went; among them those that are gone."""
    epics = {key[0] for table in _OF_AN_EPIC for key in held.touched.get(table, ())}
    found = {key[0] for table in _OF_AN_OUTCOME for key in held.touched.get(table, ())}
    if epics:
        every = (*before.outcomes, *held.records("outcome"))
        found |= {one.key for one in every if one.epic in epics}
    return frozenset(found)


def _given(
    cursor: read.Cursor, currency: str, its: tuple[Agreed, Remembered], touched: frozenset[str]
) -> Given:
    """What claims are made from, that of untouched outcomes as it was."""
    before, held = its
    epics: dict[str, Epic] = {epic.key: epic for epic in held.records("epic")}
    there: list[Outcome] = held.records("outcome")
    confirmations: list[Confirmation] = held.records("confirmation")
    ticks = {key: ticks for key, ticks in before.ticks.items() if key not in touched}
    ticks |= agreed.ticks_of(one for one in confirmations if one.outcome in touched)
    then = _then(cursor, touched & ticks.keys())
    values = read_value.values_since(before.values, held)
    of = epics, values.plans
    standings = {
        one.key: agreed.standing(one, of, ticks, then) if one.key in touched else before.standings[one.key]
        for one in there
    }
    shown = {one.key: one for one in before.outcomes}
    outcomes = tuple(
        claims.in_currency(one, currency) if one.key in touched else shown[one.key] for one in there
    )
    return Given(outcomes, epics, standings, ticks, values, before.horizon_months)


def _then(cursor: read.Cursor, ticked: frozenset[str]) -> Mapping[tuple[str, Tick], Told | None]:
    if len(ticked) > _MOST_ASKED:
        return read.told_when_confirmed(cursor, only_edited=True)
    found: dict[tuple[str, Tick], Told | None] = {}
    for key in sorted(ticked):
        found |= read.told_when_confirmed(cursor, key, only_edited=True)
    return found


def _shares_left(before: Agreed, settled: Settled) -> dict[str, int]:
    claimed = settled.claimed
    pools = {claimed[key].pool for key in settled.changed if key in claimed}
    among = [key for key, claim in claimed.items() if claim.pool in pools]
    untouched = {key: share for key, share in before.shares_left.items() if key in claimed}
    return untouched | claims.shares_left(claimed, among)


def _carried(before: Agreed, settled: Settled, changed: frozenset[str]) -> dict[str, Any]:
    """What was worked out before of outcomes that are as they were."""
    both = (before.claimed, settled.claimed)
    pools = {claimed[key].pool for claimed in both for key in changed if key in claimed} | settled.beside
    return {"ratios": _ratios(before, changed, pools), **_answers(before, changed)}


def _answers(before: Agreed, changed: frozenset[str]) -> dict[str, Any]:
    """The same but for the ratios."""
    older = {name: (period, changed | since) for name, (period, since) in [*before.older.items()]}
    for name, period in [*before.periods.items()]:
        older.pop(name, None)
        older[name] = period, changed
    months = {name: (its, changed | since) for name, (its, since) in [*before.older_months.items()]}
    months |= {name: (its, changed) for name, its in [*before.every_month.items()] if its is not None}
    return {
        "milestones": {key: its for key, its in [*before.milestones.items()] if key not in changed},
        "found": {name: its for name, its in [*before.found.items()] if name[1] not in changed},
        "older": dict([*older.items()][-_PERIODS:]),
        "older_months": dict([*months.items()][-_PERIODS:]),
    }


def _ratios(before: Agreed, changed: Collection[str], pools: set[str]) -> dict[tuple[object, ...], Draws]:
    return {name: its for name, its in [*before.ratios.items()] if _stays(name, changed, pools)}


def _stays(name: tuple[object, ...], changed: Collection[str], pools: set[str]) -> bool:
    """Whether a ratio of an outcome and level, of a pool or of a driver is what it was (see `draws`)."""
    first, _, last = name
    if isinstance(last, str):
        return first == "driver" or last not in pools
    return first not in changed
