"""What a decision about an outcome rests on has to be what the person saw: readings, plan, delivery, end."""

from roi.commands.changing.held import Held
from roi.store import seen


def require_seen(held: Held, outcome: str, based_on: int | None) -> None:
    """See that nobody changed what a decision rests on after `based_on`.

    That is the outcome, its readings with their estimates, its plan, the day on which its work was delivered,
    its end, and the questions about it.

    Raises:
        ConflictError: somebody did; it says who and when.
    """
    if based_on is None:
        return
    for table in ("outcome", "outcome_plan", "closure"):
        seen.require(held.cursor, table, [(outcome,)], based_on)
    read = [(outcome, read_on) for read_on in held.readings.get(outcome, ())]
    seen.require(held.cursor, "reading", read, based_on)
    if outcome in held.outcomes:
        seen.require_delivery(held.cursor, held.outcomes[outcome].epic, based_on)
    asked = [(outcome, one.asked_on) for one in held.questions.get(outcome, ())]
    seen.require(held.cursor, "question", asked, based_on)
