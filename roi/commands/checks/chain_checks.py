"""A chain ends in money once: what only leads to it claims none on the same segment of a line (V8, V9)."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import NamedTuple

from roi.commands.changing.held import Held
from roi.domain import chains
from roi.domain.structure import Outcome, ValueClass
from roi.domain.value import OutcomePlan
from roi.errors import INTACT, Issue, UndoRefusedError, blocker
from roi.store import read
from roi.store.read import Cursor


class _Money(NamedTuple):
    """An outcome that claims money, and where."""

    outcome: str
    metric: str
    place: tuple[str, ...]


Twice = Mapping[tuple[str, str], tuple[_Money, _Money]]
"""By key what leads to another, near or far, with that one, where both claim money in one place."""


def issues(
    held: Held, outcomes: Mapping[str, Outcome], plans: Mapping[str, OutcomePlan], lines: Mapping[str, int]
) -> Iterator[Issue]:
    """Each two of a chain through these outcomes that claim money on one segment of a line.

    `outcomes` and `plans` are those that a change saves; others of their chains may be stored already.
    """
    links = held.links | {key: plan.leads_to for key, plan in plans.items()}
    pairs = list(_pairs(links, {*outcomes, *plans}))
    keys = {key for pair in pairs for key in pair}
    its = held.others(keys) | {key: one for key, one in outcomes.items() if key in keys}
    agreed = held.plans_of(keys) | {key: one for key, one in plans.items() if key in keys}
    money = (_money(one, agreed.get(key)) for key, one in its.items())
    for (key, end), (link, last) in _twice(pairs, [one for one in money if one is not None]).items():
        yield _issue(link, last, links[key], lines.get(key) or lines.get(end))


def stored(cursor: Cursor) -> Twice:
    """What the store holds of such."""
    links = {read.text(row["outcome"]): read.text(row["leads_to"]) for row in read.rows(cursor, "leads_to")}
    rows = read.rows(cursor, "money_in_chains")
    given = ({name: read.text(row[name]) for name in row} for row in rows)
    money = [
        _Money(one["outcome"], one["metric"], _place(one["line"], one["cell"], one["value_class"]))
        for one in given
    ]
    return _twice(_pairs(links, None), money)


def check_undone(before: Twice, after: Twice) -> None:
    """An undo lets no second outcome of a chain claim money in the place of the other.

    Raises:
        UndoRefusedError: it would; the sentence names both outcomes.
    """
    for pair in sorted(after.keys() - before.keys()):
        link, last = after[pair]
        message = (
            f"{link.metric} ({link.outcome}) would claim money in the same place as {last.metric} "
            f"({last.outcome}), to which it leads: what one brings is in the other. Undo first what was "
            f"saved of {last.metric} since, or take the link between them away."
        )
        raise UndoRefusedError(message)


def _pairs(links: Mapping[str, str], among: Collection[str] | None) -> Iterator[tuple[str, str]]:
    """Each outcome with each that it leads to, where the way there passes one of `among` (None: all)."""
    for key in links:
        way = [key]
        for end in chains.ahead(key, links):
            way.append(end)
            if among is None or any(one in among for one in way):
                yield key, end


def _twice(pairs: Iterable[tuple[str, str]], money: Collection[_Money]) -> Twice:
    its = {one.outcome: one for one in money}
    known = ((key, end) for key, end in sorted(pairs) if key in its and end in its)
    return {(key, end): (its[key], its[end]) for key, end in known if its[key].place == its[end].place}


def _money(outcome: Outcome, plan: OutcomePlan | None) -> _Money | None:
    if outcome.unit_value is None or outcome.value_class is ValueClass.NOT_FINANCIAL:
        return None
    line, cell = (plan.line, plan.cell) if plan is not None else ("", "")
    return _Money(outcome.key, outcome.metric, _place(line, cell, outcome.value_class.value))


def _place(line: str, cell: str, value_class: str) -> tuple[str, ...]:
    """Whose money it is; by its class where it names no line."""
    return (line, cell) if line else (value_class,)


def _issue(link: _Money, last: _Money, leads_to: str, line: int | None) -> Issue:
    said = (
        f"{link.metric} leads to {last.metric}, and both claim money in one place: what one brings is in "
        f"the other. {INTACT}"
    )
    return blocker(
        "chain_money",
        said,
        line=line,
        column="leads_to",
        sent=leads_to,
        expected="money at the end of the chain alone",
        fix=f"Leave what a unit of {link.metric} is worth empty; or say that it leads to nothing.",
    )
