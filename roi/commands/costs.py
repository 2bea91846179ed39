"""Cost files: read one, preview what importing it would do, and import it as one change that can be undone.

Nothing is stored before `import_costs`, and then everything or nothing (decision D19).
"""

import json
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from roi.actors import Action, Actor
from roi.commands import costs_checks, costs_settings
from roi.commands.costs_checks import Examined
from roi.commands.requests import (
    ColumnChoice,
    CostImport,
    FileReading,
    Preview,
    Receipt,
    TeamEffect,
)
from roi.domain.importing import Limits, Mode, ReadTable, Settings
from roi.domain.periods import iso_month
from roi.errors import Issue, RefusedError
from roi.ingest import columns, planning, reading, reshaping
from roi.ingest.contracts import BY_NAME
from roi.ingest.workbook import Wanted
from roi.store import imports, secrets, staging, uploads
from roi.store.changes import NewChange, Put, Recorder
from roi.store.database import Store
from roi.store.staging import Cursor

KIND = "import costs"
"""The kind of an import's change."""

Progress = Callable[[str, float], None]
_BROWSER = Limits()
_NOT_A_NAME = re.compile(
    r"\d+|[_\-.()£$€]+|\b(?:january|february|march|april|may|june|july|august|september|october|november|december|"
    r"jan|feb|mar|apr|jun|jul|aug|sep|sept|oct|nov|dec|final|copy|export|v\d+)\b",
    re.IGNORECASE,
)


def read_file(  # noqa: PLR0913 - who asks, what is read, and how much of it is taken
    store: Store,
    actor: Actor,
    content: bytes,
    name: str,
    source: str | None = None,
    *,
    limits: Limits = _BROWSER,
    sheet: str | None = None,
) -> FileReading:
    """What is in an uploaded file: its table, what its columns seem to be, what is wrong with it.

    The source is the one asked for, else the remembered one whose headers are all here, else a name made
    from the file's. `sheet` names the sheet of a workbook that has several. The spool that the table names is
    deleted; everything else of it stays true.
    """
    actor.require(Action.IMPORT_COSTS)
    with store.snapshot() as cursor:
        known = costs_settings.remembered(cursor)
        how = _How(limits, costs_settings.headers(known), (sheet, costs_settings.sheets(known, source)))
        with _table(store, content, name, how) as (table, issues):
            if table is None:
                return _unread(source, issues)
            found = source or costs_settings.fitting(known, table.headers)
            settings = known[found].settings if found in known else Settings()
            already = imports.earlier(cursor, table.sha256)
    return FileReading(
        table,
        _choices(table, settings),
        found or suggested_source(name),
        found in known,
        settings,
        costs_checks.already(already),
        issues,
        table.sheet,
        table.sheets,
    )


def preview(store: Store, actor: Actor, request: CostImport, progress: Progress | None = None) -> Preview:
    """What importing the file would do, with all that stands in its way. Stores nothing."""
    actor.require(Action.IMPORT_COSTS)
    tell = progress or _silent
    with store.snapshot() as cursor:
        found = _examine(store, cursor, request, tell)
        effects: tuple[TeamEffect, ...] = ()
        if found.is_typed:
            tell("figures", 0.8)
            effects = _effects(cursor, request, found)
    tell("done", 1.0)
    return _preview(request, found, effects)


