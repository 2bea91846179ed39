"""Number formats: three digits, one unit down a column, a true minus, and printed parts that add up."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from roi.domain.figures import Figure, unknown
from roi.domain.structure import Grade
from roi.reports.shapes import Certainty
from roi.story import words

AMOUNTS = st.integers(-(10**13), 10**13)


@pytest.mark.parametrize(
    ("minor", "currency", "printed"),
    [
        (781_000_000, "USD", "$7.81M"),
        (41_000_000, "USD", "$410k"),
        (0, "USD", "$0"),
        (5, "GBP", "£0.05"),
        (4_120, "GBP", "£41.20"),
        (41_000, "GBP", "£410"),
        (99_949, "GBP", "£999"),
        (99_950, "GBP", "£1.00k"),
        (47_855_288_689, "GBP", "£479M"),
        (999_500_000_000, "GBP", "£10.0B"),
        (-80_000_000, "GBP", "−£800k"),
        (12_345, "JPY", "¥12.3k"),
        (12_345, "CHF", "CHF\u00a0123"),
    ],
)
def test_an_amount_alone_has_three_digits(minor, currency, printed):
    assert words.money(minor, currency) == printed


@given(st.lists(AMOUNTS, min_size=1, max_size=12))
def test_printed_parts_add_up_to_the_printed_total(parts):
    total = sum(parts)
    scale = words.scale_for([*parts, total], "GBP", [(parts, total)])
    assert sum(map(scale.rounded, parts)) == scale.rounded(total)


@given(AMOUNTS.filter(bool), st.sampled_from(["GBP", "JPY", "KWD"]))
def test_what_is_not_zero_never_prints_as_zero(minor, currency):
    scale = words.scale_for([minor, 10**14], currency)
    printed = scale.text(minor)
    assert any(digit in printed for digit in "123456789"), printed


@given(AMOUNTS, st.sampled_from(["GBP", "JPY", "KWD"]))
def test_the_sign_is_a_true_minus_and_rounding_is_the_same_on_both_sides(minor, currency):
    printed = words.money(minor, currency)
    assert "-" not in printed
    assert words.money(-minor, currency).removeprefix("−") == printed.removeprefix("−")


def test_a_column_has_one_unit_and_shows_small_parts_when_one_more_digit_does_it():
    scale = words.scale_for([1_694_000_000, 184_000_000], "GBP")
    assert (scale.text(1_694_000_000), scale.text(184_000_000)) == ("£16.94M", "£1.84M")


def test_a_column_below_ten_keeps_two_decimals():
    scale = words.scale_for([781_000_000, 80_000_000], "USD")
    assert (scale.text(781_000_000), scale.text(80_000_000)) == ("$7.81M", "$0.80M")


def test_what_is_missing_is_a_dash_and_never_zero():
    assert words.money(None, "GBP") == "–"
    assert words.figure(unknown("team_cost", "no costs yet", currency="GBP")) == "–"


def test_d11_how_sure_a_restated_value_is_has_every_digit():
    assert words.certainty(Certainty(40_000, 60_050, Grade.C), "GBP") == "likely £400.00–£600.50, grade C"
    assert words.certainty(Certainty(-40_000, 0, Grade.D), "GBP") == "likely −£400.00 to £0.00, grade D"
    assert words.certainty(Certainty(40_000, 40_000, Grade.A), "GBP") == "grade A"


def test_the_exact_amount_has_every_digit():
    assert words.exact(47_855_288_689, "GBP") == "£478,552,886.89"
    assert words.exact(-5, "KWD") == "−KWD\u00a00.005"


@pytest.mark.parametrize(
    ("ratio", "printed"),
    [(898_000, "$0.90"), (1_340_000, "$1.34"), (12_340_000, "$12.3"), (4_999, "<$0.01"), (5_000, "$0.01")],
)
def test_money_back_per_one(ratio, printed):
    assert words.per_unit(ratio, "USD") == printed


@pytest.mark.parametrize(
    ("parts", "printed"),
    [(0, "0%"), (4_999, "<1%"), (5_000, "1%"), (899_000, "90%"), (999_999, ">99%"), (1_000_000, "100%")],
)
def test_a_share_is_not_rounded_to_none_or_all(parts, printed):
    assert words.share(parts) == printed


def test_a_range_is_printed_once_when_both_ends_print_alike():
    figure = Figure("return_per_unit", 900_000, low=780_000, high=1_010_000, currency="USD")
    assert words.range_of(figure) == "$0.78–$1.01"
    narrow = Figure("return_per_unit", 100, low=50, high=200, currency="USD")
    assert words.range_of(narrow) == "<$0.01"
    assert words.range_of(Figure("return_per_unit", 100, currency="USD")) == ""


def test_counts_lists_and_days():
    assert words.counted(2273, "line") == "2,273 lines"
    assert words.counted(1, "person", "people") == "1 person"
    assert words.spelled(3, "team") == "three teams"
    assert words.spelled(27, "team") == "27 teams"
    assert words.listed(["a", "b", "c"]) == "a, b and c"
    assert words.day(date(2026, 11, 12)) == "12 Nov 2026"


@pytest.mark.parametrize(
    ("parts", "text"),
    [(7_500_000, "7.5"), (250_000, "0.25"), (24_000_000, "24"), (0, "0"), (1, "<0.01"), (4_855_556, "4.86")],
)
def test_heads_without_noughts_at_the_end(parts, text):
    assert words.heads(parts) == text


@pytest.mark.parametrize(
    ("parts", "text"), [(1_000_000, "1 head"), (500_000, "0.5 heads"), (2_000_000, "2 heads"), (0, "0 heads")]
)
def test_one_head_is_one(parts, text):
    assert words.heads_counted(parts) == text


@pytest.mark.parametrize(
    ("parts", "text"),
    [
        (33_000, "+3.3%"),
        (-33_000, "−3.3%"),
        (123_000, "+12%"),
        (99_949, "+10%"),
        (125_000, "+13%"),
        (0, "0.0%"),
        (400, "+<0.1%"),
    ],
)
def test_how_far_apart_has_a_sign_and_a_digit_below_ten(parts, text):
    assert words.apart(parts) == text


@pytest.mark.parametrize(
    ("value", "low", "high", "printed"),
    [
        (67_500_000, -10_300_000, 145_000_000, "−$103k to $1,450k"),
        (123_000_000, 12_000_000, 230_000_000, "$0.12M–$2.30M"),
        (123_000_000, 11_000_000, 99_000_000, "$0.11M–$0.99M"),
        (95_000, 40_000, 130_000, "$400–$1,300"),
        (500_000, -900_000_000, 999_900_000, "−$9,000k to $9,999k"),
        (500_000, -900_000_000, 1_000_000_000, "−$9.00M to $10.00M"),
        (0, -10_300_000, 145_000_000, "−$0.10M to $1.45M"),
    ],
)
def test_a_range_is_printed_in_the_unit_of_the_value_beside_it(value, low, high, printed):
    """`$675k · likely −$0.10M to $1.45M` made a reader convert; where a unit is far too long it changes."""
    assert words.range_of(Figure("npv", value, low=low, high=high, currency="USD")) == printed


@pytest.mark.parametrize(
    ("value", "currency", "printed"),
    [
        ("4.1", "USD", "$4.10"),
        ("600", "GBP", "£600"),
        ("0.003", "USD", "$0.003"),
        ("1234.5", "JPY", "¥1,234.5"),
    ],
)
def test_what_one_unit_is_worth_reads_like_other_money(value, currency, printed):
    assert words.unit_worth(Decimal(value), currency) == printed


def test_how_far_a_unit_s_worth_may_be_off_is_said_where_it_may():
    assert words.unit_range(Decimal("3.5"), Decimal(4), "USD") == "$3.50–$4"
    assert not words.unit_range(Decimal(4), Decimal("4.0"), "USD")


def test_a_quotient_is_told_to_the_cent_and_what_is_less_than_one_with_all_its_digits():
    assert words.unit_worth(Decimal("1583.333333"), "USD") == "$1,583.33"
    assert words.unit_range(Decimal(650), Decimal("3666.666667"), "USD") == "$650–$3,666.67"
    assert words.unit_worth(Decimal("0.00333"), "USD") == "$0.00333"
