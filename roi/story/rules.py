"""A named sentence with the condition under which it may be said; the first that applies and fits is said.

A title is subject, verb, number and so-what in at most 90 characters. No claim is typed by hand: each
rule has a name, a condition on the report and a template, and a test on both sides of its boundary.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from roi.story import told, words

MOST_LETTERS = 90

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Rule(Generic[T]):
    """A named sentence: when it may be said, and how."""

    rule_id: str
    applies: Callable[[T], bool]
    write: Callable[[T], str]


@dataclass(frozen=True, slots=True)
class Said:
    """A sentence and the rule that said it; `known` is the same with numbers that remember their figure."""

    rule_id: str
    text: str
    known: str = field(default="", compare=False)


def say(rules: Sequence[Rule[T]], report: T) -> Said:
    """The sentence of the first rule that applies and fits; the last rule always applies and fits."""
    for rule in rules:
        if rule.applies(report):
            known = words.sentence(rule.write(report))
            text = words.sentence(told.plain(known))
            if len(text) <= MOST_LETTERS:
                return Said(rule.rule_id, text, known)
    message = "the last rule of a list must apply to everything and be short"
    raise ValueError(message)


def always(_: object) -> bool:
    """The condition of the last rule of every list."""
    return True
