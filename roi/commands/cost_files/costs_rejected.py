"""The rows of a cost file that stop its import: every one, with everything that is wrong with it."""

import csv
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from roi.actors import Action, Actor
from roi.commands.changing.requests import CostImport
from roi.commands.cost_files import costs_settings, costs_staging
from roi.commands.cost_files.costs_staging import How
from roi.domain.importing import ReadTable
from roi.errors import UNSAVED, Issue
from roi.ingest.decoding import Decoded, decode
from roi.store.database import Store
from roi.store.staging import Cursor
from roi.store.staging_issues import IN_FULL


@dataclass(frozen=True, slots=True)
class RejectedRow:
    """One row as it was sent, with its line and what stops it."""

    line: int
    problems: tuple[str, ...]
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Rejected:
    """The file's headers, its rejected rows in order, and the blockers, each with all its lines."""

    headers: tuple[str, ...]
    rows: tuple[RejectedRow, ...]
    issues: tuple[Issue, ...]


def rejected(store: Store, actor: Actor, request: CostImport) -> Rejected:
    """Every row that stops the import, none left out; stores nothing."""
    actor.require(Action.IMPORT_COSTS)
    with store.snapshot() as cursor:
        found = costs_staging.examine(store, cursor, request, costs_staging.silent, IN_FULL)
        issues = tuple(issue for issue in found.issues if issue.is_blocker)
        wrong: dict[int, list[str]] = {}
        for issue in issues:
            for line in lines_of(issue):
                wrong.setdefault(line, []).append(_said(issue))
        headers, rows = _rows(store, cursor, request, wrong)
    return Rejected(headers, tuple(rows), issues)


def _said(issue: Issue) -> str:
    """What is wrong with one row, without the list of the others that share it."""
    place, colon, told = issue.message.partition(": ")
    is_placed = bool(colon) and re.match(r"Rows? \d|[\d,]+ rows", place) is not None
    said = (told if is_placed else issue.message).removesuffix(f" {UNSAVED}")
    return f"{said} {issue.fix}" if issue.fix and issue.fix not in said else said


def lines_of(issue: Issue) -> tuple[int, ...]:
    """The lines that one issue names."""
    if issue.lines:
        return tuple(dict.fromkeys(issue.lines))
    return () if issue.line is None else (issue.line,)


def _rows(
    store: Store, cursor: Cursor, request: CostImport, wrong: dict[int, list[str]]
) -> tuple[tuple[str, ...], list[RejectedRow]]:
    known = costs_settings.remembered(cursor)
    settings, _ = costs_settings.merged(request, known)
    usual = costs_settings.sheets(known, request.source)
    how = How(request.limits, costs_settings.headers(known), (settings.sheet, usual))
    with costs_staging.read_table(store, request.content, request.name, how) as (table, _):
        if table is None:
            return (), []
        kept = {line: tuple(cells) for line, cells in _records(table) if line in wrong}
        headers = table.headers
    kept |= dict(_raw(request, how, wrong.keys() - kept.keys()))
    return headers, [RejectedRow(line, tuple(wrong[line]), kept.get(line, ())) for line in sorted(wrong)]


def _records(table: ReadTable) -> Iterator[tuple[int, list[str]]]:
    with table.spool.open(encoding="utf-8", newline="") as spooled:
        for number, record in enumerate(
            csv.reader(spooled, delimiter=table.delimiter), table.header_line + 1
        ):
            if table.is_numbered:
                yield int(record[0]), record[1:]
            else:
                yield number, record


def _raw(request: CostImport, how: How, lines: Iterable[int]) -> Iterator[tuple[int, tuple[str, ...]]]:
    """Lines that are no record, such as one that stops early, as they stand in the file."""
    wanted = sorted(lines)
    decoded = decode(request.content, request.name, how.sheet) if wanted else None
    if isinstance(decoded, Decoded):
        texts = decoded.text.split(b"\n")
        for line in wanted:
            if 0 < line <= len(texts):
                yield line, (texts[line - 1].decode(errors="replace").rstrip("\r"),)
