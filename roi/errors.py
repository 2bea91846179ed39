"""The two kinds of problem: an `Issue` in the user's data is a value, a `RoiError` is a caller's mistake.

Issues are collected and reported all at once; nothing is stored while one of them blocks.
"""

from dataclasses import dataclass
from enum import StrEnum

UNSAVED, INTACT = "Nothing has been saved.", "Nothing was changed."
"""What is safe, said at the end of a refusal: of a file that was brought, and of anything else."""


class Severity(StrEnum):
    """Whether an issue stops an import or only has to be said."""

    BLOCKER = "blocker"
    WARNING = "warning"


@dataclass(frozen=True, slots=True)
class Issue:
    """One problem in the user's data, said so that its owner can repair it.

    `line` is the physical line of the file (the header of a plain file is line 1); `lines` holds the
    first lines that share the problem when it repeats and `count` how many there are.
    `column` is our field name; `sent` is what stood there, `expected` what we can read, `fix` what to do;
    `choices` are the answers to a question that has only these.
    """

    code: str
    severity: Severity
    message: str
    line: int | None = None
    column: str | None = None
    sent: str | None = None
    expected: str | None = None
    fix: str | None = None
    count: int = 1
    lines: tuple[int, ...] = ()
    choices: tuple[str, ...] = ()

    @property
    def is_blocker(self) -> bool:
        """Whether this issue stops the import."""
        return self.severity is Severity.BLOCKER


def blocker(code: str, message: str, **details: object) -> Issue:
    """An issue that stops an import."""
    return Issue(code, Severity.BLOCKER, message, **details)  # type: ignore[arg-type]


def warning(code: str, message: str, **details: object) -> Issue:
    """An issue that is said but stops nothing."""
    return Issue(code, Severity.WARNING, message, **details)  # type: ignore[arg-type]


class RoiError(Exception):
    """Base of every error we raise: `str()` is a sentence for the person, `safe` says what is unharmed."""

    safe = INTACT


class NotAllowedError(RoiError):
    """The actor's roles do not include this action."""


class UnknownKeyError(RoiError):
    """A key names nothing that exists at this version."""


class ConflictError(RoiError):
    """Somebody changed the same thing since it was read."""


class UnchangedError(RoiError):
    """All that was asked for is there already, so no change was recorded."""

    safe = "Nothing had to be changed."


class UndoRefusedError(RoiError):
    """A change cannot be undone because a later live change was built on it."""


class RefusedError(RoiError):
    """The user's data has blockers; the issues say which."""

    def __init__(self, message: str, issues: tuple[Issue, ...] = ()) -> None:
        """Keep the issues beside the sentence."""
        super().__init__(message)
        self.issues = issues


class ClosedMonthError(RoiError):
    """The change would move a figure of a closed month and is not a restatement; the sentence shows both."""


class StoreError(RoiError):
    """Base of the errors about the database file itself."""


class StoreLockedError(StoreError):
    """Another process holds the database; the sentence names it."""


class StoreDamagedError(StoreError):
    """The database fails a check, so no figure may be shown."""

    safe = "No figure is shown until it is restored."


class NewerSchemaError(StoreError):
    """The database was written by a newer version of this program."""


class StoreFullError(StoreError):
    """The disk has no room for the change."""


class StoreExposedError(StoreError):
    """Others on this machine could read or exchange the data; the sentence says how to close it."""

    safe = "No figure is shown until it is closed."
