"""A chain ends in money once: what only leads to it claims none on the same segment of a line (V8, V9)."""

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from roi.commands.changing.held import Held
from roi.domain.structure import Outcome, ValueClass
from roi.domain.value import OutcomePlan
from roi.errors import INTACT, Issue, blocker


class _Money(NamedTuple):
    """An outcome that claims money, and where."""

    outcome: Outcome
    place: tuple[str, ...]


def issues(
    held: Held, outcomes: Mapping[str, Outcome], plans: Mapping[str, OutcomePlan], lines: Mapping[str, int]
) -> Iterator[Issue]:
    """Each link of these outcomes of which both ends claim money on one segment of a line.

    `outcomes` and `plans` are those that a change saves; of either the other end may be stored already.
    """
    links = held.links | {key: plan.leads_to for key, plan in plans.items()}
    near = {(key, end) for key, end in links.items() if end and {key, end} & {*outcomes, *plans}}
    keys = {key for link in near for key in link}
    its = held.others(keys) | {key: one for key, one in outcomes.items() if key in keys}
    agreed = held.plans_of(keys) | {key: one for key, one in plans.items() if key in keys}
    for key, end in sorted(near):
        link, last = _money(its.get(key), agreed.get(key)), _money(its.get(end), agreed.get(end))
        if link is not None and last is not None and link.place == last.place:
            yield _twice(link.outcome, last.outcome, lines.get(key) or lines.get(end))


def _money(outcome: Outcome | None, plan: OutcomePlan | None) -> _Money | None:
    if outcome is None or outcome.unit_value is None or outcome.value_class is ValueClass.NOT_FINANCIAL:
        return None
    has_line = plan is not None and plan.line
    place = (plan.line, plan.cell) if plan is not None and has_line else (outcome.value_class.value,)
    return _Money(outcome, place)


def _twice(link: Outcome, last: Outcome, line: int | None) -> Issue:
    said = (
        f"{link.metric} leads to {last.metric}, and both claim money in one place: what one brings is in "
        f"the other. {INTACT}"
    )
    return blocker(
        "chain_money",
        said,
        line=line,
        column="leads_to",
        sent=last.key,
        expected="money at the end of the chain alone",
        fix=f"Leave what a unit of {link.metric} is worth empty; or say that it leads to nothing.",
    )
