"""What was measured, looked at, delivered, worked or ended happened: none of it is of a day to come."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from roi.domain.periods import iso_month, month_of
from roi.domain.structure import Epic, Outcome
from roi.errors import INTACT, Issue, blocker


def reading_issues(
    today: date, measured: str, read_on: date | None, line: int | None = None
) -> Iterator[Issue]:
    """A reading of a day that has not come yet would confirm months that nobody has seen (rule V11)."""
    if read_on is not None and read_on > today:
        yield blocker(
            "ahead",
            f"{measured} cannot have been read on {read_on.isoformat()}: {_still(today)}",
            line=line,
            column="read_on",
            sent=read_on.isoformat(),
            expected=f"{today.isoformat()} or an earlier day",
            fix="Record it on the day on which it is read.",
        )


def happened_issues(
    today: date, what: str, on: date | None, column: str, line: int | None = None
) -> Iterator[Issue]:
    """What ended or was delivered did so by today; a day that is planned or due is another field."""
    if on is not None and on > today:
        sent = on.isoformat()
        message = f"{what} on {sent}: {_still(today)}"
        expected, fix = f"{today.isoformat()} or an earlier day", "Record it once it has happened."
        yield blocker("ahead", message, line=line, column=column, sent=sent, expected=expected, fix=fix)


def delivery_issues(today: date, before: Epic | None, epic: Epic, line: int | None = None) -> Iterator[Issue]:
    """An epic counts from its delivery on: until then the day it is planned for is the day it is due."""
    if before is None or before.delivered != epic.delivered:
        what = f"{epic.name} cannot have been delivered"
        for one in happened_issues(today, what, epic.delivered, "delivered", line):
            yield replace(one, fix="Say the day as due (due_on), and as delivered once it is.")


def month_issues(today: date, what: str, month: int, line: int | None = None) -> Iterator[Issue]:
    """A month that has not begun holds neither work that was done nor a value that was measured."""
    if month > month_of(today):
        sent, latest = iso_month(month), iso_month(month_of(today))
        message = f"{what} in {sent}: {_still(today, 'month')}"
        fix = "Leave the row out until the month has come."
        yield blocker(
            "ahead", message, line=line, column="month", sent=sent, expected=f"{latest} or earlier", fix=fix
        )


def confirmation_issues(today: date, outcome: Outcome, given_on: date) -> Iterator[Issue]:
    """Ticks are given on the day of the reading or after it, and not before they are given (rule V10)."""
    sent = given_on.isoformat()
    if given_on > today:
        message = f"{outcome.metric} cannot be confirmed on {sent}: {_still(today)}"
        expected, fix = (
            f"{today.isoformat()} or an earlier day",
            "Confirm it on the day on which you look at it.",
        )
        yield blocker("ahead", message, column="confirmed_on", sent=sent, expected=expected, fix=fix)
    if outcome.read_on is not None and given_on < outcome.read_on:
        told = outcome.read_on.isoformat()
        message = f"{outcome.metric} was read on {told}, after the day of this confirmation. {INTACT}"
        expected = f"{told} or a later day"
        fix = "Give the day on which you confirm it, or correct that of the reading."
        yield blocker("dates", message, column="confirmed_on", sent=sent, expected=expected, fix=fix)


def _still(today: date, what: str = "day") -> str:
    return f"that {what} is still to come, today is {today.isoformat()}. {INTACT}"
