"""Every name in the data leads to something that is there; a change that would break that is refused."""

from collections.abc import Collection

import duckdb

from roi.errors import UndoRefusedError
from roi.store import statements

_VALUE = frozenset(
    "team epic outcome planned_position initiative success_measure epic_plan epic_team epic_slice "
    "epic_effort outcome_plan forecast reading confirmed_reading closure question finance_line "
    "line_cell line_month value_driver driver_input".split()
)
"""The tables whose rows name, or are named by, what is agreed about value."""


def check(cursor: duckdb.DuckDBPyConnection, tables: Collection[str]) -> None:
    """Refuse the running change when it leaves a row that names something that is gone.

    `tables` are those in which the change put or ended a row.

    Raises:
        UndoRefusedError: names the rows and the change that added them.
    """
    broken = cursor.execute(statements.query("references")).fetchall()
    if not broken and _VALUE & set(tables):
        broken = cursor.execute(statements.query("references_value")).fetchall()
    if not broken:
        return
    what, names, change_id = broken[0]
    more = f" and {len(broken) - 1} more" if len(broken) > 1 else ""
    message = f"{names} is still used by {what}{more} (change {change_id}). Undo or change that first."
    raise UndoRefusedError(message)
