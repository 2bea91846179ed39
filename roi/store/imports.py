"""The staged lines against the ledger: what they would change, what they are checked with, and writing them.

Reads and writes through the cursor on which `staging.stage` ran, in one transaction.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

import duckdb

from roi.store import marts, statements
from roi.store.statements import parsed
from roi.store.tables import LIVE_ROWS

Cursor = duckdb.DuckDBPyConnection
_REFERENCES = "select 1 from staged_typed where reference != '' limit 1"


@dataclass(frozen=True, slots=True)
class Earlier:
    """An import whose content has one of the asked hashes; `is_whole`: no line was replaced."""

    sha256: str
    change_id: int
    at: datetime
    actor: str
    file_name: str
    is_whole: bool


@dataclass(frozen=True, slots=True)
class Staying:
    """Cost of the file that no team carries yet, by what it names."""

    kind: str
    area: str
    currency: str
    lines: int
    amount: int
    is_mapped: bool
    first_lines: tuple[int, ...]


def _rows(cursor: Cursor, name: str, params: Mapping[str, object] | None = None) -> list[tuple[object, ...]]:
    return cursor.execute(statements.query(name), dict(params or {})).fetchall()


def _whole(value: object) -> int:
    return int(str(value or 0))


def earlier(cursor: Cursor, raw: str, content: str = "") -> list[Earlier]:
    """The imports that are live under these hashes: of the bytes, and of the lines."""
    rows = cursor.execute(statements.query("import_earlier"), {"raw": raw, "content": content}).fetchall()
    return [Earlier(*row) for row in rows]


def months(cursor: Cursor) -> list[tuple[int, str, str, int, int]]:
    """Month, currency, scenario, lines and amount of the staged file."""
    return cursor.execute(statements.query("import_months")).fetchall()


def words(cursor: Cursor) -> list[tuple[int, str, int, int]]:
    """Month, cost type, how many lines and the first of them, as the staged file names them."""
    return cursor.execute(statements.query("import_words")).fetchall()


def first_lines(cursor: Cursor, month: int | None = None, category: str | None = None) -> tuple[int, ...]:
    """The first five lines that the staged file has in the month, or of the cost type."""
    params = {"month": month, "category": category}
    return tuple(cursor.execute(statements.query("import_first_lines"), params).fetchall()[0][0] or ())


def overlap(cursor: Cursor, source: str) -> list[tuple[int, int]]:
    """Months of the file that the source already has, with its lines in them."""
    return cursor.execute(statements.query("import_overlap"), {"source": source}).fetchall()


def difference(cursor: Cursor, source: str) -> tuple[int, int, int]:
    """New, unchanged and removed lines within the file's months, as multisets (decision D20)."""
    new, unchanged, removed = _rows(cursor, "import_diff", {"source": source})[0]
    return _whole(new), _whole(unchanged), _whole(removed)


def twice(cursor: Cursor, source: str) -> list[tuple[str, int]]:
    """Other sources that have lines of the file just so in its months, and how many; the most first."""
    if not _rows(cursor, "import_other_sources", {"source": source}):
        return []  # as with most files: then no line is looked at
    return [(str(other), _whole(lines)) for other, lines in _rows(cursor, "import_twice", {"source": source})]


def suspense(cursor: Cursor, source: str) -> list[Staying]:
    """The file's cost that goes to suspense, the largest first."""
    rows = cursor.execute(statements.query("import_suspense"), {"source": source}).fetchall()
    return [
        Staying(kind, area, currency, lines, amount, bool(mapped), tuple(first))
        for kind, area, currency, lines, amount, mapped, first in rows
    ]


def ledger(cursor: Cursor, source: str, *, is_replacing: bool) -> dict[tuple[str, str], int]:
    """Currency and scenario → what the source would hold in the file's months after the import."""
    rows = _rows(cursor, "import_ledger", {"source": source, "is_replacing": is_replacing})
    return {(str(currency), str(scenario)): _whole(amount) for currency, scenario, amount in rows}


def candidates(cursor: Cursor, amount: int) -> list[tuple[int, int]]:
    """Staged lines that explain a difference of this amount: lines of it, or with the wrong sign."""
    return cursor.execute(statements.query("import_candidates"), {"difference": amount}).fetchall()


def seen_before(cursor: Cursor, source: str) -> list[tuple[int, str, int]]:
    """Staged lines whose document the source has in another month: line, reference, and that month."""
    if not cursor.execute(_REFERENCES).fetchall():
        return []  # as in many files: then no line of the ledger is looked at
    return cursor.execute(statements.staging("22_seen_before"), {"source": source}).fetchall()


def known_months(cursor: Cursor, source: str, scenario: str) -> list[int]:
    """The months that the source has."""
    rows = _rows(cursor, "import_known_months", {"source": source, "scenario": scenario})
    return [_whole(row[0]) for row in rows]


def effects(
    cursor: Cursor, source: str, touched: Sequence[int], *, is_replacing: bool
) -> dict[tuple[str, str, int], tuple[str, int, int]]:
    """Team, currency and month → the team's name, its cost before and after the import.

    The marts themselves are run over the ledger as it would be, on temporary tables of this cursor, which
    from then on sees that future.
    """
    before = _team_cost(cursor)
    hide_lines(cursor, source, is_replacing=is_replacing)
    marts.shadow(cursor, touched)
    after = _team_cost(cursor)
    return {
        key: (
            (before.get(key) or after[key])[0],
            before.get(key, ("", 0))[1],
            after.get(key, ("", 0))[1],
        )
        for key in sorted({*before, *after})
    }


def hide_lines(cursor: Cursor, source: str, *, is_replacing: bool) -> None:
    """Let this cursor see the lines of the file's months as they would be after the import."""
    cursor.execute(statements.query("import_shadow"), {"source": source, "is_replacing": is_replacing})
    cursor.execute(statements.query("import_shadow_codings"))
    cursor.execute(statements.query("import_shadow_lines"))


def _team_cost(cursor: Cursor) -> dict[tuple[str, str, int], tuple[str, int]]:
    return {
        (str(team), str(currency), _whole(month)): (str(name), _whole(amount))
        for team, name, currency, month, amount in _rows(cursor, "import_effects")
    }


def source_settings(cursor: Cursor) -> list[tuple[str, str, int]]:
    """Each remembered source, its settings as JSON, and the change that said them."""
    return cursor.execute(parsed(LIVE_ROWS["source"])).fetchall()


def end_old(cursor: Cursor, change_id: int, source: str) -> None:
    """End what the source has in the file's months and scenarios."""
    cursor.execute(statements.query("import_end"), {"change_id": change_id, "source": source})


def write(cursor: Cursor, change_id: int) -> None:
    """Write the staged lines into the ledger as lines of this change."""
    cursor.execute(statements.query("import_codings"))
    cursor.execute(statements.query("import_insert"), {"change_id": change_id})


def take_over_hash(cursor: Cursor, change_id: int, sha256: str) -> None:
    """Content that was imported before, but whose lines were replaced since, is this change's now."""
    cursor.execute("update live_hash set change_id = ? where sha256 = ?", [change_id, sha256])
