"""Teams by months: which are closed, and closing them; exchange rates that are missing; restatements."""

from collections.abc import Sequence
from functools import cache

import streamlit as st

from roi.actors import Action
from roi.charts.markup import Html, join, tag
from roi.commands import closing
from roi.commands.changing.requests import Receipt
from roi.domain.periods import Span, month_name, short_month
from roi.reports.shapes import Certainty, DataReport, MissingRate, Moved, Restatement, TeamCoverage
from roi.story import words
from roi.ui import links, parts, session
from roi.ui.component import markup
from roi.ui.outcomes import conflict
from roi.ui.parts import Cell, Column, Row

_STATES = {
    "closed": ("closed", "■", "closed: moves only by a restatement"),
    "reconciled": ("agrees", "✓", "agrees with the books"),
    "draft": ("open", "▨", "draft: not reconciled yet"),
    "missing": ("none", "□", "no cost"),
    "": ("none", "", "the team did not exist"),
}
_MOVED = 12
SWIPE = "← Swipe the table for earlier months"
"""What a phone says under a grid of months that is longer than it is wide."""
_TEAMS = 50
"""So many teams at a time; more are further pages: 500 teams of five years were five megabytes."""
_CLOSE, _CLOSE_FORM, _PRESSED = "close", "close_months", "_close_pressed"


def teams(report: DataReport) -> None:
    """Each team over the months: closed, reconciled, draft or missing; and the button that closes months."""
    if not report.team_coverage:
        return
    closed = len(report.closed_months)
    told = f"{words.sentence(words.spelled(closed, 'month'))} closed." if closed else "No month is closed."
    parts.section(
        "Which months are closed", f"{told} A closed month moves only by a restatement with a reason."
    )
    _grid(report)
    if session.actor().may(Action.EDIT_COST_RULES) and report.open_months:
        parts.open_page("Close months", "data", view=_CLOSE)
        if links.asked("view") == _CLOSE:
            _dialog(report)


