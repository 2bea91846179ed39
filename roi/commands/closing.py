"""Closing months: from then on their figures move only by a named restatement (decision D11)."""

from collections.abc import Iterator, Sequence, Set

from roi.actors import Action, Actor
from roi.commands.changing import recording
from roi.commands.changing.recording import Work, refuse
from roi.commands.changing.requests import Receipt
from roi.domain.periods import is_month, month_name
from roi.errors import INTACT, Issue, blocker
from roi.store import read, seen
from roi.store.changes import NewChange, Put
from roi.store.database import Store
from roi.store.read import Cursor

KIND = "close months"


def close_months(
    store: Store, actor: Actor, months: Sequence[int], reason: str = "", based_on: int | None = None
) -> Receipt:
    """Close months; to open one again, undo the change that closed it.

    Whoever looked (`based_on`) knows which of them are closed: those stay as they are, the others are closed.

    Raises:
        RefusedError: a month is none, has no cost, or is closed already.
        ConflictError: a month was closed, or got new cost lines, after it was looked at (`based_on`).
    """
    actor.require(Action.EDIT_COST_RULES)

    def decide(cursor: Cursor) -> Work:
        seen.require(cursor, "closed_month", [(month,) for month in months], based_on)
        seen.require_lines(cursor, months, based_on)
        closed = {read.whole(row["month"]) for row in read.table(cursor, "closed_month")}
        is_seen = based_on is not None and not closed.issuperset(months)
        chosen = [month for month in months if not (is_seen and month in closed)]
        refuse(tuple(_issues(cursor, chosen, closed)))
        rows = tuple({"month": month, "reason": reason.strip()} for month in chosen)
        return Work((Put("closed_month", rows),), detail={"months": chosen})

    new = NewChange(actor, KIND, reason=reason.strip())
    return recording.record(store, new, decide)


def _issues(cursor: Cursor, months: Sequence[int], closed: Set[int]) -> Iterator[Issue]:
    known = {read.whole(row["month"]) for row in read.rows(cursor, "months_with_lines")}
    if not months:
        yield blocker("nothing", f"No month was chosen. {INTACT}", fix="Choose a month.")
    for month in months:
        name = month_name(month) if is_month(month) else str(month)
        if month not in known:
            message = f"{name} has no cost lines. {INTACT}"
            yield blocker("no_cost", message, column="month", sent=str(month), fix="Import its costs first.")
        elif month in closed:
            message = f"{name} is closed already. {INTACT}"
            yield blocker("closed", message, column="month", sent=str(month))
