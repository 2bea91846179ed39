"""Reading the store: named queries as rows, and the stored records as the domain knows them.

Everything reads through the cursor of one snapshot, so that one answer sees one version (decision D12).
Rows come by `fetchall`, never through a frame, so that money stays an exact integer (decision D4).
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager
from typing import TypeVar

import duckdb

from roi.actors import Actor, Role
from roi.domain.structure import (
    Company,
    Confirmation,
    Epic,
    Outcome,
    Team,
    TeamKind,
    Tick,
    Told,
)
from roi.store import marts, statements
from roi.store import records as cells
from roi.store.statements import parsed
from roi.store.tables import COUNTS, LATEST_CHANGES, LATEST_SETTING, LIVE_ROWS, LIVE_ROWS_ABOUT, NAMES, TABLES

Cursor = duckdb.DuckDBPyConnection
"""What a snapshot hands out; named here so that nobody else needs to know the engine."""

text, whole, day = cells.text, cells.whole, cells.day
"""How single cells of rows are read."""

Row = dict[str, object]
T = TypeVar("T")

COMPANY_NAME, COMPANY_CURRENCY, FISCAL_START = "company_name", "currency", "fiscal_start"
"""The settings that describe the company."""

SETTINGS_OF_FIGURES = "settings of figures"


def rows(cursor: Cursor, query_name: str, params: Mapping[str, object] | None = None) -> list[Row]:
    """The rows of `queries/<query_name>.sql`, each as column name to value; sums are whole numbers."""
    result = cursor.execute(statements.query(query_name), dict(params or {}))
    names = [column[0] for column in result.description or ()]
    return [dict(zip(names, row, strict=True)) for row in result.fetchall()]


def plain_rows(
    cursor: Cursor, query_name: str, params: Mapping[str, object] | None = None
) -> list[tuple[object, ...]]:
    """The same without names, in the order of the query's columns: for queries that give very many rows."""
    return cursor.execute(statements.query(query_name), dict(params or {})).fetchall()


def prepare(cursor: Cursor, query_name: str, params: Mapping[str, object] | None = None) -> None:
    """Run a query file that only makes ready what later queries on this cursor read or go by."""
    cursor.execute(statements.query(query_name), dict(params or {}))


def version(cursor: Cursor) -> int:
    """The latest change that this snapshot sees; 0 while there is none."""
    return whole(cursor.execute(parsed(statements.VERSION)).fetchall()[0][0])


def newest(cursor: Cursor) -> tuple[int, str]:
    """The latest change that this snapshot sees, and its hash: no two states of any store share that."""
    change, its_hash = cursor.execute(parsed(statements.NEWEST)).fetchall()[0]
    return change or 0, its_hash or ""


def head(cursor: Cursor) -> str:
    """The hash of the latest change that this snapshot sees."""
    return newest(cursor)[1]


def hash_of(cursor: Cursor, change_id: int) -> str:
    """The hash of one change: with it, what the store held after that change is known for good."""
    return "".join(text(row["sha256"]) for row in rows(cursor, "change_hash", {"change_id": change_id}))


def latest_changes(cursor: Cursor) -> dict[str, int]:
    """Each temporal table and the ledger with the latest change that added or ended a row of it; 0: none.

    Settings stand there a second time without the company's name, which no figure rests on.
    """
    found = cursor.execute(parsed(LATEST_CHANGES)).fetchall()
    _, settings = cursor.execute(parsed(LATEST_SETTING), {"name": COMPANY_NAME}).fetchall()[0]
    latest = {text(table): whole(change) for table, change in found}
    return dict.fromkeys(TABLES, 0) | latest | {SETTINGS_OF_FIGURES: whole(settings)}


def look_back(cursor: Cursor, change_id: int, *, pay_as_now: bool = False) -> None:
    """Make this cursor see the store as it was after that change.

    With `pay_as_now` what is known to be pay today is pay then too: looking back before it was declared
    would show it.
    """
    if pay_as_now:
        prepare(cursor, "pay_as_now")
    marts.rebuild_as_of(cursor, change_id)


@contextmanager
def as_at(cursor: Cursor, change_id: int) -> Iterator[None]:
    """For a while this cursor's live tables are those after that change; its marts stay as they are."""
    before = cursor.execute("select getvariable('as_of')").fetchall()[0][0]
    cursor.execute("set variable as_of = $change_id", {"change_id": change_id})
    try:
        yield
    finally:
        cursor.execute("set variable as_of = $change_id", {"change_id": before})


def look_in(cursor: Cursor, currency: str, *, is_converted: bool) -> None:
    """Say what the `shown_*` views of this cursor show: one currency, or all in the reporting currency."""
    cursor.execute("set variable in_currency = $currency", {"currency": currency})
    cursor.execute("set variable is_converted = $is_converted", {"is_converted": is_converted})


