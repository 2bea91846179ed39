"""The scope bar: Period, roll-up, value stream or division, Currency, bound to the address (D26 and D27).

The address holds keys (`period=2026-01..2026-09`), the bar shows words (`Jan–Sep 2026`). A value of the
address that means nothing here is noticed and told, never replaced in silence.
"""

from collections.abc import Sequence

import streamlit as st

from roi.domain.periods import Span, add_months, month_name, parse_span
from roi.reports.shapes import RollUp, Scope, ShellReport
from roi.story import words
from roi.ui import links, session, states

DEFAULT = ""
_NARROWED = "_period_before"
_WIDGETS = {"period": "scope_period", "by": "scope_by", "vs": "scope_vs", "currency": "scope_currency"}
_ROLL_UPS: dict[str, tuple[RollUp, str]] = {
    "division": (("division", "then"), "By division"),
    "today": (("value_stream", "today"), "By value stream of today"),
    "division-today": (("division", "today"), "By division of today"),
}
"""To what teams roll up, by its key in the address; without one, to the value stream of each month (D5)."""


def read_address(page: str, shell: ShellReport) -> None:
    """Take the scope from the address, drop what means nothing here, and say so."""
    for key in list(st.query_params):
        if key not in links.ALL_KEYS:
            st.toast(states.plain(f"The link's “{key}” means nothing here and was left out."))
        if key not in links.allowed(page):
            del st.query_params[key]
    if "vs" in st.query_params and "by" not in st.query_params:
        links.keep("by", None)  # a link names a value stream, unless it says otherwise
    for key in links.SCOPE_KEYS:
        _read(key, shell)
    st.session_state[session.SCOPE] = _scope()


def _read(key: str, shell: ShellReport) -> None:
    sent = st.query_params.get(key)
    value = links.kept(key) if sent is None else sent
    if value is not None and not _means_something(key, value, shell):
        if sent is not None:
            named = words.group(_roll_up()[0]) if key == "vs" else _NAMES[key]
            told = f"“{value[:60]}” is no {named} here; the link's choice was left out."
            st.toast(states.plain(told))
        value = None
    if key == "period":
        _notice(value, shell)
    links.keep(key, value)
    if key in _WIDGETS:
        st.session_state[_WIDGETS[key]] = value or DEFAULT


def _notice(value: str | None, shell: ShellReport) -> None:
    """Remember what the period was before a mark of a chart, or a link, led to a shorter one."""
    before, was = links.kept("period"), _narrowed_to()
    if value != before and links.was_kept("period") and _is_within(value, before, shell):
        st.session_state[_NARROWED] = (value, before)
    elif was is not None and was[0] != value:
        st.session_state.pop(_NARROWED)


def _narrowed_to() -> tuple[str, str | None] | None:
    """The period that was narrowed to, and the one before it (None is the usual one)."""
    kept: tuple[str, str | None] | None = st.session_state.get(_NARROWED)
    return kept


def _is_within(value: str | None, before: str | None, shell: ShellReport) -> bool:
    inner = parse_span(value) if value else None
    outer = parse_span(before) if before else shell.span
    return bool(inner and outer and outer.first <= inner.first and inner.last <= outer.last)


def narrowed(shell: ShellReport) -> None:
    """Say that the period was narrowed on the way here, with one click that takes it back."""
    kept = _narrowed_to()
    span = parse_span(kept[0]) if kept and kept[0] == links.kept("period") else None
    if kept is None or span is None:
        return
    before = _label("period", kept[1]) if kept[1] else _default_period(shell)
    told = month_name(span.first) if span.first == span.last else span.label
    with st.container(horizontal=True, vertical_alignment="center", key="narrowed_bar"):
        states.callout("note", f"Period narrowed to {told}, on every page.")
        st.button(f"Show {before} again", key="narrowed_back", on_click=links.keep, args=("period", kept[1]))


_NAMES = {
    "period": "period",
    "by": "roll-up",
    "currency": "currency",
    "snap": "number of a change",
}


def _means_something(key: str, value: str, shell: ShellReport) -> bool:
    if key == "period":
        span = parse_span(value)
        return bool(span and shell.months and _overlaps(span, shell.months))
    if key == "by":
        return value in _ROLL_UPS and _ROLL_UPS[value][0] in shell.roll_ups
    if key == "vs":
        return value in _groups(shell)
    if key == "currency":
        return value in shell.currencies
    return value.isascii() and value.isdigit() and 0 < int(value[:9]) <= shell.version


def _overlaps(one: Span, other: Span) -> bool:
    return one.first <= other.last and other.first <= one.last


