"""Sentences that remember of which figure each number is, so that a page can lead from it to its rows.

A number is put between marks that no keyboard writes; `plain` takes them out for a slide or a command line.
"""

import re
from urllib.parse import urlencode

from roi.domain.figures import Figure
from roi.story import words

_START, _MIDDLE, _END = "\ue000", "\ue001", "\ue002"
_MARKED = re.compile(f"{_START}([^{_MIDDLE}]*){_MIDDLE}([^{_END}]*){_END}")


_WHOSE = ("team", "outcome", "epic", "initiative", "part", "product")
"""Whose a figure may be, as its scope says it."""


def place(figure_id: str, **key: str) -> str:
    """A figure by its id, and by whose it is: `full_cost team=onboarding`, `cohort_cost part=202601`."""
    where = urlencode({name: value for name, value in key.items() if value})
    return f"{figure_id} {where}" if where else figure_id


def address(figure: Figure, **key: str) -> str:
    """The place of a figure."""
    return place(figure.figure_id, **key)


def known(shown: str, figure: Figure | None, **key: str) -> str:
    """What is shown of a figure, remembering it; `key` is whose it is, else what its scope says."""
    if figure is None:
        return shown
    whose = key or {name: value for name, value in figure.scope if name in _WHOSE}
    return f"{_START}{address(figure, **whose)}{_MIDDLE}{shown}{_END}"


def part(shown: str, figure_id: str, which: str) -> str:
    """What is shown of a part that a list names, remembering which part it is."""
    return derived(shown, figure_id, part=which)


def derived(shown: str, figure_id: str, **key: str) -> str:
    """What is shown of a figure that only a sentence says, remembering it and whose it is."""
    return f"{_START}{place(figure_id, **key)}{_MIDDLE}{shown}{_END}"


def figure(its: Figure, **key: str) -> str:
    """The figure in words, remembering it."""
    return known(words.figure(its), its, **key)


def plain(text: str) -> str:
    """The text alone."""
    return _MARKED.sub(r"\2", text)


def pieces(text: str) -> list[tuple[str, str]]:
    """Words with the address of their figure, or none: `("$9M", "confirmed_cash"), (" of it", "")`."""
    found, at = [], 0
    for mark in _MARKED.finditer(text):
        found += [(text[at : mark.start()], ""), (mark[2], mark[1])]
        at = mark.end()
    return [piece for piece in (*found, (text[at:], "")) if piece[0]]
