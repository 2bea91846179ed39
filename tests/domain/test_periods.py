"""Months and spans: hand-checked answers."""

import pytest

from roi.domain.periods import (
    Span,
    add_months,
    fiscal_year_to,
    in_years,
    months_between,
    parse_iso_month,
    parse_span,
)


@pytest.mark.parametrize(
    ("month", "start", "expected"),
    [
        (201512, 1, Span(201501, 201512)),
        (201503, 1, Span(201501, 201503)),
        (201503, 4, Span(201404, 201503)),
        (201504, 4, Span(201504, 201504)),
        (201501, 12, Span(201412, 201501)),
    ],
)
def test_the_fiscal_year_up_to_a_month(month, start, expected):
    assert fiscal_year_to(month, start) == expected


def test_months_cross_years():
    assert add_months(201512, 1) == 201601
    assert add_months(201601, -13) == 201412
    assert months_between(201511, 201602) == [201511, 201512, 201601, 201602]
    assert months_between(201602, 201601) == []


@pytest.mark.parametrize("text", ["2015-13", "2015-1", "15-01", "2015/01", "", "2015-01..", "\uff12015-01"])
def test_what_is_no_month_is_none(text):
    assert parse_iso_month(text) is None


def test_a_span_is_read_from_a_link_and_written_back():
    span = parse_span("2015-01..2015-12")
    assert span == Span(201501, 201512)
    assert span.key == "2015-01..2015-12"
    assert parse_span("2015-03") == Span(201503, 201503)
    assert parse_span("2015-03..2015-01") is None
    assert (span.label, span.long_label) == ("Jan–Dec 2015", "January to December 2015")


def test_years_without_a_month_are_left_out_and_gaps_within_a_year_stay():
    assert in_years({201511, 202402, 202404}) == (201511, 201512, 202401, 202402, 202403, 202404)
    assert in_years([]) == ()
