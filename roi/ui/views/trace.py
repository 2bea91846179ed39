"""Where a number comes from: in the drawer behind it, and on the page of its own; in a fixed order."""

import csv
import io
from collections.abc import Mapping
from dataclasses import replace
from urllib.parse import parse_qsl, urljoin

import streamlit as st

from roi.charts.markup import Html, tag
from roi.domain.figures import Unit
from roi.domain.money import to_decimal
from roi.domain.periods import iso_month, short_month
from roi.reports import export
from roi.reports import product as product_report
from roi.reports import trace as trace_report
from roi.reports.shapes import Books, LedgerFilter, LedgerLine, OutcomeRow, PartRow, Scope, TraceReport
from roi.story import formulas, trace_titles, value_titles, words
from roi.ui import links, parts, session, states
from roi.ui.views import trace_made, trace_value

_FIRST_LINES = 20


def ask(figure_id: str, team: str = "", outcome: str = "", **more: str) -> TraceReport:
    """The trace of a figure in the session's scope, or the state that says why there is none."""
    build, scope = trace_report.build, _scope(more.get("stream"), more.get("product"))
    epic, part, initiative = (more.get(name) or None for name in ("epic", "part", "initiative"))
    return session.ask(
        build,
        scope,
        figure_id,
        team or None,
        outcome or None,
        epic=epic,
        part=part,
        initiative=initiative,
        today=session.today(),
    )


def _scope(stream: str | None, product: str | None) -> Scope:
    """What the session looks at; a figure of one value stream, or of a product over its life, has its own."""
    if product:
        return session.ask(product_report.life_of, session.scope(), product)
    return replace(session.scope(), value_stream=stream) if stream else session.scope()


def draw(report: TraceReport, address: str, *, is_drawer: bool) -> None:
    """Definition, formula with its numbers, files, range, who confirmed it, lines, download, link."""
    figure = report.figure
    _definition(report, is_drawer=is_drawer)
    if report.books is Books.EMPTY and not is_drawer:
        told = "Its formula will stand here with the numbers filled in, its files and its lines."
        parts.empty_state("The first cost file makes it known", told, ("Import costs", "data"))
    _files(report)
    _parts(report, _carried(address))
    shown = words.range_of(figure)
    if shown:
        drawn = f"{report.draws:,} seeded draws (seed {report.seed})" if report.draws else "its draws"
        told = f"{words.odds(figure)}, P10 to P90 of {drawn} of shares, movements and inputs."
        parts.section(f"Likely {shown}", words.sentence(told))
    trace_value.waits(report)
    trace_value.claims(report)
    _confirmed(report)
    _lines(report, is_drawer=is_drawer)
    _link(address, is_drawer=is_drawer)


def _carried(address: str) -> dict[str, str]:
    """What leads on to the parts: a figure of a value stream or product has parts of that, and no others."""
    return {name: one for name, one in parse_qsl(address.partition("?")[2]) if name in {"stream", "product"}}


def _definition(report: TraceReport, *, is_drawer: bool) -> None:
    figure = report.figure
    if value_titles.exceeds_results(report):
        states.callout("attention", value_titles.EXCEEDS)
    shown = words.figure(figure)
    if figure.value is not None and figure.definition.unit is Unit.MONEY:
        shown = words.exact(figure.value, figure.currency)
    value = tag("p", shown if figure.is_known else figure.reason or words.NOT_KNOWN, class_="big")
    name = tag("p", trace_titles.named(report), class_="eyebrow") if is_drawer else None
    told = figure.reason if figure.is_known else ""
    why = tag("p", f"{words.sentence(told)}.", class_="sub") if told else None
    filled = formulas.filled(figure)
    formula = tag("p", filled, class_="formula") if filled else None
    meaning = tag("p", figure.definition.meaning, class_="lede")
    limits = tag("p", f"It does not say: {figure.definition.does_not_say}", class_="sub")
    st.html(tag("div", name, value, why, meaning, formula, limits))


_BOOKS = {
    Books.AGREE: "The ledger agrees with the control totals of the books.",
    Books.DIFFER: "The ledger does not agree with the control total that finance stated.",
    Books.PARTLY: "Some months have no control total.",
    Books.NO_CONTROL: "No control total is stated for these months.",
}


