"""How a command that changes small tables is carried out: one transaction, one change, one receipt."""

from collections.abc import Sequence

from roi.actors import Actor
from roi.commands.requests import Receipt
from roi.store import touching
from roi.store.changes import End, NewChange, Put, Recorded, Recorder
from roi.store.database import Store
from roi.store.tables import TABLES


def record(store: Store, new: NewChange, puts: Sequence[Put] = (), ends: Sequence[End] = ()) -> Receipt:
    """Record a change of small tables and bring the figures that it moves up to date."""
    with store.write() as cursor:
        recorder = Recorder(cursor, new)
        fill(recorder, puts, ends)
        return receipt(new.actor, recorder.new, recorder.seal())


def fill(recorder: Recorder, puts: Sequence[Put], ends: Sequence[End] = ()) -> None:
    """End and put the rows; the months that they move are touched, as they stood and as they stand."""
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


def receipt(actor: Actor, new: NewChange, recorded: Recorded) -> Receipt:
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
    )
