"""A machine of imports, mappings and undos beside a plain list of lines: what is in force, and its past.

The model holds lists of whole numbers and knows nothing of the store: what is in force, what each change
put and took away, and a copy of it all after every change.
"""

import copy
from collections.abc import Callable
from dataclasses import dataclass, field, replace

import pytest
from hypothesis import event, note
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
)

from roi.commands import keeping, mapping, undo
from roi.commands.changing.requests import Receipt
from roi.commands.mapping import AreaTarget
from roi.domain.importing import Mode
from roi.domain.periods import Span
from roi.errors import RefusedError, UnchangedError, UndoRefusedError
from roi.reports import teams
from roi.reports.shapes import Scope
from roi.store import marts
from tests.laws import ledgers
from tests.laws.ledgers import AREAS, MONTHS, TEAMS, Company, Line, grouped, placed

PLACED = (
    "select month, currency, scenario, placed, team, "
    "case when object_kind = 'team' then '' else object end, cast(sum(amount_minor) as bigint) "
    "from mart_team_cost group by all"
)
Numbered = tuple[int, int]
"""A line's identity: the import that it came with, and its place there."""


@dataclass
class Books:
    """What is in force."""

    lines: dict[Numbered, Line] = field(default_factory=dict)
    areas: dict[str, tuple[str, str]] = field(default_factory=dict)

    def sums(self) -> dict[tuple, int]:
        return grouped(placed(self.lines.values(), Company(self.areas)))


@dataclass
class Change:
    """What a change put and took away, and the change that it undoes."""

    put: dict
    took: dict
    undoes: int | None = None


