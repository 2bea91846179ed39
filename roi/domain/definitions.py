"""What a figure means: its name, unit, formula and version, for everybody who shows it (law T7)."""

from dataclasses import dataclass
from enum import StrEnum


class Unit(StrEnum):
    """What a figure counts."""

    MONEY = "money"
    PER_UNIT = "per 1 of cost"
    SHARE = "share"
    COUNT = "count"
    HEADS = "full-time equivalents"
    MONTHS = "months"
    WORD = "word"


@dataclass(frozen=True, slots=True)
class Definition:
    """What a figure means, for the Method page, the drawer and the command line.

    `formula` is words with `{input}` fields that a figure fills with its numbers; where its summands differ
    from figure to figure they stand in `{terms}`, and `terms` says in words what they are;
    `better` is `up`, `down` or `neither`; `since` is the method version that introduced this formula.
    """

    figure_id: str
    name: str
    unit: Unit
    meaning: str
    formula: str
    does_not_say: str
    better: str = "neither"
    version: int = 1
    since: str = "1.0"
    terms: str = ""


@dataclass(frozen=True, slots=True)
class Term:
    """One summand of a formula whose summands differ from figure to figure.

    `says` is words with `{input}` fields and with `{whose}`; `amount`, in minor units, is what the summand
    comes to: below zero it is taken away. `{amount}` in the words is its size.
    """

    says: str
    amount: int
    inputs: tuple[tuple[str, int], ...] = ()
    whose: str = ""
