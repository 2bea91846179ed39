"""A value, or the reason why there is none: the answer of a calculation that may not be possible (law T3)."""

from dataclasses import dataclass
from typing import Generic, Never, TypeVar

T_co = TypeVar("T_co", covariant=True)


@dataclass(frozen=True, slots=True)
class Answer(Generic[T_co]):
    """A value with an empty reason, or None with a sentence that says why it cannot be told."""

    value: T_co | None
    reason: str = ""

    @property
    def is_known(self) -> bool:
        """Whether there is a value."""
        return self.value is not None


def no_answer(reason: str) -> Answer[Never]:
    """There is no value, and this is why."""
    return Answer(None, reason)