def _scope() -> Scope:
    period, pinned = links.kept("period"), links.kept("snap")
    by, time = _roll_up()
    return Scope(
        parse_span(period) if period else None,
        links.kept("vs"),
        links.kept("currency"),
        int(pinned) if pinned else None,
        time,
        by,
    )


def draw(shell: ShellReport) -> None:
    """The bar: only the choices that this company has, and *Reset* only when something is chosen."""
    if shell.months is not None:
        _select("period", "Period", _periods(shell), _default_period(shell))
    if len(shell.roll_ups) > 1:
        told = [key for key, (roll_up, _) in _ROLL_UPS.items() if roll_up in shell.roll_ups]
        _select("by", "Roll-up", told, "By value stream")
    if names := _groups(shell):
        group = words.group(session.scope().grouped_by)
        _select("vs", words.sentence(group), names, f"All {group}s")
    if len(shell.currencies) > 1:
        _select("currency", "Currency", shell.currencies, _default_currency(shell))
    if links.scope_query():
        st.button("Reset", key="scope_reset", on_click=links.reset_scope, type="tertiary")


def _groups(shell: ShellReport) -> Sequence[str]:
    """The value streams or divisions of the roll-up that is chosen."""
    return shell.roll_ups.get(_roll_up(), ())


def _roll_up() -> RollUp:
    chosen = _ROLL_UPS.get(links.kept("by") or "")
    return chosen[0] if chosen else Scope().roll_up


def _select(key: str, label: str, options: Sequence[str], default: str) -> None:
    st.selectbox(
        label,
        [DEFAULT, *options],
        key=_WIDGETS[key],
        format_func=lambda value: _label(key, value) if value else default,
        on_change=_changed,
        args=(key,),
        label_visibility="collapsed",
        width=168,
    )


def _label(key: str, value: str) -> str:
    if key == "currency":
        return f"{value} lines only"
    if key == "by":
        return _ROLL_UPS[value][1]
    span = parse_span(value) if key == "period" else None
    return span.label if span else value


def _changed(key: str) -> None:
    links.keep(key, st.session_state.get(_WIDGETS[key]) or None)
    if key == "by":
        links.keep("vs", None)


def _default_period(shell: ShellReport) -> str:
    return shell.span.label if shell.span else "All months"


def _default_currency(shell: ShellReport) -> str:
    """Everything, converted; named unlike any choice below it, which the browser could not tell apart."""
    return f"All in {shell.company.currency}" if shell.company else "All, converted"


def _periods(shell: ShellReport) -> list[str]:
    """All months, fiscal years, quarters and months that have costs, and the link's own."""
    if shell.months is None:
        return []
    years, quarters, months = _runs_of(shell, shell.months)
    spans = [shell.months, *years, *quarters, *months]
    keys = list(dict.fromkeys(span.key for span in spans if span != shell.span))
    chosen = links.kept("period")
    if chosen and chosen not in keys:
        keys.append(chosen)
    return keys


def usual(shell: ShellReport) -> tuple[Span, ...]:
    """What most look at beside the default: all months; the latest fiscal year, quarter and month."""
    if shell.months is None:
        return ()
    spans = dict.fromkeys((*(its[-1] for its in _runs_of(shell, shell.months)), shell.months))
    return tuple(span for span in spans if span != shell.span)


def offered(shell: ShellReport) -> tuple[Span, ...]:
    """What the bar offers beside the default and the usual: fiscal years, quarters, months, newest first."""
    if shell.months is None:
        return ()
    spans = [span for its in _runs_of(shell, shell.months) for span in reversed(its)]
    others = {shell.span, *usual(shell)}
    return tuple(span for span in dict.fromkeys(spans) if span not in others)


def _runs_of(shell: ShellReport, months: Span) -> tuple[list[Span], list[Span], list[Span]]:
    """Fiscal years, quarters and months that have costs, the oldest first."""
    start = shell.company.fiscal_start if shell.company else 1
    years, quarters = (_runs(months, start, length) for length in (12, 3))
    return years, quarters, [Span(month, month) for month in months.months]


def _runs(months: Span, fiscal_start: int, length: int) -> list[Span]:
    """Runs of `length` months that begin with the fiscal year, cut to the months there are."""
    offset = (months.first % 100 - fiscal_start) % length
    first, spans = add_months(months.first, -offset), []
    while first <= months.last:
        last = add_months(first, length - 1)
        spans.append(Span(max(first, months.first), min(last, months.last)))
        first = add_months(first, length)
    return spans
