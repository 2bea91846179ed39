"""Which team does the name of a cost area suggest, and which name is near another? Only what is clear."""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Sequence
from difflib import get_close_matches

from roi.domain.names import fold
from roi.domain.structure import Team

CLEAR = 0.5
"""A suggestion shares at least this part of the words, counted by how telling they are."""

MARGIN = 0.15
"""And it is ahead of the next team by at least this much."""

NEAR = 0.8
"""So alike (`difflib`) a word has to be to a known one to be offered as its other spelling; a guess that is
accepted by mistake books money on somebody else, so *Payments* is not asked about as *Assessments*."""

_LOOKED_AT = 3
"""Of so many near names the first is offered that is not another word."""

_SLIP = 1
"""So many letters before a word are a slip; more make another word of it: *Research* is no *Search*."""

_SHORT = 3
"""A last word of so many letters tells names apart as a number does: a country, a region, a part."""

_ROMAN = re.compile("[ivx]+")

_EMPTY = frozenset(
    "a and cost costs centre center department dept for general in of office other service services team "
    "teams the to unit".split()
)


class Suggestions:
    """Which of these teams the names of cost areas suggest.

    Words are compared without case, accents and plural; words that say nothing (team, cost, office) are
    left out, and a word that several teams share counts less.
    """

    def __init__(self, teams: Sequence[Team]) -> None:
        """Read the words of the teams' names once, for however many areas."""
        self._words = {team.key: _words(team.name) for team in teams}
        self._having: dict[str, list[str]] = defaultdict(list)
        for key, words in self._words.items():
            for word in words:
                self._having[word].append(key)

    def of(self, area: str) -> str:
        """The key of the one team that the area's name clearly suggests, else empty."""
        asked = _words(area)
        sharing = {key for word in asked for key in self._having.get(word, ())}
        ranked = sorted(((self._likeness(asked, key), key) for key in sharing), reverse=True)
        if not ranked or ranked[0][0] < CLEAR:
            return ""
        is_clear = len(ranked) == 1 or ranked[0][0] - ranked[1][0] >= MARGIN
        return ranked[0][1] if is_clear else ""

    def _likeness(self, asked: frozenset[str], key: str) -> float:
        """Shared words over all words of both, each word worth one over the number of teams that have it."""
        words = self._words[key]
        return sum(map(self._worth, asked & words)) / sum(map(self._worth, asked | words))

    def _worth(self, word: str) -> float:
        return 1 / max(len(self._having.get(word, ())), 1)


def _words(text: str) -> frozenset[str]:
    plain = unicodedata.normalize("NFKD", text).casefold()
    found = re.findall(r"\w+", "".join(char for char in plain if not unicodedata.combining(char)))
    return frozenset(_singular(word) for word in found if word not in _EMPTY)


def _singular(word: str) -> str:
    return word[:-1] if len(word) > 3 and word.endswith("s") and not word.endswith("ss") else word


# Spellings


def nearest(sent: str, names: Iterable[str]) -> str:
    """The name of which `sent` probably is another spelling; empty where none is, or it says another."""
    by_fold = {fold(name): name for name in names}
    asked = fold(sent)
    close = get_close_matches(asked, list(by_fold), n=_LOOKED_AT, cutoff=NEAR)
    return next((by_fold[one] for one in close if not _is_another(asked, one)), "")


def _is_another(one: str, other: str) -> bool:
    """Whether two near names say two things: another number, a word more, or a word that only ends alike."""
    if _numbers(one) != _numbers(other):
        return True
    if _is_last_another(one, other):
        return True
    ours, theirs = _telling(one), _telling(other)
    if "".join(ours) == "".join(theirs):
        return False
    if len(ours) != len(theirs):
        return set(ours) <= set(theirs) or set(theirs) <= set(ours)
    return any(_ends_in(*pair) or _ends_in(*reversed(pair)) for pair in zip(ours, theirs, strict=True))


def _is_last_another(one: str, other: str) -> bool:
    """Whether names of words end in two short ones or Roman numbers: *Search EU* is no *Search US*."""
    ours, theirs = re.findall(r"\w+", one), re.findall(r"\w+", other)
    if min(len(ours), len(theirs)) < 2 or ours[-1] == theirs[-1]:
        return False
    return all(len(last) <= _SHORT or _ROMAN.fullmatch(last) for last in (ours[-1], theirs[-1]))


def _numbers(name: str) -> list[str]:
    """The numbers with which words end: *Team 1* and *Team 2* are two teams."""
    return re.findall(r"\d+\b", name)


def _telling(name: str) -> list[str]:
    return [word for word in re.findall(r"\w+", name) if word not in _EMPTY]


def _ends_in(word: str, end: str) -> bool:
    return word.endswith(end) and len(word) - len(end) > _SLIP