def import_costs(
    store: Store, actor: Actor, request: CostImport, progress: Progress | None = None
) -> Receipt:
    """Import the file as one change: its lines, the source's settings, the control total, the figures.

    Raises:
        RefusedError: something stands in its way; the error carries every issue. Nothing was stored.
        StoreFullError: the disk has no room. Nothing was stored.
    """
    actor.require(Action.IMPORT_COSTS)
    tell = progress or _silent
    with store.write() as cursor:
        found = _examine(store, cursor, request, tell)
        _refuse(request, found)
        tell("storing", 0.6)
        uploads.keep(store.upload_folder, request.content, found.raw_sha256)
        recorder = Recorder(cursor, _new_change(actor, request, found))
        if request.mode is Mode.REPLACE:
            imports.end_old(cursor, recorder.change_id, request.source)
        imports.write(cursor, recorder.change_id)
        for put in _puts(cursor, request, found):
            recorder.put(put)
        for stale in found.stale_hashes:
            imports.take_over_hash(cursor, recorder.change_id, stale)
        tell("figures", 0.8)
        recorder.touch(found.touched)
        recorded = recorder.seal()
    tell("done", 1.0)
    return Receipt(
        recorded.change_id,
        recorded.at,
        actor.name,
        KIND,
        recorder.new.reason,
        recorded.rows_added,
        recorded.rows_removed,
        request.name,
        found.raw_sha256,
        recorded.content_sha256,
    )


def _unread(source: str | None, issues: tuple[Issue, ...]) -> FileReading:
    return FileReading(
        table=None,
        columns=(),
        source=source or "",
        is_known_source=False,
        settings=Settings(),
        already=None,
        issues=issues,
        sheets=next((issue.choices for issue in issues if issue.code == "sheet"), ()),
    )


def suggested_source(name: str) -> str:
    """A name for a new source, from the file's without months, numbers and signs."""
    words = _NOT_A_NAME.sub(" ", Path(name).stem.replace("_", " ")).split()
    kept = [word for word in words if len(word) > 1]
    return " ".join(kept)[:60].strip().capitalize() or "Costs"


def _silent(_phase: str, _fraction: float) -> None:
    return


@dataclass(frozen=True, slots=True)
class _How:
    """How much of a file is taken, headers that sources used, and which sheet of a workbook is read."""

    limits: Limits
    headers: tuple[str, ...]
    sheet: Wanted


@contextmanager
def _table(
    store: Store, content: bytes, name: str, how: _How
) -> Iterator[tuple[ReadTable | None, tuple[Issue, ...]]]:
    """The file's table while it is needed; its spool goes however the block ends."""
    table, issues = reading.read(
        content, name, store.spool_folder, limits=how.limits, known=how.headers, wanted=how.sheet
    )
    try:
        yield table, issues
    finally:
        if table is not None:
            table.spool.unlink(missing_ok=True)


def _examine(store: Store, cursor: Cursor, request: CostImport, tell: Progress) -> Examined:
    """Read, plan, stage and check the file on this cursor. Its lines are in `staged_line` afterwards."""
    tell("reading", 0.05)
    known = costs_settings.remembered(cursor)
    settings, notes = costs_settings.merged(request, known)
    usual = costs_settings.sheets(known, request.source)
    how = _How(request.limits, costs_settings.headers(known), (settings.sheet, usual))
    with _table(store, request.content, request.name, how) as (table, said):
        told = (*costs_checks.request_issues(request), *said, *notes)
        if table is None:
            return costs_checks.unread(cursor, request, (settings, told))
        with reshaping.reshaped(table, settings) as shape:
            told = (*told, *shape.issues)
            if shape.table is None:
                return costs_checks.unread(cursor, request, (settings, told))
            asked = planning.Asked(request.source, shape.settings, request.set_aside, request.limits)
            planned = planning.plan(shape.table, asked)
            told = (*told, *planned.issues)
            used = reshaping.as_asked(planned.used, settings)
            if planned.plan is None:
                return costs_checks.unread(cursor, request, (used, told))
            tell("checking", 0.3)
            secret = secrets.person_secret(store.path)
            staged = staging.stage(cursor, planned.plan, lambda key: secrets.hidden(secret, key))
    tell("comparing", 0.5)
    return costs_checks.examine(cursor, request, (used, staged, told))


def _refuse(request: CostImport, found: Examined) -> None:
    issues = found.issues
    if found.already is not None:
        when = f"{found.already.at:%d %b %Y at %H:%M} UTC"
        message = (
            f"{request.name} was already imported by {found.already.actor} on {when} "
            f"(change {found.already.change_id}). Nothing was added."
        )
        raise RefusedError(message, issues)
    blockers = [issue for issue in issues if issue.is_blocker]
    if blockers:
        more = f" And {len(blockers) - 1} more." if len(blockers) > 1 else ""
        raise RefusedError(f"{blockers[0].message}{more}", issues)


