"""Every name in the data leads to something that is there, and every chain of outcomes has an end.

A change that would break that is refused. A column that names a row of another table is one line here; what
is more than that has a query of its own (`references`, `references_value`).
"""

import re
from collections.abc import Collection
from functools import cache

import duckdb

from roi.domain import chains
from roi.errors import UndoRefusedError
from roi.store import statements
from roi.store.statements import parsed
from roi.store.tables import TABLES

_NAMES = """
cost_line.team? > team: cost line
cost_centre.team? > team: cost centre {cost_centre}
assignment.team > team: assignment of a person
pool_driver.team > team: pool {pool}
pool_driver.pool > cost_pool: driver of pool
platform_usage.platform > team: usage of platform
platform_usage.consumer > team: usage of platform {platform}
planned_position.team > team: planned position {position}
planned_position.epic? > epic: planned position {position}
team_structure.team > team: dated structure
epic.team > team: epic {epic}
epic_plan.epic > epic: plan of epic {epic}
epic_plan.initiative? > initiative: plan of epic {epic}
epic_plan.copied_from? > epic: copy {epic}
epic_team.epic > epic: team {team} of an epic
epic_team.team > team: epic {epic}
epic_slice.epic > epic: slice {slice}
epic_wait.epic > epic: wait
epic_wait.team? > team: wait of epic {epic}
obligation.epic > epic: obligation {epic}
obligation_met.epic > epic: obligation {epic}
epic_effort.epic? > epic: effort
epic_effort.team > team: effort
success_measure.initiative? > initiative: measure {name}
success_measure.epic? > epic: measure {name}
outcome.epic > epic: outcome {outcome}
outcome_plan.outcome > outcome: plan of outcome
outcome_plan.leads_to? > outcome: outcome {outcome}
outcome_plan.copied_from? > outcome: copy {outcome}
outcome_plan.driver? > value_driver: outcome {outcome}
forecast.outcome > outcome: forecast
reading.outcome > outcome: reading
confirmed_reading.outcome > outcome: confirmed reading
confirmation.outcome > outcome: confirmation of {outcome}
closure.outcome > outcome: end of outcome
question.outcome > outcome: question
line_cell.line > finance_line: cell {cell}
driver_input.driver > value_driver: input {input}
"""
"""Each column that names a row of another table (`?`: or nothing), and how such a row is called."""

_LINE = re.compile(r"(\w+)\.(\w+)(\??) > (\w+): (.+)")


def _broken(table: str, column: str, optional: str, target: str, words: str) -> str:
    key, names = TABLES[target].keys[0], f"{column} != '' and " if optional else ""
    called = "'" + words.replace("{", "' || ").replace("}", " || '") + "'"
    return (
        f"select {called} as what, {column} as names, min(added_by) as change_id from live_{table} "  # noqa: S608
        f"where {names}{column} not in (select live_{target}.{key} from live_{target}) group by all"
    )


_REFERENCES = [found.groups() for found in _LINE.finditer(_NAMES)]
_FROM, _TO = (
    {
        table: " union all ".join(_broken(*one) for one in _REFERENCES if table == one[place])
        for table in {one[place] for one in _REFERENCES}
    }
    for place in (0, 3)
)
"""Per table the broken references from it, and those to it: a row that is put breaks none of the latter."""

_LIVE = re.compile(r"\blive_(\w+)")
_Broken = tuple[object, ...]
"""What names something that is gone, what that is called, and the change that added the row."""


@cache
def _parts(query: str) -> tuple[tuple[frozenset[str], str], ...]:
    """Each part of a query, and the tables that it reads: a change in no other can break what it asks."""
    parts = statements.text("queries", query).split("\nunion all\n")
    return tuple((frozenset(_LIVE.findall(part)), part) for part in parts)


def _broken_by(cursor: duckdb.DuckDBPyConnection, query: str, moved: Collection[str]) -> list[_Broken]:
    """What the parts of a query find that read one of these tables."""
    asked = "union all\n".join(part for reads, part in _parts(query) if not reads.isdisjoint(moved))
    return cursor.execute(parsed(asked)).fetchall() if asked else []


def check(cursor: duckdb.DuckDBPyConnection, tables: Collection[str], gone: Collection[str]) -> None:
    """Refuse the running change when it leaves a row that names something that is gone.

    `tables` are those in which the change put or ended a row, `gone` those in which the key of a row may
    have gone with it; a team that is put breaks nothing.

    Raises:
        UndoRefusedError: names the rows and the change that added them.
    """
    asked = [_FROM[table] for table in sorted(_FROM.keys() & set(tables))]
    asked += [_TO[table] for table in sorted(_TO.keys() & set(gone))]
    broken = [row for text in asked for row in cursor.execute(parsed(text)).fetchall()]
    broken += _broken_by(cursor, "references", (set(tables) - {"team"}) | (set(gone) & {"team"}))
    if not broken:
        broken = _broken_by(cursor, "references_value", tables)
    if not broken and "outcome_plan" in tables:
        _require_ends(cursor)
    if not broken:
        return
    what, names, change_id = min(broken, key=lambda row: (row[2], row[0], row[1]))
    more = f" and {len(set(broken)) - 1} more" if len(set(broken)) > 1 else ""
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
