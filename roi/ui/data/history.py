"""The history: every numbered change with who, when, why, and the way to undo it."""

import streamlit as st

from roi.actors import Action
from roi.charts.markup import Html, join, tag
from roi.reports.shapes import ChangeRow
from roi.story import history_words, words
from roi.ui import parts, session
from roi.ui.data.common import kind_of, undo_link
from roi.ui.parts import Cell, Column, Row

_CHANGES = 12


def draw(changes: tuple[ChangeRow, ...]) -> None:
    """The newest changes, the older ones folded away."""
    if not changes:
        return
    newest = changes[:_CHANGES]
    parts.section("History", f"Every change has a number; {words.counted(len(changes), 'change')} so far.")
    _change_table("changes", newest)
    older = changes[_CHANGES:]
    if older:
        with st.expander(f"{len(older):,} older changes"):
            _change_table("older_changes", older)


def _change_table(key: str, changes: tuple[ChangeRow, ...]) -> None:
    columns = [
        Column("Change", "text"),
        Column("When", "text", phone=False),
        Column("By", "text", phone=False),
        Column("What", "text"),
        Column("What changed, and why", "prose", phone=False),
        Column("Rows added", phone=False),
        Column("Ended", phone=False),
        Column("", "text"),
    ]
    parts.graphic_table(key, "Changes", columns, [_change_row(change) for change in changes])


def why(change: ChangeRow) -> str:
    """What it changed from what to what, and the reason that was given."""
    told = history_words.told(change)
    reason = f"Reason: {change.reason}" if told and change.reason else change.reason
    return " ".join(part for part in (told, reason) if part)


def on_phone(change: ChangeRow) -> Html:
    """When, by whom and what, where a table has no room for columns of them."""
    told = why(change)
    return join(f"{words.day(change.at)}, {change.actor}", tag("br") if told else None, told)


def _change_row(change: ChangeRow) -> Row:
    what = kind_of(change.kind) + (f" (change {change.undoes})" if change.undoes else "")
    may = session.actor().may(Action.UNDO)
    ending: Html | str = f"undone by {change.undone_by}" if change.undone_by else ""
    if not ending and may:
        ending = undo_link(change.change_id)
    cells = (
        Cell(str(change.change_id)),
        Cell(words.moment(change.at)),
        Cell(change.actor),
        Cell(what, phone_note=on_phone(change)),
        Cell(why(change)),
        Cell(f"{change.rows_added:,}"),
        Cell(f"{change.rows_removed:,}"),
        Cell(ending),
    )
    return Row(cells, kind="flat undone" if change.undone_by else "flat")
