"""When are two written names the same? Trimmed, composed (NFC), without case, one blank between words."""

import unicodedata


def tidy(text: str) -> str:
    """The name as it is stored: composed and trimmed."""
    return unicodedata.normalize("NFC", text).strip()


def fold(text: str) -> str:
    """The name as it is compared."""
    return " ".join(unicodedata.normalize("NFC", text).split()).casefold()
