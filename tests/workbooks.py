"""Excel workbooks written part by part, so that a test can hold whatever Excel or an enemy would write."""

import io
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from xml.sax.saxutils import escape, quoteattr

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_RELATED = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
_KIND = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'

DATE, PERCENT, MONTH, TIME = 1, 2, 3, 4
"""Cell styles: a day, a percentage, a month such as Jan 26, a day with its time."""


@dataclass(frozen=True)
class Raw:
    """A cell as XML between `<c r=".."` and `</c>`: attributes, `>` and what is inside."""

    xml: str


@dataclass(frozen=True)
class Sheet:
    """A sheet: rows of cells, its first row and column, rows that are hidden, whether it is hidden itself."""

    name: str
    rows: Sequence[Sequence[object]]
    first_row: int = 1
    first_column: int = 1
    hidden_rows: frozenset[int] = frozenset()
    state: str = "visible"
    columns: str = ""
    tail: str = ""


def workbook(*sheets: Sheet, is_1904: bool = False, extra: Mapping[str, bytes] | None = None) -> bytes:
    """The bytes of a workbook with these sheets; `extra` parts are added, or stand instead of ours."""
    parts: dict[str, bytes] = {
        "[Content_Types].xml": _content_types(len(sheets)),
        "_rels/.rels": relations([("rId1", "officeDocument", "xl/workbook.xml")]),
        "xl/workbook.xml": _book(sheets, is_1904=is_1904),
        "xl/_rels/workbook.xml.rels": relations(
            [
                *((f"rId{place}", "worksheet", f"worksheets/sheet{place}.xml") for place in _places(sheets)),
                ("rIdStyles", "styles", "styles.xml"),
            ]
        ),
        "xl/styles.xml": _styles(),
    }
    for place, sheet in zip(_places(sheets), sheets, strict=True):
        parts[f"xl/worksheets/sheet{place}.xml"] = sheet_xml(sheet)
    return packed({**parts, **(extra or {})})


def packed(parts: Mapping[str, bytes]) -> bytes:
    """A zip archive of these parts."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return out.getvalue()


def serial(day: date, *, is_1904: bool = False) -> int:
    """The number under which Excel keeps a day."""
    return (day - (date(1904, 1, 1) if is_1904 else date(1899, 12, 30))).days


def day(value: date, *, is_1904: bool = False, style: int = DATE) -> Raw:
    """A cell with a day in it."""
    return Raw(f' s="{style}"><v>{serial(value, is_1904=is_1904)}</v>')


def percent(value: str) -> Raw:
    """A cell that shows a percentage; `0.125` shows 12.5 %."""
    return Raw(f' s="{PERCENT}"><v>{value}</v>')


def error(text: str) -> Raw:
    """A cell whose formula failed: `#N/A`, `#REF!`."""
    return Raw(f' t="e"><f>1/0</f><v>{text}</v>')


def formula(text: str, result: str | None) -> Raw:
    """A formula with the result that was kept, or without one, as some programs write it."""
    kept = "" if result is None else f"<v>{result}</v>"
    return Raw(f"><f>{escape(text)}</f>{kept}")


def sheet_xml(sheet: Sheet) -> bytes:
    """The XML of one sheet."""
    lines = [_row(sheet, place, row) for place, row in enumerate(sheet.rows, start=sheet.first_row)]
    rows = f"<sheetData>{''.join(lines)}{sheet.tail}</sheetData>"
    return f'{_HEAD}<worksheet xmlns="{MAIN}">{sheet.columns}{rows}</worksheet>'.encode()


def _places(sheets: Sequence[Sheet]) -> range:
    return range(1, len(sheets) + 1)


def _row(sheet: Sheet, place: int, row: Sequence[object]) -> str:
    cells = [
        _cell(f"{letters(column)}{place}", value)
        for column, value in enumerate(row, start=sheet.first_column)
        if value is not None
    ]
    hidden = ' hidden="1"' if place in sheet.hidden_rows else ""
    return f'<row r="{place}"{hidden}>{"".join(cells)}</row>'


def letters(column: int) -> str:
    """The name of a column: 1 is A, 27 is AA."""
    name = ""
    while column:
        column, rest = divmod(column - 1, 26)
        name = chr(65 + rest) + name
    return name


def _cell(place: str, value: object) -> str:
    if isinstance(value, Raw):
        return f'<c r="{place}"{value.xml}</c>'
    if isinstance(value, bool):
        return f'<c r="{place}" t="b"><v>{int(value)}</v></c>'
    if isinstance(value, date):
        return f'<c r="{place}" s="{DATE}"><v>{serial(value)}</v></c>'
    if isinstance(value, int | float):
        return f'<c r="{place}"><v>{value!r}</v></c>'
    return f'<c r="{place}" t="inlineStr"><is><t xml:space="preserve">{escape(str(value))}</t></is></c>'


def _book(sheets: Sequence[Sheet], *, is_1904: bool) -> bytes:
    listed = "".join(
        f'<sheet name={quoteattr(sheet.name)} sheetId="{place}" state="{sheet.state}" r:id="rId{place}"/>'
        for place, sheet in zip(_places(sheets), sheets, strict=True)
    )
    dates = '<workbookPr date1904="1"/>' if is_1904 else "<workbookPr/>"
    return (
        f'{_HEAD}<workbook xmlns="{MAIN}" xmlns:r="{_RELATED}">{dates}<sheets>{listed}</sheets></workbook>'
    ).encode()


def relations(rows: Sequence[tuple[str, str, str]]) -> bytes:
    """The part that says where the others are: key, kind and target of each."""
    listed = "".join(
        f'<Relationship Id="{key}" Type="{_RELATED}/{kind}" Target="{target}"/>' for key, kind, target in rows
    )
    return f'{_HEAD}<Relationships xmlns="{_PACKAGE}">{listed}</Relationships>'.encode()


def _content_types(sheets: int) -> bytes:
    listed = "".join(
        f'<Override PartName="/xl/worksheets/sheet{place}.xml" ContentType="{_KIND}.worksheet+xml"/>'
        for place in range(1, sheets + 1)
    )
    return (
        f'{_HEAD}<Types xmlns="{_TYPES}">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{_KIND}.sheet.main+xml"/>'
        f'<Override PartName="/xl/styles.xml" ContentType="{_KIND}.styles+xml"/>{listed}</Types>'
    ).encode()


def _styles() -> bytes:
    formats = "".join(f'<xf numFmtId="{number}" applyNumberFormat="1"/>' for number in (0, 14, 10, 17, 22))
    return f'{_HEAD}<styleSheet xmlns="{MAIN}"><cellXfs count="5">{formats}</cellXfs></styleSheet>'.encode()
