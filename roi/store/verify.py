"""Does the store still hold exactly what was accepted? In brief at every start, in full on request.

A store that fails shows no figure (laws T1 and T9).
"""

import json
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

import duckdb

from roi.domain.importing import NATURES
from roi.domain.money import MINOR_DIGITS
from roi.errors import StoreDamagedError
from roi.store import chain, head, marts, statements
from roi.store.tables import LIVE

_CHANGES = (
    "select change_id, recorded_at, actor, role, kind, reason, source_name, source_sha256, detail, undoes, "
    "rows_added, rows_removed, lines_added, cast(lines_amount as varchar), lines_xor, content_sha256, "
    "previous_sha256, sha256 from change order by change_id"
)
_NATURES = "select nature, is_cost from nature"
_CURRENCIES = "select currency, minor_digits from currency"
_KEPT = (
    "select source_sha256 as digest from change where source_sha256 != '' union "
    "select json_extract_string(detail, '$.kept') from change "
    "where json_extract_string(detail, '$.kept') != ''"
)
_AT_ONCE = 10_000


@dataclass(frozen=True, slots=True)
class Verified:
    """What was checked, counted: changes of the chain, ledger lines, months, raw uploads."""

    changes: int
    lines: int
    months: int
    uploads: int
    version: int
    is_deep: bool


def brief(cursor: duckdb.DuckDBPyConnection, head_path: Path) -> Verified:
    """The check at start: headers of the chain, line sums per change, law T1, head file.

    Raises:
        StoreDamagedError: the first thing that does not hold.
    """
    changes = _check_headers(cursor)
    _check_lines(cursor)
    months = _check_conservation(cursor)
    head.check(cursor, head_path)
    head.note_format(cursor, head_path)
    lines = int(cursor.execute("select count(*) from ledger_line").fetchall()[0][0])
    return Verified(len(changes), lines, months, 0, len(changes), is_deep=False)


def deep(cursor: duckdb.DuckDBPyConnection, head_path: Path, uploads: Path) -> Verified:
    """All of `brief`, then every row's hash, what no change touches, marts against a rebuild, raw uploads.

    Raises:
        StoreDamagedError: the first thing that does not hold.
    """
    found = brief(cursor, head_path)
    changes = _check_headers(cursor)
    holding = chain.all_holding(cursor)
    if strays := sorted(holding.keys() - {LIVE} - set(range(1, len(changes) + 1))):
        tables = ", ".join(sorted(holding[strays[0]]))
        raise _damaged(f"Rows of {tables} say that change {strays[0]} added or ended them: there is none.")
    for number, change in enumerate(changes, start=1):
        if not chain.holds(cursor, number, holding.get(number, ()), change["content_sha256"]):
            raise _damaged(f"The rows of change {number} are not those that were accepted.")
    _check_schema(cursor)
    head.check_format(cursor, head_path)
    _check_given(cursor)
    _check_rebuild(cursor)
    _check_hashes(cursor, changes)
    checked = _check_uploads(cursor, uploads)
    return Verified(found.changes, found.lines, found.months, checked, found.version, is_deep=True)


def _check_headers(cursor: duckdb.DuckDBPyConnection) -> list[dict[str, object]]:
    previous, changes = "", []
    for number, row in enumerate(cursor.execute(_CHANGES).fetchall(), start=1):
        header = dict(zip((*chain.HEADER, "previous_sha256", "sha256"), row, strict=True))
        header["lines_amount"] = int(str(header["lines_amount"]))
        is_linked = header["change_id"] == number and header["previous_sha256"] == previous
        if not is_linked or header["sha256"] != chain.header_sha256(header, previous):
            raise _damaged(f"Change {number} does not follow from the one before it: the history was edited.")
        previous = str(header["sha256"])
        changes.append(header)
    return changes


def _check_lines(cursor: duckdb.DuckDBPyConnection) -> None:
    wrong = cursor.execute(statements.query("lines_against_changes")).fetchall()
    if wrong:
        change_id, recorded, held = wrong[0]
        raise _damaged(
            f"Change {change_id} recorded {recorded} ledger lines; now {held or 0} are there, "
            "or their amounts differ."
        )
    lost = cursor.execute(statements.query("lines_without_coding")).fetchall()
    if lost:
        change_id, held = lost[0]
        raise _damaged(
            f"Change {change_id} holds {held} ledger lines that no longer say what they are booked on."
        )


