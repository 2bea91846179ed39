"""Whose money is an outcome's, and with which does one count that was declared a copy (law T4, rule V8)?

A copy counts once with its origin, whatever words or finance line it was given since: it joins its origin's
pool, where the first of them stands for all. Only another segment of the same line is money of its own, for
the segments of a line exclude each other (V8). In another currency nothing can be compared, and what shows on
no line becomes no cash of one: of such a copy only a loss counts. What counts no money itself, because it is
not financial or names no line, has none to share: its copies count once with the first of them that does.
"""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from roi.domain import benefits
from roi.domain import outcomes as told
from roi.domain.structure import Outcome, ValueClass
from roi.domain.value import OutcomePlan, Values


class Whose(NamedTuple):
    """In which pool, on which line and segment, an outcome counts, and of which it is a copy, if any.

    `root` is the one from which a row of copies of copies began.
    """

    origin: str
    pool: str
    place: tuple[str, str]
    counts_losses_alone: bool = False
    root: str = ""


def copies(outcomes: Sequence[Outcome], values: Values) -> dict[str, Whose]:
    """Every declared copy by its outcome; a circle of copies has a first one, which is none."""
    by_key = {one.key: one for one in outcomes}
    origins = _origins(outcomes, values)
    roots = {key: benefits.root(key, origins) for key in origins}
    firsts = {key: by_key[key] for key in roots.values() if key in by_key}
    for key in sorted(roots, reverse=True):
        root = by_key.get(roots[key])
        if root is not None and not _is_money(root, values) and _is_money(by_key[key], values):
            firsts[root.key] = by_key[key]
    return {
        key: _copy(by_key[key], origin, firsts.get(roots[key]), values)._replace(root=roots[key])
        for key, origin in origins.items()
    }


def _is_money(outcome: Outcome, values: Values) -> bool:
    """Whether it may count at all: not what is not financial, nor cash that names no line (V8)."""
    line, _ = place_of(values.plans.get(outcome.key))
    return outcome.value_class is not ValueClass.NOT_FINANCIAL and not told.needs_line(outcome, line)


def own(outcome: Outcome, plan: OutcomePlan | None) -> Whose:
    """Whose money it is of itself, as it was agreed."""
    return Whose("", pool_key(outcome, plan), place_of(plan))


def pool_key(outcome: Outcome, plan: OutcomePlan | None) -> str:
    """The measured movement it claims a share of: one metric of one segment (law T4)."""
    metric, unit = told.alike(outcome.metric), told.alike(outcome.unit)
    return " | ".join(part for part in (metric, unit, *place_of(plan), outcome.currency) if part)


def place_of(plan: OutcomePlan | None) -> tuple[str, str]:
    """The finance line and the segment that it names; empty where it names none."""
    return (plan.line, plan.cell) if plan is not None else ("", "")


def _copy(outcome: Outcome, origin: str, first: Outcome | None, values: Values) -> Whose:
    plan = values.plans.get(outcome.key)
    alone = own(outcome, plan)._replace(origin=origin)
    if first is None:
        return alone
    its = values.plans.get(first.key)
    (line, cell), (first_line, first_cell) = place_of(plan), place_of(its)
    if line == first_line and cell != first_cell:
        return alone
    if outcome.currency != first.currency or (line and not first_line):
        return alone._replace(counts_losses_alone=True)
    return Whose(origin, pool_key(first, its), (first_line, first_cell))


def _origins(outcomes: Sequence[Outcome], values: Values) -> dict[str, str]:
    """The outcome that each one was copied from: named, or of its epic's origin."""
    found = dict(_of_epics(outcomes, values))
    for one in outcomes:
        plan = values.plans.get(one.key)
        if plan is not None and plan.copied_from:
            found[one.key] = plan.copied_from
    found = {key: origin for key, origin in found.items() if origin != key}
    return {key: origin for key, origin in found.items() if benefits.root(key, found) != key}


def _of_epics(outcomes: Sequence[Outcome], values: Values) -> Iterator[tuple[str, str]]:
    """The outcomes of each copied epic with those of its origin; each of these has one copy in it."""
    copied = {key: plan.copied_from for key, plan in values.epic_plans.items() if plan.copied_from}
    by_epic: dict[str, list[Outcome]] = {epic: [] for epic in {*copied, *copied.values()}}
    for one in outcomes:
        if one.epic in by_epic:
            by_epic[one.epic].append(one)
    for epic, origin in copied.items():
        yield from _paired(by_epic[epic], by_epic[origin], values)


def _paired(its: Sequence[Outcome], origins: Sequence[Outcome], values: Values) -> Iterator[tuple[str, str]]:
    """By metric where it is worded alike, else by whose money it is: a word that was changed frees none."""
    by_metric = {told.alike(one.metric): one for one in origins}
    same = {one.key: by_metric[told.alike(one.metric)] for one in its if told.alike(one.metric) in by_metric}
    yield from ((key, origin.key) for key, origin in same.items())
    taken = {origin.key for origin in same.values()}
    free = sorted((one for one in origins if one.key not in taken), key=lambda one: one.key, reverse=True)
    by_money = {_money(one, values): one for one in free}
    for one in sorted(its, key=lambda one: one.key):
        money = _money(one, values)
        if one.key not in same and money in by_money and one.value_class is not ValueClass.NOT_FINANCIAL:
            yield one.key, by_money.pop(money).key


def _money(outcome: Outcome, values: Values) -> tuple[str, ...]:
    """Whose money it is: its line and segment, or its class where it names none."""
    line, cell = place_of(values.plans.get(outcome.key))
    return (line, cell) if line else (str(outcome.value_class.value),)
