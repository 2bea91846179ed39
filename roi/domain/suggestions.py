"""Which team does the name of a cost area suggest? Only a clear answer is given."""

import re
import unicodedata
from collections.abc import Iterable, Sequence

from roi.domain.structure import Team

CLEAR = 0.5
"""A suggestion shares at least this part of the words, counted by how telling they are."""

MARGIN = 0.15
"""And it is ahead of the next team by at least this much."""

_EMPTY = frozenset(
    "a and cost costs centre center department dept for general in of office other service services team "
    "teams the to unit".split()
)


def suggest(area: str, teams: Sequence[Team]) -> str:
    """The key of the one team that the area's name clearly suggests, else empty.

    Words are compared without case, accents and plural; words that say nothing (team, cost, office) are
    left out, and a word that several teams share counts less.
    """
    asked = _words([area])
    if not asked:
        return ""
    known = {team.key: _words([team.name]) for team in teams}
    ranked = sorted(
        ((_likeness(asked, words, known.values()), key) for key, words in known.items()), reverse=True
    )
    if not ranked or ranked[0][0] < CLEAR:
        return ""
    is_clear = len(ranked) == 1 or ranked[0][0] - ranked[1][0] >= MARGIN
    return ranked[0][1] if is_clear else ""


def _likeness(asked: frozenset[str], words: frozenset[str], known: Iterable[frozenset[str]]) -> float:
    """Shared words over all words of both, each word worth one over the number of teams that have it."""
    everybody = list(known)

    def worth(word: str) -> float:
        return 1 / max(sum(word in others for others in everybody), 1)

    whole = sum(worth(word) for word in asked | words)
    return sum(worth(word) for word in asked & words) / whole if whole else 0.0


def _words(texts: Iterable[str]) -> frozenset[str]:
    plain = unicodedata.normalize("NFKD", " ".join(texts)).casefold()
    found = re.findall(r"\w+", "".join(char for char in plain if not unicodedata.combining(char)))
    return frozenset(_singular(word) for word in found if word not in _EMPTY)


def _singular(word: str) -> str:
    return word[:-1] if len(word) > 3 and word.endswith("s") and not word.endswith("ss") else word
