"""Deadline and penalty of an epic that is an obligation: what demands it, by which day, at which price."""

from datetime import date
from decimal import Decimal

import streamlit as st

from roi.commands import obligations as commands
from roi.domain.money import MINOR_DIGITS
from roi.domain.obligations import Obligation, ObligationKind
from roi.reports import start as start_report
from roi.reports.shapes import EpicReport
from roi.story import obligation_titles, words
from roi.ui import session
from roi.ui.outcomes import conflict, done, fields, unread
from roi.ui.upload.pieces import note

_PENALTY = "Penalty if missed"


def draw(report: EpicReport) -> None:
    """The form, folded away once a deadline is recorded; nothing where the epic is no obligation."""
    row = report.obligation
    if row is None:
        return
    form = f"must_{row.epic.key}"
    conflict.begin(form, _field(form, "note"))
    done.tell(
        conflict.draw(form, texts(row.obligation)), "Deadline and penalty are saved over the other ones."
    )
    with st.expander("Deadline and penalty", expanded=row.obligation is None and row.judgement.is_open):
        _form(form, row.epic.key, row.obligation)


def texts(held: Obligation | None) -> dict[str, str]:
    """What stands in each field, for two editors side by side."""
    if held is None:
        return {"Demanded by": "", "Deadline": "", "Penalty": "", "Where it is written": ""}
    penalty = "" if held.penalty_minor is None else words.exact(held.penalty_minor, held.currency)
    return {
        "Demanded by": obligation_titles.KINDS[held.kind],
        "Deadline": words.day(held.deadline),
        "Penalty": penalty,
        "Where it is written": held.note,
    }


def _form(form: str, epic: str, held: Obligation | None) -> None:
    note(
        "An obligation is judged on date and cost. The penalty ranks it and is in no total; empty: not known."
    )
    with st.form(f"form_{form}", border=False):
        left, middle, right, last = st.columns([1.6, 1.6, 1.6, 1.1], vertical_alignment="bottom")
        with left:
            kind = _kind(form, held)
        with middle:
            deadline = _deadline(form, held)
        with right:
            typed = st.text_input(_PENALTY, _amount(held), key=_field(form, "penalty"), placeholder="40,000")
        with last:
            currency = currency_field(_field(form, "currency"), held.currency if held is not None else "")
        where = st.text_input(
            "Where it is written",
            held.note if held is not None else "",
            key=_field(form, "note"),
            placeholder="Article 30 of the privacy act",
        )
        is_pressed = st.form_submit_button("Save deadline and penalty", type="primary")
    if not is_pressed:
        return
    penalty, wrong = unread.amount(_PENALTY, typed, currency)
    made = Obligation(
        epic, kind, deadline or date.min, penalty, currency if typed.strip() else "", where.strip()
    )
    receipt = conflict.save(form, texts(made), commands.record_obligation, made, unread=wrong)
    done.tell(receipt, "Deadline and penalty are saved.")
    if conflict.is_kept(form):
        st.rerun()


def _field(form: str, name: str) -> str:
    return fields.named(f"{fields.stem(form)}_{name}")


def _kind(form: str, held: Obligation | None) -> ObligationKind:
    kinds = list(ObligationKind)
    return st.selectbox(
        "What demands it",
        kinds,
        kinds.index(held.kind) if held is not None else 0,
        format_func=lambda one: obligation_titles.KINDS[one],
        key=_field(form, "kind"),
    )


def _deadline(form: str, held: Obligation | None) -> date | None:
    typed: object = st.date_input(
        "Deadline",
        held.deadline if held is not None else None,
        min_value=fields.FIRST_DAY,
        max_value=fields.LAST_DAY,
        key=_field(form, "deadline"),
    )
    return typed if isinstance(typed, date) else None


def currency_field(key: str, held: str) -> str:
    """A currency to choose, the one that is recorded or that of the company first."""
    company = session.ask(start_report.build).company
    home = company.currency if company is not None else "USD"
    now = held or home
    options = list(dict.fromkeys([now, home, *sorted(MINOR_DIGITS)]))
    return st.selectbox("Currency", options, 0, key=key)


def _amount(held: Obligation | None) -> str:
    if held is None or held.penalty_minor is None:
        return ""
    return typed_amount(held.penalty_minor, held.currency)


def typed_amount(amount: int, currency: str) -> str:
    """An amount as somebody would type it."""
    return f"{Decimal(amount).scaleb(-MINOR_DIGITS[currency]):,f}"
