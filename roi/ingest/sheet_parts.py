"""What the XML of a sheet says that its reader would not: how far it reaches, what is hidden, what failed.

The reader of the sheets turns a failed formula into an empty cell and reserves room for every cell up to the
last one, however few there are. Both are looked for here first.
"""

import re
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import chain, islice
from xml.etree import ElementTree

from roi.ingest.container import read_part

MOST_CELLS = 6_000_000
MOST_LETTERS = 150_000_000
MOST_LOST = 100_000
"""More formulas without a result nobody repairs; they are no longer looked for."""
_SLICE = 4 * 1024 * 1024
_CELL_PLACE = re.compile(rb"""<(?:\w+:)?c\s[^<>]*?\br\s*=\s*["']([A-Za-z]+)([0-9]+)["']""")
_PLAIN_PLACE = re.compile(rb'''<c r="([A-Za-z]+)([0-9]+)"''')
_ODD_CELL = re.compile(rb"<c[/>\t\n\r\f\v]")
"""The place of a cell as most write it; and the other ways to write a cell, but for those with a prefix."""
_CELL = re.compile(rb"""<(?:\w+:)?c(\s[^<>]*?)?(/?)>""")
_ROW_OR_CELL = re.compile(rb"(<(?:\w+:)?(row|c)(?=[\s/>]))([^<>]*)>")
_WITHOUT_PLACE = re.compile(rb"<(?:\w+:)?c(?:/?>|\s+(?![^<>]*\br\s*=)[^<>]*>)")
_ROW = re.compile(rb"""<(?:\w+:)?row(\s[^<>]*?)?/?>""")
_MAY_FAIL = re.compile(rb"""t\s*=\s*["']e["']""")
_MAY_BE_STYLE = re.compile(rb"""s\s+=|s=\s""")
_FAILED = re.compile(rb"""<(?:\w+:)?c(\s[^<>]*?\bt\s*=\s*["']e["'][^<>]*)>(.*?)</(?:\w+:)?c\s*>""", re.DOTALL)
_WITH_FORMULA = re.compile(
    rb"""<(?:\w+:)?c(\s[^<>]*[^<>/])?>(<(?:\w+:)?f[\s/>].*?)</(?:\w+:)?c\s*>""", re.DOTALL
)
_VALUE = re.compile(rb"""<(?:\w+:)?v(?:\s[^<>]*)?>([^<]*)<""")
_TEXT_KIND = re.compile(rb"""\bt\s*=\s*["']str["']""")
_FORMULA = re.compile(rb"""<(?:\w+:)?f(?:\s[^<>]*)?>([^<]*)<""")
_NUMBER = re.compile(rb"""\br\s*=\s*["'](?:([A-Za-z]+))?([0-9]+)["']""")
_IS_HIDDEN = re.compile(rb"""\bhidden\s*=\s*["'](?:1|true)["']""")
_COLUMN = re.compile(rb"""<(?:\w+:)?col\s[^<>]*>""")
_SHARED_KIND = re.compile(rb"""\bt\s*=\s*["']s["']""")
_SHARED_TEXT = re.compile(rb"<(?:\w+:)?si[\s/>]")
_SHARING = re.compile(rb"""\bt\s*=\s*["']s["'][^<>]*>\s*<(?:\w+:)?v[^<>]*>\s*([0-9]{1,9})""")
_PERCENT_FORMATS = frozenset({"9", "10"})
_QUOTED = re.compile(r"""\\.|"[^"]*"|\[[^\]]*\]""")
"""What a number format shows as it stands: it is no percentage because of a sign in it."""
_LAST_COLUMN, _LAST_ROW = 16_384, 1_048_576
_SHOWN = 60

Places = Sequence[tuple[bytes, bytes]]
"""Cells by the letters of their column and the number of their row."""


@dataclass(slots=True)
class Seen:
    """What was seen of a sheet; rows count from 1, columns from 0.

    `lost` are cells whose formula failed or was never worked out, with what to show in their place. `percent`
    has a byte for each place, row by row: 1 where a number is shown as a percentage; empty where none is.
    """

    cells: int = 0
    columns: int = 0
    percent: bytearray = field(default_factory=bytearray)
    is_outside: bool = False
    hidden_rows: list[int] = field(default_factory=list)
    hidden_columns: int = 0
    lost: dict[tuple[int, int], str] = field(default_factory=dict)


