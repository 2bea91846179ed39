"""Finance lines that value is claimed on, their cells, and the months that cap every claim (rule V8)."""

from collections.abc import Collection, Sequence

from roi.actors import Action, Actor
from roi.commands.changing import recording, records
from roi.commands.changing.held import Held
from roi.commands.changing.recording import Work, refuse
from roi.commands.changing.requests import Receipt
from roi.commands.checks import frozen, line_checks, settled
from roi.domain.value import FinanceLine, LineCell, LineMonth
from roi.errors import Issue, UnknownKeyError
from roi.store import read
from roi.store.changes import End, NewChange
from roi.store.database import Store
from roi.store.read import Cursor

SAVE_LINES, SAVE_LINE_MONTHS = "save finance lines", "save months of finance lines"
REMOVE_LINE, REMOVE_CELL = "remove a finance line", "remove a segment of a finance line"
"""The kinds of change that this module makes."""

CellKey = tuple[str, str]
"""A cell: its line's key and its own."""
MonthKey = tuple[str, str, int]
"""A month of a cell: line, cell, month as in 202609."""


def save_lines(  # noqa: PLR0913 - what is kept and what goes are one change
    store: Store,
    actor: Actor,
    lines: Sequence[FinanceLine],
    cells: Sequence[LineCell] = (),
    based_on: int | None = None,
    *,
    gone: Collection[CellKey] = (),
    restatement: str = "",
) -> Receipt:
    """Create finance lines and their cells, or change those whose key exists, in one change.

    The cells that are `gone` are taken away with their months, unless something is claimed on them. With a
    `restatement`, what was wrong, closed months of what is claimed on them move (see `recording.named`).

    Raises:
        ClosedMonthError: another kind of a line would move confirmed money into cash or out of it, and it
            is no named restatement.
        RefusedError: two cells of a line hold the same segment, no currency; every issue is carried.
        ConflictError: somebody changed one of them since it was opened (`based_on`).
    """
    actor.require(Action.CONFIRM_VALUE)

    def decide(cursor: Cursor) -> Work:
        held = Held(cursor)
        by_key = {one.key: one for one in lines}
        issues = line_checks.cell_issues(held, by_key, cells, gone=gone)
        found = (*line_checks.line_issues(held, lines), *issues, *line_checks.claim_issues(held, gone))
        frozen.require(actor, settled.unless_restated(found, restatement), settled.CODE)
        puts = (records.put("finance_line", lines, based_on), records.put("line_cell", cells, based_on))
        return Work(puts, _ends(held, gone, based_on))

    detail = {"lines": len(lines), "cells": len(cells), **({"removed": len(gone)} if gone else {})}
    told = recording.named(actor, restatement)
    return recording.record(store, NewChange(actor, SAVE_LINES, detail=detail, restatement=told), decide)


def _ends(held: Held, cells: Collection[CellKey], based_on: int | None) -> tuple[End, ...]:
    """The ends of cells and of every month that is held of them."""
    months = [
        (read.text(row["line"]), read.text(row["cell"]), read.whole(row["month"]))
        for row in (read.table(held.cursor, "line_month") if cells else ())
    ]
    its = tuple(key for key in months if key[:2] in cells)
    return (End("line_month", its, based_on), End("line_cell", tuple(cells), based_on))


def remove_line(store: Store, actor: Actor, line: str, based_on: int | None = None) -> Receipt:
    """Take a finance line away with its cells and their months; undo brings all of it back.

    Raises:
        UnknownKeyError: there is no such line.
        RefusedError: something is claimed on it; the issue says what.
        ConflictError: somebody changed the line, a cell or a month since it was looked at (`based_on`).
    """
    actor.require(Action.CONFIRM_VALUE)

    def decide(cursor: Cursor) -> Work:
        held = Held(cursor)
        if line not in held.lines:
            message = f"There is no finance line “{line}”."
            raise UnknownKeyError(message)
        cells = tuple(key for key in held.cells if key[0] == line)
        refuse(tuple(line_checks.line_claim_issues(held, line)))
        return Work(ends=(End("finance_line", ((line,),), based_on), *_ends(held, cells, based_on)))

    return recording.record(store, NewChange(actor, REMOVE_LINE, detail={"line": line}), decide)


def remove_cell(store: Store, actor: Actor, cell: CellKey, based_on: int | None = None) -> Receipt:
    """Take one cell of a line away with its months; undo brings them back.

    Raises:
        UnknownKeyError: there is no such cell.
        RefusedError: something is claimed on it; the issue says what.
        ConflictError: somebody changed the cell or a month of it since it was looked at (`based_on`).
    """
    actor.require(Action.CONFIRM_VALUE)

    def decide(cursor: Cursor) -> Work:
        held = Held(cursor)
        if cell not in held.cells:
            message = f"The finance line “{cell[0]}” has no segment “{cell[1]}”."
            raise UnknownKeyError(message)
        refuse(tuple(line_checks.claim_issues(held, [cell])))
        return Work(ends=_ends(held, [cell], based_on))

    detail = {"line": cell[0], "cell": cell[1]}
    return recording.record(store, NewChange(actor, REMOVE_CELL, detail=detail), decide)


def save_line_months(  # noqa: PLR0913 - what is kept and what goes are one change
    store: Store,
    actor: Actor,
    months: Sequence[LineMonth],
    based_on: int | None = None,
    *,
    gone: Collection[MonthKey] = (),
    unread: Sequence[Issue] = (),
    restatement: str = "",
) -> Receipt:
    """Say what cells showed in months beside their baselines; the difference caps every claim on them.

    Months that are `gone` are taken away: the cell is not known in them any more. `unread` is what a form
    could not read: it is refused together with all else. With a `restatement`, what was wrong, closed months
    of what is claimed on them move (see `recording.named`).

    Raises:
        RefusedError: a cell that is not there, a month twice; every issue is carried.
        ConflictError: somebody changed one of them since it was opened (`based_on`).
    """
    actor.require(Action.CONFIRM_VALUE)

    def decide(cursor: Cursor) -> Work:
        refuse((*unread, *line_checks.month_issues(Held(cursor), months)))
        puts = (records.put("line_month", months, based_on),)
        return Work(puts, (End("line_month", tuple(gone), based_on),))

    detail = {"months": len(months), **({"removed": len(gone)} if gone else {})}
    told = recording.named(actor, restatement)
    new = NewChange(actor, SAVE_LINE_MONTHS, detail=detail, restatement=told)
    return recording.record(store, new, decide)
