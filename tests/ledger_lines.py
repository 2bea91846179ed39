"""Lines written into the ledger behind the commands, for tests that need a ledger of a certain shape."""

from collections.abc import Iterable, Mapping

import duckdb

from roi.store.tables import LEDGER_LINE_COLUMNS

CODING = (
    "source team cost_centre pool person_key category scenario nature intent treatment aside currency"
).split()


def add(cursor: duckdb.DuckDBPyConnection, change_id: int, lines: Iterable[Mapping[str, object]]) -> None:
    """Add lines with every column of `COST_LINE_COLUMNS` as lines of the change."""
    names = ("added_by", "origin_change", *LEDGER_LINE_COLUMNS)
    marks = ", ".join("?" for _ in names)
    for line in lines:
        held = {**line, "coding": coding(cursor, line), "added_by": change_id, "origin_change": change_id}
        cells = [held[name] for name in names]
        cursor.execute(f"insert into ledger_line ({', '.join(names)}) values ({marks})", cells)


def coding(cursor: duckdb.DuckDBPyConnection, line: Mapping[str, object]) -> int:
    """The number of what the line is booked on; a new one where no line was before."""
    cells = [line[name] for name in CODING]
    where = " and ".join(f"{name} = ?" for name in CODING)
    found = cursor.execute(f"select coding from coding where {where}", cells).fetchall()
    if not found:
        marks = ", ".join("?" for _ in CODING)
        numbered = f"select (select coalesce(max(coding), 0) + 1 from coding), {marks}"
        cursor.execute(f"insert into coding (coding, {', '.join(CODING)}) {numbered}", cells)
        found = cursor.execute(f"select coding from coding where {where}", cells).fetchall()
    return int(found[0][0])


def rebook(cursor: duckdb.DuckDBPyConnection, change: Mapping[str, object], where: str) -> int:
    """Book the lines that meet the condition elsewhere; the answer is how many there were."""
    found = cursor.execute(f"select * from cost_line where {where}")
    names = [column[0] for column in found.description]
    rows = [dict(zip(names, row, strict=True)) for row in found.fetchall()]
    for row in rows:
        elsewhere = coding(cursor, {**row, **change})
        cells = [elsewhere, row["added_by"], row["source_row"], row["month"]]
        update = "update ledger_line set coding = ? where added_by = ? and source_row = ? and month = ?"
        cursor.execute(update, cells)
    return len(rows)
