"""Do these numbers agree with the books, and what was imported when, by whom?"""

from collections.abc import Sequence

import streamlit as st

from roi.actors import Action
from roi.charts.markup import Html, join, tag
from roi.commands import lists
from roi.domain.periods import Span, iso_month, month_name
from roi.reports.books import control
from roi.reports.shapes import Books, CoverageCell, CoverageRow, DataReport, ImportRow
from roi.story import titles, words
from roi.ui import links, parts, session
from roi.ui.component import markup
from roi.ui.data import areas, backups, common, control_form, history, months, undo_dialog
from roi.ui.data import lists as list_view
from roi.ui.data.common import money_by_currency, undo_link
from roi.ui.parts import Cell, Column, Row
from roi.ui.upload import keeper
from roi.ui.upload.draft import LABELS, Step

_IMPORTS = 24
_SENT = (
    "Rows and total are what each file sent, also where a later file took the place of its lines; the books "
    "agree or differ with all that the ledger now holds of its months. Undo is a reversal: nothing is erased."
)
_SENT_ROWS = _SENT.replace("Rows and total are", "Rows are")
_SYMBOLS = {
    "agrees": ("agrees", "✓", "agrees with the books"),
    "differs": ("differs", "!", "differs from the books"),
    "no control": ("open", "▨", "no control total"),
    "missing": ("none", "□", "not imported"),
}


def draw() -> None:
    """Title, actions, coverage, imports, control totals, history."""
    report = common.ask()
    parts.eyebrow_and_title(
        "Data · costs and the books", titles.data(report).text, parts.emphasis(_lede(report))
    )
    _actions(report)
    _running()
    if report.books is Books.EMPTY:
        _nothing_yet()
    _coverage(report)
    months.teams(report)
    months.rates(report)
    _imports(report)
    if report.hidden:
        parts.callout("note", report.hidden)
    _controls(report)
    months.restatements(report)
    history.draw(report.changes)
    backups.draw()
    undo_dialog.open_if_asked(report)


def _lede(report: DataReport) -> str:
    live = [one for one in report.imports if one.is_live]
    if not live:
        return "Drop a cost file as your ledger exported it. You see what it changes before it is saved."
    lines = sum(cell.lines for row in report.coverage for cell in row.cells)
    every = [area for area in report.areas if area.target_kind or area.waits]
    waiting = [area for area in every if area.waits]
    hold = "holds" if len(live) == 1 else "hold"
    told = f"{words.sentence(words.spelled(len(live), 'import'))} {hold} **{words.counted(lines, 'line')}**."
    if not waiting:
        return f"{told} Every cost area has its place."
    counted = words.counted(len(every), "cost area")
    return f"{told} **{len(waiting):,}** of {counted} still without a place.{areas.left_out(report.areas)}"


def _actions(report: DataReport) -> None:
    may_import = session.actor().may(Action.IMPORT_COSTS)
    waiting = sum(area.waits for area in report.areas)
    with st.container(horizontal=True, vertical_alignment="center", key="data_actions"):
        if may_import:
            parts.open_page("Import costs", "data", is_primary=True, view="import")
        if report.areas:
            parts.open_page(f"Map cost areas ({waiting:,} open)", "data", view="areas")
        if report.imports:
            parts.open_page("See the ledger", "data", view="ledger")
        parts.open_page("Import a list", "data", view="lists")
        with st.popover("Templates"):
            for kind, name in TEMPLATES.items():
                st.download_button(
                    name,
                    lists.template(kind),
                    f"{kind}.csv",
                    "text/csv",
                    key=f"template_{kind}",
                    on_click="ignore",
                )


def _running() -> None:
    """The import of this session that goes on, or that is over and not looked at yet."""
    running = keeper.run()
    if running is None:
        _unfinished()
        return
    now = running.progress
    over = f"Your import is over: {words.counted(now.done, 'file')}."
    parts.callout(
        "note", over if running.is_over else f"An import is running: file {now.done + 1} of {now.files}."
    )
    parts.open_page("See the receipts" if running.is_over else "See how far it is", "data", view="import")


