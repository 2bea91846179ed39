"""The parts that make a figure about value: a table for each number of its formula; rows lead on (law T8)."""

from collections.abc import Mapping, Sequence

from roi.reports.shapes import PartRow, TraceReport
from roi.story import trace_titles, words
from roi.ui import links, parts

_PAGES = ("initiative", "epic")


def is_made(report: TraceReport) -> bool:
    """Whether its parts name the numbers of the formula that they make."""
    return any(part.term for part in report.parts)


def draw(report: TraceReport, carried: Mapping[str, str]) -> None:
    """Every number of the formula with its parts, which sum to it."""
    for term in dict.fromkeys(part.term for part in report.parts):
        _table(report, term, [part for part in report.parts if part.term == term], carried)


def _table(report: TraceReport, term: str, its: Sequence[PartRow], carried: Mapping[str, str]) -> None:
    heading, currency = trace_titles.part_of(term), report.currency
    parts.section(heading, "Each row leads to what stands behind it." if its[0].leads else "")
    hows = [trace_titles.how(part, currency) for part in its]
    is_told = any(hows)
    total = words.exact(sum(part.amount or 0 for part in its), currency)
    rows = [
        _row(part, how, currency, _to(part, carried), is_told=is_told)
        for part, how in zip(its, hows, strict=True)
    ]
    rows.append(
        parts.Row((parts.Cell("Sum"), *([parts.Cell()] if is_told else []), parts.Cell(total)), "total")
    )
    column = [parts.Column("How", "text", phone=False)] if is_told else []
    columns = [parts.Column("Part", "text"), *column, parts.Column("Amount")]
    parts.graphic_table(f"trace-made-{term}", f"Parts: {heading}", columns, rows)


def _row(part: PartRow, how: str, currency: str, go: str, *, is_told: bool) -> parts.Row:
    name, amount = words.sentence(part.name), words.exact(part.amount or 0, currency)
    told = [parts.Cell(how, tone="quiet")] if is_told else []
    return parts.Row((parts.Cell(name, how), *told, parts.Cell(amount)), "flat", go)


def _to(part: PartRow, carried: Mapping[str, str]) -> str:
    """The trace that a part leads to; without one the page of its initiative or epic."""
    keys = dict(part.leads)
    if "figure" in keys:
        return links.href("trace", **carried, **keys)
    page = next((name for name in _PAGES if name in keys), "")
    return links.href(page, **keys) if page else ""
