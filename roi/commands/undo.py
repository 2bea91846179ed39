"""Undo: a reversing change. Nothing is edited or deleted (law T9)."""

from roi.actors import Action, Actor
from roi.commands import recording
from roi.commands.requests import Receipt
from roi.errors import UndoRefusedError
from roi.store import undoing
from roi.store.changes import NewChange, Recorder
from roi.store.database import Store

KIND = "undo"


def undo(store: Store, actor: Actor, change_id: int, reason: str = "", *, restatement: str = "") -> Receipt:
    """Reverse a change exactly; undoing an undo brings the first change back.

    Raises:
        UnknownKeyError: there is no such change.
        ClosedMonthError: it would move a closed month, and is no named restatement (decision D11).
        UndoRefusedError: it is undone already, or a later change in force was built on it (decision D9).
    """
    actor.require(Action.UNDO)
    with store.write() as cursor:
        past = undoing.find(cursor, change_id)
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
            restatement=restatement.strip(),
        )
        recorder = Recorder(cursor, new)
        undoing.reverse(recorder, past)
        return recording.receipt(actor, new, recorder.seal())