def sheet_paths(content: bytes) -> dict[str, str]:
    """The name of each sheet of the workbook → the part that holds it."""
    book = ElementTree.fromstring(read_part(content, "xl/workbook.xml"))  # noqa: S314 - document types were refused
    related = ElementTree.fromstring(read_part(content, "xl/_rels/workbook.xml.rels"))  # noqa: S314 - the same
    targets = {one.get("Id", ""): one.get("Target", "") for one in related}
    paths = {}
    for sheet in book.iter():
        if sheet.tag.rpartition("}")[2] == "sheet":
            key = next((value for name, value in sheet.items() if name.rpartition("}")[2] == "id"), "")
            target = targets.get(key, "")
            paths[sheet.get("name", "")] = target.lstrip("/") if target.startswith("/") else f"xl/{target}"
    return paths


def text_size(xml: bytes, shared: bytes) -> int:
    """How many letters the cells of a sheet hold of shared texts: a short sheet may repeat a long text."""
    if not shared:
        return 0
    lengths = [len(one) for one in _SHARED_TEXT.split(shared)[1:]]
    cells = len(_SHARED_KIND.findall(xml))
    most = cells * max(lengths, default=0)
    if most <= MOST_LETTERS:
        return most
    places = (int(found[1]) for found in _SHARING.finditer(xml))
    return sum(lengths[place] for place in places if place < len(lengths))


def percent_styles(styles: bytes) -> frozenset[int]:
    """The numbers of the cell styles that show a number as a percentage; `styles` is that part's XML."""
    if not styles:
        return frozenset()
    book = ElementTree.fromstring(styles)  # noqa: S314 - document types were refused
    formats, cells = set(_PERCENT_FORMATS), list[str]()
    for one in book.iter():
        name = one.tag.rpartition("}")[2]
        if name == "numFmt" and "%" in _QUOTED.sub("", one.get("formatCode", "")):
            formats.add(one.get("numFmtId", ""))
        elif name == "cellXfs":
            cells = [style.get("numFmtId", "") for style in one]
    return frozenset(place for place, number in enumerate(cells) if number in formats)


def look_at(xml: bytes, percents: frozenset[int] = frozenset()) -> Seen:
    """Everything that is to be known of a sheet before it is opened; `percents` are styles of percentages."""
    seen = Seen()
    if not _measure(xml, seen) and _WITHOUT_PLACE.search(xml):
        xml = _with_places(xml)
        _measure(xml, seen)
    if b"hidden" in xml:
        seen.hidden_rows = sorted(_hidden_rows(xml))
        seen.hidden_columns = sum(1 for one in _COLUMN.findall(xml) if _IS_HIDDEN.search(one))
    if not seen.is_outside:
        lost = chain(_failed(xml), _never_worked_out(xml))
        seen.lost.update(islice(lost, MOST_LOST + 1))
        _mark_percent(xml, percents, seen)
    return seen


def _mark_percent(xml: bytes, percents: frozenset[int], seen: Seen) -> None:
    if not 0 < seen.cells <= MOST_CELLS or not _may_have_style(xml, percents):
        return
    styles = b"|".join(b"%d" % style for style in sorted(percents))
    for found in re.finditer(rb"""<(?:\w+:)?c(\s[^<>]*?\bs\s*=\s*["'](?:%b)["'][^<>]*)>""" % styles, xml):
        place = _place(found[1])
        seen.percent = seen.percent or bytearray(seen.cells)
        if place and place[1] < seen.columns and place[0] * seen.columns <= seen.cells:
            seen.percent[(place[0] - 1) * seen.columns + place[1]] = 1


def _may_have_style(xml: bytes, styles: Collection[int]) -> bool:
    """Whether a cell may have one of the styles; the question is quick, and mostly none has."""
    written = (form % style for style in styles for form in (b's="%d"', b"s='%d'"))
    return any(one in xml for one in written) or (bool(styles) and _MAY_BE_STYLE.search(xml) is not None)


def column_number(letters: bytes) -> int:
    """The number of a column: A is 0."""
    number = 0
    for letter in letters.upper():
        number = number * 26 + letter - 64
    return number - 1