TEMPLATES = {"costs": "Costs", **list_view.KINDS}


def _unfinished() -> None:
    """A draft that was left is still there; receipts that were read are put away."""
    draft = keeper.draft()
    if draft.step is Step.DONE:
        keeper.forget()
    elif draft.files:
        step = LABELS[draft.step].lower()
        parts.callout(
            "note", f"An upload of {words.counted(len(draft.files), 'file')} waits at the step {step}."
        )
        parts.open_page("Go on with the upload", "data", view="import")


def _nothing_yet() -> None:
    parts.section("What this page will show", "Three lines, once the first month is imported.")
    parts.facts(
        (
            ("Coverage", "Which source has delivered which month, and whether it agrees with the books."),
            ("Imports", "Each file with who, when, rows and total; one click undoes it."),
            ("Ledger", "Every line with its file and line number, for finance."),
        ),
        key="data_promise",
    )


def _coverage(report: DataReport) -> None:
    """Sources by months; each cell a symbol, a tint and words. Plans and outlooks are folded away."""
    if not report.coverage:
        return
    parts.section("Which months are there", "One row for each source. Choose a month to see its lines.")
    actual = [row for row in report.coverage if row.scenario == control.ACTUAL]
    ahead = [row for row in report.coverage if row.scenario != control.ACTUAL]
    if actual:
        _grid(actual, report.months, "coverage")
    if ahead:
        with st.expander(f"Plans and outlook: {words.counted(len(ahead), 'row')}", key="coverage_ahead"):
            _grid(ahead, report.months, "coverage-ahead")


def _grid(rows: Sequence[CoverageRow], every: Sequence[int], key: str) -> None:
    """The rows over the months that any of them has, with what its symbols mean."""
    spans = [own_span(row) for row in rows]
    first, last = min(first for first, _ in spans), max(last for _, last in spans)
    shown = tuple(every[first : last + 1])
    heads = [tag("th", "Source", scope="col"), *months.heads(shown)]
    is_actual = rows[0].scenario == control.ACTUAL
    body = [
        _coverage_row(row, every, (first, last), (start, last if is_actual else end))
        for row, (start, end) in zip(rows, spans, strict=True)
    ]
    caption = "Coverage by source and month" + ("" if is_actual else ", plans and outlook")
    head = tag("thead", tag("tr", *heads))
    table = tag("table", tag("caption", caption), head, tag("tbody", *body), class_="g tight")
    wrapped = tag("div", table, class_="tblwrap latest", tabindex=0, role="region", aria_label=caption)
    held = {cell.state for row in rows for cell in row.cells[first : last + 1]}
    legend = [tag("span", f"{mark} {told}") for state, (_, mark, told) in _SYMBOLS.items() if state in held]
    legend.append(tag("span", months.SWIPE, class_="swipe"))
    markup(join(tag("div", wrapped, class_="wide"), tag("p", *legend, class_="key")), key=key)


def own_span(row: CoverageRow) -> tuple[int, int]:
    """The places of the first and the last month of which a row says anything."""
    held = [place for place, cell in enumerate(row.cells) if cell.state != control.MISSING]
    return (held[0], held[-1]) if held else (0, len(row.cells) - 1)


def _coverage_row(
    row: CoverageRow, every: Sequence[int], shown: tuple[int, int], expected: tuple[int, int]
) -> Html:
    """One source; a month outside of what is expected of it is blank, because nothing is missing there."""
    name = row.source if row.scenario == control.ACTUAL else f"{row.source}, {row.scenario}"
    cells = [
        _coverage_cell(row, every[place], row.cells[place])
        if expected[0] <= place <= expected[1]
        else tag("td", class_="cov")
        for place in range(shown[0], shown[1] + 1)
    ]
    return tag(
        "tr",
        tag("th", name, " ", tag("span", row.currency, class_="neu"), scope="row"),
        *cells,
        class_="flat",
    )


