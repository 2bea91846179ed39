"""Rule V11: a live series that upholds the confirmed level lengthens the months that are confirmed."""

from decimal import Decimal

import pytest

from roi.domain.persistence import upheld_to

AS_GOOD, BETTER, WORSE = Decimal(0), Decimal("0.1"), Decimal("-0.1")


@pytest.mark.parametrize(
    ("beyond", "last"),
    [
        ({}, 202511),
        ({202512: AS_GOOD}, 202512),
        ({202512: BETTER, 202601: AS_GOOD}, 202601),
        ({202512: WORSE}, 202511),
        ({202512: AS_GOOD, 202601: WORSE, 202602: BETTER}, 202512),  # nobody knows what came after the fall
        ({202601: BETTER}, 202511),  # a month without a point upholds nothing
        ({202510: BETTER, 202511: BETTER}, 202511),  # earlier points are the reading's own months
    ],
)
def test_v11_months_one_after_the_other_that_are_at_least_as_good(beyond, last):
    assert upheld_to(202511, beyond) == last


def test_v11_no_further_than_the_tick_or_a_newer_reading_allows():
    points = dict.fromkeys((202512, 202601, 202602), BETTER)
    assert upheld_to(202511, points, at_most=202601) == 202601
    assert upheld_to(202511, points, at_most=202510) == 202511
