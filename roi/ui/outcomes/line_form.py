"""Finance keeps the lines that value is claimed on: exclusive segments, and the months that cap claims."""

from collections.abc import Iterable, Sequence
from decimal import Decimal

import streamlit as st

from roi.commands import finance_lines as commands
from roi.commands.changing.requests import Receipt
from roi.domain.money import MINOR_DIGITS
from roi.domain.periods import Span, iso_month, parse_iso_month, short_month
from roi.domain.value import FinanceLine, LineCell, LineKind, LineMonth
from roi.errors import Issue
from roi.reports.choices import ChoicesReport
from roi.story import words
from roi.ui.outcomes import (
    closed,
    common,
    conflict,
    done,
    draft,
    fields,
    line_removal,
    row_fields,
    unread,
)
from roi.ui.outcomes.row_fields import Field, Typed
from roi.ui.upload.pieces import note

KINDS = {
    LineKind.MARGIN.value: "Margin: more is better",
    LineKind.COST_OUTSIDE.value: "Cost outside engineering: less is better",
    LineKind.ENGINEERING_COST.value: "Engineering cost: in the ratio already",
}
_NEW, _LATEST = "", 6
_CELLS = (
    Field("name", "Segment", 2, "Schools"),
    Field(
        "segments", "What lies in it and in no other, separated by |", 4, "public schools | private schools"
    ),
)
_MONTHS = (
    Field("month", "Month", 1, "2026-09"),
    Field("baseline", "Baseline", 1.5, "410,000"),
    Field("actual", "Actual", 1.5, "452,300"),
)


def span_of(months: Iterable[LineMonth]) -> str:
    """`Jan–Sep 2026`, from the first to the last month that is held."""
    held = sorted({one.month for one in months})
    return Span(held[0], held[-1]).label if held else words.DASH


def draw(choices: ChoicesReport) -> None:
    """A new line or one that is there, and the months of one of its segments."""
    names = {_NEW: "A new line", **{key: one.name for key, one in choices.lines.items()}}
    with st.expander("Add or change a finance line", expanded=not choices.lines):
        chosen = st.selectbox("Line", list(names), format_func=lambda key: names[key], key="line_chosen")
        _line(choices, choices.lines.get(chosen), chosen)
    if choices.lines:
        with st.expander("Enter the months of a line"):
            _months(choices)


def _line(choices: ChoicesReport, held: FinanceLine | None, key: str) -> None:
    form, cells = f"line_{key}", choices.cells.get(key, ())
    stem = fields.stem(form)
    conflict.begin(form, fields.named(f"{stem}_name"))
    _saved(conflict.draw(form, _texts(held, cells) if held else {}))
    with st.form(f"form_{form}", border=False):
        typed = _line_fields(stem, held)
        note(
            "A line that is not cut has one segment that holds all of it. Segments exclude each other. "
            "One whose row is emptied goes with its months."
        )
        opened = conflict.opened(form, [_cell(one) for one in cells])
        rows = row_fields.draw(f"{stem}_cell", _CELLS, opened, 1 if opened else 3)
        told = closed.restated(fields.named(f"{stem}_restated")) if held else ""
        if st.form_submit_button("Save the line", type="primary"):
            _save_line(form, choices, typed, (rows, opened), told)
    if held:
        line_removal.draw(choices, held, form)


def _line_fields(form: str, held: FinanceLine | None) -> FinanceLine:
    columns = st.columns([2, 2, 1, 2])
    kinds = list(KINDS)
    name = columns[0].text_input(
        "Name", held.name if held else "", key=fields.named(f"{form}_name"), placeholder="Course margin"
    )
    kind = columns[1].selectbox(
        "Kind",
        kinds,
        kinds.index(held.kind.value) if held else 0,
        format_func=lambda one: KINDS[one],
        key=fields.named(f"{form}_kind"),
    )
    codes = common.currencies(held.currency if held else "")
    currency = columns[2].selectbox("Currency", codes, key=fields.named(f"{form}_currency"))
    source = columns[3].text_input(
        "Source",
        held.source if held else "",
        key=fields.named(f"{form}_source"),
        placeholder="management accounts",
    )
    return FinanceLine(held.key if held else "", name.strip(), LineKind(kind), str(currency), source.strip())


def _cell(one: LineCell) -> Typed:
    return {"key": one.key, "name": one.name, "segments": " | ".join(sorted(one.segments))}


def _texts(line: FinanceLine, cells: Iterable[LineCell]) -> dict[str, str]:
    """What stands in each field, for two editors side by side."""
    cut = {f"Segment {one.name}": " | ".join(sorted(one.segments)) for one in cells}
    kind = KINDS[line.kind.value]
    return {"Name": line.name, "Kind": kind, "Currency": line.currency, "Source": line.source, **cut}


_Rows = tuple[Sequence[Typed], Sequence[Typed]]
"""The rows as typed, and those that the form was opened on."""


