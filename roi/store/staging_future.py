"""The whole store as it would be after an import, on one cursor, so that reports can be asked beforehand."""

from collections.abc import Sequence

import duckdb

from roi.store import imports, marts, statements

Cursor = duckdb.DuckDBPyConnection

_KEEP = {
    name: (
        f"create or replace temporary table kept_{name} as select * from {name} "  # noqa: S608 - names of ours
        "where month not in (select staged_sum.month from staged_sum)"
    )
    for name in marts.TABLES
}
_BRING_BACK = [f"insert into {name} select * from kept_{name}" for name in _KEEP]  # noqa: S608 - names of ours


def see(cursor: Cursor, source: str, touched: Sequence[int], *, is_replacing: bool) -> None:
    """Make this cursor see the store as it would be: the staged months anew, all others as they are."""
    for statement in _KEEP.values():
        cursor.execute(statement)
    imports.hide_lines(cursor, source, is_replacing=is_replacing)
    marts.shadow(cursor, touched)
    for statement in _BRING_BACK:
        cursor.execute(statement)
    cursor.execute("drop view live_cost_line")
    cursor.execute("alter table live_ledger_line rename to future_line")
    cursor.execute(statements.staging("21_future"))
    cursor.execute(statements.query("import_shadow_lines"))
