"""What the lines of a file are booked on: each combination of words once, and what each word means."""

from collections.abc import Callable, Sequence
from dataclasses import replace

import duckdb

from roi.domain.importing import StagingPlan
from roi.domain.money import MINOR_DIGITS
from roi.domain.names import fold
from roi.errors import Issue
from roi.store import staging_issues_cells as say
from roi.store import staging_words as words
from roi.store import statements
from roi.store.staging_issues import BRIEFLY
from roi.store.staging_words import Known, Word
from roi.store.statements import parsed

Cursor = duckdb.DuckDBPyConnection
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
_KEYS_ASIDE = (
    "update staged_cell set key = hash(key, aside.reason) "
    "from staged_aside as aside where staged_cell.line = aside.line"
)
_REKEY = "update staged_cell set key = hash(key, 'apart') where record in (select record from staged_stray)"
_SPARED = frozenset({"team", "cost_centre", "pool", "category", "person_key"})
"""Fields whose problem a line that is set aside may have: it goes to suspense whatever it names."""
_UNREAD = frozenset({"unknown", "name", "total"})


def find(cursor: Cursor, *, are_keys_exact: bool) -> None:
    """Make `staged_booking`; where words of two kinds share a key by chance, the later ones get another."""
    if not are_keys_exact:
        cursor.execute(parsed(_KEYS_ASIDE))
    cursor.execute(statements.staging("9_bookings"))
    while not are_keys_exact and cursor.execute(statements.staging("9_strays")).fetchall()[0][0]:
        cursor.execute(parsed(_REKEY))
        cursor.execute(statements.staging("9_bookings"))


def understand(cursor: Cursor, plan: StagingPlan, hide: Callable[[str], str], named: int) -> list[Issue]:
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
        for (sent,) in cursor.execute(parsed(_DISTINCT[name])).fetchall():
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
    mapped = cursor.execute(parsed(_ANSWERED), {"source": plan.source}).fetchall()
    answers = {(field, fold(sent)): value for field, sent, value in (*mapped, *plan.values)}
    plans = cursor.execute("select plan_version from live_plan_version order by plan_version").fetchall()
    return Known(teams, [row[0] for row in natures], answers, hide, [row[0] for row in plans])


def _word_issues(cursor: Cursor, word: Word, default: Word, named: int) -> list[Issue]:
    differs = bool(default.value) and bool(word.value) and word.value != default.value
    if not word.problem and not (differs and word.field not in {"scenario", "nature"}):
        return []
    params = {"sent": word.sent, "with_aside": word.field not in _SPARED, "lines": named}
    count, lines = cursor.execute(parsed(_WHERE[word.field]), params).fetchall()[0]
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
    count, lines = cursor.execute(parsed(_WHERE[word.field]), params).fetchall()[0]
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
