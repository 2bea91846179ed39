"""A reading tells what was measured, a tick what was looked at: neither is of a day to come (V10, V11)."""

from collections.abc import Iterator
from datetime import date

from roi.domain.structure import Outcome
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


def _still(today: date) -> str:
    return f"that day is still to come, today is {today.isoformat()}. {INTACT}"
