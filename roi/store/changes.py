"""The one write path: every change of data is a numbered change in one transaction (law T9).

A change puts rows and ends rows, brings the marts of the touched months up to date, checks that no cent
was lost (law T1), and is chained by hash to the change before it.
"""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

import duckdb

from roi.actors import Action, Actor
from roi.errors import StoreDamagedError
from roi.store import chain, clock, closing, marts, references, seen, statements
from roi.store.statements import parsed
from roi.store.tables import END, FIND, NOW, PUT, TABLES, Temporal, end_many, put_many

Row = Mapping[str, object]

_STRUCTURE = frozenset({"team", "team_structure"})
"""Tables that say in which value stream and division a team stood (decision D5)."""

_FEW, _AT_ONCE = 40, 250
"""Above so many rows they are put together, and so many in one statement."""


@dataclass(frozen=True, slots=True)
class Put:
    """Rows to put into a temporal table; a live row with the same key is ended first.

    `based_on` is the change up to which the editor had seen the rows; one changed since is a conflict.
    """

    table: str
    rows: tuple[Row, ...]
    based_on: int | None = None


@dataclass(frozen=True, slots=True)
class End:
    """Keys whose live rows end; `based_on` as for a put."""

    table: str
    keys: tuple[tuple[object, ...], ...]
    based_on: int | None = None


@dataclass(frozen=True, slots=True)
class NewChange:
    """What is to be recorded about a change, besides its rows.

    `live_hashes` are content hashes that may be live only once (decision D8); `restatement` is the reason
    by which a change may move the figures of closed months (decision D11).
    """

    actor: Actor
    kind: str
    reason: str = ""
    source_name: str = ""
    source_sha256: str = ""
    detail: Mapping[str, object] | None = None
    undoes: int | None = None
    restatement: str = ""
    live_hashes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Recorded:
    """A change as it was recorded."""

    change_id: int
    at: datetime
    rows_added: int
    rows_removed: int
    content_sha256: str


