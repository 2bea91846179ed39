"""An amount with the lines that made it, or the reasons why it is not known (law T3)."""

from collections.abc import Iterable
from typing import NamedTuple


class Sums(NamedTuple):
    """An amount and how many lines made it; with reasons in `unknown` the amount is a part and not shown."""

    amount: int = 0
    lines: int = 0
    unknown: tuple[str, ...] = ()

    def plus(self, other: "Sums") -> "Sums":
        """Both together."""
        amount, lines, unknown = self
        more, more_lines, reasons = other
        if reasons and reasons != unknown:
            unknown = tuple(dict.fromkeys((*unknown, *reasons)))
        return Sums(amount + more, lines + more_lines, unknown)

    def minus(self, other: "Sums") -> "Sums":
        """What is left without the other; its lines are not taken off."""
        return self.plus(Sums(-other.amount, 0, other.unknown))

    @property
    def value(self) -> int | None:
        """The amount, None while something of it is not known."""
        return None if self.unknown else self.amount

    @property
    def reason(self) -> str:
        """Why it is not known: the first reason, and how many more there are."""
        if not self.unknown:
            return ""
        more = len(self.unknown) - 1
        return self.unknown[0] + (f" (and {more} more)" if more else "")


NOTHING = Sums()


def total(parts: Iterable[Sums]) -> Sums:
    """All of them together."""
    found = NOTHING
    for part in parts:
        found = found.plus(part)
    return found