def table(cursor: Cursor, name: str, about: Iterable[str] | None = None) -> list[Row]:
    """The live rows of a temporal table, with the change that added each.

    `about` takes only rows of which the first part of the key is one of these.
    """
    names = (*TABLES[name].columns, "added_by")
    return [dict(zip(names, row, strict=True)) for row in _live(cursor, name, about)]


def records(
    cursor: Cursor, name: str, kind: type[T], key: str = "key", about: Iterable[str] | None = None
) -> list[T]:
    """The live rows of a temporal table as records; `key` is the column that the record calls its key.

    `about` takes only rows of which the first part of the key is one of these.
    """
    return cells.made(kind, (*TABLES[name].columns, "added_by"), _live(cursor, name, about), key)


def _live(cursor: Cursor, name: str, about: Iterable[str] | None) -> list[tuple[object, ...]]:
    if about is None:
        return cursor.execute(parsed(LIVE_ROWS[name])).fetchall()
    return cursor.execute(parsed(LIVE_ROWS_ABOUT[name]), {"about": sorted(set(about))}).fetchall()


def counts(cursor: Cursor) -> dict[str, tuple[int, int | None]]:
    """How many live rows each temporal table has, and the latest change that added one; None: no row."""
    found = cursor.execute(parsed(COUNTS)).fetchall()
    return {text(name): (whole(count), change) for name, count, change in found}


def settings(cursor: Cursor) -> dict[str, str]:
    """The company's settings by name."""
    return {text(row["name"]): text(row["value"]) for row in table(cursor, "setting")}


def company(cursor: Cursor) -> Company | None:
    """The company, or None until it is named."""
    found = settings(cursor)
    if not found.get(COMPANY_NAME):
        return None
    return Company(
        found[COMPANY_NAME],
        found.get(COMPANY_CURRENCY, ""),
        int(found.get(FISCAL_START) or 1),
    )


def members(cursor: Cursor) -> tuple[Actor, ...]:
    """The stored members with their roles, by name."""
    return tuple(
        Actor(text(row["name"]), frozenset(Role(role) for role in text(row["roles"]).split(",") if role))
        for row in table(cursor, "member")
    )


def teams(cursor: Cursor) -> tuple[Team, ...]:
    """Every team, by key."""
    return tuple(
        Team(
            key=text(row["team"]),
            name=text(row["name"]),
            kind=TeamKind(text(row["kind"])),
            value_stream=text(row["value_stream"]),
            division=text(row["division"]),
            starts=_kept(row["starts"], int),
            ends=_kept(row["ends"], int),
        )
        for row in table(cursor, "team")
    )


def natures(cursor: Cursor) -> tuple[str, ...]:
    """Every nature that a line may have (rule V1)."""
    return tuple(text(row["nature"]) for row in rows(cursor, "natures"))


def names(cursor: Cursor, of: str, keys: Collection[str]) -> dict[str, str]:
    """What some epics, outcomes or teams are called, by key; an outcome by its measure."""
    return dict(cursor.execute(parsed(NAMES[of]), {"keys": sorted(keys)}).fetchall()) if keys else {}


def epics(cursor: Cursor) -> tuple[Epic, ...]:
    """Every epic, by key."""
    return tuple(records(cursor, "epic", Epic, key="epic"))


def outcomes(cursor: Cursor, about: Iterable[str] | None = None) -> tuple[Outcome, ...]:
    """Every outcome, or those of these keys, by key."""
    return tuple(records(cursor, "outcome", Outcome, "outcome", about))


def told_when_confirmed(
    cursor: Cursor, outcome: str = "", *, only_edited: bool = False
) -> dict[tuple[str, Tick], Told | None]:
    """For each live tick the outcome and its epic's delivery as they stood when the tick was given.

    `outcome` takes only the ticks of this one; `only_edited` leaves out those of which both still stand as
    they did, which is nearly all. None: the outcome was not there yet.
    """
    asked = {"outcome": outcome, "only_edited": only_edited}
    then = cursor.execute(statements.query("outcomes_when_confirmed"), asked)
    names = [column[0] for column in then.description or ()]
    versions = then.fetchall()
    place = names.index("outcome"), names.index("added_by")
    made = cells.made(Outcome, names, versions, "outcome")
    held = {(row[place[0]], row[place[1]]): one for row, one in zip(versions, made, strict=True)}
    ticks = cursor.execute(statements.query("ticks_when_confirmed"), asked).fetchall()
    return {
        (text(key), Tick(tick)): None if version is None else Told(held[key, version], delivered)
        for key, tick, version, delivered in ticks
    }


def confirmations(cursor: Cursor, about: Iterable[str] | None = None) -> tuple[Confirmation, ...]:
    """Every tick, or those of these outcomes, by outcome and tick."""
    return tuple(records(cursor, "confirmation", Confirmation, "outcome", about))


def _kept(cell: object, kind: type[T]) -> T | None:
    return cell if isinstance(cell, kind) else None
