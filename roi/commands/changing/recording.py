"""How a command changes small tables: one transaction, one numbered change, one receipt."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from roi.actors import Action, Actor
from roi.commands.changing import consequences
from roi.commands.changing.requests import Receipt
from roi.errors import Issue, RefusedError, UnchangedError
from roi.store import touching
from roi.store.changes import End, NewChange, Put, Recorded, Recorder
from roi.store.database import Store
from roi.store.read import Cursor
from roi.store.tables import TABLES


@dataclass(frozen=True, slots=True)
class Work:
    """The rows that a change puts, and the keys whose rows it ends first.

    `detail` is what the change records of itself where only its own transaction can know it; `notes` are
    sentences for its receipt and the history.
    """

    puts: tuple[Put, ...] = ()
    ends: tuple[End, ...] = ()
    detail: Mapping[str, object] | None = None
    notes: tuple[str, ...] = ()


Decide = Callable[[Cursor], Work]
"""Checks what was asked against what is stored, in the change's own transaction, and says what to do."""


def record(store: Store, new: NewChange, decide: Decide) -> Receipt:
    """Record a change of small tables and bring the figures that it moves up to date.

    Raises:
        UnchangedError: everything is there already; no change was recorded.
    """
    with store.write() as cursor:
        work = decide(cursor)
        notes = (*work.notes, *consequences.of(cursor, work.puts, work.ends))
        recorder = Recorder(cursor, _with(new, work.detail, notes))
        fill(recorder, work.puts, work.ends)
        recorded = recorder.seal()
        if recorded.rows_added + recorded.rows_removed == 0:
            message = "All of it is stored already, just as it was sent."
            raise UnchangedError(message)
    return receipt(new.actor, new, recorded, notes)


def _with(new: NewChange, detail: Mapping[str, object] | None, notes: Sequence[str]) -> NewChange:
    """The change with what its own transaction knows of it."""
    if detail is None and not notes:
        return new
    known = dict(new.detail or {}) if detail is None else dict(detail)
    return replace(new, detail={**known, "notes": list(notes)} if notes else known)


def named(actor: Actor, restatement: str) -> str:
    """The reason by which a change of value restates closed months: finance says it, because it was wrong.

    Without one, what is learned of closed months counts in the open month, as a true-up (rule V16).

    Raises:
        NotAllowedError: somebody else than finance gives a reason.
    """
    said = restatement.strip()
    if said:
        actor.require(Action.CONFIRM_VALUE)
    return said


def fill(recorder: Recorder, puts: Sequence[Put], ends: Sequence[End] = ()) -> None:
    """End and put the rows; the months that they move before and after are brought up to date."""
    rows = [(put.table, put.rows) for put in puts]
    rows += [(end.table, tuple(_as_row(end.table, key) for key in end.keys)) for end in ends]
    for table, some in rows:
        recorder.touch(touching.months(recorder.cursor, table, some))
    for end in ends:
        recorder.end(end)
    for put in puts:
        recorder.put(put)
    for table, some in rows:
        recorder.touch(touching.months(recorder.cursor, table, some))


def _as_row(table: str, key: tuple[object, ...]) -> dict[str, object]:
    return dict(zip(TABLES[table].keys, key, strict=True))


def receipt(actor: Actor, new: NewChange, recorded: Recorded, notes: tuple[str, ...] = ()) -> Receipt:
    """What was recorded, as the command answers it."""
    return Receipt(
        recorded.change_id,
        recorded.at,
        actor.name,
        new.kind,
        new.reason,
        recorded.rows_added,
        recorded.rows_removed,
        new.source_name,
        new.source_sha256,
        recorded.content_sha256,
        notes,
    )


def refuse(issues: tuple[Issue, ...]) -> None:
    """Raise when one of the issues blocks.

    Raises:
        RefusedError: with the first blocker's sentence and every issue.
    """
    blockers = [issue for issue in issues if issue.is_blocker]
    if blockers:
        raise RefusedError(blockers[0].message, issues)
