"""Who acts, and what a role may do. Every command and report takes an `Actor` and decides here."""

from dataclasses import dataclass
from enum import StrEnum

from roi.errors import NotAllowedError


class Role(StrEnum):
    """What a person comes to do."""

    EXECUTIVE = "executive"
    OWNER = "owner"
    TECH_LEADER = "tech_leader"
    FINANCE = "finance"
    ADMIN = "admin"


class Action(StrEnum):
    """What can be done, named once; a role that is not listed may not."""

    READ_FIGURES = "read figures"
    READ_LINES = "read ledger lines"
    IMPORT_COSTS = "import costs"
    MAP_COSTS = "say which team a cost belongs to"
    EDIT_COST_RULES = "say how cost is shared, rated and closed"
    READ_PAY = "read what people are paid"
    UNDO = "undo a change"
    EDIT_STRUCTURE = "change company, teams and streams"
    RECORD_OUTCOME = "record epics and outcomes"
    CONFIRM_VALUE = "confirm value"
    SETTLE_OBLIGATION = "say that an obligation is met, or its penalty paid"
    KEEP_STORE = "back up and restore"


_ALLOWED: dict[Action, frozenset[Role]] = {
    Action.READ_FIGURES: frozenset(Role),
    Action.READ_LINES: frozenset({Role.FINANCE}),
    Action.IMPORT_COSTS: frozenset({Role.FINANCE}),
    Action.MAP_COSTS: frozenset({Role.FINANCE}),
    Action.EDIT_COST_RULES: frozenset({Role.FINANCE}),
    Action.READ_PAY: frozenset({Role.FINANCE}),
    Action.UNDO: frozenset({Role.FINANCE, Role.ADMIN, Role.TECH_LEADER, Role.OWNER}),
    Action.EDIT_STRUCTURE: frozenset({Role.FINANCE, Role.ADMIN, Role.TECH_LEADER}),
    Action.RECORD_OUTCOME: frozenset({Role.OWNER, Role.TECH_LEADER}),
    Action.CONFIRM_VALUE: frozenset({Role.FINANCE}),
    Action.SETTLE_OBLIGATION: frozenset({Role.OWNER, Role.TECH_LEADER, Role.FINANCE}),
    Action.KEEP_STORE: frozenset({Role.ADMIN, Role.FINANCE}),
}


@dataclass(frozen=True, slots=True)
class Actor:
    """A named person in one or more roles."""

    name: str
    roles: frozenset[Role]

    def may(self, action: Action) -> bool:
        """Whether one of the roles allows the action."""
        return bool(self.roles & _ALLOWED[action])

    def require(self, action: Action) -> None:
        """Raise unless the action is allowed.

        Raises:
            NotAllowedError: no role of the actor allows it; the sentence names those that do.
        """
        if not self.may(action):
            roles = ", ".join(sorted(role.value.replace("_", " ") for role in _ALLOWED[action]))
            message = f"{self.name} may not {action.value}. It takes one of these roles: {roles}."
            raise NotAllowedError(message)


def local_user(name: str) -> Actor:
    """The single user of a local installation, who holds every role."""
    return Actor(name, frozenset(Role))
