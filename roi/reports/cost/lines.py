"""Ledger lines with their place and their file: one reading for the ledger page, the trace and the export."""

import json
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from sys import intern
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
    def is_of_few(self) -> bool:
        """Whether it wants little of what there is: of named teams, or of what no team carries."""
        return self.teams is not None or self.placed not in {None, "team"}

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


class OfMonth(NamedTuple):
    """The same of one month; of a file whose amount is not known, because a rate is missing, it is None."""

    totals: tuple[tuple[str, int, int], ...]
    files: tuple[tuple[FileShare, int | None], ...]
    lines: tuple[LedgerLine, ...]


def behind(cursor: read.Cursor, want: Wanted, limit: int | None, offset: int = 0) -> Behind:
    """Sums of all lines wanted, and so many of them, largest amount first; without a limit all."""
    months = _sums(cursor, want)
    return together(months.values(), () if limit == 0 else _lines(cursor, limit, offset))


def by_month(cursor: read.Cursor, want: Wanted, limit: int) -> dict[int, OfMonth]:
    """The same of each month that has any by itself, with so many of its own largest lines."""
    months = _sums(cursor, want)
    lines: dict[int, list[LedgerLine]] = {}
    for line in _lines(cursor, limit, by_month=True) if limit else ():
        lines.setdefault(line.month, []).append(line)
    return {month: one._replace(lines=tuple(lines.get(month, ()))) for month, one in months.items()}


def by_size(line: LedgerLine) -> tuple[int, int, int, int]:
    """The order of lines: the largest first, then as they came."""
    return -abs(line.amount), line.month, line.change_id, line.line


def together(months: Iterable[OfMonth], largest: tuple[LedgerLine, ...]) -> Behind:
    """The sums of several months as one, with the largest lines of all of them."""
    totals: dict[str, tuple[int, int]] = {}
    files: dict[int, tuple[FileShare, int | None]] = {}
    for one in months:
        for currency, amount, count in one.totals:
            before = totals.get(currency, (0, 0))
            totals[currency] = before[0] + amount, before[1] + count
        for file, known in one.files:
            files[file.change_id] = _added(files.get(file.change_id), file, known)
    return Behind(
        tuple((currency, *totals[currency]) for currency in sorted(totals)),
        tuple(replace(file, amount=known or 0) for _, (file, known) in sorted(files.items())),
        largest,
    )


def _added(
    before: tuple[FileShare, int | None] | None, file: FileShare, known: int | None
) -> tuple[FileShare, int | None]:
    if before is None:
        return file, known
    share, amount = before
    whole = None if amount is None or known is None else amount + known
    return replace(share, lines=share.lines + file.lines), whole


def _sums(cursor: read.Cursor, want: Wanted) -> dict[int, OfMonth]:
    """The sums of each month; what they are made of stands ready on the cursor then."""
    read.prepare(cursor, "wanted", want.params)
    read.prepare(cursor, "wanted_line")
    read.prepare(cursor, "wanted_of_few" if want.is_of_few else "wanted_of_all")
    read.prepare(cursor, "wanted_bucket")
    read.prepare(cursor, "wanted_run")
    if read.rows(cursor, "wanted_several"):
        read.prepare(cursor, "wanted_shared")
    found: dict[int, OfMonth] = {}
    for row in read.rows(cursor, "ledger_sums"):
        month = read.whole(row["month"])
        one = found.get(month, OfMonth((), (), ()))
        if row["currency"] is not None:
            found[month] = one._replace(totals=(*one.totals, _total(row)))
        if row["origin_change"] is not None:
            found[month] = found.get(month, one)._replace(files=(*one.files, _file(row)))
    return found


def _total(row: read.Row) -> tuple[str, int, int]:
    return read.text(row["currency"]), read.whole(row["amount_minor"]), read.whole(row["line_count"])


def _file(row: read.Row) -> tuple[FileShare, int | None]:
    at, shown = row["recorded_at"], row["shown_minor"]
    if not isinstance(at, datetime):
        message = f"expected a moment, the query gave {type(at).__name__}"
        raise TypeError(message)
    file = FileShare(
        read.whole(row["origin_change"]),
        read.text(row["file_name"]),
        read.text(row["source_sha256"]),
        at,
        read.text(row["actor"]),
        read.whole(row["line_count"]),
        0,
    )
    return file, None if shown is None else read.whole(shown)


def _lines(
    cursor: read.Cursor, limit: int | None, offset: int = 0, *, by_month: bool = False
) -> tuple[LedgerLine, ...]:
    read.prepare(cursor, "wanted_bounded")
    if by_month:
        read.prepare(cursor, "wanted_candidate_by_month", {"limit": limit})
    else:
        read.prepare(cursor, "wanted_candidate", {"limit": limit, "offset": offset})
    if read.rows(cursor, "wanted_parted"):
        read.prepare(cursor, "wanted_spread")
    window = {"limit": limit, "offset": offset, "by_month": by_month}
    found = [_line(row) for row in read.rows(cursor, "ledger_lines", window)]
    told = _corrections(cursor, {line.change_id for line in found})
    return tuple(
        replace(line, corrected=its) if (its := told.get((line.change_id, line.line))) else line
        for line in found
    )


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
        **{name: intern(read.text(row[name])) for name in _TEXTS},
    )


_TEXTS = (
    "source area team placed reason category supplier description scenario nature intent treatment currency"
).split()
