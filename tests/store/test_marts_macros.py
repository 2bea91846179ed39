"""The exact quotients of the marts beside Python's own whole numbers, also where BIGINT is too small (D4)."""

import duckdb
import pytest

from roi.store import statements

MOST = 2**63 - 1
SIZES = [(0, 1, 7), (1, 0, 3), (100, 1, 3), (MOST, MOST - 1, MOST), (9 * 10**17, 10**9 - 1, 10**9)]
AMOUNTS = [0, 1, -1, 999_999_999, -1_000_000_001, 4 * 10**15, -4 * 10**15]
RATES = [(920_000_000, 10**9), (1, 10**9), (25_000 * 10**9, 10**9), (6_400, 10**12), (3 * 10**18, 10**9)]
CONVERSIONS = [(a, over, under) for a in AMOUNTS for over, under in RATES if abs(a * over // under) <= MOST]


@pytest.fixture(name="cursor", scope="module")
def fixture_cursor():
    with duckdb.connect() as connection:
        connection.execute(statements.mart_macros())
        yield connection


@pytest.mark.parametrize(("size", "weight", "whole"), SIZES)
def test_d4_a_portion_is_the_exact_quotient(cursor, size, weight, whole):
    asked = (
        "select portion(a, w, t), portion_rest(a, w, t) from (select ?::bigint a, ?::bigint w, ?::bigint t)"
    )
    assert cursor.execute(asked, [size, weight, whole]).fetchall() == [divmod(size * weight, whole)]


@pytest.mark.parametrize(("amount", "over", "under"), CONVERSIONS)
def test_d3_an_amount_is_converted_downwards_exactly_also_below_nought(cursor, amount, over, under):
    expected = divmod(amount * over, under)
    asked = (
        "select floored(a, o, u, s), floored_rest(a, o, u, s) from (select ?::bigint a, ?::hugeint o, "
        "?::bigint u, case when u <= 9223372036854775807 // o then o::bigint end s)"
    )
    assert cursor.execute(asked, [amount, over, under]).fetchall() == [expected]
