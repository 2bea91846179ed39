"""Which of their columns is which of our fields: sure, a guess, or to be chosen."""

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from roi.ingest.contracts import COST_FIELDS, Field, normal


@dataclass(frozen=True, slots=True)
class Guess:
    """Our field and the cell it seems to be read from; None: nothing fits, or two fit alike.

    `confidence` is `sure` (the header is one of the field's names), `guess` (it holds one of its words) or
    `choose`.
    """

    field: Field
    cell: int | None
    confidence: str


def recognised(headers: Sequence[str], known: Collection[str] = ()) -> int:
    """How many of the texts are names of a field, or headers that a source used before."""
    names = {normal(header) for header in headers if header.strip()}
    remembered = {normal(header) for header in known}
    sure = sum(1 for field in COST_FIELDS if names & field.synonyms)
    return sure + len(names & remembered)


def guess(headers: Sequence[str]) -> tuple[Guess, ...]:
    """One guess per field of the contract, in its order; no cell is given to two fields."""
    names = [normal(header) for header in headers]
    taken: set[int] = set()
    sure: dict[str, int] = {}
    for field in COST_FIELDS:
        cells = [cell for cell, name in enumerate(names) if name in field.synonyms and cell not in taken]
        best = _strongest(field, cells, names)
        if best is not None:
            sure[field.name] = best
            taken.add(best)
    return tuple(_guess(field, sure.get(field.name), names, taken) for field in COST_FIELDS)


def _strongest(field: Field, cells: Sequence[int], names: Sequence[str]) -> int | None:
    """The only cell, or the one that bears the field's own name; two rivals are nobody's."""
    own = [cell for cell in cells if names[cell] in {normal(field.name), normal(field.label)}]
    candidates = own or list(cells)
    if len({names[cell] for cell in candidates}) != 1:
        return None
    return candidates[0]


def _guess(field: Field, sure: int | None, names: Sequence[str], taken: set[int]) -> Guess:
    if sure is not None:
        return Guess(field, sure, "guess" if _has_rival(field, sure, names, taken) else "sure")
    cells = [
        cell
        for cell, name in enumerate(names)
        if cell not in taken and (name in field.synonyms or field.hints & set(name.split()))
    ]
    if len(cells) != 1:
        return Guess(field, None, "choose")
    taken.add(cells[0])
    return Guess(field, cells[0], "guess")


def _has_rival(field: Field, sure: int, names: Sequence[str], taken: set[int]) -> bool:
    """Whether another column may be meant: net beside gross amount, posting beside invoice date."""
    if field.name not in {"amount", "month"} or names[sure] in {normal(field.name), normal(field.label)}:
        return False
    others = (name for cell, name in enumerate(names) if cell not in taken)
    return any(field.hints & set(name.split()) for name in others)


def repeated(headers: Sequence[str]) -> dict[str, tuple[int, ...]]:
    """Headers that stand more than once, in normal form, with their cells."""
    names = [normal(header) for header in headers]
    counts = Counter(name for name in names if name)
    return {
        name: tuple(cell for cell, other in enumerate(names) if other == name)
        for name, count in counts.items()
        if count > 1
    }


_MAY_BE_LEFT = frozenset({"category", "supplier", "reference", "description", "line_key"})
"""Fields that change no sum and no place: a file that lacks their column is read without them."""

Change = tuple[str, str, str]
"""Our field, the header that was said, and the one that is read instead (empty: none)."""


def adapted(
    said: Sequence[tuple[str, str]], headers: Sequence[str]
) -> tuple[tuple[tuple[str, str], ...], tuple[Change, ...]]:
    """What was said about a source's columns, for a file that spells some otherwise, and what that changed.

    A column that is not there is read from the one that surely is the same field. What nobody is sure of
    stays as it was said, so that planning refuses it.
    """
    cells = {name: find(headers, header) for name, header in said if header}
    taken = {cell for cell in cells.values() if cell is not None}
    sure = {one.field.name: one.cell for one in guess(headers) if one.confidence == "sure"}
    columns, changes = dict(said), list[Change]()
    for name, cell in cells.items():
        other = sure.get(name)
        if cell is not None or (other is None and name not in _MAY_BE_LEFT):
            continue
        instead = headers[other] if other is not None and other not in taken else ""
        if instead or name in _MAY_BE_LEFT:
            changes.append((name, columns[name], instead))
            columns[name] = instead
    return tuple(columns.items()), tuple(changes)


def find(headers: Sequence[str], said: str) -> int | None:
    """The cell whose header was said, exactly or in normal form; None when it is not there."""
    wanted = " ".join(said.split())
    if not wanted:
        return None
    exact = [cell for cell, header in enumerate(headers) if header == wanted]
    alike = [cell for cell, header in enumerate(headers) if normal(header) == normal(wanted)]
    return next(iter(exact or alike), None)
