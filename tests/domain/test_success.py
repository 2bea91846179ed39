"""Success measures as people write them: met, not met, missing, to come, or a sentence that nobody scores."""

from datetime import date

import pytest

from roi.domain.success import Compared, Success, compare, judge, read_level, read_target

MET, NOT_MET, SHOWN = Success.MET, Success.NOT_MET, Success.CANNOT_COMPARE
TODAY = date(2026, 9, 30)


@pytest.mark.parametrize(
    ("target", "actual", "direction", "expected"),
    [
        ("85", "85", "", MET),
        ("85", "84.99", "", NOT_MET),
        ("85", "90", "down", NOT_MET),
        ("85", "85", "down", MET),
        ("90%", "92 %", "", MET),
        ("90%", "89.9 percent", "", NOT_MET),
        ("10-15", "10", "", MET),
        ("10-15", "15", "", MET),
        ("10-15", "15.1", "", NOT_MET),
        ("10–15%", "9%", "", NOT_MET),
        ("10% to 15%", "12%", "", MET),
        ("between 3 and 5 days", "4 days", "", MET),
        ("at least 90%", "90%", "", MET),
        ("At least 90%.", "89%", "", NOT_MET),
        ("no more than 5 days", "6 days", "", NOT_MET),
        ("no more than 5 days", "5", "", MET),
        ("≤ 5", "5", "", MET),
        (">= 1,250", "1,249", "", NOT_MET),
        ("more than 80%", "80%", "", NOT_MET),
        ("more than 80%", "80.1%", "", MET),
        ("less than 2%", "2%", "", NOT_MET),
        ("under 10 minutes", "9.5 minutes", "", MET),
        ("exactly 100%", "100%", "", MET),
        ("exactly 100%", "101%", "", NOT_MET),
        ("75% or higher", "75%", "", MET),
        ("5 days or less", "5.5 days", "", NOT_MET),
        ("90%+", "91%", "", MET),
        ("$1.2 million", "$1,250,000", "", MET),
        ("zero", "0", "down", MET),
        ("-5", "-4", "", MET),
    ],
)
def test_numbers_percents_ranges_and_bounds_are_compared(target, actual, direction, expected):
    assert compare(target, actual, direction).success is expected


@pytest.mark.parametrize(
    ("target", "actual"),
    [
        ("Improve the experience of applicants", "85%"),
        ("85%", "Most applicants were satisfied"),
        ("90% of claims within 5 days, 95% within 10", "92%"),
        ("90%", "5 days"),
        ("$90", "90"),
        ("1,2,3", "4"),
        ("15-10", "12"),
        ("TBD", "85%"),
        ("", "85%"),
        ("10% by March 2027", "12%"),
    ],
)
def test_v9_sentences_and_mixed_units_are_shown_and_never_scored(target, actual):
    found = compare(target, actual)
    assert found.success is SHOWN
    assert found.why


@pytest.mark.parametrize(
    ("actual", "due", "expected"),
    [
        ("", None, Success.TO_COME),
        ("", date(2026, 10, 1), Success.TO_COME),
        ("", TODAY, Success.NOT_AVAILABLE),
        ("Not available", None, Success.NOT_AVAILABLE),
        ("N/A", date(2027, 1, 1), Success.NOT_AVAILABLE),
        ("to be determined", date(2027, 1, 1), Success.TO_COME),
        ("to be determined", TODAY, Success.NOT_AVAILABLE),
    ],
)
def test_a_missing_result_is_missing_or_to_come_but_never_nought(actual, due, expected):
    assert compare("85%", actual, "", due, TODAY).success is expected


def test_the_direction_turns_only_a_bare_number():
    assert compare("at least 5", "4", "down").success is NOT_MET
    assert compare("5", "4", "down").success is MET


def test_levels_and_bounds_are_read_as_they_are_written():
    assert read_level("(1,234.50)")[0] == read_level("−1234.5")[0]
    assert read_level("12.5 years") == (read_level("12.5")[0], "years")
    assert read_level("1 in 10") is None
    assert (read_target("10-15%").low, read_target("10-15%").unit) == (read_level("10")[0], "%")
    assert read_target("words") is None


def test_v9_what_an_owner_states_stands_and_a_comparison_that_differs_is_told():
    days = (date(2018, 3, 31), date(2018, 6, 1))
    assert judge("top 4", "3rd of 36", "", days, "met") == Compared(
        Success.MET, "as stated; compared with its target it is: cannot be compared"
    )
    assert judge("80%", "85%", "up", days, "met") == Compared(Success.MET)
    assert judge("80%", "75%", "up", days) == Compared(Success.NOT_MET)
