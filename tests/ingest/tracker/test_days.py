"""Days as trackers write them; where day or month may come first and nothing decides, it is asked."""

from datetime import date

import pytest

from roi.domain.importing import DateOrder
from roi.ingest.tracker.days import written


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("22/Dec/25 2:38 PM", "2025-12-22"),
        ("06/août/15 12:00 PM", "2015-08-06"),
        ("1/févr./24 08:15", "2024-02-01"),
        ("05/ene/24 9:10 a. m.", "2024-01-05"),
        ("02/Mär/23 14:38", "2023-03-02"),
        ("9/Mai/23 00:00", "2023-05-09"),
        ("14/set/22 18:00", "2022-09-14"),
        ("3/dez./22 07:00 PM", "2022-12-03"),
        ("02-Nov-04", "2004-11-02"),
        ("12 de enero de 2024", "2024-01-12"),
        ("12. Januar 2024 15:04", "2024-01-12"),
        ("Apr 30, 2026, 2:38 PM", "2026-04-30"),
        ("30.04.2026 14:38", "2026-04-30"),
        ("2024-01-02T23:11:12.000+0000", "2024-01-02"),
        ("2024-01-02 03:04:05 UTC", "2024-01-02"),
        ("2024/1/2", "2024-01-02"),
        ("31/12/99", "1999-12-31"),
    ],
)
def test_a_day_is_read(text, day):
    assert written(text).day(DateOrder.DAY_FIRST) == date.fromisoformat(day)


@pytest.mark.parametrize("text", ["30/Foo/26", "31/02/2026", "tomorrow", "45", "2026-13-01", "1850-01-01"])
def test_what_is_no_day_is_not_read(text):
    meant = written(text)
    assert not meant.is_readable
    assert not meant.is_missing


@pytest.mark.parametrize("text", ["", " ", "NA", "N/A", r"\N", "null", "None", "-", "NaT"])
def test_words_for_nothing_are_no_day_and_no_mistake(text):
    assert written(text).is_missing


def test_the_time_of_day_orders_what_happens_on_one_day():
    moments = [
        written(f"06/Jan/26 {clock}").seconds
        for clock in ("12:05 AM", "9:00 AM", "12:05 PM", "1:00 PM", "23:59:30")
    ]
    assert moments == sorted(moments)
    assert moments[0] == 300
    assert moments[2] == 12 * 3600 + 300


HEAD = "Issue key,Issue Type,Status,Created,Resolved\n"


def test_an_ambiguous_order_is_asked_with_its_choices(read):
    text = HEAD + "A-1,Bug,Done,04/05/2015,06/05/2015\n"
    found = read(text)
    (asked,) = [issue for issue in found.issues if issue.code == "date_order"]
    assert not found.is_ready
    assert (asked.line, asked.column, asked.sent, asked.count) == (2, "created", "04/05/2015", 2)
    assert asked.choices == ("day-first", "month-first")
    assert asked.fix
    assert read(text, dates=DateOrder.DAY_FIRST).items[0].created == date(2015, 5, 4)
    assert read(text, dates=DateOrder.MONTH_FIRST).items[0].created == date(2015, 4, 5)
    assert read(text, dates=DateOrder.MONTH_FIRST).is_ready


@pytest.mark.parametrize(
    ("deciding", "created"),
    [("13/05/2015", date(2015, 5, 4)), ("05/13/2015", date(2015, 4, 5))],
    ids=["day", "month"],
)
def test_the_file_decides_the_order_when_one_day_can_and_says_so(read, codes, deciding, created):
    found = read(f"{HEAD}A-1,Bug,Done,04/05/2015,\nA-2,Bug,Done,{deciding},\n")
    assert found.items[0].created == created
    assert codes(found)["inferred_dates"] == [3]
    assert "date_order" not in codes(found)


def test_a_file_that_mixes_both_orders_is_refused(read):
    found = read(HEAD + "A-1,Bug,Done,13/05/2015,\nA-2,Bug,Done,05/13/2015,\n")
    (mixed,) = [issue for issue in found.issues if issue.code == "date_order"]
    assert mixed.is_blocker
    assert (mixed.line, mixed.sent) == (3, "05/13/2015")


def test_days_that_are_the_same_in_both_orders_ask_nothing(read, codes):
    assert "date_order" not in codes(read(HEAD + "A-1,Bug,Done,05/05/2015,\n"))


def test_all_unreadable_days_are_told_at_once_with_their_lines(read):
    found = read(
        HEAD
        + "A-1,Bug,Done,soon,2026-01-02\nA-2,Bug,Done,2026-01-01,later\n"
        + "A-3,Bug,Done,never,0016-01-11 16:22:26\n"
    )
    said = {issue.code: issue for issue in found.issues if issue.is_blocker}
    assert said.keys() == {"created_unread", "resolved_unread", "year_cut"}
    assert (said["created_unread"].lines, said["created_unread"].sent) == ((2, 4), "soon")
    assert (said["resolved_unread"].line, said["resolved_unread"].sent) == (3, "later")
    assert (said["year_cut"].line, said["year_cut"].column) == (4, "resolved")
    assert all(issue.expected and issue.fix for issue in said.values())
