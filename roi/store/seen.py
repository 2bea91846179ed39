"""Two people, one row: has somebody changed it since the editor saw it, and what stands there now?"""

from collections.abc import Iterable, Mapping, Sequence

import duckdb

from roi.domain.periods import is_month, month_name
from roi.errors import ConflictError
from roi.store import statements
from roi.store.statements import parsed
from roi.store.tables import FIND, GONE, LIVE, TABLES, Temporal

_LINES = f"""
select max(change_id) from (
    select added_by as change_id, month from cost_line
    union all
    select removed_by, month from cost_line where removed_by != {LIVE}
) where change_id > ? and month in (select unnest(?))
"""  # noqa: S608 - a number of ours
_WHO = "select actor, recorded_at from change where change_id = ?"


def require(
    cursor: duckdb.DuckDBPyConnection, table: str, keys: Iterable[tuple[object, ...]], based_on: int | None
) -> None:
    """See that no live row with one of these keys is newer than the change `based_on` (None asks nothing).

    Raises:
        ConflictError: somebody changed one since; it says who, when and what stands there now.
    """
    names = TABLES[table].keys
    for key in keys:
        require_row(cursor, TABLES[table], dict(zip(names, key, strict=True)), based_on)


def require_lines(cursor: duckdb.DuckDBPyConnection, months: Sequence[int], based_on: int | None) -> None:
    """See that no cost line of these months came or went after the change `based_on` (None asks nothing).

    Raises:
        ConflictError: some did; it says by whom and when.
    """
    if based_on is None or not months:
        return
    ((newest,),) = cursor.execute(_LINES, [based_on, list(months)]).fetchall()
    if newest is not None:
        who, at = cursor.execute(_WHO, [newest]).fetchall()[0]
        when = f"{at:%d %b %Y at %H:%M} UTC (change {newest})"
        message = f"{who} changed the costs of these months on {when}, after you looked at them."
        raise ConflictError(message)


def require_delivery(cursor: duckdb.DuckDBPyConnection, epic: str, based_on: int | None) -> None:
    """See that neither the epic nor a part of it was delivered on another day than at the change `based_on`.

    Raises:
        ConflictError: somebody said another day since; it says who and when.
    """
    if based_on is None:
        return
    asked = {"epic": epic, "based_on": based_on}
    ((newest,),) = cursor.execute(statements.query("delivery_moved"), asked).fetchall()
    if newest is not None:
        who, at = cursor.execute(_WHO, [newest]).fetchall()[0]
        when = f"{at:%d %b %Y at %H:%M} UTC (change {newest})"
        message = f"{who} changed when epic {epic} was delivered on {when}, after you opened it."
        raise ConflictError(message)


def require_row(
    cursor: duckdb.DuckDBPyConnection, table: Temporal, row: Mapping[str, object], based_on: int | None
) -> None:
    """The same for the one row that is to be put.

    Raises:
        ConflictError: somebody changed it since.
    """
    if based_on is None:
        return
    key = [row[name] for name in table.keys]
    found = cursor.execute(parsed(FIND[table.name]), key).fetchall()
    if found and found[0][-1] > based_on:
        raise conflict(cursor, table, row, found[0])
    if not found:
        _require_not_gone(cursor, table, row, based_on)


def _require_not_gone(
    cursor: duckdb.DuckDBPyConnection, table: Temporal, row: Mapping[str, object], based_on: int
) -> None:
    """See that nobody took the row away since; what the change at work ends itself is no one else's doing.

    Raises:
        ConflictError: somebody did.
    """
    key = [row[name] for name in table.keys]
    for who, at, change in cursor.execute(GONE[table.name], [based_on, based_on, *key]).fetchall():
        when = f"{at:%d %b %Y at %H:%M} UTC (change {change})"
        what = f"{table.name.replace('_', ' ')} {_named(table, row)}"
        raise ConflictError(f"{who} took {what} away on {when}, after you opened it.")


def conflict(
    cursor: duckdb.DuckDBPyConnection, table: Temporal, row: Mapping[str, object], held: Sequence[object]
) -> ConflictError:
    """Who was first, when, and where the stored row differs from the one that is to be put."""
    who, at = cursor.execute(_WHO, [held[-1]]).fetchall()[0]
    differing = [
        f"{name.replace('_', ' ')} is “{cell}”"
        for name, cell in zip(table.columns, held[:-1], strict=True)
        if cell != row.get(name, cell)
    ]
    now = f": {', '.join(differing[:3])}" if differing else ""
    when = f"{at:%d %b %Y at %H:%M} UTC (change {held[-1]})"
    return ConflictError(f"{who} {_did(table, row)} on {when}, after you opened it{now}.")


def _did(table: Temporal, row: Mapping[str, object]) -> str:
    """`changed control total books January 2026`, `closed January 2026`, `confirmed the share of …`."""
    if table.name == "closed_month":
        return f"closed {_named(table, row)}"
    if table.name == "confirmation":
        return f"confirmed the {str(row['tick']).replace('_', ' ')} of {row['outcome']}"
    return f"changed {_NAMES.get(table.name) or table.name.replace('_', ' ')} {_named(table, row)}"


_NAMES = {"epic_plan": "the plan of epic", "outcome_plan": "the plan of outcome"}
"""Tables whose own name is no word of who uses the product."""


def _named(table: Temporal, row: Mapping[str, object]) -> str:
    return " ".join(_told(name, row[name]) for name in table.keys)


def _told(name: str, cell: object) -> str:
    """A key as people write it: months by their names."""
    if name.endswith("month") and isinstance(cell, int) and is_month(cell):
        return month_name(cell)
    return str(cell)
