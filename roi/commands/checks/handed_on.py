"""An outcome that was handed on: who owned it when it was read does not confirm that reading (V10, D25)."""

from collections.abc import Iterator

from roi.actors import Actor
from roi.commands.changing.held import Held
from roi.domain.identity import is_one
from roi.domain.structure import Outcome
from roi.errors import INTACT, Issue, blocker


def confirmation_issues(held: Held, outcome: Outcome, actor: Actor) -> Iterator[Issue]:
    """A tick by somebody who owned the outcome since its reading was recorded and owns it no more.

    A tick by its owner of now is taken, and shown as the owner's own word.
    """
    if is_one(actor.name, outcome.owner):
        return
    if any(is_one(actor.name, owner) for owner in held.owners_of_reading(outcome.key)):
        yield blocker(
            "own_reading",
            f"{actor.name} owned {outcome.metric} when it was read, and handed it on since. {INTACT}",
            column="confirmed_by",
            sent=actor.name,
            expected="somebody of finance who did not own it when it was read",
            fix="Let somebody else of finance confirm it.",
        )
