"""Figures and lines as CSV files, from the same reports as the screen.

A text cell that a spreadsheet would run as a formula gets an apostrophe; the file's name carries the hash
of its content, so that two different exports never have one name (reliability note F3).
"""

import csv
import io
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from hashlib import sha256

from roi.actors import Actor
from roi.domain.money import to_decimal
from roi.domain.periods import Span, iso_month
from roi.reports import ledger, obligations, teams
from roi.reports.books import control
from roi.reports.ground import basis
from roi.reports.shapes import Books, LedgerFilter, LedgerLine, Scope
from roi.reports.shapes.obligations import ObligationRow
from roi.store.database import Store

EVERYTHING = 2**31 - 1
_STARTERS = r"=+@＝＋－＠\-"  # noqa: RUF001 - full-width forms on purpose
_OVERLOOKED = r"\x00-\x08\x0b\x0c\x0e-\x20\x7f\xa0\u2000-\u200f\u202f\u205f\u2060\u3000\ufeff"
# At the beginning, and wherever a spreadsheet of another country begins a cell.
_FORMULA = re.compile(rf"(^|[;\t\r\n])([{_OVERLOOKED}]*)(?=[{_STARTERS}])")
_CONTROL = re.compile(r"^[\x00-\x1f\x7f]")
_NUMBER = re.compile(r"[+-]?\d+(?:[.,]\d+)*")

LEDGER_HEADERS = (
    "month,source,area,team,placed,reason,category,supplier,description,scenario,nature,intent,treatment,"
    "currency,amount,in_suspense,file,line,change,corrected"
).split(",")
OBLIGATION_HEADERS = (
    "rank,epic,name,team,kind,deadline,standing,days,delivered,penalty_recorded,penalty_currency,penalty,"
    "cost,currency,note,met_on,paid_recorded,paid_currency"
).split(",")
TEAM_COST_HEADERS = ["month", "team", "name", "kind", "value_stream", "currency", "amount"]


@dataclass(frozen=True, slots=True)
class Export:
    """A file to hand out: its suggested name, its bytes, and how many rows it has under the header."""

    file_name: str
    content: bytes
    rows: int
    sha256: str


def safe_text(text: str) -> str:
    """The text, with an apostrophe before anything that a spreadsheet could take for a formula."""
    disarmed = _FORMULA.sub(r"\1'\2", text)
    return f"'{disarmed}" if _CONTROL.match(disarmed) else disarmed


def safe_cell(text: str) -> str:
    """A cell of somebody's own file: numbers stay numbers, any other text is made safe."""
    return text if _NUMBER.fullmatch(text.strip()) else safe_text(text)


def ledger_csv(store: Store, actor: Actor, ledger_filter: LedgerFilter) -> Export:
    """The ledger lines that a filter names, all of them, each with its part in suspense; for finance.

    Raises:
        NotAllowedError: only finance reads lines.
    """
    report, waiting = ledger.with_suspense(store, actor, ledger_filter, EVERYTHING)
    rows = [_ledger_row(line, waiting.get(ledger.place_of(line), 0)) for line in report.lines]
    stem = _stem("ledger", ledger_filter.span, report.version, _books(store, actor, Scope()))
    return _export(stem, LEDGER_HEADERS, rows)


def _ledger_row(line: LedgerLine, waiting: int) -> list[str]:
    return [
        iso_month(line.month),
        *(
            safe_text(text)
            for text in (
                line.source,
                line.area,
                line.team,
                line.placed,
                line.reason,
                line.category,
                line.supplier,
                line.description,
                line.scenario,
                line.nature,
                line.intent,
                line.treatment,
                line.currency,
            )
        ),
        str(to_decimal(line.amount, line.currency)),
        str(to_decimal(waiting, line.currency)),
        safe_text(line.file_name),
        str(line.line),
        str(line.change_id),
        safe_text(line.corrected),
    ]


