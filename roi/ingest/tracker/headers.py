"""Which columns of an export are which of our fields, and which are left at the door.

Only what is known and needed comes in: a column that nobody knows may hold people, so it stays outside.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from roi.errors import UNSAVED, Issue, blocker
from roi.ingest.tracker import vocabulary as words
from roi.ingest.tracker.shapes import Dropped, DropReason
from roi.ingest.tracker.vocabulary import FIELDS, fold_word

_RENAMED = re.compile(r"(.+)\.\d+")
_BY_WORD = {word: (name, rank) for name, known in FIELDS.items() for rank, word in enumerate(known)}

KNOWN_HEADERS = tuple(_BY_WORD)
"""Header words by which the header line is recognised under title rows."""


@dataclass(frozen=True, slots=True)
class Columns:
    """Where each field stands: its cells, the surest first; `kept` are all cells that come in, in order."""

    headers: tuple[str, ...]
    cells: Mapping[str, tuple[int, ...]]
    kept: tuple[int, ...]
    people: tuple[int, ...]
    comments: tuple[int, ...]
    dated: tuple[int, ...]
    planned: frozenset[int]
    dropped: tuple[Dropped, ...]
    issues: tuple[Issue, ...] = ()

    def has(self, name: str) -> bool:
        """Whether the file has the field."""
        return bool(self.cells.get(name))

    def header(self, cell: int) -> str:
        """The header over a cell."""
        return self.headers[cell]


@dataclass(slots=True)
class _Found:
    """What is known so far of the columns, by cell."""

    ranked: dict[str, list[tuple[int, int]]] = field(default_factory=dict)
    kept: list[int] = field(default_factory=list)
    people: list[int] = field(default_factory=list)
    comments: list[int] = field(default_factory=list)
    dated: list[int] = field(default_factory=list)
    planned: set[int] = field(default_factory=set)
    dropped: list[Dropped] = field(default_factory=list)
    issues: list[Issue] = field(default_factory=list)


def match(headers: Sequence[str], stated: Mapping[str, str]) -> Columns:
    """The columns of a file; `stated` gives the header of a field that the words alone would not find."""
    found = _Found()
    said = _stated(headers, stated, found)
    for cell, header in enumerate(headers):
        _place(cell, _name(header, headers), said.get(cell), found)
    return Columns(
        headers=tuple(headers),
        cells={name: tuple(cell for _, cell in sorted(ranked)) for name, ranked in found.ranked.items()},
        kept=tuple(found.kept),
        people=tuple(found.people),
        comments=tuple(found.comments),
        dated=tuple(found.dated),
        planned=frozenset(found.planned),
        dropped=tuple(dict.fromkeys(found.dropped)),
        issues=tuple(found.issues),
    )


def _name(header: str, headers: Sequence[str]) -> str:
    """The header without the number that a reader gives to repeated ones (`Sprint.1` beside `Sprint`)."""
    renamed = _RENAMED.fullmatch(header)
    return renamed[1] if renamed and renamed[1] in headers else header


def _place(cell: int, header: str, said: str | None, found: _Found) -> None:
    folded = fold_word(header)
    plain = words.CUSTOM.sub("", folded)
    reason = _refused(plain)
    if reason is not None:
        kind = found.people if reason is DropReason.PEOPLE else found.comments
        kind.append(cell)
        found.dropped.append(Dropped(header, reason))
        if said is not None:
            found.issues.append(_no_people(said, header))
        return
    name, rank = (said, -1) if said else _field(folded, plain)
    if name is not None:
        found.ranked.setdefault(name, []).append((rank + (1000 if plain != folded else 0), cell))
        if name == "started" and plain in words.PLANNED and not said:
            found.planned.add(cell)
    elif plain not in words.KEPT:
        if header:
            found.dropped.append(Dropped(header, DropReason.NOT_NEEDED))
        return
    if plain in words.DATED:
        found.dated.append(cell)
    found.kept.append(cell)


def _refused(plain: str) -> DropReason | None:
    if plain in _BY_WORD:
        return None
    parts = set(plain.split())
    if parts & words.PEOPLE or words.PEOPLE_PHRASES.search(plain):
        return DropReason.PEOPLE
    if parts & words.FREE_TEXT or words.WORK_LOGS.search(plain):
        return DropReason.FREE_TEXT
    return None


def _field(folded: str, plain: str) -> tuple[str | None, int]:
    if words.INWARD_BLOCK.search(folded):
        return "blocked_by", 0
    if words.OUTWARD_BLOCK.search(folded):
        return "blocks", 0
    return _BY_WORD.get(plain, (None, 0))


def _stated(headers: Sequence[str], stated: Mapping[str, str], found: _Found) -> dict[int, str]:
    """The field of each cell whose header was said; a repeated header says all its cells."""
    said: dict[int, str] = {}
    for name, header in stated.items():
        cells = [cell for cell, other in enumerate(headers) if fold_word(other) == fold_word(header)]
        if name not in FIELDS or not cells:
            found.issues.append(_not_there(name, header, headers))
        said |= dict.fromkeys(cells, name)
    return said


def _not_there(name: str, header: str, headers: Sequence[str]) -> Issue:
    is_field = name in FIELDS
    what = f"The file has no column “{header}”" if is_field else f"“{name}” is none of our fields"
    return blocker(
        "unknown_column",
        f"{what}. {UNSAVED}",
        column=name,
        sent=header,
        expected=", ".join(dict.fromkeys(headers) if is_field else FIELDS),
        fix="Choose one of these.",
    )


def _no_people(name: str, header: str) -> Issue:
    return blocker(
        "people_column",
        f"The column “{header}” names people or holds free text, so it cannot be our {name}. {UNSAVED}",
        column=name,
        sent=header,
        expected="a column of teams, components or projects",
        fix="Choose another column.",
    )
