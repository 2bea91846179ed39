"""Step 2: which of their columns is which of our fields, and what is said for the whole file."""

import streamlit as st

from roi.charts.markup import Html, tag
from roi.commands.changing.requests import ColumnChoice
from roi.domain.importing import DateOrder, ReadTable
from roi.domain.money import MINOR_DIGITS
from roi.domain.periods import parse_iso_month
from roi.ingest import columns
from roi.reports import start as start_report
from roi.story import words
from roi.ui import parts, session
from roi.ui.upload import answered, keeper, steps
from roi.ui.upload import draft as drafts
from roi.ui.upload.draft import Draft, DraftFile
from roi.ui.upload.pieces import note
from roi.ui.upload.questions import WRITTEN

_FIRST = ("month", "amount", "currency", "cost_centre", "team", "pool")
_NOT_IN_FILE = "– not in the files –"
_SHAPES = {
    "": "one column",
    "across": "one column for each month",
    "sides": "a debit and a credit column",
}
_SCENARIOS = ("actual", "plan", "outlook")


def title(draft: Draft) -> tuple[str, str]:
    """What the page says in this step."""
    lacking = steps.missing(draft)
    if any(file.reading.is_known_source for file in draft.files) and not lacking:
        return (
            f"The columns are read as last time for {draft.source}",
            "Change what has changed, then continue.",
        )
    if not lacking:
        return "Every field we need has its column", "Please check the samples, then continue."
    if len(draft.files) > 1:
        return (
            "Say once which column is what",
            f"The answer serves all {len(draft.files)} files and is remembered.",
        )
    return "Say which column is what", "The answer is remembered for the next file of this source."


def draw(draft: Draft) -> Draft:
    """Source name, columns, and what the files do not say themselves."""
    draft = _source(draft)
    readings = [file.reading for file in draft.files if file.reading.table is not None]
    reading = readings[0]
    parts.section("Columns", "Ours on the left, theirs beside it, with the first values found there.")
    shown = sorted(
        (choice for choice in reading.columns if _is_shown(choice, draft)),
        key=lambda choice: _order(choice.field),
    )
    more = [choice for choice in reading.columns if choice not in shown]
    table = reading.table
    assert table is not None  # noqa: S101 - the list above holds readable files only
    for choice in shown:
        draft = _column(draft, choice, table)
    if more:
        with st.expander(f"More fields, if the files have them ({len(more)})"):
            for choice in more:
                draft = _column(draft, choice, table)
    _elsewhere(draft)
    for issue in reading.issues if len(draft.files) == 1 else ():
        if issue.code == "header_changed":
            parts.callout("note", issue.message)
    return _stated(draft)


def _source(draft: Draft) -> Draft:
    parts.section("Source", "Files of one source share their columns and the map of cost areas to teams.")
    named = st.text_input(
        "Name of the source",
        value=draft.source,
        key="cost_source",
        max_chars=80,
        width=420,
        placeholder="for example: General ledger",
    )
    return keeper.keep(drafts.name_source(draft, named or ""))


def _is_shown(choice: ColumnChoice, draft: Draft) -> bool:
    return choice.field in _FIRST or choice.is_required or drafts.header_of(draft, choice.field) is not None


def _order(field: str) -> int:
    return _FIRST.index(field) if field in _FIRST else len(_FIRST)


def _column(draft: Draft, choice: ColumnChoice, table: ReadTable) -> Draft:
    """One row: our field, a select of their columns, three samples, and how sure we are."""
    headers = [header for header in dict.fromkeys(table.headers) if header.strip()]
    options: list[str | None] = [None, *headers]
    now = drafts.header_of(draft, choice.field)
    with st.container(key=f"cost_row_{choice.field}"):
        name, select, samples, sure = st.columns([2.2, 3, 4.4, 1.2], vertical_alignment="center")
        with name:
            st.html(_field_name(choice))
        with select:
            chosen = keeper.choose(
                choice.label, options, now, f"col_{choice.field}", lambda header: header or _NOT_IN_FILE
            )
        with samples:
            note(_samples(table, chosen))
        with sure:
            st.html(_confidence(choice, chosen, _said_otherwise(draft, choice.field)))
    if chosen == now:
        return draft
    changed = drafts.choose_column(draft, choice.field, chosen)
    for field_name in {name for name, _ in draft.settings.columns} - {
        name for name, _ in changed.settings.columns
    }:
        st.session_state.pop(f"{keeper.PREFIX}col_{field_name}", None)
    keeper.show(changed)
    return changed


def _moved(draft: Draft, changed: Draft) -> list[str]:
    """Fields whose column was given to another field: their selects have to show it."""
    now = dict(changed.settings.columns)
    return [name for name, header in draft.settings.columns if header and not now.get(name)]


def _field_name(choice: ColumnChoice) -> Html:
    needed = tag("span", " needed", class_="neu") if choice.is_required else None
    return tag("p", tag("b", choice.label), needed, title=choice.help, class_="field")


def _samples(table: ReadTable, header: str | None) -> str:
    if header is None:
        return ""
    cell = table.headers.index(header)
    found = dict.fromkeys(record[cell].strip() for record in table.sample if cell < len(record))
    return " · ".join([value[:40] for value in found if value][:3])


def _said_otherwise(draft: Draft, field_name: str) -> str:
    """Where a field without a column of its own is read from all the same; empty when it is nowhere."""
    settings = draft.settings
    if settings.months_across and field_name in {"month", "amount"}:
        return "across"
    if settings.debit and settings.credit and field_name == "amount":
        return "two columns"
    is_stated = bool(settings.value_of(field_name))
    if field_name == "month":
        is_stated = bool(draft.files) and all(file.month for file in draft.files)
    return "stated" if is_stated else ""


