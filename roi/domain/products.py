"""Products live until retired: when did a value stream begin, and with which month does it end?

A product is a value stream (the product value stream of the Flow Framework), and has no second name. What
finance has confirmed stays; promises, assumed persistence and run cost end with the last month (V4, V11).
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property


@dataclass(frozen=True, slots=True)
class ProductLife:
    """The life of a value stream; `started` and `retired` are its first and its last month, both included.

    Without a first month its life begins with its first cost or epic; without a last one it goes on.
    """

    value_stream: str
    started: int | None = None
    retired: int | None = None
    reason: str = ""
    owner: str = ""

    @property
    def is_nothing(self) -> bool:
        """Whether it says nothing at all."""
        return self.started is None and self.retired is None and not self.reason and not self.owner


Stood = tuple[tuple[int, str], ...]
"""The value streams in which a team stood, each with its first month there (0: before all), by time."""


@dataclass(frozen=True)
class Retirements:
    """Which value streams end with which month, and where teams stood; equal where all of it is the same."""

    last: tuple[tuple[str, int], ...] = ()
    stood: tuple[tuple[str, Stood], ...] = ()

    @cached_property
    def _stood(self) -> dict[str, Stood]:
        return dict(self.stood)

    def last_of(self, started: int, teams: Iterable[str]) -> int | None:
        """The last month in which anything is expected of an epic; None while no retirement ends it.

        An epic belongs to the value stream in which its team stood when that was retired, or, begun after
        that, when the epic started. Where teams of a stream that goes on work on it too, it goes on.
        """
        ends = self.ends_of(started, teams) if self.last else ()
        known = [one for one in ends if one is not None]
        return max(known) if known and len(known) == len(ends) else None

    def ends_of(self, started: int, teams: Iterable[str]) -> Sequence[int | None]:
        """By team of an epic the last month of the stream that it stood in; None: that goes on."""
        return [self._end_of(team, started) for team in teams]

    def _end_of(self, team: str, started: int) -> int | None:
        its = self._stood.get(team, ())
        found = [last for stream, last in self.last if _at(its, max(started, last)) == stream]
        return min(found, default=None)


def _at(stood: Stood, month: int) -> str:
    """The value stream in that month."""
    return next((stream for first, stream in reversed(stood) if first <= month), "")


NO_RETIREMENTS = Retirements()
