"""Epics, what they should change, what they did change, and who confirmed it."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal

from roi.actors import Action, Actor
from roi.commands import outcome_checks, recording
from roi.commands.outcome_checks import refuse
from roi.commands.requests import Receipt
from roi.domain.structure import Confirmation, Epic, Grade, Outcome, Tick, ValueBasis
from roi.errors import blocker
from roi.store import read
from roi.store.changes import End, NewChange, Put, Row
from roi.store.database import Store


def save_epics(store: Store, actor: Actor, epics: Sequence[Epic], based_on: int | None = None) -> Receipt:
    """Create epics, or change those whose key exists, in one change.

    Raises:
        RefusedError: an unknown team, a share outside 0 to 1, dates out of order; every issue is carried.
    """
    actor.require(Action.RECORD_OUTCOME)
    with store.snapshot() as cursor:
        teams = {team.key for team in read.teams(cursor)}
    refuse(tuple(outcome_checks.epic_issues(epics, teams)))
    rows = tuple(epic_row(epic) for epic in epics)
    return recording.record(store, NewChange(actor, "save epics"), [Put("epic", rows, based_on)])


def save_outcomes(
    store: Store, actor: Actor, outcomes: Sequence[Outcome], based_on: int | None = None
) -> Receipt:
    """Create outcomes, or change those whose key exists, in one change.

    Raises:
        RefusedError: an unknown epic, targets out of order, no owner; every issue is carried.
    """
    actor.require(Action.RECORD_OUTCOME)
    with store.snapshot() as cursor:
        epics = {epic.key for epic in read.epics(cursor)}
        held = {outcome.key: outcome for outcome in read.outcomes(cursor)}
        ticks = read.confirmations(cursor)
    refuse(tuple(outcome_checks.outcome_issues(outcomes, epics)))
    rows = tuple(outcome_row(outcome) for outcome in outcomes)
    ended = [
        key
        for outcome in outcomes
        if outcome.key in held
        for key in _stale(ticks, held[outcome.key], outcome)
    ]
    new = NewChange(actor, "save outcomes")
    return recording.record(store, new, [Put("outcome", rows, based_on)], _ends(ended))


def record_reading(  # noqa: PLR0913 - a reading is these seven things
    store: Store,
    actor: Actor,
    outcome_key: str,
    *,
    actual: Decimal,
    read_on: date,
    grade: Grade,
    evidence: str,
    share_low: int,
    share_likely: int,
    share_high: int,
) -> Receipt:
    """Record what an outcome's metric is now, and the share of the change that is due to this work.

    Shares in parts per million. Ticks that confirmed another number end with it (rule V10).

    Raises:
        RefusedError: shares out of order, a reading from before the start, no such outcome.
    """
    actor.require(Action.RECORD_OUTCOME)
    with store.snapshot() as cursor:
        held = _find(read.outcomes(cursor), outcome_key)
        ticks = read.confirmations(cursor)
        epics = {epic.key: epic for epic in read.epics(cursor)}
    made = replace(
        held,
        actual=actual,
        read_on=read_on,
        grade=grade,
        evidence=evidence.strip(),
        share_low=share_low,
        share_likely=share_likely,
        share_high=share_high,
    )
    refuse(tuple(outcome_checks.reading_issues(made, epics.get(made.epic))))
    new = NewChange(actor, "record a reading", detail={"outcome": outcome_key})
    return recording.record(
        store, new, [Put("outcome", (outcome_row(made),))], _ends(_stale(ticks, held, made))
    )


def confirm(  # noqa: PLR0913, PLR0917 - a tick is these six things
    store: Store,
    actor: Actor,
    outcome_key: str,
    tick: Tick,
    confirmed_on: date,
    valid_to: date | None,
) -> Receipt:
    """Give one of the three ticks of a confirmation in the actor's name (rule V10).

    Raises:
        RefusedError: nothing was read yet, the value is assumed (V7), or the reading is only stated (grade E)
            and so its share cannot be confirmed; the sentence says what to do.
    """
    actor.require(Action.CONFIRM_VALUE)
    with store.snapshot() as cursor:
        held = _find(read.outcomes(cursor), outcome_key)
    given = Confirmation(outcome_key, tick, actor.name, confirmed_on, valid_to)
    refuse(tuple(outcome_checks.confirmation_issues(held, given)))
    row = {
        "outcome": outcome_key,
        "tick": tick.value,
        "confirmed_by": given.confirmed_by,
        "confirmed_on": confirmed_on,
        "valid_to": valid_to,
    }
    new = NewChange(actor, "confirm value", detail={"outcome": outcome_key, "tick": tick.value})
    return recording.record(store, new, [Put("confirmation", (row,))])


def _find(outcomes: Sequence[Outcome], key: str) -> Outcome:
    found = next((outcome for outcome in outcomes if outcome.key == key), None)
    if found is None:
        refuse((blocker("unknown_outcome", f"There is no outcome “{key}”. Nothing was changed.", sent=key),))
    return found  # type: ignore[return-value]  # refuse has raised


def _stale(ticks: Sequence[Confirmation], before: Outcome, after: Outcome) -> list[tuple[object, ...]]:
    """The ticks of an outcome that no longer confirm what it says."""
    moved = (before.actual, before.read_on, before.baseline) != (after.actual, after.read_on, after.baseline)
    worth = (before.unit_value, before.currency, before.value_basis)
    valued = worth != (after.unit_value, after.currency, after.value_basis)
    due = (before.share_low, before.share_likely, before.share_high, before.grade)
    shared = due != (after.share_low, after.share_likely, after.share_high, after.grade)
    ended = {Tick.MOVEMENT: moved, Tick.UNIT_VALUE: valued, Tick.SHARE: moved or shared}
    return [
        (tick.outcome, tick.tick.value) for tick in ticks if tick.outcome == after.key and ended[tick.tick]
    ]


def _ends(keys: Sequence[tuple[object, ...]]) -> tuple[End, ...]:
    return (End("confirmation", tuple(keys)),) if keys else ()


def epic_row(epic: Epic) -> Row:
    """The epic as the store holds it."""
    return {
        "epic": epic.key,
        "name": epic.name,
        "team": epic.team,
        "kind": epic.kind.value,
        "started": epic.started,
        "delivered": epic.delivered,
        "planned_share": epic.planned_share,
        "is_obligation": epic.is_obligation,
    }


def outcome_row(outcome: Outcome) -> Row:
    """The outcome as the store holds it; numbers as they were written."""
    return {
        "outcome": outcome.key,
        "epic": outcome.epic,
        "metric": outcome.metric,
        "unit": outcome.unit,
        "direction": outcome.direction,
        "baseline": _text(outcome.baseline),
        "target_low": _text(outcome.target_low),
        "target_likely": _text(outcome.target_likely),
        "target_high": _text(outcome.target_high),
        "by_when": outcome.by_when,
        "value_class": outcome.value_class.value,
        "unit_value": _text(outcome.unit_value),
        "currency": outcome.currency,
        "value_basis": (outcome.value_basis or ValueBasis.ASSUMED).value,
        "owner": outcome.owner,
        "grade": outcome.grade.value,
        "evidence": outcome.evidence,
        "actual": _text(outcome.actual),
        "read_on": outcome.read_on,
        "share_low": outcome.share_low,
        "share_likely": outcome.share_likely,
        "share_high": outcome.share_high,
    }


def _text(number: Decimal | None) -> str:
    return "" if number is None else f"{number:f}"
