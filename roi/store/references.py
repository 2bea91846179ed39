"""Every name in the data leads to something that is there; a change that would break that is refused."""

import duckdb

from roi.errors import UndoRefusedError
from roi.store import statements


def check(cursor: duckdb.DuckDBPyConnection) -> None:
    """Refuse the running change when it leaves a row that names something that is gone.

    Raises:
        UndoRefusedError: names the rows and the change that added them.
    """
    broken = cursor.execute(statements.query("references")).fetchall()
    if not broken:
        return
    what, names, change_id = broken[0]
    more = f" and {len(broken) - 1} more" if len(broken) > 1 else ""
    message = f"{names} is still used by {what}{more} (change {change_id}). Undo or change that first."
    raise UndoRefusedError(message)
