"""Bytes of an upload → UTF-8 text, or one sentence that says why not. Nothing is guessed in silence."""

import re
from dataclasses import dataclass

import numpy as np

from roi.errors import UNSAVED, Issue, blocker, warning
from roi.ingest import workbook

_OLD_CONTAINER = b"\xd0\xcf\x11\xe0"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_CONTAINERS = (
    (_OLD_CONTAINER, "an old Excel workbook (XLS), or one with a password"),
    (b"%PDF", "a PDF"),
    (b"\x1f\x8b", "a compressed file (gzip)"),
    (b"\xfd7zXZ", "a compressed file (xz)"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"PAR1", "a Parquet file"),
    (b"7z\xbc\xaf", "a compressed file (7z)"),
    (b"Rar!", "a compressed file (RAR)"),
    (b"BZh", "a compressed file (bzip2)"),
    (b"{\\rtf", "a text document (RTF)"),
    (b"SQLite format 3", "a database (SQLite)"),
    (b"\x28\xb5\x2f\xfd", "a compressed file (zstd)"),
    (b"MIME-Version:", "a web archive (MHTML), as some systems call a workbook"),
)
_SAVE_AS = "Open it in a spreadsheet, save the sheet as CSV UTF-8 or XLSX, and import that file."
_UNPACK = "Unpack it, and import the file that is in it."
_HTML = re.compile(rb"\s*<(?:!doctype|!--|html|head|body|script|table|[a-z]+[ >])", re.IGNORECASE)
_XML = re.compile(rb"\s*<\?xml", re.IGNORECASE)
_JSON = re.compile(rb"\s*(?:\[\s*)?\{\s*[\"}]")
_SYLK = re.compile(rb"ID;P[^\r\n]*[\r\n]+(?:[A-Z]{1,2};[A-Z]|E\s)")
"""Its second record too: a table whose first two columns are ID and Posting date begins alike."""
_BOM = b"\xef\xbb\xbf"
_ANYTHING = re.compile(rb"\S")
_TWO_BYTES = re.compile(rb"\xc3[\x80-\xbf]|\xe2\x80[\x93-\x9e]|\xe2\x82\xac")
"""Accented letters, typographic quotes and the euro in UTF-8; in Windows-1252 they are no words."""
_BLACK = np.array([(code < 32 and code not in (9, 10, 13)) or code == 127 for code in range(256)])
_LINE_FEED = 10
_BLACK_C1 = re.compile(rb"\xc2[\x80-\x9f]")
_PART = 1 << 18
_REPLACEMENT = "\ufffd".encode()


@dataclass(frozen=True, slots=True)
class Decoded:
    """The text of a file as UTF-8 without a byte order mark, and what it was encoded in.

    Of a workbook: which sheet it is, the sheets that hold something, and its columns of numbers.
    """

    text: bytes
    encoding: str
    notes: tuple[Issue, ...] = ()
    sheet: str = ""
    sheets: tuple[str, ...] = ()
    number_columns: frozenset[int] = frozenset()


def decode(content: bytes, name: str, wanted: workbook.Wanted = (None, ())) -> Decoded | Issue:
    """The text of an uploaded file, or the issue that makes it unreadable; `wanted` is a workbook's sheet."""
    if workbook.is_workbook(content):
        return _from_workbook(content, name, wanted)
    refused = _refuse_container(content, name)
    if refused:
        return refused
    decoded = _decode(content)
    if isinstance(decoded, Issue):
        return decoded
    return _refuse_markup(decoded.text, name) or _refuse_control(decoded) or decoded


def _from_workbook(content: bytes, name: str, wanted: workbook.Wanted) -> Decoded | Issue:
    found = workbook.read(content, name, wanted)
    if isinstance(found, Issue):
        return found
    encoding = f"Excel workbook, sheet {found.sheet}"
    decoded = Decoded(found.text, encoding, found.notes, found.sheet, found.filled, found.number_columns)
    return _refuse_control(decoded) or decoded


def line_at(text: bytes, position: int) -> int:
    """The physical line on which a byte stands; the first line is 1."""
    return text.count(b"\n", 0, position) + 1


def _refuse_container(content: bytes, name: str) -> Issue | None:
    if not _ANYTHING.search(content, len(_BOM) if content.startswith(_BOM) else 0):
        return blocker("empty_file", f"{name} is empty. {UNSAVED}", fix="Export the file again.")
    if content.startswith(_OLD_CONTAINER) and _ENCRYPTED in content:
        return blocker(
            "password",
            f"{name} is a workbook with a password. {UNSAVED}",
            expected="an XLSX workbook without a password, or a CSV file",
            fix="Open it in a spreadsheet, take the password off, save it, and import that file.",
        )
    for signature, what in _CONTAINERS:
        if content.startswith(signature):
            return _no_table(
                name,
                what,
                _UNPACK if "compressed" in what else _SAVE_AS,
            )
    return None


