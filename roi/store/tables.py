"""The temporal tables by name, and the statements that put, end and read their rows.

Statements are built here once, from names that stand in this file; never from a value.
"""

from dataclasses import dataclass

LIVE = 2_147_483_647
"""`removed_by` of a row that is still there (decision D7)."""

COST_LINE_COLUMNS = (
    "source_row source month period_first period_last team cost_centre pool person_key category supplier "
    "reference description scenario nature intent treatment line_key aside currency amount_minor"
).split()


@dataclass(frozen=True, slots=True)
class Temporal:
    """A temporal table: its natural key and the rest of its row."""

    name: str
    keys: tuple[str, ...]
    payload: tuple[str, ...]

    @property
    def columns(self) -> tuple[str, ...]:
        """Key and payload, in the order in which rows are written, hashed and read."""
        return self.keys + self.payload


def _table(name: str, keys: str, payload: str) -> Temporal:
    return Temporal(name, tuple(keys.split()), tuple(payload.split()))


TABLES: dict[str, Temporal] = {
    table.name: table
    for table in (
        _table("setting", "name", "value"),
        _table("member", "name", "roles"),
        _table("team", "team", "name kind value_stream division starts ends"),
        _table("source", "source", "settings"),
        _table("value_mapping", "source field sent", "kind value"),
        _table("cost_centre", "cost_centre", "team"),
        _table(
            "control_total",
            "source scenario currency first_month last_month",
            "amount_minor reason",
        ),
        _table(
            "epic",
            "epic",
            "name team kind started delivered planned_share is_obligation",
        ),
        _table(
            "outcome",
            "outcome",
            "epic metric unit direction baseline target_low target_likely target_high by_when value_class "
            "unit_value currency value_basis owner grade evidence actual read_on "
            "share_low share_likely share_high",
        ),
        _table("role", "role", "name is_shared"),
        _table("standard_rate", "role band first_month", "currency amount_minor"),
        _table("assignment", "person_key team first_month", "last_month role band share"),
        _table("planned_position", "position", "team role band starts share epic"),
        _table("cost_pool", "pool", "name driver is_overhead"),
        _table("pool_driver", "pool team first_month", "last_month quantity"),
        _table("platform_usage", "platform consumer first_month", "last_month quantity"),
        _table("exchange_rate", "currency target month basis", "rate_billionths rate_source"),
        _table("plan_version", "plan_version", "frozen_on is_current"),
        _table("plan_headcount", "plan_version team role first_month", "last_month share"),
        _table("nature_policy", "nature first_month", "is_cost"),
        _table("people_category", "category", "is_pay"),
        _table("closed_month", "month", "reason"),
        _table("team_structure", "team first_month", "kind value_stream division"),
        _table("confirmation", "outcome tick", "confirmed_by confirmed_on valid_to"),
    )
}


def _put(table: Temporal) -> str:
    names = ", ".join((*table.columns, "added_by"))
    marks = ", ".join("?" for _ in (*table.columns, "added_by"))
    return f"insert into {table.name} ({names}) values ({marks})"  # noqa: S608 - names of this file


def _end(table: Temporal) -> str:
    where = " and ".join(f"{key} = ?" for key in table.keys)
    return f"update {table.name} set removed_by = ? where {where} and removed_by = {LIVE}"  # noqa: S608


def _find(table: Temporal) -> str:
    where = " and ".join(f"{key} = ?" for key in table.keys)
    names = ", ".join((*table.columns, "added_by"))
    return f"select {names} from {table.name} where {where} and removed_by = {LIVE}"  # noqa: S608


def _lives(table: Temporal) -> str:
    where = " and ".join(f"{key} = ?" for key in table.keys)
    return f"select added_by, removed_by from {table.name} where {where} order by removed_by desc"  # noqa: S608


def _added(table: Temporal) -> str:
    names = ", ".join(table.columns)
    return f"select {names} from {table.name} where added_by = ? order by all"  # noqa: S608


def _removed(table: Temporal) -> str:
    names = ", ".join((*table.columns, "added_by"))
    return f"select {names} from {table.name} where removed_by = ? order by all"  # noqa: S608


def _live(table: Temporal) -> str:
    names = ", ".join((*table.columns, "added_by"))
    return f"select {names} from live_{table.name} order by all"  # noqa: S608


PUT = {name: _put(table) for name, table in TABLES.items()}
END = {name: _end(table) for name, table in TABLES.items()}
FIND = {name: _find(table) for name, table in TABLES.items()}
LIVES = {name: _lives(table) for name, table in TABLES.items()}
ADDED = {name: _added(table) for name, table in TABLES.items()}
REMOVED = {name: _removed(table) for name, table in TABLES.items()}
LIVE_ROWS = {name: _live(table) for name, table in TABLES.items()}


def _holding(name: str) -> str:
    where = "added_by = $change_id or removed_by = $change_id"
    return f"select '{name}' where exists (select 1 from {name} where {where})"  # noqa: S608


HOLDING = " union all ".join(_holding(name) for name in TABLES)
"""The tables in which a change added or ended a row: one question instead of two for each table."""
