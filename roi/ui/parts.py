"""The pieces that pages are made of. Every text is escaped by `roi.charts.markup`."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from html import unescape

import streamlit as st

from roi.charts.markup import Child, Html, join, tag
from roi.domain.figures import REGISTRY, Figure
from roi.story import told
from roi.ui import door, links
from roi.ui.component import markup
from roi.ui.states import callout, empty_state, issue_list, no_match, plain
from roi.ui.unbroken import inline, unbroken

__all__ = [
    "Cell",
    "Column",
    "Kpi",
    "Row",
    "callout",
    "cell_known",
    "crumbs",
    "emphasis",
    "empty_state",
    "eyebrow_and_title",
    "facts",
    "foot",
    "graphic_table",
    "issue_list",
    "kind_of_names",
    "known",
    "known_part",
    "kpi_strip",
    "link",
    "no_match",
    "plain",
    "section",
    "sentence",
    "steps",
    "unbroken",
]

EYEBROW = "_eyebrow_place"
_HERE = re.compile(r'aria-current="page">([^<]*)<')
_LONG_NAME = 70
"""Letters of a name from which on it takes more than one line of a table."""


def emphasis(text: str) -> Html:
    """A text of ours alone with what stands between `**` in bold; what somebody typed is never read so."""
    pieces = [sentence(piece) for piece in text.split("**")]
    return join(*(tag("b", piece) if i % 2 else piece for i, piece in enumerate(pieces)))


def eyebrow_and_title(eyebrow: Child, title: str, lede: Child = "") -> None:
    """Where we are and for what scope; the page's one claim; what goes with it.

    Numbers of the claim that remember their figure (`roi.story.told`) open *How we know* on it.
    """
    door.enter()
    name_tab(tab(eyebrow))
    place = st.session_state.get(EYEBROW)
    head = tag("p", eyebrow, class_="eyebrow")
    if isinstance(eyebrow, Html) and place is not None:
        with place:
            markup(head, key="eyebrow")
    else:
        (place.html if place is not None else st.html)(head)
    body = tag("p", unbroken(lede), class_="lede") if lede else None
    title_ = tag("h1", sentence(title), class_="act", id="title")
    _placed(tag("div", title_, body, class_="head"), "head")


def name_tab(place: str) -> None:
    """Call the browser's tab by where one is."""
    st.set_page_config(page_title=f"{place} · Engineering ROI")


def tab(eyebrow: Child) -> str:
    """What the browser's tab is called, so that several can be told apart: where the eyebrow says we are."""
    here = _HERE.search(eyebrow or "")
    return (unescape(here[1]) if here else eyebrow or "").split(" · ")[0]


def crumbs(steps_: Sequence[tuple[str, str]], here: str) -> Html:
    """`Portfolio / Enrolment / Onboarding` as real links; (label, address) and the last one without."""
    parts: list[Child] = []
    for label, address in steps_:
        parts += [link(label, address), " / "]
    return join(*parts, tag("span", here, aria_current="page"))


def section(title: str, sub: str = "", anchor: str | None = None, *, marks: str = "") -> None:
    """A heading of the second level and one line on how to read what follows; `anchor` can be jumped to.

    `marks` says how to read marks that a phone has no room for, and is hidden with them there.

    Numbers that remember their figure (`roi.story.told`) open *How we know* on it.
    """
    drawn = tag("span", f"{marks} ", class_="marks") if marks else None
    note = tag("p", drawn, sentence(sub), class_="sub") if sub or marks else None
    head = tag("h2", sentence(title), class_="sec", id=anchor)
    _placed(tag("div", head, note, class_="section"), button_key("section", told.plain(title)))


def _placed(html: Html, key: str) -> None:
    """Words as they are; with a number that opens *How we know* where a click can be told."""
    if "data-know" in html:
        markup(html, key=key)
    else:
        st.html(html)


def link(label: str, address: str) -> Html:
    """A link that keeps the session; its address is real, so it can be copied and opened elsewhere."""
    return tag("a", label, href=address, data_go=address, target="_self")


