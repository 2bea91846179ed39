"""Brings the marts up to date for touched months, and checks that they hold every cent (law T1).

The same SQL serves the live marts and, over temporary tables of the same names, any past version.
"""

from collections.abc import Sequence

import duckdb

from roi.store import statements

_DELETE = {
    "mart_cost_bucket": "delete from mart_cost_bucket where month in (select month from touched_month)",
    "mart_team_cost": "delete from mart_team_cost where month in (select month from touched_month)",
}
_SHADOW = (
    "create or replace temporary table mart_cost_bucket as select * from mart_cost_bucket limit 0",
    "create or replace temporary table mart_team_cost as select * from mart_team_cost limit 0",
)


def _touch(cursor: duckdb.DuckDBPyConnection, months: Sequence[int]) -> None:
    cursor.execute("create or replace temporary table touched_month (month integer)")
    cursor.execute("insert into touched_month select unnest($months)", {"months": list(months)})


def refresh(cursor: duckdb.DuckDBPyConnection, months: Sequence[int]) -> None:
    """Delete and fill the touched months of every mart, in this transaction (decision D10)."""
    if not months:
        return
    _touch(cursor, months)
    for name, statement in statements.marts():
        cursor.execute(_DELETE[name])
        cursor.execute(statement)


def lost_by_month(cursor: duckdb.DuckDBPyConnection, months: Sequence[int]) -> list[tuple[object, ...]]:
    """Months and currencies in which the marts do not hold the ledger's sum; empty when law T1 holds."""
    if not months:
        return []
    _touch(cursor, months)
    return cursor.execute(statements.query("conservation")).fetchall()


def all_months(cursor: duckdb.DuckDBPyConnection) -> list[int]:
    """Every month that has, or had, a ledger line."""
    rows = cursor.execute("select distinct month from cost_line order by month").fetchall()
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
    _touch(cursor, all_months(cursor) if months is None else months)
    for _, statement in statements.marts():
        cursor.execute(statement)
