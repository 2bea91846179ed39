"""What a decision about an outcome rests on has to be what the person saw: reading, plan, end, questions."""

from roi.commands.changing.held import Held
from roi.store import seen


def require_seen(held: Held, outcome: str, based_on: int | None) -> None:
    """See that nobody changed the outcome, its plan, its end or a question about it after `based_on`.

    Raises:
        ConflictError: somebody did; it says who and when.
    """
    if based_on is None:
        return
    for table in ("outcome", "outcome_plan", "closure"):
        seen.require(held.cursor, table, [(outcome,)], based_on)
    asked = [(outcome, one.asked_on) for one in held.questions.get(outcome, ())]
    seen.require(held.cursor, "question", asked, based_on)
