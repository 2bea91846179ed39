"""Two questions that no line of a file decides: how its dates and its decimals are written."""

import streamlit as st

from roi.domain.importing import DateOrder
from roi.errors import Issue
from roi.ui import parts
from roi.ui.upload import draft as drafts
from roi.ui.upload import keeper
from roi.ui.upload.draft import Draft

_DATES, _MARKS = "date_order", "decimal_mark"
WRITTEN = {
    "": "as the files show",
    DateOrder.DAY_FIRST: "day first: 31/12/2026",
    DateOrder.MONTH_FIRST: "month first: 12/31/2026",
    DateOrder.ISO: "year first: 2026-12-31",
    ".": "with a point: 1,234.50",
    ",": "with a comma: 1.234,50",
}


def is_question(issue: Issue) -> bool:
    """Whether one answer for the whole file repairs the issue."""
    return issue.code in {_DATES, _MARKS}


def draw(draft: Draft, issues: list[Issue]) -> None:
    """Each open question with its answers; the files are read again with the one that is chosen."""
    for issue in issues:
        if issue.code == _DATES:
            parts.section("How are dates written?", issue.message)
            orders = (DateOrder.DAY_FIRST, DateOrder.MONTH_FIRST)
            order = _ask("Dates are written", orders, draft.settings.date_order, _DATES)
            if order is not None and order != draft.settings.date_order:
                keeper.show(drafts.say_dates(draft, DateOrder(order)))
        elif issue.code == _MARKS:
            parts.section("How are decimals written?", issue.message)
            mark = _ask("Decimals are written", (".", ","), draft.settings.decimal, _MARKS)
            if mark is not None and mark != draft.settings.decimal:
                keeper.show(drafts.say_decimal(draft, mark))


def _ask(label: str, options: tuple[str, ...], now: str | None, key: str) -> str | None:
    place = options.index(now) if now in options else None
    return st.radio(
        label,
        options,
        place,
        key=f"cost_question_{key}",
        format_func=lambda one: WRITTEN[one],
        horizontal=True,
    )
