"""When are two names of one person? Nobody confirms what is theirs under a name that only looks other (D25).

Without a login a name is all that is known of a person. So names are compared by what a reader sees in them:
without case, accents, blanks and punctuation, letters of Latin, Cyrillic and Greek that look alike as one,
the words in any order, and without the initial of a name that is there (*O. Olga*).
"""

import unicodedata
from functools import lru_cache

_CYRILLIC = dict(zip("авекмнорстухіјѕԁԛԝѵһӏ", "abekmhopctyxijsdqwvhl", strict=True))
_GREEK = dict(zip("αβεζηικμνορτυχ", "abezhikmvoptux", strict=True))
_ALONE = str.maketrans({**_CYRILLIC, **_GREEK, "ı": "i"})  # noqa: RUF001 - on purpose
_CAPITALS = str.maketrans("ΝΥ", "NY")  # noqa: RUF001 - on purpose
"""Greek capitals that look like other Latin letters than their small ones do."""

_ACCENTS = range(0x300, 0x370)
_JOINING = "'’‘ʼ`´"  # noqa: RUF001 - on purpose


@lru_cache(maxsize=65_536)
def person(name: str) -> str:
    """What stands for a name when two are compared: alike for two that may well be one person."""
    words = _words(name)
    whole = [one for one in words if not _is_initial(one, words)]
    return "".join(sorted(whole)) or " ".join(unicodedata.normalize("NFKC", name).casefold().split())


def is_one(name: str, other: str) -> bool:
    """Whether two names may well be of one person."""
    return person(name) == person(other)


def _words(name: str) -> list[str]:
    """The name's words as they look, in small letters."""
    seen = unicodedata.normalize("NFKC", name)
    if any("a" <= letter <= "z" or "A" <= letter <= "Z" for letter in seen):
        seen = seen.translate(_CAPITALS)
    letters = unicodedata.normalize("NFKD", seen.casefold())
    return "".join(_seen(letter) for letter in letters).translate(_ALONE).split()


def _seen(letter: str) -> str:
    """The letter; nothing for an accent, an apostrophe and what is invisible; a blank for punctuation."""
    category = unicodedata.category(letter)
    if ord(letter) in _ACCENTS or letter in _JOINING or category == "Cf":
        return ""
    return letter if category[0] in "LMN" else " "


def _is_initial(word: str, words: list[str]) -> bool:
    """Whether a single letter stands for another word of the same name."""
    return len(word) == 1 and any(len(other) > 1 and other.startswith(word) for other in words)
