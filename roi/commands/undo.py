"""Undo: a reversing change. Nothing is edited or deleted (law T9)."""

from collections.abc import Sequence

from roi.actors import Action, Actor
from roi.commands import (
    anticipating,
    appraisal_settings,
    closing,
    costs,
    drivers,
    epics,
    finance_lines,
    initiatives,
    keeping,
    lists,
    loop,
    mapping,
    obligations,
    outcomes,
    products,
    structure,
    tracker,
    waits,
)
from roi.commands.changing import recording
from roi.commands.changing.held import Held
from roi.commands.changing.requests import Receipt
from roi.commands.checks import agreement, chain_checks, frozen, granting, product_checks, series_checks
from roi.errors import UndoRefusedError
from roi.store import clock, read, undoing
from roi.store.changes import NewChange, Recorder
from roi.store.database import Store
from roi.store.read import Cursor

KIND = "undo"

ACTION_OF: dict[str, Action] = {
    costs.KIND: Action.IMPORT_COSTS,
    mapping.MAP_AREAS: Action.MAP_COSTS,
    mapping.SET_CENTRE: Action.MAP_COSTS,
    mapping.STATE_CONTROL: Action.IMPORT_COSTS,
    structure.NAME_COMPANY: Action.EDIT_STRUCTURE,
    structure.SAVE_TEAMS: Action.EDIT_STRUCTURE,
    structure.REMOVE_TEAM: Action.EDIT_STRUCTURE,
    structure.SAVE_MEMBER: Action.EDIT_STRUCTURE,
    outcomes.RECORD_READING: Action.RECORD_OUTCOME,
    outcomes.CONFIRM: Action.CONFIRM_VALUE,
    initiatives.SAVE_INITIATIVES: Action.RECORD_OUTCOME,
    initiatives.SAVE_MEASURES: Action.RECORD_OUTCOME,
    initiatives.REMOVE_MEASURES: Action.RECORD_OUTCOME,
    epics.SAVE_EPIC: Action.RECORD_OUTCOME,
    epics.END_EPIC: Action.RECORD_OUTCOME,
    waits.RECORD_WAIT: Action.RECORD_OUTCOME,
    waits.END_WAIT: Action.RECORD_OUTCOME,
    obligations.RECORD_OBLIGATION: Action.RECORD_OUTCOME,
    obligations.RECORD_MET: Action.SETTLE_OBLIGATION,
    products.RECORD_LIFE: Action.RECORD_OUTCOME,
    anticipating.SAVE_ANTICIPATED: Action.RECORD_OUTCOME,
    anticipating.AGREE: Action.RECORD_OUTCOME,
    finance_lines.SAVE_LINES: Action.CONFIRM_VALUE,
    finance_lines.SAVE_LINE_MONTHS: Action.CONFIRM_VALUE,
    finance_lines.REMOVE_LINE: Action.CONFIRM_VALUE,
    finance_lines.REMOVE_CELL: Action.CONFIRM_VALUE,
    drivers.SAVE_DRIVERS: Action.RECORD_OUTCOME,
    drivers.SET_DRIVERS: Action.CONFIRM_VALUE,
    drivers.REMOVE_DRIVER: Action.RECORD_OUTCOME,
    drivers.REMOVE_SET_DRIVER: Action.CONFIRM_VALUE,
    appraisal_settings.SAVE_APPRAISAL: Action.EDIT_COST_RULES,
    tracker.IMPORT_TRACKER: Action.RECORD_OUTCOME,
    loop.ASK: Action.CONFIRM_VALUE,
    loop.ANSWER: Action.RECORD_OUTCOME,
    loop.ADJUST: Action.CONFIRM_VALUE,
    loop.CLOSE: Action.RECORD_OUTCOME,
    loop.REOPEN: Action.RECORD_OUTCOME,
    closing.KIND: Action.EDIT_COST_RULES,
    keeping.ERASE: Action.IMPORT_COSTS,
    **{f"{lists.KIND} {kind}": its.action for kind, its in lists.KINDS.items()},
}
"""What making each kind of change takes, and so undoing it."""

_OF_FROZEN = frozenset(
    {
        epics.SAVE_EPIC,
        epics.END_EPIC,
        *(f"{lists.KIND} {kind}" for kind in ("epics", "epic_teams", "epic_effort")),
    }
)
"""What may change what is frozen of epics: finance alone undoes as much of it (V3, D11)."""


