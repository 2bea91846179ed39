"""Cells that somebody corrected while the file was checked: what may be put instead of what was sent."""

import re
from collections.abc import Callable, Collection, Iterator, Sequence
from datetime import date

from roi.domain.importing import CORRECTABLE, Correction
from roi.domain.money import MINOR_DIGITS
from roi.domain.periods import parse_iso_month
from roi.errors import UNSAVED, Issue, blocker
from roi.ingest.contracts import BY_NAME

_AMOUNT = re.compile(r"-?\d{1,15}(\.\d{1,4})?")
_LETTERS = 200


def unreadable(corrections: Sequence[Correction], fields: Collection[str]) -> Iterator[Issue]:
    """The corrections that cannot be taken: of a field that the file lacks, or with a value that is none."""
    for one in corrections:
        if one.field not in CORRECTABLE or one.field not in fields:
            label = BY_NAME[one.field].label.lower() if one.field in BY_NAME else one.field
            message = f"{_where(one)}: the {label} of this file cannot be corrected here. {UNSAVED}"
            yield blocker("correction", message, line=one.line, fix="Correct it in the file.")
        elif one.line is None and one.sent is None:
            message = f"A correction of the {one.field} says neither its line nor what was sent. {UNSAVED}"
            yield blocker("correction", message, column=one.field)
        elif not is_value(one.field, one.value):
            message = f"{_where(one)}: “{one.value[:60]}” cannot be put as {one.field}. {UNSAVED}"
            expected = EXPECTED.get(one.field, f"a word of at most {_LETTERS} letters")
            yield blocker("correction", message, line=one.line, column=one.field, expected=expected)


def _where(one: Correction) -> str:
    return f"Row {one.line}" if one.line is not None else f"Rows with “{(one.sent or '')[:60]}”"


def is_value(field: str, value: str) -> bool:
    """Whether the text can be put into a cell of the field, exactly and with one reading."""
    return _CHECKS.get(field, _is_word)(value)


EXPECTED = {
    "month": "a month such as 2026-04, or a day such as 2026-04-30",
    "period_start": "a month such as 2026-04, or a day such as 2026-04-30",
    "period_end": "a month such as 2026-04, or a day such as 2026-04-30",
    "amount": "an amount such as 1234.50",
    "currency": "an ISO code such as USD, EUR, GBP",
}
"""What a cell of a field has to be, for people."""


def _is_month(value: str) -> bool:
    if parse_iso_month(value) is not None:
        return True
    try:
        return re.fullmatch(r"\d{4}-\d\d-\d\d", value) is not None and bool(date.fromisoformat(value))
    except ValueError:
        return False


def _is_word(value: str) -> bool:
    return 0 < len(value.strip()) <= _LETTERS and value.isprintable()


_CHECKS: dict[str, Callable[[str], bool]] = {
    "month": _is_month,
    "period_start": _is_month,
    "period_end": _is_month,
    "amount": lambda value: _AMOUNT.fullmatch(value) is not None and value.isascii(),
    "currency": lambda value: value.strip().upper() in MINOR_DIGITS,
}
