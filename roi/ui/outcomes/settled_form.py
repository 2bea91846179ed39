"""What came of an obligation: the day on which it was accepted as met, and the penalty that was paid."""

from datetime import date

import streamlit as st

from roi.actors import Action
from roi.commands import obligations as commands
from roi.domain.obligations import Met
from roi.reports.shapes import EpicReport
from roi.story import words
from roi.ui import session
from roi.ui.outcomes import conflict, done, fields, obligation_form, unread
from roi.ui.upload.pieces import note

_DAY, _PAID = "Accepted as met on", "Penalty paid"


def draw(report: EpicReport) -> None:
    """The form, folded away, for owners and for finance; nothing where the epic is no obligation."""
    row = report.obligation
    if row is None or not session.actor().may(Action.SETTLE_OBLIGATION):
        return
    form = f"came_{row.epic.key}"
    conflict.begin(form, _field(form, "paid"))
    done.tell(conflict.draw(form, texts(row.met)), "What came of it is saved over what stood there.")
    with st.expander("Met, or a penalty paid"):
        _form(form, row.epic.key, row.met)


def texts(held: Met | None) -> dict[str, str]:
    """What stands in each field, for two editors side by side."""
    if held is None:
        return {_DAY: "", _PAID: ""}
    paid = "" if held.paid_minor is None else words.exact(held.paid_minor, held.currency)
    return {_DAY: words.day(held.met_on) if held.met_on else "", _PAID: paid}


def _form(form: str, epic: str, held: Met | None) -> None:
    note(
        "Without a day its delivery counts. What was paid is in no total here: where it is booked, it is in "
        "the cost already. 0 says that nothing was paid; empty, that nobody has said."
    )
    with st.form(f"form_{form}", border=False):
        left, middle, right = st.columns([1.6, 1.6, 1.1], vertical_alignment="bottom")
        with left:
            day = st.date_input(
                _DAY,
                held.met_on if held is not None else None,
                min_value=fields.FIRST_DAY,
                max_value=fields.LAST_DAY,
                key=_field(form, "on"),
            )
        with middle:
            typed = st.text_input(
                _PAID,
                _amount(held),
                key=_field(form, "paid"),
                placeholder="0 where nothing was paid",
            )
        with right:
            now = held.currency if held is not None else ""
            currency = obligation_form.currency_field(_field(form, "currency"), now)
        is_pressed = st.form_submit_button("Save what came of it", type="primary")
    if is_pressed:
        _save(form, Met(epic, day if isinstance(day, date) else None), typed.strip(), currency)


def _save(form: str, made: Met, typed: str, currency: str) -> None:
    paid, wrong = unread.amount(_PAID, typed, currency)
    met = Met(made.epic, made.met_on, paid, currency if typed else "")
    receipt = conflict.save(form, texts(met), commands.record_met, met, unread=wrong)
    done.tell(receipt, "What came of it is saved.")
    if conflict.is_kept(form):
        st.rerun()


def _field(form: str, name: str) -> str:
    return fields.named(f"{fields.stem(form)}_{name}")


def _amount(held: Met | None) -> str:
    if held is None or held.paid_minor is None:
        return ""
    return obligation_form.typed_amount(held.paid_minor, held.currency)
