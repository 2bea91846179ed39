"""A figure's formula with its numbers filled in, money to the last digit (law T8)."""

import re
from collections.abc import Iterator, Mapping
from decimal import Decimal

from roi.domain.definitions import Term
from roi.domain.figures import Figure
from roi.story import words

_COUNTS = frozenset({"lines", "months", "outcomes", "pools", "epics"})
_COUNTED = re.compile(r"(\{(\w+)\} (?:[a-z]+ )?(?:outcome|epic|month|line|claim|pool))s\b")
_HEADS = frozenset({"heads", "head_months", "months_first", "months_second", "months_both", "team_weeks"})
_SHARES, _FACTORS = frozenset({"share"}), frozenset({"planned_share", "record"})
_FIELD = re.compile(r"\{(\w+)\}")
_PLACES = 2


def filled(found: Figure) -> str:
    """The formula with the figure's numbers; nothing where there is no value, or a number is kept back.

    Outside finance a control total and its ledger are kept back, as both would tell pay.
    """
    if not found.is_known:
        return ""
    known = {name: _input(name, number, found.currency) for name, number in found.inputs}
    if found.terms:
        known["terms"] = _sum(found.terms, found.currency)
    formula = found.definition.formula
    if not known.keys() >= set(_FIELD.findall(formula)):
        return ""
    return _with_ones(formula, dict(found.inputs)).format_map(known)


def _sum(terms: tuple[Term, ...], currency: str) -> str:
    """Summands one after the other: what is below zero is taken away, or added with its inputs' sign."""
    first, *others = terms
    return "".join([_term(first, currency, first.amount), *_following(others, currency)])


def _following(terms: list[Term], currency: str) -> Iterator[str]:
    for term in terms:
        is_taken = term.amount < 0 and "{amount}" in term.says
        sign = words.MINUS if is_taken else "+"
        yield f" {sign} {_term(term, currency, abs(term.amount))}"


def _term(term: Term, currency: str, amount: int) -> str:
    """One summand, with what it comes to as it follows its sign."""
    known = {name: _input(name, number, currency) for name, number in term.inputs}
    return _with_ones(term.says, dict(term.inputs)).format_map(
        known | {"amount": words.exact(amount, currency), "whose": term.whose}
    )


def _with_ones(formula: str, inputs: Mapping[str, int]) -> str:
    """A counted noun whose number is one loses its plural."""

    def one(match: re.Match[str]) -> str:
        return match[1] if match[2] in _COUNTS and inputs.get(match[2]) == 1 else match[0]

    return _COUNTED.sub(one, formula)


def _input(name: str, number: int, currency: str) -> str:
    if name in _HEADS:
        return _whole(number)
    if name in _COUNTS or not currency:
        return f"{number:,}"
    if name in _SHARES:
        return f"{words.sign(number)}{Decimal(abs(number)) / 10_000:.2f}%"
    if name in _FACTORS:
        return _percent(number)
    return words.per_unit(number, currency) if name == "return" else words.exact(number, currency)


def _whole(parts: int) -> str:
    """Heads, months or weeks from parts per million with all their digits, so that the equation holds."""
    return words.level(Decimal(parts).scaleb(-6))


def _percent(parts: int) -> str:
    """A share that is multiplied by, with all its digits and at least two: `45.00%`, `33.3333%`."""
    whole, digits = f"{Decimal(parts) / 10_000:.4f}".split(".")
    return f"{whole}.{digits.rstrip('0').ljust(_PLACES, '0')}%"
