"""What was typed into a form and cannot be read: each an issue, told together with all else that is wrong."""

from collections.abc import Mapping
from decimal import Decimal

from roi.domain.money import MINOR_DIGITS
from roi.domain.periods import parse_iso_month
from roi.errors import INTACT, Issue, blocker
from roi.ui.outcomes import draft

Issues = tuple[Issue, ...]
_NUMBER, _AMOUNT = "a number", "an amount such as 40,000"


def amount(label: str, typed: object, currency: str, of: str = "") -> tuple[int | None, Issues]:
    """An amount in minor units; or what is wrong with it. Nothing typed is no amount, and nothing wrong.

    Args:
        label: the field as the form names it.
        typed: what stands in it.
        currency: a known one; the amount has no more decimals than it has.
        of: the row that the field stands in, where there are several.
    """
    text = str(typed or "").strip()
    if not text:
        return None, ()
    found = draft.number(text)
    if found is None or "%" in text:
        size = _expected(text)
        expected = _AMOUNT if "%" in text or size == _NUMBER else size.replace(_NUMBER, "an amount")
        return None, (_issue(label, text, expected, of),)
    digits = MINOR_DIGITS[currency]
    if -int(found.as_tuple().exponent) > digits:
        expected = f"no more than {digits} decimals in {currency}" if digits else f"no decimals in {currency}"
        return None, (_issue(label, text, expected, of),)
    return int(found.scaleb(digits)), ()


def needed_amount(label: str, typed: object, currency: str, of: str) -> tuple[int | None, Issues]:
    """The same of a field that may not be left empty."""
    if not str(typed or "").strip():
        return None, (empty(label, _AMOUNT, of),)
    return amount(label, typed, currency, of)


def number(label: str, typed: object, of: str = "") -> tuple[Decimal | None, Issues]:
    """A number, or what is wrong with it; nothing typed is none, and nothing wrong."""
    text = str(typed or "").strip()
    found = draft.number(text)
    if found is not None or not text:
        return found, ()
    return None, (_issue(label, text, _expected(text), of),)


def needed_number(label: str, typed: object, of: str) -> tuple[Decimal | None, Issues]:
    """The same of a field that may not be left empty."""
    if not str(typed or "").strip():
        return None, (empty(label, _NUMBER, of),)
    return number(label, typed, of)


def _expected(text: str) -> str:
    """A number, or how large it may be where it is one."""
    return draft.no_number(text).partition(";")[0]


def month(label: str, typed: object) -> tuple[int | None, Issues]:
    """A month (yyyymm), or what is wrong with it; one has to be there."""
    text = str(typed or "").strip()
    found = parse_iso_month(text)
    return found, () if found is not None else (_issue(label, text, "a month such as 2026-09", ""),)


def months(typed: Mapping[str, str]) -> tuple[list[int | None], Issues]:
    """The months (yyyymm) of fields, by their labels, and what of them is none; one left empty is None."""
    read = [month(label, text) if text.strip() else (None, ()) for label, text in typed.items()]
    return [found for found, _ in read], tuple(issue for _, its in read for issue in its)


def empty(label: str, expected: str, of: str) -> Issue:
    """A field that was left empty and may not be."""
    said = f"{of}the {label.lower()} is left empty. {INTACT}"
    return blocker("unread", said, column=label, sent="", expected=expected, fix="Type it.")


def _issue(label: str, text: str, expected: str, of: str) -> Issue:
    said = f"{of}the {label.lower()} cannot be read. {INTACT}" if of else f"{label} cannot be read. {INTACT}"
    return blocker("unread", said, column=label, sent=text[:30], expected=expected, fix="Type it anew.")