def _files(report: TraceReport) -> None:
    if not report.files:
        return
    parts.section(_agree(report), _BOOKS.get(report.books, ""))
    columns = [parts.Column("File", "text"), parts.Column("Lines"), parts.Column("Amount")]
    rows = [
        parts.Row(
            (
                parts.Cell(_file(share.file_name, share.sha256, f"{words.day(share.at)}, {share.actor}")),
                parts.Cell(f"{share.lines:,}"),
                parts.Cell(words.exact(share.amount, report.currency)),
            ),
            "flat",
        )
        for share in report.files
    ]
    total = sum(share.amount for share in report.files)
    lines = sum(share.lines for share in report.files)
    name = "Sum of the files" if report.parts else "Sum"
    cells = (parts.Cell(name), parts.Cell(f"{lines:,}"), parts.Cell(words.exact(total, report.currency)))
    parts.graphic_table("trace-files", "Files behind the figure", columns, [*rows, parts.Row(cells, "total")])


_PART_NAMES = {
    "own": "own cost",
    "received": "from {name}, which serves it",
    "overhead": "{name}, overhead by headcount",
    "passed_on": "{name}",
    "people": "people: {name}",
    "pay": "{name}",
    "value": "{name}",
    "epic": "{name}",
}


def _parts(report: TraceReport, carried: Mapping[str, str]) -> None:
    """What comes from no file of its own: serving teams, overhead, people at published rates."""
    if trace_made.is_made(report):
        trace_made.draw(report, carried)
        return
    if not report.parts:
        return
    files = sum(share.amount for share in report.files)
    if all(one.kind == "value" for one in report.parts):
        parts.section("Value that followed cost", "A serving team's value passes on with its cost.")
    elif all(one.kind == "cohort" for one in report.parts):
        parts.section("What is left of it", "The cost of teams less that of each cohort.")
    else:
        parts.section("What comes from no file of its own", _PARTS_TOLD)
    columns = [parts.Column("Part", "text"), parts.Column("How", "text", phone=False), parts.Column("Amount")]
    rows = [_part(one, report, carried) for one in report.parts]
    known = [one.amount for one in report.parts if one.amount is not None and one.kind != "value"]
    if len(known) == len(report.parts):
        total = words.exact(files + sum(known), report.currency)
        name = "Files and parts" if report.files else "Sum"
        rows.append(parts.Row((parts.Cell(name), parts.Cell(), parts.Cell(total)), "total"))
    parts.graphic_table("trace-parts", "Parts that come from no file of their own", columns, rows)


_PARTS_TOLD = "Each part has a page of its own: the serving team, the overhead pool, the published rates."


def _part(one: PartRow, report: TraceReport, carried: Mapping[str, str]) -> parts.Row:
    name = _PART_NAMES.get(one.kind, "{name}").format(name=one.name)
    how = ""
    if one.heads is not None and one.rate is not None:
        how = f"{words.heads_counted(one.heads)} × {words.exact(one.rate, report.currency)} a month"
    shown = one.reason if one.amount is None else words.exact(one.amount, report.currency)
    cells = (parts.Cell(words.sentence(name), how), parts.Cell(how, tone="quiet"), parts.Cell(shown))
    go = links.href("trace", **carried, **dict(one.leads)) if one.leads else ""
    return parts.Row(cells, "flat", go)


def _agree(report: TraceReport) -> str:
    is_cost = report.figure.figure_id in {*_PLACED, "suspense_part", "cost_part"}
    what = "the figure" if is_cost else "the cost in its formula"
    which = "files and parts" if report.parts else "files"
    return f"The {which} {'sum' if report.sums_agree else 'do not sum'} to {what}"


def _file(name: str, digest: str, imported: str) -> Html:
    note = tag("span", f"imported {imported}", f" · {digest[:12]}" if digest else None, class_="sub")
    return tag("span", tag("span", name), tag("br"), note, class_="file")


def _confirmed(report: TraceReport) -> None:
    told = [(words.sentence(row.outcome.metric), _ticks(row)) for row in report.outcomes]
    if told:
        count = words.count_of(report.outcomes_with_value, report.total_outcomes)
        largest = f"The {len(told):,} that count most." if len(told) < report.total_outcomes else ""
        parts.section(f"Confirmed value of the period comes from {count} outcomes behind it", largest)
        parts.facts(told, key="trace-confirmed")


