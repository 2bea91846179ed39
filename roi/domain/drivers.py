"""What is one unit of a metric worth a month? A menu of formulas, never text that is run (rule V7).

Each formula multiplies named inputs and divides by a constant, so it works alike on exact numbers and on
arrays of draws. Money is in major units of the driver's currency. Every input is from zero up, so that the
value rises with each of them.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_EVEN, Decimal
from functools import reduce
from operator import mul
from typing import TypeVar

from roi.domain import sizes
from roi.domain.value import DriverInput, ValueDriver

N = TypeVar("N")
_PLACES = Decimal("0.000001")
MOST_CONVERTED = Decimal("0.5")
"""At most this part of released time counts (rule V14)."""


@dataclass(frozen=True, slots=True)
class Input:
    """An input of a formula: what it is, its unit (`{currency}` stands for the driver's), its limit."""

    key: str
    name: str
    unit: str
    at_most: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Formula:
    """One entry of the menu: the product of its inputs, divided by a constant; money a unit a month."""

    key: str
    name: str
    says: str
    inputs: tuple[Input, ...]
    divisor: int = 1

    def product(self, values: Mapping[str, N]) -> N:
        """The product of the inputs before it is divided; numbers, or arrays of draws of equal length.

        Raises:
            KeyError: an input is missing.
        """
        first, *rest = (values[one.key] for one in self.inputs)
        return reduce(mul, rest, first)


@dataclass(frozen=True, slots=True)
class Worth:
    """What one unit is worth a month in major units: low, likely and high.

    Low and high take every input at its low or high together; draws of the inputs lie closer.
    """

    low: Decimal
    likely: Decimal
    high: Decimal


_SHARE = Decimal(1)
_CONTRIBUTION = Input("margin", "contribution margin", "share of the price", _SHARE)

MENU: Mapping[str, Formula] = {
    one.key: one
    for one in (
        Formula(
            "margin_per_unit",
            "Margin per unit sold",
            "price × contribution margin",
            (Input("price", "price", "{currency} a unit"), _CONTRIBUTION),
        ),
        Formula(
            "margin_from_visitors",
            "Margin from more who buy",
            "visitors × order value × contribution margin ÷ 100, for one point of conversion",
            (
                Input("visitors", "visitors", "a month"),
                Input("order_value", "order value", "{currency} an order"),
                _CONTRIBUTION,
            ),
            divisor=100,
        ),
        Formula(
            "retained_margin",
            "Margin of customers who stay",
            "customers kept for one unit × margin per customer a month",
            (
                Input("customers", "customers kept for one unit of the metric", "customers"),
                Input("margin_per_customer", "margin per customer", "{currency} a month"),
            ),
        ),
        Formula(
            "cost_per_unit",
            "Cost per unit",
            "units of cost for one unit of the metric × cost of each",
            (
                Input("units", "units of cost for one unit of the metric", "a month"),
                Input("cost", "cost of each", "{currency}"),
            ),
        ),
        Formula(
            "released_time",
            "Time released outside engineering",
            "hours × rate × the part that is turned to other work, at most 50 %",
            (
                Input("hours", "hours for one unit of the metric", "a month"),
                Input("rate", "rate", "{currency} an hour"),
                Input("converted", "part that is turned to other work", "share", MOST_CONVERTED),
            ),
        ),
        Formula(
            "downtime",
            "Downtime avoided",
            "incidents × hours of each × loss per hour",
            (
                Input("incidents", "incidents for one unit of the metric", "a month"),
                Input("hours", "hours of each", "hours"),
                Input("loss", "loss per hour", "{currency} an hour"),
            ),
        ),
        Formula(
            "expected_loss",
            "Loss that is less likely",
            "events a year × loss of each ÷ 12",
            (
                Input("events", "events a year for one unit of the metric", "a year"),
                Input("loss", "loss of each", "{currency}"),
            ),
            divisor=12,
        ),
        Formula(
            "stated",
            "As stated",
            "an amount as its source states it",
            (Input("amount", "amount for one unit of the metric", "{currency} a month"),),
        ),
    )
}
"""The formulas that a driver may use, by key."""


def unit_value(formula: str, values: Mapping[str, Decimal]) -> Decimal:
    """What one unit is worth a month, in major units, to six decimals.

    Raises:
        KeyError: no such formula, or an input is missing.
    """
    its = MENU[formula]
    return (its.product(values) / its.divisor).quantize(_PLACES, ROUND_HALF_EVEN).normalize() + 0


def worth(driver: ValueDriver, inputs: Sequence[DriverInput]) -> Worth:
    """The driver's unit value with its range.

    Raises:
        KeyError: no such formula, or an input is missing; `problems` says so beforehand.
    """
    low, likely, high = (
        unit_value(driver.formula, {one.key: getattr(one, end) for one in inputs})
        for end in ("low", "likely", "high")
    )
    return Worth(low, likely, high)


def problems(driver: ValueDriver, inputs: Iterable[DriverInput]) -> tuple[tuple[str, str], ...]:
    """What keeps the driver from being reckoned: each the input's key ("" the formula) and a sentence."""
    formula = MENU.get(driver.formula)
    if formula is None:
        return (("", f"“{driver.formula}” is none of the formulas: {', '.join(MENU)}."),)
    given = {one.key: one for one in inputs}
    wanted = {one.key: one for one in formula.inputs}
    found = [(key, f"{formula.name} has no input “{key}”.") for key in given if key not in wanted]
    for key, one in wanted.items():
        said = _input_problem(one, given.get(key))
        if said:
            found.append((key, said))
    return tuple(found) or _worth_problems(formula, given)


def _worth_problems(formula: Formula, given: Mapping[str, DriverInput]) -> tuple[tuple[str, str], ...]:
    """Inputs that may each be real can make a unit's worth that is none."""
    if sizes.is_too_large(formula.product({key: one.high for key, one in given.items()}) / formula.divisor):
        told = f"One unit would be worth {sizes.MOST:,f} a month or more: too large to be real."
        return (("", told),)
    if unit_value(formula.key, {key: one.likely for key, one in given.items()}) <= 0:
        return (("", "One unit would be worth nothing."),)
    return ()


def _input_problem(wanted: Input, given: DriverInput | None) -> str:
    if given is None:
        return f"The {wanted.name} is missing."
    ends = (given.low, given.likely, given.high)
    if not all(one.is_finite() for one in ends) or not 0 <= given.low <= given.likely <= given.high:
        return f"The {wanted.name} needs a low, a likely and a high end from 0 on, in this order."
    for one in filter(sizes.is_too_large, ends):
        said, expected = sizes.beyond(one)
        return f"The {wanted.name} is {said} to be real: it has to be {expected}."
    if wanted.at_most is not None and given.high > wanted.at_most:
        return f"The {wanted.name} is at most {wanted.at_most:f}."
    return ""
