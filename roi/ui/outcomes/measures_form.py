"""Success measures of an initiative or an epic: target and actual as they are said; never money (V9)."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date

import streamlit as st

from roi.commands import initiatives as commands
from roi.domain.value import SuccessMeasure
from roi.reports import choices as choices_report
from roi.story import words
from roi.ui import session
from roi.ui.outcomes import conflict, done, draft, fields, removing, row_fields
from roi.ui.outcomes.row_fields import Field, Typed
from roi.ui.upload.pieces import note

_FIELDS = (
    Field("name", "What is measured", 3, "Schools that would recommend us"),
    Field("unit", "Unit", 0.9, "%"),
    Field("direction", "Better is", 1.1, options={"": "not said", "up": "more", "down": "less"}),
    Field("target", "Target", 1.2, "60 to 70"),
    Field("actual", "Actual", 1.2, "64"),
    Field("read_on", "Read on", 1.3, is_day=True),
)


def draw(held: Sequence[SuccessMeasure], *, initiative: str = "", epic: str = "") -> None:
    """The form for those that are held and for more, folded away while there are some."""
    form = f"measures_{initiative or epic}"
    rows = fields.stem(form)
    conflict.begin(form, row_fields.first_key(rows, _FIELDS))
    done.tell(conflict.draw(form, _texts(held)), "Measures saved over the other text.")
    label = "Change the measures, read them, add one" if held else "Add a success measure"
    with st.expander(label):
        _form(form, held, initiative, epic)
        removing.draw(form, [_removal(one, form) for one in held])


def _removal(one: SuccessMeasure, form: str) -> removing.Removal:
    command, along = commands.remove_measures, "Its target and its reading go along."
    return removing.Removal(one.key, f"“{one.name}”", along, (), command, ((one.key,),), _texts([one]), form)


def _form(form: str, held: Sequence[SuccessMeasure], initiative: str, epic: str) -> None:
    rows = fields.stem(form)
    with st.form(f"form_{form}", border=False):
        note(
            "A target is a number, a range such as 60 to 70, or a sentence; a sentence is shown, not scored. "
            "A measure whose name is emptied goes."
        )
        opened = conflict.opened(form, [_held(one) for one in held])
        typed = row_fields.draw(rows, _FIELDS, opened, 1 if opened else 2)
        if st.form_submit_button("Save the measures", type="primary"):
            kept = [one for one in typed if one["name"] or not one["key"]]
            _save(form, _made(held, kept, initiative, epic), row_fields.emptied(opened, kept))


def _held(one: SuccessMeasure) -> Typed:
    return {column.key: getattr(one, column.key) for column in _FIELDS} | {"key": one.key}


def _made(
    held: Sequence[SuccessMeasure], typed: Iterable[Typed], initiative: str, epic: str
) -> list[SuccessMeasure]:
    """The measures as typed; what is held of one beside these fields stays. Keys are the company's."""
    known, made = {one.key: one for one in held}, list[SuccessMeasure]()
    everywhere = session.ask(choices_report.build).measures
    for one in typed:
        name, key, read_on = str(one["name"]), str(one["key"]), one["read_on"]
        taken = {*everywhere, *(measure.key for measure in made)}
        stem = f"{initiative or epic} {name}"
        base = known.get(key) or SuccessMeasure(draft.key_for(stem, taken), initiative, epic, name)
        texts = {text: str(one[text]) for text in ("name", "unit", "direction", "target", "actual")}
        made.append(replace(base, **texts, read_on=read_on if isinstance(read_on, date) else None))
    return made


def _texts(measures: Iterable[SuccessMeasure]) -> dict[str, str]:
    """What stands in each field, for two editors side by side."""
    return {one.name: f"target {one.target or '–'}, actual {_actual(one)}" for one in measures}


def _actual(one: SuccessMeasure) -> str:
    when = f", {words.day(one.read_on)}" if one.read_on else ""
    return f"{one.actual or words.NOT_READ}{when}"


def _save(form: str, made: Sequence[SuccessMeasure], gone: Sequence[Typed]) -> None:
    if not made and not gone:
        note("Name at least one measure.")
        return
    keys = [str(one["key"]) for one in gone]
    receipt = conflict.save(form, _texts(made), commands.save_measures, made, gone=keys)
    names = words.listed([f"“{one['name']}”" for one in gone])
    removed = f" {names} {'is' if len(gone) == 1 else 'are'} removed." if gone else ""
    done.tell(receipt, f"Success measures saved.{removed}")
    if conflict.is_kept(form):
        st.rerun()
