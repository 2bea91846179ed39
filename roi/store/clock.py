"""What day it is for a company: the machine's, or the demo's own. Nothing else reads the clock for that."""

from datetime import date, datetime

import duckdb

OWN_DAY = "demo_today"
"""The setting by which a company says on which day it is looked at; only the demo company has one."""

_SETTING = "select value from live_setting where name = ?"


def today(cursor: duckdb.DuckDBPyConnection) -> date:
    """The company's own day where it has one, else the date where the machine stands."""
    rows = cursor.execute(_SETTING, [OWN_DAY]).fetchall()
    return date.fromisoformat(rows[0][0]) if rows else datetime.now().astimezone().date()
