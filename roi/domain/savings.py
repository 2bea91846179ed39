"""What does a cost reduction count, so that no saving counts twice (rule V13)?

A saving names the ledger lines it lowers. Inside the engineering cost base it is in the lower cost already
and counts nothing beside it; outside it is cash once the books show it, and released time until then.
"""

from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Saving:
    """A cost reduction of one month: what it lowers on each ledger line it names, in minor units."""

    key: str
    month: int
    by_ledger_line: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Treated:
    """The three ways in which a saving counts; they sum to it. Only `cash` stands in return per $1."""

    cash: int
    released_time: int
    already_in_lower_cost: int


def treated(saving: Saving, engineering: AbstractSet[str], shown_in_books: AbstractSet[str]) -> Treated:
    """Which part of a saving is cash, which is released time, and which is in the lower cost already.

    Args:
        saving: what was saved, by ledger line.
        engineering: ledger lines inside the engineering cost base.
        shown_in_books: ledger lines on which the books show the lower cost.
    """
    cash = released = inside = 0
    for line, amount in saving.by_ledger_line.items():
        if line in engineering:
            inside += amount
        elif line in shown_in_books:
            cash += amount
        else:
            released += amount
    return Treated(cash, released, inside)


def named_twice(savings: Sequence[Saving]) -> dict[tuple[str, int], tuple[str, ...]]:
    """Ledger lines that several savings of one month name: ledger line and month → the savings.

    They must be claims on one benefit pool, which is capped at what the line fell; else they count twice.
    """
    holders: dict[tuple[str, int], list[str]] = {}
    for saving in savings:
        for line in saving.by_ledger_line:
            holders.setdefault((line, saving.month), []).append(saving.key)
    return {place: tuple(sorted(keys)) for place, keys in sorted(holders.items()) if len(keys) > 1}
