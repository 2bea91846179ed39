"""Every name in the data leads to something that is there, and every chain of outcomes has an end.

A change that would break that is refused.
"""

from collections.abc import Collection

import duckdb

from roi.domain import chains
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
    if not broken and "outcome_plan" in tables:
        _require_ends(cursor)
    if not broken:
        return
    what, names, change_id = broken[0]
    more = f" and {len(broken) - 1} more" if len(broken) > 1 else ""
    message = f"{names} is still used by {what}{more} (change {change_id}). Undo or change that first."
    raise UndoRefusedError(message)


def _require_ends(cursor: duckdb.DuckDBPyConnection) -> None:
    """Refuse a chain of outcomes that leads back to itself: its money would have no grade of its own (V9).

    Raises:
        UndoRefusedError: names the links of the circle and the change that made the newest of them.
    """
    rows = cursor.execute(statements.query("leads_to")).fetchall()
    circle = chains.any_circle({str(outcome): str(later) for outcome, later, _ in rows})
    if circle:
        way = " → ".join((*circle, circle[0]))
        newest = max(int(change) for outcome, _, change in rows if outcome in circle)
        message = (
            f"The chain of outcomes would lead back to itself: {way}. The newest link was made by change "
            f"{newest}. Undo or change that first."
        )
        raise UndoRefusedError(message)
