"""What is told beside a problem: what a cell probably is, and why two names that look alike are not."""

import re
import unicodedata

_SHOWN = 60
_LATIN_BELOW = 0x250
_MONTHS = (
    (r"\d{5}", "It looks like a spreadsheet's day number: format the column as a date and export again."),
    (
        r"(FY ?\d{2,4}[ /-]?)?(\d{4}[ /-]?)?(P|PER|M|Q)[ .]?\d{1,2}([ /-]\d{2,4})?",
        "A fiscal period or quarter is not a calendar month: write the month that it stands for.",
    ),
    (r"#+", "The column was too narrow when the file was saved: widen it and export again."),
    (r"month|period|date", "It looks like the header once more: remove that row."),
)
_AMOUNTS = (
    (r"((CR|DR|H|S)[ .]?[\d.,' ]+|[\d.,' ]+(CR|DR|H|S)[.]?)", "Write a credit as a negative number, -12.00."),
    (r"#+", "The column was too narrow when the file was saved: widen it and export again."),
    (r"#.+", "A formula failed in this cell: repair it and export again."),
    (r"[\d.,]+E[+-]?\d+", "Format the column as a number with decimals and export again."),
    (r"[\d.,' ]+ ?%", "A share is no amount: give the amount itself."),
    (r"[\d.,' ]+ ?(K|M|T|TSD|MIO|MN|BN)[.]?", "Write the amount in full."),
    (r"amount|value|betrag|total", "It looks like the header once more: remove that row."),
)
_KINDS = {"month": _MONTHS, "amount_unreadable": _AMOUNTS}


def hint(code: str, sent: str) -> str:
    """What to do about a cell of a known kind that cannot be read; empty when nothing is known of it."""
    written = sent.strip()
    for pattern, told in _KINDS.get(code, ()):
        if re.fullmatch(pattern, written, re.IGNORECASE):
            return told
    return ""


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
