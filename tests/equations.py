"""Reads a printed formula as the equation that it is, and says whether its two sides agree.

Words are passed over. A count of things that are summed is no operand, nor are the months of a planned share.
A formula that says in words how it is reckoned, such as *sum over 3 outcomes of …*, is no equation.
"""

import re
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

_MINUS = "−"
_NUMBER = r"\d[\d,]*(?:\.\d+)?"
_TOKEN = re.compile(
    rf"(?P<money><?{_MINUS}?<?[$£€]{_NUMBER})|(?P<share>{_MINUS}?{_NUMBER}%)|(?P<count>(?<!\w){_NUMBER})"
    rf"|(?P<sign>(?<!\S)[+{_MINUS}×÷=](?!\S))|(?P<bracket>[()])"
)
_NO_OPERANDS = (
    r"(?<![×÷] )\b\d[\d,]* (?:[a-z]+ )?(?:outcome|epic|claim|line)s?\b",
    r"\b(?:over|with|in) \d[\d,.]* (?:freed )?(?:months?|team-weeks)\b",
    r"^\d+ months? after ",
    rf"by item-days of {_MINUS}?[$£€]{_NUMBER}",
    rf" of {_MINUS}?[$£€]{_NUMBER} that reached (?=[^+]*scaled)",
)


@dataclass(frozen=True)
class Side:
    """What a side comes to, how many products and quotients it has, and the last digit of its last number."""

    amount: Decimal
    products: int
    step: Decimal


def sides(formula: str) -> list[Side]:
    """What the sides of an equation come to, from left to right; empty where it is none."""
    said = formula
    for pattern in _NO_OPERANDS:
        said = re.sub(pattern, "", said)
    found = [one for one in map(_side, re.split(r"(?<!\S)=(?!\S)", said)) if one is not None]
    return found if len(found) > 1 else []


def holds(formula: str) -> bool:
    """Whether each side is the next: exactly, or where it has products to half the last digit of each."""
    found = sides(formula)
    return all(_agree(one, other) for one, other in pairwise(found))


def _agree(one: Side, other: Side) -> bool:
    products = one.products + other.products
    return abs(one.amount - other.amount) <= products * (other.step / 2 + _KEPT_TO)


def _side(text: str) -> Side | None:
    """The sum of its products; None where an operator has words for an operand."""
    code: list[str] = []
    step = Decimal(0)
    for match in _TOKEN.finditer(text):
        kind, shown = match.lastgroup or "", match[0]
        if kind in {"money", "share", "count"}:
            if code and code[-1].endswith("/100"):
                code.append("*")
            code.append(_code(shown))
            step = _step(shown)
        elif kind == "sign" and (not code or code[-1] in _OPEN):
            return None
        else:
            code.append(_SIGNS.get(shown, shown))
    if not code or code[-1] in _OPEN:
        return None
    amount = eval("".join(code), {"__builtins__": {}, "D": Decimal})
    products = sum(one in {"*", "/"} for one in code)
    return Side(amount, products + len(re.findall(_EQUAL_PARTS, text)), step)


_EQUAL_PARTS = r"÷ \d+ outcomes?\b"
"""Equal parts of an amount are a whole last digit apart, so that they sum to it."""

_KEPT_TO = Decimal("0.000001")
"""A ratio is kept in parts per million, and rounded once more where it is printed."""

_SIGNS, _OPEN = {_MINUS: "-", "×": "*", "÷": "/"}, {"+", "-", "*", "/", "("}


def _code(shown: str) -> str:
    digits = re.sub(r"[^\d.]", "", shown)
    number = f"D('{'-' if _MINUS in shown else ''}{digits}')"
    return f"{number}/100" if shown.endswith("%") else number


def _step(shown: str) -> Decimal:
    """The last printed digit: of `45.00%` it is 0.0001, of `$0.90` 0.01; *less than* leaves a whole one."""
    digits = shown.partition(".")[2].rstrip("%")
    places = len(digits) + (2 if shown.endswith("%") else 0)
    return Decimal(2 if "<" in shown else 1).scaleb(-places)