class Recorder:
    """Collects the effects of one change inside its transaction, then seals it."""

    def __init__(self, cursor: duckdb.DuckDBPyConnection, new: NewChange) -> None:
        """Take the next number."""
        self.cursor = cursor
        self.new = new
        self.change_id = int(cursor.execute(parsed(statements.VERSION)).fetchall()[0][0]) + 1
        self.touched: set[int] = set()
        self.tables: set[str] = set()
        self.gone: set[str] = set()
        self.moved: list[closing.Moved] = []
        cursor.execute("create or replace temporary table touched_month (month integer)")

    def put(self, put: Put) -> None:
        """Put rows, ending live ones with the same key.

        Raises:
            ConflictError: a row changed since the editor read it.
        """
        table = TABLES[put.table]
        keys = {tuple(row[name] for name in table.keys) for row in put.rows}
        if len(put.rows) > _FEW and len(keys) == len(put.rows):
            self._put_many(table, put)
            return
        for row in put.rows:
            seen.require_row(self.cursor, table, row, put.based_on)
            self.put_one(table, row)

    def _put_many(self, table: Temporal, put: Put) -> None:
        """The same as one by one, in few statements: a long list comes in within seconds."""
        width = len(table.keys)
        held = {row[:width]: row for row in self.cursor.execute(parsed(NOW[table.name])).fetchall()}
        ended: list[object] = []
        added: list[object] = []
        for row in put.rows:
            cells = tuple(row[name] for name in table.columns)
            there = held.get(cells[:width])
            if there is not None and put.based_on is not None and there[-1] > put.based_on:
                raise seen.conflict(self.cursor, table, row, there)
            if there is not None and there[:-1] == cells:
                continue
            if there is not None:
                ended += cells[:width]
            added += (*cells, self.change_id)
        if added:
            self.tables.add(table.name)
        self._in_parts(end_many, table, (self.change_id,), (ended, width))
        self._in_parts(put_many, table, (), (added, len(table.columns) + 1))

    def _in_parts(
        self,
        statement: Callable[[Temporal, int], str],
        table: Temporal,
        first: tuple[object, ...],
        cells: tuple[list[object], int],
    ) -> None:
        every, width = cells
        for start in range(0, len(every), width * _AT_ONCE):
            part = every[start : start + width * _AT_ONCE]
            self.cursor.execute(statement(table, len(part) // width), [*first, *part])

    def put_one(self, table: Temporal, row: Row) -> None:
        """Put one row; one that is there unchanged stays as it is."""
        key = [row[name] for name in table.keys]
        payload = tuple(row[name] for name in table.columns)
        found = self.cursor.execute(parsed(FIND[table.name]), key).fetchall()
        if found and found[0][:-1] == payload:
            return
        if found:
            self.cursor.execute(parsed(END[table.name]), [self.change_id, *key])
        self.tables.add(table.name)
        self.cursor.execute(parsed(PUT[table.name]), [*payload, self.change_id])

    def end(self, end: End) -> None:
        """End the live rows with these keys.

        Raises:
            ConflictError: one changed since the editor read it.
        """
        for key in end.keys:
            seen.require(self.cursor, end.table, [key], end.based_on)
            self.end_one(end.table, list(key))

    def end_one(self, table: str, key: list[object]) -> None:
        """End the live row with this key, if there is one."""
        self.tables.add(table)
        self.gone.add(table)
        self.cursor.execute(parsed(END[table]), [self.change_id, *key])

    def touch(self, months: Sequence[int]) -> None:
        """Say which months' figures this change moves."""
        self.touched.update(months)

    def seal(self) -> Recorded:
        """Bring marts up to date, check the laws, chain and record the change."""
        self._refresh()
        lost = marts.lost_by_month(self.cursor, sorted(self.touched))
        if lost:
            message = f"The change would lose money between the ledger and the teams: {lost[:3]}"
            raise StoreDamagedError(message)
        lines = {"cost_line"} if self.touched else set[str]()
        references.check(self.cursor, self.tables | lines, self.gone)
        for digest in self.new.live_hashes:
            insert = "insert into live_hash (sha256, change_id) values (?, ?)"
            self.cursor.execute(insert, [digest, self.change_id])
        return self._record()

    def _refresh(self) -> None:
        """Bring the marts up to date, and see which closed figures move, also of streams and value."""
        months, is_moved = sorted(self.touched), bool(self.tables & _STRUCTURE)
        streams = closing.rollups(self.cursor, self.change_id - 1) if is_moved else {}
        if months:
            marts.touch(self.cursor, months)
            before = closing.figures(self.cursor)
            marts.refresh(self.cursor, months)
            self.moved = closing.moved(before, closing.figures(self.cursor))
        if is_moved:
            self.moved += closing.moved(streams, closing.rollups(self.cursor, self.change_id))
        if "exchange_rate" in self.tables:
            its = [closing.rates(self.cursor, change) for change in (self.change_id - 1, self.change_id)]
            self.moved += closing.moved(*its)
        if self.moved and not self.new.restatement:
            shows_pay = self.new.actor.may(Action.READ_PAY)
            names = dict(self.cursor.execute("select team, name from live_team").fetchall())
            closing.require_restatement(self.moved, names, shows_pay=shows_pay)

    def _detail(self) -> dict[str, object]:
        detail = dict(self.new.detail or {})
        if self.new.restatement:
            detail["restatement"] = self.new.restatement
            detail["moved"] = [one.as_detail() for one in self.moved]
        return detail

    def _record(self) -> Recorded:
        content = chain.content(self.cursor, self.change_id, self.tables)
        at = clock.now(self.cursor)
        header = {
            "change_id": self.change_id,
            "recorded_at": at,
            "actor": self.new.actor.name,
            "role": ",".join(sorted(self.new.actor.roles)),
            "kind": self.new.kind,
            "reason": self.new.reason,
            "source_name": self.new.source_name,
            "source_sha256": self.new.source_sha256,
            "detail": json.dumps(self._detail(), sort_keys=True),
            "undoes": self.new.undoes,
            **content.as_columns(),
        }
        chain.record(self.cursor, header)
        return Recorded(
            self.change_id,
            at,
            content.rows_added,
            content.rows_removed,
            content.sha256,
        )


def record_rows(
    cursor: duckdb.DuckDBPyConnection,
    new: NewChange,
    puts: Sequence[Put] = (),
    ends: Sequence[End] = (),
    months: Sequence[int] = (),
) -> Recorded:
    """A change that only puts and ends rows of small tables, with the months whose figures it moves."""
    recorder = Recorder(cursor, new)
    for end in ends:
        recorder.end(end)
    for put in puts:
        recorder.put(put)
    recorder.touch(months)
    return recorder.seal()
