"""Small pieces of markup that the steps share."""

import re
from collections.abc import Mapping, Sequence
from decimal import Decimal, InvalidOperation

import streamlit as st

from roi.charts.markup import tag
from roi.story import words
from roi.ui.parts import Cell, Row
from roi.ui.unbroken import unbroken

_WHOLE = re.compile(r"[0-9]*|[1-9][0-9]{0,2}((,[0-9]{3})+|([.][0-9]{3})+)")
_LONG = 48
_DIGITS = re.compile(r"[0-9]+")
_SIGNED = [re.compile(one) for one in (r"[£$€¥]?-([^-]+)", r"([^-]+)-", r"\(([^()]+)\)")]


def short(name: str) -> str:
    """A file's name as a table shows it: a very long one without its middle."""
    return name if len(name) <= _LONG else f"{name[: _LONG - 17]}…{name[-16:]}"


def note(text: str) -> None:
    """A quiet line."""
    if text:
        st.html(tag("p", unbroken(text), class_="sub"))


def sums(totals: Mapping[str, int] | Sequence[tuple[str, int]]) -> str:
    """Amounts by currency with all their digits: `£478,552,886.89 and €12.00`."""
    pairs = totals.items() if isinstance(totals, Mapping) else totals
    return words.listed([words.exact(amount, currency) for currency, amount in pairs]) or words.DASH


def parse_total(typed: str, decimals: int) -> Decimal | None:
    """An amount as a person types it: `478,552,886.89`, `1.234,50`, `(12)`; None when it is none.

    With both marks the later one stands before the decimals; a single mark does only when it is followed
    by the currency's number of decimals or fewer. The page repeats what was read.
    """
    text = "".join(typed.split()).replace("’", "").replace("'", "").replace("−", "-")
    signed = next((found for sign in _SIGNED if (found := sign.fullmatch(text))), None)
    is_negative, body = signed is not None, (signed[1] if signed else text).lstrip("£$€¥")
    at = max(body.rfind("."), body.rfind(","))
    after = len(body) - at - 1
    is_decimal = at >= 0 and 0 < after <= decimals and body.count(body[at]) == 1
    whole, fraction = (body[:at], body[at + 1 :]) if is_decimal else (body, "")
    if not (whole or fraction) or not _WHOLE.fullmatch(whole) or not _DIGITS.fullmatch(fraction or "0"):
        return None
    digits = whole.replace(",", "").replace(".", "") or "0"
    try:
        amount = Decimal(f"{digits}.{fraction}" if fraction else digits)
    except InvalidOperation:
        return None
    return -amount if is_negative else amount


def before_and_after(name: str, before: int, after: int, scale: words.Scale) -> Row:
    """One line of a table that tells what an import would change."""
    change = after - before
    told = scale.signed(change) if change else "no change"
    cells = (
        Cell(name),
        Cell(scale.text(before)),
        Cell(scale.text(after)),
        Cell(told, tone="" if change else "quiet"),
    )
    return Row(cells, kind="flat")