def known_part(shown: Child, figure_id: str, **key: str) -> Html:
    """The same of a part that a list names: `key` says which part of what it is."""
    return _know(shown, told.place(figure_id, **key), f"How we know: {REGISTRY[figure_id].name}")


def known(shown: Child, figure: Figure, **key: str) -> Html:
    """A number as a button that opens *How we know* on it; `key` is its team, outcome or epic, if any."""
    return _know(shown, told.address(figure, **key), f"How we know: {figure.definition.name}")


def cell_known(shown: Child, figure: Figure | None, **key: str) -> Child:
    """The same in a table, whose column says which figure it is; a figure without a value stays a word."""
    return shown if figure is None or not figure.is_known else _know(shown, told.address(figure, **key))


def sentence(text: str) -> Html:
    """A sentence of `roi.story.told`: each number that remembers its figure opens *How we know* on it."""
    pieces = told.pieces(text)
    return inline([(_know(shown, figure) if figure else shown, bool(figure)) for shown, figure in pieces])


def _know(shown: Child, address: str, title: str | None = None) -> Html:
    return tag("button", shown, type="button", class_="know", data_know=address, title=title)


@dataclass(frozen=True, slots=True)
class Kpi:
    """One number of the strip under the title; `figure` opens *How we know* on it, of `team` or `whose`."""

    label: str
    value: Child
    sub: Child = ""
    figure: Figure | None = None
    graphic: Html | None = None
    team: str = ""
    whose: Mapping[str, str] = field(default_factory=dict)


def kpi_strip(kpis: Sequence[Kpi], key: str = "kpis") -> None:
    """The numbers under the title, between two hairlines."""
    markup(tag("div", *(_kpi(kpi) for kpi in kpis), class_="kpis"), key=key)


def _kpi(kpi: Kpi) -> Html:
    value: Child = kpi.value
    if kpi.figure is not None:
        value = known(kpi.value, kpi.figure, **{"team": kpi.team, **kpi.whose})
    words = "" if any(letter.isdigit() for letter in kpi.value or "") else " words"
    return tag(
        "div",
        tag("div", kpi.label, class_="l"),
        tag("div", tag("span", value, class_=f"v{words}"), kpi.graphic, class_="vrow"),
        tag("div", unbroken(kpi.sub), class_="s"),
        class_="kpi",
    )


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a graphic table. `kind`: text, number, graphic; `phone`: whether a phone shows it.

    Of kind decimal: numbers that are as long as they need be, with their points one under the other.
    Text that `wraps` may take several lines on a phone.
    """

    label: Child
    kind: str = "number"
    phone: bool = True
    note: str = ""


def kind_of_names(names: Iterable[str]) -> str:
    """The kind of a column of names: one line each, unless one would push other columns out of sight."""
    return "prose" if max(map(len, names), default=0) > _LONG_NAME else "text"


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell: text or markup, a second line that only a phone shows, and how many columns it takes."""

    shown: Child = ""
    phone_note: Child = ""
    tone: str = ""
    span: int = 1


@dataclass(frozen=True, slots=True)
class Row:
    """One row. `kind`: row, group, total, note; `go` is the address its first cell leads to."""

    cells: tuple[Cell, ...]
    kind: str = "row"
    go: str = ""


def graphic_table(
    key: str, caption: str, columns: Sequence[Column], rows: Sequence[Row], *, is_wide: bool = False
) -> None:
    """A table with drawings in its cells, in a region that scrolls when it is too wide for the page.

    A table that `is_wide` by nature keeps its first column in view while it scrolls.
    """
    head = tag("thead", tag("tr", *(_head(column) for column in columns)))
    body = tag("tbody", *(_row(row, columns) for row in _aligned(rows, columns)))
    table = tag("table", tag("caption", caption), head, body, class_="g")
    wrap = "tblwrap wide" if is_wide else "tblwrap"
    more = tag("p", SWIPE, class_="sub swipe") if is_wide and len(columns) > _FIT else None
    region = tag("div", table, class_=wrap, tabindex=0, role="region", aria_label=caption)
    markup(join(region, more), key=key)


SWIPE = "Swipe the table to see more →"
_FIT = 4
"""So many columns of numbers fit beside the first on a phone at most."""


