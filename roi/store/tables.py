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
"""What a ledger line says, as the view `cost_line` shows it."""

LEDGER_LINE_COLUMNS = (
    "source_row coding month period_first period_last supplier reference description line_key amount_minor"
).split()
"""What the table of lines holds of it; all else is its coding."""


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
        _table(
            "initiative",
            "initiative",
            "name owner value_stream approved_on due_on approved_minor currency problem result measure "
            "learning",
        ),
        _table(
            "success_measure",
            "measure",
            "initiative epic name unit direction target actual read_on stated source",
        ),
        _table(
            "epic_plan",
            "epic",
            "initiative origin owner agreed_on due_on is_product_oriented copied_from ended_on ended_by "
            "ended_because run_share launch_minor currency",
        ),
        _table("epic_team", "epic team", "planned_share effort"),
        _table("epic_slice", "epic slice", "name delivered share"),
        _table("epic_wait", "epic team waits_for since", "ended_on note"),
        _table("obligation", "epic", "kind deadline penalty_minor currency note"),
        _table("obligation_met", "epic", "met_on paid_minor currency"),
        _table("product_life", "value_stream", "started retired reason owner"),
        _table("epic_effort", "team month epic", "milli_days basis"),
        _table(
            "outcome_plan",
            "outcome",
            "line cell driver series leads_to copied_from agreed_on horizon_months half_life_months "
            "confirmer evidence_planned planned_share capacity_milliweeks problem result learning",
        ),
        _table(
            "forecast",
            "outcome frozen_on",
            "baseline target_low target_likely target_high by_when unit_value currency share_likely",
        ),
        _table(
            "reading",
            "outcome read_on",
            "actual grade evidence share_low share_likely share_high effect_low effect_likely effect_high "
            "also_happened",
        ),
        _table(
            "confirmed_reading",
            "outcome read_on",
            "baseline actual unit_value currency grade share_low share_likely share_high confirmed_by "
            "confirmed_on valid_to",
        ),
        _table("closure", "outcome", "ended_on ended_by landed learned reason"),
        _table("question", "outcome asked_on", "asked_by text answered_on answered_by answer"),
        _table("finance_line", "line", "name kind currency source"),
        _table("line_cell", "line cell", "name segments"),
        _table("line_month", "line cell month", "baseline_minor actual_minor"),
        _table("value_driver", "driver", "name formula currency basis owner source dated"),
        _table("driver_input", "driver input", "low likely high owner source dated"),
        _table("metric_month", "series month", "value source"),
    )
}


def _put(table: Temporal) -> str:
    names = ", ".join((*table.columns, "added_by"))
    marks = ", ".join("?" for _ in (*table.columns, "added_by"))
    return f"insert into {table.name} ({names}) values ({marks})"  # noqa: S608 - names of this file


def put_many(table: Temporal, count: int) -> str:
    """The statement that puts so many rows at once."""
    names = ", ".join((*table.columns, "added_by"))
    marks = f"({', '.join('?' for _ in (*table.columns, 'added_by'))})"
    return f"insert into {table.name} ({names}) values {', '.join([marks] * count)}"  # noqa: S608


def end_many(table: Temporal, count: int) -> str:
    """The statement that ends the live rows of so many keys at once."""
    marks = f"({', '.join('?' for _ in table.keys)})"
    names = f"({', '.join(table.keys)})"
    keys = f"(values {', '.join([marks] * count)})"
    return f"update {table.name} set removed_by = ? where {names} in {keys} and removed_by = {LIVE}"  # noqa: S608


def _now(table: Temporal) -> str:
    names = ", ".join((*table.columns, "added_by"))
    return f"select {names} from {table.name} where removed_by = {LIVE}"  # noqa: S608


def _end(table: Temporal) -> str:
    where = " and ".join(f"{key} = ?" for key in table.keys)
    return f"update {table.name} set removed_by = ? where {where} and removed_by = {LIVE}"  # noqa: S608


def _find(table: Temporal) -> str:
    where = " and ".join(f"{key} = ?" for key in table.keys)
    names = ", ".join((*table.columns, "added_by"))
    return f"select {names} from {table.name} where {where} and removed_by = {LIVE}"  # noqa: S608


def _gone(table: Temporal) -> str:
    where = " and ".join(f"{key} = ?" for key in table.keys)
    return (
        f"select actor, recorded_at, removed_by from {table.name} join change on change_id = removed_by "  # noqa: S608
        f"where added_by <= ? and removed_by > ? and {where} order by removed_by desc limit 1"
    )


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
    return f"select {names} from live_{table.name} order by {', '.join(table.keys)}"  # noqa: S608


PUT = {name: _put(table) for name, table in TABLES.items()}
END = {name: _end(table) for name, table in TABLES.items()}
FIND = {name: _find(table) for name, table in TABLES.items()}
GONE = {name: _gone(table) for name, table in TABLES.items()}
NOW = {name: _now(table) for name, table in TABLES.items()}
LIVES = {name: _lives(table) for name, table in TABLES.items()}
ADDED = {name: _added(table) for name, table in TABLES.items()}
REMOVED = {name: _removed(table) for name, table in TABLES.items()}
LIVE_ROWS = {name: _live(table) for name, table in TABLES.items()}


