"""The zip archive that a workbook is: refused before anything in it is opened, where it could harm.

Each part is unpacked here once, in pieces that are thrown away, and only as far as it says it is long: what
an archive claims of itself is not believed here, because the reader of the sheets believes it.
"""

import io
import re
import struct
import zipfile
import zlib
from collections.abc import Iterator, Sequence

from roi.errors import UNSAVED, Issue, blocker

MOST_UNPACKED = 100 * 1024 * 1024
MOST_RATIO = 200
_SMALL = 1024 * 1024
_MOST_PARTS = 5_000
_CHUNK = 1024 * 1024
_LOCAL_HEADER = 30
_FORBIDDEN = re.compile(rb"<!\s*(DOCTYPE|ENTITY|ELEMENT|ATTLIST)", re.IGNORECASE)
_ENCODING = re.compile(rb"""^\s*<\?xml[^>]*?encoding\s*=\s*["']([^"']*)["']""")
_COUNT = re.compile(rb"""uniqueCount\s*=\s*["']\s*\+?([0-9]+)""")
_TEXT_ENDINGS = (".xml", ".rels", ".vml")
_OPEN_DOCUMENT = b"application/vnd.oasis.opendocument"

Part = zipfile.ZipInfo


class _LyingPartError(Exception):
    """A part that is not packed as the archive says."""


def is_archive(content: bytes) -> bool:
    """Whether the bytes begin like a zip archive, as every workbook of the current kind does."""
    return content.startswith((b"PK\x03\x04", b"PK\x05\x06"))


def refused(content: bytes, name: str) -> Issue | None:
    """Why a workbook is not opened at all; None when nothing speaks against it."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            parts = archive.infolist()
        return _too_large(parts, name) or _no_workbook(content, parts, name) or _harmful(content, parts, name)
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, OSError, ValueError):
        return broken(name, "it is not whole")
    except (_LyingPartError, zlib.error, struct.error):
        return broken(name, "its parts are not packed as the file says, or as no spreadsheet packs them")


def read_part(content: bytes, name: str) -> bytes:
    """One part of an archive that was not refused; empty when it is not there."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        found = [part for part in archive.infolist() if _plain(part.filename) == _plain(name)]
        return archive.read(found[0]) if found else b""


def broken(name: str, why: str) -> Issue:
    """A workbook that cannot be read, and why."""
    return blocker(
        "broken_workbook",
        f"{name} cannot be read as a workbook: {why}. {UNSAVED}",
        expected="an XLSX workbook",
        fix="Open it in a spreadsheet and save it again, as XLSX or as CSV.",
    )


def too_large(name: str, what: str, expected: str) -> Issue:
    """A workbook that would take more memory than any cost file needs."""
    return blocker(
        "unpacks_too_large",
        f"{name} is too large to open: {what}. {UNSAVED}",
        expected=expected,
        fix="Save only the rows with costs in a new workbook, or save the sheet as CSV.",
    )


def _plain(name: str) -> str:
    return name.replace("\\", "/").lstrip("/").casefold()


def _too_large(parts: Sequence[Part], name: str) -> Issue | None:
    unpacked = sum(part.file_size for part in parts)
    packed = max(sum(part.compress_size for part in parts), 1)
    if len(parts) > _MOST_PARTS or unpacked > MOST_UNPACKED or _is_bomb(unpacked, packed):
        what = f"it would unpack to {max(unpacked >> 20, 1):,} MB, {unpacked // packed:,} times its size"
        return too_large(name, what, f"at most {MOST_UNPACKED >> 20} MB, and {MOST_RATIO} times")
    for part in parts:
        if _is_bomb(part.file_size, max(part.compress_size, 1)):
            what = f"{part.filename} would unpack to {part.file_size >> 20:,} MB, far more than its size"
            return too_large(name, what, f"at most {MOST_RATIO} times the size")
    return None


def _is_bomb(unpacked: int, packed: int) -> bool:
    return unpacked > _SMALL and unpacked > MOST_RATIO * packed


