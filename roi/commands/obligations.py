"""What is demanded of an epic: deadline and penalty of an obligation, as somebody recorded them (V15)."""

from collections.abc import Iterable

from roi.actors import Action, Actor
from roi.commands import obligation_checks, recording, records
from roi.commands.held import Held
from roi.commands.recording import Work
from roi.commands.requests import Receipt
from roi.commands.structure import refuse
from roi.domain.obligations import Obligation
from roi.domain.structure import Epic
from roi.store.changes import End, NewChange
from roi.store.database import Store
from roi.store.read import Cursor

RECORD_OBLIGATION = "record an obligation"
"""The kind of change that this module makes."""


def record_obligation(
    store: Store, actor: Actor, obligation: Obligation, based_on: int | None = None
) -> Receipt:
    """Record by which day an obligation has to be met, and what it costs when it is not; or change that.

    Raises:
        RefusedError: no such epic, or it is no obligation, no deadline, a penalty that is none or has no
            currency, a person; every issue is carried.
        ConflictError: somebody changed it since it was looked at (`based_on`).
    """
    actor.require(Action.RECORD_OUTCOME)
    (made,) = obligation_checks.tidied([obligation])

    def decide(cursor: Cursor) -> Work:
        refuse(tuple(obligation_checks.obligation_issues(Held(cursor), (made,))))
        return Work((records.put("obligation", (made,), based_on),))

    new = NewChange(actor, RECORD_OBLIGATION, detail={"epic": made.epic})
    return recording.record(store, new, decide)


def released(held: Held, epics: Iterable[Epic]) -> tuple[End, ...]:
    """What ends with the mark: an epic that is saved as no obligation has no deadline and no penalty."""
    gone = tuple((one.key,) for one in epics if not one.is_obligation and one.key in held.obligations)
    return (End("obligation", gone),) if gone else ()
