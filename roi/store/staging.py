"""Runs a plan of reading: the spooled file becomes typed lines beside the ledger, and every problem an Issue.

Everything lives in temporary tables of the cursor; nothing of the ledger is touched. The last of them,
`staged_line`, is what `store.imports` compares with the ledger and writes to it.
"""

from collections.abc import Callable, Container, Sequence
from dataclasses import dataclass

import duckdb

from roi.domain.importing import Corrected, DateOrder, ReadTable, StagingPlan
from roi.errors import Issue, blocker, warning
from roi.store import staging_bookings as bookings
from roi.store import staging_columns as columns
from roi.store import staging_corrections as corrections
from roi.store import staging_counted as counted
from roi.store import staging_issues as say
from roi.store import staging_problems as problems
from roi.store import staging_typed as typed
from roi.store import statements
from roi.store.staging_counted import Extremes
from roi.store.staging_formats import Formats, stated_month, survey
from roi.store.staging_issues import BRIEFLY, Telling
from roi.store.staging_problems import Duplicates

Cursor = duckdb.DuckDBPyConnection
_WORDS_AS_MONTHS = (
    "select 1 from staged_used where is_posting and not regexp_matches(written, '[0-9]') limit 1"
)
_TEXTS_AS_TOTALS = "select 1 from staged_text where may_total limit 1"
_LEAVE_OUT = "delete from staged_cell where line in (select staged_left.line from staged_left)"


@dataclass(frozen=True, slots=True)
class Staged:
    """What staging found: lines that would be stored, the formats it used, and every problem.

    `content_sha256` is the same for the same lines, in whatever bytes and order they were sent.
    `duplicates` are groups of identical lines: their first lines, currency and amount.
    """

    lines: int
    date_order: DateOrder | None
    decimal: str | None
    content_sha256: str
    duplicates: Duplicates
    issues: tuple[Issue, ...]
    is_loaded: bool = True
    corrected: tuple[Corrected, ...] = ()

    @property
    def is_clean(self) -> bool:
        """Whether nothing stops the lines."""
        return not any(issue.is_blocker for issue in self.issues)


def stage(
    cursor: Cursor, plan: StagingPlan, hide: Callable[[str], str], telling: Telling = BRIEFLY
) -> Staged:
    """Read the plan's file into `staged_line` and answer with all that is to be said about it.

    `hide` turns a person key into what may be stored of it.
    """
    found, unread = _load(cursor, plan)
    if unread:
        return Staged(0, plan.date_order, plan.decimal, "", (), unread, is_loaded=False)
    issues = corrections.put(cursor, plan)
    issues += _left_out(cursor, plan, found)
    formats = survey(cursor, plan)
    if plan.corrections:
        corrections.put_amounts(cursor, formats.decimal)
    issues += corrections.lost(cursor)
    issues += formats.issues
    _book(cursor, found)
    issues += bookings.understand(cursor, plan, hide, telling.lines)
    issues += _aside(cursor, plan)
    extremes = _type(cursor, plan, formats, found)
    issues += problems.of_lines(cursor, plan, telling.lines, extremes, is_open=formats.is_open)
    lines, digest, duplicates, told = problems.of_all(cursor)
    issues += told
    decimal = formats.decimal if formats.is_decimal_told else None
    shown = _most_important(issues, telling.problems)
    done = corrections.done(cursor)
    return Staged(lines, formats.order, decimal, digest, duplicates, shown, corrected=done)


def _load(cursor: Cursor, plan: StagingPlan) -> tuple[columns.Columns | None, tuple[Issue, ...]]:
    """Fill `staged_text`; a file that the engine reads otherwise than `ingest` did is refused.

    And its columns, where its cells stay in memory.
    """
    cursor.execute(statements.staging("1_none"))
    cursor.execute(statements.staging("3_macros"))
    fields = {cell: field for field, cell in plan.cells}
    names = [fields.get(cell, _spare(plan.table, cell)) for cell in range(plan.table.width)]
    found = columns.load(cursor, plan, names)
    if found is None and (issue := _load_cells(cursor, plan.table, names)):
        return None, (issue,)
    cursor.execute(statements.staging("2_text"))
    count = int(cursor.execute("select count(*) from staged_cell").fetchall()[0][0])
    issues = () if count == plan.table.records else (say.read_twice(plan.table.records, count),)
    return found, issues


def _load_cells(cursor: Cursor, table: ReadTable, names: Sequence[str]) -> Issue | None:
    """Fill `staged_cell` by the engine's own reader."""
    cells = dict.fromkeys((*names, "_nameless_past_the_end"), "varchar")
    params: dict[str, object] = {"path": str(table.spool), "delimiter": table.delimiter}
    if table.is_numbered:
        cells = {"line_number": "varchar", **cells}
        statement = statements.staging("2_load_numbered")
    else:
        params["header_line"] = table.header_line
        statement = statements.staging("2_load_plain")
    params["columns"] = cells
    try:
        cursor.execute(statement, params)
    except (duckdb.InvalidInputException, duckdb.ConversionException) as error:
        return say.unreadable_file(str(error))
    return None


def _spare(table: ReadTable, cell: int) -> str:
    is_named = cell < len(table.headers) and table.headers[cell]
    return f"_{cell}" if is_named else f"_nameless_{cell}"


