"""V7: what one unit of a measure is worth, by known answers; ranges, limits, and no text that is run."""

from dataclasses import replace
from decimal import Decimal

import numpy as np
import pytest

from roi.domain import drivers
from roi.domain.structure import ValueBasis
from roi.domain.value import DriverInput, ValueDriver

KNOWN = {  # worked by hand
    "margin_per_unit": ({"price": "49.90", "margin": "0.6"}, "29.94"),
    "margin_from_visitors": ({"visitors": "40000", "order_value": "80", "margin": "0.25"}, "8000"),
    "retained_margin": ({"customers": "120", "margin_per_customer": "7.35"}, "882"),
    "cost_per_unit": ({"units": "1", "cost": "11.2"}, "11.2"),
    "released_time": ({"hours": "35", "rate": "62", "converted": "0.5"}, "1085"),
    "downtime": ({"incidents": "1", "hours": "2.5", "loss": "4200"}, "10500"),
    "expected_loss": ({"events": "0.2", "loss": "100000"}, "1666.666667"),
    "stated": ({"amount": "0.10"}, "0.1"),
}


def driver(formula):
    return ValueDriver("d", "A driver", formula, "USD", ValueBasis.ASSUMED)


def inputs(formula, **changed):
    values, _ = KNOWN[formula]
    found = {key: DriverInput("d", key, *(Decimal(value),) * 3) for key, value in values.items()}
    return tuple((found | changed).values())


def said(formula, **changed):
    return [key for key, _ in drivers.problems(driver(formula), inputs(formula, **changed))]


def test_every_formula_has_a_known_answer():
    assert set(KNOWN) == set(drivers.MENU)


@pytest.mark.parametrize("formula", KNOWN)
def test_v7_each_formula_gives_its_known_answer(formula):
    values, worth = KNOWN[formula]
    found = drivers.unit_value(formula, {key: Decimal(value) for key, value in values.items()})
    assert found == Decimal(worth)
    assert drivers.problems(driver(formula), inputs(formula)) == ()


def test_the_range_takes_low_with_low_and_high_with_high():
    price = DriverInput("d", "price", Decimal(18), Decimal(20), Decimal(22))
    margin = DriverInput("d", "margin", Decimal("0.5"), Decimal("0.6"), Decimal("0.7"))
    worth = drivers.worth(driver("margin_per_unit"), (price, margin))
    assert (worth.low, worth.likely, worth.high) == (Decimal(9), Decimal(12), Decimal("15.4"))


def test_a_formula_works_on_draws_as_on_numbers():
    """The range of draws lies within that of all ends together."""
    random = np.random.default_rng(7)
    draws = {"price": random.uniform(18, 22, 2000), "margin": random.uniform(0.5, 0.7, 2000)}
    product = drivers.MENU["margin_per_unit"].product(draws)
    low, high = np.quantile(product, [0.1, 0.9])
    assert 9 < low < high < 15.4
    assert product[0] == draws["price"][0] * draws["margin"][0]


def test_v14_at_most_half_of_released_time_counts():
    half, more = (DriverInput("d", "converted", *(Decimal(part),) * 3) for part in ("0.5", "0.51"))
    assert said("released_time", converted=half) == []
    assert said("released_time", converted=more) == ["converted"]


@pytest.mark.parametrize(
    "wrong",
    [
        {"low": Decimal(21)},
        {"high": Decimal(19)},
        {"low": Decimal(-1)},
        {"likely": Decimal("NaN")},
        {"high": Decimal("Infinity")},
    ],
)
def test_an_input_out_of_order_is_named(wrong):
    price = replace(DriverInput("d", "price", *(Decimal(20),) * 3), **wrong)
    assert said("margin_per_unit", price=price) == ["price"]


def test_what_is_missing_or_not_of_the_formula_is_named_at_once():
    found = drivers.problems(driver("margin_per_unit"), (DriverInput("d", "luck", *(Decimal(1),) * 3),))
    assert [key for key, _ in found] == ["luck", "price", "margin"]


def test_no_text_is_ever_run_as_a_formula():
    ((key, sentence),) = drivers.problems(driver("price * 2"), ())
    assert (key, "none of the formulas" in sentence) == ("", True)
    with pytest.raises(KeyError):
        drivers.unit_value("__import__('os')", {})


def test_a_unit_worth_nothing_is_no_driver():
    nothing = DriverInput("d", "price", *(Decimal(0),) * 3)
    assert said("margin_per_unit", price=nothing) == [""]