def _save_line(form: str, choices: ChoicesReport, typed: FinanceLine, both: _Rows, restatement: str) -> None:
    rows, opened = both
    key = typed.key or draft.key_for(typed.name, set(choices.lines))
    line = FinanceLine(key, typed.name, typed.kind, typed.currency, typed.source)
    cells = _made(key, rows, choices.cells.get(key, ()))
    gone = [(key, str(one["key"])) for one in row_fields.emptied(opened, rows)]
    texts = _texts(line, cells)
    more = {"gone": gone, "restatement": restatement}
    receipt = conflict.save(form, texts, commands.save_lines, [line], cells, **more)
    _saved(receipt, [str(one["name"]) for one in row_fields.emptied(opened, rows)])
    if conflict.is_kept(form):
        st.rerun()


def _made(line: str, rows: Sequence[Typed], held: Sequence[LineCell]) -> list[LineCell]:
    """The segments as typed; a line that is not cut has one that is named after all of it."""
    made: list[LineCell] = []
    for one in rows or [{"key": "", "name": "All of it", "segments": ""}]:
        name = str(one["name"])
        key = str(one["key"]) or draft.key_for(name, {cell.key for cell in (*held, *made)})
        inside = frozenset(part.strip() for part in str(one["segments"]).split("|") if part.strip())
        made.append(LineCell(line, key, name, inside))
    return made


def _saved(receipt: Receipt | None, gone: Sequence[str] = ()) -> None:
    removed = f" {words.listed(gone)} {'is' if len(gone) == 1 else 'are'} removed." if gone else ""
    done.tell(receipt, f"Saved; every claim on it is cut anew where it has to be.{removed}")


# Months


def _months(choices: ChoicesReport) -> None:
    """The latest months of one segment, and blank rows for more; a month that is there is replaced."""
    names = {
        (line.key, cell.key): f"{line.name} · {cell.name}"
        for line in choices.lines.values()
        for cell in choices.cells.get(line.key, ())
    }
    if not names:
        note("Cut the line into its segments first; one is enough.")
        return
    line, cell = st.selectbox("Line and segment", list(names), format_func=names.__getitem__, key="line_cell")
    currency = choices.lines[line].currency
    held = [one for one in choices.line_months.get(line, ()) if one.cell == cell][-_LATEST:]
    form = f"months_{line}_{cell}"
    stem = fields.stem(form)
    conflict.begin(form, row_fields.first_key(stem, _MONTHS))
    _saved(conflict.draw(form, _month_texts(held, currency)))
    note(
        f"In {currency}. Actual less baseline caps what all claims on the segment may count in that month. "
        "A month whose row is emptied goes."
    )
    with st.form(f"form_{form}", border=False):
        opened = conflict.opened(form, [_month(one, currency) for one in held])
        rows = row_fields.draw(stem, _MONTHS, opened, 3)
        told = closed.restated(fields.named(f"{stem}_restated"))
        if st.form_submit_button("Save the months", type="primary"):
            _save_months(form, (line, cell, currency), (rows, opened), told)


def _month(one: LineMonth, currency: str) -> Typed:
    amounts = {name: _major(getattr(one, name), currency) for name in ("baseline", "actual")}
    return {"key": iso_month(one.month), "month": iso_month(one.month), **amounts}


def _major(minor: int, currency: str) -> str:
    return f"{Decimal(minor).scaleb(-MINOR_DIGITS[currency]):,f}"


def _month_texts(months: Iterable[LineMonth], currency: str) -> dict[str, str]:
    return {
        iso_month(one.month): f"{_major(one.actual, currency)} against {_major(one.baseline, currency)}"
        for one in months
    }


def _save_months(form: str, where: tuple[str, str, str], both: _Rows, restatement: str) -> None:
    rows, opened = both
    made, wrong = _read(where, rows)
    line, cell, currency = where
    gone = _gone(opened, made)
    keys = [(line, cell, month) for month in gone]
    texts = _month_texts(made, currency)
    more = {"gone": keys, "unread": wrong, "restatement": restatement}
    receipt = conflict.save(form, texts, commands.save_line_months, made, **more)
    _saved(receipt, [short_month(month) for month in gone])
    if conflict.is_kept(form):
        st.rerun()


def _gone(opened: Sequence[Typed], made: Sequence[LineMonth]) -> list[int]:
    """The months that the form was opened on and that are not in it any more: emptied, or moved."""
    kept = {one.month for one in made}
    found = [parse_iso_month(str(one["key"])) for one in opened]
    return [month for month in found if month is not None and month not in kept]


def _read(where: tuple[str, str, str], rows: Sequence[Typed]) -> tuple[list[LineMonth], list[Issue]]:
    """The months as typed, and what of them cannot be read; for an amount that cannot, nothing stands in."""
    line, cell, currency = where
    made, wrong = list[LineMonth](), list[Issue]()
    label = {one.key: one.label for one in _MONTHS}
    for one in rows:
        month, its = unread.month(label["month"], one["month"])
        of = f"{one['month'] or 'A row without its month'}: "
        amounts = []
        for name in ("baseline", "actual"):
            amount, more = unread.needed_amount(label[name], one[name], currency, of)
            amounts.append(amount or 0)
            its += more
        wrong += its
        if month is not None:
            made.append(LineMonth(line, cell, month, *amounts))
    return made, wrong
