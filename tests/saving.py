"""Epics and outcomes as people save them, one after the other; what is agreed beside them stays as it is."""

from collections.abc import Sequence

from roi.actors import Actor
from roi.commands import anticipating, epics
from roi.commands.changing.requests import Receipt
from roi.domain.structure import Epic, Outcome
from roi.domain.value import EpicPlan, OutcomePlan
from roi.store import read_value
from roi.store.database import Store


def save_epics(
    store: Store, actor: Actor, made: Sequence[Epic], based_on: int | None = None, *, restatement: str = ""
) -> Receipt:
    """Each with the plan that it has, as the form of an epic saves it; the receipt of the last."""
    plans, _ = _plans(store)
    *others, last = made
    for one in others:
        epics.save_epic(store, actor, one, plans.get(one.key, EpicPlan(one.key)))
    plan = plans.get(last.key, EpicPlan(last.key))
    return epics.save_epic(store, actor, last, plan, based_on=based_on, restatement=restatement)


def save_outcomes(
    store: Store, actor: Actor, made: Sequence[Outcome], based_on: int | None = None
) -> Receipt:
    """Each with the plan that it has, as the form of an outcome saves it; the receipt of the last."""
    _, plans = _plans(store)
    *others, last = made
    for one in others:
        anticipating.save_anticipated(store, actor, one, plans.get(one.key, OutcomePlan(one.key)))
    plan = plans.get(last.key, OutcomePlan(last.key))
    return anticipating.save_anticipated(store, actor, last, plan, based_on=based_on)


def _plans(store: Store) -> tuple[dict[str, EpicPlan], dict[str, OutcomePlan]]:
    with store.snapshot() as cursor:
        values = read_value.values(cursor)
    return dict(values.epic_plans), dict(values.plans)
