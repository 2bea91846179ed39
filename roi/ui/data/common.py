"""What the views of the Data page share."""

from pathlib import Path

import streamlit as st

from roi.charts.markup import Html, join, tag
from roi.reports import data as data_report
from roi.reports.shapes import DataReport, Scope
from roi.story import words
from roi.ui import links, parts, session

STYLE = Path(__file__).parents[1] / "assets" / "data.css"


def ask() -> DataReport:
    """What the Data page knows: of all months and the whole ledger, so another period asks nothing anew."""
    return session.ask(data_report.build, Scope(as_of=session.scope().as_of))


def dress() -> None:
    """The style of these pages."""
    st.html(STYLE)


def kind_of(kind: str) -> str:
    """A change's kind in words."""
    return words.sentence(kind.replace("_", " "))


def here(label: str) -> Html:
    """`Data / Ledger` with a real link back."""
    return parts.crumbs([("Data", links.href("data"))], label)


def undo_link(change_id: int) -> Html:
    """The link that asks for a reason and undoes a change."""
    return parts.link("Undo", links.href("data", view=f"undo-{change_id}"))


def money_by_currency(totals: tuple[tuple[str, int], ...]) -> Html:
    """Exact amounts, one under the other when there are several currencies."""
    return join(*(tag("span", words.exact(amount, currency), class_="line") for currency, amount in totals))
