"""Record the life of a product, or change it: its first month, its owner, its last month and why."""

import streamlit as st

from roi.commands import products as commands
from roi.commands.checks import product_checks
from roi.domain.periods import iso_month, parse_iso_month
from roi.domain.products import ProductLife
from roi.reports.shapes.product import ProductReport
from roi.ui.outcomes import conflict, done, fields
from roi.ui.upload.pieces import note

_TOLD = (
    "After its last month nothing is expected of its work, and its run cost ends; what finance confirmed "
    "stays. Retirement is work too: give it an epic. Without a first month its life begins with its first "
    "cost or epic."
)


def draw(report: ProductReport) -> None:
    """The form filled with what is held, folded away."""
    held = report.life or ProductLife(report.name)
    form = f"product_{report.name}"
    conflict.begin(form, _field(form, "owner"))
    done.tell(conflict.draw(form, texts(held)), "The life of the product is saved over what stood there.")
    with st.expander("Change its life, or retire it" if report.life else "Record its life, or retire it"):
        _form(form, held)


def texts(held: ProductLife) -> dict[str, str]:
    """What stands in each field, for two editors side by side."""
    return {
        "Owner": held.owner,
        "First month": _month(held.started),
        "Last month": _month(held.retired),
        "Why it is retired": held.reason,
    }


def _form(form: str, held: ProductLife) -> None:
    note(_TOLD)
    with st.form(f"form_{form}", border=False):
        left, middle, right = st.columns(3)
        with left:
            owner = st.text_input("Owner", held.owner, key=_field(form, "owner")).strip()
        with middle:
            first = st.text_input(
                "First month", _month(held.started), key=_field(form, "first"), placeholder="2024-03"
            ).strip()
        with right:
            last = st.text_input(
                "Last month",
                _month(held.retired),
                key=_field(form, "last"),
                placeholder="while it goes on: empty",
            ).strip()
        reason = st.text_input(
            "Why it is retired",
            held.reason,
            key=_field(form, "reason"),
            max_chars=product_checks.LONGEST_REASON,
            placeholder="what replaces it, or what it cost",
        ).strip()
        is_pressed = st.form_submit_button("Save its life", type="primary")
    if is_pressed:
        _save(form, held, (owner, first, last, reason))


def _save(form: str, held: ProductLife, typed: tuple[str, str, str, str]) -> None:
    owner, first, last, reason = typed
    months = {"started": first, "retired": last}
    read = {name: parse_iso_month(text) for name, text in months.items()}
    unread = {name: text for name, text in months.items() if text and read[name] is None}
    made = ProductLife(held.value_stream, read["started"], read["retired"], reason, owner)
    receipt = conflict.save(form, texts(made), commands.record_life, made, unread=unread)
    done.tell(receipt, "The life of the product is saved.")
    if conflict.is_kept(form):
        st.rerun()


def _month(month: int | None) -> str:
    return iso_month(month) if month is not None else ""


def _field(form: str, name: str) -> str:
    return fields.named(f"{fields.stem(form)}_{name}")
