"""Formulas with their numbers filled in (law T8): exact, one as one, and none where a number is missing."""

import re

import pytest

from roi.domain.definitions import Term
from roi.domain.figures import REGISTRY, Figure, unknown
from roi.story import formulas
from tests import equations


def test_t8_the_formula_is_filled_with_exact_numbers():
    inputs = (("confirmed", 701_000_000), ("team_cost", 781_000_000), ("return", 897_567))
    figure = Figure("return_per_unit", 897_567, currency="USD", inputs=inputs)
    filled = "confirmed cash $7,010,000.00 ÷ cost of teams $7,810,000.00 = $0.90"
    assert formulas.filled(figure) == filled


@pytest.mark.parametrize(
    ("figure_id", "inputs", "told"),
    [
        (
            "class_value",
            (("outcomes", 1), ("confirmed", 5)),
            "sum over 1 confirmed outcome of the class = £0.05",
        ),
        (
            "class_value",
            (("outcomes", 2), ("confirmed", 5)),
            "sum over 2 confirmed outcomes of the class = £0.05",
        ),
        (
            "class_value",
            (("outcomes", 0), ("confirmed", 0)),
            "sum over 0 confirmed outcomes of the class = £0.00",
        ),
        ("cohort_cost", (("epics", 1), ("cost", 1)), "sum over 1 epic = £0.01"),
        (
            "team_cost",
            (("lines", 1), ("team_cost", 1)),
            "sum of 1 line, whole or in part, placed on a team = £0.01",
        ),
        ("payback", (("months", 1),), "1 month from the first cost"),
    ],
)
def test_a_formula_counts_one_as_one(figure_id, inputs, told):
    assert formulas.filled(Figure(figure_id, 1, currency="GBP", inputs=inputs)) == told


def test_no_formula_has_a_plural_that_one_would_belie():
    """Each counted noun follows its number at once or after one word, where it is found."""
    for one in REGISTRY.values():
        inputs = tuple((name, 1) for name in re.findall(r"\{(\w+)\}", one.formula))
        terms = (Term("{months} months", 1, (("months", 1),)),)
        found = Figure(one.figure_id, 1, currency="GBP", inputs=inputs, terms=terms)
        filled = formulas.filled(found)
        assert filled
        assert not re.search(r"\b1 (\w+ )?(outcomes|epics|months|lines|claims)\b", filled), filled


def test_t3_there_is_no_formula_where_a_number_or_the_value_is_missing():
    whole = (("ledger", 5), ("team_cost", 2), ("excluded", 2), ("suspense", 1))
    assert formulas.filled(Figure("suspense", 1, currency="USD", inputs=whole))
    assert formulas.filled(Figure("suspense", 1, currency="USD", inputs=whole[1:])) == ""
    assert formulas.filled(unknown("suspense", "no cost", currency="USD", inputs=whole)) == ""


def test_heads_of_a_formula_are_heads_and_not_money():
    inputs = (("full_cost", 20_000_000), ("heads", 7_500_000), ("per_head", 2_666_667))
    figure = Figure("cost_per_head", 2_666_667, currency="USD", inputs=inputs)
    told = "full cost $200,000.00 ÷ 7.5 full-time equivalents = $26,666.67"
    assert formulas.filled(figure) == told


def test_t8_summands_follow_each_other_with_their_sign():
    terms = (
        Term("{per_month} a month × {months} months", -300, (("per_month", -100), ("months", 3))),
        Term("overlap removed {amount}", -50),
        Term("true-up of {whose} {amount}", 20, whose="March"),
    )
    told = formulas.filled(
        Figure("outcome_value", -330, currency="GBP", inputs=(("confirmed", -330),), terms=terms)
    )
    assert told == "−£1.00 a month × 3 months − overlap removed £0.50 + true-up of March £0.20 = −£3.30"
    assert equations.holds(told)


def test_t8_a_credit_is_added_with_its_own_sign_and_not_taken_away():
    share = "planned share {planned_share} of {team_cost} that reached {whose} in {months} months"
    days = "{amount} by item-days of {team_cost} that reached {whose} in {months} months"
    terms = (
        Term(share, 10_000, (("planned_share", 500_000), ("team_cost", 20_000), ("months", 1)), "A"),
        Term(share, -4_000, (("planned_share", 400_000), ("team_cost", -10_000), ("months", 1)), "B"),
        Term(days, -500, (("team_cost", -1_000), ("months", 2)), "C"),
    )
    told = formulas.filled(
        Figure("epic_cost", 5_500, currency="USD", inputs=(("epic_cost", 5_500),), terms=terms)
    )
    assert "+ planned share 40.00% of −$100.00 that reached B" in told
    assert "− $5.00 by item-days of −$10.00 that reached C" in told
    assert equations.holds(told)


@pytest.mark.parametrize(
    ("formula", "is_true"),
    [
        ("planned share 45.00% of $1,584,807.20 that reached the team in 6 months = $442,900.28", False),
        (
            "planned share 50.00% of $992.51 that reached A in 7 months + rounding $0.01 = $496.27",
            True,
        ),
        ("$71.60 by item-days of $278.67 that reached Data in 3 months + rounding $0.01 = $71.61", True),
        ("own $2.00 + received $1.00 − passed on $3.01 = −$0.01", True),
        ("own $2.00 + received $1.00 = $3.01", False),
        ("(benefits $0.00 − costs $273.73) ÷ costs $273.73 = −100.00%", True),
        ("actual $5.00 − plan $4.00 = $1.00 = currency −$1.00 + volume $2.00 + price $0.01", False),
        ("confirmed cash $7,010,000.00 ÷ cost of teams $7,810,000.00 = $0.90", True),
        ("confirmed cash $7,010,000.00 ÷ cost of teams $7,810,000.00 = $0.89", False),
    ],
)
def test_a_printed_equation_is_read_as_one(formula, is_true):
    assert equations.sides(formula)
    assert equations.holds(formula) is is_true


def test_a_formula_that_says_in_words_how_it_is_reckoned_is_no_equation():
    assert not equations.sides("sum over 9 confirmed outcomes of value a month × confirmed months = $7.00")
