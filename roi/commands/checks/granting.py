"""Who may make somebody finance or admin, and who may take that away (V10, D25).

Finance confirms value that others plan. Who plans it must not make the one who confirms it: only finance and
admin give these roles or take them, and nobody gives them to themselves. Where nobody has one of them yet, as
in an empty company, whoever sets it up names the first.
"""

from collections.abc import Collection, Iterable

from roi.actors import Actor, Role
from roi.domain.identity import is_one
from roi.domain.names import fold
from roi.errors import INTACT, NotAllowedError

TRUSTED = frozenset({Role.FINANCE, Role.ADMIN})
"""The roles that are given and taken only by who has one of them."""


def require(actor: Actor, known: Iterable[Actor], name: str, roles: Collection[Role]) -> None:
    """Raise unless the actor may leave this person with these roles.

    Args:
        actor: who changes it.
        known: the people as they are stored, with their roles.
        name: the person.
        roles: what the person would have afterwards; none where the person goes.

    Raises:
        NotAllowedError: a trusted role would be given or taken by somebody who has none, or to oneself.
    """
    people = tuple(known)
    before = next((one.roles for one in people if fold(one.name) == fold(name)), frozenset[Role]())
    given, taken = (set(roles) - before) & TRUSTED, (before - set(roles)) & TRUSTED
    if not given and not taken:
        return
    if not may_give(actor, people):
        raise NotAllowedError(_refused(actor, name, given or taken, is_given=bool(given)))
    if people and is_one(actor.name, name) and given - actor.roles:
        message = f"Nobody makes themselves {_named(given)}: another person does it. {INTACT}"
        raise NotAllowedError(message)


def may_give(actor: Actor, known: Iterable[Actor]) -> bool:
    """Whether this person may give somebody else a trusted role: also while nobody stored has one."""
    return bool(actor.roles & TRUSTED) or not any(one.roles & TRUSTED for one in known)


def _refused(actor: Actor, name: str, roles: Collection[Role], *, is_given: bool) -> str:
    done = (
        f"give {name} the role {_named(roles)}" if is_given else f"take the role {_named(roles)} from {name}"
    )
    return f"{actor.name} may not {done}. Only finance and admin give and take these two roles. {INTACT}"


def _named(roles: Collection[Role]) -> str:
    return " and ".join(sorted(role.value for role in roles))