def _left_out(cursor: Cursor, plan: StagingPlan, found: columns.Columns | None) -> list[Issue]:
    cells = dict(plan.cells)
    cursor.execute("create or replace temporary table staged_aside (line integer, reason varchar)")
    if plan.set_aside:
        lines, reasons = zip(*plan.set_aside, strict=True)
        insert = "insert into staged_aside select unnest($lines), unnest($reasons)"
        cursor.execute(insert, {"lines": list(lines), "reasons": [reason.strip() for reason in reasons]})
    cursor.execute("create or replace temporary table staged_left (line integer)")
    if found is None:
        cursor.execute(statements.staging("5_used"), _periods(cells))
    else:
        counted.used(cursor, found)
    cursor.execute(statements.staging("5_dates"))
    has_month = "month" in cells
    may_lack_month = not has_month or bool(cursor.execute(_WORDS_AS_MONTHS).fetchall())
    may_total = has_month and bool(cursor.execute(_TEXTS_AS_TOTALS).fetchall())
    if may_lack_month or may_total:  # to prepare this takes long, and most files have no such line
        params = {"has_month": has_month, "may_lack_month": may_lack_month, "may_total": may_total}
        cursor.execute(statements.staging("4_judged"), params)
    else:
        cursor.execute(statements.staging("4_none_judged"))
    cursor.execute(statements.staging("4_left_out"))
    nameless = _nameless(cursor)
    if _is_anything_left_out(cursor):
        cursor.execute(statements.staging("4_left_columns") if found is not None else _LEAVE_OUT)
        cursor.execute(statements.staging("5_used"), _periods(cells))
    query = "select why, line, label, amount from staged_judged order by line"
    rows = cursor.execute(query).fetchall()
    totals = [(line, label, amount) for why, line, label, amount in rows if why == "total"]
    empty = [line for why, line, _, _ in rows if why == "no_cost"]
    maybe = [(line, label) for why, line, label, _ in rows if why == "maybe_total"]
    return [*say.totals(totals), *say.maybe_totals(maybe), *say.without_cost(empty), *nameless]


def _is_anything_left_out(cursor: Cursor) -> bool:
    return bool(cursor.execute("select 1 from staged_left limit 1").fetchall())


def _book(cursor: Cursor, found: columns.Columns | None) -> None:
    """Make `staged_booking`, by the engine where the lines are not those of the columns any more."""
    if found is None or _is_anything_left_out(cursor):
        bookings.find(cursor, are_keys_exact=found is not None)
    else:
        counted.bookings(cursor, found)


def _periods(cells: Container[str]) -> dict[str, bool]:
    """Whether the file says when a service period begins, and when it ends."""
    return {"has_start": "period_start" in cells, "has_end": "period_end" in cells}


def _nameless(cursor: Cursor) -> list[Issue]:
    """Cells in columns without a header are not read, and that is said."""
    if not any(cursor.execute("select count(columns('^_nameless')) from staged_cell").fetchall()[0]):
        return []
    query = "select count(*), min(line, 5), arg_min(nameless, line) from staged_text where nameless != ''"
    count, lines, sent = cursor.execute(query).fetchall()[0]
    return [say.nameless_column(count, tuple(lines), sent)] if count else []


def _aside(cursor: Cursor, plan: StagingPlan) -> list[Issue]:
    if not plan.set_aside:
        return []
    query = "select line from staged_aside where line not in (select line from staged_text) order by line"
    return [say.no_such_line(line) for (line,) in cursor.execute(query).fetchall()]


def _type(
    cursor: Cursor, plan: StagingPlan, formats: Formats, found: columns.Columns | None
) -> Extremes | None:
    """Make `staged_line` and its sums, now that words, dates and decimals are understood.

    The extremes of the lines where they came from columns.
    """
    cells = dict(plan.cells)
    params = {
        "stated_month": stated_month(plan),
        "decimal": formats.decimal,
        **_periods(cells),
    }
    cursor.execute(statements.staging("7_months"), {"order": str(formats.order or "")})
    cursor.execute(statements.staging("8_amounts"), {"decimal": formats.decimal})
    cursor.execute(statements.staging("10_codings"), {"source": plan.source})
    extremes = None
    if found is not None:
        extremes = typed.put(cursor, found, formats.decimal, stated_month(plan))
    if extremes is None:
        cursor.execute(statements.staging("11_typed"), params)
        cursor.execute(statements.staging("13_summed"))
    cursor.execute(statements.staging("12_lines"))
    cursor.execute(statements.staging("13_sums"))
    return extremes


def _most_important(issues: Sequence[Issue], most: int) -> tuple[Issue, ...]:
    """Blockers first, then warnings, each by line; beyond the most they are only counted."""
    ordered = sorted(issues, key=lambda issue: (not issue.is_blocker, issue.line or 0))
    if len(ordered) <= most:
        return tuple(ordered)
    rest = ordered[most - 1 :]
    make = blocker if any(issue.is_blocker for issue in rest) else warning
    more = make("more", f"{len(rest)} more kinds of problem.", count=sum(issue.count for issue in rest))
    return (*ordered[: most - 1], more)