def _ticks(row: OutcomeRow) -> str:
    said = [f"{name.replace('_', ' ')} by {who} on {words.day(when)}" for name, who, when in row.ticks]
    confirmed = f"Confirmed: {words.listed(said)}. " if said else ""
    amount = f", {words.figure(row.value)}" if row.value.is_known else ""
    because = row.why_not.removeprefix(row.standing).lstrip(": ")  # its state stands before it already
    why = f" {words.sentence(because)}." if because else ""
    return f"{confirmed}{words.sentence(row.standing)}{amount}.{why}"


def _lines(report: TraceReport, *, is_drawer: bool) -> None:
    if report.lines_hidden:
        parts.section("Finance alone sees the lines", report.lines_hidden)
        return
    if not report.lines:
        return
    shown = report.lines[:_FIRST_LINES] if is_drawer else report.lines
    told = f"{len(shown):,} of {words.counted(report.total_lines, 'line')} behind it"
    parts.section(told, "The largest first, each with its place in the file.")
    parts.graphic_table("trace-lines", "Ledger lines behind the figure", _columns(), [_row(x) for x in shown])
    st.download_button(
        "Download the lines (CSV)",
        data=lambda: _download(report),
        file_name=f"{report.figure.figure_id}.csv",
        mime="text/csv",
        on_click="ignore",
        key="trace-download",
    )


_PLACED = {"ledger_total": None, "team_cost": "team", "suspense": "suspense", "excluded_cost": "excluded"}


def _download(report: TraceReport) -> bytes:
    """All lines of a cost figure; for any other figure the lines that are shown."""
    figure, keys = report.figure, dict(report.figure.scope)
    if figure.figure_id in _PLACED and not keys.get("value_stream"):
        placed = _PLACED[figure.figure_id]
        wanted = LedgerFilter(report.span, team=keys.get("team"), currency=report.currency, placed=placed)
        return session.answer(export.ledger_csv, wanted).content
    return csv_of(report.lines)


def _columns() -> list[parts.Column]:
    return [
        parts.Column("File and line", "text"),
        parts.Column("Month", "text", phone=False),
        parts.Column("Cost area", "text", phone=False),
        parts.Column("Supplier", "text", phone=False),
        parts.Column("Amount"),
    ]


def _row(line: LedgerLine) -> parts.Row:
    where = f"{line.file_name} · {line.line:,}"
    place = where if not line.corrected else _file_line(where, line.corrected)
    cells = (
        parts.Cell(
            place, phone_note=f"{short_month(line.month)} · {line.supplier or line.area or line.team}"
        ),
        parts.Cell(short_month(line.month)),
        parts.Cell(line.area or line.team),
        parts.Cell(line.supplier),
        parts.Cell(words.exact(line.amount, line.currency)),
    )
    return parts.Row(cells, "flat")


def _file_line(where: str, corrected: str) -> Html:
    return tag("span", where, tag("br"), tag("span", corrected, class_="sub"))


def csv_of(lines: tuple[LedgerLine, ...]) -> bytes:
    """The lines as CSV; a cell that a spreadsheet would take for a formula is made text."""
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow("file line month cost_area team supplier amount currency corrected".split())
    for line in lines:
        told = (line.file_name, str(line.line), iso_month(line.month), line.area, line.team, line.supplier)
        amount = str(to_decimal(line.amount, line.currency))
        corrected = export.safe_text(line.corrected)
        writer.writerow([*map(export.safe_text, told), amount, line.currency, corrected])
    return out.getvalue().encode("utf-8-sig")


def _link(address: str, *, is_drawer: bool) -> None:
    parts.section("Link to this figure")
    st.code(urljoin(st.context.url or "", address), language=None)
    if is_drawer:
        keys = dict(parse_qsl(address.partition("?")[2]))
        st.page_link(links.PAGES["trace"], label="Open full trace", query_params=keys)


def missing(figure_id: str) -> None:
    """The address names no figure that is known here."""
    told = f"There is no figure “{figure_id}”." if figure_id else "The link names no figure."
    states.empty_state(told, "Open a number on any page to see where it comes from.", ("See Portfolio", ""))