def _confidence(choice: ColumnChoice, chosen: str | None, otherwise: str) -> Html:
    if chosen is None and otherwise:
        word, tone = otherwise, "good"
    elif chosen is None:
        word, tone = ("choose", "attn") if choice.is_required else ("", "neu")
    elif chosen == choice.header and choice.cell is not None:
        word, tone = choice.confidence, "good" if choice.confidence == "sure" else "attn"
    else:
        word, tone = "chosen", "neu"
    return tag("p", word, class_=f"sure {tone}")


def _elsewhere(draft: Draft) -> None:
    """Files that do not have a column which was chosen, and what is read there instead."""
    found: dict[str, list[str]] = {}
    for file in draft.files:
        kept, changes = answered.adapted(draft, file)
        headers = file.reading.table.headers if file.reading.table else ()
        for name, theirs, instead in changes:
            read = f"“{instead}” is read" if instead else "it is left empty"
            found.setdefault(f"No column “{theirs}” ({name}): {read}", []).append(file.name)
        for name, header in kept:
            if header and columns.find(headers, header) is None:
                found.setdefault(f"No column “{header}” ({name}): nothing can be read", []).append(file.name)
    for told, names in found.items():
        more = f" and {len(names) - 3} more" if len(names) > 3 else ""
        listed = words.listed(names[:3]) if not more else ", ".join(names[:3]) + more
        parts.callout("attention", f"{told} in {listed}.")


def _stated(draft: Draft) -> Draft:
    parts.section(
        "Said for the whole file", "What no column says. Nothing is taken from a default in silence."
    )
    asked = [_dates, _decimals]
    for name, ask in (("scenario", _scenario), ("currency", _currency)):
        if drafts.header_of(draft, name) is None:
            asked.insert(0, ask)
        else:
            draft = drafts.state(draft, name, "")
    # As many places as there may be questions, so that each stands where it always does.
    for cell, ask in zip(st.columns(4), asked, strict=False):
        with cell:
            draft = ask(draft)
    draft = _shape(draft)
    if drafts.header_of(draft, "month") is None and not draft.settings.months_across:
        for file in draft.files:
            draft = _month(draft, file)
    return keeper.keep(draft)


def _shape(draft: Draft) -> Draft:
    """One column of amounts, one for each month, or debit beside credit."""
    settings = draft.settings
    now = "across" if settings.months_across else "sides" if settings.debit or settings.credit else ""
    cells = st.columns(3)
    with cells[0]:
        chosen = st.selectbox(
            "Amounts stand in",
            tuple(_SHAPES),
            index=_index(tuple(_SHAPES), now),
            key="cost_shape",
            format_func=lambda one: _SHAPES[one],
        )
    if chosen != "sides":
        return drafts.say_shape(draft, months_across=chosen == "across")
    headers = _headers(draft)
    sides = []
    for cell, label, header in zip(
        cells[1:], ("Debit column", "Credit column"), (settings.debit, settings.credit), strict=True
    ):
        with cell:
            place = headers.index(header) if header in headers else None
            key = f"cost_{label.split()[0].lower()}"
            sides.append(st.selectbox(label, headers, place, key=key, placeholder="choose") or "")
    return drafts.say_shape(draft, debit=sides[0], credit=sides[1])


def _headers(draft: Draft) -> list[str]:
    """The columns of the first file that can be read."""
    table = next(file.reading.table for file in draft.files if file.reading.table is not None)
    return [header for header in dict.fromkeys(table.headers) if header.strip()]


def _scenario(draft: Draft) -> Draft:
    """Actual, unless a column or the uploader says otherwise."""
    now = draft.settings.value_of("scenario")
    chosen = st.selectbox("Scenario", _SCENARIOS, key="cost_scenario", index=_index(_SCENARIOS, now))
    return drafts.state(draft, "scenario", "" if chosen in {None, "actual"} else str(chosen))


def _dates(draft: Draft) -> Draft:
    orders: tuple[str, ...] = ("", *DateOrder)
    now = _index(orders, draft.settings.date_order)
    chosen = st.selectbox("Dates are written", orders, now, key="cost_dates", format_func=_in_words)
    return drafts.say_dates(draft, DateOrder(chosen) if chosen else None)


def _decimals(draft: Draft) -> Draft:
    marks = ("", ".", ",")
    now = _index(marks, draft.settings.decimal)
    chosen = st.selectbox("Decimals are written", marks, now, key="cost_decimal", format_func=_in_words)
    return drafts.say_decimal(draft, chosen or None)


def _in_words(option: str) -> str:
    return WRITTEN[option]


def _index(options: tuple[str, ...], value: str | None) -> int:
    return options.index(value) if value in options else 0


def _currency(draft: Draft) -> Draft:
    company = session.answer(start_report.build).company
    first = [company.currency] if company else []
    options = ["", *dict.fromkeys([*first, "USD", "EUR", "GBP", *MINOR_DIGITS])]
    now = draft.settings.value_of("currency") or ""
    chosen = st.selectbox(
        "Currency of every line (needed)",
        options,
        index=options.index(now) if now in options else 0,
        key="cost_currency",
        format_func=lambda code: code or "choose",
    )
    return drafts.state(draft, "currency", chosen or "")


def _month(draft: Draft, file: DraftFile) -> Draft:
    typed = st.text_input(
        parts.plain(f"Month of {file.name}"),
        value=file.month,
        key=f"cost_month_{file.name}",
        placeholder="2026-09",
    )
    if typed and parse_iso_month(typed) is None:
        parts.callout("attention", f"“{typed[:20]}” is no month. Write it as 2026-09.")
        typed = ""
    return drafts.state_month(draft, file.name, (typed or "").strip())