def team_cost_csv(store: Store, actor: Actor, scope: Scope) -> Export:
    """Cost by team and month as the Teams page has it, with excluded and suspense: together the ledger."""
    report = teams.build(store, actor, scope)
    headers = [report.grouped_by if one == "value_stream" else one for one in TEAM_COST_HEADERS]
    rows: list[list[str]] = []
    for team in report.teams:
        named = [safe_text(text) for text in (team.key, team.name, team.kind, team.value_stream)]
        rows += _month_rows(report.months, team.by_month, named, report.currency)
    for name, amounts in (
        ("(difference to standard rates)", report.by_month_beyond),
        (f"(other {report.grouped_by.replace('_', ' ')}s)", report.by_month_other),
        ("(excluded)", report.by_month_excluded),
        ("(suspense)", report.by_month_suspense),
    ):
        rows += _month_rows(report.months, amounts, ["", name, "", ""], report.currency)
    return _export(_stem("team-cost", report.span, report.version, report.books), headers, rows)


def obligations_csv(store: Store, actor: Actor, scope: Scope, today: date) -> Export:
    """Obligations in their order as the Outcomes page has them; what is not known is an empty cell."""
    report = obligations.build(store, actor, scope, today)
    rows = [_obligation_row(place, row, report.currency) for place, row in enumerate(report.rows, 1)]
    stem = _stem("obligations", scope.span, report.version, _books(store, actor, scope))
    return _export(stem, OBLIGATION_HEADERS, rows)


def _obligation_row(place: int, row: ObligationRow, currency: str) -> list[str]:
    its, epic = row.obligation, row.epic
    recorded = its.penalty_minor if its is not None else None
    return [
        str(place),
        *(safe_text(text) for text in (epic.key, epic.name, row.team_name)),
        its.kind.value if its is not None else "",
        its.deadline.isoformat() if its is not None else "",
        row.judgement.standing.value,
        "" if row.judgement.days is None else str(row.judgement.days),
        epic.delivered.isoformat() if epic.delivered is not None else "",
        _amount(recorded, its.currency if its is not None else ""),
        its.currency if its is not None else "",
        _amount(row.penalty.value, currency),
        _amount(row.cost.value, currency),
        currency,
        safe_text(its.note if its is not None else ""),
        *_settled(row),
    ]


def _settled(row: ObligationRow) -> tuple[str, str, str]:
    """The day on which it was accepted as met, and what was paid; empty where nobody has said."""
    came = row.met
    if came is None:
        return "", "", ""
    day = came.met_on.isoformat() if came.met_on is not None else ""
    return day, _amount(came.paid_minor, came.currency), came.currency


def _amount(minor: int | None, currency: str) -> str:
    return "" if minor is None else str(to_decimal(minor, currency))


def _month_rows(
    months: Sequence[int], amounts: Sequence[int | None], named: list[str], currency: str
) -> list[list[str]]:
    """One row per month that has cost; a month without a line has no row, because it is not zero."""
    pairs = zip(months, amounts, strict=bool(amounts))
    return [
        [iso_month(month), *named, currency, str(to_decimal(amount, currency))]
        for month, amount in pairs
        if amount is not None
    ]


def _books(store: Store, actor: Actor, scope: Scope) -> Books:
    with basis.opened(store, actor, scope) as base:
        return control.state(control.of(base))


def _stem(what: str, span: Span | None, version: int, state: Books) -> str:
    """What the file is, of which months and version; said in its name when the books do not agree."""
    period = span.key if span else "all-months"
    warning = "-unreconciled" if state is Books.DIFFER else ""
    return f"roi-{what}-{period}-v{version}{warning}"


def _export(stem: str, headers: Sequence[str], rows: Iterable[Sequence[str]]) -> Export:
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(headers)
    count = 0
    for row in rows:
        writer.writerow(row)
        count += 1
    content = text.getvalue().encode("utf-8-sig")
    digest = sha256(content).hexdigest()
    return Export(f"{stem}-{digest[:12]}.csv", content, count, digest)
