"""Where no line may end: before what closes a number, in a range, day or odds, before the dot of a list."""

import re

from roi.charts.markup import Child, Html, join, tag, text
from roi.domain.periods import MONTH_NAMES
from roi.story import words

_MINUS = re.compile(f"{words.MINUS}(?=\\S)")
_TEXT = re.compile(r"(<[^>]*>)")
_CLOSING = re.compile(r"[;:,.!?)\]”%]+")
_OPENING = re.compile(r"[(\[“]+$")
_RANGE = r"[^\s–]{0,16}\d[^\s–]{0,8}–[^\s–]{0,8}\d(?:[.,]\d|[^\s–.,;:])*"
_DOT = r" ·(?= )"
_DAY = rf"\b\d{{1,2}} (?:{'|'.join(name[:3] for name in MONTH_NAMES)}) \d{{4}}\b"
_ODDS = r"\b\d{1,2} in \d{2}\b"
_TOGETHER = re.compile(rf"(?:{_RANGE}|{_DAY}|{_ODDS})(?:{_DOT})?|[^\s·]{{1,24}}{_DOT}")


def unbroken(shown: Child) -> Html:
    """The same where no line ends after a minus, in a range, a day or odds, or before a dot of a list."""
    pieces = _TEXT.split(text(shown))
    return Html("".join(piece if at % 2 else _kept(piece) for at, piece in enumerate(pieces)))


def _kept(words_: str) -> str:
    whole = _MINUS.sub(f"{words.MINUS}\u2060", words_)
    return _TOGETHER.sub(lambda found: tag("span", Html(found[0]), class_="nb"), whole)


def inline(pieces: list[tuple[Child, bool]]) -> Html:
    """Words and buttons in one line of text; what closes or opens beside a button stays with it.

    Each piece comes with whether it is a button: a browser takes one for a thing of its own, beside
    which a line may end, so that `;` would begin the next.
    """
    shown: list[Html] = []
    for at, (piece, is_button) in enumerate(pieces):
        before = (pieces[at - 1][0] or "") if at else ""
        after = (pieces[at + 1][0] or "") if at + 1 < len(pieces) else ""
        if is_button:
            opening, closing = _OPENING.search(before), _CLOSING.match(after)
            held = (opening[0] if opening else "", piece, closing[0] if closing else "")
            shown.append(tag("span", *held, class_="nb") if held[0] or held[2] else join(piece))
        else:
            rest = (
                _CLOSING.sub("", piece or "", count=1) if at and _CLOSING.match(piece or "") else piece or ""
            )
            shown.append(unbroken(_OPENING.sub("", rest) if after else rest))
    return join(*shown)
