"""What is demanded of an epic: deadline and penalty of an obligation, as somebody recorded them (V15)."""

from collections.abc import Container, Iterable, Sequence
from dataclasses import replace

from roi.actors import Action, Actor
from roi.commands.changing import recording, records
from roi.commands.changing.held import Held
from roi.commands.changing.recording import Work, refuse
from roi.commands.changing.requests import Receipt
from roi.commands.checks import obligation_checks
from roi.domain.obligations import Met, Obligation
from roi.domain.structure import Epic
from roi.errors import Issue
from roi.store.changes import End, NewChange
from roi.store.database import Store
from roi.store.read import Cursor

RECORD_OBLIGATION, RECORD_MET = "record an obligation", "record what came of an obligation"
"""The kinds of change that this module makes."""


def record_obligation(
    store: Store,
    actor: Actor,
    obligation: Obligation,
    based_on: int | None = None,
    *,
    unread: Sequence[Issue] = (),
) -> Receipt:
    """Record by which day an obligation has to be met, and what it costs when it is not; or change that.

    `unread` is what a form could not read of it: it is refused together with all else.

    Raises:
        RefusedError: no such epic, or it is no obligation, no deadline, a penalty that is none or has no
            currency, a person; every issue is carried.
        ConflictError: somebody changed it since it was looked at (`based_on`).
    """
    actor.require(Action.RECORD_OUTCOME)
    (made,) = obligation_checks.tidied([obligation])

    def decide(cursor: Cursor) -> Work:
        refuse((*unread, *obligation_checks.obligation_issues(Held(cursor), (made,))))
        return Work((records.put("obligation", (made,), based_on),))

    new = NewChange(actor, RECORD_OBLIGATION, detail={"epic": made.epic})
    return recording.record(store, new, decide)


def record_met(
    store: Store, actor: Actor, met: Met, based_on: int | None = None, *, unread: Sequence[Issue] = ()
) -> Receipt:
    """Record what came of an obligation: accepted as met on a day, a penalty paid; nothing of both ends it.

    `unread`: see `record_obligation`.

    Raises:
        RefusedError: no such epic, or it is no obligation, a day ahead or before its start, an amount that is
            none or has no currency; every issue is carried.
        ConflictError: somebody changed it since it was looked at (`based_on`).
    """
    actor.require(Action.SETTLE_OBLIGATION)
    made = met if met.paid_minor is not None else replace(met, currency="")

    def decide(cursor: Cursor) -> Work:
        refuse((*unread, *obligation_checks.met_issues(Held(cursor), (made,))))
        if made.met_on is None and made.paid_minor is None:
            return Work((), (End("obligation_met", ((made.epic,),), based_on),))
        return Work((records.put("obligation_met", (made,), based_on),))

    return recording.record(store, NewChange(actor, RECORD_MET, detail={"epic": made.epic}), decide)


def released(held: Held, epics: Iterable[Epic]) -> tuple[End, ...]:
    """What ends with the mark: an epic that is saved as no obligation has no deadline and no penalty."""
    free = [one.key for one in epics if not one.is_obligation]
    stored: dict[str, Container[str]] = {"obligation": held.obligations, "obligation_met": held.met}
    gone = {table: tuple((key,) for key in free if key in rows) for table, rows in stored.items()}
    return tuple(End(table, keys) for table, keys in gone.items() if keys)
