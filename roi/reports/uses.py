"""What outcomes are called that still use something, for whoever wants to remove it."""

from dataclasses import dataclass

from roi.actors import Action, Actor
from roi.store import read
from roi.store.database import Store


@dataclass(frozen=True, slots=True)
class Use:
    """An outcome by its key, its metric as it is called, and the epic that it belongs to, by key and name."""

    outcome: str
    metric: str
    epic: str
    epic_name: str


def build(store: Store, actor: Actor, outcomes: tuple[str, ...]) -> tuple[Use, ...]:
    """The outcomes of these keys, by name."""
    actor.require(Action.READ_FIGURES)
    if not outcomes:
        return ()
    with store.snapshot() as cursor:
        its = read.outcomes(cursor, outcomes)
        names = read.names(cursor, "epic", {one.epic for one in its})
        found = [Use(one.key, one.metric, one.epic, names.get(one.epic, one.epic)) for one in its]
    return tuple(sorted(found, key=lambda one: (one.metric.casefold(), one.epic_name)))
