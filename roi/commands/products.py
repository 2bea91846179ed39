"""Products live until retired: the life of a value stream, recorded when somebody says so (V4, V11)."""

from collections.abc import Mapping

from roi.actors import Action, Actor
from roi.commands.changing import recording, records
from roi.commands.changing.held import Held
from roi.commands.changing.recording import Work
from roi.commands.changing.requests import Receipt
from roi.commands.checks import frozen, product_checks
from roi.domain.products import ProductLife
from roi.store.changes import End, NewChange
from roi.store.database import Store
from roi.store.read import Cursor

RECORD_LIFE = "record the life of a product"
"""The kind of change that this module makes."""


def record_life(  # noqa: PLR0913 - a life, what it rests on, and what of it could not be read
    store: Store,
    actor: Actor,
    life: ProductLife,
    based_on: int | None = None,
    *,
    unread: Mapping[str, str] | None = None,
    restatement: str = "",
) -> Receipt:
    """Record when a product started and when it is retired, or change that; nothing of all takes it back.

    What finance confirmed stays. After the last month nothing is expected of the product's work any more.
    `unread` is what was typed as a month and is none, by field: it is refused together with all else.

    Raises:
        RefusedError: no such value stream, no owner, retired before it started or for no reason, a person;
            every issue is carried.
        ClosedMonthError: it would change what was expected in a closed month, and is no named restatement.
        ConflictError: somebody changed it since it was looked at (`based_on`).
    """
    actor.require(Action.RECORD_OUTCOME)
    told = recording.named(actor, restatement)

    def decide(cursor: Cursor) -> Work:
        held = Held(cursor)
        if unread:
            recording.refuse(tuple(product_checks.unread_issues(held, life, unread)))
        (made,) = product_checks.tidied(held, [life])
        issues = tuple(product_checks.life_issues(held, (made,), is_restated=bool(told)))
        frozen.require(actor, issues)
        moves = product_checks.of_life(held.closed, held.products.get(made.value_stream), made)
        notes = frozen.notes(moves)
        if made.is_nothing:
            return Work((), (End("product_life", ((made.value_stream,),), based_on),), notes=notes)
        return Work((records.put("product_life", (made,), based_on),), notes=notes)

    detail = {"value_stream": life.value_stream}
    return recording.record(store, NewChange(actor, RECORD_LIFE, detail=detail, restatement=told), decide)
