"""Headers that name months, as files have them that put months across columns."""

import re

from roi.domain.periods import MONTH_NAMES, is_month

_NUMBERS = {name.casefold(): number for number, name in enumerate(MONTH_NAMES, start=1)}
_NUMBERS |= {name[:3]: number for name, number in list(_NUMBERS.items())} | {"sept": 9}
_DAY = re.compile(r"((?:19|20)\d\d)-(0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])")
_YEAR_FIRST = re.compile(r"((?:19|20)\d\d)(?:[-/. ](?=\d)|(?=\d\d))(0?[1-9]|1[0-2])")
_MONTH_FIRST = re.compile(r"(0?[1-9]|1[0-2])[-/. ]((?:19|20)\d\d)")
_NAMED = re.compile(r"([a-z]{3,9})\.?[-/ .']*((?:19|20)?\d\d)?")


def header_month(header: str, year: int | None = None) -> int | None:
    """The month that a header names: `2026-01`, `01/2026`, `Jan 2026`, `January-26`; with `year`, `Jan`.

    A workbook keeps such a header as a day, which is then read as `2026-01-01`.
    """
    text = " ".join(header.casefold().split())
    if found := _DAY.fullmatch(text) or _YEAR_FIRST.fullmatch(text):
        return int(found[1]) * 100 + int(found[2])
    if found := _MONTH_FIRST.fullmatch(text):
        return int(found[2]) * 100 + int(found[1])
    found = _NAMED.fullmatch(text)
    number = _NUMBERS.get(found[1]) if found else None
    if found is None or number is None or not (found[2] or year):
        return None
    its_year = int(found[2]) if found[2] else year or 0
    month = (its_year + 2000 if its_year < 100 else its_year) * 100 + number
    return month if is_month(month) else None