@st.fragment
def _grid(report: DataReport) -> None:
    """The teams, so many at a time: another page of them draws nothing else anew."""
    shown, several = report.team_coverage, len(report.team_coverage) > _TEAMS
    if several:
        pages = -(-len(shown) // _TEAMS)
        page = st.pagination(pages, key="team_coverage_page")
        shown = shown[(page - 1) * _TEAMS : page * _TEAMS]
    caption = "Teams by month: closed, reconciled, draft or missing"
    key = [tag("span", f"{mark} {told}") for _, mark, told in _STATES.values() if mark]
    key.append(tag("span", SWIPE, class_="swipe"))
    counted = tag("span", f"Teams {_from_to(report, shown)}.") if several else None
    below = tag("p", *key, counted, class_="key")
    markup(join(tag("div", _table(report, shown, caption), class_="wide"), below), key="team-coverage")


def _from_to(report: DataReport, shown: Sequence[TeamCoverage]) -> str:
    first = report.team_coverage.index(shown[0]) + 1
    return f"{first:,} to {first + len(shown) - 1:,} of {len(report.team_coverage):,}"


def _table(report: DataReport, shown: Sequence[TeamCoverage], caption: str) -> Html:
    months = report.team_months
    columns = [tag("th", "Team", scope="col"), *heads(months)]
    rows = [_row(row, months) for row in shown]
    head, body = tag("thead", tag("tr", *columns)), tag("tbody", *rows)
    table = tag("table", tag("caption", caption), head, body, class_="g tight")
    return tag("div", table, class_="tblwrap latest", tabindex=0, role="region", aria_label=caption)


def heads(months: tuple[int, ...]) -> list[Html]:
    """The heads of months in a narrow grid: first letters, and the year where one begins."""
    return [_head(i, months) for i in range(len(months))]


def _head(i: int, months: tuple[int, ...]) -> Html:
    """The month's first letters; its year where one begins, and at the end, which is what a phone shows."""
    name, year = short_month(months[i]).split()
    has_year = i in {0, len(months) - 1} or months[i] % 100 == 1
    return tag(
        "th",
        tag("abbr", name, title=month_name(months[i])),
        tag("br"),
        year if has_year else "\u00a0",
        scope="col",
        class_="cov",
    )


def _row(row: TeamCoverage, months: tuple[int, ...]) -> Html:
    address = links.href("team", team=row.key)
    name = tag("a", row.name, href=address, data_go=address, target="_self")
    cells = [_cell(month, state) for month, state in zip(months, row.states, strict=True)]
    return tag("tr", tag("th", name, scope="row"), *cells, class_="flat")


@cache
def _cell(month: int, state: str) -> Html:
    """One of few that there are, in thousands of places; its title is also what a screen reader says."""
    style, mark, told = _STATES.get(state, _STATES[""])
    said = f"{month_name(month)}: {told}"
    return tag("td", tag("span", mark, class_=style, title=said, role="img"), class_="cov")


def _leave() -> None:
    st.query_params.pop("view", None)


@st.dialog("Close months", on_dismiss=_leave)
def _dialog(report: DataReport) -> None:
    months = list(report.open_months)
    left = _left_of_pressed(report)
    st.write("Figures of a closed month move only by a restatement that is named, with both numbers.")
    last = st.selectbox(
        "Close all open months up to and including",
        months,
        index=0,
        format_func=month_name,
        key="close_up_to",
    )
    chosen = [month for month in months if month <= last]
    _closed(conflict.draw(_CLOSE_FORM, _looked(report)), left)
    conflict.shown(_CLOSE_FORM, report.version, _looked(report))
    told = "for example: the books are final"
    reason = (st.text_input("Why now?", key="close_reason", placeholder=told) or "").strip()
    label = f"Close {words.counted(len(chosen), 'month')}"
    pressed = conflict.taken(_CLOSE_FORM)
    if pressed and reason:
        st.session_state[_PRESSED] = pressed[0]
        _closed(conflict.press(_CLOSE_FORM, closing.close_months, pressed[0], reason), pressed[0])
    with st.container(horizontal=True):
        st.button(
            label,
            key="close_now",
            type="primary",
            disabled=not reason,
            on_click=conflict.pressed,
            args=(_CLOSE_FORM, chosen),
        )
        if st.button("Keep them open", key="close_not"):
            links.go("data")


def _left_of_pressed(report: DataReport) -> list[int]:
    """The pressed months that are still open where somebody was first; where none is, that is said."""
    pressed: list[int] = st.session_state.get(_PRESSED, [])
    left = [month for month in pressed if month in report.open_months]
    if not conflict.is_kept(_CLOSE_FORM) or len(left) == len(pressed):
        return left
    if left:
        told = (
            f"What is closed stays so. “Do it all the same” closes {words.listed([*map(month_name, left)])}."
        )
        parts.callout("note", told)
    else:
        parts.callout("note", f"{conflict.told(_CLOSE_FORM)} Nothing is left to do.")
        conflict.end(_CLOSE_FORM)
    return left


def _closed(receipt: Receipt | None, chosen: Sequence[int]) -> None:
    if receipt is not None:
        span = Span(chosen[0], chosen[-1])
        told = span.label if len(chosen) == len(span.months) else words.counted(len(chosen), "month")
        session.notify(f"{told} closed by change {receipt.change_id}. Undo that change to open them again.")
        links.go("data")


def _looked(report: DataReport) -> dict[str, str]:
    """What a decision to close rests on: each open month with what each source holds in it."""
    held: dict[str, list[str]] = {short_month(month): [] for month in report.open_months}
    for row in report.coverage:
        for month, cell in zip(report.months, row.cells, strict=True):
            if month in report.open_months and cell.amount is not None and row.scenario == "actual":
                held[short_month(month)].append(f"{row.source} {words.exact(cell.amount, row.currency)}")
    closed = {short_month(month): "closed" for month in report.closed_months}
    return closed | {month: "; ".join(sources) or "open" for month, sources in held.items()}


def rates(report: DataReport) -> None:
    """Exchange rates that figures wait for."""
    if not report.missing_rates:
        return
    count = words.spelled(len(report.missing_rates), "exchange rate")
    verb = "is" if len(report.missing_rates) == 1 else "are"
    parts.section(
        f"{words.sentence(count)} {verb} missing",
        "Figures of these months are not known until then.",
    )
    columns = [
        Column("Month", "text"),
        Column("From", "text"),
        Column("To", "text"),
        Column("Lines that wait"),
    ]
    parts.graphic_table(
        "missing-rates", "Missing exchange rates", columns, [_rate(x) for x in report.missing_rates]
    )
    parts.open_page("Import exchange rates", "data", view="lists", source="exchange_rates")


def _rate(row: MissingRate) -> Row:
    month = f"{short_month(row.month)}, {row.basis}" if row.basis else short_month(row.month)
    return Row((Cell(month), Cell(row.currency), Cell(row.target), Cell(f"{row.lines:,}")), "flat")


def restatements(report: DataReport) -> None:
    """Each named change of closed months, with both numbers; of value also both ranges and grades."""
    if not report.restatements:
        return
    count = words.spelled(len(report.restatements), "restatement")
    told = "Both numbers stay; of value, both likely ranges and evidence grades too."
    parts.section(f"{words.sentence(count)} of closed months", told)
    for one in report.restatements:
        _restatement(one)


def _restatement(one: Restatement) -> None:
    told = f"Change {one.change_id}, {words.day(one.at)} by {one.actor}: {one.reason}"
    st.html(tag("p", tag("b", told), class_="sub"))
    columns = [
        Column("Where", "text"),
        Column("Month", "text", phone=False),
        Column("Before"),
        Column("After"),
        Column("Change", phone=False),
    ]
    rows = [_moved(row) for row in one.moved[:_MOVED]]
    more = len(one.moved) - len(rows)
    if more:
        rows.append(Row((Cell(f"{more:,} more"), Cell(), Cell(), Cell(), Cell()), "note"))
    if rows:
        caption = f"What change {one.change_id} moved"
        parts.graphic_table(f"restatement-{one.change_id}", caption, columns, rows)
    if one.hidden:
        what = words.counted(one.hidden, "figure")
        st.html(tag("p", f"{what} would tell pay; only finance sees them.", class_="sub"))


_PLACES = {"suspense": "On no team yet", "excluded": "Excluded natures", "overhead": "Overhead"}
_MEASURES = {"team": ", own cost", "actual": ", full cost", "standard": ", full cost at standard rates"}


def _moved(row: Moved) -> Row:
    where = row.team_name or row.team or _PLACES.get(row.place, words.sentence(row.place))
    where += _MEASURES.get(row.place, "") if row.team else ""
    change = (row.after - row.before) if row.after is not None and row.before is not None else None
    moved = words.DASH if change is None else words.exact(change, row.currency)
    cells = (
        Cell(where, phone_note=short_month(row.month)),
        Cell(short_month(row.month)),
        Cell(_known(row.before, row.sure_before, row.currency)),
        Cell(_known(row.after, row.sure_after, row.currency)),
        Cell(f"+{moved}" if change and change > 0 else moved, tone="quiet"),
    )
    return Row(cells, "flat")


def _known(amount: int | None, sure: Certainty | None, currency: str) -> Html | str:
    """The amount with all its digits, and of a value its likely range and its grade under it."""
    shown = words.NOT_KNOWN if amount is None else words.exact(amount, currency)
    if sure is None:
        return shown
    return join(shown, tag("br"), tag("span", words.certainty(sure, currency), class_="quiet sure"))