def _live_about(table: Temporal) -> str:
    names, first = ", ".join((*table.columns, "added_by")), table.keys[0]
    of = f"live_{table.name} where {first} in (select unnest($about))"
    return f"select {names} from {of} order by all"  # noqa: S608 - names of this file


LIVE_ROWS_ABOUT = {name: _live_about(table) for name, table in TABLES.items()}
"""The live rows of which the first part of the key is one of `$about`."""


NAMES = {
    kind: f"select {kind}, {name} from live_{kind} where {kind} in (select unnest($keys))"  # noqa: S608
    for kind, name in (("epic", "name"), ("outcome", "metric"), ("team", "name"))
}
"""What some of these are called."""


_EVERY_ROW = " union all ".join(
    f"select '{name}' as name, added_by, removed_by from {name}"  # noqa: S608
    for name in TABLES
)
"""Every row of every table: to plan one question about all of them takes half of what one about each does."""

HOLDING = f"select distinct name from ({_EVERY_ROW}) where added_by = $change_id or removed_by = $change_id"  # noqa: S608
"""The tables in which a change added or ended a row."""

MARKS = f"select distinct name, unnest([added_by, removed_by]) from ({_EVERY_ROW})"  # noqa: S608
"""Each table with each change that added or ended a row of it: `HOLDING` of all changes in one question."""

_LATEST = f"coalesce(greatest(max(added_by), max(removed_by) filter (where removed_by < {LIVE})), 0)"


def _added_since(table: Temporal) -> str:
    names, keys = ", ".join((*table.columns, "added_by")), ", ".join(table.keys)
    return f"select {names} from live_{table.name} where added_by > $version order by {keys}"  # noqa: S608


def _ended_since(table: Temporal) -> str:
    keys = ", ".join(table.keys)
    return f"select {keys} from {table.name} where removed_by > $version and removed_by < {LIVE}"  # noqa: S608


ADDED_SINCE = {name: _added_since(table) for name, table in TABLES.items()}
ENDED_SINCE = {name: _ended_since(table) for name, table in TABLES.items()}
"""Live rows that came after a version, and the natural keys of rows that ended after it."""

LATEST_CHANGES = (
    f"select name, {_LATEST} from ({_EVERY_ROW}) group by name "  # noqa: S608
    f"union all select 'ledger_line', {_LATEST} from ledger_line"
)
"""Each table that has rows, and the ledger, with the latest change that added or ended a row of it."""

LATEST_SETTING = f"select 'setting', {_LATEST} from setting where name != $name"  # noqa: S608
"""The same of settings other than the one of this name."""


def _counted(name: str) -> str:
    return f"select '{name}', count(*), max(added_by) from live_{name}"  # noqa: S608 - names of this file


COUNTS = " union all ".join(_counted(name) for name in TABLES)
"""Each table with how many live rows it has, and the latest change that added one of them."""


MOST = 600
"""So many rows of a table are told of by the three statements below, whichever changes they belong to."""


def _pairs(table: Temporal) -> str:
    keys = ", ".join(f"now.{key}" for key in table.keys)
    old = ", ".join(f"was.{one}" for one in table.payload)
    new = ", ".join(f"now.{one}" for one in table.payload)
    same = " and ".join(f"was.{key} = now.{key}" for key in table.keys)
    return (
        f"select now.added_by, {keys}, {old}, {new} from {table.name} as now "  # noqa: S608 - names of tables.py
        f"inner join {table.name} as was on {same} and was.removed_by = now.added_by "
        f"where now.added_by in (select unnest($changes)) and {_about(table, 'now.')} "
        f"order by now.added_by desc, {keys} limit {MOST}"
    )


def _ends(table: Temporal, at: str, other_at: str) -> str:
    """Paired before the limit: a row whose other half lies beyond it would seem to have come or gone."""
    names = ", ".join(f"one.{column}" for column in table.columns)
    keys = ", ".join(f"one.{key}" for key in table.keys)
    same = " and ".join(f"other.{key} = one.{key}" for key in table.keys)
    return (
        f"select one.{at}, {names} from {table.name} as one where one.{at} in (select unnest($changes)) "  # noqa: S608
        f"and one.{at} < {LIVE} and {_about(table, 'one.')} and not exists "
        f"(select 1 from {table.name} as other where {same} and other.{other_at} = one.{at}) "
        f"order by one.{at} desc, {keys} limit {MOST}"
    )


def _about(table: Temporal, of: str = "") -> str:
    return f"($all or {of}{table.keys[0]} in (select unnest($about)))"


REPLACED = {name: _pairs(table) for name, table in TABLES.items()}
COME = {name: _ends(table, "added_by", "removed_by") for name, table in TABLES.items()}
GONE_IN = {name: _ends(table, "removed_by", "added_by") for name, table in TABLES.items()}
"""Rows put in place of others by `$changes`, and those that they only added or only ended (R11)."""
