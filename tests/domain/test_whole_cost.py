"""Known answers of what the whole cost adds: conversion, variance over currencies."""

import pytest

from roi.domain.figures import REGISTRY, Unit
from roi.domain.money import convert
from roi.domain.variance import Side, explain_all


@pytest.mark.parametrize(
    ("amount", "rate", "currency", "target", "known"),
    [
        (10_000, 1_100_000_000, "EUR", "USD", 11_000),
        (1, 1_500_000_000, "EUR", "USD", 2),
        (-1, 1_500_000_000, "EUR", "USD", -1),
        (100, 160_250_000_000, "USD", "JPY", 160),
        (160, 6_240_000, "JPY", "USD", 100),
        (1_000, 3_250_000_000, "KWD", "USD", 325),
    ],
)
def test_conversion_knows_minor_digits_and_rounds_half_up_once(amount, rate, currency, target, known):
    assert convert(amount, rate, currency, target) == known


def test_v5_variance_over_two_currencies_by_hand():
    """Plan 100 $ and 50 € at 1.00; actual 120 $ and 60 € at 1.10; heads from 10 to 11."""
    parts = [(Side(10_000, 10_000), Side(12_000, 12_000)), (Side(5_000, 5_000), Side(6_000, 6_600))]
    found = explain_all(parts, 10_000_000, 11_000_000)
    assert (found.total, found.currency, found.volume, found.price) == (3_600, 600, 1_500, 1_500)
    assert explain_all(parts, None, 1).volume is None


@pytest.mark.parametrize(
    ("figure_id", "unit", "better"),
    [
        ("full_cost", Unit.MONEY, "down"),
        ("received_cost", Unit.MONEY, "down"),
        ("overhead_cost", Unit.MONEY, "down"),
        ("passed_on_cost", Unit.MONEY, "neither"),
        ("standard_difference", Unit.MONEY, "neither"),
        ("spend", Unit.MONEY, "down"),
        ("profit_and_loss_charge", Unit.MONEY, "neither"),
        ("plan_cost", Unit.MONEY, "neither"),
        ("plan_variance", Unit.MONEY, "down"),
        ("plan_share", Unit.SHARE, "down"),
        ("outlook_cost", Unit.MONEY, "down"),
        ("heads", Unit.HEADS, "neither"),
        ("cost_per_head", Unit.MONEY, "neither"),
    ],
)
def test_t7_each_figure_of_the_whole_cost_is_defined_once(figure_id, unit, better):
    found = REGISTRY[figure_id]
    assert (found.unit, found.better, found.since) == (unit, better, "1.1")
