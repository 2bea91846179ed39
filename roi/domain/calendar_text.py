"""Days to remember as the text of a calendar file that every calendar reads (RFC 5545).

An event lasts a whole day and blocks nobody's time. Its UID is made of what it is about, so that importing a
newer file moves an event and never doubles it. Lines end with CR LF and are folded at 75 octets; text is
escaped, and no control character gets in.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

OCTETS = 75
"""The longest line, its end left out (RFC 5545, section 3.1)."""

PRODUCT = "-//Engineering ROI//Readings//EN"


@dataclass(frozen=True, slots=True)
class Event:
    """A day to remember; `uid` names what it is about and never changes, `remind_days` before it."""

    uid: str
    on: date
    summary: str
    description: str = ""
    categories: tuple[str, ...] = ()
    remind_days: int = 7


def calendar(name: str, events: Iterable[Event], stamped: datetime) -> str:
    """The whole file.

    Args:
        name: what the calendar is called.
        events: in any order; they are written by day, then UID.
        stamped: the moment of the data that they were made from, so that the same data gives the same file.
    """
    made = sorted(events, key=lambda event: (event.on, event.uid))
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", f"PRODID:{PRODUCT}", "CALSCALE:GREGORIAN", "METHOD:PUBLISH"]
    lines.append(f"X-WR-CALNAME:{escaped(name)}")
    for event in made:
        lines += _event(event, stamped)
    lines.append("END:VCALENDAR")
    return "".join(f"{part}\r\n" for line in lines for part in folded(line))


def _event(event: Event, stamped: datetime) -> Iterator[str]:
    yield "BEGIN:VEVENT"
    yield f"UID:{escaped(event.uid)}"
    yield f"DTSTAMP:{stamped.astimezone(UTC):%Y%m%dT%H%M%SZ}"
    yield f"DTSTART;VALUE=DATE:{event.on:%Y%m%d}"
    yield f"DTEND;VALUE=DATE:{event.on + timedelta(days=1):%Y%m%d}"
    yield f"SUMMARY:{escaped(event.summary)}"
    if event.description:
        yield f"DESCRIPTION:{escaped(event.description)}"
    if event.categories:
        yield f"CATEGORIES:{','.join(escaped(one) for one in event.categories)}"
    yield "TRANSP:TRANSPARENT"
    if event.remind_days:
        yield "BEGIN:VALARM"
        yield "ACTION:DISPLAY"
        yield f"DESCRIPTION:{escaped(event.summary)}"
        yield f"TRIGGER:-P{event.remind_days}D"
        yield "END:VALARM"
    yield "END:VEVENT"


def escaped(text: str) -> str:
    """Text as a value: backslash, semicolon, comma and line break escaped, control characters left out."""
    plain = text.replace("\r\n", "\n").replace("\r", "\n")
    kept = "".join(sign for sign in plain if sign == "\n" or (sign >= " " and sign != "\x7f"))
    for sign, written in (("\\", "\\\\"), (";", "\\;"), (",", "\\,"), ("\n", "\\n")):
        kept = kept.replace(sign, written)
    return kept


def folded(line: str) -> Iterator[str]:
    """The line in parts of at most 75 octets, each further one after a blank; no letter is cut in two."""
    part, size = "", 0
    for sign in line:
        octets = len(sign.encode())
        if size + octets > OCTETS:
            yield part
            part, size = " ", 1
        part, size = part + sign, size + octets
    yield part