def _no_workbook(content: bytes, parts: Sequence[Part], name: str) -> Issue | None:
    names = [_plain(part.filename) for part in parts]
    if len(set(names)) != len(names):
        return broken(name, "a part stands in it twice")
    if "xl/workbook.xml" in names:
        return None
    what = "is a compressed file, but no Excel workbook"
    if "xl/workbook.bin" in names:
        what = "is a binary Excel workbook (XLSB)"
    elif _OPEN_DOCUMENT in content[:200]:
        what = "is an OpenDocument file (ODS)"
    return blocker(
        "not_a_workbook",
        f"{name} {what}. {UNSAVED}",
        expected="an XLSX workbook or a CSV file",
        fix="Open it, save the sheet with the costs as XLSX or CSV, and import that file.",
    )


def _harmful(content: bytes, parts: Sequence[Part], name: str) -> Issue | None:
    """Macros, document types and encodings that hide them, and parts that lie about their size."""
    if any(_plain(part.filename).endswith("vbaproject.bin") for part in parts):
        return blocker(
            "macros",
            f"{name} carries macros (programs). {UNSAVED}",
            expected="a workbook without macros",
            fix="Save it as a plain XLSX workbook or as CSV.",
        )
    for part in parts:
        is_text = _plain(part.filename).endswith(_TEXT_ENDINGS)
        before = b""
        for chunk in _pieces(content, part):
            if is_text and _is_unsafe(before, chunk, is_first=not before):
                return blocker(
                    "entities",
                    f"{name} holds an XML document type, an entity or a foreign encoding in {part.filename}; "
                    f"no spreadsheet writes that. {UNSAVED}",
                    expected="a workbook as Excel writes it",
                    fix="Save the sheet as CSV, or ask where the file comes from.",
                )
            if is_text and _says_too_many(before + chunk, part.file_size):
                # The reader of the sheets makes room for as many texts as a part says it holds.
                return broken(name, f"{part.filename} says it holds more than it can")
            before = chunk[-64:]
    return None


def _says_too_many(text: bytes, most: int) -> bool:
    return b"uniqueCount" in text and any(int(one[:20]) > most for one in _COUNT.findall(text))


def _is_unsafe(before: bytes, chunk: bytes, *, is_first: bool) -> bool:
    if b"\0" in chunk or (b"<!" in (both := before + chunk) and _FORBIDDEN.search(both)):
        return True
    said = _ENCODING.match(chunk.removeprefix(b"\xef\xbb\xbf")) if is_first else None
    return said is not None and said[1].lower() not in {b"utf-8", b"us-ascii", b"ascii"}


def _pieces(content: bytes, part: Part) -> Iterator[bytes]:
    """What a part unpacks to, never more than it said; another length or packing is an error."""
    packed = _packed(content, part)
    if part.compress_type == zipfile.ZIP_STORED:
        if len(packed) != part.file_size:
            raise _LyingPartError
        yield from (packed[place : place + _CHUNK] for place in range(0, len(packed), _CHUNK))
        return
    unpacker, total, rest = zlib.decompressobj(-zlib.MAX_WBITS), 0, packed
    while not unpacker.eof:
        chunk = unpacker.decompress(rest, _CHUNK)
        rest = unpacker.unconsumed_tail
        total += len(chunk)
        if total > part.file_size or not (chunk or rest or unpacker.eof):
            raise _LyingPartError
        yield chunk
    if total != part.file_size:
        raise _LyingPartError


def _packed(content: bytes, part: Part) -> bytes:
    is_plain = part.compress_type in {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED} and not part.flag_bits & 1
    header = content[part.header_offset : part.header_offset + _LOCAL_HEADER]
    if not is_plain or not header.startswith(b"PK\x03\x04"):
        raise _LyingPartError
    name_length, extra_length = struct.unpack("<HH", header[26:30])
    start = part.header_offset + _LOCAL_HEADER + name_length + extra_length
    return content[start : start + part.compress_size]
