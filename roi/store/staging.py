"""Runs a plan of reading: the spooled file becomes typed lines beside the ledger, and every problem an Issue.

Everything lives in temporary tables of the cursor; nothing of the ledger is touched. The last of them,
`staged_line`, is what `store.imports` compares with the ledger and writes to it.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

import duckdb

from roi.domain.importing import Corrected, DateOrder, ReadTable, StagingPlan
from roi.domain.money import MINOR_DIGITS
from roi.domain.names import fold
from roi.domain.periods import iso_month, parse_iso_month
from roi.errors import Issue, blocker, warning
from roi.store import staging_corrections as corrections
from roi.store import staging_issues as say
from roi.store import staging_marks, statements
from roi.store import staging_words as words
from roi.store.staging_words import Known, Word

LARGE_MAJOR = 1_000_000_000
"""From this amount on a line is said aloud."""

MOST_OF_A_LINE, MOST_IN_A_FILE = 10**16, 10**17
"""In minor units: beyond them it is no cost but an error, and sums of sums could overflow."""


@dataclass(frozen=True, slots=True)
class Telling:
    """How much is said: at most so many problems, the rest counted; of each so many lines by number."""

    problems: int = 50
    lines: int = 5


BRIEFLY = Telling()
IN_FULL = Telling(problems=999_999, lines=999_999)
"""The engine keeps fewer than a million of the first lines."""

_DISTINCT = {
    name: f"select distinct {name} from staged_booking"  # noqa: S608 - names of ours
    for name in words.FIELDS
}
_WHERE = {
    name: (
        "select count(*), min(line, $lines) from staged_text "  # noqa: S608 - names of ours
        f"where coalesce({name}, '') = $sent "
        "and ($with_aside or line not in (select line from staged_aside))"
    )
    for name in words.FIELDS
}
_ANSWERED = (
    "select field, sent, value from live_value_mapping "
    "where source = $source and field != 'cost_centre' and kind in ('value', 'team')"
)
"""Answers to words. Where an area of the books belongs is no answer: its lines keep the area's name."""

_LEAVE_OUT = "delete from staged_cell where line in (select staged_left.line from staged_left)"
_KEYS_ASIDE = (
    "update staged_cell set key = hash(key, aside.reason) "
    "from staged_aside as aside where staged_cell.line = aside.line"
)
_REKEY = (
    "update staged_cell set key = hash(key) where record in (select staged_stray.record from staged_stray)"
)

_SPARED = frozenset({"team", "cost_centre", "pool", "category", "person_key"})
"""Fields whose problem a line that is set aside may have: it goes to suspense whatever it names."""

_UNREAD = frozenset({"unknown", "name", "total"})

Cursor = duckdb.DuckDBPyConnection
Duplicates = tuple[tuple[tuple[int, ...], str, int], ...]


