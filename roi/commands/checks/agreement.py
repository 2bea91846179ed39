"""The day on which an outcome was agreed: once its work is delivered, nobody moves its claim to before (V12).

From then on whoever looks can see what came of it; a claim that is made after that, and dated before it,
would be one for a result that is known.
"""

from collections.abc import Iterator

from roi.commands.changing.held import Held
from roi.domain.structure import Outcome
from roi.domain.value import OutcomePlan
from roi.errors import INTACT, Issue, UndoRefusedError, blocker
from roi.store import read
from roi.store.read import Cursor


def plan_issues(held: Held, outcome: Outcome, plan: OutcomePlan, line: int | None) -> Iterator[Issue]:
    """A claim that came after its reading adds nothing; an earlier day, or none, would make it count."""
    before = held.plans.get(outcome.key)
    epic = held.epics.get(outcome.epic)
    is_known = outcome.read_on is not None or (epic is not None and epic.delivered is not None)
    if before is None or before.agreed_on is None or not is_known:
        return
    if plan.agreed_on is not None and plan.agreed_on >= before.agreed_on:
        return
    agreed = before.agreed_on.isoformat()
    since = "read" if outcome.read_on is not None else "delivered"
    said = f"{outcome.metric} was agreed on {agreed}, and is {since}: its claim is not made earlier. {INTACT}"
    yield blocker(
        "agreed",
        said,
        line=line,
        column="agreed_on",
        sent=plan.agreed_on.isoformat() if plan.agreed_on else "",
        expected=f"{agreed} or later",
        fix="Leave the day as it was agreed; who typed it wrong today undoes that change, and types it anew.",
    )


def check_undone(cursor: Cursor, change_id: int, *, is_slip: bool) -> None:
    """An undo, which is this change, dates no agreement back either.

    A slip that is taken back on its day by who made it is none, as long as nothing was read.

    Raises:
        UndoRefusedError: it would; the sentence names the outcome and its day.
    """
    for row in read.rows(cursor, "agreed_earlier", {"change_id": change_id, "is_slip": is_slip}):
        message = (
            f"{row['metric']} was agreed on {row['agreed_on']}, and is delivered or read: an undo makes "
            "its claim no earlier."
        )
        raise UndoRefusedError(message)
