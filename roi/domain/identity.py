"""When are two names of one person? Nobody confirms what is theirs under a name that only looks other (D25).

Without a login a name is all that is known of a person. So names are compared by what a reader sees in them:
without case, accents and punctuation, letters of Latin, Cyrillic and Greek that look alike as one, the words
in any order, and without the initial of a name that is there (*O. Olga*). A hyphen or an apostrophe may join
two words or part them (*Anne-Marie*); a blank only parts them: *Ali Ng* is not *Aling*. Figures are no
letters: *1* and *l*, *0* and *O* stay two.
"""

import unicodedata
from functools import lru_cache

_CYRILLIC = dict(zip("авекмнорстухіјѕԁԛԝѵһӏ", "abekmhopctyxijsdqwvhl", strict=True))
_GREEK = dict(zip("αβεζηικμνορτυχ", "abezhikmvoptux", strict=True))
_ALONE = str.maketrans({**_CYRILLIC, **_GREEK, "ı": "i"})  # noqa: RUF001 - on purpose
_WHOLE = str.maketrans(
    {"ł": "l", "ø": "o", "đ": "d", "ð": "d", "ħ": "h", "ŧ": "t", "ß": "ss", "æ": "ae", "œ": "oe"}
)
"""Letters that no accent can be taken from, as they are written without them."""

_CAPITALS = str.maketrans("ΝΥ", "NY")  # noqa: RUF001 - on purpose
"""Greek capitals that look like other Latin letters than their small ones do."""

_ACCENTS = range(0x300, 0x370)
_APOSTROPHES = "'’‘ʼ`´"  # noqa: RUF001 - on purpose
_HYPHENS = "-‐‑"  # noqa: RUF001 - on purpose


@lru_cache(maxsize=65_536)
def person(name: str) -> str:
    """What stands for a name when two are compared: alike for two that may well be one person."""
    return _reading(name, _APOSTROPHES)


def is_one(name: str, other: str) -> bool:
    """Whether two names may well be of one person."""
    return not _readings(name).isdisjoint(_readings(other))


@lru_cache(maxsize=65_536)
def _readings(name: str) -> frozenset[str]:
    """What the name may stand for: each of its hyphens and apostrophes joins words, or parts them."""
    joining = ("", _APOSTROPHES, _HYPHENS, _APOSTROPHES + _HYPHENS)
    return frozenset(_reading(name, signs) for signs in joining)


def _reading(name: str, joining: str) -> str:
    words = _words(name, joining)
    whole = [one for one in words if not _is_initial(one, words)]
    return " ".join(sorted(whole)) or " ".join(unicodedata.normalize("NFKC", name).casefold().split())


def _words(name: str, joining: str) -> list[str]:
    """The name's words as they look, in small letters."""
    seen = unicodedata.normalize("NFKC", name)
    if any("a" <= letter <= "z" or "A" <= letter <= "Z" for letter in seen):
        seen = seen.translate(_CAPITALS)
    letters = unicodedata.normalize("NFKD", seen.casefold())
    seen = "".join(_seen(letter, joining) for letter in letters)
    return seen.translate(_ALONE).translate(_WHOLE).split()


def _seen(letter: str, joining: str) -> str:
    """The letter; nothing for an accent, a sign that joins and what is invisible; a blank for punctuation."""
    category = unicodedata.category(letter)
    if ord(letter) in _ACCENTS or letter in joining or category == "Cf":
        return ""
    return letter if category[0] in "LMN" else " "


def _is_initial(word: str, words: list[str]) -> bool:
    """Whether a single letter stands for another word of the same name."""
    return len(word) == 1 and any(len(other) > 1 and other.startswith(word) for other in words)
