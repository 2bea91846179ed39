"""Amounts are read to the minor unit, or refused or asked about with their line."""

from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from roi.domain.money import MINOR_DIGITS
from tests.store.staging.staged import HEADER, amount, kinds


@pytest.mark.parametrize(
    ("written", "minor"),
    [
        ("0", 0),
        ("7", 700),
        ("1234.5", 123450),
        ("-12.34", -1234),
        (" 12.34 ", 1234),
        ("1,234.50", 123450),
        ("1,234,567.89", 123456789),
        ("1 234.50", 123450),
        ("1\u00a0234.50", 123450),
        ("1\u202f234.50", 123450),
        ("1'234.50", 123450),
        ("1’234.50", 123450),
        ("(310.00)", -31000),
        ("(1,310.00)", -131000),
        ("5.00-", -500),
        ("−5.00", -500),
        ("+5.00", 500),
        ("€5.00", 500),
        ("€ 5.00", 500),
        ("-€5.00", -500),
        ("€-5.00", -500),
        ("5.00 €", 500),
        ("EUR 5.00", 500),
        ("5.00 EUR", 500),
        ("(€5.00)", -500),
        ("5.0000", 500),
        ("99999999999999.99", 9999999999999999),
    ],
)
def test_amounts_are_read_to_the_minor_unit(stage, written, minor):
    found, read = amount(stage, written)
    assert not [issue for issue in found.issues if issue.is_blocker], found.issues
    assert read == minor


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("", "amount_empty"),
        ("n/a", "amount_unreadable"),
        ("-inf", "amount_unreadable"),
        ("nan", "amount_unreadable"),
        ("1e5", "amount_unreadable"),
        ("1_000", "amount_unreadable"),
        ("5 apples", "amount_unreadable"),
        ("12.34.56", "amount_unreadable"),
        ("12,34", "amount_unreadable"),
        ("1,23,456.00", "amount_unreadable"),
        ("--5", "amount_unreadable"),
        ("(-5)", "amount_unreadable"),
        ("-5-", "amount_unreadable"),
        ("(5", "amount_unreadable"),
        ("0x10", "amount_unreadable"),
        ("\N{ARABIC-INDIC DIGIT FIVE}", "amount_unreadable"),
        ("=1+2", "amount_unreadable"),
        ("5%", "amount_unreadable"),
        ("99.999", "amount_decimals"),
        ("0.001", "amount_decimals"),
        ("1.2345", "amount_decimals"),
        ("100000000000001.00", "amount_too_large"),
        ("99999999999999999999", "amount_too_large"),
        ("9999999999999999999999999999.00", "amount_too_large"),
        ("$5.00", "currency_sign"),
        ("GBP 5.00", "currency_sign"),
    ],
)
def test_what_is_no_exact_amount_is_refused_with_its_line(stage, written, code):
    found, _ = amount(stage, written, decimal=".")
    blockers = [issue for issue in found.issues if issue.is_blocker]
    assert [issue.code for issue in blockers] == [code]
    assert blockers[0].line == 2
    assert blockers[0].column == "amount"
    assert "Nothing has been saved" in blockers[0].message


@pytest.mark.parametrize(
    ("written", "currency", "minor"),
    [
        ("1500", "JPY", 1500),
        ("1500.00", "JPY", 1500),
        ("-0.0", "JPY", 0),
        ("1.234", "KWD", 1234),
        ("1.2", "KWD", 1200),
        ("0.005", "BHD", 5),
    ],
)
def test_minor_digits_are_those_of_the_currency(stage, written, currency, minor):
    row = f"2025-01,Search,{written},{currency}\n"
    found, lines = stage(HEADER + row, decimal=".")
    assert kinds(found) == []
    assert lines[0]["amount_minor"] == minor


def test_decimals_of_a_currency_without_them_are_refused(stage):
    found, _ = stage(f"{HEADER}2025-01,Search,1500.50,JPY\n")
    assert kinds(found) == ["amount_decimals"]


@given(
    amounts=st.lists(
        st.tuples(
            st.integers(-(10**15), 10**15),
            st.sampled_from(["EUR", "JPY", "KWD"]),
            st.booleans(),
            st.sampled_from(["plain", "brackets", "tail", "code"]),
        ),
        min_size=12,
        max_size=24,
    ),
    mark=st.sampled_from([".", ","]),
)
@settings(max_examples=8, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_every_way_to_write_an_amount_gives_the_same_minor_units(stage, amounts, mark):
    rows = [
        f'2025-01,Search,"{in_form(minor, currency, mark, form, thousands=thousands)}",{currency}\n'
        for minor, currency, thousands, form in amounts
    ]
    found, lines = stage("".join((HEADER, *rows)), decimal=mark)
    assert not [issue for issue in found.issues if issue.is_blocker], found.issues
    read = [line["amount_minor"] for line in sorted(lines, key=lambda line: line["source_row"])]
    assert read == [minor for minor, _, _, _ in amounts]


def in_form(minor, currency, mark, form, *, thousands):
    """An amount in one of the ways in which ledgers write it."""
    digits = MINOR_DIGITS[currency]
    body = f"{abs(Decimal(minor).scaleb(-digits)):{',' if thousands else ''}.{digits}f}"
    if mark == ",":
        body = body.translate(str.maketrans(",.", ".,"))
    is_negative = minor < 0
    return {
        "plain": f"-{body}" if is_negative else body,
        "brackets": f"({body})" if is_negative else body,
        "tail": f"{body}-" if is_negative else body,
        "code": f"{currency} -{body}" if is_negative else f"{body} {currency}",
    }[form]


def test_a_decimal_comma_is_a_named_warning(stage):
    found, lines = stage(HEADER.replace(",", ";") + "2025-01;Search;1.050,75;EUR\n2025-01;Search;2.000;EUR\n")
    assert kinds(found) == ["decimal_comma"]
    assert found.decimal == ","
    assert [line["amount_minor"] for line in lines] == [105075, 200000]


@pytest.mark.parametrize("written", ["1.234", "1,234", "-12.500"])
def test_an_amount_that_may_be_a_thousand_or_one_is_a_question(stage, written):
    found, _ = stage(f'{HEADER}2025-01,Search,7,EUR\n2025-01,Search,"{written}",EUR\n')
    assert "decimal_mark" in kinds(found)
    issue = next(issue for issue in found.issues if issue.code == "decimal_mark")
    assert issue.is_blocker
    assert issue.line == 3


def test_its_answer_settles_it(stage):
    _, lines = stage(f"{HEADER}2025-01,Search,1.234,EUR\n", decimal=",")
    assert lines[0]["amount_minor"] == 123400


def test_both_marks_in_one_file_are_a_question(stage):
    found, _ = stage(HEADER + '2025-01,Search,1.25,EUR\n2025-01,Search,"1,25",EUR\n')
    assert "decimal_mark" in kinds(found)