def _measure(xml: bytes, seen: Seen) -> bool:
    """How many cells lie between the first corner and the last cell that holds something.

    Whether every cell is known to say its place.
    """
    plain = None if b":c" in xml or _ODD_CELL.search(xml) else _corner(xml, _plain_places)
    rows, columns = plain or _corner(xml, _CELL_PLACE.findall) or (0, 0)
    if rows * columns > MOST_CELLS or rows > _LAST_ROW or columns > _LAST_COLUMN:
        # Of cells that hold something, exactly; that costs more time.
        rows, columns = _corner(xml, lambda piece: list(_filled(piece))) or (0, 0)
    seen.cells, seen.columns = rows * columns, columns
    seen.is_outside = rows > _LAST_ROW or columns > _LAST_COLUMN
    return plain is not None


def _corner(xml: bytes, find: Callable[[bytes], Places | None]) -> tuple[int, int] | None:
    """Last row and column of the cells that are found; None where that is not the way to find them."""
    last_row, names = 0, set[bytes]()
    for piece in _slices(xml):
        found = find(piece)
        if found is None:
            return None
        if found:
            letters, numbers = zip(*found, strict=True)
            last_row = max(last_row, *(int(number[:10]) for number in set(numbers)))
            names.update(name[:8] for name in set(letters))
    columns = max((column_number(name) + 1 for name in names), default=0)
    return last_row, columns


def _plain_places(piece: bytes) -> Places | None:
    """The places of all cells where each is written as most write it, which is seen quickly."""
    found = _PLAIN_PLACE.findall(piece)
    return found if len(found) == piece.count(b"<c ") else None


def _filled(piece: bytes) -> Iterator[tuple[bytes, bytes]]:
    for found in _CELL.finditer(piece):
        place = _NUMBER.search(found[1] or b"")
        if place and place[1] and not found[2] and not piece.startswith(b"</", found.end()):
            yield place[1], place[2]


def _with_places(xml: bytes) -> bytes:
    """The XML with a place on every cell: one without counts on from the one before, a row from the last."""
    row, column = 0, -1

    def place(found: re.Match[bytes]) -> bytes:
        nonlocal row, column
        number = _NUMBER.search(found[3])
        if found[2] == b"row":
            row, column = int(number[2][:10]) if number else row + 1, -1
            return found[0]
        if number and number[1]:
            column = column_number(number[1][:8])
            return found[0]
        column += 1
        return b'%b r="%b%d"%b>' % (found[1], _letters(column), row, found[3])

    return _ROW_OR_CELL.sub(place, xml)


def _letters(column: int) -> bytes:
    """The letters of a column: 0 is A."""
    found, rest = b"", column + 1
    while rest:
        rest, letter = divmod(rest - 1, 26)
        found = bytes([letter + 65]) + found
    return found


def _slices(xml: bytes) -> Iterator[bytes]:
    """The XML in pieces that end where a row or cell ends, so that no list of cells grows long."""
    start = 0
    while start < len(xml):
        end = xml.rfind(b"<", start, start + _SLICE) if start + _SLICE < len(xml) else len(xml)
        if end <= start:
            end = min(start + _SLICE, len(xml))
        yield xml[start:end]
        start = end


def _hidden_rows(xml: bytes) -> Iterator[int]:
    place = 0
    for found in _ROW.finditer(xml):
        number = _NUMBER.search(found[1] or b"")
        place = int(number[2][:10]) if number else place + 1
        if _IS_HIDDEN.search(found[1] or b"") and not found[0].endswith(b"/>"):
            yield place


def _failed(xml: bytes) -> Iterator[tuple[tuple[int, int], str]]:
    if not _MAY_FAIL.search(xml):
        return
    for found in _FAILED.finditer(xml):
        place = _place(found[1])
        value = _VALUE.search(found[2])
        if place:
            yield place, (value[1] if value and value[1] else b"#ERROR").decode(errors="replace")[:_SHOWN]


def _never_worked_out(xml: bytes) -> Iterator[tuple[tuple[int, int], str]]:
    if b"<f" not in xml and b":f" not in xml:
        return
    for found in _WITH_FORMULA.finditer(xml):
        value = _VALUE.search(found[2])
        is_kept = (value is not None and value[1] != b"") or _TEXT_KIND.search(found[1] or b"")
        place = _place(found[1] or b"")
        if place and not is_kept:
            formula = _FORMULA.search(found[2])
            shown = formula[1].decode(errors="replace")[:_SHOWN] if formula else "…"
            yield place, f"={shown} (not worked out)"


def _place(attributes: bytes) -> tuple[int, int] | None:
    found = _NUMBER.search(attributes)
    return (int(found[2]), column_number(found[1])) if found and found[1] else None
