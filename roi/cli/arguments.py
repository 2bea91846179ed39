"""Values on the command line that are more than text."""

import argparse
from datetime import date
from decimal import Decimal

from roi.domain.importing import Correction
from roi.domain.periods import Span, parse_iso_month, parse_span
from roi.ingest import lists


def pair(text: str) -> tuple[str, str]:
    """`NAME=VALUE`."""
    name, mark, value = text.partition("=")
    if not (name.strip() and mark and value.strip()):
        raise argparse.ArgumentTypeError(f"“{text}” is not NAME=VALUE")
    return name.strip(), value


def line_and_reason(text: str) -> tuple[int, str]:
    """`LINE=REASON`."""
    line, reason = pair(text)
    if not (line.isascii() and line.isdigit()):
        raise argparse.ArgumentTypeError(f"“{line}” is not the number of a line")
    return int(line), reason


def correction(text: str) -> Correction:
    """`LINE:FIELD=VALUE`, or `FIELD:SENT=VALUE` for every line on which that stands."""
    first, colon, rest = text.partition(":")
    middle, mark, value = rest.rpartition("=")
    if not (first.strip() and colon and mark and value.strip()):
        message = f"“{text}” is not LINE:FIELD=VALUE or FIELD:SENT=VALUE, such as 14:month=2026-01"
        raise argparse.ArgumentTypeError(message)
    if first.isascii() and first.isdigit():
        return Correction(middle.strip(), value.strip(), int(first))
    return Correction(first.strip(), value.strip(), sent=middle)


def month(text: str) -> str:
    """`2026-09`, checked."""
    if parse_iso_month(text) is None:
        raise argparse.ArgumentTypeError(f"“{text}” is not a month such as 2026-09")
    return text.strip()


def span(text: str) -> Span:
    """`2026-01..2026-09` or one month."""
    found = parse_span(text)
    if found is None:
        raise argparse.ArgumentTypeError(f"“{text}” is not a month or months such as 2026-01..2026-09")
    return found


def amount(text: str) -> Decimal:
    """An exact amount in major units, without separators."""
    try:
        return lists.number(text)
    except lists.UnreadableError as error:
        raise argparse.ArgumentTypeError(f"“{text}” is not {error}") from error


def word(text: str) -> tuple[str, str, str]:
    """`FIELD:SENT=OURS`; what was sent may hold equals signs, the last one counts."""
    field, colon, rest = text.partition(":")
    sent, mark, ours = rest.rpartition("=")
    if not (field.strip() and colon and mark and sent.strip() and ours.strip()):
        raise argparse.ArgumentTypeError(f"“{text}” is not FIELD:SENT=OURS, such as team:Plattform=platform")
    return field.strip(), sent, ours.strip()


def day(text: str) -> date:
    """A day such as `2026-04-30`."""
    try:
        return lists.day(text)
    except lists.UnreadableError as error:
        raise argparse.ArgumentTypeError(f"“{text}” is not {error}") from error


def share(text: str) -> int:
    """A share such as `0.4` or `40%`, in parts per million."""
    try:
        return lists.share(text)
    except lists.UnreadableError as error:
        raise argparse.ArgumentTypeError(f"“{text}” is not {error}") from error


def shares(text: str) -> tuple[int, int, int]:
    """Low, likely and high such as `40%,50%,60%`, in parts per million."""
    parts = text.split(",")
    if len(parts) != 3:
        raise argparse.ArgumentTypeError(f"“{text}” is not LOW,LIKELY,HIGH such as 40%,50%,60%")
    low, likely, high = (share(part.strip()) for part in parts)
    return low, likely, high
