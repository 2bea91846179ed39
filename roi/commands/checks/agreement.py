"""The day on which an outcome was agreed: once it was read, nobody moves its claim to before that (V12)."""

from collections.abc import Iterator

from roi.commands.changing.held import Held
from roi.domain.structure import Outcome
from roi.domain.value import OutcomePlan
from roi.errors import INTACT, Issue, blocker


def plan_issues(held: Held, outcome: Outcome, plan: OutcomePlan, line: int | None) -> Iterator[Issue]:
    """A claim that came after its reading adds nothing; an earlier day, or none, would make it count."""
    before = held.plans.get(outcome.key)
    if before is None or before.agreed_on is None or outcome.read_on is None:
        return
    if plan.agreed_on is not None and plan.agreed_on >= before.agreed_on:
        return
    agreed = before.agreed_on.isoformat()
    said = (
        f"{outcome.metric} was agreed on {agreed}, and is read since: its claim is not made earlier. {INTACT}"
    )
    yield blocker(
        "agreed",
        said,
        line=line,
        column="agreed_on",
        sent=plan.agreed_on.isoformat() if plan.agreed_on else "",
        expected=f"{agreed} or later",
        fix="Leave the day as it was agreed.",
    )
