"""Finance lines that value is claimed on, their cells, and the months that cap every claim (rule V8)."""

from collections.abc import Sequence

from roi.actors import Action, Actor
from roi.commands import line_checks, recording, records
from roi.commands.held import Held
from roi.commands.recording import Work
from roi.commands.requests import Receipt
from roi.commands.structure import refuse
from roi.domain.value import FinanceLine, LineCell, LineMonth
from roi.store.changes import NewChange
from roi.store.database import Store
from roi.store.read import Cursor

SAVE_LINES, SAVE_LINE_MONTHS = "save finance lines", "save months of finance lines"
"""The kinds of change that this module makes."""


def save_lines(
    store: Store,
    actor: Actor,
    lines: Sequence[FinanceLine],
    cells: Sequence[LineCell] = (),
    based_on: int | None = None,
) -> Receipt:
    """Create finance lines and their cells, or change those whose key exists, in one change.

    Raises:
        RefusedError: two cells of a line hold the same segment, no currency; every issue is carried.
        ConflictError: somebody changed one of them since it was opened (`based_on`).
    """
    actor.require(Action.CONFIRM_VALUE)

    def decide(cursor: Cursor) -> Work:
        held = Held(cursor)
        by_key = {one.key: one for one in lines}
        refuse((*line_checks.line_issues(held, lines), *line_checks.cell_issues(held, by_key, cells)))
        puts = (records.put("finance_line", lines, based_on), records.put("line_cell", cells, based_on))
        return Work(puts)

    new = NewChange(actor, SAVE_LINES, detail={"lines": len(lines), "cells": len(cells)})
    return recording.record(store, new, decide)


def save_line_months(
    store: Store, actor: Actor, months: Sequence[LineMonth], based_on: int | None = None
) -> Receipt:
    """Say what cells showed in months beside their baselines; the difference caps every claim on them.

    Raises:
        RefusedError: a cell that is not there, a month twice; every issue is carried.
        ConflictError: somebody changed one of them since it was opened (`based_on`).
    """
    actor.require(Action.CONFIRM_VALUE)

    def decide(cursor: Cursor) -> Work:
        refuse(tuple(line_checks.month_issues(Held(cursor), months)))
        return Work((records.put("line_month", months, based_on),))

    new = NewChange(actor, SAVE_LINE_MONTHS, detail={"months": len(months)})
    return recording.record(store, new, decide)
