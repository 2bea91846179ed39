"""What an epic waits for: recorded when somebody says so, ended when it is over, never inferred (V21)."""

from dataclasses import replace
from datetime import date

from roi.actors import Action, Actor
from roi.commands.changing import recording, records
from roi.commands.changing.held import Held
from roi.commands.changing.recording import Work, refuse
from roi.commands.changing.requests import Receipt
from roi.commands.checks import wait_checks
from roi.domain.value import Wait
from roi.errors import UnknownKeyError
from roi.store.changes import NewChange
from roi.store.database import Store
from roi.store.read import Cursor

RECORD_WAIT, END_WAIT = "record a wait", "end a wait"
"""The kinds of change that this module makes."""


def record_wait(store: Store, actor: Actor, wait: Wait, based_on: int | None = None) -> Receipt:
    """Record that an epic waits for another team, or for what is told in words; or change note and end.

    Raises:
        RefusedError: no such epic or team, its own only team, a person, days out of order, twice at once;
            every issue is carried.
        ConflictError: somebody changed this wait since it was looked at (`based_on`).
    """
    actor.require(Action.RECORD_OUTCOME)
    return _save(store, NewChange(actor, RECORD_WAIT, detail={"epic": wait.epic}), wait, based_on)


def end_wait(store: Store, actor: Actor, wait: Wait, ended_on: date, based_on: int | None = None) -> Receipt:
    """The wait is over: from that day on the epic waits for this no more.

    Raises:
        UnknownKeyError: the epic does not wait for this.
        RefusedError: the day lies before the wait began.
        ConflictError: somebody changed this wait since it was looked at (`based_on`).
    """
    actor.require(Action.RECORD_OUTCOME)
    new = NewChange(actor, END_WAIT, detail={"epic": wait.epic})
    return _save(store, new, replace(wait, ended_on=ended_on), based_on, has_to_be_there=True)


def _save(
    store: Store, new: NewChange, wait: Wait, based_on: int | None, *, has_to_be_there: bool = False
) -> Receipt:
    (made,) = wait_checks.tidied([wait])

    def decide(cursor: Cursor) -> Work:
        held = Held(cursor)
        its = {wait_checks.key(one) for one in held.waits.get(made.epic, ())}
        if has_to_be_there and wait_checks.key(made) not in its:
            message = f"“{made.epic}” does not wait for “{made.team or made.waits_for}” since that day."
            raise UnknownKeyError(message)
        refuse(tuple(wait_checks.wait_issues(held, (made,))))
        return Work((records.put("epic_wait", (made,), based_on),))

    return recording.record(store, new, decide)
