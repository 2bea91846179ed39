"""A cost file on the cursor of one transaction: read, planned, staged, and compared with the ledger."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from roi.commands.changing.requests import CostImport
from roi.commands.cost_files import costs_checks, costs_settings
from roi.commands.cost_files.costs_checks import Examined
from roi.domain.importing import Limits, ReadTable
from roi.errors import Issue
from roi.ingest import planning, reshaping, uploaded
from roi.ingest.workbook import Wanted
from roi.store import secrets, staging
from roi.store.database import Store
from roi.store.staging import Cursor
from roi.store.staging_issues import BRIEFLY, Telling

Progress = Callable[[str, float], None]
"""Told the phase and the share of the whole that is done."""


@dataclass(frozen=True, slots=True)
class How:
    """How much of a file is taken, headers that sources used, and which sheet of a workbook is read."""

    limits: Limits
    headers: tuple[str, ...]
    sheet: Wanted


def silent(_phase: str, _fraction: float) -> None:
    """Nobody looks on."""


@contextmanager
def read_table(
    store: Store, content: bytes, name: str, how: How
) -> Iterator[tuple[ReadTable | None, tuple[Issue, ...]]]:
    """The file's table while it is needed; its spool goes however the block ends."""
    table, issues = uploaded.read(
        content, name, store.spool_folder, limits=how.limits, known=how.headers, wanted=how.sheet
    )
    try:
        yield table, issues
    finally:
        if table is not None:
            table.spool.unlink(missing_ok=True)


def examine(
    store: Store, cursor: Cursor, request: CostImport, tell: Progress, telling: Telling = BRIEFLY
) -> Examined:
    """Read, plan, stage and check the file on this cursor. Its lines are in `staged_line` afterwards."""
    tell("reading", 0.05)
    known = costs_settings.remembered(cursor)
    settings, notes = costs_settings.merged(request, known)
    usual = costs_settings.sheets(known, request.source)
    how = How(request.limits, costs_settings.headers(known), (settings.sheet, usual))
    with read_table(store, request.content, request.name, how) as (table, said):
        told = (*costs_checks.request_issues(request), *said, *notes)
        if table is None:
            return costs_checks.unread(cursor, request, (settings, told))
        if settings.columns != request.settings.columns:
            settings, changed = costs_settings.adapted(settings, table.headers)
            told = (*told, *changed)
        with reshaping.reshaped(table, settings) as shape:
            told = (*told, *shape.issues)
            if shape.table is None:
                return costs_checks.unread(cursor, request, (settings, told))
            asked = planning.Asked(
                request.source, shape.settings, request.set_aside, request.limits, request.corrections
            )
            planned = planning.plan(shape.table, asked)
            told = (*told, *planned.issues)
            used = reshaping.as_asked(planned.used, settings)
            if planned.plan is None:
                return costs_checks.unread(cursor, request, (used, told))
            tell("checking", 0.3)
            secret = secrets.person_secret(store.path)
            staged = staging.stage(cursor, planned.plan, lambda key: secrets.hidden(secret, key), telling)
    tell("comparing", 0.5)
    return costs_checks.judge(cursor, request, table.sha256, (used, staged, told))
