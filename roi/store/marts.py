"""Brings the marts up to date for touched months, and checks that they hold every cent (law T1).

The same SQL serves the live marts and, over temporary tables of the same names, any past version. One
step is not SQL: `roi.domain.allocation` solves how serving teams pass on their cost, SQL applies it.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence

import duckdb

from roi.domain import allocation
from roi.store import statements
from roi.store.statements import parsed

_NAMES = "cost_bucket platform_weight share team_cost role_month full_cost".split()
TABLES = tuple(f"mart_{name}" for name in _NAMES)
"""The tables that hold the marts."""
_TOUCH = "create or replace temporary table touched_month as select cast(unnest($months) as integer) as month"
_TOUCHED = "where month in (select touched_month.month from touched_month)"
_DELETE = [f"delete from {table} {_TOUCHED}" for table in TABLES]  # noqa: S608 - names of this file
_SHADOW = [
    statement
    for table in TABLES
    for statement in (
        f"create or replace temporary table {table} as select * from {table} limit 0",  # noqa: S608
        f"insert into {table} default values",
        f"delete from {table}",  # noqa: S608
    )
]
"""Empty temporary tables with the columns of the stored ones.

Each held a row for a moment: in DuckDB 2.0 a table that was made from a query without rows shows nothing,
in the transaction that made it, of an insert of a row group (122,880 rows) or more.
"""
_UNSHADOW = [f"drop table temp.main.{table}" for table in TABLES]
_INSERT_WEIGHTS = (
    "insert into mart_platform_weight "
    "select unnest($months), unnest($givers), unnest($receivers), unnest($weights)"
)

_BUCKETS = (
    "select month, approx_count_distinct(coding) from live_ledger_line "
    "where month in (select touched_month.month from touched_month) group by month"
)
SELDOM = "assignment cost_pool exchange_rate nature_policy people_category platform_usage".split()
"""What only these say is not asked while they have no rows: to plan it takes a small company longest."""
_COUNTS = " union all ".join(f"select '{table}', count(*) from {table}" for table in ("coding", *SELDOM))  # noqa: S608
_BUCKETS_AT_ONCE = 150_000
"""Months are filled together as long as their lines are booked on about so many codings, month by month."""

Usage = dict[str, dict[str, int]]
"""Serving team, the team that took from it, how much."""

Kept = tuple[int, str, str]
"""A month, a serving team whose cost stays where it is, and why."""


def touch(cursor: duckdb.DuckDBPyConnection, months: Sequence[int]) -> None:
    """Say to the mart statements which months they are about."""
    cursor.execute(parsed(_TOUCH), {"months": list(months)})


def refresh(cursor: duckdb.DuckDBPyConnection, months: Sequence[int]) -> None:
    """Delete and fill the touched months of every mart, in this transaction (decision D10)."""
    if not months:
        return
    touch(cursor, months)
    for statement in _DELETE:
        cursor.execute(parsed(statement))
    _fill(cursor, months)


def _fill(cursor: duckdb.DuckDBPyConnection, months: Sequence[int]) -> None:
    """Fill some months at a time: memory stays bounded, and what is read by month lies together."""
    rows = {str(table): int(count) for table, count in cursor.execute(parsed(_COUNTS)).fetchall()}
    held = frozenset(table for table in SELDOM if rows[table])
    if held:
        cursor.execute(statements.mart_macros())
    solved = _Solved()
    parts = list(_at_once(cursor, months, rows["coding"]))
    for some in parts:
        if len(parts) > 1:
            touch(cursor, some)
        if "platform_usage" in held:
            _fill_platform_weights(cursor, solved)
        for _, statement in statements.marts(held):
            cursor.execute(statement)
    if len(parts) > 1:
        touch(cursor, months)


def _at_once(cursor: duckdb.DuckDBPyConnection, months: Sequence[int], codings: int) -> Iterator[list[int]]:
    """The months in order, as many at a time as give about `_BUCKETS_AT_ONCE` buckets together.

    Mostly all of them do whatever they are booked on, and nothing of the ledger has to be counted for that.
    """
    if len(months) * codings <= _BUCKETS_AT_ONCE:
        yield sorted(months)
        return
    buckets = dict(cursor.execute(parsed(_BUCKETS)).fetchall())
    some: list[int] = []
    for month in sorted(months):
        if some and sum(buckets.get(one, 0) for one in (*some, month)) > _BUCKETS_AT_ONCE:
            yield some
            some = []
        some.append(month)
    yield some


def usage_by_month(cursor: duckdb.DuckDBPyConnection) -> Iterator[tuple[int, Usage]]:
    """What each team took from each serving team, one touched month after the other."""
    by_month: dict[int, Usage] = defaultdict(lambda: defaultdict(dict))
    for month, platform, consumer, quantity in cursor.execute(statements.query("platform_usage")).fetchall():
        by_month[month][platform][consumer] = quantity
    yield from sorted(by_month.items())


class _Solved:
    """The weights of the usage that was solved last: from month to month it is mostly the same, and dear."""

    def __init__(self) -> None:
        self._usage: Usage = {}
        self._weights: allocation.Weights = {}

    def weights(self, usage: Usage) -> allocation.Weights:
        if usage != self._usage:
            self._usage, self._weights = usage, allocation.reciprocal(usage).weights
        return self._weights


def _fill_platform_weights(cursor: duckdb.DuckDBPyConnection, solved: _Solved) -> None:
    rows = [
        (month, giver, receiver, weight)
        for month, usage in usage_by_month(cursor)
        for giver, weights in solved.weights(usage).items()
        for receiver, weight in weights.items()
    ]
    if rows:
        columns = [list(column) for column in zip(*rows, strict=True)]
        names = ("months", "givers", "receivers", "weights")
        cursor.execute(_INSERT_WEIGHTS, dict(zip(names, columns, strict=True)))


def lost_by_month(cursor: duckdb.DuckDBPyConnection, months: Sequence[int]) -> list[tuple[object, ...]]:
    """Months and currencies in which the marts do not hold the ledger's sum; empty when law T1 holds."""
    if not months:
        return []
    touch(cursor, months)
    return cursor.execute(statements.query("conservation")).fetchall()


def all_months(cursor: duckdb.DuckDBPyConnection) -> list[int]:
    """Every month that has, or had, a ledger line."""
    rows = cursor.execute("select distinct month from ledger_line order by month").fetchall()
    return [int(row[0]) for row in rows]


def rebuild_as_of(cursor: duckdb.DuckDBPyConnection, change_id: int) -> None:
    """Make this cursor see version `change_id`: live views and marts alike, in temporary tables."""
    cursor.execute("set variable as_of = $change_id", {"change_id": change_id})
    shadow(cursor)


def shadow(cursor: duckdb.DuckDBPyConnection, months: Sequence[int] | None = None) -> None:
    """Build every mart from the ledger into temporary tables that hide the stored ones on this cursor.

    `months`: only these; None: all.
    """
    for statement in _SHADOW:
        cursor.execute(statement)
    chosen = all_months(cursor) if months is None else months
    touch(cursor, chosen)
    _fill(cursor, chosen)


def unshadow(cursor: duckdb.DuckDBPyConnection) -> None:
    """Let this cursor see the stored marts again."""
    for statement in _UNSHADOW:
        cursor.execute(statement)
