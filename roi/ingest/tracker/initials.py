"""An initial beside a surname is a name too: *J. Smith*, *JM Smith*, *j.smith*, or *Smith, J*.

A surname may be an everyday word, and a letter stands before many words (*e.g. field*, *a page*, *plan B*).
So between words the initial and the surname are written large, and without a dot the initial is no letter
that is a word by itself (*A*, *I*, and *E*, *O*, *Y* in other languages); run together by a dot or an
underscore, both are written alike. After an everyday word the dot of an initial may end a sentence: there a
comma stands between them. A letter that ends an abbreviation is no initial.
"""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from roi.ingest.tracker.everyday import is_everyday

Tokens = tuple[str, ...]

_WORDS = frozenset("aeioy")
_JOINED = frozenset("._")
_BEFORE_NEXT = re.compile(r"\.?[ \u00a0]?-?")
"""What stands between two initials: *J. M.*, *J.M.*, *J.-M.*, *J M*."""
_MOST, _RUN_TOGETHER = 4, 3
"""How many initials there are at most, and without anything between them."""


class Token(NamedTuple):
    """A word of a text as it is compared, and where it stands."""

    word: str
    start: int
    end: int


class Short(NamedTuple):
    """A name with its given names shortened: their initials, and the words of the surname."""

    initials: str
    surname: Tokens


def shortened(parts: Tokens) -> Iterator[Short]:
    """Every way to take the words of a full name apart into given names and a surname."""
    for place in range(1, len(parts)):
        if len(parts[place]) > 1:
            yield Short("".join(one[0] for one in parts[:place]), parts[place:])


def length(text: str, tokens: Sequence[Token], index: int, known: dict[str, set[Short]]) -> int:
    """How many words from here on are an initial with a surname, either first; 0 where they are none.

    `known` are the names by the first word of their surname.
    """
    word = tokens[index].word
    if word in known:
        return _after(text, tokens, index, known[word])
    return _before(text, tokens, index, known) if len(word) <= _RUN_TOGETHER else 0


def _before(text: str, tokens: Sequence[Token], index: int, known: dict[str, set[Short]]) -> int:
    """The initials come first."""
    start = tokens[index].start
    if start >= 2 and text[start - 1] == "." and text[start - 2].isalnum():
        return 0
    initials, place = "", index
    while place < len(tokens) and len(tokens[place].word) == 1 and len(initials) < _MOST:
        if initials and not _BEFORE_NEXT.fullmatch(text[tokens[place - 1].end : tokens[place].start]):
            break
        initials += tokens[place].word
        place += 1
    if not initials and _is_run_together(text, tokens[index]):
        initials, place = tokens[index].word, index + 1
    if not initials or place >= len(tokens):
        return 0
    gap = text[tokens[place - 1].end : tokens[place].start]
    for one in known.get(tokens[place].word, ()):
        last = place + len(one.surname)
        is_it = one.initials.startswith(initials) and _is(one.surname, tokens, place)
        if is_it and _is_written(text, (tokens[index], tokens[last - 1]), gap, initials):
            return last - index
    return 0


def _is_run_together(text: str, token: Token) -> bool:
    """*JM*: two or three letters, all large."""
    written = text[token.start : token.end]
    return 2 <= len(written) <= _RUN_TOGETHER and written.isalpha() and written.isupper()


def _is(surname: Tokens, tokens: Sequence[Token], place: int) -> bool:
    return surname == tuple(token.word for token in tokens[place : place + len(surname)])


def _is_written(text: str, ends: tuple[Token, Token], gap: str, initials: str) -> bool:
    first, last = (text[token.start].isupper() for token in ends)
    if gap in _JOINED:
        return first == last
    is_large = first and last
    if gap.startswith(".") and not gap[1:].strip(" \u00a0-"):
        return is_large
    return is_large and not gap.strip(" \u00a0") and (len(initials) > 1 or initials not in _WORDS)


def _after(text: str, tokens: Sequence[Token], index: int, its: set[Short]) -> int:
    """The surname comes first; the initial has a dot after it, or a comma before it."""
    found = 0
    for one in its:
        place = index + len(one.surname)
        is_it = place < len(tokens) and _is(one.surname, tokens, index)
        if is_it and tokens[place].word == one.initials[0] and _is_turned(text, tokens, place, one):
            found = max(found, place - index + _more(text, tokens, place, one.initials))
    return found


def _is_turned(text: str, tokens: Sequence[Token], place: int, name: Short) -> bool:
    """Whether the initial at this place is written like that of the surname before it."""
    last, initial = tokens[place - 1], tokens[place]
    gap, has_dot = text[last.end : initial.start], text[initial.end : initial.end + 1] == "."
    is_large = text[initial.start].isupper() and text[last.start].isupper()
    if "," in gap:
        is_one = has_dot or initial.word not in _WORDS
    else:
        is_one = has_dot and not is_everyday(name.surname[-1])
    return is_large and is_one and gap.strip(" \u00a0") in {"", ","}


def _more(text: str, tokens: Sequence[Token], place: int, initials: str) -> int:
    """How many initials stand from here on."""
    count = 1
    while count < len(initials) and place + count < len(tokens):
        gap = text[tokens[place + count - 1].end : tokens[place + count].start]
        if tokens[place + count].word != initials[count] or not re.fullmatch(r"\.[ \u00a0]?-?", gap):
            break
        count += 1
    return count