def _effects(cursor: Cursor, request: CostImport, found: Examined) -> tuple[TeamEffect, ...]:
    is_replacing = request.mode is not Mode.ADD
    rows = imports.effects(cursor, request.source, found.touched, is_replacing=is_replacing)
    return tuple(
        TeamEffect(team, name or ("" if team else "Suspense"), currency, before, after)
        for (team, currency), (name, before, after) in rows.items()
    )


def _preview(request: CostImport, found: Examined, effects: tuple[TeamEffect, ...]) -> Preview:
    totals: dict[str, int] = {}
    for month in found.months:
        totals[month.currency] = totals.get(month.currency, 0) + month.amount
    return Preview(
        source=request.source,
        file_name=request.name,
        used=found.used,
        rows=found.rows,
        months=found.months,
        totals=tuple(sorted(totals.items())),
        issues=found.issues,
        overlap=found.overlap,
        new=found.new,
        unchanged=found.unchanged,
        removed=found.removed,
        effects=effects,
        suspense=found.suspense,
        control=found.control,
        already=found.already,
    )


def _choices(table: ReadTable, settings: Settings) -> tuple[ColumnChoice, ...]:
    """For each field its column: as remembered, else as guessed, with three samples."""
    guesses = {guess.field.name: guess for guess in columns.guess(table.headers)}
    choices = []
    for name, field in BY_NAME.items():
        said = settings.header_of(name)
        cell, confidence = guesses[name].cell, guesses[name].confidence
        if said is not None:
            cell, confidence = columns.find(table.headers, said), "sure"
        samples = tuple(row[cell] for row in table.sample if cell is not None and cell < len(row))[:3]
        header = table.headers[cell] if cell is not None else ""
        choices.append(
            ColumnChoice(name, field.label, cell, header, confidence, field.is_required, samples, field.help)
        )
    return tuple(choices)


def _new_change(actor: Actor, request: CostImport, found: Examined) -> NewChange:
    stale = set(found.stale_hashes)
    hashes = tuple(
        sha256 for sha256 in dict.fromkeys((found.raw_sha256, found.content_sha256)) if sha256 not in stale
    )
    detail = {
        "source": request.source,
        "mode": request.mode.value,
        "rows": found.rows,
        "months": [iso_month(month) for month in found.touched],
        "totals": _totals(found),
        "set_aside": len(request.set_aside),
        "content": found.content_sha256,
        "settings": costs_settings.as_json(found.used),
        "warnings": sorted({issue.code for issue in found.issues}),
    }
    if found.control is not None:
        detail["control"] = {
            "currency": found.control.currency,
            "stated": found.control.stated,
            "ledger": found.control.ledger,
            "reason": request.unreconciled_reason,
        }
    return NewChange(
        actor,
        KIND,
        reason=request.unreconciled_reason.strip(),
        source_name=request.name,
        source_sha256=found.raw_sha256,
        detail=detail,
        live_hashes=hashes,
        restatement=request.restatement.strip(),
    )


def _totals(found: Examined) -> dict[str, int]:
    totals: dict[str, int] = {}
    for month in found.months:
        totals[month.currency] = totals.get(month.currency, 0) + month.amount
    return totals


def _puts(cursor: Cursor, request: CostImport, found: Examined) -> Iterator[Put]:
    kept = costs_settings.with_sheet(cursor, request.source, planning.remembered(found.used))
    text = json.dumps(costs_settings.as_json(kept), ensure_ascii=False, sort_keys=True)
    yield Put("source", ({"source": request.source, "settings": text},))
    words = costs_settings.words(cursor, found.used.values, request.source)
    if words:
        yield Put("value_mapping", words)
    if found.control is not None:
        yield Put("control_total", (costs_checks.control_row(request, found),))
