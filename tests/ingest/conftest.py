"""Reading a file that stands in the test."""

import csv
from collections.abc import Callable
from pathlib import Path

import pytest

from roi.domain.importing import ReadTable
from roi.errors import Issue
from roi.ingest import uploaded

Read = Callable[[bytes | str], tuple[ReadTable | None, tuple[Issue, ...]]]


@pytest.fixture
def read(tmp_path: Path) -> Read:
    """Reads bytes, or text as UTF-8, as a file called costs.csv."""

    def read_it(content: bytes | str) -> tuple[ReadTable | None, tuple[Issue, ...]]:
        data = content.encode() if isinstance(content, str) else content
        return uploaded.read(data, "costs.csv", tmp_path)

    return read_it


@pytest.fixture
def rows() -> Callable[[ReadTable], list[tuple[int, list[str]]]]:
    """The spooled records with their lines, read by Python's own reader."""

    def rows_of(table: ReadTable) -> list[tuple[int, list[str]]]:
        with table.spool.open(encoding="utf-8", newline="") as file:
            cells = list(csv.reader(file, delimiter=table.delimiter))
        if table.is_numbered:
            return [(int(row[0]), row[1:]) for row in cells]
        return [(table.header_line + number, row) for number, row in enumerate(cells, start=1)]

    return rows_of
