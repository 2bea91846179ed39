"""Workbooks that want to do harm are refused within 500 MB, with a reason."""

import io
import struct
import sys
import zipfile
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as some

from roi.errors import Issue
from roi.ingest import container, decoding, workbook
from tests import hostile
from tests.hostile import TRAPS
from tests.workbooks import MAIN, Sheet, packed, sheet_xml
from tests.workbooks import workbook as made

SHEET = Sheet("Costs", [("month", "team", "amount", "currency"), ("2026-01", "Web", 5, "EUR")])
GOOD = made(SHEET)
FILLER = b"<!--" + b"".join(b"%d" % (n * n % 99_991) for n in range(300_000))


def refused(content):
    issue = workbook.read(content, "costs.xlsx")
    assert isinstance(issue, Issue), issue
    assert "Nothing has been saved" in issue.message
    assert issue.is_blocker
    return issue


def with_part(name, content):
    return made(SHEET, extra={name: content})


def lying(content, name, size, checksum):
    """The archive with a part that claims another size and checksum, in both of its headers."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        part = archive.getinfo(name)
    data = bytearray(content)
    for mark, places in ((b"PK\x03\x04", (14, 22, 30)), (b"PK\x01\x02", (16, 24, 46))):
        at = -1
        while (at := data.find(mark, at + 1)) >= 0:
            start = at + places[2]
            if data[start : start + len(name)] == name.encode():
                struct.pack_into("<I", data, at + places[0], checksum)
                struct.pack_into("<I", data, at + places[1], size)
    assert part.file_size != size
    return bytes(data)


def test_the_workbook_they_are_made_from_is_read():
    assert not isinstance(workbook.read(GOOD, "costs.xlsx"), Issue)


def test_a_bomb_is_refused_from_what_it_says():
    bomb = with_part("xl/sharedStrings.xml", b"<sst>" + b"A" * 110_000_000 + b"</sst>")
    issue = refused(bomb)
    assert issue.code == "unpacks_too_large"
    assert "unpack" in issue.message


def test_a_small_bomb_among_honest_parts_is_refused():
    noise = zlib.compress(bytes(range(256)) * 40_000)
    bomb = made(SHEET, extra={"xl/media/a.bin": noise, "xl/sharedStrings.xml": b"<sst>" + b"A" * 9_000_000})
    assert refused(bomb).code == "unpacks_too_large"


def test_a_bomb_that_lies_about_its_size_is_refused():
    xml = sheet_xml(SHEET)
    content = with_part("xl/worksheets/sheet1.xml", xml + b" " * 50_000_000)
    small = lying(content, "xl/worksheets/sheet1.xml", len(xml), zlib.crc32(xml))
    assert refused(small).code == "broken_workbook"


def test_a_part_that_is_shorter_than_it_says_is_refused():
    content = lying(GOOD, "xl/styles.xml", 999_999, 0)
    assert refused(content).code == "broken_workbook"


def test_an_archive_within_the_archive_is_not_opened():
    inner = packed({"bomb.xml": b"0" * 90_000_000})
    found = workbook.read(with_part("xl/embeddings/inner.xlsx", inner), "costs.xlsx")
    assert not isinstance(found, Issue)


def test_too_many_parts_are_refused():
    assert (
        refused(made(SHEET, extra={f"xl/media/{n}": b"" for n in range(5_001)})).code == "unpacks_too_large"
    )


@pytest.mark.parametrize(
    "part",
    [
        b'<?xml version="1.0"?><!DOCTYPE sst [<!ENTITY x SYSTEM "file:///etc/passwd">]><sst/>',
        b'<?xml version="1.0"?><!doctype lolz><sst/>',
        '<?xml version="1.0" encoding="UTF-16"?><!DOCTYPE sst><sst/>'.encode("utf-16"),
        '<?xml version="1.0" encoding="UTF-16LE"?><!DOCTYPE sst><sst/>'.encode("utf-16-le"),
        b'<?xml version="1.0" encoding="UTF-7"?>+ADwAIQ-DOCTYPE sst+AD4-<sst/>',
        b"<?xml version='1.0' encoding='cp037'?>" + "<!DOCTYPE sst><sst/>".encode("cp037"),
        FILLER[: 1024 * 1024 - 5] + b'<!DOCTYPE sst [<!ENTITY x "y">]><sst/>',
    ],
)
def test_entities_are_refused_in_whatever_encoding(part):
    noise = bytes(n * n % 251 for n in range(70_000))
    content = made(SHEET, extra={"xl/media/a.bin": noise, "xl/sharedStrings.xml": part})
    issue = refused(content)
    assert issue.code == "entities"
    assert "passwd" not in issue.message


def test_entities_are_refused_in_the_parts_that_say_where_the_others_are():
    part = b'<!DOCTYPE r [<!ENTITY x SYSTEM "http://127.0.0.1/">]><Relationships/>'
    assert refused(with_part("xl/_rels/workbook.xml.rels", part)).code == "entities"


def test_macros_are_refused():
    assert refused(with_part("xl/vbaProject.bin", b"x")).code == "macros"


@pytest.mark.parametrize(
    ("content", "word"),
    [
        (packed({"word/document.xml": b"<x/>"}), "no Excel workbook"),
        (packed({"xl/workbook.bin": b"x"}), "XLSB"),
        (packed({"mimetype": b"application/vnd.oasis.opendocument.spreadsheet"}), "compressed file"),
        (b"PK\x05\x06" + bytes(18), "no Excel workbook"),
    ],
)
def test_an_archive_that_is_no_workbook_is_refused(content, word):
    issue = refused(content)
    assert issue.code == "not_a_workbook"
    assert word in issue.message


def test_an_open_document_is_named():
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
    assert "ODS" in refused(out.getvalue()).message


def test_old_and_locked_workbooks_are_refused_with_a_sentence():
    old = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(2_000)
    locked = old + "EncryptedPackage".encode("utf-16-le") + bytes(100)
    assert decoding.decode(old, "costs.xls").code == "not_csv"
    issue = decoding.decode(locked, "costs.xlsx")
    assert (issue.code, "password" in issue.message) == ("password", True)


def test_a_part_that_stands_twice_is_refused():
    out = io.BytesIO(GOOD)
    with zipfile.ZipFile(out, "a") as archive:
        archive.writestr("XL/worksheets/Sheet1.xml", sheet_xml(SHEET))
    assert refused(out.getvalue()).code == "broken_workbook"


def test_a_packing_that_no_spreadsheet_uses_is_refused():
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(GOOD)) as source, zipfile.ZipFile(out, "w", zipfile.ZIP_BZIP2) as archive:
        for part in source.infolist():
            archive.writestr(part.filename, source.read(part))
    assert refused(out.getvalue()).code == "broken_workbook"


def test_a_workbook_without_what_it_names_is_refused():
    for part in ("xl/workbook.xml", "xl/_rels/workbook.xml.rels"):
        assert refused(with_part(part, b"<not closed")).code == "broken_workbook"


@pytest.mark.parametrize("trap", TRAPS)
def test_a_cell_far_away_takes_no_memory(trap):
    assert refused(TRAPS[trap]).code in {"unpacks_too_large", "broken_workbook"}


@pytest.mark.parametrize(
    "xml",
    [
        f'<sst xmlns="{MAIN}" count="99999999999" uniqueCount="99999999999"/>'.encode(),
        b'<sst count="-1" uniqueCount="x"/>',
        b"",
        b"\xff\xfa",
    ],
)
def test_shared_texts_that_lie_do_no_harm(xml):
    workbook.read(with_part("xl/sharedStrings.xml", xml), "costs.xlsx")


def test_a_dimension_that_lies_is_not_believed():
    xml = sheet_xml(SHEET).replace(b"<sheetData>", b'<dimension ref="A1:XFD1048576"/><sheetData>')
    found = workbook.read(with_part("xl/worksheets/sheet1.xml", xml), "costs.xlsx")
    assert found.text.count(b"\n") == 2


@given(some.data())
def test_no_changed_byte_makes_it_fall(data):
    """A workbook with bytes changed, cut or added is read or refused, and never raises."""
    content = bytearray(GOOD)
    for _ in range(data.draw(some.integers(1, 6))):
        content[data.draw(some.integers(0, len(content) - 1))] = data.draw(some.integers(0, 255))
    cut = data.draw(some.integers(0, len(content)))
    found = decoding.decode(bytes(content[:cut]) if data.draw(some.booleans()) else bytes(content), "c.xlsx")
    assert isinstance(found, Issue | decoding.Decoded)


@given(some.binary(max_size=300), some.integers(0, 2_000))
def test_no_changed_sheet_makes_it_fall(noise, place):
    """The same inside a part, where the archive is whole."""
    xml = sheet_xml(SHEET)
    place = min(place, len(xml))
    content = with_part("xl/worksheets/sheet1.xml", xml[:place] + noise + xml[place + len(noise) :])
    assert isinstance(decoding.decode(content, "c.xlsx"), Issue | decoding.Decoded)


@pytest.mark.skipif(sys.platform != "linux", reason="reads the peak from /proc")
@pytest.mark.parametrize(
    ("name", "became"), [("far", "refused"), ("one long text, often", "refused"), ("largest", "read")]
)
def test_the_worst_is_refused_and_the_largest_read_within_500_mb(name, became, tmp_path, project):
    """How long each takes is measured by `make bench`."""
    path = tmp_path / "costs.xlsx"
    path.write_bytes(hostile.largest() if name == "largest" else TRAPS[name])
    found = hostile.read_apart(path, project)
    assert found.became == became
    assert found.megabytes < hostile.MEGABYTES, found


def test_the_limits_are_those_that_the_design_names():
    assert (container.MOST_UNPACKED, container.MOST_RATIO) == (100 * 1024 * 1024, 200)