def undo(store: Store, actor: Actor, change_id: int, reason: str = "", *, restatement: str = "") -> Receipt:
    """Reverse a change exactly; undoing an undo brings the first change back.

    It takes the right to undo, and the right to make such a change; finance alone undoes of an epic, by form
    or list, what is frozen of it, and nothing else. A slip that is taken back on its day by who made it moves
    nothing that was frozen yet, unless a month that it moves was closed since.

    Raises:
        NotAllowedError: the actor may not undo, or may not make a change of this kind; also where it would
            give or take the roles of finance and admin (D25), or somebody else than finance restates value.
        UnknownKeyError: there is no such change.
        ClosedMonthError: it would move a closed month, or what is frozen of an epic since it started (V3),
            and is no named restatement (decision D11).
        RefusedError: it would move what is frozen of an epic, and this person may name no restatement.
        UndoRefusedError: it is undone already, or a later change in force was built on it (decision D9).
    """
    actor.require(Action.UNDO)
    with store.write() as cursor:
        past = undoing.find(cursor, change_id)
        kind = undoing.base(cursor, past).kind
        action = ACTION_OF.get(kind)
        told = _named(actor, kind, restatement)
        if past.kind == keeping.ERASE:
            message = f"Change {change_id} erased a kept file. What was erased cannot come back."
            raise UndoRefusedError(message)
        by = undoing.undone_by(cursor, change_id)
        if by is not None:
            message = (
                f"Change {change_id} was already undone by {by.actor} on {by.at:%d %b %Y} at {by.at:%H:%M} "
                f"UTC (change {by.change_id})."
            )
            raise UndoRefusedError(message)
        new = NewChange(
            actor,
            KIND,
            reason=reason.strip() or f"undo of change {change_id}: {past.kind}",
            source_name=past.source_name,
            undoes=change_id,
            restatement=told,
        )
        recorder = Recorder(cursor, new)
        people, before = read.members(cursor), _work_of(cursor, actor, action)
        twice = chain_checks.stored(cursor) if before is not None else {}
        undoing.reverse(recorder, past)
        _check_people(cursor, actor, people)
        if before is not None:
            after = Held(cursor)
            frozen.require_recorders(actor, before, after)
            since = before.closed_since(past.change_id) if _is_just_made(before, actor, past) else None
            series_checks.check_undone(before, after)
            chain_checks.check_undone(twice, chain_checks.stored(cursor))
            agreement.check_undone(cursor, recorder.change_id, is_slip=since is not None)
            moves = (*frozen.between(before, after, since), *product_checks.between(before, after, since))
            frozen.require(actor, tuple(frozen.issues(moves, is_restated=bool(told))))
        return recording.receipt(actor, new, recorder.seal())


def _named(actor: Actor, kind: str, restatement: str) -> str:
    """The reason of a restatement, where this person may undo such a change; of value finance names it."""
    action = ACTION_OF.get(kind)
    if kind in _OF_FROZEN:
        return frozen.named(actor, restatement)
    if action is not None:
        actor.require(action)
    if action in {Action.RECORD_OUTCOME, Action.CONFIRM_VALUE, Action.SETTLE_OBLIGATION}:
        return recording.named(actor, restatement)
    return restatement.strip()


def _check_people(cursor: Cursor, actor: Actor, before: Sequence[Actor]) -> None:
    """An undo gives and takes roles as saving a person does."""
    now = {one.name: one.roles for one in read.members(cursor)}
    for name in dict.fromkeys([*(one.name for one in before), *now]):
        granting.require(actor, before, name, now.get(name, frozenset()))


def _work_of(cursor: Cursor, actor: Actor, action: Action | None) -> Held | None:
    """Epics with their teams as they stand, where the change may have touched them."""
    if action is not Action.RECORD_OUTCOME:
        return None
    held = Held(cursor).as_it_stands()
    _ = held.measured_by_series
    if not actor.may(Action.RECORD_OUTCOME):
        _ = held.efforts
    return held


def _is_just_made(held: Held, actor: Actor, past: undoing.Past) -> bool:
    """Whether a person takes back on the same day what they did: a slip, nothing that was frozen yet.

    What was named a restatement moved what was frozen, so it is no slip.
    """
    return (
        not past.restatement and clock.day_of(held.cursor, past.at) == held.today and past.actor == actor.name
    )
