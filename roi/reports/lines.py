"""Ledger lines with their place and their file: one reading for the ledger page, the trace and the export."""

import json
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import NamedTuple

from roi.domain.periods import Span, add_months
from roi.reports.shapes import FileShare, LedgerFilter, LedgerLine
from roi.store import read


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which lines: as a `LedgerFilter`, with any number of teams; without `pay` lines of pay are left out.

    `reason` is why no team carries them; `booked_on` what they name: `team x`, `cost_centre x`, `pool x`,
    `person`, `nothing`.
    """

    span: Span | None = None
    scenario: str | None = "actual"
    source: str | None = None
    teams: Collection[str] | None = None
    area: str | None = None
    currency: str | None = None
    placed: str | None = None
    change_id: int | None = None
    pay: bool = True
    treatment: str | None = None
    nature: str | None = None
    intent: str | None = None
    category: str | None = None
    reason: str | None = None
    booked_on: Collection[str] | None = None

    @property
    def params(self) -> dict[str, object]:
        """As parameters of the `ledger_*` queries."""
        return {
            "first": self.span.first if self.span else None,
            "last": self.span.last if self.span else None,
            "scenario": self.scenario,
            "source": self.source,
            "teams": None if self.teams is None else sorted(self.teams),
            "area": self.area,
            "currency": self.currency,
            "placed": self.placed,
            "change_id": self.change_id,
            "pay": self.pay,
            "treatment": self.treatment,
            "nature": self.nature,
            "intent": self.intent,
            "category": self.category,
            "reason": self.reason,
            "booked_on": None if self.booked_on is None else sorted(self.booked_on),
        }


def wanted(asked: LedgerFilter) -> Wanted:
    """What a ledger page's filter wants."""
    return Wanted(
        asked.span,
        asked.scenario,
        asked.source,
        None if asked.team is None else (asked.team,),
        asked.area,
        asked.currency,
        asked.placed,
        asked.change_id,
    )


def spans(months: Sequence[int]) -> list[Span]:
    """Months as runs without a gap."""
    found: list[Span] = []
    for month in months:
        if found and add_months(found[-1].last, 1) == month:
            found[-1] = Span(found[-1].first, month)
        else:
            found.append(Span(month, month))
    return found


class Behind(NamedTuple):
    """What stands behind the lines wanted: sums by currency and by file, and the largest of them.

    `totals` has currency, exact sum and count; `files` are in the order of their import.
    """

    totals: tuple[tuple[str, int, int], ...]
    files: tuple[FileShare, ...]
    lines: tuple[LedgerLine, ...]


def behind(cursor: read.Cursor, want: Wanted, limit: int | None, offset: int = 0) -> Behind:
    """Sums of all lines wanted, and so many of them, largest amount first; without a limit all."""
    read.prepare(cursor, "wanted", want.params)
    read.prepare(cursor, "wanted_line")
    read.prepare(cursor, "wanted_run")
    if read.rows(cursor, "wanted_several"):
        read.prepare(cursor, "wanted_shared")
    sums = read.rows(cursor, "ledger_sums")
    return Behind(
        tuple(_total(row) for row in sums if row["currency"] is not None),
        tuple(_file(row) for row in sums if row["origin_change"] is not None),
        () if limit == 0 else _lines(cursor, limit, offset),
    )


def _total(row: read.Row) -> tuple[str, int, int]:
    return read.text(row["currency"]), read.whole(row["amount_minor"]), read.whole(row["line_count"])


def _file(row: read.Row) -> FileShare:
    at = row["recorded_at"]
    if not isinstance(at, datetime):
        message = f"expected a moment, the query gave {type(at).__name__}"
        raise TypeError(message)
    return FileShare(
        read.whole(row["origin_change"]),
        read.text(row["file_name"]),
        read.text(row["source_sha256"]),
        at,
        read.text(row["actor"]),
        read.whole(row["line_count"]),
        read.whole(row["shown_minor"] or 0),
    )


def _lines(cursor: read.Cursor, limit: int | None, offset: int) -> tuple[LedgerLine, ...]:
    window = {"limit": limit, "offset": offset}
    read.prepare(cursor, "wanted_candidate", window)
    if read.rows(cursor, "wanted_parted"):
        read.prepare(cursor, "wanted_spread")
    found = [_line(row) for row in read.rows(cursor, "ledger_lines", window)]
    told = _corrections(cursor, {line.change_id for line in found})
    return tuple(replace(line, corrected=told.get((line.change_id, line.line), "")) for line in found)


def _corrections(cursor: read.Cursor, changes: Collection[int]) -> dict[tuple[int, int], str]:
    """Change and line → what was sent in its file and what was put instead."""
    told: dict[tuple[int, int], str] = {}
    for row in read.rows(cursor, "corrections", {"changes": sorted(changes)}) if changes else ():
        change_id = read.whole(row["change_id"])
        for field, sent, value, spans in json.loads(read.text(row["corrections"])):
            shown = f"“{sent.strip()}”" if sent.strip() else "an empty cell"
            said = f"{field.replace('_', ' ')}: {shown} was sent, {value} was put instead"
            for line in _lines_of(spans):
                before = told.get((change_id, line))
                told[change_id, line] = f"{before}; {said}" if before else said
    return told


def _lines_of(spans: str) -> list[int]:
    """`3-7, 9` as numbers."""
    runs = [[int(number) for number in span.split("-")] for span in spans.split(", ")]
    return [line for run in runs for line in range(run[0], run[-1] + 1)]


def _line(row: read.Row) -> LedgerLine:
    return LedgerLine(
        change_id=read.whole(row["origin_change"]),
        file_name=read.text(row["file_name"]),
        line=read.whole(row["source_row"]),
        month=read.whole(row["month"]),
        amount=read.whole(row["amount_minor"]),
        **{name: read.text(row[name]) for name in _TEXTS},
    )


_TEXTS = (
    "source area team placed reason category supplier description scenario nature intent treatment currency"
).split()
