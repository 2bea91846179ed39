"""Months and dates are read strictly; where day and month could be either, it is asked."""

import pytest

from roi.domain.importing import DateOrder
from tests.store.staging.staged import HEADER, kinds


@pytest.mark.parametrize(
    ("written", "month"),
    [
        ("2025-01", 202501),
        ("2025/01", 202501),
        ("202501", 202501),
        ("2025-01-31", 202501),
        ("2025-01-31T00:00:00", 202501),
        ("2025-01-31 00:00:00", 202501),
        ("01/2025", 202501),
        ("31/01/2025", 202501),
        ("01/31/2025", 202501),
        ("31.01.2025", 202501),
        ("05.06.2025", 202506),
        ("31/1/25", 202501),
        ("16-Feb-2012", 201202),
        ("16 February 2012", 201202),
        ("Feb 2012", 201202),
        ("Feb-12", 201202),
        ("März 2025", 202503),
        ("07/07/2025", 202507),
        ("31/12/98", 199812),
    ],
)
def test_months_and_dates_are_read(stage, written, month):
    found, lines = stage(f"{HEADER}{written},Search,5.00,EUR\n")
    assert not [issue for issue in found.issues if issue.is_blocker], found.issues
    assert lines[0]["month"] == month


@pytest.mark.parametrize(
    "written",
    ["2025-14", "2025-00", "2025-02-30", "31/02/2025", "13/13/2025", "1889-01", "2101-01", "45000", "soon"],
)
def test_what_is_no_month_is_refused_with_its_line(stage, written):
    found, _ = stage(f"{HEADER}2025-01,Search,1.00,EUR\n{written},Search,5.00,EUR\n")
    assert kinds(found) == ["month"]
    assert (found.issues[0].line, found.issues[0].sent) == (3, written)


def test_an_empty_month_is_refused_with_its_line(stage):
    found, _ = stage(f"{HEADER}2025-01,Search,1.00,EUR\n,Search,5.00,EUR\n")
    assert kinds(found) == ["month_empty"]
    assert found.issues[0].line == 3


def test_an_ambiguous_date_is_a_question_that_names_its_first_line(stage):
    found, _ = stage(f"{HEADER}2025-06,Search,1.00,EUR\n05/06/2025,Search,5.00,EUR\n")
    assert kinds(found) == ["date_order"]
    assert (found.issues[0].line, found.issues[0].is_blocker) == (3, True)


def test_its_answer_settles_the_date(stage):
    text = f"{HEADER}05/06/2025,Search,5.00,EUR\n"
    assert stage(text, date_order=DateOrder.DAY_FIRST)[1][0]["month"] == 202506
    assert stage(text, date_order=DateOrder.MONTH_FIRST)[1][0]["month"] == 202505
    assert kinds(stage(text, date_order=DateOrder.ISO)[0]) == ["month"]


def test_the_whole_file_decides_and_says_so(stage):
    found, lines = stage(f"{HEADER}05/06/2025,Search,5.00,EUR\n25/06/2025,Search,6.00,EUR\n")
    assert kinds(found) == ["inferred_dates"]
    assert found.date_order is DateOrder.DAY_FIRST
    assert {line["month"] for line in lines} == {202506}


def test_a_file_of_both_orders_is_a_question(stage):
    found, _ = stage(
        f"{HEADER}13/06/2025,Search,5.00,EUR\n06/13/2025,Search,6.00,EUR\n05/06/2025,Search,1.00,EUR\n"
    )
    assert "date_order" in kinds(found)


def test_a_stated_month_decides_an_ambiguous_date(stage):
    found, lines = stage(f"{HEADER}05/06/2025,Search,5.00,EUR\n", stated=(("month", "2025-06"),))
    assert kinds(found) == ["inferred_dates"]
    assert lines[0]["month"] == 202506


def test_every_date_must_lie_in_the_stated_month(stage):
    found, _ = stage(
        f"{HEADER}2025-06-01,Search,5.00,EUR\n2025-07-01,Search,5.00,EUR\n", stated=(("month", "2025-06"),)
    )
    assert kinds(found) == ["other_month"]
    assert found.issues[0].line == 3


def test_a_stated_month_serves_a_file_without_one(stage):
    found, lines = stage("team,amount,currency\nSearch,5.00,EUR\n", stated=(("month", "2025-06"),))
    assert kinds(found) == []
    assert lines[0]["month"] == 202506


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("2025-14", "2025-01 to 2025-12, or a date"),
        ("14/2031", "2031-01 to 2031-12, or a date"),
        ("soon", "a month such as 2026-04, or a date"),
        ("12025-14", "a month such as 2026-04, or a date"),
    ],
)
def test_what_was_expected_is_told_of_the_year_that_was_sent(stage, written, expected):
    found, _ = stage(f"month,team,amount,currency\n{written},Ada,1.00,EUR\n")
    assert [issue.expected for issue in found.issues if issue.code == "month"] == [expected]