@dataclass(frozen=True, slots=True)
class Staged:
    """What staging found: lines that would be stored, the readings it used, and every problem.

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


@dataclass(frozen=True, slots=True)
class _Readings:
    """How dates and decimals are read, and the questions that stay open."""

    order: DateOrder | None
    decimal: str
    is_decimal_told: bool
    issues: tuple[Issue, ...]

    @property
    def is_open(self) -> bool:
        """Whether the date order is a question."""
        return any(issue.code == "date_order" for issue in self.issues)


def stage(
    cursor: Cursor, plan: StagingPlan, hide: Callable[[str], str], telling: Telling = BRIEFLY
) -> Staged:
    """Read the plan's file into `staged_line` and answer with all that is to be said about it.

    `hide` turns a person key into what may be stored of it.
    """
    unread = _load(cursor, plan)
    if unread:
        return Staged(0, plan.date_order, plan.decimal, "", (), unread, is_loaded=False)
    issues = corrections.put(cursor, plan)
    issues += _left_out(cursor, plan)
    readings = _survey(cursor, plan)
    corrections.put_amounts(cursor, readings.decimal)
    issues += corrections.lost(cursor)
    issues += readings.issues
    _bookings(cursor)
    issues += _words(cursor, plan, hide, telling.lines)
    issues += _aside(cursor, plan)
    _type(cursor, plan, readings)
    issues += _problems(cursor, plan, telling.lines, is_open=readings.is_open)
    lines, digest, duplicates, told = _summary(cursor)
    issues += told
    decimal = readings.decimal if readings.is_decimal_told else None
    shown = _most_important(issues, telling.problems)
    done = corrections.done(cursor)
    return Staged(lines, readings.order, decimal, digest, duplicates, shown, corrected=done)


def _bookings(cursor: Cursor) -> None:
    """Make `staged_booking`; where words of two kinds share a key by chance, the later ones get another."""
    cursor.execute(_KEYS_ASIDE)
    cursor.execute(statements.staging("9_bookings"))
    while cursor.execute(statements.staging("9_strays")).fetchall()[0][0]:
        cursor.execute(_REKEY)
        cursor.execute(statements.staging("9_bookings"))


def _type(cursor: Cursor, plan: StagingPlan, readings: _Readings) -> None:
    """Make `staged_line` and its sums, now that words, dates and decimals are understood."""
    params = {"stated_month": _stated_month(plan), "decimal": readings.decimal}
    cursor.execute(statements.staging("7_months"), {"order": str(readings.order or "")})
    cursor.execute(statements.staging("8_amounts"), {"decimal": readings.decimal})
    cursor.execute(statements.staging("10_codings"), {"source": plan.source})
    cursor.execute(statements.staging("11_typed"), params)
    cursor.execute(statements.staging("12_lines"))
    cursor.execute(statements.staging("13_sums"))


def _load(cursor: Cursor, plan: StagingPlan) -> tuple[Issue, ...]:
    """Fill `staged_text`; a file that the engine reads otherwise than `ingest` did is refused."""
    table = plan.table
    cursor.execute(statements.staging("1_none"))
    cursor.execute(statements.staging("3_macros"))
    names = {cell: field for field, cell in plan.cells}
    columns = {names.get(cell, _spare(table, cell)): "varchar" for cell in range(table.width)}
    params: dict[str, object] = {"path": str(table.spool), "delimiter": table.delimiter}
    if table.is_numbered:
        columns = {"line_number": "varchar", **columns}
        statement = statements.staging("2_load_numbered")
    else:
        params["header_line"] = table.header_line
        statement = statements.staging("2_load_plain")
    params["columns"] = {**columns, "_nameless_past_the_end": "varchar"}
    try:
        cursor.execute(statement, params)
    except (duckdb.InvalidInputException, duckdb.ConversionException) as error:
        return (say.unreadable_file(str(error)),)
    cursor.execute(statements.staging("2_text"))
    count = int(cursor.execute("select count(*) from staged_cell").fetchall()[0][0])
    return () if count == table.records else (say.read_twice(table.records, count),)


def _spare(table: ReadTable, cell: int) -> str:
    is_named = cell < len(table.headers) and table.headers[cell]
    return f"_{cell}" if is_named else f"_nameless_{cell}"


def _stated_month(plan: StagingPlan) -> int | None:
    return parse_iso_month(dict(plan.stated).get("month", ""))


def _left_out(cursor: Cursor, plan: StagingPlan) -> list[Issue]:
    cells = dict(plan.cells)
    cursor.execute("create or replace temporary table staged_aside (line integer, reason varchar)")
    if plan.set_aside:
        lines, reasons = zip(*plan.set_aside, strict=True)
        insert = "insert into staged_aside select unnest($lines), unnest($reasons)"
        cursor.execute(insert, {"lines": list(lines), "reasons": [reason.strip() for reason in reasons]})
    cursor.execute("create or replace temporary table staged_left (line integer)")
    cursor.execute(statements.staging("5_used"))
    cursor.execute(statements.staging("5_dates"))
    cursor.execute(statements.staging("4_judged"), {"has_month": "month" in cells})
    cursor.execute(statements.staging("4_left_out"))
    nameless = _nameless(cursor)
    if cursor.execute("select 1 from staged_left limit 1").fetchall():
        cursor.execute(_LEAVE_OUT)
        cursor.execute(statements.staging("5_used"))
    query = "select why, line, label, amount from staged_judged order by line"
    rows = cursor.execute(query).fetchall()
    totals = [(line, label, amount) for why, line, label, amount in rows if why == "total"]
    empty = [line for why, line, _, _ in rows if why == "no_cost"]
    maybe = [(line, label) for why, line, label, _ in rows if why == "maybe_total"]
    return [*say.totals(totals), *say.maybe_totals(maybe), *say.without_cost(empty), *nameless]


def _nameless(cursor: Cursor) -> list[Issue]:
    """Cells in columns without a header are not read, and that is said."""
    if not any(cursor.execute("select count(columns('^_nameless')) from staged_cell").fetchall()[0]):
        return []
    query = "select count(*), min(line, 5), arg_min(nameless, line) from staged_text where nameless != ''"
    count, lines, sent = cursor.execute(query).fetchall()[0]
    return [say.nameless_column(count, tuple(lines), sent)] if count else []


def _survey(cursor: Cursor, plan: StagingPlan) -> _Readings:
    """Date order and decimal mark: as stated, else as the whole file decides, else a question."""
    result = cursor.execute(statements.staging("6_survey"), {"stated_month": _stated_month(plan)})
    names = [column[0] for column in result.description or ()]
    seen = dict(zip(names, result.fetchall()[0], strict=True))
    order, date_issues = _date_order(plan, seen)
    decimal, mark_issues = _decimal(plan, seen)
    is_told = plan.decimal is not None or bool(seen["dot_votes"] or seen["comma_votes"])
    return _Readings(order, decimal, is_told, (*date_issues, *mark_issues))


def _date_order(plan: StagingPlan, seen: Mapping[str, object]) -> tuple[DateOrder | None, tuple[Issue, ...]]:
    day, month, either = (_count(seen[name]) for name in ("only_day_first", "only_month_first", "either"))
    if plan.date_order is not None:
        first, other = (month, day) if plan.date_order is DateOrder.MONTH_FIRST else (day, month)
        is_contrary = plan.date_order is not DateOrder.ISO and other and not first
        return plan.date_order, (say.contrary_dates(plan.date_order.value, seen),) if is_contrary else ()
    if day and month:
        return None, (say.mixed_dates(seen),)
    if not either:
        return (DateOrder.DAY_FIRST if day else DateOrder.MONTH_FIRST if month else None), ()
    if day and not month:
        return DateOrder.DAY_FIRST, (say.inferred_dates("day", seen),)
    if month and not day:
        return DateOrder.MONTH_FIRST, (say.inferred_dates("month", seen),)
    if _stated_month(plan) and bool(seen["day_first_fits"]) != bool(seen["month_first_fits"]):
        is_day = bool(seen["day_first_fits"])
        order = DateOrder.DAY_FIRST if is_day else DateOrder.MONTH_FIRST
        return order, (say.fitting_dates("day" if is_day else "month", seen),)
    return None, (say.which_dates(seen),)


def _decimal(plan: StagingPlan, seen: Mapping[str, object]) -> tuple[str, tuple[Issue, ...]]:
    dots, commas, either = (_count(seen[name]) for name in ("dot_votes", "comma_votes", "either_mark"))
    if plan.decimal is not None:
        is_contrary = (commas and not dots) if plan.decimal == "." else (dots and not commas)
        return plan.decimal, (say.contrary_mark(plan.decimal, seen),) if is_contrary else ()
    if dots and commas:
        return ".", (say.mixed_marks(seen),)
    if commas:
        return ",", (say.inferred_comma(seen),)
    if either and not dots:
        return ".", (say.which_mark(seen),)
    return ".", ()


def _count(value: object) -> int:
    return int(str(value or 0))


def _words(cursor: Cursor, plan: StagingPlan, hide: Callable[[str], str], named: int) -> list[Issue]:
    """Fill `staged_word` with the meaning of each distinct word."""
    known = _known(cursor, plan, hide)
    cells, stated = dict(plan.cells), dict(plan.stated)
    found: list[Word] = []
    issues: list[Issue] = []
    for name in words.FIELDS:
        default = words.read(known, name, stated[name]) if stated.get(name) else Word(name, "", "")
        if default.problem in _UNREAD:
            issues.append(say.stated_word(default))
        found.append(replace(default, sent=""))
        if name not in cells:
            continue
        for (sent,) in cursor.execute(_DISTINCT[name]).fetchall():
            if sent.strip():
                word = words.read(known, name, sent)
                found.append(word)
                issues += _word_issues(cursor, word, default, named)
            else:
                found += [replace(default, sent=sent)] if sent else []
                issues += _empty_word(cursor, replace(default, sent=sent))
    _write_words(cursor, found)
    return issues


def _known(cursor: Cursor, plan: StagingPlan, hide: Callable[[str], str]) -> Known:
    teams = cursor.execute("select team, name from live_team order by name").fetchall()
    natures = cursor.execute("select nature from nature order by nature").fetchall()
    mapped = cursor.execute(_ANSWERED, {"source": plan.source}).fetchall()
    answers = {(field, fold(sent)): value for field, sent, value in (*mapped, *plan.values)}
    plans = cursor.execute("select plan_version from live_plan_version order by plan_version").fetchall()
    return Known(teams, [row[0] for row in natures], answers, hide, [row[0] for row in plans])


def _word_issues(cursor: Cursor, word: Word, default: Word, named: int) -> list[Issue]:
    differs = bool(default.value) and bool(word.value) and word.value != default.value
    if not word.problem and not (differs and word.field not in {"scenario", "nature"}):
        return []
    params = {"sent": word.sent, "with_aside": word.field not in _SPARED, "lines": named}
    count, lines = cursor.execute(_WHERE[word.field], params).fetchall()[0]
    if not count:
        return []
    if word.problem:
        return [say.word(word, count, tuple(lines))]
    return [say.differs(word, default, count, tuple(lines))]


def _empty_word(cursor: Cursor, word: Word) -> list[Issue]:
    """An empty cell takes the value of the whole file, which is said where it decides what counts."""
    if word.field not in {"scenario", "nature"}:
        return []
    params = {"sent": word.sent, "with_aside": True, "lines": BRIEFLY.lines}
    count, lines = cursor.execute(_WHERE[word.field], params).fetchall()[0]
    return [say.empty_word(word, count, tuple(lines))] if count else []


def _write_words(cursor: Cursor, found: Sequence[Word]) -> None:
    cursor.execute(
        "create or replace temporary table staged_word (field varchar, sent varchar, value varchar)"
    )
    cursor.execute(
        "insert into staged_word select unnest($fields), unnest($sents), unnest($values)",
        {
            "fields": [word.field for word in found],
            "sents": [word.sent for word in found],
            "values": [None if word.problem in _UNREAD else word.value for word in found],
        },
    )
    cursor.execute("create or replace temporary table staged_currency (currency varchar, digits integer)")
    cursor.execute(
        "insert into staged_currency select unnest($currencies), unnest($digits)",
        {"currencies": list(MINOR_DIGITS), "digits": list(MINOR_DIGITS.values())},
    )


def _aside(cursor: Cursor, plan: StagingPlan) -> list[Issue]:
    if not plan.set_aside:
        return []
    query = "select line from staged_aside where line not in (select line from staged_text) order by line"
    return [say.no_such_line(line) for (line,) in cursor.execute(query).fetchall()]


def _problems(cursor: Cursor, plan: StagingPlan, named: int, *, is_open: bool) -> list[Issue]:
    stated = _stated_month(plan)
    params = {
        "lines": named,
        "stated_month": stated,
        "is_open": is_open,
        "large": LARGE_MAJOR * 100,
        "most": MOST_OF_A_LINE,
        "name_letters": plan.limits.name_letters,
        "description_letters": plan.limits.description_letters,
    }
    rows = cursor.execute(statements.staging("14_problems"), params).fetchall()
    month = iso_month(stated) if stated else ""
    found = [say.Found(code, field, count, tuple(lines), sent) for code, field, count, lines, sent in rows]
    return [say.problem(one, month, plan.limits) for one in found] + _units(cursor, named)


def _units(cursor: Cursor, named: int) -> list[Issue]:
    if not cursor.execute("select 1 from staged_amount where unit != '' limit 1").fetchall():
        return []
    rows = cursor.execute(statements.staging("16_units"), {"lines": named}).fetchall()
    return [
        say.other_unit(unit, currency, say.Found("currency_sign", "amount", count, tuple(lines), sent))
        for unit, currency, count, lines, sent in rows
        if not say.is_unit_of(unit, currency)
    ]


def _duplicates(cursor: Cursor) -> tuple[Duplicates, tuple[Issue, ...]]:
    rows = cursor.execute(statements.staging("15_duplicates")).fetchall()
    if not rows:
        return (), ()
    groups = tuple(
        (tuple(lines), currency, amount) for lines, _, currency, amount, _ in rows if amount is not None
    )
    return groups, (say.duplicates([tuple(row[0]) for row in rows], int(rows[0][-1])),)


def _summary(cursor: Cursor) -> tuple[int, str, Duplicates, list[Issue]]:
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


def _most_important(issues: Sequence[Issue], most: int) -> tuple[Issue, ...]:
    """Blockers first, then warnings, each by line; beyond the most they are only counted."""
    ordered = sorted(issues, key=lambda issue: (not issue.is_blocker, issue.line or 0))
    if len(ordered) <= most:
        return tuple(ordered)
    rest = ordered[most - 1 :]
    make = blocker if any(issue.is_blocker for issue in rest) else warning
    more = make("more", f"{len(rest)} more kinds of problem.", count=sum(issue.count for issue in rest))
    return (*ordered[: most - 1], more)
