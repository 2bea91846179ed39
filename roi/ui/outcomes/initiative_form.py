"""Record or change an initiative: the four questions, one owner, what it may cost, when it is due."""

from dataclasses import replace
from decimal import Decimal

import streamlit as st

from roi.commands import initiatives as commands
from roi.domain.money import MINOR_DIGITS
from roi.domain.value import Initiative
from roi.errors import RefusedError, blocker
from roi.reports import choices as choices_report
from roi.reports import start as start_report
from roi.reports.shapes import StartReport
from roi.story import words
from roi.ui import links, session, states
from roi.ui.outcomes import conflict, done, draft, fields

FORM = "initiative"


def new(*, is_open: bool = False) -> None:
    """The form for one more, folded away unless it is the first."""
    with st.expander("Record an initiative", expanded=is_open):
        _form(None)


def change(held: Initiative) -> None:
    """The form filled with what is held."""
    with st.expander("Change this initiative"):
        _form(held)


def texts(one: Initiative) -> dict[str, str]:
    """What stands in each field, for two editors side by side."""
    amount = "" if one.approved_minor is None else words.exact(one.approved_minor, one.currency)
    return {
        "Name": one.name,
        "Owner": one.owner,
        "Value stream": one.value_stream,
        "Approved cost": amount,
        "Approved on": words.day(one.approved_on) if one.approved_on else "",
        "Due": words.day(one.due_on) if one.due_on else "",
        "Problem": one.problem,
        "Result": one.result,
        "Measure": one.measure,
        "Learning": one.learning,
    }


def _form(held: Initiative | None) -> None:
    name = f"{FORM}_{held.key if held else 'new'}"
    conflict.begin(name, fields.named(f"{FORM}_name"))
    if held is not None:
        _show_conflict(name, held)
    company = session.ask(start_report.build)
    with st.form(name, border=False):
        typed = _fields(held or Initiative("", "", ""), company)
        pressed = st.form_submit_button("Save" if held else "Record this initiative", type="primary")
    if pressed:
        _save(name, *typed, held)


def _show_conflict(name: str, held: Initiative) -> None:
    done.tell(conflict.draw(name, texts(held)), "Initiative saved over the other text.")


def _fields(held: Initiative, company: StartReport) -> tuple[Initiative, str]:
    """What is typed, and the approved cost as it was typed where it is no number."""
    left, middle, right = st.columns(3)
    with left:
        name = st.text_input(
            "Name", held.name, key=fields.named(f"{FORM}_name"), placeholder="Grow dual enrolment"
        )
        owner = st.text_input("Owner", held.owner, key=fields.named(f"{FORM}_owner"))
    with middle:
        amount, currency = _approved(held, company)
        approved = fields.day_or_none("Approved on", held.approved_on, fields.named(f"{FORM}_approved_on"))
    with right:
        stream = _stream(held, company)
        due = fields.day_or_none("Due", held.due_on, fields.named(f"{FORM}_due_on"))
    four = {
        key: st.text_area(label, getattr(held, key), key=fields.named(f"{FORM}_{key}"), height=70).strip()
        for key, label in _QUESTIONS.items()
    }
    parsed = draft.number(amount) if amount.strip() else None
    made = Initiative(
        held.key,
        name.strip(),
        owner.strip(),
        stream,
        approved,
        due,
        None if parsed is None else int(parsed.scaleb(MINOR_DIGITS[currency])),
        currency if parsed is not None else "",
        **four,
    )
    return made, "" if parsed is not None else amount.strip()


_QUESTIONS = {
    "problem": "What problem or behaviour?",
    "result": "What result, measured how?",
    "measure": "Which metric?",
    "learning": "How will we learn whether it worked?",
}


def _approved(held: Initiative, company: StartReport) -> tuple[str, str]:
    home = company.company.currency if company.company else "USD"
    currency = held.currency or home
    shown = ""
    if held.approved_minor is not None:
        shown = f"{Decimal(held.approved_minor).scaleb(-MINOR_DIGITS[currency]):,f}"
    typed = st.text_input(
        f"Approved cost, {currency}", shown, key=fields.named(f"{FORM}_amount"), placeholder="1,200,000"
    )
    return typed, currency


def _stream(held: Initiative, company: StartReport) -> str:
    options = list(dict.fromkeys(["", *company.value_streams, held.value_stream]))
    return st.selectbox(
        "Value stream",
        options,
        options.index(held.value_stream),
        format_func=lambda one: one or "none",
        key=fields.named(f"{FORM}_stream"),
    )


def _save(form: str, typed: Initiative, unread: str, held: Initiative | None) -> None:
    if held is None:
        known = session.ask(choices_report.build).initiatives
        key = draft.key_for(typed.name, {one.key for one in known})
        typed = replace(typed, key=key)
    if unread:
        states.refusal(_refused(typed, unread))
        return
    receipt = conflict.save(form, texts(typed), commands.save_initiatives, [typed])
    if receipt is not None:
        done.say("Initiative saved.", receipt)
        links.go("initiative", initiative=typed.key)
    elif conflict.is_kept(form):
        st.rerun()


def _refused(typed: Initiative, unread: str) -> RefusedError:
    """An approved cost that is no number, told with all else that is wrong."""
    message, fix = "The approved cost cannot be read", "Write the amount in digits, or leave it empty."
    expected = draft.no_number(unread)
    first = blocker("amount", f"{message}.", column="approved_cost", expected=expected, fix=fix)
    return RefusedError(first.message, (first, *commands.initiative_issues([typed])))
