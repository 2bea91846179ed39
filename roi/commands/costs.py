"""Cost files: read one, preview what importing it would do, and import it as one change that can be undone.

Nothing is stored before `import_costs`, and then everything or nothing (decision D19).
"""

import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TypeVar

from roi.actors import Action, Actor
from roi.commands.changing.requests import (
    ColumnChoice,
    CostImport,
    FileReading,
    MonthEffect,
    Preview,
    Receipt,
    TeamEffect,
)
from roi.commands.cost_files import costs_checks, costs_control, costs_settings, costs_staging
from roi.commands.cost_files.costs_checks import Examined
from roi.commands.cost_files.costs_staging import How, Progress, read_table
from roi.domain.importing import Limits, Mode, ReadTable, Settings
from roi.domain.periods import iso_month
from roi.errors import Issue, RefusedError
from roi.ingest import columns, planning
from roi.ingest.contracts import BY_NAME
from roi.store import imports, staging_corrections, staging_future, uploads
from roi.store.changes import NewChange, Put, Recorder
from roi.store.database import Store
from roi.store.staging import Cursor

T = TypeVar("T")
KIND = "import costs"
"""The kind of an import's change."""

Effects = dict[tuple[str, str, int], tuple[str, int, int]]
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
        how = How(limits, costs_settings.headers(known), (sheet, costs_settings.sheets(known, source)))
        with read_table(store, content, name, how) as (table, issues):
            if table is None:
                return _unread(source, issues)
            found = source or costs_settings.fitting(known, table.headers, suggested_source(name))
            settings = known[found].settings if found in known else Settings()
            settings, changed = costs_settings.adapted(settings, table.headers)
            already = imports.earlier(cursor, table.sha256)
    return FileReading(
        table,
        _choices(table, settings),
        found or suggested_source(name),
        found in known,
        settings,
        costs_checks.already(already),
        (*issues, *changed),
        table.sheet,
        table.sheets,
    )


def preview(store: Store, actor: Actor, request: CostImport, progress: Progress | None = None) -> Preview:
    """What importing the file would do, with all that stands in its way. Stores nothing."""
    actor.require(Action.IMPORT_COSTS)
    tell = progress or costs_staging.silent
    with store.snapshot() as cursor:
        found = costs_staging.examine(store, cursor, request, tell)
        effects: Effects = {}
        if found.is_typed:
            tell("figures", 0.8)
            is_replacing = request.mode is not Mode.ADD
            effects = imports.effects(cursor, request.source, found.touched, is_replacing=is_replacing)
    tell("done", 1.0)
    return _preview(request, found, effects)


def look_ahead(store: Store, actor: Actor, request: CostImport, look: Callable[[Cursor], T]) -> T | None:
    """What `look` sees on a cursor that shows the store as it would be after the import; stores nothing.

    None where the file cannot be imported as asked.
    """
    actor.require(Action.IMPORT_COSTS)
    with store.snapshot() as cursor:
        found = costs_staging.examine(store, cursor, request, costs_staging.silent)
        if not found.is_typed:
            return None
        is_replacing = request.mode is not Mode.ADD
        staging_future.see(cursor, request.source, found.touched, is_replacing=is_replacing)
        return look(cursor)


def import_costs(
    store: Store, actor: Actor, request: CostImport, progress: Progress | None = None
) -> Receipt:
    """Import the file as one change: its lines, the source's settings, the control total, the figures.

    Raises:
        RefusedError: something stands in its way; the error carries every issue. Nothing was stored.
        StoreFullError: the disk has no room. Nothing was stored.
    """
    actor.require(Action.IMPORT_COSTS)
    tell = progress or costs_staging.silent
    with store.write() as cursor:
        found = costs_staging.examine(store, cursor, request, tell)
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


def _by_team(effects: Effects) -> tuple[TeamEffect, ...]:
    sums: dict[tuple[str, str], TeamEffect] = {}
    for (team, currency, _), (name, before, after) in effects.items():
        kept = sums.get((team, currency))
        named = name or ("" if team else "Suspense")
        sums[team, currency] = TeamEffect(
            team,
            named,
            currency,
            before + (kept.before if kept else 0),
            after + (kept.after if kept else 0),
        )
    return tuple(sums[key] for key in sorted(sums))


def _by_month(effects: Effects) -> tuple[MonthEffect, ...]:
    sums: dict[tuple[int, str], tuple[int, int]] = {}
    for (_, currency, month), (_, before, after) in effects.items():
        so_far = sums.get((month, currency), (0, 0))
        sums[month, currency] = (so_far[0] + before, so_far[1] + after)
    return tuple(MonthEffect(*key, *sums[key]) for key in sorted(sums))


def _preview(request: CostImport, found: Examined, effects: Effects) -> Preview:
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
        effects=_by_team(effects),
        suspense=found.suspense,
        control=found.control,
        already=found.already,
        corrected=found.corrected,
        set_aside=len(request.set_aside),
        month_effects=_by_month(effects),
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
    detail: dict[str, object] = {
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
    if found.corrected:
        detail["corrections"] = [
            [one.field, one.sent, one.value, staging_corrections.as_spans(one.lines)]
            for one in found.corrected
        ]
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
        yield Put("control_total", (costs_control.row(request, found.control, found.months),))
