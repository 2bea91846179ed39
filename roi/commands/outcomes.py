"""Epics, what they should change, what they did change, and who confirmed it."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import date

from roi.actors import Action, Actor
from roi.commands.changing import recording, records
from roi.commands.changing.held import Held
from roi.commands.changing.recording import Work, refuse
from roi.commands.changing.requests import Receipt
from roi.commands.checks import (
    day_checks,
    earlier_level,
    handed_on,
    outcome_checks,
    outcome_work,
    plan_checks,
    since,
)
from roi.commands.checks.outcome_checks import DOWN
from roi.domain import outcomes as told
from roi.domain.structure import Confirmation, Outcome, Tick, Told
from roi.domain.value import Reading
from roi.errors import Issue
from roi.store import seen
from roi.store.changes import End, NewChange
from roi.store.database import Store
from roi.store.read import Cursor

RECORD_READING, CONFIRM = "record a reading", "confirm value"
"""The kinds of change that this module makes."""


def with_readings(outcomes: Sequence[Outcome], held: Mapping[str, Outcome]) -> tuple[Outcome, ...]:
    """The outcomes, each with the reading and shares that are stored where it brings none of its own."""
    return tuple(_with_reading(_ordered(outcome), held.get(outcome.key)) for outcome in outcomes)


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


def record_reading(
    store: Store, actor: Actor, given: Reading, based_on: int | None = None, *, restatement: str = ""
) -> Receipt:
    """Record what an outcome's metric is now, and the share of the change that is due to this work.

    Shares in parts per million; `effect_*` is an estimate of the movement in the good direction, where there
    is one (decision D31). The outcome carries its latest reading; an earlier one that finance had confirmed
    is kept as it was confirmed (V11). Ticks that confirmed another number end with it (rule V10). With a
    `restatement`, what was wrong, closed months of the outcome move (see `recording.named`).

    Raises:
        RefusedError: shares out of order, evidence without its source, a reading from before the start or
            of a day to come.
        UnknownKeyError: there is no such outcome.
        ConflictError: somebody changed or ended the outcome, or read or confirmed the same, since it was
            opened (`based_on`).
    """
    actor.require(Action.RECORD_OUTCOME)
    made = replace(given, evidence=given.evidence.strip(), also_happened=given.also_happened.strip())

    def decide(cursor: Cursor) -> Work:
        held = Held(cursor, made.outcome)
        before = held.outcome(made.outcome)
        seen.require(cursor, "closure", [(made.outcome,)], based_on)
        refuse(tuple(plan_checks.reading_issues(held, before, made)))
        return outcome_work.work(held, (before,), based_on, readings=(made,))

    told = recording.named(actor, restatement)
    new = NewChange(actor, RECORD_READING, detail={"outcome": made.outcome}, restatement=told)
    return recording.record(store, new, decide)


def confirm(  # noqa: PLR0913, PLR0917 - a tick is these things
    store: Store,
    actor: Actor,
    outcome_key: str,
    tick: Tick,
    confirmed_on: date,
    valid_to: date | None,
    based_on: int | None = None,
    *,
    restatement: str = "",
) -> Receipt:
    """Give one of the three ticks of a confirmation in the actor's name (rule V10).

    Raises:
        RefusedError: nothing was read yet, the value is assumed (V7), or the reading is only stated (grade E)
            and so its share cannot be confirmed; the sentence says what to do.
        UnknownKeyError: there is no such outcome.
        ConflictError: somebody changed what it rests on since it was opened (`based_on`).
    """
    days = (confirmed_on, valid_to)
    return confirm_ticks(store, actor, outcome_key, days, (tick,), based_on, restatement=restatement)


def confirm_ticks(  # noqa: PLR0913, PLR0917 - several ticks are these things
    store: Store,
    actor: Actor,
    outcome_key: str,
    days: tuple[date, date | None],
    ticks: Collection[Tick],
    based_on: int | None = None,
    *,
    restatement: str = "",
) -> Receipt:
    """Give several ticks in one change; `days` are when they are given and until when they hold.

    With a `restatement`, what was wrong, closed months of the outcome move (see `recording.named`).

    Raises:
        RefusedError: one of them cannot be given, or its day is to come; every issue is carried.
        UnknownKeyError: there is no such outcome.
        ConflictError: somebody changed what they rest on since it was opened (`based_on`).
    """
    actor.require(Action.CONFIRM_VALUE)
    given = [Confirmation(outcome_key, tick, actor.name, *days) for tick in Tick if tick in ticks]

    def decide(cursor: Cursor) -> Work:
        held = Held(cursor, outcome_key)
        outcome = held.outcome(outcome_key)
        since.require_seen(held, outcome_key, based_on)
        found = [issue for one in given for issue in outcome_checks.confirmation_issues(outcome, one)]
        found += day_checks.confirmation_issues(held.today, outcome, days[0])
        found += handed_on.confirmation_issues(held, outcome, actor)
        refuse((*_once(found), *plan_checks.confirmation_issues(held, outcome, ticks)))
        stale = tuple(
            (outcome_key, tick.value) for tick in Tick if tick in ticks and _is_stale(held, outcome, tick)
        )
        ends = (End("confirmation", stale, based_on),) if stale else ()
        earlier = earlier_level.confirmed_with(held, outcome, given)
        kept = (records.put("confirmed_reading", earlier),) if earlier else ()
        return Work((records.put("confirmation", given, based_on), *kept), ends)

    detail = {"outcome": outcome_key, "tick": ", ".join(one.tick.value for one in given)}
    new = NewChange(actor, CONFIRM, detail=detail, restatement=recording.named(actor, restatement))
    return recording.record(store, new, decide)


def _once(issues: Sequence[Issue]) -> tuple[Issue, ...]:
    """The same reason against two ticks is told once."""
    return tuple(dict.fromkeys(issues))


def _is_stale(held: Held, outcome: Outcome, tick: Tick) -> bool:
    """Whether a live tick was given for other numbers: then the same words on the same day are a new tick."""
    then = held.when_confirmed.get(outcome.key, {}).get(tick)
    epic = held.epics.get(outcome.epic)
    return then is not None and tick in told.stale_ticks(
        Told(outcome, epic.delivered if epic else None), then
    )
