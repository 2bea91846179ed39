"""Which team does the name of a cost area suggest? Only a clear answer is given."""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Sequence

from roi.domain.structure import Team

CLEAR = 0.5
"""A suggestion shares at least this part of the words, counted by how telling they are."""

MARGIN = 0.15
"""And it is ahead of the next team by at least this much."""

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
