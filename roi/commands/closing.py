"""Closing months: from then on their figures move only by a named restatement (decision D11)."""

from collections.abc import Sequence

from roi.actors import Action, Actor
from roi.commands import recording
from roi.commands.requests import Receipt
from roi.commands.structure import refuse
from roi.domain.periods import is_month, month_name
from roi.errors import blocker
from roi.store import read
from roi.store.changes import NewChange, Put
from roi.store.database import Store


def close_months(store: Store, actor: Actor, months: Sequence[int], reason: str = "") -> Receipt:
    """Close months; to open one again, undo the change that closed it.

    Raises:
        RefusedError: a month is none, has no cost, or is closed already.
    """
    actor.require(Action.EDIT_COST_RULES)
    with store.snapshot() as cursor:
        closed = {read.whole(row["month"]) for row in read.table(cursor, "closed_month")}
        known = {read.whole(row["month"]) for row in read.rows(cursor, "months_with_lines")}
    issues = []
    for month in months:
        if not is_month(month) or month not in known:
            message = (
                f"{month_name(month) if is_month(month) else month} has no cost lines. Nothing was changed."
            )
            issues.append(
                blocker("no_cost", message, column="month", sent=str(month), fix="Import its costs first.")
            )
        elif month in closed:
            message = f"{month_name(month)} is closed already. Nothing was changed."
            issues.append(blocker("closed", message, column="month", sent=str(month)))
    if not months:
        issues.append(blocker("nothing", "No month was chosen. Nothing was changed.", fix="Choose a month."))
    refuse(tuple(issues))
    rows = tuple({"month": month, "reason": reason.strip()} for month in months)
    new = NewChange(actor, "close months", reason=reason.strip(), detail={"months": list(months)})
    return recording.record(store, new, [Put("closed_month", rows)])
