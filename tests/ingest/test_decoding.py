"""Bytes become text, or one sentence says why not."""

import pytest

from roi.errors import Issue
from roi.ingest.decoding import Decoded, decode


def accepted(content: bytes) -> Decoded:
    found = decode(content, "costs.csv")
    assert isinstance(found, Decoded), found
    return found


def refused(content: bytes) -> Issue:
    found = decode(content, "costs.csv")
    assert isinstance(found, Issue)
    assert found.is_blocker
    return found


@pytest.mark.parametrize(
    ("content", "encoding"),
    [
        (b"a,b\n", "ASCII"),
        ("a,Zoë\n".encode(), "UTF-8"),
        (b"\xef\xbb\xbfa,b\n", "UTF-8 with BOM"),
        ("a,Zoë\n".encode("utf-16"), "UTF-16"),
        ("\ufeffa,Zoë\n".encode("utf-16-be"), "UTF-16"),
    ],
)
def test_a_sure_encoding_is_read_without_a_warning(content, encoding):
    found = accepted(content)
    assert found.encoding == encoding
    assert found.notes == ()
    assert found.text.decode().startswith("a,")


def test_another_encoding_is_a_named_warning_with_a_sample_to_check():
    found = accepted("a,b\nx,Señal – € 20\n".encode("cp1252"))
    assert found.text.decode() == "a,b\nx,Señal – € 20\n"
    (note,) = found.notes
    assert note.code == "encoding"
    assert note.line == 2
    assert "Windows-1252" in note.message
    assert "Señal" in note.message


def test_bytes_that_are_no_encoding_we_read_are_refused_with_their_line():
    issue = refused(b"a,b\n\x81,\xe9\n")
    assert issue.code == "encoding"
    assert issue.line == 2


def test_letters_that_were_lost_before_are_said():
    (note,) = accepted("a,b\nx,Zo\ufffd\n".encode()).notes
    assert note.code == "garbled_text"
    assert note.line == 2


@pytest.mark.parametrize(
    ("content", "word"),
    [
        (b"PK\x03\x04rest", "workbook"),
        (b"\xd0\xcf\x11\xe0rest", "workbook"),
        (b"%PDF-1.7", "PDF"),
        (b"\x1f\x8b\x08", "gzip"),
        (b"<!DOCTYPE html><p>", "HTML"),
        (b"\n  <html>", "HTML"),
        (b"\xef\xbb\xbf<html>", "HTML"),
        (b"", "empty"),
        (b" \n \n", "empty"),
    ],
)
def test_what_is_no_csv_is_refused_with_a_sentence(content, word):
    assert word in refused(content).message
    assert "Nothing has been saved" in refused(content).message


def test_a_compressed_file_is_to_be_unpacked_as_no_spreadsheet_opens_it():
    assert refused(b"\xfd7zXZ\x00").fix == "Unpack it, and import the file that is in it."


@pytest.mark.parametrize(
    ("text", "name", "line"),
    [
        ("a,b\n1,\x002\n", "NUL", 2),
        ("a,b\n1,\x07\n", "U+0007", 2),
        ("a,b\n1,é\x1b[31m\n", "U+001B", 2),
        ("a,b\né,\x85\n", "U+0085", 2),
        ("a,b\n1,\x7f\n", "U+007F", 2),
    ],
)
def test_control_characters_are_refused_by_name(text, name, line):
    issue = refused(text.encode())
    assert issue.code == "control_character"
    assert name in issue.message
    assert issue.line == line


@pytest.mark.parametrize("text", ["a\tb\r\n1\t2\r\n", "a,b\n<5k,x < y\n", "a,b\nPK,x\n"])
def test_their_neighbours_are_read(text):
    assert accepted(text.encode()).text == text.encode()