def _check_conservation(cursor: duckdb.DuckDBPyConnection) -> int:
    months = marts.all_months(cursor)
    lost = marts.lost_by_month(cursor, months)
    if lost:
        raise _damaged(f"Ledger and teams do not hold the same money in {lost[0][0]} ({lost[0][1]}).")
    return len(months)


def _check_schema(cursor: duckdb.DuckDBPyConnection) -> None:
    """Each migration is recorded by its number and name; its text may be worded otherwise since."""
    ran = cursor.execute("select version, name from schema_version order by version").fetchall()
    if ran != [(number, name) for number, name, _ in statements.migrations()]:
        raise _damaged("The record of the database's format was edited: it is not that of this program.")


def _check_given(cursor: duckdb.DuckDBPyConnection) -> None:
    """What the program itself brings along, and no change ever touches, is what it brought."""
    for statement, given in ((_NATURES, NATURES), (_CURRENCIES, MINOR_DIGITS)):
        held = dict(cursor.execute(statement).fetchall())
        if held != given:
            wrong = min(key for key in held.keys() | given.keys() if held.get(key) != given.get(key))
            raise _damaged(f"The list of currencies or natures was edited: {wrong}.")


def _check_rebuild(cursor: duckdb.DuckDBPyConnection) -> None:
    before = _fingerprint(cursor)
    marts.shadow(cursor)
    after = _fingerprint(cursor)
    marts.unshadow(cursor)
    if before != after:
        raise _damaged("The stored figures are not what the ledger gives when they are computed again.")


def _fingerprint(cursor: duckdb.DuckDBPyConnection) -> str:
    """One hash over every row of the marts; a large company has millions, so they are never held at once."""
    digest = sha256()
    for name in ("marts_between_fingerprint", "marts_fingerprint"):
        cursor.execute(statements.query(name))
        while rows := cursor.fetchmany(_AT_ONCE):
            digest.update(repr(rows).encode())
    return digest.hexdigest()


def _check_hashes(cursor: duckdb.DuckDBPyConnection, changes: Sequence[Mapping[str, object]]) -> None:
    """The contents of the imports in force are live, and no others, so that none is taken twice (D8).

    Each is held by one of the imports in force that brought it: usually there is only one.
    """
    undone, wanted = _contents(changes)
    held = dict(cursor.execute("select sha256, change_id from live_hash").fetchall())
    if wanted.keys() - held.keys():
        raise _damaged(f"An import in force is not marked as taken: {min(wanted.keys() - held.keys())[:12]}.")
    for digest, change_id in sorted(held.items()):
        if change_id in undone:
            raise _damaged(f"An import that was undone is still marked as taken: {digest[:12]}.")
        if change_id not in wanted.get(digest, ()):
            raise _damaged(f"Change {change_id} is marked as what brought {digest[:12]}, and did not.")


def _contents(changes: Sequence[Mapping[str, object]]) -> tuple[set[object], dict[str, set[object]]]:
    """The changes that are undone, and by its hash each content with the imports in force that brought it."""
    undone: set[object] = set()
    for change in reversed(changes):
        if change["undoes"] is not None and change["change_id"] not in undone:
            undone.add(change["undoes"])
    wanted: dict[str, set[object]] = defaultdict(set)
    for change in changes:
        content = json.loads(str(change["detail"])).get("content")
        if content and change["undoes"] is None and change["change_id"] not in undone:
            for digest in (str(change["source_sha256"]), str(content)):
                wanted[digest].add(change["change_id"])
    return undone, wanted


def _check_uploads(cursor: duckdb.DuckDBPyConnection, folder: Path) -> int:
    """Every upload that is kept still has its hash; an erased one is gone on purpose."""
    rows = cursor.execute(_KEPT).fetchall()
    checked = 0
    for (digest,) in rows:
        path = folder / str(digest)
        if not path.exists():
            continue
        if sha256(path.read_bytes()).hexdigest() != digest:
            raise _damaged(f"A kept upload was altered: {str(digest)[:12]}.")
        checked += 1
    return checked


def _damaged(sentence: str) -> StoreDamagedError:
    return StoreDamagedError(sentence)
