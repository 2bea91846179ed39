"""What day it is for a company: the machine's, or the demo's own. Nothing else reads the clock for that."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, date, datetime, timedelta

import duckdb

OWN_DAY = "demo_today"
"""The setting by which a company says on which day it is looked at; only the demo company has one."""

_SETTING = "select value from live_setting where name = ?"


def today(cursor: duckdb.DuckDBPyConnection) -> date:
    """The company's own day where it has one, else the machine's."""
    return own_day(cursor) or machine_day()


def machine_day() -> date:
    """The date where the machine stands: the day of a company that has none of its own."""
    return datetime.now().astimezone().date()


def own_day(cursor: duckdb.DuckDBPyConnection) -> date | None:
    """The day on which the company is looked at where it has one of its own."""
    rows = cursor.execute(_SETTING, [OWN_DAY]).fetchall()
    return date.fromisoformat(rows[0][0]) if rows else None


def day_of(cursor: duckdb.DuckDBPyConnection, at: datetime) -> date:
    """The day of a recorded moment, which is in UTC, on the clock of `today`."""
    if own_day(cursor) is not None:
        return at.date()
    return at.replace(tzinfo=UTC).astimezone().date()


# Moments


_TICK = timedelta(minutes=1)
"""So far a clock may be behind without a word: machines set theirs a little now and then."""

_DATED: ContextVar[date | None] = ContextVar("dated", default=None)


@contextmanager
def dated(day: date) -> Iterator[None]:
    """Changes that are recorded meanwhile bear this day: the demo company is told by its own calendar.

    A moment is a label: what happened before what is said by the numbers of changes alone.
    """
    token = _DATED.set(day)
    try:
        yield
    finally:
        _DATED.reset(token)


def now(cursor: duckdb.DuckDBPyConnection) -> datetime:
    """The moment that a change is recorded with, in UTC; on the company's own day where it has one."""
    at = _machine()
    day = _DATED.get() or own_day(cursor)
    return at if day is None else datetime.combine(day, at.time())


def _machine() -> datetime:
    return datetime.now(UTC).replace(tzinfo=None, microsecond=0)


def latest(cursor: duckdb.DuckDBPyConnection) -> datetime | None:
    """The moment of the latest change; None where there is none, or the company has a day of its own."""
    ((last,),) = cursor.execute("select max(recorded_at) from change").fetchall()
    return last if own_day(cursor) is None else None


def behind(last: datetime | None) -> datetime | None:
    """The moment of the latest change where this machine's clock stands before it; else None (fault 9)."""
    return None if last is None or last - _machine() <= _TICK else last
