"""What changed since the last review? Until there are any: since months were closed, or in 30 days."""

import json
from collections.abc import Sequence
from datetime import date, timedelta

from roi.reports.books import history
from roi.reports.shapes.data import Since
from roi.store import read

DAYS = 30
_CLOSING = "close months"


def build(cursor: read.Cursor, today: date | None) -> Since | None:
    """Live changes by kind after the last closing of months; None while there is neither that nor a day.

    Undone changes and their undoings are told of as if they had not been.
    """
    rows = read.rows(cursor, "changes")
    undone = {read.whole(row["undoes"]) for row in rows if row["undoes"] is not None}
    live = [row for row in rows if read.whole(row["change_id"]) not in undone and row["undoes"] is None]
    closing = next((row for row in live if row["kind"] == _CLOSING), None)
    if closing is not None:
        months = _detail(closing).get("months")
        to = max(months) if isinstance(months, list) and months else None
        number = read.whole(closing["change_id"])
        later = [row for row in live if read.whole(row["change_id"]) > number]
        return _told(later, history.at(closing).date(), to)
    if today is None:
        return None
    first = today - timedelta(days=DAYS)
    return _told([row for row in live if history.at(row).date() >= first], first, None)


def _told(rows: Sequence[read.Row], day: date, closed_to: int | None) -> Since:
    counts: dict[str, int] = {}
    for row in rows:
        kind = read.text(row["kind"])
        counts[kind] = counts.get(kind, 0) + 1
    restated = sum(bool(_detail(row).get("restatement")) for row in rows)
    return Since(day, closed_to, tuple(sorted(counts.items())), restated)


def _detail(row: read.Row) -> dict[str, object]:
    found = row["detail"]
    held = json.loads(found) if isinstance(found, str) and found else {}
    return held if isinstance(held, dict) else {}
