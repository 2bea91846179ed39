"""What is told beside a problem: what a cell probably is, and why two names that look alike are not."""

import re
import unicodedata
from calendar import monthrange

_SHOWN = 60
_LATIN_BELOW = 0x250
_NAMES = (
    "jan|jän|ene|feb|fév|mar|mär|mrz|apr|avr|abr|may|mai|jun|juin|jul|juil|"
    "aug|aoû|ago|sep|oct|okt|nov|dec|dez|déc|dic"
)
_FISCAL = "A fiscal period or quarter is not a calendar month: write the month that it stands for."
_MONTHS = (
    (
        r"\d{5}([.]\d+)?",
        "It looks like a spreadsheet's day number: format the column as a date and export again.",
    ),
    (
        r"(FY ?\d{2,4}[ /-]?)?(\d{4}[ /-]?)?(P|PER|PERIOD|M|Q)[ .]?\d{1,2}([ /-]?(FY ?)?\d{2,4})?",
        _FISCAL,
    ),
    (r"0\d{2}[./]\d{4}", _FISCAL),
    (r"\d{4}[ -]?W\d{1,2}(-?\d)?", "A week may lie in two months: write the month that it counts for."),
    (
        r"\d{4}-\d{2}-\d{2}[ T][\d:.]+ ?(Z|[+-]\d{2}:?\d{2}|UTC|GMT)",
        "In another time zone it may be another month: write the day of your books, without time and zone.",
    ),
    (
        rf"({_NAMES})\w*[.]?( \d{{2}})?|\d{{1,2}}[-. ]({_NAMES})\w*[.]?",
        "Write the year with four digits, such as Jan 2025.",
    ),
    (rf"\d{{1,2}}[-. ]({_NAMES})\w*[-., ]+(\d{{4}}|\d{{2}})", "There is no such day: correct it."),
    (r"#+", "The column was too narrow when the file was saved: widen it and export again."),
    (r"month|period|date", "It looks like the header once more: remove that row."),
)
_AMOUNTS = (
    (
        r"((CR|DR|H|S|C|D)[ .]?[\d.,' ]+|[\d.,' ]+(CR|DR|H|S|C|D)[.]?)",
        "Write a credit as a negative number, -12.00.",
    ),
    (r"#+", "The column was too narrow when the file was saved: widen it and export again."),
    (r"#.+", "A formula failed in this cell: repair it and export again."),
    (r"[\d.,]+E[+-]?\d+", "Format the column as a number with decimals and export again."),
    (r"[-(]?([.,]\d+[)-]?|\d+[.,][)]?)", "Write a zero on the empty side of the decimal mark."),
    (r"[\d.,' ]+ ?%", "A share is no amount: give the amount itself."),
    (r"[\d.,' ]+ ?(K|M|T|TSD|MIO|MN|BN)[.]?", "Write the amount in full."),
    (r"amount|value|betrag|total", "It looks like the header once more: remove that row."),
    (
        r"[-(]?\d+([,.']\d+| \d{2,})+[)-]?",
        "Put a mark between every three digits of thousands, or none at all: 1234567.",
    ),
)
_KINDS = {"month": _MONTHS, "amount_unreadable": _AMOUNTS}


def hint(code: str, sent: str) -> str:
    """What to do about a cell of a known kind that cannot be read; empty when nothing is known of it."""
    written = sent.strip()
    kinds = _KINDS.get(code, ())
    if kinds and (foreign := _foreign_sign(written)):
        return foreign
    for pattern, told in kinds:
        if re.fullmatch(pattern, written, re.IGNORECASE):
            return told
    return _no_such_day(written) if code == "month" else ""


def _foreign_sign(written: str) -> str:
    """Signs that no number or date is written with, though they may look so."""
    for sign in written:
        if unicodedata.category(sign) in {"Cf", "Cc"}:
            return f"It holds a sign that cannot be seen (U+{ord(sign):04X}): write it anew."
        if sign.isdigit() and not sign.isascii():
            return "Write it in the digits 0 to 9."
    return ""


def _no_such_day(written: str) -> str:
    """A day past the end of its month, in whichever order it is written."""
    if re.fullmatch(r"\d{4}[-/.]\d{1,2}[-/.]\d{1,2}", written):
        year, month, day = map(int, re.split(r"[-/.]", written))
    elif re.fullmatch(r"\d{1,2}[-/. ]\d{1,2}[-/. ]\d{4}", written):
        day, month, year = map(int, re.split(r"[-/. ]", written))
    else:
        return ""
    is_late = 1990 <= year < 2100 and 1 <= month <= 12 and monthrange(year, month)[1] < day <= 31
    return "There is no such day: correct it." if is_late else ""


def shown(sent: str) -> str:
    """A written word as a message shows it: no longer than a line."""
    return sent if len(sent) <= _SHOWN else f"{sent[:_SHOWN]}..."


def unseen(sent: str, other: str) -> str:
    """The sign that makes two names differ though the eye may not see it; empty when the eye sees why."""
    for sign in sent:
        if sign in other or sign == " ":
            continue
        if unicodedata.category(sign) in {"Cf", "Zs", "Mn", "Cc"}:
            return f"It holds a sign that cannot be seen (U+{ord(sign):04X})."
        if sign.isalpha() and ord(sign) >= _LATIN_BELOW and other.isascii():
            return f"Its letter “{sign}” is of another alphabet (U+{ord(sign):04X})."
    return ""
