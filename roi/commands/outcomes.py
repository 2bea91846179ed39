"""Epics, what they should change, what they did change, and who confirmed it."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal

from roi.actors import Action, Actor
from roi.commands import outcome_checks, recording
from roi.commands.outcome_checks import DOWN
from roi.commands.recording import Work
from roi.commands.requests import Receipt
from roi.commands.structure import refuse
from roi.domain import outcomes as told
from roi.domain.structure import Confirmation, Epic, Grade, Outcome, Tick, Told, ValueBasis
from roi.errors import UnknownKeyError
from roi.store import read
from roi.store.changes import End, NewChange, Put, Row
from roi.store.database import Store
from roi.store.read import Cursor

SAVE_EPICS, SAVE_OUTCOMES = "save epics", "save outcomes"
RECORD_READING, CONFIRM = "record a reading", "confirm value"
"""The kinds of change that this module makes."""


def save_epics(store: Store, actor: Actor, epics: Sequence[Epic], based_on: int | None = None) -> Receipt:
    """Create epics, or change those whose key exists, in one change.

    Raises:
        RefusedError: an unknown team, a share outside 0 to 1, dates out of order; every issue is carried.
    """
    actor.require(Action.RECORD_OUTCOME)

    def decide(cursor: Cursor) -> Work:
        teams = {team.key for team in read.teams(cursor)}
        refuse(tuple(outcome_checks.epic_issues(epics, teams)))
        return Work((Put("epic", tuple(epic_row(epic) for epic in epics), based_on),))

    return recording.record(store, NewChange(actor, SAVE_EPICS, detail={"epics": len(epics)}), decide)


def save_outcomes(
    store: Store, actor: Actor, outcomes: Sequence[Outcome], based_on: int | None = None
) -> Receipt:
    """Create outcomes, or change those whose key exists, in one change.

    A reading that is there stays when an outcome is saved without one: what was read is not taken back by
    an edit (rule V12). Ticks that confirmed another number end.

    Raises:
        RefusedError: an unknown epic, targets out of order, no owner; every issue is carried.
    """
    actor.require(Action.RECORD_OUTCOME)

    def decide(cursor: Cursor) -> Work:
        made = with_readings(outcomes, read.outcomes(cursor))
        refuse(tuple(outcome_checks.outcome_issues(made, read.epics(cursor))))
        return Work((put_outcomes(made, based_on),), stale_ticks(cursor, made))

    return recording.record(
        store, NewChange(actor, SAVE_OUTCOMES, detail={"outcomes": len(outcomes)}), decide
    )


def with_readings(outcomes: Sequence[Outcome], held: Sequence[Outcome]) -> tuple[Outcome, ...]:
    """The outcomes, each with the reading and shares that are stored where it brings none of its own."""
    known = {outcome.key: outcome for outcome in held}
    return tuple(_with_reading(_ordered(outcome), known.get(outcome.key)) for outcome in outcomes)


def _ordered(outcome: Outcome) -> Outcome:
    """Low is the target nearest to the baseline, however the two ends were written."""
    near, far = sorted((outcome.target_low, outcome.target_high), reverse=outcome.direction == DOWN)
    return replace(outcome, target_low=near, target_high=far)


def _with_reading(outcome: Outcome, held: Outcome | None) -> Outcome:
    if held is None or outcome.actual is not None:
        return outcome
    kept = replace(outcome, actual=held.actual, read_on=held.read_on)
    if held.actual is not None:
        kept = replace(kept, grade=held.grade, evidence=outcome.evidence or held.evidence)
    if outcome.share_likely is not None:
        return kept
    return replace(kept, share_low=held.share_low, share_likely=held.share_likely, share_high=held.share_high)


def put_outcomes(outcomes: Sequence[Outcome], based_on: int | None = None) -> Put:
    """The outcomes as rows of the store."""
    return Put("outcome", tuple(outcome_row(outcome) for outcome in outcomes), based_on)


def stale_ticks(cursor: Cursor, outcomes: Sequence[Outcome]) -> tuple[End, ...]:
    """The ends of those ticks that no longer confirm what the outcomes will say."""
    held = {outcome.key: outcome for outcome in read.outcomes(cursor)}
    ticks = read.confirmations(cursor)
    known = [outcome for outcome in outcomes if outcome.key in held]
    keys = [key for outcome in known for key in _stale(ticks, held[outcome.key], outcome)]
    return (End("confirmation", tuple(keys)),) if keys else ()


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
        RefusedError: shares out of order, a reading from before the start, evidence without its source.
        UnknownKeyError: there is no such outcome.
    """
    actor.require(Action.RECORD_OUTCOME)
    shares = {"share_low": share_low, "share_likely": share_likely, "share_high": share_high}
    given = {"actual": actual, "read_on": read_on, "grade": grade, "evidence": evidence.strip(), **shares}

    def decide(cursor: Cursor) -> Work:
        held = _find(read.outcomes(cursor), outcome_key)
        made = replace(held, **given)  # type: ignore[arg-type]  # each by its own name above
        epics = {epic.key: epic for epic in read.epics(cursor)}
        refuse(tuple(outcome_checks.reading_issues(made, epics.get(made.epic))))
        return Work((put_outcomes((made,)),), stale_ticks(cursor, (made,)))

    return recording.record(store, NewChange(actor, RECORD_READING, detail={"outcome": outcome_key}), decide)


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
        UnknownKeyError: there is no such outcome.
    """
    actor.require(Action.CONFIRM_VALUE)
    given = Confirmation(outcome_key, tick, actor.name, confirmed_on, valid_to)

    def decide(cursor: Cursor) -> Work:
        held = _find(read.outcomes(cursor), outcome_key)
        refuse(tuple(outcome_checks.confirmation_issues(held, given)))
        ended = (End("confirmation", ((outcome_key, tick.value),)),) if _is_stale(cursor, held, tick) else ()
        return Work((Put("confirmation", (tick_row(given),)),), ended)

    detail = {"outcome": outcome_key, "tick": tick.value}
    return recording.record(store, NewChange(actor, CONFIRM, detail=detail), decide)


def _is_stale(cursor: Cursor, outcome: Outcome, tick: Tick) -> bool:
    """Whether a live tick was given for other numbers: then the same words on the same day are a new tick."""
    then = read.told_when_confirmed(cursor).get((outcome.key, tick))
    delivered = {epic.key: epic.delivered for epic in read.epics(cursor)}.get(outcome.epic)
    return then is not None and tick in told.stale_ticks(Told(outcome, delivered), then)


def tick_row(given: Confirmation) -> Row:
    """The tick as the store holds it."""
    return {
        "outcome": given.outcome,
        "tick": given.tick.value,
        "confirmed_by": given.confirmed_by,
        "confirmed_on": given.confirmed_on,
        "valid_to": given.valid_to,
    }


def _find(outcomes: Sequence[Outcome], key: str) -> Outcome:
    found = next((outcome for outcome in outcomes if outcome.key == key), None)
    if found is None:
        message = f"There is no outcome “{key}”."
        raise UnknownKeyError(message)
    return found


def _stale(ticks: Sequence[Confirmation], before: Outcome, after: Outcome) -> list[tuple[object, ...]]:
    """The ticks of an outcome that no longer confirm what it says."""
    ended = told.stale_ticks(Told(after, None), Told(before, None))
    if Tick.MOVEMENT in ended:
        ended |= {Tick.SHARE}
    return [
        (tick.outcome, tick.tick.value) for tick in ticks if tick.outcome == after.key and tick.tick in ended
    ]


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
    """The same number is always the same text, so that saving it again changes nothing."""
    if number is None:
        return ""
    text = f"{number:f}"
    return (text.rstrip("0").rstrip(".") if "." in text else text) or "0"
