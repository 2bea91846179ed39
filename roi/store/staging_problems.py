"""What is wrong with the typed lines, one by one and together, and what they say as one hash."""

import duckdb

from roi.domain.importing import StagingPlan
from roi.domain.periods import iso_month
from roi.errors import Issue
from roi.store import staging_issues as say
from roi.store import staging_issues_cells as cells
from roi.store import staging_marks, statements
from roi.store.staging_counted import Extremes
from roi.store.staging_formats import stated_month

Cursor = duckdb.DuckDBPyConnection
Duplicates = tuple[tuple[tuple[int, ...], str, int], ...]
LARGE_MAJOR = 1_000_000_000
"""From this amount on a line is said aloud."""
MOST_OF_A_LINE, MOST_IN_A_FILE = 10**16, 10**17
"""In minor units: beyond them it is no cost but an error, and sums of sums could overflow."""


def of_lines(
    cursor: Cursor, plan: StagingPlan, named: int, extremes: Extremes | None, *, is_open: bool
) -> list[Issue]:
    """Months, amounts, periods and lengths that cannot be taken; `is_open`: how days are written is asked.

    Where the extremes of the lines are known and harmless, no line is looked at for these.
    """
    stated = stated_month(plan)
    if extremes is not None and not extremes.may_be_wrong(plan.limits, LARGE_MAJOR * 100, stated):
        return _units(cursor, named)
    params: dict[str, object] = {
        "stated_month": stated,
        "large": LARGE_MAJOR * 100,
        "name_letters": plan.limits.name_letters,
        "description_letters": plan.limits.description_letters,
    }
    cursor.execute(statements.staging("14_suspects"), params)
    rows: list[tuple[str, str, int, list[int], str]] = []
    if cursor.execute("select 1 from staged_suspect limit 1").fetchall():
        params |= {"lines": named, "is_open": is_open, "most": MOST_OF_A_LINE}
        rows = cursor.execute(statements.staging("14_problems"), params).fetchall()
    month = iso_month(stated) if stated else ""
    found = [say.Found(code, field, count, tuple(lines), sent) for code, field, count, lines, sent in rows]
    return [cells.problem(one, month, plan.limits) for one in found] + _units(cursor, named)


def _units(cursor: Cursor, named: int) -> list[Issue]:
    if not cursor.execute("select 1 from staged_amount where unit != '' limit 1").fetchall():
        return []
    rows = cursor.execute(statements.staging("16_units"), {"lines": named}).fetchall()
    return [
        cells.other_unit(unit, currency, say.Found("currency_sign", "amount", count, tuple(lines), sent))
        for unit, currency, count, lines, sent in rows
        if not cells.is_unit_of(unit, currency)
    ]


def _duplicates(cursor: Cursor) -> tuple[Duplicates, tuple[Issue, ...]]:
    rows = cursor.execute(statements.staging("15_duplicates")).fetchall()
    if not rows:
        return (), ()
    groups = tuple(
        (tuple(lines), currency, amount) for lines, _, currency, amount, _ in rows if amount is not None
    )
    return groups, (say.duplicates([tuple(row[0]) for row in rows], int(rows[0][-1])),)


def of_all(cursor: Cursor) -> tuple[int, str, Duplicates, list[Issue]]:
    """How many lines there are, the hash of what they say, identical ones, and what is said of them all."""
    row = cursor.execute(statements.staging("17_summary")).fetchall()[0]
    lines, negative, has_nameless, has_no_currency, size = row
    digest, is_repeated = staging_marks.content(cursor)
    duplicates, found = _duplicates(cursor) if is_repeated else ((), ())
    issues = list(found)
    if size > MOST_IN_A_FILE:
        issues.append(say.too_much())
    if has_nameless or has_no_currency:
        issues += _nothing_named(cursor)
    if lines and negative * 2 > lines:
        issues.append(say.mostly_negative(negative, lines))
    return int(lines), digest, duplicates, issues


def _nothing_named(cursor: Cursor) -> list[Issue]:
    """Lines without a currency, and lines that name no team and no cost area."""
    row = cursor.execute(statements.staging("18_nothing_named")).fetchall()[0]
    nameless, first_nameless, no_currency, first_no_currency = row
    issues = [say.no_currency(no_currency, tuple(first_no_currency))] if no_currency else []
    return [*issues, say.nameless(nameless, tuple(first_nameless))] if nameless else issues
