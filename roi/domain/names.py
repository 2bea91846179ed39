"""When are two written names the same? Trimmed, composed (NFC), without case, one blank between words."""

import re
import unicodedata
from collections.abc import Iterable

_WORD = re.compile(r"\w+")


def tidy(text: str) -> str:
    """The name as it is stored: composed and trimmed."""
    return unicodedata.normalize("NFC", text).strip()


def fold(text: str) -> str:
    """The name as it is compared."""
    return " ".join(unicodedata.normalize("NFC", text).split()).casefold()


def named_in(text: str, people: Iterable[str]) -> str:
    """The first of these people whose name a text holds; empty for none.

    A name of several words is found anywhere; one of a single word, which may be any, only as the whole text.
    """
    said = f" {' '.join(_WORD.findall(fold(text)))} "
    for person in sorted(people):
        words = _WORD.findall(fold(person))
        sought = f" {' '.join(words)} "
        if words and (said == sought or (len(words) > 1 and sought in said)):
            return person
    return ""