class History(RuleBasedStateMachine):
    """One store and its model, side by side."""

    fresh = finance = executive = None

    def __init__(self) -> None:
        super().__init__()
        self.held = self.fresh()
        self.store = self.held.__enter__()
        self.first = self.store.version
        self.books = Books()
        self.changes: dict[int, Change] = {}
        self.past: dict[int, Books] = {self.first: Books()}
        self.imported: dict[int, list[Line]] = {}
        self.added_on_purpose: set[int] = set()

    def teardown(self) -> None:
        try:
            keeping.verify(self.store, self.finance, deep=True)
        finally:
            self.held.__exit__(None, None, None)

    # What the model knows.

    def whole(self, number: int) -> bool:
        """Whether every line of the import is in force."""
        return all((number, place) in self.books.lines for place in range(len(self.imported[number])))

    def is_known(self, found: list[Line]) -> bool:
        return any(sorted(lines) == sorted(found) and self.whole(n) for n, lines in self.imported.items())

    def in_the_way(self, found: list[Line]) -> dict[Numbered, Line]:
        cells = {(line.month, line.scenario) for line in found}
        return {key: line for key, line in self.books.lines.items() if (line.month, line.scenario) in cells}

    def undone(self, number: int) -> bool:
        return any(
            change.undoes == number and not self.undone(later) for later, change in self.changes.items()
        )

    def built_on(self, number: int) -> bool:
        """Whether a later change in force is about the same areas, or about the same months' lines."""

        def cells(change: Change) -> set:
            rows = [*change.put.items(), *change.took.items()]
            return {key if isinstance(key, str) else (row.month, row.scenario) for key, row in rows}

        mine = cells(self.changes[number])
        return any(
            later > number and not self.undone(later) and mine & cells(change)
            for later, change in self.changes.items()
        )

    def reversals(self) -> list[int]:
        """The undos that are in force."""
        return [n for n, change in self.changes.items() if change.undoes is not None and not self.undone(n)]

    def newest(self) -> int | None:
        """The last change that is in force and is no undo itself."""
        own = [n for n, change in self.changes.items() if change.undoes is None and not self.undone(n)]
        return max(own, default=None)

    def accept(self, number: int, change: Change) -> None:
        assert number == max(self.past) + 1
        self.changes[number] = change
        for what, store in ((change.took, "took"), (change.put, "put")):
            for key, value in what.items():
                where = self.books.areas if isinstance(key, str) else self.books.lines
                if store == "took":
                    del where[key]
                else:
                    where[key] = value
        self.past[number] = copy.deepcopy(self.books)
        note(f"change {number}")

    # What somebody does.

    def carry(self, work: Callable[[str], Receipt]) -> Receipt:
        """Carry out a change; the argument is the reason by which it may move closed months."""
        return work("")

    @initialize(found=ledgers.lines(currencies=["USD", "JPY"], most=6))
    def begin(self, found: list[Line]) -> None:
        self.bring_in(found, Mode.ASK)

    @rule(
        found=ledgers.lines(currencies=["USD", "JPY"], most=6),
        mode=st.sampled_from([Mode.ASK, Mode.REPLACE, Mode.ADD]),
    )
    def bring_in(self, found: list[Line], mode: Mode) -> None:
        old = self.in_the_way(found)
        if self.is_known(found) or (old and mode is Mode.ASK):
            with pytest.raises(RefusedError, match="already"):
                ledgers.bring_in(self.store, self.finance, found, mode)
            return
        number = self.carry(
            lambda restated: ledgers.bring_in(self.store, self.finance, found, mode, restatement=restated)
        ).change_id
        event(f"import {mode.value}, {'over' if old else 'new'}")
        self.imported[number] = found
        if mode is Mode.ADD:
            self.added_on_purpose.add(number)
        put = {(number, place): line for place, line in enumerate(found)}
        self.accept(number, Change(put, old if mode is Mode.REPLACE else {}))

    @precondition(lambda self: self.imported)
    @rule(data=st.data(), mode=st.sampled_from([Mode.ASK, Mode.REPLACE, Mode.ADD]))
    def repeat(self, data: st.DataObject, mode: Mode) -> None:
        """The same lines once more, in another order."""
        found = self.imported[data.draw(st.sampled_from(sorted(self.imported)))]
        self.bring_in(found[::-1], mode)

    @rule(data=st.data(), team=st.sampled_from(["", "pool", *sorted(TEAMS)]))
    def send(self, data: st.DataObject, team: str) -> None:
        """Map an area to a team or a pool, or take it back to suspense."""
        there = {line.area for line in self.books.lines.values() if line.area}
        area = data.draw(st.sampled_from(sorted(there) or AREAS))
        kind = {"": "", "pool": "pool"}.get(team, "team")
        target = AreaTarget(area, kind, "Rent" if kind == "pool" else team)
        is_there = any(line.area == area for line in self.books.lines.values()) or area in self.books.areas
        held = self.books.areas.get(area)
        wanted = (kind, target.value) if kind else None
        if not is_there or held == wanted:
            with pytest.raises((RefusedError, UnchangedError)):
                mapping.map_areas(self.store, self.finance, ledgers.SOURCE, [target])
            return
        number = self.carry(
            lambda restated: mapping.map_areas(
                self.store, self.finance, ledgers.SOURCE, [target], restatement=restated
            )
        ).change_id
        put = {area: wanted} if wanted else {}
        self.accept(number, Change(put, {area: held} if held else {}))

    @precondition(lambda self: self.changes)
    @rule(data=st.data())
    def undo_any(self, data: st.DataObject) -> None:
        """Any change may be undone or refused; either way the books are as the model says."""
        number = data.draw(st.sampled_from(sorted(self.changes)))
        self.reverse(number, must=False)

    @precondition(lambda self: self.reversals())
    @rule(data=st.data())
    def undo_an_undo(self, data: st.DataObject) -> None:
        self.reverse(data.draw(st.sampled_from(self.reversals())), must=False)

    @precondition(lambda self: any(self.undone(number) for number in self.imported))
    @rule(data=st.data())
    def correct_what_was_undone(self, data: st.DataObject) -> None:
        """The usual reason for an undo: the file comes again with other amounts."""
        gone = [number for number in sorted(self.imported) if self.undone(number)]
        found = self.imported[data.draw(st.sampled_from(gone))]
        # Towards nought: one more than the largest amount would be refused, and rightly.
        self.bring_in(
            [replace(line, minor=line.minor + (-1 if line.minor > 0 else 1)) for line in found], Mode.ASK
        )

    @precondition(lambda self: self.newest() is not None)
    @rule()
    def undo_newest(self) -> None:
        """What nothing was built on can be undone."""
        self.reverse(self.newest(), must=True)

    def reverse(self, number: int, *, must: bool) -> None:
        change = self.changes[number]
        try:
            receipt = self.carry(
                lambda restated: undo.undo(self.store, self.finance, number, restatement=restated)
            )
        except UndoRefusedError:
            assert not must, f"change {number} is the newest in force"
            assert self.undone(number) or self.built_on(number), f"nothing was built on change {number}"
            event("undo refused")
            return
        event("undo of an undo" if change.undoes else "undo")
        assert not self.undone(number)
        for key, value in change.put.items():
            where = self.books.areas if isinstance(key, str) else self.books.lines
            assert where[key] == value, f"{key} was no longer there"
        self.accept(receipt.change_id, Change(dict(change.took), dict(change.put), number))

    # What must hold.

    @rule(data=st.data())
    def look_back(self, data: st.DataObject) -> None:
        """T9: the past is what it was."""
        number = data.draw(st.sampled_from(sorted(self.past)))
        with self.store.snapshot() as cursor:
            marts.rebuild_as_of(cursor, number)
            assert self.seen(cursor) == self.past[number].sums()

        self.look_at_a_report()

    def look_at_a_report(self) -> None:
        report = teams.build(self.store, self.executive, Scope(Span(MONTHS[0], MONTHS[-1]), None, "USD"))
        lines = self.books.lines.values()
        mine = [line for line in lines if line.currency == "USD" and line.scenario == "actual"]
        assert sum(report.by_month_ledger) == sum(line.minor for line in mine)

    @invariant()
    def the_books_are_the_model(self) -> None:
        assert self.store.version == max(self.past)
        with self.store.snapshot() as cursor:
            assert self.seen(cursor) == self.books.sums()

    @invariant()
    def no_month_is_there_twice(self) -> None:
        """Lines of two imports stand side by side in a month only where somebody said so (D20)."""
        owners: dict[tuple[int, str], set[int]] = {}
        for (number, _), line in self.books.lines.items():
            if number not in self.added_on_purpose:
                owners.setdefault((line.month, line.scenario), set()).add(number)
        assert all(len(imports) == 1 for imports in owners.values())

    @staticmethod
    def seen(cursor: object) -> dict[tuple, int]:
        return {tuple(row[:-1]): row[-1] for row in cursor.execute(PLACED).fetchall()}