def _coverage_cell(row: CoverageRow, month: int, cell: CoverageCell) -> Html:
    style, mark, told = _SYMBOLS[cell.state]
    held = (
        ""
        if cell.amount is None
        else f"{words.exact(cell.amount, row.currency)}, {words.counted(cell.lines, 'line')}, "
    )
    said = f"{month_name(month)}: {held}{told}"
    if cell.amount is None:
        inner = tag("span", mark, class_="none", title=said, role="img", aria_label=said)
    else:
        address = links.href("data", view="ledger", source=row.source, period=iso_month(month))
        inner = tag(
            "a",
            mark,
            href=address,
            data_go=address,
            target="_self",
            class_=style,
            title=said,
            aria_label=said,
        )
    return tag("td", inner, class_="cov")


def _imports(report: DataReport) -> None:
    if not report.imports:
        return
    live = sum(1 for one in report.imports if one.is_live)
    parts.section("Imports", f"{live:,} live, newest first. {_SENT if _is_told(report) else _SENT_ROWS}")
    columns = [
        Column("Change", "text"),
        Column("When", "text"),
        Column("By", "text", phone=False),
        Column("File", "text", phone=False),
        Column("Months", "text", phone=False),
        Column("Rows"),
        *([Column("Total")] if _is_told(report) else []),
        Column("Books", "text", phone=False),
        Column("", "text"),
    ]
    rows = [_import_row(one, is_told=_is_told(report)) for one in report.imports[:_IMPORTS]]
    parts.graphic_table("imports", "Cost imports", columns, rows)
    if len(report.imports) > _IMPORTS:
        st.html(tag("p", f"The newest {_IMPORTS} of {len(report.imports):,}.", class_="sub"))


def _is_told(report: DataReport) -> bool:
    """Whether a total of an import may be seen: outside finance none that holds pay."""
    return any(one.totals for one in report.imports)


def _import_row(one: ImportRow, *, is_told: bool) -> Row:
    months = Span(min(one.months), max(one.months)).label if one.months else words.DASH
    may_undo = session.actor().may(Action.UNDO)
    ending: Html | str = "" if not may_undo else undo_link(one.change_id)
    if not one.is_live:
        ending = f"undone by {one.undone_by}"
    cells = (
        Cell(str(one.change_id)),
        Cell(words.day(one.at), phone_note=join(f"{months}, ", parts.file_name(one.file_name))),
        Cell(one.actor),
        Cell(one.file_name),
        Cell(months),
        Cell(f"{one.rows:,}"),
        *([Cell(money_by_currency(one.totals))] if is_told else []),
        Cell(_BOOKS.get(one.control, one.control)),
        Cell(ending),
    )
    return Row(cells, kind="flat" if one.is_live else "flat undone")


_BOOKS = {
    "agrees": "✓ agree",
    "differs": "! differ",
    "no control": "no control total",
    "partly": "some months",
    "": "",
}


def _controls(report: DataReport) -> None:
    """What the books show, what the ledger holds, and the difference to the cent."""
    may = session.actor().may(Action.MAP_COSTS)
    if not report.controls and not (report.coverage and may):
        return
    parts.section("Control totals", "What finance stated from the general ledger against what is here.")
    if report.controls:
        columns = [
            Column("Source", "text"),
            Column("Months", "text"),
            Column("Books", phone=False),
            Column("Ledger", phone=False),
            Column("Difference"),
            Column("", "text"),
            Column("Reason", "prose", phone=False),
        ]
        rows = [
            Row(
                (
                    Cell(row.source if row.scenario == "actual" else f"{row.source}, {row.scenario}"),
                    Cell(row.span.label),
                    Cell(words.exact(row.stated, row.currency)),
                    Cell(words.exact(row.ledger, row.currency)),
                    Cell(words.exact(row.difference, row.currency)),
                    Cell(
                        "! differs" if row.difference else "✓ agrees",
                        tone="attn" if row.difference else "good",
                    ),
                    Cell(row.reason),
                ),
                kind="flat",
            )
            for row in report.controls
        ]
        parts.graphic_table("controls", "Control totals", columns, rows)
    if may:
        control_form.draw(report)
