"""Which months' figures a change of small tables moves (decision D10); all where any may move."""

from collections.abc import Iterable, Mapping, Sequence

import duckdb

from roi.store import marts, statements

_MOVE_NOTHING = frozenset(
    "member source control_total epic outcome confirmation role planned_position plan_version plan_headcount "
    "closed_month team_structure initiative success_measure epic_plan epic_team epic_slice epic_wait "
    "obligation obligation_met product_life epic_effort outcome_plan forecast reading confirmed_reading "
    "closure question finance_line line_cell line_month value_driver driver_input metric_month".split()
)
_DATED = frozenset("assignment standard_rate pool_driver platform_usage nature_policy".split())


def months(cursor: duckdb.DuckDBPyConnection, table: str, rows: Iterable[Mapping[str, object]]) -> list[int]:
    """The months with ledger lines that these rows of the table may move; call it before and after a put."""
    found = list(rows)
    if table in _MOVE_NOTHING or not found:
        return []
    if table == "value_mapping":
        return _of_areas(cursor, [(str(row["source"]), str(row["sent"])) for row in found])
    if table == "cost_centre":
        return _of_centres(cursor, [str(row["cost_centre"]) for row in found])
    every = marts.all_months(cursor)
    if table == "setting":
        return every if any(row["name"] == "currency" for row in found) else []
    if table == "exchange_rate":
        return sorted(set(every) & {int(str(row["month"])) for row in found})
    if table in _DATED:
        first = min(int(str(row["first_month"])) for row in found)
        return [month for month in every if month >= first]
    return every


def _of_areas(cursor: duckdb.DuckDBPyConnection, areas: Sequence[tuple[str, str]]) -> list[int]:
    params = {"sources": [source for source, _ in areas], "areas": [area for _, area in areas]}
    rows = cursor.execute(statements.query("months_of_areas"), params).fetchall()
    return [int(row[0]) for row in rows]


def _of_centres(cursor: duckdb.DuckDBPyConnection, centres: Sequence[str]) -> list[int]:
    rows = cursor.execute(statements.query("months_of_cost_centres"), {"centres": list(centres)}).fetchall()
    return [int(row[0]) for row in rows]