def _aligned(rows: Sequence[Row], columns: Sequence[Column]) -> Sequence[Row]:
    """Each number of a decimal column with room for the decimals that it lacks: `4` above `0.25`."""
    places = [at for at, column in enumerate(columns) if column.kind == "decimal"]
    if not places:
        return rows
    most = {at: max(_decimals(row.cells[at].shown) for row in rows if at < len(row.cells)) for at in places}
    return [
        replace(row, cells=tuple(_roomy(cell, most.get(at, 0)) for at, cell in enumerate(row.cells)))
        for row in rows
    ]


def _decimals(shown: Child) -> int:
    return len(str(shown).partition(".")[2])


def _roomy(cell: Cell, decimals: int) -> Cell:
    lacking = decimals - _decimals(cell.shown)
    if lacking <= 0 or not cell.shown:
        return cell
    point = "" if _decimals(cell.shown) else "."
    return replace(cell, shown=tag("span", cell.shown, class_="dec", data_room=f"{point}{'0' * lacking}"))


def _classes(column: Column, *more: str) -> str | None:
    names = [column.kind, "" if column.phone else "wide-only", *more]
    return " ".join(name for name in names if name) or None


def _head(column: Column) -> Html:
    if not column.label:
        return tag("td", class_=_classes(column))
    return tag("th", column.label, scope="col", class_=_classes(column), title=column.note or None)


def _row(row: Row, columns: Sequence[Column]) -> Html:
    cells: list[Html] = []
    at = 0
    for cell in row.cells:
        cells.append(_cell(cell, columns[at], row.go if at == 0 else "", is_head=at == 0))
        at += cell.span
    return tag("tr", *cells, class_=row.kind, data_go=row.go or None)


def _cell(cell: Cell, column: Column, go: str, *, is_head: bool) -> Html:
    shown = tag("a", cell.shown, href=go, data_go=go, target="_self") if go else cell.shown
    note = tag("span", unbroken(cell.phone_note), class_="phone-note") if cell.phone_note else None
    extra = {"scope": "row"} if is_head else {}
    width = cell.span if cell.span > 1 else None
    name = "th" if is_head else "td"
    return tag(name, shown, note, class_=_classes(column, cell.tone), colspan=width, **extra)


def file_name(name: str) -> Html:
    """A file's name, which ends a line after `-`, `_` or a space and never within its ending."""
    pieces = [join(piece, tag("wbr")) for piece in re.split(r"(?<=[-_ ])", name)]
    return tag("span", *pieces, class_="file")


def facts(pairs: Sequence[tuple[str, Child]], key: str) -> None:
    """Questions and their answers, one under the other."""
    rows = [tag("div", tag("dt", name), tag("dd", unbroken(value))) for name, value in pairs]
    markup(tag("dl", *rows, class_="trust"), key=key)


def foot(*parts: Child, key: str = "foot") -> None:
    """The last line of a page: how we know."""
    markup(tag("p", *parts, class_="trace"), key=key)


def steps(labels: Sequence[str], current: int) -> None:
    """The header of a wizard: its steps, and which one this is (from 0)."""
    items = []
    for number, label in enumerate(labels):
        state = "done" if number < current else "now" if number == current else "next"
        said = {"done": " (done)", "now": " (now)", "next": ""}[state]
        mark = "✓" if state == "done" else str(number + 1)
        here = "step" if state == "now" else None
        text = join(tag("b", mark), " ", label, tag("span", said, class_="unseen"))
        items.append(tag("li", text, class_=state, aria_current=here))
    st.html(tag("ol", *items, class_="steps"))


def button_key(*words: str) -> str:
    """A stable key for a widget that belongs to a name."""
    return re.sub(r"\W+", "-", "-".join(words).lower())


def open_page(label: str, page: str, *, is_primary: bool = False, **query: str) -> None:
    """A button that leads to a page, keeping the scope."""
    kind = "primary" if is_primary else "secondary"
    key = button_key("open", label, page, *query.values())
    if st.button(plain(label), key=key, type="primary" if kind == "primary" else "secondary"):
        links.go(page, **query)
