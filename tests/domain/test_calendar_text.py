"""The calendar file is what RFC 5545 asks for: read back by a strict reader."""

from datetime import UTC, date, datetime

import pytest

from roi.domain.calendar_text import OCTETS, Event, calendar, escaped, folded
from tests.calendar_reader import content_lines, events_of

STAMP = datetime(2026, 9, 30, 8, 0, 5, tzinfo=UTC)


def test_an_event_comes_back_as_it_went_in():
    summary = "Read “Trial; paid, or not\\” — 60 % → 72 %"
    event = Event("o-1-2026-10-01@x", date(2026, 12, 31), summary, "One line\nand another", ("Reading",))
    (found,) = events_of(calendar("Readings", [event], STAMP))
    assert found == {
        "UID": "o-1-2026-10-01@x",
        "DTSTAMP": "20260930T080005Z",
        "DTSTART": "20261231",
        "DTEND": "20270101",
        "SUMMARY": summary,
        "DESCRIPTION": "One line\nand another",
        "CATEGORIES": "Reading",
        "TRANSP": "TRANSPARENT",
    }


def test_a_calendar_without_events_is_a_calendar():
    names = [name for name, _, _ in content_lines(calendar("Readings, due", [], STAMP))]
    assert names == ["BEGIN", "VERSION", "PRODID", "CALSCALE", "METHOD", "X-WR-CALNAME", "END"]


def test_events_stand_by_day_whatever_their_order():
    days = [date(2026, 3, 1), date(2026, 1, 1), date(2026, 2, 1)]
    made = [Event(f"u{day}", day, "x") for day in days]
    assert calendar("x", made, STAMP) == calendar("x", reversed(made), STAMP)
    assert [one["DTSTART"] for one in events_of(calendar("x", made, STAMP))] == [
        "20260101",
        "20260201",
        "20260301",
    ]


@pytest.mark.parametrize("sign", ["a", "é", "漢", "😀"])
def test_lines_are_folded_between_letters_on_both_sides_of_the_boundary(sign):
    size = len(sign.encode())
    fits = sign * (OCTETS // size)
    assert list(folded(fits)) == [fits]
    parts = list(folded(fits + sign))
    assert len(parts) == 2
    assert parts[0] + parts[1][1:] == fits + sign
    assert all(len(part.encode()) <= OCTETS for part in parts)


def test_no_control_character_and_no_line_of_its_own_gets_in():
    evil = "x\r\nBEGIN:VEVENT\x00\x07\rEND:VCALENDAR\tq"
    assert escaped(evil) == "x\\nBEGIN:VEVENT\\nEND:VCALENDARq"
    (found,) = events_of(calendar("x", [Event("u", date(2026, 1, 1), evil)], STAMP))
    assert found["SUMMARY"].startswith("x\nBEGIN:VEVENT")
