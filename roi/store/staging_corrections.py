"""Corrected cells: put into the staged text before anything is read from it, and kept beside what was sent.

A corrected amount counts as 0 while the file's decimal mark is found out, so that it has no vote in it.
"""

from itertools import groupby

import duckdb

from roi.domain.importing import CORRECTABLE, Corrected, StagingPlan
from roi.errors import UNSAVED, Issue, blocker
from roi.store import statements

Cursor = duckdb.DuckDBPyConnection

_ASKED = (
    "create or replace temporary table staged_asked "
    "(place integer, field varchar, line integer, sent varchar, value varchar)"
)
_MATCHED = (
    "create or replace temporary table staged_matched "
    "(place integer, record integer, line integer, sent varchar)"
)
_INSERT = (
    "insert into staged_asked "
    "select unnest($places), unnest($fields), unnest($lines), unnest($sents), unnest($values)"
)
_MATCH = {
    name: (
        "insert into staged_matched "  # noqa: S608 - names of ours
        f"select asked.place, text.record, text.line, coalesce(text.{name}, '') from staged_text as text "
        "inner join staged_asked as asked on text.line = asked.line "
        f"where asked.field = $field and coalesce(trim(asked.sent) = coalesce(trim(text.{name}), ''), true) "
        "union all "
        f"select asked.place, text.record, text.line, coalesce(text.{name}, '') from staged_text as text "
        f"inner join staged_asked as asked on coalesce(trim(text.{name}), '') = trim(asked.sent) "
        "where asked.field = $field and asked.line is null"
    )
    for name in CORRECTABLE
}
_PUT = {
    name: (
        f"update staged_cell set {name} = case when $field = 'amount' then '0' else put.value end, "  # noqa: S608
        "is_plain = is_plain or $field = 'amount', "
        "hundredths = case when $field != 'amount' then hundredths end "
        "from staged_corrected as put where put.field = $field and put.record = staged_cell.record"
    )
    for name in CORRECTABLE
}
_AMOUNTS = (
    "update staged_cell set amount = replace(put.value, '.', $decimal), "
    "is_plain = is_plain_amount(replace(put.value, '.', $decimal)), hundredths = null "
    "from staged_corrected as put "
    "where put.field = 'amount' and put.record = staged_cell.record"
)
_REKEY = (
    "update staged_cell set key = key_of_words(text.team, text.cost_centre, text.pool, text.person_key, "
    "text.category, text.scenario, text.nature, text.intent, text.treatment, text.currency) "
    "from staged_text as text where text.record = staged_cell.record "
    "and text.record in (select staged_corrected.record from staged_corrected)"
)
_UNMATCHED = (
    "select field, line, sent from staged_asked "
    "where place not in (select place from staged_matched) order by place limit 20"
)
_LOST = (
    "select distinct line from staged_corrected "
    "where line in (select line from staged_left) order by line limit 20"
)
_DONE = (
    "select field, sent, value, list_sort(list(distinct line)) from staged_corrected "
    "group by field, sent, value order by min(line), field, sent, value"
)


def put(cursor: Cursor, plan: StagingPlan) -> list[Issue]:
    """Put the corrected cells into the staged text; what was to be corrected and is not there is an issue."""
    for statement in (_ASKED, _MATCHED):
        cursor.execute(statement)
    fields = {one.field for one in plan.corrections} & {field for field, _ in plan.cells}
    if plan.corrections:
        cursor.execute(
            _INSERT,
            {
                "places": list(range(len(plan.corrections))),
                "fields": [one.field for one in plan.corrections],
                "lines": [one.line for one in plan.corrections],
                "sents": [one.sent for one in plan.corrections],
                "values": [one.value.strip() for one in plan.corrections],
            },
        )
    for field in sorted(fields):
        cursor.execute(_MATCH[field], {"field": field})
    cursor.execute(statements.staging("2_corrected"))
    for field in sorted(fields):
        cursor.execute(_PUT[field], {"field": field})
    if fields:
        cursor.execute(_REKEY)
    return [_unmatched(*row) for row in cursor.execute(_UNMATCHED).fetchall()]


def put_amounts(cursor: Cursor, decimal: str) -> None:
    """Put the corrected amounts, written with the mark that the file has before its decimals."""
    cursor.execute(_AMOUNTS, {"decimal": decimal})


def lost(cursor: Cursor) -> list[Issue]:
    """Corrected lines that are left out as totals: what was put would be nowhere."""
    return [
        blocker(
            "correction", f"Row {line} was corrected, but holds no cost: it is left out. {UNSAVED}", line=line
        )
        for (line,) in cursor.execute(_LOST).fetchall()
    ]


def done(cursor: Cursor) -> tuple[Corrected, ...]:
    """What was put instead of what was sent, alike ones together, with all their lines."""
    rows = cursor.execute(_DONE).fetchall()
    return tuple(Corrected(field, sent, value, tuple(lines)) for field, sent, value, lines in rows)


def _unmatched(field: str, line: int | None, sent: str | None) -> Issue:
    where = f"Row {line}" if line is not None else "No row"
    told = f"has no {field} “{(sent or '')[:60]}”" if sent is not None else "holds no record"
    message = f"{where} {told}, which was to be corrected. {UNSAVED}"
    return blocker("correction", message, line=line, column=field, fix="Take the correction back.")


def as_spans(lines: tuple[int, ...]) -> str:
    """Line numbers in short: `3-7, 9`."""
    found = []
    for _, run in groupby(enumerate(lines), key=lambda pair: pair[1] - pair[0]):
        numbers = [line for _, line in run]
        found.append(f"{numbers[0]}-{numbers[-1]}" if len(numbers) > 1 else f"{numbers[0]}")
    return ", ".join(found)