def _refuse_markup(text: bytes, name: str) -> Issue | None:
    """A page, an XML file or a JSON answer under the name of a table, in whatever encoding."""
    if _HTML.match(text):
        return blocker(
            "html",
            f"{name} is a web page (HTML), not a CSV file: perhaps the page that asks to sign in, or a table "
            f"that was saved as a page. {UNSAVED}",
            expected="a CSV file or an XLSX workbook",
            fix="Download the export again while signed in; or open it in a spreadsheet and save it as XLSX.",
        )
    kinds = ((_XML, "an XML file"), (_JSON, "a JSON file"), (_SYLK, "a sheet in the format SYLK"))
    for pattern, what in kinds:
        if pattern.match(text):
            return _no_table(name, what, "Export it as CSV; or open it in a spreadsheet and save it as XLSX.")
    return None


def _no_table(name: str, what: str, fix: str) -> Issue:
    return blocker(
        "not_csv",
        f"{name} is {what}, not a CSV file or XLSX workbook. {UNSAVED}",
        expected="a CSV file or an XLSX workbook",
        fix=fix,
    )


def _decode(content: bytes) -> Decoded | Issue:
    if content.startswith(_BOM):
        return _as_utf8(content[3:], "UTF-8 with BOM")
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return _from_utf16(content)
    if content.isascii():
        return Decoded(content, "ASCII")
    return _as_utf8(content, "UTF-8")


def _as_utf8(content: bytes, encoding: str) -> Decoded | Issue:
    try:
        content.decode("utf-8")
    except UnicodeDecodeError as error:
        return _from_windows(content, error.start)
    if _REPLACEMENT not in content:
        return Decoded(content, encoding)
    line = line_at(content, content.index(_REPLACEMENT))
    note = warning(
        "garbled_text",
        f"Line {line} holds the sign \ufffd: some letters were already lost when the file was written.",
        line=line,
        fix="Export the file again as UTF-8 if names matter.",
    )
    return Decoded(content, encoding, (note,))


def _from_utf16(content: bytes) -> Decoded | Issue:
    try:
        return Decoded(content.decode("utf-16").encode(), "UTF-16")
    except (UnicodeDecodeError, UnicodeEncodeError):
        return blocker(
            "encoding",
            f"The file says it is UTF-16 but is broken. {UNSAVED}",
            fix="Save it as CSV UTF-8.",
        )


def _from_windows(content: bytes, position: int) -> Decoded | Issue:
    line = line_at(content, position)
    if other := _TWO_BYTES.search(content):
        return _two_encodings(line, line_at(content, other.start()))
    try:
        text = content.decode("cp1252")
    except UnicodeDecodeError as error:
        line = line_at(content, error.start)
        return blocker(
            "encoding",
            f"Line {line}: the encoding is neither UTF-8 nor Windows-1252 "
            f"(byte 0x{content[error.start]:02X}). {UNSAVED}",
            line=line,
            expected="UTF-8",
            fix="Save the file as CSV UTF-8.",
        )
    sample = text[max(0, position - 12) : position + 13].replace("\n", " ").replace("\r", " ").strip()
    note = warning(
        "encoding",
        f"The encoding is not UTF-8; it was read as Windows-1252. Line {line} then reads “{sample}”.",
        line=line,
        sent=sample,
        fix="If letters look wrong, save the file as CSV UTF-8 and import that.",
    )
    return Decoded(text.encode(), "Windows-1252", (note,))


def _two_encodings(line: int, other: int) -> Issue:
    """Either reading would garble the letters of the other lines, and nothing would show it."""
    return blocker(
        "encoding",
        f"Line {other} is written in UTF-8 and line {line} is not: two encodings in one file, or a letter "
        f"cut in two. {UNSAVED}",
        line=line,
        lines=(other, line),
        expected="one encoding, UTF-8",
        fix="Export the file again as CSV UTF-8; do not paste files of two systems together.",
    )


def _first_black(text: bytes) -> int:
    """Where the first control character is, else -1; looked for in parts that a processor's cache holds."""
    signs = np.frombuffer(text, dtype=np.uint8)
    for start in range(0, len(signs), _PART):
        part = signs[start : start + _PART]
        # Control characters below the blank wrap around and stand above all letters of ASCII, as does DEL.
        is_odd = part - 32 > 94
        has_other_than_line_feeds = np.count_nonzero(is_odd) > np.count_nonzero(part == _LINE_FEED)
        if has_other_than_line_feeds and _BLACK[part[is_odd]].any():
            return start + int(_BLACK[part].argmax())
    return -1


def _refuse_control(decoded: Decoded) -> Issue | None:
    position = _first_black(decoded.text)
    if position < 0 and decoded.encoding not in {"ASCII", "Windows-1252"}:
        found = _BLACK_C1.search(decoded.text)
        position = found.start() if found else -1
    if position < 0:
        return None
    code = ord(decoded.text[position : position + 2].decode("utf-8", errors="ignore")[0])
    line = line_at(decoded.text, position)
    if code == 0 and decoded.text.count(0) > len(decoded.text) // 4:
        return blocker(
            "encoding",
            f"The file looks like UTF-16 or UTF-32 (“Unicode text”) without the mark that says so. {UNSAVED}",
            line=line,
            expected="UTF-8",
            fix="Save the file as CSV UTF-8.",
        )
    what = "a NUL byte" if code == 0 else f"the control character U+{code:04X}"
    return blocker(
        "control_character",
        f"Line {line} holds {what}, which no CSV file should. {UNSAVED}",
        line=line,
        expected="text",
        fix="Export the file again, or remove that character.",
    )
