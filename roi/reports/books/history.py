"""The numbered changes and the cost imports among them, with what was undone."""

import json
from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import datetime

from roi.reports.books import control, moved
from roi.reports.ground import kept
from roi.reports.ground.basis import Basis
from roi.reports.shapes import ChangeRow, ImportRow
from roi.store import read

TOLD = 60
"""Of so many of the newest changes it is told what they changed from what to what."""


def told(cursor: read.Cursor) -> tuple[ChangeRow, ...]:
    """Every change, newest first, the newest with what they changed, before and after (R11)."""
    rows = changes(cursor)
    found = moved.of(cursor, rows[:TOLD])
    return tuple(replace(row, moved=found.get(row.change_id, ())) for row in rows)


def changes(cursor: read.Cursor) -> tuple[ChangeRow, ...]:
    """Every change, newest first; `undone_by` names the live change that reversed it."""
    found = read.rows(cursor, "changes")
    undone = _undone(found)
    return tuple(
        ChangeRow(
            read.whole(row["change_id"]),
            at(row),
            read.text(row["actor"]),
            read.text(row["kind"]),
            _reason(row),
            read.whole(row["rows_added"]),
            read.whole(row["rows_removed"]),
            _undoes(row),
            undone.get(read.whole(row["change_id"])),
            _notes(row),
        )
        for row in found
    )


def imports(base: Basis, coverage: control.Coverage, newest: int | None = None) -> tuple[ImportRow, ...]:
    """Cost imports, newest first, live and undone; only the newest live ones when `newest` is given.

    Outside finance an import that brought pay has no sums: a file is less than the company.
    """
    history = read.rows(base.cursor, "changes")
    undone = _undone(history)
    found = [row for row in history if _is_import(row)]
    if newest is not None:
        found = [row for row in found if read.whole(row["change_id"]) not in undone][:newest]
    keys = [read.whole(row["change_id"]) for row in found]
    lines, hidden = _lines(base.cursor, keys), _with_pay(base, keys)
    rows = [
        _import_row(row, lines.get(key, ()), undone, coverage) for row, key in zip(found, keys, strict=True)
    ]
    return tuple(replace(row, totals=()) if row.change_id in hidden else row for row in rows)


def _with_pay(base: Basis, keys: Sequence[int]) -> frozenset[int]:
    if base.may_see_pay:
        return frozenset()
    rows = read.rows(base.cursor, "imports_with_pay", {"changes": list(keys)})
    return frozenset(read.whole(row["change_id"]) for row in rows)


def latest(base: Basis, coverage: control.Coverage) -> ImportRow | None:
    """The newest cost import that is live."""
    key = (base.may_see_pay,)
    return kept.once(base, "latest", key, lambda: next(iter(imports(base, coverage, newest=1)), None))


def _is_import(row: read.Row) -> bool:
    return read.whole(row["lines_added"]) > 0 and row["undoes"] is None


def _undone(history: Sequence[read.Row]) -> dict[int, int]:
    """Change to the live change that undid it; an undo that was itself undone undoes nothing."""
    undone: dict[int, int] = {}
    for row in history:
        undoes, change_id = _undoes(row), read.whole(row["change_id"])
        if undoes is not None and change_id not in undone:
            undone.setdefault(undoes, change_id)
    return undone


def _reason(row: read.Row) -> str:
    """Why it was made: the reason that was given, and that by which closed months were restated (D11)."""
    told = read.text(row["detail"])
    # The detail of a restatement lists every figure that it moved: only those are looked into.
    restated = str(json.loads(told).get("restatement", "")) if '"restatement"' in told else ""
    said = (read.text(row["reason"]), restated)
    return "; ".join(dict.fromkeys(one for one in said if one))


def _notes(row: read.Row) -> tuple[str, ...]:
    """What its receipt said beside what was asked."""
    told = read.text(row["detail"])
    return tuple(str(one) for one in json.loads(told).get("notes", ())) if '"notes"' in told else ()


def _undoes(row: read.Row) -> int | None:
    return None if row["undoes"] is None else read.whole(row["undoes"])


def at(row: read.Row) -> datetime:
    """When a change was recorded.

    Raises:
        TypeError: the query gave something else.
    """
    found = row["recorded_at"]
    if not isinstance(found, datetime):
        message = f"expected a moment, the query gave {type(found).__name__}"
        raise TypeError(message)
    return found


def _lines(cursor: read.Cursor, changes: Collection[int]) -> dict[int, tuple[read.Row, ...]]:
    found: dict[int, tuple[read.Row, ...]] = {}
    if changes:
        for row in read.rows(cursor, "imported_lines", {"changes": list(changes)}):
            change_id = read.whole(row["change_id"])
            found[change_id] = (*found.get(change_id, ()), row)
    return found


def _import_row(
    row: read.Row, lines: Sequence[read.Row], undone: dict[int, int], coverage: control.Coverage
) -> ImportRow:
    change_id = read.whole(row["change_id"])
    totals: dict[str, int] = {}
    for line in lines:
        currency = read.text(line["currency"])
        totals[currency] = totals.get(currency, 0) + read.whole(line["amount_minor"])
    months = sorted({read.whole(line["month"]) for line in lines})
    series = {
        (read.text(line["source"]), read.text(line["scenario"]), read.text(line["currency"]))
        for line in lines
    }
    undone_by = undone.get(change_id)
    return ImportRow(
        change_id,
        at(row),
        read.text(row["actor"]),
        next((read.text(line["source"]) for line in lines), ""),
        read.text(row["source_name"]),
        read.text(row["source_sha256"]),
        sum(read.whole(line["line_count"]) for line in lines),
        tuple(sorted(totals.items())),
        tuple(months),
        "" if undone_by is not None else control.control_of(coverage, series, months),
        undone_by is None,
        undone_by,
    )
