"""The slices of an epic: each with its name, the day it was delivered, and its part of the promise."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal

import streamlit as st

from roi.commands import epics as commands
from roi.domain.money import SHARE_WHOLE
from roi.domain.value import Slice
from roi.reports.shapes import EpicReport
from roi.story import words
from roi.ui.outcomes import conflict, done, draft, fields, row_fields, unread
from roi.ui.outcomes.row_fields import Field, Typed
from roi.ui.upload.pieces import note

_FIELDS = (
    Field("name", "Slice", 3, "Search by subject"),
    Field("share", "Part of the promise, %", 1.2, "80"),
    Field("delivered", "Delivered", 1.4, is_day=True),
)
_WHOLE_PERCENT = 100


def draw(report: EpicReport) -> None:
    """The form, folded away; saving checks that the parts make the whole promise."""
    form = f"slices_{report.row.epic.key}"
    held = report.view.slices
    rows = fields.stem(form)
    conflict.begin(form, row_fields.first_key(rows, _FIELDS))
    done.tell(conflict.draw(form, _texts(held)), "Slices saved over the other text.")
    label = "Change its slices" if held else "Deliver it in slices"
    with st.expander(label), st.form(f"form_{form}", border=False):
        note("The parts together make 100%. A slice whose name is emptied goes.")
        opened = conflict.opened(form, [_held(one) for one in held])
        typed = row_fields.draw(rows, _FIELDS, opened, 2 if opened else 3)
        if st.form_submit_button("Save the slices", type="primary"):
            _save(form, report, [one for one in typed if one["name"] or not one["key"]])


def _held(one: Slice) -> Typed:
    return {"key": one.key, "name": one.name, "share": f"{one.share / 10_000:g}", "delivered": one.delivered}


def _texts(slices: Sequence[Slice]) -> dict[str, str]:
    """What stands in each field, for two editors side by side."""
    return {one.name: f"{words.share(one.share)}, {_when(one.delivered)}" for one in slices}


def _when(day: date | None) -> str:
    return f"delivered {words.day(day)}" if day else "not delivered yet"


def _save(form: str, report: EpicReport, typed: Sequence[Typed]) -> None:
    made, wrong = _made(report, typed)
    given = (report.row.epic, report.view.plan, None, made)
    receipt = conflict.save(form, _texts(made), commands.save_epic, *given, unread=wrong)
    done.tell(receipt, "Slices saved.")
    if conflict.is_kept(form):
        st.rerun()


def _made(report: EpicReport, typed: Sequence[Typed]) -> tuple[tuple[Slice, ...], unread.Issues]:
    """The slices as typed, and what of their parts is no number; the first such takes the rest meanwhile."""
    made: list[Slice] = []
    wrong: unread.Issues = ()
    first_unread: int | None = None
    label = next(column.label for column in _FIELDS if column.key == "share")
    for one in typed:
        percent, its = unread.needed_number(label, one["share"], f"{one['name'] or 'A slice'}: ")
        wrong += its
        first_unread = len(made) if its and first_unread is None else first_unread
        percent = percent or Decimal(0)
        name, day = str(one["name"]), one["delivered"]
        key = str(one["key"]) or draft.key_for(name, {slice_.key for slice_ in (*report.view.slices, *made)})
        share = int(percent * SHARE_WHOLE / _WHOLE_PERCENT)
        made.append(Slice(report.row.epic.key, key, name, day if isinstance(day, date) else None, share))
    rest = SHARE_WHOLE - sum(one.share for one in made)
    if first_unread is not None and rest > 0:
        made[first_unread] = replace(made[first_unread], share=rest)
    return tuple(made), wrong
